"""记一次: what is typed becomes a record, faults come back with everything typed, and nothing needs a script."""

from __future__ import annotations

from datetime import date
from urllib.parse import unquote

import pytest
from django.test import Client

from tests import make
from tests.cast import Cast, standing_cast
from tests.web.forms import Fields, signed_in
from youju.records.activities.models import Session

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
NEW = "/ledger/new/"


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_TODAY", TODAY.isoformat())


@pytest.fixture
def cast() -> Cast:
    return standing_cast(groups=2)


def form_of(client: Client, url: str) -> dict[str, list[str]]:
    answer = client.get(url)
    assert answer.status_code == 200
    return Fields(answer.content.decode()).data


def filled(client: Client, url: str = NEW + "?kinds=party_meeting&on=2026-11-05", **typed: object) -> dict[str, object]:
    return form_of(client, url) | {"title": "讨论下年计划", "start": "14:30", "end": "16:00"} | typed


def test_it_works_with_the_roster_as_it_comes(cast: Cast) -> None:
    client = signed_in(cast.clerk)
    answer = client.post(NEW, filled(client, place="二楼会议室", outcome="通过下年计划"))
    session = Session.objects.get()
    assert unquote(answer["Location"]) == f"/ledger/{cast.branch.pk}/2026-大会-01/"
    assert session.number == "2026-大会-01"
    assert session.roster.count() == 9
    assert {row.attendance for row in session.roster.all()} == {"present"}
    assert session.chair == cast.people[0]  # the secretary, as is usual
    assert session.outcome == "通过下年计划"


def test_who_is_away_and_why_is_kept(cast: Cast) -> None:
    client = signed_in(cast.clerk)
    away, gone = cast.people[7], cast.people[8]
    client.post(NEW, filled(client, **{f"r_{away.pk}": "leave:duty", f"r_{gone.pk}": "absent"}))
    rows = {row.member_id: row for row in Session.objects.get().roster.all()}
    assert (rows[away.pk].attendance, rows[away.pk].leave_category) == ("leave", "duty")
    assert rows[gone.pk].attendance == "absent"


def test_a_committee_meeting_lists_the_committee_and_lets_others_sit_in(cast: Cast) -> None:
    client = signed_in(cast.clerk)
    typed = filled(client, NEW + "?kinds=committee_meeting&on=2026-11-05", **{f"r_{cast.people[6].pk}": "present"})
    assert sum(name.startswith("r_") for name in typed) == 6
    client.post(NEW, typed)
    session = Session.objects.get()
    guest = session.roster.get(member=cast.people[6])
    assert session.roster.filter(expected=True).count() == 5
    assert (guest.expected, guest.votes) == (False, False)


def test_an_open_roster_begins_with_nobody(cast: Cast) -> None:
    client = signed_in(cast.clerk)
    typed = filled(client, NEW + "?kinds=visit&on=2026-11-05")
    assert not [name for name in typed if name.startswith("r_")]
    client.post(NEW, typed | {f"r_{cast.people[1].pk}": "present"})
    assert [row.member for row in Session.objects.get().roster.all()] == [cast.people[1]]


def test_a_group_is_hosted_by_the_group(cast: Cast) -> None:
    client = signed_in(cast.clerk)
    url = NEW + f"?kinds=group_meeting&on=2026-11-05&unit={cast.groups[1].pk}"
    client.post(NEW, filled(client, url))
    session = Session.objects.get()
    assert (session.unit, session.ledger) == (cast.groups[1], cast.branch)
    assert session.roster.count() == 4


def test_a_group_meeting_of_the_whole_branch_is_asked_about(cast: Cast) -> None:
    client = signed_in(cast.clerk)
    answer = client.post(NEW, filled(client, NEW + "?kinds=group_meeting&on=2026-11-05"))
    assert "请选是哪个党小组开的会。" in answer.content.decode()
    assert not Session.objects.exists()


def test_without_a_script_the_roster_changes_by_a_button(cast: Cast) -> None:
    client = signed_in(cast.clerk)
    typed = filled(client) | {"kinds": ["committee_meeting"], "redo": "roster"}
    page = client.post(NEW, typed).content.decode()
    assert not Session.objects.exists()
    assert "讨论下年计划" in page
    assert "要改" not in page
    again = Fields(page).data
    assert sum(name.startswith("r_") for name in again) == 5
    client.post(NEW, again)
    assert Session.objects.get().roster.count() == 5


def test_a_roster_that_changed_under_the_form_is_shown_before_it_is_kept(cast: Cast) -> None:
    client = signed_in(cast.clerk)
    page = client.post(NEW, filled(client) | {"kinds": ["committee_meeting"]}).content.decode()
    assert "名单随类型、主办或日期换过了" in page
    assert not Session.objects.exists()
    client.post(NEW, Fields(page).data)
    assert Session.objects.get().roster.count() == 5


def test_without_a_script_the_agenda_grows_by_a_button(cast: Cast) -> None:
    client = signed_in(cast.clerk)
    typed = filled(client, **{"a0-title": "第一件事", "redo": "line"})
    again = Fields(client.post(NEW, typed).content.decode()).data
    assert again["agenda"] == ["4"]
    assert again["a0-title"] == ["第一件事"]


