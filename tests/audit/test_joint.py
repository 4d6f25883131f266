"""合并召开: a number of sessions that were of several kinds at once counts none of the kinds by itself."""

from __future__ import annotations

from datetime import date

import pytest

from tests import make
from tests.cast import standing_cast
from tests.house.kept import kept
from youju.audit.queries import audit_text
from youju.audit.values import Audit, Verdict
from youju.people.models import Unit

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)
YES, NO, OPEN = Verdict.MATCHES, Verdict.DIFFERS, Verdict.NOT_CHECKABLE


@pytest.fixture
def branch() -> Unit:
    return year_with_joint_meetings()


@kept
def year_with_joint_meetings() -> Unit:
    """Twelve committee meetings, one of them with the day of the party; twelve such days, two with a lecture."""
    branch = standing_cast().branch
    for month in range(1, 13):
        both = ("committee_meeting", "theme_day") if month == 5 else "committee_meeting"
        make.activity(branch, both, date(2023, month, 5))
        if month != 5:
            lecture = ("theme_day", "party_lecture") if month in (6, 7) else "theme_day"
            make.activity(branch, lecture, date(2023, month, 15))
    make.activity(branch, "party_lecture", date(2023, 3, 20))
    return branch


def audited(text: str, branch: Unit | None) -> Audit:
    return audit_text(f"2023年，{text}", unit=branch, today=TODAY, year=2023)


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("召开支委会12次，其中与主题党日合并1次。", [YES, YES]),
        ("召开支委会12次（其中与主题党日合并召开1次）。", [YES, YES]),
        ("召开支委会12次，与主题党日合并召开1次。", [YES, YES]),
        ("开展主题党日12次，其中结合主题党日上党课2次。", [YES, YES]),
        ("上党课3次，其中2次与主题党日合并。", [YES, YES]),
        ("主题党日12次、党课3次，其中合并开展2次。", [YES, YES, YES]),
        ("上党课3次，其中2次（与主题党日合并）。", [YES, YES]),
        ("合并召开支委会和主题党日1次。", [YES]),
        ("召开支委会12次，其中与主题党日合并4次。", [YES, OPEN]),  # they may stand as two records each
        ("召开支委会12次，其中合并召开3次。", [YES, OPEN]),  # with what, nobody can tell
        ("两村合并后，召开支委会11次。", [NO]),  # another merging
        ("紧密结合实际召开支委会11次。", [NO]),
        ("召开支委会12次，其中上半年6次。", [YES, YES]),
        ("结合工作召开支委会11次，主题党日9次。", [NO, NO]),
    ],
)
def test_what_was_held_at_once_is_asked_of_the_records_of_both_kinds(
    branch: Unit, text: str, verdicts: list[Verdict]
) -> None:
    found = audited(text, branch)
    assert [one.verdict for one in found.judged] == verdicts, [one.message for one in found.judged]


def test_both_sides_are_told(branch: Unit) -> None:
    one, other = (audited(f"召开支委会12次，其中与主题党日合并{n}次。", branch).judged[1] for n in (1, 4))
    assert "同时记为支委会、主题党日的有1次" in one.message and one.records == ("2023-支委-05",)
    assert "同时记为支委会、主题党日的有1次" in other.message and "看不出是不是合并召开的" in other.message


@pytest.mark.parametrize("with_ledger", [True, False])
def test_no_check_takes_it_for_the_number_of_a_kind(branch: Unit, with_ledger: bool) -> None:
    text = "召开支委会12次，开展主题党日12次，其中与主题党日合并1次，结合主题党日上党课2次。"
    checks = {finding.check for finding in audited(text, branch if with_ledger else None).findings}
    assert not checks & {"底线", "合计", "前后不一"}
