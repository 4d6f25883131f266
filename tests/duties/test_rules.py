"""Which due a few lines of ledger name, and what always holds of dues and standings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.duties import ledger
from youju.duties import rules
from youju.duties.owing import periods_of
from youju.duties.rulebook import RULES
from youju.duties.values import SETTLED, Around, Choice, Dated, Days, Status, UnitFacts, Waived
from youju.figures.catalogue import FIGURES
from youju.figures.values import Answer, Row
from youju.kit.periods import Period

COMMITTEE = "2020-01-01 支委会 甲 乙 丙\n"
BEGUN = "2025-01-08 记 主题党日\n"  # the ledger begins here


def codes(text: str, label: str, year: int) -> list[str]:
    facts = ledger.read(text).facts
    return [due.code for due in rules.expand(ledger.RULE[label], facts, year)]


# -- what is owed -----------------------------------------------------------------------------------------------------


def test_a_branch_without_committee_owes_no_committee_meeting():
    assert codes("2015-01-01 支部成立", "支委会", 2026) == []
    assert codes("2015-01-01 支部成立", "主题党日", 2026) == [f"2026-{month:02d}" for month in range(1, 13)]


def test_a_secretary_and_a_deputy_are_no_committee():
    assert codes("2020-01-01 支委会 甲 乙", "支委会", 2026) == []
    assert len(codes(COMMITTEE, "支委会", 2026)) == 12


def test_a_committee_elected_in_mid_month_owes_from_the_next_month():
    text = "2026-05-12 支委会 甲 乙 丙"
    assert codes(text, "支委会", 2026) == [f"2026-{month:02d}" for month in range(6, 13)]
    assert codes("2026-05-01 支委会 甲 乙 丙", "支委会", 2026)[0] == "2026-05"


def test_when_one_of_three_leaves_the_committee_it_owes_no_more():
    assert codes(COMMITTEE + "2026-09-15 免去 丙", "支委会", 2026)[-1] == "2026-08"


def test_a_group_split_in_mid_year_is_owed_by_both_from_the_next_month():
    text = "2020-01-01 党小组 一\n2026-07-10 党小组 二\n"
    dues = rules.expand(ledger.RULE["党小组会"], ledger.read(text).facts, 2026)
    assert [len(due.parts) for due in dues] == [1] * 7 + [2] * 5
    assert [part.name for part in dues[7].parts] == ["一", "二"]


def test_a_closed_group_owes_nothing_in_the_month_it_closed():
    text = "2020-01-01 党小组 一 二\n2026-07-10 撤组 一"
    dues = rules.expand(ledger.RULE["党小组会"], ledger.read(text).facts, 2026)
    assert [part.name for part in dues[6].parts] == ["二"]


def test_a_branch_opened_in_may_owes_whole_months_and_quarters_only():
    text = "2026-05-20 支部成立"
    assert codes(text, "主题党日", 2026)[0] == "2026-06"
    assert codes(text, "党员大会", 2026) == ["2026-Q3", "2026-Q4"]
    assert codes(text, "组织生活会", 2026) == []
    assert codes(text, "组织生活会", 2027) == ["2027"]


def test_a_closed_branch_owes_nothing_after_its_day():
    text = "2015-01-01 支部成立\n2026-08-31 支部撤销"
    assert codes(text, "主题党日", 2026)[-1] == "2026-07"  # on 31 August it is gone
    assert codes(text, "主题党日", 2027) == []


def test_seven_formal_members_without_committee_owe_one():
    seven = "2020-01-01 党员 甲 乙 丙 丁 戊 己\n2026-04-10 党员 庚\n"
    text = ledger.read(seven + BEGUN)
    standing = text.one("设支委会", "2026", "2026-11-20")
    assert standing.status is Status.OPEN and standing.due.period.start == date(2026, 4, 10)
    assert "7人" in standing.sentence
    assert ledger.read(seven + COMMITTEE + BEGUN).one("设支委会", "2026", "2026-11-20").status is Status.DONE


def test_six_owe_no_committee_and_the_duty_ends_when_one_leaves():
    assert codes("2020-01-01 党员 甲 乙 丙 丁 戊 己", "设支委会", 2026) == []
    text = "2020-01-01 党员 甲 乙 丙 丁 戊 己 庚\n2026-06-01 离开 庚"
    due = rules.expand(ledger.RULE["设支委会"], ledger.read(text).facts, 2026)[0]
    assert due.period == Period(date(2026, 1, 1), date(2026, 5, 31))


def test_party_lectures_are_owed_only_where_the_unit_says_so():
    assert codes("2015-01-01 支部成立", "党课", 2026) == []
    assert codes("2026-02-10 启用 党课", "党课", 2026) == ["2026-Q2", "2026-Q3", "2026-Q4"]
    assert codes("2025-01-01 启用 党课\n2026-07-01 停用 党课", "党课", 2026) == ["2026-Q1", "2026-Q2"]


def test_a_rule_of_the_unit_carries_the_basis_of_the_unit():
    due = rules.expand(ledger.RULE["党课"], ledger.read("2025-01-01 启用 党课").facts, 2026)[0]
    assert due.basis == "支部规则第4条"
    assert rules.expand(RULES["theme_day"], UnitFacts(1), 2026)[0].basis == "《党员教育管理工作条例》第16条"


def test_a_talk_is_owed_to_each_who_was_here_all_the_year():
    text = "2020-01-01 党员 甲 乙 丙\n2026-03-02 党员 丁\n2026-06-01 离开 丙"
    due = rules.expand(ledger.RULE["谈心谈话"], ledger.read(text).facts, 2026)[0]
    assert [part.name for part in due.parts] == ["甲", "乙"] and due.target == 2


# -- how it stands ----------------------------------------------------------------------------------------------------


def test_a_month_without_its_meeting_is_late_on_the_first_of_the_next():
    text = ledger.read(BEGUN + "2026-01-20 记 主题党日\n2026-03-20 记 主题党日")
    assert "主题党日 2026-02" not in text.named("late", 2026, "2026-02-28")
    assert text.one("主题党日", "2026-02", "2026-02-28").status is Status.OPEN
    late = text.one("主题党日", "2026-02", "2026-03-01")
    assert late.status is Status.LATE and late.days_late == 1
    assert late.sentence == "2月没有记录"
    assert text.named("late", 2026, "2026-04-01") == ["主题党日 2026-02", "党员大会 2026-Q1"]


def test_done_carries_its_day_and_its_answer():
    standing = ledger.read("2026-01-20 记 主题党日\n2026-01-28 记 主题党日").one("主题党日", "2026-01", "2026-02-03")
    assert standing.status is Status.DONE and standing.day == date(2026, 1, 20)
    assert standing.answer is not None and standing.answer.value == 2 == standing.done


def test_one_session_of_two_kinds_meets_two_dues():
    text = ledger.read("2026-03-20 记 党员大会+主题党日")
    assert text.named("done", 2026, "2026-04-01") == ["主题党日 2026-03", "党员大会 2026-Q1"]


def test_the_sentence_names_the_group_that_is_missing():
    text = ledger.read(
        "2020-01-01 党小组 第一党小组 第二党小组 第三党小组\n"
        "2026-11-12 记 党小组会@第一党小组\n2026-11-13 记 党小组会@第二党小组\n"
    )
    standing = text.one("党小组会", "2026-11", "2026-11-20")
    assert standing.status is Status.PART and (standing.done, standing.target) == (2, 3)
    assert standing.sentence == "第一党小组、第二党小组已开，差第三党小组"
    assert standing.initial["host"] == str(text.id_of("第三党小组")) and standing.initial["unit"] == "1"
    assert text.one("党小组会", "2026-11", "2026-12-01").status is Status.LATE


def test_one_group_meeting_three_times_does_not_stand_for_three_groups():
    text = ledger.read("2020-01-01 党小组 一 二 三\n" + "2026-11-12 记 党小组会@一\n" * 3)
    assert text.one("党小组会", "2026-11", "2026-11-20").done == 1


def test_a_planned_session_is_planned_until_its_day_has_passed():
    text = ledger.read(BEGUN + "2026-11-25 排 主题党日")
    assert text.one("主题党日", "2026-11", "2026-11-20").status is Status.PLANNED
    assert text.one("主题党日", "2026-11", "2026-11-20").day == date(2026, 11, 25)
    assert text.one("主题党日", "2026-11", "2026-11-26").status is Status.OPEN
    assert text.one("主题党日", "2026-12", "2026-12-01").status is Status.OPEN


def test_last_years_meeting_may_be_held_until_march():
    text = ledger.read(BEGUN)
    assert text.one("组织生活会", "2026", "2026-05-04").status is Status.NOT_YET
    assert text.one("组织生活会", "2026", "2026-10-01").status is Status.OPEN
    waiting = text.one("组织生活会", "2026", "2027-02-10")
    assert waiting.status is Status.OPEN and waiting.initial["for_year"] == "2026"
    assert waiting.initial["on"] == "2027-02-10"
    assert text.one("组织生活会", "2026", "2027-04-01").status is Status.LATE
    held = ledger.read(BEGUN + "2027-02-06 记 组织生活会 2026年度")
    assert held.one("组织生活会", "2026", "2027-02-10").status is Status.DONE
    assert held.one("组织生活会", "2027", "2027-02-10").status is Status.NOT_YET


def test_talks_name_how_many_are_left():
    text = ledger.read("2020-01-01 党员 甲 乙 丙\n2026-03-03 记 谈心谈话:甲,乙\n2026-04-03 记 谈心谈话:甲,乙")
    standing = text.one("谈心谈话", "2026", "2026-11-20")
    assert standing.sentence == "3人中已谈2人，差1人" and [part.name for part in standing.missing] == ["丙"]
    assert (
        ledger.read("2020-01-01 党员 甲\n2026-03-03 记 谈心谈话:甲").one("谈心谈话", "2026", "2026-04-01").status
        == "done"
    )


def test_waived_is_not_failed_and_what_was_held_after_all_is_done():
    text = ledger.read(BEGUN + "2026-02-10 豁免 主题党日 2026-02")
    waived = text.one("主题党日", "2026-02", "2026-06-01")
    assert waived.status is Status.WAIVED and waived.waived.reason == "暴雨抢险"
    assert text.one("主题党日", "2026-03", "2026-06-01").status is Status.LATE
    held = ledger.read("2026-02-10 豁免 主题党日 2026-02\n2026-02-20 记 主题党日")
    assert held.one("主题党日", "2026-02", "2026-06-01").status is Status.DONE


def test_before_the_ledger_begins_nothing_is_late():
    text = ledger.read("2026-03-06 记 主题党日")
    assert text.one("主题党日", "2026-02", "2026-06-01").status is Status.UNKNOWN
    assert "2026年3月" in text.one("主题党日", "2026-02", "2026-06-01").sentence
    assert text.one("主题党日", "2026-04", "2026-06-01").status is Status.LATE
    assert ledger.read("").one("主题党日", "2026-02", "2026-06-01").status is Status.UNKNOWN


def test_a_late_form_begins_in_its_own_month():
    standing = ledger.read(BEGUN).one("主题党日", "2026-02", "2026-06-01")
    assert standing.initial["on"] == "2026-02-28"
    assert ledger.read(BEGUN).one("主题党日", "2026-06", "2026-06-09").initial["on"] == "2026-06-09"


# -- what always holds ------------------------------------------------------------------------------------------------

DAYS = st.dates(date(2025, 6, 1), date(2027, 6, 30))
SPANS = st.builds(lambda a, b: Days(min(a, b), max(a, b) + timedelta(days=1)), DAYS, DAYS)
PEOPLE = st.lists(st.lists(SPANS, min_size=1, max_size=2), max_size=9).map(
    lambda rows: tuple(Dated(10 + i, f"人{i}", tuple(spans)) for i, spans in enumerate(rows))
)
FACTS = st.builds(UnitFacts, st.just(1), st.one_of(st.just(Days()), SPANS), PEOPLE, PEOPLE, PEOPLE, PEOPLE, st.just(()))
ANY_RULE = st.sampled_from([rule for rule in RULES.values() if rule.rhythm != "term"])


@given(ANY_RULE, FACTS)
def test_dues_lie_in_their_year_in_order_and_the_rule_binds_at_both_ends(rule, facts):
    dues = rules.expand(rule, facts, 2026)
    assert [due.period for due in dues] == sorted({due.period for due in dues})
    for due in dues:
        assert date(2026, 1, 1) <= due.period.start <= due.opens_on <= due.period.end <= date(2026, 12, 31)
        assert due.each >= 1 and due.target >= (0 if due.hours else 1 if not due.parts else len(due.parts))
        assert due.owed_by >= due.period.end
        assert rules.binds(rule, facts, due.period.start) and rules.binds(rule, facts, due.period.end)
        here = all(part.on(due.period.start) and part.on(due.period.end) for part in due.parts)
        assert here or (due.hours and all(part.within(due.period) for part in due.parts))


@given(
    FACTS, st.sampled_from([rule for rule in RULES.values() if rule.rhythm in ("monthly", "quarterly", "half_yearly")])
)
def test_nothing_that_binds_throughout_is_forgotten(facts, rule):
    owed = {due.period for due in rules.expand(rule, facts, 2026)}
    whole = Period.year(2026)
    for period in periods_of(rule, whole.start.year):
        if period not in owed:
            assert not (rules.binds(rule, facts, period.start) and rules.binds(rule, facts, period.end))


def answer_to(rule, period, days, units):
    rows = tuple(
        Row("activity", i, str(i), day, "题", unit) for i, (day, unit) in enumerate(zip(days, units, strict=False))
    )
    return Answer(FIGURES[rule.figure], 1, period, period.end, rows, len(rows))


ROWS = st.lists(st.dates(date(2026, 3, 1), date(2026, 3, 31)), max_size=5)
GROUPS = tuple(Dated(10 + i, f"第{i}组", (Days(),)) for i in range(3))


@given(
    st.sampled_from(["theme_day", "group_meeting", "committee_meeting"]), ROWS, st.lists(st.sampled_from([10, 11, 12]), min_size=5),
    st.dates(date(2026, 2, 1), date(2026, 5, 1)), st.booleans(), st.sampled_from([date(2026, 1, 1), date(2026, 4, 1), None]),
)  # fmt: skip
def test_a_standing_never_contradicts_itself(rule_id, days, units, on, waive, since):
    rule = RULES[rule_id]
    facts = UnitFacts(1, groups=GROUPS, committee=GROUPS)
    due = next(due for due in rules.expand(rule, facts, 2026) if due.code == "2026-03")
    answer = answer_to(rule, due.period, days, units)
    around = Around(waived=Waived("因", "据") if waive else None, ledger_since=since)
    standing = rules.judge(due, answer, on, around)
    assert (standing.status is Status.DONE) == (standing.done >= due.target)
    assert standing.done <= len(answer.rows)
    if standing.status is Status.LATE:
        assert on > due.owed_by and not waive and not answer_reaches(standing)
    if on <= due.owed_by:
        assert standing.status not in (Status.LATE, Status.UNKNOWN)
    if waive:
        assert standing.status in SETTLED
    assert standing.status is not Status.LATE or standing.sentence


def answer_reaches(standing) -> bool:
    return not standing.missing and standing.done >= standing.target


@given(ROWS, st.lists(st.sampled_from([10, 11, 12]), min_size=6), st.dates(date(2026, 3, 1), date(2026, 5, 1)))
def test_one_more_record_never_makes_it_worse(days, units, on):
    due = next(
        d for d in rules.expand(RULES["group_meeting"], UnitFacts(1, groups=GROUPS), 2026) if d.code == "2026-03"
    )
    less = rules.judge(due, answer_to(RULES["group_meeting"], due.period, days, units), on)
    more = rules.judge(due, answer_to(RULES["group_meeting"], due.period, [*days, date(2026, 3, 15)], units), on)
    assert more.done >= less.done
    assert less.status is not Status.DONE or more.status is Status.DONE


SEVEN = tuple(Dated(number, "甲乙丙丁戊己庚"[number], (Days(date(2020, 1, 1)),)) for number in range(7))


@pytest.mark.parametrize("rule", [r for r in RULES.values() if r.rhythm != "term"], ids=lambda rule: rule.id)
def test_soft_and_hard_are_late_alike_and_say_which(rule):
    bound = UnitFacts(
        1, formal=SEVEN, committee=SEVEN, groups=GROUPS, choices=(Choice(rule.id, True, date(2020, 1, 1)),)
    )
    due = replace(rules.expand(rule, bound, 2026)[0], parts=())
    answer = Answer(FIGURES[rule.figure], 1, due.period, due.period.end, (), 0)
    standing = rules.judge(due, answer, date(2028, 6, 1), Around(ledger_since=date(2020, 1, 1)))
    assert standing.status is Status.LATE and due.soft == (rule.strength == "soft")
