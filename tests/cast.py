"""The standing cast: two branches under one committee, and who may see what of them."""

from __future__ import annotations

from dataclasses import dataclass

from tests import make
from tests.house.kept import kept
from youju.accounts.models import User
from youju.people.models import Member, Unit
from youju.people.posts.values import Title
from youju.people.roles.rules import Role
from youju.people.units.values import UnitKind


@dataclass(frozen=True)
class Cast:
    """青禾 is ours: its clerk writes, its secretary signs, its committee member reads. 柳溪 is the other branch.

    The superior looks down from the committee above both; the admin keeps accounts; the stranger has no role at all.
    """

    above: Unit
    branch: Unit
    other: Unit
    groups: tuple[Unit, ...]
    people: tuple[Member, ...]
    clerk: User
    secretary: User
    committee: User
    member: User
    superior: User
    admin: User
    other_clerk: User
    stranger: User


@kept
def standing_cast(*, groups: int = 0, formal: int = 9) -> Cast:
    """青禾 has ``formal`` members, five of them on its committee, in ``groups`` groups."""
    above = make.unit(name="青禾县直机关工委", kind=UnitKind.COMMITTEE)
    branch = make.unit(name="青禾县供销社机关党支部", parent=above)
    other = make.unit(name="柳溪镇机关党支部", parent=above)
    in_groups = tuple(
        make.unit(name=f"第{'一二三四五'[i]}党小组", kind=UnitKind.GROUP, parent=branch) for i in range(groups)
    )
    titles = [Title.SECRETARY, Title.DEPUTY, Title.ORGANISATION, Title.PUBLICITY, Title.DISCIPLINE]
    people = []
    for index in range(formal):
        person = make.member(in_groups[index % groups] if groups else branch)
        if index < len(titles):
            make.appoint(member=person, unit=branch, title=titles[index], since=make.LONG_AGO, by=None, at=make.START)
        people.append(person)
    make.members(other, 3)
    plain = make.user("党员账号", unit=branch, role=Role.MEMBER)
    make.link_account(member=people[-1], user=plain, by=None, at=make.START)
    return Cast(
        above=above, branch=branch, other=other, groups=in_groups, people=tuple(people),
        clerk=make.user("党务员", unit=branch, role=Role.CLERK),
        secretary=make.user("书记账号", unit=branch, role=Role.SECRETARY),
        committee=make.user("委员账号", unit=branch, role=Role.COMMITTEE),
        member=plain,
        superior=make.user("工委账号", unit=above, role=Role.SUPERIOR),
        admin=make.user("管理员", unit=above, role=Role.SITE_ADMIN),
        other_clerk=make.user("别支部党务员", unit=other, role=Role.CLERK),
        stranger=make.user("外人"),
    )  # fmt: skip
