"""One record: read whole or as a head, corrected, filed, removed, proved."""

from __future__ import annotations

import io
import re
from datetime import date
from urllib.parse import quote, unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from tests import make
from tests.cast import Cast, standing_cast
from tests.web.forms import Fields, signed_in
from youju.people.members.values import Standing
from youju.records.activities.actions import plan_session, record_activity
from youju.records.activities.models import Session
from youju.records.activities.values import (
    ActivityDraft,
    AgendaDraft,
    Attendance,
    ItemKind,
    LeaveCategory,
    PlanDraft,
    ResolutionDraft,
    RosterEntry,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
AGENDA = (
    AgendaDraft("学习贯彻", kind=ItemKind.FIRST_TOPIC, note="领学原文"),
    AgendaDraft("下年计划", resolutions=(ResolutionDraft("同意下年计划", yes=8, no=0, abstain=0),)),
)


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_TODAY", TODAY.isoformat())


@pytest.fixture
def cast() -> Cast:
    return standing_cast(groups=2)


@pytest.fixture
def meeting(cast: Cast) -> Session:
    roster = make.everyone(cast.branch, ["party_meeting"], date(2026, 11, 5), leave=[cast.people[7]])
    return make.activity(
        cast.branch, "party_meeting", date(2026, 11, 5), title="第四季度党员大会", roster=roster, agenda=AGENDA, outcome="定了计划",
        by=cast.clerk,
    )  # fmt: skip


def url(session: Session, page: str = "") -> str:
    return f"/ledger/{session.ledger_id}/{quote(session.number)}/{page}"


def text_of(client: Client, where: str) -> str:
    answer = client.get(where)
    assert answer.status_code == 200, where
    return answer.content.decode()


def test_it_shows_the_whole_record(cast: Cast, meeting: Session) -> None:
    page = text_of(signed_in(cast.committee), url(meeting))
    for said in (
        "第四季度党员大会",
        "2026-大会-01",
        "2026年11月5日",
        "第一议题",
        "同意下年计划",
        "公出",
        "定了计划",
        "需 5 票",
    ):
        assert said in page
    assert "应到会有表决权9人，实到8人，需5人，可以表决" in page
    assert "党务员" in page  # who wrote it
    assert "更正" not in page.split("修改痕迹")[0]  # a committee member reads


def test_a_superior_sees_the_head_only(cast: Cast, meeting: Session) -> None:
    page = text_of(signed_in(cast.superior), url(meeting))
    assert "第四季度党员大会" in page
    assert "8 人" in page
    for hidden in ("公出", "同意下年计划", "领学原文", "定了计划", cast.people[7].name, "修改痕迹"):
        assert hidden not in page


def test_a_superior_does_not_read_with_whom_one_talked(cast: Cast) -> None:
    talk = make.activity(cast.branch, "heart_talk", date(2026, 11, 5), title="同老石谈心", roster=())
    for where in (url(talk), f"/ledger/?unit={cast.branch.pk}"):
        page = text_of(signed_in(cast.superior), where)
        assert "谈心谈话" in page
        assert "同老石谈心" not in page


def test_what_is_lacking_is_said_and_blocks_nothing(cast: Cast, meeting: Session) -> None:
    page = text_of(signed_in(cast.secretary), url(meeting))
    assert "材料还差 4 项" in page  # chair, recorder, evidence, sign-off
    answer = signed_in(cast.secretary).post(url(meeting, "file/"))
    meeting.refresh_from_db()
    assert (answer.status_code, meeting.status) == (302, "filed")


def test_the_clerk_cannot_file(cast: Cast, meeting: Session) -> None:
    assert signed_in(cast.clerk).post(url(meeting, "file/")).status_code == 403
    assert "归档</button>" not in text_of(signed_in(cast.clerk), url(meeting))


def corrected(client: Client, meeting: Session, **typed: object) -> dict[str, object]:
    return Fields(text_of(client, url(meeting, "correct/"))).data | {"reason": "写错了"} | typed


def test_a_correction_changes_only_what_was_typed(cast: Cast, meeting: Session) -> None:
    client = signed_in(cast.clerk)
    before = {row.member_id: (row.attendance, row.leave_category) for row in meeting.roster.all()}
    client.post(url(meeting, "correct/"), corrected(client, meeting, title="党员大会"))
    meeting.refresh_from_db()
    assert (meeting.title, meeting.revision, meeting.outcome) == ("党员大会", 2, "定了计划")
    assert {row.member_id: (row.attendance, row.leave_category) for row in meeting.roster.all()} == before
    second = meeting.agenda.get(position=1)
    assert second.resolutions.get().yes == 8
    page = text_of(client, url(meeting))
    assert "更正：写错了" in page


def test_several_resolutions_of_one_item_survive_a_correction(cast: Cast) -> None:
    agenda = (AgendaDraft("两件事", resolutions=(ResolutionDraft("甲"), ResolutionDraft("乙", yes=7))),)
    meeting = make.activity(cast.branch, "party_meeting", date(2026, 11, 5), agenda=agenda)
    client = signed_in(cast.clerk)
    client.post(url(meeting, "correct/"), corrected(client, meeting, place="礼堂"))
    meeting.refresh_from_db()
    assert meeting.place == "礼堂"
    assert [row.text for row in meeting.agenda.get().resolutions.all()] == ["甲", "乙"]


def test_who_was_slower_keeps_what_he_typed(cast: Cast, meeting: Session) -> None:
    client = signed_in(cast.clerk)
    mine = corrected(client, meeting, title="我的改法")
    client.post(url(meeting, "correct/"), corrected(client, meeting, place="先到的人改的"))
    answer = client.post(url(meeting, "correct/"), mine)
    page = answer.content.decode()
    assert "刚刚被别人改过" in page
    assert "我的改法" in page
    meeting.refresh_from_db()
    assert meeting.title == "第四季度党员大会"
    client.post(url(meeting, "correct/"), Fields(page).data)  # having read it, he means it
    meeting.refresh_from_db()
    assert meeting.title == "我的改法"


def test_a_correction_wants_its_reason(cast: Cast, meeting: Session) -> None:
    client = signed_in(cast.clerk)
    page = client.post(url(meeting, "correct/"), corrected(client, meeting, reason="", title="改了")).content.decode()
    assert page.count("请写明更正的原因。") == 2
    assert "改了" in page


def test_removing_wants_a_reason_and_leaves_no_page(cast: Cast, meeting: Session) -> None:
    client = signed_in(cast.clerk)
    assert "请写明原因。" in client.post(url(meeting, "remove/"), {"reason": ""}).content.decode()
    assert client.post(url(meeting, "remove/"), {"reason": "重复"}).status_code == 302
    assert client.get(url(meeting)).status_code == 404
    assert meeting.number not in text_of(client, "/ledger/").replace(f"{meeting.number} 已删除", "")


def test_a_planned_session_is_held_or_cancelled(cast: Cast) -> None:
    draft = PlanDraft(("theme_day",), "仓储安全", make.moment(date(2026, 11, 10)), agenda=(AgendaDraft("分组排查"),))
    planned = plan_session(unit=cast.branch, draft=draft, by=None, at=make.moment(date(2026, 11, 1)))
    client = signed_in(cast.clerk)
    assert "分组排查" in text_of(client, url(planned))
    typed = Fields(text_of(client, url(planned, "hold/"))).data
    assert typed["a0-title"] == ["分组排查"]
    client.post(url(planned, "hold/"), typed)
    planned.refresh_from_db()
    assert (planned.status, planned.number, planned.roster.count()) == ("held", "2026-党日-01", 9)
    assert client.get(url(planned, "hold/")).status_code == 302  # held already: back to the record
    other = plan_session(unit=cast.branch, draft=draft, by=None, at=make.moment(date(2026, 11, 1)))
    client.post(url(other, "cancel/"), {"reason": "改期"})
    assert "已取消" in text_of(client, url(other))


def test_a_plan_is_made_in_the_future_only(cast: Cast) -> None:
    client = signed_in(cast.clerk)
    typed = Fields(text_of(client, "/ledger/plan/?kinds=theme_day&on=2026-11-25")).data
    typed |= {"title": ["仓储安全"], "start": ["15:00"]}
    late = client.post("/ledger/plan/", typed | {"on": ["2026-11-19"]}).content.decode()
    assert "排期的时间须在将来" in late
    assert "仓储安全" in late
    first, second = client.post("/ledger/plan/", typed), client.post("/ledger/plan/", typed)
    assert first["Location"] == second["Location"]
    assert Session.objects.get().status == "planned"


# -- evidence ---------------------------------------------------------------------------------------------------------


def picture() -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "grey").save(out, "JPEG")
    return SimpleUploadedFile("现场.jpg", out.getvalue(), "image/jpeg")


