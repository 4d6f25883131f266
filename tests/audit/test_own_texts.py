"""Two reports of our own writing in the shapes in which such reports go round: markers, blanks and advertisements included."""

from datetime import date
from pathlib import Path

import pytest

from youju.audit.queries import audit_text
from youju.audit.values import Verdict

pytestmark = pytest.mark.django_db
TEXTS = Path(__file__).parents[1] / "texts"
TODAY = date(2026, 11, 21)
COOPERATIVE = (TEXTS / "cooperative_branch_2023.txt").read_text(encoding="utf-8")
STUDY = (TEXTS / "study_branch.txt").read_text(encoding="utf-8")
CLAIMED = ["2次", "每月召开1次", "20余次", "按季度", "6次"]


def worked(text, branch, **more):
    """What the text says was done, with its verdict; plans are told apart."""
    audit = audit_text(text, unit=branch, today=TODAY, **more)
    return [(j.said, j.verdict, j.ledger) for j in audit.judged if j.claim.class_ == "work"]


def test_each_number_of_the_past_year_matches(branch):
    found = worked(COOPERATIVE, branch)
    assert [said for said, _, _ in found] == CLAIMED
    assert [(verdict, ledger) for _, verdict, ledger in found] == [(Verdict.MATCHES, n) for n in (2, 12, 24, 4, 6)]


@pytest.mark.parametrize(
    ("before", "after", "said", "ledger"),
    [
        ("会议2次", "会议5次", "5次", 2),
        ("召开1次支部", "召开3次支部", "每月召开3次", 12),
        ("20余次", "40余次", "40余次", 24),
        ("研讨6次", "研讨9次", "9次", 6),
    ],
)
def test_another_number_differs_and_shows_the_ledgers(branch, before, after, said, ledger):
    found = worked(COOPERATIVE.replace(before, after), branch)
    assert [row for row in found if row[1] is not Verdict.MATCHES] == [(said, Verdict.DIFFERS, ledger)]


def test_of_a_year_without_records_nothing_is_said(branch):
    assert {(verdict, ledger) for _, verdict, ledger in worked(COOPERATIVE, branch, year=2019)} == {
        (Verdict.NO_RECORDS, None)
    }


def test_plans_are_not_judged(branch):
    audit = audit_text(COOPERATIVE, unit=branch, today=TODAY)
    plans = {j.said: j.verdict for j in audit.judged if j.claim.class_ == "plan"}
    assert plans["12次"] is Verdict.NOT_APPLICABLE


def test_blanks_and_markers_are_found(branch):
    audit = audit_text(COOPERATIVE, unit=branch, today=TODAY)
    blanks = [COOPERATIVE[f.start : f.end] for f in audit.findings if f.check == "占位"]
    assert blanks == ["x", "x", "##paidbegin##", "AAA", "##paidend##"]


def test_the_study_report_is_told_what_is_not_the_branchs(branch):
    assert worked(STUDY, branch) == [
        ("12次以上", Verdict.MATCHES, 30),
        ("25次", Verdict.NOT_APPLICABLE, None),
        ("6场次", Verdict.NOT_APPLICABLE, None),
    ]
