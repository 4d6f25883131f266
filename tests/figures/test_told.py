"""Figures of what sessions say beside their kinds: topics, forms, groups, whole audiences, and whom a topic has reached."""

from dataclasses import replace
from datetime import date

import pytest

from tests import make
from tests.cast import standing_cast
from youju.duties.choices.values import COUNTABLE
from youju.duties.plans.rules import PLANNABLE
from youju.figures import queries
from youju.figures.catalogue import FIGURES, read_catalogue
from youju.figures.match import match
from youju.figures.material import load
from youju.figures.queries import ask, ask_scopes
from youju.figures.rules import answer
from youju.kit.datafile import DataFault
from youju.kit.periods import Period
from youju.prose.claims import read
from youju.records.activities.actions import remove_activity
from youju.records.activities.values import Attendance, GuestDraft, GuestKind, RosterEntry
from youju.records.facets.values import Facets

pytestmark = pytest.mark.django_db
YEAR, END = Period.year(2026), date(2026, 12, 31)
QUIZ = Facets(forms=("quiz",), topics=("二十大精神",), groups=("young",))


def asked(name, unit, on=END):
    return ask(name, unit, YEAR, as_of=on)


def test_topics_forms_and_groups_choose_among_sessions():
    cast = standing_cast()
    make.activity(cast.branch, "group_study", date(2026, 3, 5), facets=QUIZ)
    make.activity(cast.branch, "theme_day", date(2026, 4, 5), facets=Facets(topics=("红色教育", "爱国主义")))
    make.activity(cast.branch, "theme_day", date(2026, 5, 5), facets=Facets(topics=("红色教育",)))
    make.activity(cast.branch, "theme_day", date(2025, 5, 5), facets=Facets(topics=("红色教育",)))
    make.activity(cast.branch, "theme_day", date(2026, 6, 5))
    found = {
        name: asked(name, cast.branch).value
        for name in ("红色教育次数", "爱国主义教育次数", "知识竞赛次数", "青年学习次数", "演讲比赛次数")
    }
    assert found == {"红色教育次数": 2, "爱国主义教育次数": 1, "知识竞赛次数": 1, "青年学习次数": 1, "演讲比赛次数": 0}
    assert asked("红色教育次数", cast.branch, on=date(2026, 4, 30)).value == 1
    assert asked("红色教育次数", cast.above).value == 2


def test_an_audience_is_who_came_and_the_hosts_guests():
    cast = standing_cast(formal=4)
    two = tuple(RosterEntry(person.pk) for person in cast.people[:2])
    masses = (GuestDraft(GuestKind.MASSES, count=40), GuestDraft(GuestKind.INVITED, "柯来宾"))
    make.activity(cast.branch, "outreach", date(2026, 3, 5), roster=two, guests=masses)
    theirs = make.everyone(cast.other, ["theme_day"], date(2026, 4, 5))[:1]
    make.activity(
        cast.branch,
        "outreach",
        date(2026, 4, 5),
        roster=(*two, *theirs),
        guests=masses[:1],
        joining_unit_ids=(cast.other.pk,),
    )
    assert [row.amount for row in asked("宣讲受众人次", cast.branch).rows] == [43, 42]
    assert asked("宣讲受众人次", cast.other).value == 1  # the guests were the host's
    assert asked("宣讲受众人次", cast.above).value == 86
    assert asked("宣讲受众人次", cast.branch).said() == "宣讲受众85人次"


def test_a_coverage_names_whom_it_has_not_reached():
    cast = standing_cast(formal=4)
    away, excused = cast.people[3], cast.people[2]
    roster = tuple(
        RosterEntry(entry.member_id, Attendance.ABSENT)
        if entry.member_id == away.pk
        else RosterEntry(entry.member_id, Attendance.EXEMPT)
        if entry.member_id == excused.pk
        else entry
        for entry in make.everyone(cast.branch, ["group_study"], date(2026, 3, 5))
    )
    make.activity(cast.branch, "group_study", date(2026, 3, 5), roster=roster, facets=QUIZ)
    make.activity(cast.branch, "group_study", date(2026, 4, 5))  # on something else
    found = asked("二十大精神学习覆盖率", cast.branch)
    notes = {row.id: row.note for row in found.rows}
    assert (notes[away.pk], notes[excused.pk]) == ("没有到过", "免于要求")
    assert {part.label: share.value for part, share in found.by_quarter()}["2026年第一季度"] == found.value
    assert found.value == round(100 * (len(found.rows) - 2) / (len(found.rows) - 1), 1)
    assert asked("集中学习覆盖率", cast.branch).value == 100
    assert asked("二十大精神学习覆盖率", cast.other).value == 0
    scopes = ask_scopes(["二十大精神学习覆盖率"], [cast.branch, cast.other], YEAR, as_of=END)
    assert scopes[cast.branch.pk]["二十大精神学习覆盖率"].rows == found.rows