def test_evidence_is_kept_and_given_back_to_be_saved(cast: Cast, meeting: Session) -> None:
    client = signed_in(cast.clerk)
    client.post(url(meeting, "evidence/"), {"file": picture(), "caption": "会场"})
    row = meeting.evidence.get()
    answer = client.get(url(meeting, f"evidence/{row.pk}/"))
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content)[:2] == b"\xff\xd8"  # type: ignore[attr-defined]
    assert "会场" in text_of(client, url(meeting))


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (SimpleUploadedFile("a.html", b"<script>alert(1)</script>"), "认不出"),
        (SimpleUploadedFile("a.jpg", b""), "文件是空的。"),
        (SimpleUploadedFile("a.jpg", b"\xff\xd8\xff" + b"0" * 100), "照片打不开"),
        (None, "请选一个文件。"),
    ],
)
def test_what_may_not_be_stored_is_said(cast: Cast, meeting: Session, file: object, sentence: str) -> None:
    answer = signed_in(cast.clerk).post(url(meeting, "evidence/"), {"file": file, "caption": "说明"} if file else {})
    assert sentence in answer.content.decode()
    assert not meeting.evidence.exists()


def test_evidence_of_one_record_does_not_open_under_another(cast: Cast, meeting: Session) -> None:
    client = signed_in(cast.clerk)
    client.post(url(meeting, "evidence/"), {"file": picture(), "caption": ""})
    row = meeting.evidence.get()
    second = make.activity(cast.branch, "party_meeting", date(2026, 11, 6))
    assert client.get(url(second, f"evidence/{row.pk}/")).status_code == 404
    assert signed_in(cast.superior).get(url(meeting, f"evidence/{row.pk}/")).status_code == 403


