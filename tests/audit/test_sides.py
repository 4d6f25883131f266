"""The ledger's side of a verdict: what was entered later, how 近 and 约 were taken, and sessions of several kinds."""

from datetime import date

import pytest

from tests import make
from tests.cast import standing_cast
from youju.audit.queries import audit_text

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


@pytest.fixture
def branch():
    branch = standing_cast(groups=1).branch
    for month in range(1, 11):
        make.activity(branch, "committee_meeting", date(2026, month, 5))
    make.activity(branch, ("theme_day", "party_lecture"), date(2026, 6, 12))
    make.activity(branch, "committee_meeting", date(2026, 3, 20), entered=make.moment(date(2026, 7, 2)))
    return branch


def side(text, branch, **more):
    (judged,) = audit_text(text, unit=branch, today=TODAY, **{"year": 2026} | more).judged
    return judged.verdict.zh, judged.message


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("1—6月召开支委会7次。", "吻合"),
        ("1—6月召开支委会9次。", "不符"),
        ("上半年每月召开支委会1次。", "吻合"),
        ("上半年召开支委会6次以上。", "吻合"),
        ("上半年多次召开支委会。", "模糊"),
        ("3月上旬前后召开支委会近2次。", None),
    ],
)
def test_records_entered_after_the_day_are_named_whatever_the_claim(branch, text, verdict):
    found, message = side(text, branch, as_of=date(2026, 6, 30))
    assert verdict in (None, found)
    late = "其中1条为报告日之后补录（2026-支委-11）"
    assert (late in message) == (verdict is not None)


def test_many_entered_later_are_named_up_to_six_and_counted(branch):
    for day in range(10, 18):
        make.activity(branch, "committee_meeting", date(2026, 2, day), entered=make.moment(date(2026, 8, 1)))
    _, message = side("上半年召开支委会15次。", branch, as_of=date(2026, 6, 30))
    assert "其中9条为报告日之后补录（" in message
    assert "等9条）" in message


@pytest.mark.parametrize(
    ("text", "verdict", "said"),
    [
        ("召开支委会约10次。", "吻合", "“约10次”按9—11次算"),
        ("召开支委会近13次。", "不符", "“近13次”按12—14次算"),
    ],
)
def test_how_near_is_near_enough_is_said(branch, text, verdict, said):
    found, message = side(text, branch)
    assert (found, said in message) == (verdict, True), message


def test_no_tolerance_is_claimed_for_exact_numbers(branch):
    assert "上下一成" not in side("召开支委会11次。", branch)[1]


def test_one_session_of_two_kinds_counts_once_and_the_message_says_so(branch):
    found, message = side("主题党日、党课合计1次。", branch)
    assert found == "吻合"
    assert "一场多类只计1次，少计1次" in message


def test_a_month_is_asked_of_its_year_and_a_span_of_all_its_years(branch, django_assert_max_num_queries):
    text = "".join(f"{month}月召开支委会1次。" for month in range(1, 11))
    with django_assert_max_num_queries(60):
        judged = audit_text(text, unit=branch, today=TODAY, year=2026).judged
    verdicts = [(each.verdict.zh, each.ledger) for each in judged]
    assert verdicts == [("不符" if month == 3 else "吻合", 2 if month == 3 else 1) for month in range(1, 11)]
