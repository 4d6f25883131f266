"""The ledger that the reports of these tests are judged against."""

from datetime import date

import pytest

from tests import make
from tests.cast import standing_cast
from tests.house.kept import kept


@pytest.fixture
def branch():
    return year_of_2023()


@kept
def year_of_2023():
    """2023: twelve committee meetings, one a month; 24 days of three kinds; six studies; a check each quarter; two deployments."""
    branch = standing_cast().branch
    for month in range(1, 13):
        make.activity(branch, "committee_meeting", date(2023, month, 5))
        make.activity(branch, "theme_day", date(2023, month, 15))
        if month > 4:
            make.activity(branch, "fixed_study_day", date(2023, month, 25))
        if month % 3 == 0:
            make.activity(branch, "member_day", date(2023, month, 20))
            make.activity(branch, "self_study_check", date(2023, month, 22), roster=())
        if month % 2 == 0:
            make.activity(branch, "group_study", date(2023, month, 8))
    for month in (2, 8):
        make.activity(branch, "deployment_meeting", date(2023, month, 3), roster=())
    return branch
