"""Leave on the page of a planned session: written down by the clerk, marked when it is recorded, hidden from above."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from tests import make
from tests.cast import Cast, standing_cast
from tests.web.forms import Fields, signed_in
from youju.records.activities.actions import cancel_session, plan_session
from youju.records.activities.models import Session
from youju.records.activities.values import Attendance, LeaveCategory, PlanDraft
from youju.records.leave.actions import ask_leave, enter_leave
from youju.records.leave.queries import leave_of
from youju.records.signin.actions import choose, close_list, open_list, sign_in

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setenv("YOUJU_TODAY", TODAY.isoformat())
    return standing_cast()


@pytest.fixture
def session(cast: Cast) -> Session:
    draft = PlanDraft(("theme_day",), "仓储安全", make.moment(TODAY, 0, 30), "二楼会议室")
    return plan_session(unit=cast.branch, draft=draft, by=None, at=make.moment(date(2026, 11, 1)))


def url(session: Session, page: str = "record", *more: int) -> str:
    return reverse(f"ledger:{page}", args=[session.ledger_id, session.number, *more])


def ask(cast: Cast, session: Session, category: str = "sick") -> None:
    at = make.moment(date(2026, 11, 19))
    ask_leave(session=session, member=cast.people[-1], category=category, by=cast.member, at=at)


def test_the_clerk_writes_it_down_and_takes_it_back(cast: Cast, session: Session) -> None:
    client, person = signed_in(cast.clerk), cast.people[2]
    assert "还没有人请假" in client.get(url(session)).content.decode()
    data = {"leave-member": person.pk, "leave-category": "away"}
    for _ in range(2):
        assert client.post(url(session, "leave"), data).status_code == 302
    assert leave_of(session) == {person.pk: LeaveCategory.AWAY}
    said = client.get(url(session)).content.decode()
    assert "外出流动" in said and "党务工作者代记" in said
    client.post(url(session, "leave_withdraw", person.pk))
    assert leave_of(session) == {}


def test_what_is_missing_is_said_beside_the_field(cast: Cast, session: Session) -> None:
    client = signed_in(cast.clerk)
    answer = client.post(url(session, "leave"), {"leave-member": "999999", "leave-category": "感冒"})
    said = answer.content.decode()
    assert answer.status_code == 422 and "请从名单里选人。" in said and "请选请假类别。" in said
    assert leave_of(session) == {}


def test_who_above_reads_heads_sees_no_category(cast: Cast, session: Session) -> None:
    ask(cast, session)
    for who in (cast.committee, cast.clerk, cast.secretary):
        assert "病假" in signed_in(who).get(url(session)).content.decode()
    said = signed_in(cast.superior).get(url(session)).content.decode()
    assert "病假" not in said and cast.people[-1].name not in said
    assert "记请假" not in signed_in(cast.committee).get(url(session)).content.decode()


def test_the_record_begins_with_who_asked(cast: Cast, session: Session) -> None:
    ask(cast, session)
    client = signed_in(cast.clerk)
    page = client.get(url(session, "hold")).content.decode()
    data = Fields(page).data
    assert data[f"r_{cast.people[-1].pk}"] == ["leave:sick"] and data[f"r_{cast.people[0].pk}"] == ["present"]
    assert "事先请假的 1 人已标为请假" in page
    assert client.post(url(session, "hold"), data).status_code == 302
    row = Session.objects.get().roster.get(member=cast.people[-1])
    assert (row.attendance, row.leave_category) == (Attendance.LEAVE, LeaveCategory.SICK)
    assert "还没有人请假" not in client.get(url(session)).content.decode()  # held: the roster says it


def test_he_who_came_after_all_is_marked_so(cast: Cast, session: Session) -> None:
    ask(cast, session)
    data = Fields(signed_in(cast.clerk).get(url(session, "hold")).content.decode()).data
    data[f"r_{cast.people[-1].pk}"] = ["present"]
    signed_in(cast.clerk).post(url(session, "hold"), data)
    assert Session.objects.get().roster.get(member=cast.people[-1]).attendance == Attendance.PRESENT


def signing(cast: Cast, session: Session) -> None:
    """Two asked for leave; one of them signed in after all, and so did one more."""
    choose(unit=cast.branch, on=True, late_after=60, by=None, at=make.START)
    ask(cast, session)
    enter_leave(session=session, member=cast.people[1], category="duty", by=None, at=make.moment(date(2026, 11, 19)))
    open_list(session=session, by=None, at=make.moment(TODAY, 0, 20))
    for person in cast.people[:2]:
        sign_in(session_id=session.pk, member_id=person.pk, device=f"d{person.pk}", at=make.moment(TODAY, 0, 25))


def test_after_a_sign_in_list_as_well(cast: Cast, session: Session) -> None:
    signing(cast, session)
    client = signed_in(cast.clerk)
    desk = client.get(reverse("signin:desk", args=[session.ledger_id, session.number])).content.decode()
    assert "事先请假的 1 人记为请假" in desk and "其余 6 人" in desk
    close_list(session=session, by=None, at=make.moment(TODAY, 0, 40))
    data = Fields(client.get(url(session, "hold")).content.decode()).data
    marks = [data[f"r_{person.pk}"][0] for person in (*cast.people[:3], cast.people[-1])]
    assert marks == ["present", "present", "", "leave:sick"]


def test_closing_and_recording_at_once_keeps_leave_apart_from_absence(cast: Cast, session: Session) -> None:
    signing(cast, session)
    signed_in(cast.clerk).post(reverse("signin:end", args=[session.ledger_id, session.number]), {"rest": "absent"})
    marks = {row.member_id: (row.attendance, row.leave_category) for row in Session.objects.get().roster.all()}
    assert marks[cast.people[-1].pk] == ("leave", "sick")
    assert marks[cast.people[1].pk] == ("present", "") and marks[cast.people[2].pk] == ("absent", "")


def test_the_screen_names_nobody_who_is_missing(cast: Cast, session: Session) -> None:
    signing(cast, session)
    said = (
        signed_in(cast.clerk).get(reverse("signin:screen", args=[session.ledger_id, session.number])).content.decode()
    )
    assert cast.people[0].name in said and cast.people[-1].name not in said and "请假" not in said


def test_a_cancelled_session_keeps_what_was_asked(cast: Cast, session: Session) -> None:
    ask(cast, session)
    cancel_session(session=session, reason="改期", by=None, at=make.moment(date(2026, 11, 19)))
    client = signed_in(cast.clerk)
    said = client.get(url(session)).content.decode()
    assert "病假" in said and "记请假" not in said
    answer = client.post(
        url(session, "leave"), {"leave-member": cast.people[0].pk, "leave-category": "duty"}, follow=True
    )
    assert "不能再请假" in answer.content.decode() and len(leave_of(session)) == 1


def test_the_home_page_says_how_many_and_not_who(cast: Cast, session: Session) -> None:
    ask(cast, session)
    said = signed_in(cast.clerk).get("/").content.decode()
    assert "1 人请假" in said and cast.people[-1].name not in said
