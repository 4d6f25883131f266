"""Rules a unit makes itself, from real rows: in force for all under it, changed from a day, never without their past."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests import make
from tests.cast import standing_cast
from youju.duties.choices.actions import change_rule, choose_rule, end_rule, make_rule
from youju.duties.choices.queries import known_rule, local_rules, said_below
from youju.duties.choices.values import RuleDraft
from youju.duties.models import LocalRule
from youju.duties.queries import outlook, standing_of, standings
from youju.duties.values import Status
from youju.journal.models import Line
from youju.kit.refusal import Refusal
from youju.people.members.actions import change_membership
from youju.people.members.values import Standing
from youju.people.terms.actions import state_term
from youju.people.units.queries import version

pytestmark = pytest.mark.django_db
AT = make.moment(date(2026, 2, 10))
ON = date(2026, 11, 20)
DRAFT = RuleDraft("读书会", "集中学习次数", "quarterly", 1, "hard", "支部规则第4条")


def made(unit, since=date(2026, 1, 1), draft=DRAFT):
    return make_rule(unit=unit, draft=draft, since=since, by=None, at=AT)


def owed(branch, year=2026):
    return [s.due for s in standings(branch, year, on=ON) if s.due.source_id.startswith("own_")]


def test_a_rule_of_the_committee_binds_every_branch_below_and_touches_none_of_their_rows():
    cast = standing_cast()
    before = [version(unit, 2026) for unit in (cast.above, cast.branch, cast.other)]
    made(cast.above)
    assert [due.code for due in owed(cast.branch)] == [f"2026-Q{n}" for n in range(1, 5)]
    assert [due.basis for due in owed(cast.other)][:1] == ["支部规则第4条"]
    assert [version(unit, 2026) for unit in (cast.above, cast.branch, cast.other)] == [before[0] + 1, *before[1:]]
    assert Line.objects.get(noun="local_rule").verb == "加本地规定"


def test_a_branchs_rule_does_not_bind_its_sister():
    cast = standing_cast()
    made(cast.branch)
    assert owed(cast.branch) and not owed(cast.other)


def test_a_rule_of_ones_own_is_met_by_a_record_and_can_be_looked_up():
    cast = standing_cast()
    row = made(cast.branch)
    make.activity(cast.branch, "group_study", date(2026, 2, 9))
    assert standing_of(cast.branch, row.rule_id, "2026-Q1", on=ON).status is Status.DONE
    assert standing_of(cast.branch, row.rule_id, "2026-Q2", on=ON).status is Status.LATE
    assert standing_of(cast.other, row.rule_id, "2026-Q2", on=ON) is None


def test_a_change_is_a_new_version_and_the_past_keeps_its_own():
    cast = standing_cast()
    row = made(cast.branch, since=date(2025, 1, 1))
    change_rule(version=row, draft=replace(DRAFT, target=3), since=date(2026, 7, 1), by=None, at=AT)
    assert [due.each for due in owed(cast.branch)] == [1, 1, 3, 3]
    assert [due.each for due in owed(cast.branch, 2025)] == [1, 1, 1, 1]
    assert [r.since.year for r in local_rules(cast.branch)] == [2026, 2025]
    with pytest.raises(Refusal, match="刚刚被改过"):
        change_rule(version=row, draft=DRAFT, since=date(2026, 8, 1), by=None, at=AT)


def test_a_slip_is_put_right_on_its_own_day():
    cast = standing_cast()
    row = made(cast.branch)
    right = change_rule(version=row, draft=replace(DRAFT, rhythm="yearly"), since=row.since, by=None, at=AT)
    assert [due.code for due in owed(cast.branch)] == ["2026"]
    assert LocalRule.objects.count() == 2 and [r.pk for r in local_rules(cast.branch)] == [right.pk]


def test_a_rule_switched_off_keeps_its_history():
    cast = standing_cast()
    row = made(cast.branch, since=date(2025, 1, 1))
    end_rule(version=row, on=date(2026, 5, 1), basis="支委会决议", by=None, at=AT)
    assert [due.code for due in owed(cast.branch)] == ["2026-Q1"] and len(owed(cast.branch, 2025)) == 4
    assert local_rules(cast.branch)[0].ending_basis == "支委会决议"


def test_a_branch_may_leave_a_rule_of_the_committee_with_its_basis():
    cast = standing_cast()
    row = made(cast.above)
    choose_rule(unit=cast.branch, rule_id=row.rule_id, on=False, basis="工委批复", by=None, at=AT)
    assert [due.code for due in owed(cast.branch)] == [] and len(owed(cast.other)) == 4
    assert [choice.unit_id for choice in said_below(cast.above)] == [cast.branch.pk]
    with pytest.raises(Refusal):
        choose_rule(unit=cast.other, rule_id="own_0_1", on=False, basis="工委批复", by=None, at=AT)


@pytest.mark.parametrize(
    ("more", "field"),
    [({"title": " "}, "title"), ({"basis": " "}, "basis"), ({"target": 0}, "target"), ({"note": "长" * 201}, "note")],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(more, field):
    cast = standing_cast()
    with pytest.raises(Refusal) as caught:
        made(cast.branch, draft=replace(DRAFT, **more))
    assert caught.value.field == field and not LocalRule.objects.exists() and not Line.objects.filter(room="duties")


def test_a_group_makes_no_rule_and_days_must_follow():
    cast = standing_cast(groups=1)
    with pytest.raises(Refusal, match="党小组"):
        made(cast.groups[0])
    row = made(cast.branch)
    for call in (
        lambda: change_rule(version=row, draft=DRAFT, since=date(2025, 12, 31), by=None, at=AT),
        lambda: end_rule(version=row, on=row.since, basis="决议", by=None, at=AT),
    ):
        with pytest.raises(Refusal) as caught:
            call()
        assert caught.value.field == "since"


def test_two_rules_of_a_unit_have_two_ids():
    cast = standing_cast()
    first, second = made(cast.branch), made(cast.branch, draft=replace(DRAFT, title="党史讲座"))
    assert first.rule_id != second.rule_id and known_rule(cast.branch, second.rule_id).title == "党史讲座"
    assert known_rule(cast.other, first.rule_id) is None


# -- hours and elections of real rows ---------------------------------------------------------------------------------


def test_hours_of_a_branch_name_who_falls_short():
    cast = standing_cast(formal=3)
    make.activity(cast.branch, "theme_day", date(2026, 1, 8), hours=8)
    roster = make.everyone(cast.branch, ["training"], date(2026, 2, 9), absent=cast.people[:1])
    for month in (2, 3, 4):
        make.activity(cast.branch, "training", date(2026, month, 9), hours=8, roster=roster)
    standing = standing_of(cast.branch, "study_hours", "2026", on=ON)
    assert [(part.id, part.note) for part in standing.missing] == [(cast.people[0].pk, "差24学时")]
    assert cast.people[0].name not in standing.sentence


def test_a_member_who_moves_takes_his_hours_along():
    cast = standing_cast(formal=3)
    make.activity(cast.branch, "training", date(2026, 2, 9), hours=8)
    change_membership(
        member=cast.people[2], unit=cast.other, standing=Standing.FORMAL, since=date(2026, 7, 1), by=None, at=AT
    )
    there = standing_of(cast.other, "study_hours", "2026", on=ON)
    owed_there = {part.id: part for part in there.missing}
    assert owed_there[cast.people[2].pk].note == "差24学时" and owed_there[cast.people[2].pk].target == 32
    here = standing_of(cast.branch, "study_hours", "2026", on=ON)
    assert cast.people[2].pk not in {part.id for part in here.due.parts}


def test_an_election_stands_on_the_list_from_half_a_year_before_until_it_is_stated():
    cast = standing_cast()
    state_term(unit=cast.branch, elected_on=date(2024, 3, 10), years=3, basis="工委批复", by=None, at=AT)

    def on(day):
        return [s.status for s in outlook(cast.branch, on=day).single if s.due.source_id == "election_other"]

    assert on(date(2026, 9, 9)) == []
    assert on(date(2026, 9, 10)) == [Status.OPEN] == on(date(2027, 2, 1))
    assert on(date(2027, 5, 1)) == [Status.LATE] == on(date(2028, 5, 1))
    assert standing_of(cast.branch, "election_other", "2027", on=date(2026, 10, 1)).due.code == "2027"
    at = make.moment(date(2028, 6, 2))
    state_term(unit=cast.branch, elected_on=date(2028, 6, 1), years=3, basis="工委批复", by=None, at=at)
    assert on(date(2028, 7, 1)) == []
    assert standing_of(cast.branch, "election_other", "2027", on=date(2028, 7, 1)).status is Status.DONE
