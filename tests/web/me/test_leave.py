"""A member asks for leave on his own page: a category, before it begins, and only for what he is expected at."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from tests import make
from tests.cast import Cast, standing_cast
from tests.web.forms import signed_in
from youju.records.activities.actions import plan_session
from youju.records.activities.models import Session
from youju.records.activities.values import LeaveCategory, PlanDraft
from youju.records.leave.actions import enter_leave
from youju.records.leave.queries import leave_of

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 25)


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setenv("YOUJU_TODAY", "2026-11-20")
    return standing_cast()


def planned(cast: Cast, kinds: tuple[str, ...] = ("theme_day",), title: str = "仓储安全") -> Session:
    draft = PlanDraft(kinds, title, make.moment(DAY), "二楼会议室")
    return plan_session(unit=cast.branch, draft=draft, by=None, at=make.moment(date(2026, 11, 1)))


def url(session: Session, page: str = "leave") -> str:
    return reverse(f"me:{page}", args=[session.pk])


def test_he_asks_sees_it_and_withdraws(cast: Cast) -> None:
    session, person, client = planned(cast), cast.people[-1], signed_in(cast.member)
    page = client.get("/me/").content.decode()
    assert "主题党日：仓储安全" in page and "二楼会议室" in page and "已请假" not in page
    for _ in range(2):  # a double click
        assert client.post(url(session), {"category": "away"}).status_code == 302
    assert leave_of(session) == {person.pk: LeaveCategory.AWAY}
    page = client.get("/me/").content.decode()
    assert "已请假：外出流动" in page and "代记" not in page
    client.post(url(session, "leave_withdraw"))
    assert leave_of(session) == {} and "已请假：" not in client.get("/me/").content.decode()


def test_without_a_category_the_sentence_stands_beside_the_field(cast: Cast) -> None:
    session, client = planned(cast), signed_in(cast.member)
    answer = client.post(url(session), {"category": "感冒", "reason": "发烧"})
    said = answer.content.decode()
    assert answer.status_code == 422 and "请选请假类别。" in said and f'id="id_{session.pk}_category-err"' in said
    assert leave_of(session) == {} and "发烧" not in said


def test_what_is_not_his_is_not_there(cast: Cast) -> None:
    committee = planned(cast, ("committee_meeting",))
    client = signed_in(cast.member)
    assert "支委会" not in client.get("/me/").content.decode()
    assert client.post(url(committee), {"category": "duty"}).status_code == 404
    assert client.post(reverse("me:leave", args=[999999]), {"category": "duty"}).status_code == 404
    for who in (cast.clerk, cast.stranger, cast.superior):  # accounts that are nobody's own
        assert signed_in(who).post(url(planned(cast)), {"category": "duty"}).status_code == 404


def test_once_it_has_begun_he_is_sent_to_the_clerk(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    session, client = planned(cast), signed_in(cast.member)
    monkeypatch.setenv("YOUJU_TODAY", "2026-11-26")
    for page in ("leave", "leave_withdraw"):
        answer = client.post(url(session, page), {"category": "duty"}, follow=True)
        assert "已经开始" in answer.content.decode()
    assert leave_of(session) == {}


def test_what_the_clerk_wrote_down_is_told_him(cast: Cast) -> None:
    session = planned(cast)
    enter_leave(
        session=session, member=cast.people[-1], category="duty", by=cast.clerk, at=make.moment(date(2026, 11, 20))
    )
    assert "代记" in signed_in(cast.member).get("/me/").content.decode()


def test_the_two_files_say_what_they_are(cast: Cast) -> None:
    said = signed_in(cast.member).get("/me/").content.decode()
    assert "导出 Excel" in said and "导出全部（JSON 文件，供程序读取）" in said
