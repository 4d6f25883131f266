"""Dated belonging: joining, moving, 转正, leaving, being forgotten."""

from datetime import date, timedelta

import pytest

from tests import make
from tests.cast import standing_cast
from youju.journal.models import Line
from youju.kit.refusal import Refusal
from youju.people import actions as people
from youju.people import queries
from youju.people.members.actions import admit_member, change_membership, end_membership, link_account
from youju.people.members.queries import memberships_on
from youju.people.members.values import Standing
from youju.people.models import Member, Membership
from youju.people.units.queries import version
from youju.people.units.values import UnitKind

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 5)
AT = make.moment(date(2026, 9, 1))
FORMAL, PROBATIONARY = Standing.FORMAL, Standing.PROBATIONARY


@pytest.fixture
def branch():
    return make.unit()


def admitted(unit, name="王一", standing=PROBATIONARY, since=DAY):
    return admit_member(name=name, unit=unit, standing=standing, since=since, by=None, at=AT)


def move(member, unit, since, standing=FORMAL):
    return change_membership(member=member, unit=unit, standing=standing, since=since, by=None, at=AT)


def names(unit, day):
    return [row.member.name for row in memberships_on(unit, day)]


def test_a_member_belongs_from_his_first_day(branch):
    admitted(branch)
    assert names(branch, DAY) == ["王一"] and names(branch, DAY - timedelta(days=1)) == []


def test_a_branch_counts_the_members_of_its_groups(branch):
    group = make.unit(name="一组", kind=UnitKind.GROUP, parent=branch)
    admitted(group)
    assert names(branch, DAY) == names(group, DAY) == ["王一"]


def test_from_the_day_of_becoming_formal_he_is_formal(branch):
    member = admitted(branch)
    move(member, branch, DAY + timedelta(days=365))
    standing = [memberships_on(branch, DAY + timedelta(days=n))[0].standing for n in (364, 365)]
    assert standing == [PROBATIONARY, FORMAL]


def test_on_every_day_a_transferred_member_is_in_one_unit_only(branch):
    other = make.unit(name="柳溪支部")
    member = admitted(branch)
    move(member, other, DAY + timedelta(days=30))
    for n in range(60):
        day = DAY + timedelta(days=n)
        assert len(names(branch, day)) + len(names(other, day)) == 1


def test_a_move_within_a_branch_is_one_line_and_between_branches_one_in_each(branch):
    one, two = (make.unit(name=name, kind=UnitKind.GROUP, parent=branch) for name in ("一组", "二组"))
    other = make.unit(name="柳溪支部")
    member = admitted(one)
    before = Line.objects.count()
    move(member, two, DAY + timedelta(days=10))
    assert Line.objects.count() == before + 1
    move(member, other, DAY + timedelta(days=20))
    assert list(Line.objects.order_by("pk").values_list("unit_id", flat=True))[-2:] == [branch.pk, other.pk]


def test_every_year_in_which_a_membership_is_read_hears_of_it(branch):
    before = {year: version(branch, year) for year in range(2023, 2028)}
    admitted(branch, since=date(2024, 5, 1))
    assert [version(branch, year) - before[year] for year in range(2023, 2028)] == [0, 1, 1, 1, 0]


def test_who_left_is_gone_from_that_day_and_may_come_back_later(branch):
    member = admitted(branch)
    end_membership(member=member, on=DAY + timedelta(days=10), by=None, at=AT)
    assert names(branch, DAY + timedelta(days=9)) == ["王一"] and names(branch, DAY + timedelta(days=10)) == []
    with pytest.raises(Refusal, match="没有组织关系"):
        end_membership(member=member, on=DAY + timedelta(days=20), by=None, at=AT)
    with pytest.raises(Refusal, match="不能早于"):
        move(member, branch, DAY + timedelta(days=9))
    move(member, branch, DAY + timedelta(days=10))
    assert names(branch, DAY + timedelta(days=10)) == ["王一"]


@pytest.mark.parametrize("days", [0, -1])
def test_a_change_lies_after_what_it_changes(branch, days):
    member = admitted(branch)
    for act in (
        lambda: move(member, branch, DAY + timedelta(days=days)),
        lambda: end_membership(member=member, on=DAY + timedelta(days=days), by=None, at=AT),
    ):
        with pytest.raises(Refusal):
            act()
    assert Membership.objects.get().until is None


@pytest.mark.parametrize("name", ["", "  ", "名" * 41, "a\x00"])
def test_a_name_is_needed(branch, name):
    with pytest.raises(Refusal) as caught:
        admitted(branch, name)
    assert caught.value.field == "name" and not Member.objects.exists()


def test_nobody_enters_a_closed_unit(branch):
    from youju.people.units.actions import close_unit

    close_unit(unit=branch, on=DAY, successor=None, by=None, at=AT)
    with pytest.raises(Refusal, match="撤销"):
        admitted(branch)


def test_an_account_is_one_members_own(branch):
    user, member = make.user(), admitted(branch)
    link_account(member=member, user=user, by=None, at=AT)
    link_account(member=member, user=user, by=None, at=AT)
    with pytest.raises(Refusal) as caught:
        link_account(member=admitted(branch, "王二"), user=user, by=None, at=AT)
    assert caught.value.field == "user"


def test_forgetting_takes_the_name_and_keeps_the_numbers():
    cast = standing_cast()
    member = cast.people[-1]
    name = member.name
    assert queries.about(member)["姓名"] == name
    people.forget(member=member, by=None, at=AT)
    kept = Member.objects.get(pk=member.pk)
    assert (kept.name, kept.user, bool(kept.forgotten_at)) == ("已遗忘", None, True)
    assert len(memberships_on(cast.branch, DAY)) == len(cast.people)
    assert not Line.objects.filter(summary__contains=name).exists()
