"""Who reaches which unit and whose account: each role alone, two roles together, closed units, groups."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import RequestFactory

from tests import make
from tests.cast import Cast, standing_cast
from youju.accounts.actions import close_account
from youju.kit.refusal import NotAllowed, NotYours, Refusal
from youju.people.access.actions import link_namesake, open_account
from youju.people.access.queries import account_kept_by, accounts_kept_by, namesakes, require_whole
from youju.people.members.actions import change_membership
from youju.people.members.values import Standing
from youju.people.models import Grant, Member
from youju.people.roles.actions import withdraw
from youju.people.roles.queries import require, units_with
from youju.people.roles.rules import Right, Role
from youju.people.units.actions import close_unit
from youju.people.units.values import UnitKind
from youju.web.people.views import member_for

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)
AT = make.moment(DAY)
WHO = ("clerk", "secretary", "committee", "member", "superior", "admin", "other_clerk", "stranger")


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setenv("YOUJU_TODAY", DAY.isoformat())
    return standing_cast(groups=2)


# -- units ------------------------------------------------------------------------------------------------------------

#: Who reaches what of (committee above, 青禾, its two groups, 柳溪).
REACH = {
    "clerk": {Right.READ_RECORDS: "-xxx-", Right.WRITE_ROSTER: "-xxx-", Right.SIGN_OFF: "-----"},
    "secretary": {Right.READ_RECORDS: "-xxx-", Right.SIGN_OFF: "-xxx-", Right.FORGET: "-xxx-"},
    "committee": {Right.READ_ROSTER: "-xxx-", Right.WRITE_ROSTER: "-----"},
    "member": {Right.SEE_UNIT: "-xxx-", Right.READ_ROSTER: "-----", Right.READ_NUMBERS: "-----"},
    "superior": {Right.READ_NUMBERS: "xxxxx", Right.READ_ROSTER: "-----", Right.READ_DRAFTS: "-----"},
    "admin": {Right.MANAGE_ACCOUNTS: "xxxxx", Right.FORGET: "xxxxx", Right.SEE_UNIT: "-----"},
    "other_clerk": {Right.READ_RECORDS: "----x", Right.WRITE_ROSTER: "----x"},
    "stranger": {Right.SEE_UNIT: "-----", Right.MANAGE_ACCOUNTS: "-----"},
}


@pytest.mark.parametrize(("who", "right"), [(who, right) for who, rights in REACH.items() for right in rights])
def test_each_role_reaches_just_these_units(cast: Cast, who: str, right: Right) -> None:
    units = (cast.above, cast.branch, *cast.groups, cast.other)
    user = getattr(cast, who)
    found = set(units_with(user, right, on=DAY))
    assert "".join("x" if unit in found else "-" for unit in units) == REACH[who][right]
    for unit in units:
        if unit in found:
            assert require(user, unit.pk, right, on=DAY) == unit
        else:
            with pytest.raises((NotYours, NotAllowed)):
                require(user, unit.pk, right, on=DAY)


def test_two_roles_add_up_each_in_its_own_reach(cast: Cast) -> None:
    both = make.user("两处", unit=cast.other, role=Role.CLERK)
    make.grant(user=both, unit=cast.above, role=Role.SUPERIOR, since=make.LONG_AGO, by=None, at=make.START)
    assert set(units_with(both, Right.READ_NUMBERS, on=DAY)) == {cast.above, cast.branch, *cast.groups, cast.other}
    assert set(units_with(both, Right.READ_RECORDS, on=DAY)) == {cast.other}
    with pytest.raises(NotAllowed):  # he sees the unit, from above, and not its records
        require(both, cast.branch.pk, Right.READ_RECORDS, on=DAY)


def test_a_clerk_who_becomes_a_superior_loses_the_ledger_with_the_role(cast: Cast) -> None:
    make.grant(user=cast.clerk, unit=cast.above, role=Role.SUPERIOR, since=make.LONG_AGO, by=None, at=make.START)
    withdraw(row=Grant.objects.get(user=cast.clerk, role=Role.CLERK), on=DAY, by=None, at=AT)
    with pytest.raises(NotAllowed):
        require(cast.clerk, cast.branch.pk, Right.READ_ROSTER, on=DAY)
    assert require(cast.clerk, cast.branch.pk, Right.READ_HEADS, on=DAY)


def test_a_closed_unit_is_still_read_by_who_read_it(cast: Cast) -> None:
    """Its past does not vanish, and its leavers still wait to be forgotten."""
    empty = make.unit(name="旧支部", parent=cast.above)
    clerk = make.user("旧党务员", unit=empty, role=Role.CLERK)
    close_unit(unit=empty, on=DAY, successor=cast.branch, by=None, at=AT)
    assert require(clerk, empty.pk, Right.READ_RECORDS, on=DAY)
    assert empty in units_with(cast.superior, Right.READ_NUMBERS, on=DAY)
    assert empty in units_with(cast.admin, Right.FORGET, on=DAY)
    with pytest.raises(NotYours):  # its successor's people get its past by a role, not by themselves
        require(cast.clerk, empty.pk, Right.SEE_UNIT, on=DAY)


def test_a_grant_in_a_group_stays_in_the_group(cast: Cast) -> None:
    leader = make.user("组长", unit=cast.groups[0], role=Role.COMMITTEE)
    assert list(units_with(leader, Right.READ_RECORDS, on=DAY)) == [cast.groups[0]]
    with pytest.raises(NotYours):
        require(leader, cast.branch.pk, Right.READ_RECORDS, on=DAY)


# -- members ----------------------------------------------------------------------------------------------------------


def reaches(who: object, person: Member, right: Right = Right.READ_ROSTER) -> str:
    request = RequestFactory().get("/")
    request.user = who
    try:
        return member_for(request, person.pk, right)[0].name
    except NotYours:
        return "none"
    except NotAllowed:
        return "not allowed"


def test_whose_page_each_role_opens(cast: Cast) -> None:
    ours = cast.people[0]  # he belongs to a group: his branch keeps his roster
    theirs = Member.objects.get(pk=cast.other.memberships.order_by("pk")[0].member_id)
    told = {who: (reaches(getattr(cast, who), ours), reaches(getattr(cast, who), theirs)) for who in WHO}
    here, there = cast.branch.name, cast.other.name
    assert told == {
        "clerk": (here, "none"),
        "secretary": (here, "none"),
        "committee": (here, "none"),
        "member": ("not allowed", "none"),
        "superior": ("not allowed", "not allowed"),
        "admin": ("none", "none"),
        "other_clerk": ("none", there),
        "stranger": ("none", "none"),
    }


def test_who_moved_is_his_new_branchs_and_who_left_stays_his_last_ones(cast: Cast) -> None:
    mover, leaver = cast.people[0], cast.people[1]
    make.leave(leaver, on=date(2026, 5, 1))
    assert reaches(cast.clerk, leaver, Right.WRITE_ROSTER) == cast.branch.name
    make.leave(mover, on=date(2026, 5, 1))
    change_membership(member=mover, unit=cast.other, standing=Standing.FORMAL, since=date(2026, 5, 1), by=None, at=AT)
    assert reaches(cast.clerk, mover) == "none"
    assert reaches(cast.other_clerk, mover) == cast.other.name


# -- accounts ---------------------------------------------------------------------------------------------------------


def test_an_admin_keeps_the_accounts_below_him_and_no_other(cast: Cast) -> None:
    kept = {one.user.name for one in accounts_kept_by(cast.admin, on=DAY)}
    assert kept == {"党务员", "书记账号", "委员账号", "党员账号", "工委账号", "管理员", "别支部党务员"}
    local = make.user("支部管理员", unit=cast.branch, role=Role.SITE_ADMIN)
    kept = {one.user.name for one in accounts_kept_by(local, on=DAY)}
    assert kept == {"党务员", "书记账号", "委员账号", "党员账号", "支部管理员"}
    assert account_kept_by(local, cast.clerk.pk, on=DAY).user == cast.clerk
    for other in (cast.other_clerk, cast.superior, cast.stranger):
        with pytest.raises(NotYours):
            account_kept_by(local, other.pk, on=DAY)
    with pytest.raises(NotYours):
        account_kept_by(local, 10**9, on=DAY)


@pytest.mark.parametrize("who", [who for who in WHO if who != "admin"])
def test_nobody_else_keeps_accounts(cast: Cast, who: str) -> None:
    user = getattr(cast, who)
    assert accounts_kept_by(user, on=DAY) == []
    with pytest.raises((NotYours, NotAllowed)):
        account_kept_by(user, cast.clerk.pk, on=DAY)


def test_an_account_shows_what_it_holds_and_held_within_reach(cast: Cast) -> None:
    local = make.user("支部管理员", unit=cast.branch, role=Role.SITE_ADMIN)
    make.grant(user=cast.clerk, unit=cast.other, role=Role.COMMITTEE, since=make.LONG_AGO, by=None, at=make.START)
    later = make.grant(user=cast.clerk, unit=cast.branch, role=Role.MEMBER, since=date(2027, 1, 1), by=None, at=AT)
    ended = make.grant(user=cast.clerk, unit=cast.branch, role=Role.COMMITTEE, since=make.LONG_AGO, by=None, at=AT)
    withdraw(row=ended, on=DAY, by=None, at=AT)
    found = account_kept_by(local, cast.clerk.pk, on=DAY)
    assert {(row.unit, row.role) for row in found.grants} == {(cast.branch, Role.CLERK), (cast.branch, Role.MEMBER)}
    assert later in found.grants and [row.pk for row in found.past] == [ended.pk]


def test_the_account_itself_is_only_his_who_reaches_all_it_holds(cast: Cast) -> None:
    local = make.user("支部管理员", unit=cast.branch, role=Role.SITE_ADMIN)
    require_whole(local, cast.clerk, on=DAY)
    beyond = make.grant(user=cast.clerk, unit=cast.other, role=Role.COMMITTEE, since=DAY, by=None, at=AT)
    with pytest.raises(Refusal, match="管不到的组织"):
        require_whole(local, cast.clerk, on=DAY)
    require_whole(cast.admin, cast.clerk, on=DAY)
    withdraw(row=beyond, on=DAY, by=None, at=AT)
    require_whole(local, cast.clerk, on=DAY)


def test_those_who_can_sign_in_come_first(cast: Cast) -> None:
    close_account(user=cast.clerk, by=None, at=AT)
    names = [one.user.name for one in accounts_kept_by(cast.admin, on=DAY)]
    assert names[-1] == "党务员"


def test_an_account_is_opened_whole_or_not_at_all(cast: Cast) -> None:
    words = {"password": "a-green-field-0713", "unit": cast.branch, "role": Role.MEMBER, "since": DAY, "by": None}
    user = open_account(username="new", name=cast.people[0].name, link=True, at=AT, **words)
    assert user.member == cast.people[0] and user.grants.get().role == Role.MEMBER
    for name, said in (("没有这个人", "没有叫"), (cast.people[0].name, "没有叫")):  # he has an account by now
        with pytest.raises(Refusal, match=said):
            open_account(username="second", name=name, link=True, at=AT, **words)
    assert not type(user).objects.filter(username="second").exists()


def test_a_namesake_is_looked_for_where_the_account_works(cast: Cast) -> None:
    there = make.member(cast.other, "党务员")
    assert namesakes(cast.clerk, [cast.branch], on=DAY) == []
    with pytest.raises(Refusal, match="没有叫"):
        link_namesake(user=cast.clerk, by=None, at=AT)
    here = make.member(cast.groups[0], "党务员")
    assert link_namesake(user=cast.clerk, by=None, at=AT) == here
    with pytest.raises(Refusal, match="已经关联"):
        link_namesake(user=cast.clerk, by=None, at=AT)
    assert Member.objects.get(pk=there.pk).user is None


def test_who_left_or_is_forgotten_is_no_namesake(cast: Cast) -> None:
    left = make.member(cast.branch, "党务员")
    make.leave(left, on=DAY)
    assert namesakes(cast.clerk, [cast.branch], on=DAY) == []


def test_a_committee_unit_of_its_own_is_one_ledger(cast: Cast) -> None:
    """A clerk of the committee above writes its roster and none of its branches'."""
    upper = make.user("工委党务员", unit=cast.above, role=Role.CLERK)
    person = make.member(cast.above)
    assert cast.above.kind == UnitKind.COMMITTEE
    assert reaches(upper, person) == cast.above.name
    assert reaches(upper, cast.people[0]) == "none"
