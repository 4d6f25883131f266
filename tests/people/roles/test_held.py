"""What is asked once for a page is what the one table says."""

import pytest

from tests import make
from tests.cast import standing_cast
from youju.people.roles.queries import held_by, rights_in, roles_in
from youju.people.roles.rules import Role

pytestmark = pytest.mark.django_db
DAY = make.LONG_AGO.replace(year=2026)


def test_it_agrees_everywhere() -> None:
    cast = standing_cast(groups=2)
    both = make.user(unit=cast.other, role=Role.CLERK)
    make.grant(user=both, unit=cast.above, role=Role.SUPERIOR, since=make.LONG_AGO, by=None, at=make.START)
    users = (cast.clerk, cast.secretary, cast.committee, cast.member, cast.superior, cast.admin, cast.stranger, both)
    for user in users:
        held = held_by(user, on=DAY)
        for unit in (cast.above, cast.branch, cast.other, *cast.groups):
            assert held.roles_in(unit) == roles_in(user, unit, on=DAY)
            assert held.rights_in(unit) == rights_in(user, unit, on=DAY)
    assert held_by(both, on=DAY).anywhere == {Role.CLERK, Role.SUPERIOR}


def test_a_grant_that_has_ended_is_not_held() -> None:
    cast = standing_cast()
    assert held_by(cast.clerk, on=make.LONG_AGO.replace(year=2014)).anywhere == frozenset()