# -- cost -------------------------------------------------------------------------------------------------------------


def test_a_record_costs_a_fixed_number_of_queries(cast: Cast, django_assert_max_num_queries: object) -> None:
    for _ in range(12):
        make.member(cast.groups[0], standing=Standing.PROBATIONARY)
    agenda = tuple(AgendaDraft(f"第{n}件", resolutions=(ResolutionDraft("同意"),)) for n in range(8))
    meeting = make.activity(cast.branch, ("party_meeting", "theme_day"), date(2026, 11, 5), agenda=agenda)
    client = signed_in(cast.clerk)
    with django_assert_max_num_queries(29):  # type: ignore[operator]
        client.get(url(meeting))


def test_who_left_since_stays_on_the_roster_of_then(cast: Cast) -> None:
    entry = RosterEntry(cast.people[8].pk, Attendance.LEAVE, LeaveCategory.SICK)
    day = date(2026, 3, 5)
    roster = tuple(
        e if e.member_id != entry.member_id else entry for e in make.everyone(cast.branch, ["party_meeting"], day)
    )
    draft = ActivityDraft(("party_meeting",), "一季度", make.moment(day), roster=roster)
    meeting = record_activity(unit=cast.branch, draft=draft, by=None, at=make.moment(day, 20))
    make.leave(cast.people[8], on=date(2026, 6, 1))
    client = signed_in(cast.clerk)
    client.post(url(meeting, "correct/"), corrected(client, meeting, title="一季度大会"))
    assert meeting.roster.get(member=cast.people[8]).leave_category == "sick"


def test_who_was_forgotten_on_an_open_roster_is_added(cast: Cast) -> None:
    visit = make.activity(cast.branch, "visit", date(2026, 11, 5), roster=(RosterEntry(cast.people[1].pk),))
    client = signed_in(cast.clerk)
    more = {f"r_{cast.people[2].pk}": "present"}
    client.post(url(visit, "correct/"), corrected(client, visit, **more))
    rows = visit.roster.order_by("position")
    assert {row.member for row in rows} == {cast.people[1], cast.people[2]}
    assert all(row.expected for row in rows)
    fewer = corrected(client, visit)
    del fewer[f"r_{cast.people[1].pk}"]
    client.post(url(visit, "correct/"), fewer)
    assert [row.member for row in visit.roster.all()] == [cast.people[2]]


def test_who_sat_in_is_added_without_a_vote(cast: Cast) -> None:
    meeting = make.activity(cast.branch, "committee_meeting", date(2026, 11, 5))
    client = signed_in(cast.clerk)
    client.post(url(meeting, "correct/"), corrected(client, meeting, **{f"r_{cast.people[7].pk}": "present"}))
    row = meeting.roster.get(member=cast.people[7])
    assert (row.expected, row.votes) == (False, False)
    assert meeting.roster.filter(expected=True).count() == 5


def test_who_signs_off_signs_what_he_has_read(cast: Cast) -> None:
    session = make.activity(cast.branch, "party_meeting", date(2026, 11, 5))
    url = f"/ledger/{cast.branch.pk}/{session.number}/"
    secretary = signed_in(cast.secretary)
    read = re.search(r'name="revision" value="(\d+)"', secretary.get(url).content.decode())
    assert read
    clerk = signed_in(cast.clerk)
    typed = Fields(clerk.get(url + "correct/").content.decode()).data
    clerk.post(url + "correct/", typed | {"title": "另一个主题", "reason": "写错了"})
    answer = secretary.post(url + "file/", {"revision": read[1]}, follow=True).content.decode()
    assert "刚刚被别人改过，请看过现在的内容再归档" in answer
    session.refresh_from_db()
    assert session.status == "held"
    now = re.search(r'name="revision" value="(\d+)"', answer)
    assert now
    secretary.post(url + "file/", {"revision": now[1]})
    session.refresh_from_db()
    assert session.status == "filed"


def test_a_caption_makes_no_folder_of_a_file_name(cast: Cast) -> None:
    session = make.activity(cast.branch, "party_meeting", date(2026, 11, 5))
    url = f"/ledger/{cast.branch.pk}/{session.number}/evidence/"
    clerk = signed_in(cast.clerk)
    clerk.post(url, {"file": SimpleUploadedFile("a.pdf", b"%PDF-1.4 x"), "caption": '../../会场"<b>'})
    name = unquote(clerk.get(f"{url}{session.evidence.get().pk}/")["Content-Disposition"])
    assert not set('/\\"<>') & set(name)
    assert "会场" in name
