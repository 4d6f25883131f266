"""Where and when a role reaches."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from tests import make
from tests.cast import standing_cast
from youju.kit.refusal import NotAllowed, NotYours, Refusal
from youju.people.models import Grant
from youju.people.roles.actions import grant, withdraw
from youju.people.roles.queries import require, units_with
from youju.people.roles.rules import RIGHTS, Right, Role
from youju.people.units.values import UnitKind

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 5)
AT = make.moment(DAY)


@pytest.fixture
def cast():
    return standing_cast(groups=2)


@pytest.mark.parametrize("right", list(Right))
@pytest.mark.parametrize(
    "who", ["clerk", "secretary", "committee", "member", "superior", "admin", "other_clerk", "stranger"]
)
def test_who_may_do_what_in_the_branch(cast, who, right):
    user = getattr(cast, who)
    roles = {"admin": Role.SITE_ADMIN, "other_clerk": None, "stranger": None}
    rights = RIGHTS.get(roles.get(who, Role(who) if who not in roles else None), frozenset())
    if right in rights:
        assert require(user, cast.branch.pk, right, on=DAY) == cast.branch
    else:
        with pytest.raises(NotAllowed if Right.SEE_UNIT in rights else NotYours):
            require(user, cast.branch.pk, right, on=DAY)
    assert (cast.branch in units_with(user, right, on=DAY)) is (right in rights)


def test_a_role_reaches_down_and_never_up_or_beside(cast):
    assert require(cast.clerk, cast.groups[0].pk, Right.WRITE_RECORDS, on=DAY)
    for unit in (cast.above, cast.other):
        with pytest.raises(NotYours):
            require(cast.clerk, unit.pk, Right.SEE_UNIT, on=DAY)
    seen = list(units_with(cast.superior, Right.READ_NUMBERS, on=DAY))
    assert seen == [cast.above, cast.branch, *cast.groups, cast.other]


def test_a_unit_that_is_not_there_is_answered_like_somebody_elses(cast):
    with pytest.raises(NotYours) as missing:
        require(cast.clerk, 10**9, Right.SEE_UNIT, on=DAY)
    with pytest.raises(NotYours) as foreign:
        require(cast.clerk, cast.other.pk, Right.SEE_UNIT, on=DAY)
    assert str(missing.value) == str(foreign.value)


def test_who_is_not_signed_in_has_no_unit(cast):
    assert not units_with(AnonymousUser(), Right.SEE_UNIT, on=DAY)
    with pytest.raises(NotYours):
        require(AnonymousUser(), cast.branch.pk, Right.SEE_UNIT, on=DAY)


def test_a_grant_holds_from_its_first_day_to_the_day_before_its_last(cast):
    row = grant(user=cast.stranger, unit=cast.branch, role=Role.COMMITTEE, since=DAY, by=None, at=AT)
    withdraw(row=row, on=DAY + timedelta(days=10), by=None, at=AT)
    days = [DAY + timedelta(days=n) for n in (-1, 0, 9, 10)]
    assert [units_with(cast.stranger, Right.READ_RECORDS, on=day).exists() for day in days] == [
        False,
        True,
        True,
        False,
    ]


def test_a_mistaken_grant_can_be_taken_back_the_same_day(cast):
    row = grant(user=cast.stranger, unit=cast.branch, role=Role.SECRETARY, since=DAY, by=None, at=AT)
    withdraw(row=row, on=DAY, by=None, at=AT)
    assert not units_with(cast.stranger, Right.SEE_UNIT, on=DAY)
    grant(user=cast.stranger, unit=cast.branch, role=Role.SECRETARY, since=DAY, by=None, at=AT)
    assert Grant.objects.filter(user=cast.stranger).count() == 2


def test_a_role_is_granted_once_and_withdrawn_once(cast):
    with pytest.raises(Refusal, match="已有党务工作者权限"):
        grant(user=cast.clerk, unit=cast.branch, role=Role.CLERK, since=DAY, by=None, at=AT)
    row = Grant.objects.get(user=cast.clerk)
    with pytest.raises(Refusal):
        withdraw(row=row, on=row.since - timedelta(days=1), by=None, at=AT)
    withdraw(row=row, on=DAY, by=None, at=AT)
    with pytest.raises(Refusal):
        withdraw(row=Grant.objects.get(pk=row.pk), on=DAY, by=None, at=AT)


def test_a_clerk_of_the_committee_writes_its_ledger_and_none_of_its_branches():
    above = make.unit(name="青禾县直机关工委", kind=UnitKind.COMMITTEE)
    branch = make.unit(name="青禾县供销社机关党支部", parent=above)
    group = make.unit(name="第一党小组", kind=UnitKind.GROUP, parent=branch)
    upper, lower = make.user(unit=above, role=Role.CLERK), make.user(unit=branch, role=Role.CLERK)
    day = date(2026, 5, 1)
    assert set(units_with(upper, Right.READ_DRAFTS, on=day)) == {above}
    assert set(units_with(lower, Right.READ_DRAFTS, on=day)) == {branch, group}
    with pytest.raises(NotYours):
        require(upper, branch.pk, Right.READ_DRAFTS, on=day)
    assert require(lower, group.pk, Right.WRITE_RECORDS, on=day) == group
