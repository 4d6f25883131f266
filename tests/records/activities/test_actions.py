from datetime import date

import pytest

from tests import make
from tests.cast import standing_cast

pytestmark = pytest.mark.django_db


def test_a_recorded_meeting_has_number_roster_and_line():
    cast = standing_cast(groups=2)
    s = make.activity(cast.branch, ("party_meeting", "theme_day"), date(2026, 3, 20))
    assert s.number == "2026-大会-01"
    assert s.roster.count() == 9
    assert make.activity(cast.branch, "committee_meeting", date(2026, 3, 21)).roster.count() == 5
    assert make.activity(cast.groups[0], "group_meeting", date(2026, 3, 21)).ledger == cast.branch
