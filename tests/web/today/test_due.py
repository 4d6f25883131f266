"""One due: its ground, what counts, what is missing, and the waiver by who signs off."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from tests import make
from tests.cast import standing_cast
from tests.house.kept import kept
from tests.web.today.test_home import client, text
from youju.duties.actions import choose_rule, waive
from youju.duties.models import Waiver
from youju.duties.plans.actions import adopt, begin
from youju.duties.plans.values import LineDraft, Rhythm
from youju.duties.queries import standing_of
from youju.duties.values import Status
from youju.records.activities.actions import remove_activity
from youju.records.activities.values import RosterEntry

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 20)
LATE = "/today/theme_day/2026-10/"


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch):
    monkeypatch.setenv("YOUJU_TODAY", ON.isoformat())


@kept
def cast_with_gap():
    cast = standing_cast(groups=2)
    make.activity(cast.branch, "party_meeting", date(2026, 9, 8))
    return cast


def test_it_shows_the_rule_where_it_stands_and_whether_it_was_checked():
    body = text(client(cast_with_gap().clerk).get(LATE))
    assert "党支部应当每月开展1次主题党日" in body and "《中国共产党党员教育管理工作条例》" in body and "第16条" in body
    assert "尚未与官方文本核对" in body and "10月主题党日" in body and "逾期 20 天" in body


def test_an_article_not_seen_in_print_says_so():
    assert "条号待核" in text(client(cast_with_gap().clerk).get("/today/heart_talk/2026/"))


def test_a_rule_of_the_unit_shows_the_basis_of_the_unit():
    cast = cast_with_gap()
    choose_rule(
        unit=cast.branch, rule_id="party_lecture_quarterly", on=True, basis="支部规则第4条", by=None, at=make.START
    )
    body = text(client(cast.clerk).get("/today/party_lecture_quarterly/2026-Q4/"))
    assert "支部规则第4条" in body and "本单位规定" in body


def test_the_records_that_count_open():
    cast = cast_with_gap()
    s = make.activity(cast.groups[0], "group_meeting", date(2026, 11, 12))
    response = client(cast.clerk).get("/today/group_meeting/2026-11/")
    assert reverse("ledger:record", args=[cast.branch.pk, s.number]) in response.content.decode()
    assert "2 个党小组，已开 1 个" in text(response)


def test_a_record_of_another_branch_is_shown_and_does_not_open():
    cast = cast_with_gap()
    everyone = make.everyone(cast.other, ["theme_day"], date(2026, 10, 9))
    everyone += make.everyone(cast.branch, ["theme_day"], date(2026, 10, 9))
    joint = {"joining_unit_ids": (cast.branch.pk,), "roster": everyone, "title": "两支部联合党日"}
    s = make.activity(cast.other, "theme_day", date(2026, 10, 9), **joint)
    body = client(cast.clerk).get(LATE).content.decode()
    assert "两支部联合党日" in body and s.number in body
    assert reverse("ledger:record", args=[cast.branch.pk, s.number]) not in body


def test_who_was_not_talked_to_is_named_to_who_reads_the_roster_only():
    cast = cast_with_gap()
    one, two = cast.people[0], cast.people[7]  # of the committee, and a member who owes nothing more then
    make.activity(cast.branch, "heart_talk", date(2026, 3, 3), roster=(RosterEntry(one.pk), RosterEntry(two.pk)))
    page = f"/today/heart_talk/2026/?unit={cast.branch.pk}"
    assert cast.people[5].name in text(client(cast.clerk).get(page))
    above = client(cast.superior).get(page)
    assert above.status_code == 200 and "9 人，已谈 1 人" in text(above)
    assert not any(person.name in above.content.decode() for person in cast.people)


def test_who_is_excused_owes_no_hours_and_is_named_to_who_reads_the_roster_only():
    cast = cast_with_gap()
    excused, absent = cast.people[5:7]
    day = date(2026, 1, 15)
    session = make.activity(
        cast.branch, "theme_day", day, hours=8, roster=make.everyone(cast.branch, ["theme_day"], day, exempt=[excused], absent=[absent]),
    )  # fmt: skip
    page = f"/today/study_hours/2026/?unit={cast.branch.pk}"
    seen = text(client(cast.clerk).get(page))
    assert "8人中8人不足，共差200学时；另1人免于要求" in seen
    assert f"{excused.name} 免于要求" in seen and f"{absent.name} 差32学时" in seen
    assert excused.name not in text(client(cast.superior).get(page))
    remove_activity(session=session, reason="记错了", by=None, at=make.moment(day, 21))
    assert "9人中9人不足" in text(client(cast.clerk).get(page))


def test_where_the_plan_asks_more_the_page_says_how_many():
    cast = cast_with_gap()
    line = LineDraft("党员大会", figure="党员大会次数", target=2, rhythm=Rhythm.QUARTERLY)
    day = date(2026, 1, 12)
    plan = begin(unit=cast.branch, year=2026, lines=(line,), by=cast.clerk, at=make.moment(day, 9))
    meeting = make.activity(cast.branch, "committee_meeting", day)
    adopt(plan=plan, session=meeting, by=cast.secretary, at=make.moment(day, 21))
    seen = text(client(cast.clerk).get(f"/today/party_meeting/2026-Q3/?unit={cast.branch.pk}"))
    assert "1 次，应有 2 次以上" in seen and "年度计划定为2次" in seen


@pytest.mark.parametrize(
    "page",
    [
        "/today/nothing/2026-11/",
        "/today/theme_day/2026-13/",
        "/today/theme_day/x/",
        "/today/party_lecture_quarterly/2026-Q4/",
    ],
)
def test_what_is_not_owed_is_not_there(page):
    assert client(cast_with_gap().clerk).get(page).status_code == 404


def test_only_who_signs_off_is_offered_the_waiver():
    cast = cast_with_gap()
    assert "豁免这一期" in text(client(cast.secretary).get(LATE))
    for user in (cast.clerk, cast.committee):
        assert "豁免这一期" not in text(client(user).get(LATE))


WAIVE = {"reason": "全员参加防汛", "basis": "工委批复3号"}


def test_the_secretary_waives_and_takes_it_back():
    cast = cast_with_gap()
    secretary = client(cast.secretary)
    answer = secretary.post(LATE + "waive/", WAIVE)
    assert answer.status_code == 302
    assert standing_of(cast.branch, "theme_day", "2026-10", on=ON).status is Status.WAIVED
    body = text(secretary.get(answer["Location"]))
    assert "已豁免" in body and "全员参加防汛" in body
    secretary.post(LATE + "withdraw/")
    assert standing_of(cast.branch, "theme_day", "2026-10", on=ON).status is Status.LATE


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"reason": "", "basis": "x"}, "请写明豁免的原因"),
        ({"reason": "x", "basis": " "}, "请写明豁免的依据"),
        ({"reason": "长" * 201, "basis": "x"}, "最多 200 字"),
    ],
)
def test_a_waiver_with_faults_comes_back_as_typed(given, sentence):
    cast = cast_with_gap()
    response = client(cast.secretary).post(LATE + "waive/", given)
    body = response.content.decode()
    assert response.status_code == 422 and body.count(sentence) >= 2 and not Waiver.objects.exists()
    assert f'value="{given["reason"]}"' in body or not given["reason"]


def test_a_due_waived_meanwhile_is_not_waived_twice():
    cast = cast_with_gap()
    due = standing_of(cast.branch, "theme_day", "2026-10", on=ON).due
    waive(unit=cast.branch, due=due, reason="因", basis="据", by=None, at=make.moment(ON))
    response = client(cast.secretary).post(LATE + "waive/", WAIVE, follow=True)
    assert response.redirect_chain and "已经豁免过" in text(response) and Waiver.objects.count() == 1


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("clerk", 403),
        ("committee", 403),
        ("member", 403),
        ("superior", 403),
        ("admin", 404),
        ("other_clerk", 404),
        ("stranger", 404),
    ],
)
@pytest.mark.parametrize("verb", ["waive/", "withdraw/"])
def test_nobody_else_waives(who, status, verb):
    cast = cast_with_gap()
    response = client(getattr(cast, who)).post(f"{LATE}{verb}?unit={cast.branch.pk}", WAIVE)
    assert response.status_code == status and not Waiver.objects.exists()


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("clerk", 200),
        ("committee", 200),
        ("superior", 200),
        ("member", 403),
        ("admin", 404),
        ("other_clerk", 404),
        ("stranger", 404),
    ],
)
def test_who_may_look_at_a_due(who, status):
    cast = cast_with_gap()
    assert client(getattr(cast, who)).get(f"{LATE}?unit={cast.branch.pk}").status_code == status


def test_the_reason_of_a_waiver_stays_in_the_branch():
    cast = cast_with_gap()
    due = standing_of(cast.branch, "theme_day", "2026-10", on=ON).due
    waive(unit=cast.branch, due=due, reason="家事缘由", basis="据", by=None, at=make.moment(ON))
    body = client(cast.superior).get(f"{LATE}?unit={cast.branch.pk}").content.decode()
    assert "已豁免" in body and "家事缘由" not in body


def test_changes_are_posts():
    cast = cast_with_gap()
    assert client(cast.secretary).get(LATE + "waive/").status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.secretary)
    assert strict.post(LATE + "waive/", WAIVE).status_code == 403


def test_a_superior_reads_that_talks_took_place_and_not_with_whom():
    cast = cast_with_gap()
    roster = tuple(RosterEntry(person.pk) for person in cast.people[:2])
    talk = make.activity(cast.branch, "heart_talk", date(2026, 11, 12), title="书记与赵晚晴谈心", roster=roster)
    url = f"/today/heart_talk/2026/?unit={cast.branch.pk}"
    assert cast.people[3].name in text(client(cast.clerk).get(url))  # whom nobody has talked with yet
    for reader in (cast.superior, cast.committee):
        seen = client(reader).get(url).content.decode()
        assert talk.number in seen and "赵晚晴" not in seen and cast.people[3].name not in seen
