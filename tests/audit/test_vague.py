"""Times without days and amounts without a bound: what the ledger cannot refute is never 不符."""

from datetime import date

import pytest

from tests import make
from tests.cast import standing_cast
from youju.audit.queries import audit_text
from youju.audit.values import Verdict
from youju.cli.audit import rows_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)
YES, NO, OPEN, VAGUE = Verdict.MATCHES, Verdict.DIFFERS, Verdict.NOT_CHECKABLE, Verdict.VAGUE


def audited(text, branch, **kwargs):
    return audit_text(text, unit=branch, today=TODAY, **({"year": 2023} | kwargs))


def verdicts(text, branch, **kwargs):
    return [(j.said, j.verdict) for j in audited(text, branch, **kwargs).judged]


@pytest.fixture
def branch():
    """Members met in March, June, September and December 2023, the committee each month, and once in December 2022."""
    branch = standing_cast().branch
    for month in range(1, 13):
        make.activity(branch, "committee_meeting", date(2023, month, 5))
    for month in (3, 6, 9, 12):
        make.activity(branch, "party_meeting", date(2023, month, 20))
    make.activity(branch, "committee_meeting", date(2022, 12, 5))
    return branch


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("9月召开党员大会1次。", YES),
        ("9月，召开党员大会2次。", NO),
        ("9月开始整改，召开党员大会4次。", YES),
        ("9月开始整改，召开党员大会1次。", YES),
        ("9月开始整改，召开党员大会3次。", NO),
        ("去年12月召开支委会1次。", YES),
        ("去年12月召开支委会2次。", NO),
        ("截至6月底，召开支委会6次。", YES),
        ("今年3月以来，召开支委会10次。", YES),
        ("3月和9月召开党员大会2次。", YES),
        ("3月、9月召开支委会2次。", YES),
        ("3月、9月召开党员大会4次。", OPEN),
        ("3月、6月、9月分别召开党员大会1次。", YES),
        ("11月、12月召开党员大会2次。", NO),
        ("七一前夕召开党员大会1次。", YES),
        ("年底召开党员大会5次。", OPEN),
        ("换届以来，召开支委会5次。", YES),
        ("近三年召开支委会13次。", YES),
        ("近三年召开支委会40次。", OPEN),
        ("平均每月召开支委会3次。", None),
    ],
)
def test_a_period_is_judged_as_far_as_its_days_are_known(branch, text, verdict):
    assert [found for _, found in verdicts(text, branch)] == ([verdict] if verdict else [])


def test_what_cannot_be_told_by_days_says_so(branch):
    [judged] = audited("七一前夕讲党课3次。", branch).judged
    assert judged.message == "时段“七一前夕”没有确切起止日，无法逐日核对。"


@pytest.mark.parametrize("amount", ["多次", "数次", "若干次", "数十次", "上百次"])
def test_an_amount_without_a_bound_is_shown_the_ledgers_number(branch, amount):
    audit = audited(f"2023年，召开支委会{amount}。", branch)
    [row] = rows_of(audit)
    assert (row["verdict"], row["figure"] is not None, row["ledger"], len(row["records"])) == ("模糊", True, 12, 12)
    assert row["message"] == f"“{amount}”没有界限，台账：支委会12次（2023年）。"
    assert (row["said"], row["quote"]) == (amount, f"2023年，召开支委会{amount}")
    assert audit.clean


def test_without_records_it_is_still_only_vague(branch):
    audit = audited("多次召开支委会，举办多场宣讲。", branch, year=2019)
    assert [(j.verdict, j.ledger) for j in audit.judged] == [(VAGUE, None)] * 2
    assert audit.clean


def test_several_times_of_what_the_ledger_does_not_hold_is_no_claim(branch):
    assert verdicts("会上多次强调纪律，多次研究。", branch) == []


def test_the_secretarys_own_lecture_is_asked_of_him(branch):
    [judged] = audited("我讲党课1次。", branch).judged
    assert judged.figure == "书记讲党课次数"


def test_resolutions_members_and_groups_are_asked_their_own_figures(branch):
    text = "专题研究意识形态工作2次，形成决议29项。支部有9名正式党员。三个党小组共开会33次。"
    figures = {judged.said: judged.figure for judged in audited(text, branch).judged}
    assert (figures["29项"], figures["9名"], figures["33次"]) == ("决议件数", "正式党员人数", "党小组会次数")
