"""Hours, elections, half-years, months of a year and rules of one's own, in the ledger's own words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.duties import ledger
from youju.duties.choices.values import RuleDraft, checked
from youju.duties.owing import Owing, expand, expand_versions, owed
from youju.duties.rulebook import RULES
from youju.duties.values import Choice, Dated, Days, Status, UnitFacts, Version
from youju.kit.refusal import Refusal
from youju.people.terms.values import TermFact

BEGUN = "2025-01-08 记 主题党日\n"


def codes(text: str, label: str, year: int) -> list[str]:
    return [due.code for due in expand(ledger.RULE[label], ledger.read(text).facts, year)]


# -- 学时 -------------------------------------------------------------------------------------------------------------


def test_one_due_a_unit_says_how_many_fall_short_and_by_how_much():
    text = ledger.read(BEGUN + "2020-01-01 党员 甲 乙\n2026-03-06 学 甲,乙 8\n2026-06-06 学 甲 24")
    standing = text.one("学时", "2026", "2026-11-20")
    assert standing.status is Status.PART and (standing.done, standing.target) == (40, 64)
    assert [(part.name, part.note) for part in standing.missing] == [("乙", "差24学时")]
    assert standing.sentence == "2人中1人不足，共差24学时"  # who it is stands in ``missing``, for those who may read it
    assert text.one("学时", "2026", "2027-01-01").status is Status.LATE
    assert standing.due.soft


def test_who_has_enough_is_done_on_the_day_of_the_last():
    text = ledger.read(
        BEGUN + "2020-01-01 党员 甲 乙\n2026-03-06 学 甲,乙 31.5\n2026-06-06 学 甲,乙 0.5\n2026-07-01 学 甲 9"
    )
    standing = text.one("学时", "2026", "2026-11-20")
    assert standing.status is Status.DONE and standing.day == date(2026, 6, 6)
    assert standing.sentence == "2人学时都已达到"


def test_who_joins_or_leaves_owes_in_proportion():
    text = ledger.read("2020-01-01 党员 甲 乙\n2026-07-01 党员 丙\n2026-04-01 离开 乙\n2026-12-28 党员 丁")
    due = expand(ledger.RULE["学时"], text.facts, 2026)[0]
    # 184 of 365 days: 16.1; 90 of 365: 7.8; four days are less than an hour
    assert {part.name: part.target for part in due.parts} == {"甲": 32, "乙": 7, "丙": 16}


def test_who_moved_on_is_owed_by_the_unit_that_has_him():
    left = ledger.read("2020-01-01 党员 甲\n2026-07-01 离开 甲\n2026-07-01 别处 甲")
    assert expand(ledger.RULE["学时"], left.facts, 2026)[0].parts == ()
    assert [part.target for part in expand(ledger.RULE["学时"], left.facts, 2025)[0].parts] == [32]
    came = ledger.read("2026-07-01 党员 甲\n2020-01-01 别处 甲 2026-07-01\n2026-02-06 学 甲 32\n" + BEGUN)
    assert came.one("学时", "2026", "2026-11-20").status is Status.DONE


def test_who_was_excused_in_the_year_owes_no_hours_and_is_listed():
    text = ledger.read(BEGUN + "2020-01-01 党员 甲 乙 丙\n2026-03-06 免 丙\n2025-05-06 免 乙\n2026-03-06 学 甲,丙 8")
    standing = text.one("学时", "2026", "2026-11-20")
    assert {part.name: (part.target, part.note) for part in standing.due.parts} == {
        "甲": (32, ""), "乙": (32, ""), "丙": (0, "免于要求"),
    }  # fmt: skip
    assert [part.name for part in standing.missing] == ["甲", "乙"] and (standing.done, standing.target) == (8, 64)
    assert standing.sentence == "2人中2人不足，共差56学时；另1人免于要求"
    alone = ledger.read(BEGUN + "2020-01-01 党员 甲\n2026-03-06 免 甲").one("学时", "2026", "2027-01-01")
    assert alone.status is Status.DONE and alone.missing == () and alone.sentence == "没有要计学时的人"


def test_a_session_without_an_end_gives_no_hour():
    text = ledger.read(BEGUN + "2020-01-01 党员 甲\n2026-03-06 学 甲 ?")
    standing = text.one("学时", "2026", "2026-11-20")
    assert standing.done == 0 and standing.answer is not None
    assert [row.note for row in standing.answer.rows] == ["不计（没有结束时间）"]


def test_a_year_that_the_ledger_does_not_hold_whole_is_unknown():
    text = ledger.read("2020-01-01 党员 甲\n2026-03-06 记 主题党日")
    assert text.one("学时", "2026", "2027-01-01").status is Status.UNKNOWN
    assert text.one("学时", "2027", "2028-01-01").status is Status.LATE


def test_the_committees_hours_are_owed_where_a_unit_says_so():
    text = "2020-01-01 支委会 甲 乙 丙\n2020-01-01 党员 甲 乙 丙 丁\n"
    assert codes(text, "班子学时", 2026) == []
    due = expand(ledger.RULE["班子学时"], ledger.read(text + "2025-01-01 启用 班子学时").facts, 2026)[0]
    assert [part.name for part in due.parts] == ["甲", "乙", "丙"] and due.target == 3 * 56


@pytest.mark.parametrize(
    ("change", "owed", "short"),
    [
        ("2026-07-01 免去 丁", 27, ["甲", "乙", "丙"]),
        ("2026-07-01 离开 丁", 27, ["甲", "乙", "丙"]),  # his office was never ended
        ("2026-07-01 免去 丁\n2026-10-01 支委会 丁", 41, ["甲", "乙", "丙", "丁"]),
    ],
)
def test_of_who_was_on_the_committee_for_a_part_of_the_year_the_hours_of_that_part_are_asked(change, owed, short):
    text = (
        "2025-01-08 记 主题党日\n2020-01-01 支委会 甲 乙 丙 丁\n2020-01-01 党员 甲 乙 丙 丁\n2025-01-01 启用 班子学时\n"
        f"2026-03-06 学 甲,丁 28\n2026-08-06 学 丁 20\n{change}"
    )
    standing = ledger.read(text).one("班子学时", "2026", "2027-01-05")
    assert {part.name: part.target for part in standing.due.parts} == dict.fromkeys("甲乙丙", 56) | {"丁": owed}
    assert [part.name for part in standing.missing] == short
    assert standing.answer.value == 56


def test_an_office_without_a_membership_owes_no_hours():
    text = "2020-01-01 支委会 甲 乙 丙 丁\n2020-01-01 党员 甲 乙 丙\n2025-01-01 启用 班子学时"
    due = expand(ledger.RULE["班子学时"], ledger.read(text).facts, 2026)[0]
    assert [part.name for part in due.parts] == ["甲", "乙", "丙"]


# -- 换届 -------------------------------------------------------------------------------------------------------------


def test_an_election_is_owed_by_the_end_of_the_term_and_opens_half_a_year_before():
    text = ledger.read(BEGUN + "2024-03-10 任期 3")
    assert codes("2024-03-10 任期 3", "换届选举", 2026) == []
    standing = text.one("换届选举", "2027", "2026-09-09")
    assert standing.status is Status.NOT_YET and standing.due.opens_on == date(2026, 9, 10)
    assert text.one("换届选举", "2027", "2026-09-10").status is Status.OPEN
    assert text.one("换届选举", "2027", "2026-11-20").sentence == "2027年3月10日届满（2024年3月选出，任期3年）"
    late = text.one("换届选举", "2027", "2027-03-11")
    assert late.status is Status.LATE and late.due.soft and late.initial == {"unit": "1"}


def test_a_village_owes_hard_after_five_years():
    text = "2022-05-01 任期 5"
    assert codes(text, "换届选举（村、社区）", 2027) == ["2027"] and codes(text, "换届选举", 2027) == []
    assert not expand(ledger.RULE["换届选举（村、社区）"], ledger.read(text).facts, 2027)[0].soft


def test_the_next_term_settles_it_early_in_time_and_late():
    for day, status in (("2026-11-05", Status.DONE), ("2027-06-01", Status.DONE)):
        text = ledger.read(BEGUN + f"2024-03-10 任期 3\n{day} 任期 3")
        assert text.one("换届选举", "2027", "2027-12-01").status is status
    assert codes("2024-03-10 任期 3\n2026-05-01 任期 3", "换届选举", 2027) == []  # before it opened: owed nothing
    assert codes("2024-03-10 任期 3\n2026-05-01 任期 3", "换届选举", 2029) == ["2029"]


def test_an_approved_extension_puts_it_off():
    text = "2024-03-10 任期 3\n2027-01-05 延期 2027-09-10"
    due = expand(ledger.RULE["换届选举"], ledger.read(text).facts, 2027)[0]
    assert (due.opens_on, due.owed_by) == (date(2026, 9, 10), date(2027, 9, 10))


def test_a_temporary_branch_elects_nobody_and_needs_no_committee():
    seven = "2020-01-01 党员 甲 乙 丙 丁 戊 己 庚\n"
    assert codes(seven, "设支委会", 2026) == ["2026"]
    temporary = seven + "2026-01-01 任期 临时"
    assert codes(temporary, "设支委会", 2026) == [] and codes(temporary, "换届选举", 2029) == []
    due = expand(ledger.RULE["设支委会"], ledger.read(seven + "2026-06-01 任期 临时").facts, 2026)[0]
    assert due.period.end == date(2026, 5, 31)


# -- other rhythms ----------------------------------------------------------------------------------------------------


def test_a_half_year_is_owed_once_in_each():
    text = "2025-01-01 启用 意识形态报告\n" + BEGUN
    assert codes(text, "意识形态报告", 2026) == ["2026-H1", "2026-H2"]
    held = ledger.read(text + "2026-05-06 记 意识形态工作报告")
    assert held.one("意识形态报告", "2026-H1", "2026-07-01").status is Status.DONE
    assert held.one("意识形态报告", "2026-H2", "2027-01-01").status is Status.LATE


def test_a_year_with_months_opens_in_november_and_stays_open_until_march():
    text = ledger.read("2025-01-01 启用 述职评议\n" + BEGUN)
    assert text.one("述职评议", "2026", "2026-10-31").status is Status.NOT_YET
    assert text.one("述职评议", "2026", "2026-10-31").sentence == "一般从11月开始"
    assert text.one("述职评议", "2026", "2027-03-31").status is Status.OPEN
    assert text.one("述职评议", "2026", "2027-04-01").status is Status.LATE
    held = ledger.read("2025-01-01 启用 述职评议\n" + BEGUN + "2027-01-20 记 述职评议会 2026年度")
    assert held.one("述职评议", "2026", "2027-02-01").status is Status.DONE


# -- rules of one's own -----------------------------------------------------------------------------------------------


def test_a_rule_of_ones_own_is_owed_from_its_first_whole_period_and_carries_its_basis():
    text = ledger.read(BEGUN + "2026-05-12 本地 读书会 quarterly 集中学习次数 2\n2026-07-06 记 集中学习")
    dues = owed((), text.facts, 2026)
    assert [due.code for due in dues] == ["2026-Q3", "2026-Q4"] and {due.basis for due in dues} == {"支部规则第4条"}
    assert text.one("读书会", "2026-Q3", "2026-08-01").sentence == "已办1次，差1次"


def test_a_changed_rule_keeps_the_past_and_begins_with_the_next_period():
    text = "2025-01-01 本地 读书会 quarterly 集中学习次数 1\n2026-02-10 本地 读书会 monthly 集中学习次数 2"
    dues = owed((), ledger.read(text).facts, 2026)
    assert [due.code for due in dues] == ["2026-Q1", *(f"2026-{month:02d}" for month in range(4, 13))]
    assert [due.each for due in dues[:2]] == [1, 2]
    assert [due.each for due in owed((), ledger.read(text).facts, 2025)] == [1, 1, 1, 1]


def test_a_rule_switched_off_keeps_its_history():
    text = "2025-01-01 本地 读书会 monthly 集中学习次数 1\n2026-02-10 废止 读书会"
    assert [due.code for due in owed((), ledger.read(text).facts, 2026)] == ["2026-01"]
    assert len(owed((), ledger.read(text).facts, 2025)) == 12


# -- what always holds ------------------------------------------------------------------------------------------------

DAYS = st.dates(date(2025, 6, 1), date(2027, 6, 30))
SPANS = st.builds(lambda a, b: Days(min(a, b), max(a, b) + timedelta(days=1)), DAYS, DAYS)
PEOPLE = st.lists(st.lists(SPANS, min_size=1, max_size=2), max_size=9).map(
    lambda rows: tuple(Dated(10 + i, f"人{i}", tuple(spans)) for i, spans in enumerate(rows))
)
TERMS = st.lists(
    st.tuples(st.dates(date(2020, 1, 1), date(2027, 6, 30)), st.sampled_from([None, 1, 2, 3, 5])), max_size=4, unique_by=lambda t: t[0]
).map(lambda rows: tuple(TermFact(i, since, years) for i, (since, years) in enumerate(sorted(rows, key=lambda row: row[0]))))  # fmt: skip
FACTS = st.builds(UnitFacts, st.just(1), st.one_of(st.just(Days()), SPANS), PEOPLE, PEOPLE, PEOPLE, PEOPLE, terms=TERMS)
CHOICES = st.lists(
    st.builds(Choice, st.sampled_from(["theme_day", "first_topic", "party_meeting"]), st.booleans(), DAYS), max_size=2
).map(tuple)
PERIODIC = [rule for rule in RULES.values() if rule.rhythm not in ("state", "term")]


def alike(due) -> tuple:
    return due.period, due.owed_by, due.each, due.parts


@given(FACTS, st.sampled_from(PERIODIC), st.dates(date(2026, 1, 2), date(2026, 12, 31)))
def test_what_a_year_owes_is_what_its_two_sides_owe(facts, rule, turn):
    """A rule that says the same before and after a day: nothing is lost at the turn and nothing is owed twice."""
    own = rule.model_copy(update={"default": True})
    whole = expand(own, facts, 2026)
    halves = (Version(own, Days(None, turn), 1), Version(own, Days(turn, None), 1))
    assert [alike(due) for due in expand_versions(halves, facts, 2026)] == [alike(due) for due in whole]


@given(FACTS, st.sampled_from(PERIODIC), st.dates(date(2026, 1, 2), date(2026, 12, 31)))
def test_switched_off_and_on_in_one_year_owes_no_period_twice(facts, rule, turn):
    own = rule.model_copy(update={"default": True})
    before = expand_versions((Version(own, Days(None, turn), 1),), facts, 2026)
    after = expand_versions((Version(own, Days(turn, None), 1),), facts, 2026)
    broken = [due for due in expand(own, facts, 2026) if due.period.start < turn <= due.period.end]
    assert sorted([*before, *after, *broken], key=lambda due: due.period) == list(expand(own, facts, 2026))


@given(st.lists(st.tuples(FACTS, CHOICES), min_size=2, max_size=4))
def test_branches_looked_at_together_owe_what_each_owes_alone(branches):
    together = Owing(RULES.values(), 2026)
    for n, (facts, choices) in enumerate(branches):
        own = replace(facts, unit_id=n, choices=choices)
        found = together.of(own)
        assert found == [due for rule in RULES.values() for due in expand(rule, own, 2026)]
        assert all(due.unit_id == n for due in found)


@given(FACTS, st.sampled_from(["election_village", "election_other"]))
def test_each_term_is_owed_once_over_all_the_years(facts, rule_id):
    dues = [due for year in range(2020, 2036) for due in expand(RULES[rule_id], facts, year)]
    assert len({due.opens_on for due in dues}) == len(dues) <= len(facts.terms)
    for due in dues:
        assert due.opens_on < due.owed_by <= due.period.end and due.period.start == due.opens_on


@given(FACTS)
def test_hours_are_never_more_than_the_whole_year(facts):
    for due in expand(RULES["study_hours"], facts, 2026):
        assert all(part.target is not None and 1 <= part.target <= 32 for part in due.parts)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"target": 0}, "target"),
        ({"target": 100}, "target"),
        ({"figure": "幸福指数"}, "figure"),
        ({"figure": "党员到会率"}, "figure"),
        ({"figure": "换届选举次数"}, "figure"),
        ({"rhythm": "weekly"}, "rhythm"),
        ({"figure": "学时合计", "target": 40}, "rhythm"),
        ({"opens_month": 13, "rhythm": "yearly"}, "opens_month"),
        ({"opens_month": 11}, "opens_month"),
        ({"held_until_month": 3, "rhythm": "yearly"}, "held_until_month"),
        ({"strength": "perhaps"}, "strength"),
    ],
)
def test_an_impossible_rule_is_refused_beside_its_field(more, field):
    good = RuleDraft("读书会", "集中学习次数", "quarterly", 1, "hard", "支部规则第4条")
    assert checked(good, "own_1_1").rhythm_zh == "每季度1次"
    with pytest.raises(Refusal) as caught:
        checked(replace(good, **more), "own_1_1")
    assert caught.value.field == field
