"""What each page of units and members shows: one frozen dataclass a page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django import forms

from youju.people.corrections.queries import open_count
from youju.people.members.queries import memberships_on
from youju.people.members.values import Standing
from youju.people.models import Member, Membership, Post, Unit
from youju.people.posts.models import PostSet
from youju.people.posts.values import TITLES_ZH, Title
from youju.people.roles.rules import Right
from youju.people.units.queries import groups_of


@dataclass(frozen=True)
class Person:
    membership: Membership
    posts: str
    probationary: bool


@dataclass(frozen=True)
class Group:
    unit: Unit
    people: tuple[Person, ...]


@dataclass(frozen=True)
class UnitPage:
    """A unit: its committee, and its members group by group."""

    unit: Unit
    committee: tuple[Post, ...]
    groups: tuple[Group, ...]
    formal: int
    probationary: int
    may_write: bool
    corrections: int = 0  # that wait for an answer
    may_forget: bool = False
    due: int = 0  # leavers whose time is over

    @property
    def total(self) -> int:
        return self.formal + self.probationary


@dataclass(frozen=True)
class MemberPage:
    unit: Unit
    member: Member
    now: Membership | None
    memberships: tuple[Membership, ...]
    posts: tuple[Post, ...]
    may_write: bool


@dataclass(frozen=True)
class FormPage:
    """One change to one member, or a new one."""

    unit: Unit
    member: Member | None
    form: forms.Form
    heading: str
    verb: str
    hint: str
    back: str


def posts_in(unit: Unit, *, on: date) -> list[Post]:
    """Offices held in the unit and its groups on a day, in the order of the offices."""
    order = list(Title)
    rows: PostSet = Post.objects.filter(unit__in=Unit.objects.below(unit)).on(on)
    found = rows.select_related("member", "unit")
    return sorted(found, key=lambda post: (order.index(Title(post.title)), post.member.rank))


def unit_page(*, unit: Unit, rights: frozenset[Right], on: date) -> UnitPage:
    posts = posts_in(unit, on=on)
    titles: dict[int, list[str]] = {}
    for post in posts:
        titles.setdefault(post.member_id, []).append(TITLES_ZH[Title(post.title)])
    people: dict[int, list[Person]] = {}
    units: dict[int, Unit] = {group.pk: group for group in (unit, *groups_of(unit, on=on))}
    for row in memberships_on(unit, on):
        units.setdefault(row.unit_id, row.unit)
        people.setdefault(row.unit_id, []).append(
            Person(row, "、".join(titles.get(row.member_id, [])), row.standing == Standing.PROBATIONARY)
        )
    everybody = [person for found in people.values() for person in found]
    probationary = sum(person.probationary for person in everybody)
    return UnitPage(
        unit=unit,
        committee=tuple(p for p in posts if p.title != Title.GROUP_LEADER and p.unit_id == unit.pk),
        groups=tuple(
            Group(there, tuple(people.get(there.pk, ())))
            for there in sorted(units.values(), key=lambda there: there.path)
            if there.pk in people or there.pk != unit.pk
        ),
        formal=len(everybody) - probationary,
        probationary=probationary,
        may_write=Right.WRITE_ROSTER in rights,
        corrections=open_count(unit) if Right.WRITE_ROSTER in rights else 0,
    )


def member_page(*, unit: Unit, member: Member, rights: frozenset[Right]) -> MemberPage:
    rows = tuple(member.memberships.select_related("unit").order_by("-since"))
    return MemberPage(
        unit=unit,
        member=member,
        now=next((row for row in rows if row.until is None), None),
        memberships=rows,
        posts=tuple(member.posts.select_related("unit").order_by("-since")),
        may_write=Right.WRITE_ROSTER in rights,
    )