def test_it_is_loaded_only_when_asked_and_nothing_is_owed_of_it(monkeypatch):
    cast = standing_cast()
    make.activity(cast.branch, "theme_day", date(2026, 4, 5), facets=QUIZ)
    with pytest.raises(LookupError, match="what sessions say"):
        answer(FIGURES["红色教育次数"], load(cast.branch, YEAR), YEAR, END)
    monkeypatch.setattr(queries, "told_by", None)
    assert asked("主题党日次数", cast.branch).value == 1
    told = {figure.id for figure in FIGURES.values() if figure.told}
    assert "红色教育次数" in told and not told & {*PLANNABLE, *COUNTABLE}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{id: 甲, of: activity, where: {topics: [没有的]}, unit: 次, say: "甲{n}"}', "facets.yaml 里没有“没有的”"),
        ('{id: 甲, of: activity, where: {forms: [dancing]}, unit: 次, say: "甲{n}"}', "facets.yaml 里没有“dancing”"),
        ('{id: 甲, of: problem, where: {topics: [廉政]}, unit: 个, say: "甲{n}"}', "只用于活动"),
        ('{id: 甲, of: learner, measure: share, amount: reached, unit: "%", say: "甲{n}"}', "写明是哪些活动"),
    ],
)
def test_a_figure_that_says_what_there_is_not_stops_the_start(tmp_path, line, said):
    path = tmp_path / "catalogue.yaml"
    path.write_text(f"- {line}\n", encoding="utf-8")
    with pytest.raises(DataFault, match=said):
        read_catalogue(path)


def led_and_spoke(rows, led, spoke):
    return tuple(replace(row, led=i < led, spoke=i < spoke) for i, row in enumerate(rows))


def test_who_led_and_who_spoke_are_counted_in_person_times_each_in_his_own_unit():
    cast = standing_cast()
    march = led_and_spoke(make.everyone(cast.branch, ["group_study"], date(2026, 3, 5)), 1, 3)
    theirs = led_and_spoke(make.everyone(cast.other, ["group_study"], date(2026, 3, 5)), 0, 2)
    make.activity(
        cast.branch, "group_study", date(2026, 3, 5), roster=(*march, *theirs), joining_unit_ids=(cast.other.pk,)
    )
    april = led_and_spoke(make.everyone(cast.branch, ["seminar"], date(2026, 4, 5)), 1, 1)
    make.activity(cast.branch, "seminar", date(2026, 4, 5), roster=april)
    make.activity(cast.branch, "party_meeting", date(2026, 5, 5))
    units = {cast.branch: (2, 4), cast.other: (0, 2), cast.above: (2, 6)}
    found = ask_scopes(["领学人次", "研讨发言人次"], units, YEAR, as_of=END)
    assert {unit: tuple(answer.value for answer in found[unit.pk].values()) for unit in units} == units
    assert {unit: tuple(asked(name, unit).value for name in found[unit.pk]) for unit in units} == units
    answer = asked("研讨发言人次", cast.branch)
    assert [(row.amount, row.note) for row in answer.rows] == [(3, "3人"), (1, "1人")]  # and no name
    assert answer.said() == "研讨发言4人次"


def test_a_removed_session_was_led_by_nobody():
    cast = standing_cast()
    rows = led_and_spoke(make.everyone(cast.branch, ["group_study"], date(2026, 3, 5)), 2, 0)
    session = make.activity(cast.branch, "group_study", date(2026, 3, 5), roster=rows)
    assert asked("领学人次", cast.branch).value == 2
    remove_activity(session=session, reason="记错了", by=None, at=make.moment(date(2026, 4, 1)))
    assert asked("领学人次", cast.branch).value == 0


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("全年集中学习24次，党员轮流领学12人次，交流发言30余人次。", ["领学人次", "研讨发言人次"]),
        ("领学12人次，研讨发言30人次。", ["领学人次", "研讨发言人次"]),
        ("每月党员轮流领学2人次，每季度交流发言8人次。", ["领学人次", "研讨发言人次"]),
        ("中心组成员研讨发言12人次。", []),
        ("在座谈会上交流发言3人次。", []),
        ("青年党员领学12人次，班子成员带头领学5人次。", []),
        ("党员发言12次。领学《准则》2篇。没有调查就没有发言权。", []),
        ("撰写研讨发言材料12篇。", []),
    ],
)
def test_only_words_of_all_its_members_ask_it(sentence, figures):
    found = [match(claim)[:1] for claim in read(sentence) if claim.class_ != "none"]
    names = [figure.id for matched in found for figure in matched]
    assert [name for name in names if name in ("领学人次", "研讨发言人次")] == figures