def test_agenda_and_votes_are_kept(cast: Cast) -> None:
    client = signed_in(cast.clerk)
    typed = filled(
        client,
        **{
            "a0-title": "学习贯彻", "a0-first_topic": "on", "a0-note": "领学原文",
            "a1-title": "预备党员转正", "a1r0-text": "同意转正", "a1r0-rule": "admission", "a1r0-yes": "9", "a1r0-no": "0",
        },
    )  # fmt: skip
    client.post(NEW, typed)
    first, second = Session.objects.get().agenda.all()
    assert (first.kind, first.note) == ("first_topic", "领学原文")
    vote = second.resolutions.get()
    assert (vote.rule, vote.yes, vote.carried, vote.votes_expected) == ("admission", 9, True, 9)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"title": ""}, "请写主题。"),
        ({"kinds": []}, "请至少选一种类型。"),
        ({"on": "2026-11-25"}, "还没有开的会不能记录"),
        ({"on": "昨天"}, "日期请写成"),
        ({"start": "25:99"}, "开始时间请写成"),
        ({"end": "14:00"}, "结束时间须晚于开始时间。"),
        ({"a0-note": "议了很久"}, "第1项请写议题。"),
        ({"a0-title": "表决", "a0r0-yes": "3"}, "有票数，请写决议内容。"),
        ({"a0-title": "表决", "a0r0-text": "同意", "a0r0-yes": "99"}, "多于实到"),
        ({"chair": "999999"}, "选择一个有效的选项"),
        ({"title": "很" * 121}, "主题最多 120 字。"),
    ],
)
def test_a_fault_comes_back_with_everything_typed(cast: Cast, typed: dict[str, object], sentence: str) -> None:
    client = signed_in(cast.clerk)
    sent = filled(client, place="老礼堂", **{f"r_{cast.people[8].pk}": "leave:sick"}) | typed
    answer = client.post(NEW, sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count(sentence) >= 2  # on top and beside the field
    assert "<title>错误：" in page
    again = Fields(page).data
    assert again["place"] == ["老礼堂"]
    if "on" not in typed and "kinds" not in typed:
        assert again[f"r_{cast.people[8].pk}"] == ["leave:sick"]
    assert not Session.objects.exists()


def test_a_double_click_records_once(cast: Cast) -> None:
    client = signed_in(cast.clerk)
    typed = filled(client)
    first, second = client.post(NEW, typed), client.post(NEW, typed)
    assert first["Location"] == second["Location"]
    assert Session.objects.count() == 1
    client.post(NEW, filled(client))
    assert Session.objects.count() == 2  # a new form is a new record


def test_in_january_the_year_before_may_be_meant(cast: Cast) -> None:
    client = signed_in(cast.clerk)
    url = NEW + "?kinds=org_life_meeting&on=2026-02-06"
    client.post(NEW, filled(client, url, for_year="2025"))
    assert Session.objects.get().for_year == 2025
    assert "for_year" not in form_of(client, NEW + "?kinds=org_life_meeting&on=2026-04-06")


def test_of_a_talk_only_who_and_when_is_kept(cast: Cast) -> None:
    client = signed_in(cast.clerk)
    typed = filled(client, NEW + "?kinds=heart_talk&on=2026-11-05", **{f"r_{cast.people[1].pk}": "present"})
    assert "a0-title" not in typed
    client.post(NEW, typed | {"a0-title": "谈了什么", "agenda": "3", "outcome": "思想波动"})
    session = Session.objects.get()
    assert not session.agenda.exists()
    assert session.outcome == ""


def test_where_and_when_one_usually_meets_is_offered(cast: Cast) -> None:
    make.activity(cast.branch, "party_meeting", date(2026, 8, 5))
    typed = form_of(signed_in(cast.clerk), NEW + "?kinds=party_meeting&on=2026-11-05")
    assert typed["place"] == ["二楼会议室"]
    assert typed["start"] == ["15:00"]


def test_somebody_from_another_unit_cannot_be_marked(cast: Cast) -> None:
    client = signed_in(cast.clerk)
    stranger = make.member(cast.other)
    client.post(NEW, filled(client, **{f"r_{stranger.pk}": "present"}))
    assert not Session.objects.get().roster.filter(member=stranger).exists()


def test_a_group_of_another_unit_cannot_host(cast: Cast) -> None:
    client = signed_in(cast.clerk)
    answer = client.post(NEW, filled(client, host=str(cast.other.pk)))
    assert "主办组织请重新选择。" in answer.content.decode()


def test_the_same_people_are_not_drawn_again(cast: Cast) -> None:
    """A mark made while the answer was on its way is not overwritten by it."""
    client = signed_in(cast.clerk)
    typed = filled(client)
    assert client.post(NEW, typed | {"on": "2026-11-06", "redo": "roster"})["HX-Reswap"] == "none"
    assert "HX-Reswap" not in client.post(NEW, typed | {"kinds": ["committee_meeting"], "redo": "roster"})


def test_a_due_of_the_year_before_begins_in_that_year_and_never_in_the_future(cast: Cast) -> None:
    client = signed_in(cast.clerk)
    early = form_of(client, NEW + "?kinds=org_life_meeting&on=2026-02-06&for_year=2025")
    assert early["for_year"] == ["2025"]
    assert form_of(client, NEW + "?kinds=theme_day&on=2026-11-30")["on"] == [TODAY.isoformat()]
    assert form_of(client, NEW + "?kinds=nothing&on=soon&for_year=x&unit=")["on"] == [TODAY.isoformat()]
