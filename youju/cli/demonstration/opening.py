"""Units, people, offices and accounts of the demonstration, and how they changed over the years."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from youju.accounts import actions as accounts
from youju.accounts.models import User
from youju.cli.demonstration import days
from youju.cli.demonstration.builder import World
from youju.cli.demonstration.texts import Account, Change, Office, Person, people
from youju.duties import actions as duties
from youju.people.members import actions as members
from youju.people.members.values import Standing
from youju.people.models import Post
from youju.people.posts import actions as posts
from youju.people.posts.values import Title
from youju.people.roles import actions as roles
from youju.people.roles.rules import Role
from youju.people.terms import actions as terms
from youju.people.terms.values import USUAL_TERM
from youju.people.units import actions as units
from youju.people.units.values import UnitKind

#: The days on which the branch chose the committee that stands among its offices.
ELECTIONS = (date(2018, 12, 14), date(2021, 12, 10), date(2024, 12, 20))


def schedule(world: World) -> None:
    """All of it as events: what lies before the opening is entered on that day, in this order."""
    start = world.opening
    world.at(start, lambda at: _open(world, at))
    for rank, person in enumerate(people().people, start=1):
        _schedule_person(world, person, rank)
    for office in people().offices:
        _schedule_office(world, office)
    world.at(start + timedelta(hours=1), lambda at: _accounts(world, at))
    world.at(start + timedelta(hours=2), lambda at: _rules(world, at))
    for elected_on in ELECTIONS:
        _schedule_term(world, elected_on)


def _open(world: World, at: datetime) -> None:
    admin = next(account for account in people().accounts if account.role == "site_admin")
    world.users["admin"] = accounts.create_account(
        username=admin.username, name=admin.name, password=None, by=None, at=at
    )
    for text in people().units:
        world.units[text.key] = units.open_unit(
            parent=world.units[text.above] if text.above else None, kind=UnitKind(text.kind), name=text.name,
            short_name=text.short_name, code=text.code, on=text.opened_on, by=world.users["admin"], at=at,
        )  # fmt: skip


def _after(world: World, day: date, minutes: int) -> datetime:
    """The morning of the day, or the opening for what came before it."""
    return max(days.moment(day, 9), world.opening + timedelta(minutes=minutes))


def _schedule_person(world: World, person: Person, rank: int) -> None:
    def admit(at: datetime) -> None:
        world.members[person.name] = members.admit_member(
            name=person.name, unit=world.units[person.unit], standing=Standing(person.standing), since=person.since, rank=rank * 10,
            by=world.users["admin"], at=at,
        )  # fmt: skip

    world.at(_after(world, person.recorded or person.since, 10), admit)
    for change in person.changes:
        world.at(_after(world, change.recorded, 20), _changing(world, person, change))


def _changing(world: World, person: Person, change: Change) -> Callable[[datetime], None]:
    def act(at: datetime) -> None:
        member, by = world.members[person.name], world.clerks.get(world.branch_of(person.unit), world.users["admin"])
        if change.to == "out":
            members.end_membership(member=member, on=change.day, by=by, at=at)
        else:
            unit = world.units[person.unit]
            members.change_membership(
                member=member, unit=unit, standing=Standing(change.to), since=change.day, by=by, at=at
            )

    return act


def _schedule_office(world: World, office: Office) -> None:
    def appoint(at: datetime) -> None:
        posts.appoint(
            member=world.members[office.name], unit=world.units[office.unit], title=Title(office.title), since=office.since,
            by=world.users["admin"], at=at,
        )  # fmt: skip

    def relieve(at: datetime) -> None:
        post = Post.objects.get(
            unit=world.units[office.unit], member=world.members[office.name], title=office.title, until=None
        )
        assert office.until is not None  # only such offices are scheduled
        posts.relieve(post=post, on=office.until, by=world.users["admin"], at=at)

    world.at(_after(world, office.since, 30), appoint)
    if office.until:
        world.at(_after(world, office.until, 40), relieve)


def _schedule_term(world: World, elected_on: date) -> None:
    def state(at: datetime) -> None:
        terms.state_term(
            unit=world.units["home"], elected_on=elected_on, years=USUAL_TERM, basis="县直机关工委关于选举结果的批复",
            by=world.secretaries["home"], at=at,
        )  # fmt: skip

    world.at(_after(world, elected_on, 150), state)


def _accounts(world: World, at: datetime) -> None:
    admin = world.users["admin"]
    for account in people().accounts:
        user = admin if account.role == "site_admin" else _account(world, account, at)
        unit, role = world.units[account.unit], Role(account.role)
        roles.grant(user=user, unit=unit, role=role, since=at.date(), by=admin, at=at)
        if role is Role.CLERK:
            world.clerks[account.unit] = user
        if role is Role.SECRETARY:
            world.secretaries[account.unit] = user
        if role is Role.SUPERIOR:
            world.users["superior"] = user
        if role is Role.LIBRARIAN:
            world.users["librarian"] = user
        if account.member:
            members.link_account(member=world.members[account.name], user=user, by=admin, at=at)


def _rules(world: World, at: datetime) -> None:
    """The branch's own rule that there is a lecture every quarter; the regulations name no rhythm for it."""
    duties.choose_rule(
        unit=world.units["home"], rule_id="party_lecture_quarterly", on=True, basis="《供销社机关党支部组织生活制度》",
        since=at.date(), by=world.secretaries["home"], at=at,
    )  # fmt: skip


def _account(world: World, account: Account, at: datetime) -> User:
    return accounts.create_account(
        username=account.username, name=account.name, password=None, by=world.users["admin"], at=at
    )
