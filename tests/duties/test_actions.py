"""Choosing a rule and waiving a due: one row, one version, one journal line, or a refusal with its field."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests import make
from tests.cast import standing_cast
from youju.duties.actions import choose_rule, waive, withdraw_waiver
from youju.duties.choices.actions import change_rule, make_rule
from youju.duties.choices.values import RuleDraft
from youju.duties.models import RuleChoice, Waiver
from youju.duties.queries import standing_of, standings
from youju.duties.values import Status
from youju.journal.models import Line
from youju.kit.refusal import Refusal
from youju.people.units.actions import close_unit
from youju.people.units.queries import version

pytestmark = pytest.mark.django_db
AT = make.moment(date(2026, 2, 10))
ON = date(2026, 6, 1)


def due_of(branch, rule_id, code):
    standing = standing_of(branch, rule_id, code, on=ON)
    assert standing is not None
    return standing.due


def test_a_rule_turned_on_is_owed_from_the_next_quarter():
    cast = standing_cast()
    before = version(cast.branch, 2026)
    choose_rule(
        unit=cast.branch, rule_id="party_lecture_quarterly", on=True, basis="支部规则第4条", by=cast.secretary, at=AT
    )
    owed = [s.due for s in standings(cast.branch, 2026, on=ON) if s.due.rule.id == "party_lecture_quarterly"]
    assert [due.code for due in owed] == ["2026-Q2", "2026-Q3", "2026-Q4"]
    assert {due.basis for due in owed} == {"支部规则第4条"}
    assert version(cast.branch, 2026) == before + 1
    assert Line.objects.filter(verb="启用规则", unit_id=cast.branch.pk, by_id=cast.secretary.pk).count() == 1


def test_a_rule_turned_off_keeps_the_past():
    cast = standing_cast()
    choose_rule(unit=cast.branch, rule_id="theme_day", on=False, basis="并入工委统一安排", by=None, at=AT)
    codes = [s.due.code for s in standings(cast.branch, 2026, on=ON) if s.due.rule.id == "theme_day"]
    assert codes == ["2026-01"]
    assert len([s for s in standings(cast.branch, 2025, on=ON) if s.due.rule.id == "theme_day"]) == 12


def test_the_word_of_the_committee_above_holds_below():
    cast = standing_cast()
    choose_rule(unit=cast.above, rule_id="party_lecture_quarterly", on=True, basis="工委通知", by=None, at=make.START)
    for branch in (cast.branch, cast.other):
        assert [s for s in standings(branch, 2026, on=ON) if s.due.rule.id == "party_lecture_quarterly"]


def test_saying_it_again_on_one_day_changes_the_word():
    cast = standing_cast()
    for on in (True, False):
        choose_rule(unit=cast.branch, rule_id="party_lecture_quarterly", on=on, basis="依据", by=None, at=AT)
    assert RuleChoice.objects.get().on is False


@pytest.mark.parametrize(
    ("rule_id", "basis", "field"), [("nothing", "依据", "rule_id"), ("theme_day", " ", "basis"), ("theme_day", "据" * 121, "basis")]
)  # fmt: skip
def test_a_choice_without_ground_is_refused(rule_id, basis, field):
    cast = standing_cast()
    with pytest.raises(Refusal) as caught:
        choose_rule(unit=cast.branch, rule_id=rule_id, on=True, basis=basis, by=None, at=AT)
    assert caught.value.field == field and not RuleChoice.objects.exists()


def test_a_waived_due_is_not_failed_and_can_be_taken_back():
    cast = standing_cast()
    make.activity(cast.branch, "party_meeting", date(2026, 1, 8))
    due = due_of(cast.branch, "theme_day", "2026-02")
    before = version(cast.branch, 2026)
    waive(unit=cast.branch, due=due, reason="防汛值守", basis="支委会决议", by=cast.secretary, at=AT)
    standing = standing_of(cast.branch, "theme_day", "2026-02", on=ON)
    assert standing.status is Status.WAIVED and standing.waived.basis == "支委会决议"
    assert standing_of(cast.branch, "theme_day", "2026-03", on=ON).status is Status.LATE
    assert version(cast.branch, 2026) == before + 1
    withdraw_waiver(unit=cast.branch, due=due, by=cast.secretary, at=AT)
    assert standing_of(cast.branch, "theme_day", "2026-02", on=ON).status is Status.LATE
    assert Waiver.objects.count() == 1
    assert set(Line.objects.filter(room="duties").values_list("verb", flat=True)) == {"豁免", "撤回豁免"}


@pytest.mark.parametrize(
    ("reason", "basis", "field"), [("", "据", "reason"), ("因", "", "basis"), ("因" * 201, "据", "reason")]
)
def test_a_waiver_without_reason_or_basis_is_refused(reason, basis, field):
    cast = standing_cast()
    due = due_of(cast.branch, "theme_day", "2026-02")
    with pytest.raises(Refusal) as caught:
        waive(unit=cast.branch, due=due, reason=reason, basis=basis, by=None, at=AT)
    assert caught.value.field == field and not Waiver.objects.exists()


def test_a_due_is_waived_once_and_by_its_own_unit():
    cast = standing_cast()
    due = due_of(cast.branch, "theme_day", "2026-02")
    waive(unit=cast.branch, due=due, reason="因", basis="据", by=None, at=AT)
    with pytest.raises(Refusal, match="已经豁免"):
        waive(unit=cast.branch, due=due, reason="因", basis="据", by=None, at=AT)
    with pytest.raises(Refusal):
        waive(unit=cast.other, due=due, reason="因", basis="据", by=None, at=AT)
    withdraw_waiver(unit=cast.branch, due=due, by=None, at=AT)
    with pytest.raises(Refusal, match="没有豁免过"):
        withdraw_waiver(unit=cast.branch, due=due, by=None, at=AT)


def test_a_waiver_of_january_says_nothing_of_a_year_that_begins_on_the_same_day():
    cast = standing_cast()
    draft = RuleDraft("读书会", "集中学习次数", "monthly", 1, "hard", "支部规则第4条")
    rule = make_rule(unit=cast.branch, draft=draft, since=date(2026, 1, 1), by=None, at=AT)
    january = due_of(cast.branch, rule.rule_id, "2026-01")
    waive(unit=cast.branch, due=january, reason="因", basis="据", by=None, at=AT)
    later = AT + timedelta(hours=1)
    change_rule(version=rule, draft=replace(draft, rhythm="yearly"), since=rule.since, by=None, at=later)
    assert Waiver.objects.get().period_end == date(2026, 1, 31)
    year = due_of(cast.branch, rule.rule_id, "2026")
    assert standing_of(cast.branch, rule.rule_id, "2026", on=ON).status is not Status.WAIVED
    waive(unit=cast.branch, due=year, reason="因", basis="据", by=None, at=later)
    assert standing_of(cast.branch, rule.rule_id, "2026", on=ON).status is Status.WAIVED


def test_a_state_stays_waived_when_it_ends_sooner_than_was_thought():
    cast = standing_cast()
    make.members(cast.other, 5)
    before = due_of(cast.other, "committee_due", "2026")
    waive(unit=cast.other, due=before, reason="因", basis="据", by=None, at=AT)
    with pytest.raises(Refusal, match="已经豁免"):
        waive(unit=cast.other, due=before, reason="因", basis="据", by=None, at=AT)
    close_unit(unit=cast.other, on=date(2026, 11, 1), successor=None, by=None, at=AT)
    after = standing_of(cast.other, "committee_due", "2026", on=ON)
    assert after.due.period.end < before.period.end and after.status is Status.WAIVED
