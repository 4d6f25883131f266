from datetime import date

import pytest

from tests import make
from tests.cast import standing_cast
from youju.figures.queries import ask
from youju.kit.periods import Period

pytestmark = pytest.mark.django_db


def test_a_session_of_two_kinds_counts_once_in_the_total():
    cast = standing_cast()
    make.activity(cast.branch, ("theme_day", "party_meeting"), date(2026, 3, 20))
    make.activity(cast.branch, ("theme_day", "fixed_study_day"), date(2026, 4, 20))
    make.activity(cast.branch, "fixed_study_day", date(2026, 5, 20))
    year = Period.year(2026)
    assert ask("主题党日次数", cast.branch, year, as_of=date(2026, 12, 31)).value == 2
    total = ask("各类党日次数", cast.branch, year, as_of=date(2026, 12, 31))
    assert (total.value, total.overlap) == (3, 1)
