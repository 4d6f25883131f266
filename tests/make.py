"""Plain functions that make what a test speaks of, always through the actions a user would cause."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from youju.accounts.actions import create_account
from youju.accounts.models import User
from youju.people.members.actions import admit_member, end_membership, link_account
from youju.people.members.values import Standing
from youju.people.models import Member, Unit
from youju.people.posts.actions import appoint
from youju.people.posts.values import Title
from youju.people.roles.actions import grant
from youju.people.roles.rules import Role
from youju.people.units.actions import open_unit
from youju.people.units.values import UnitKind
from youju.records.activities.actions import record_activity
from youju.records.activities.models import Session
from youju.records.activities.queries import expected_at
from youju.records.activities.values import ActivityDraft, AgendaDraft, Attendance, LeaveCategory, RosterEntry
from youju.records.problems.actions import ask_to_close, close_problem, finish_measure
from youju.records.problems.models import Problem
from youju.records.problems.queries import is_proved
from youju.store.actions import keep

SHANGHAI = ZoneInfo("Asia/Shanghai")
LONG_AGO = date(2015, 1, 1)
_serial = itertools.count(1)


def moment(day: date, hour: int = 15, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=SHANGHAI)


START = moment(LONG_AGO, 9)


def unit(
    *,
    name: str = "青禾县供销社机关党支部",
    kind: UnitKind = UnitKind.BRANCH,
    parent: Unit | None = None,
    on: date = LONG_AGO,
) -> Unit:
    return open_unit(
        parent=parent, kind=kind, name=name, short_name=name, code=f"U{next(_serial)}", on=on, by=None, at=START
    )


def member(
    unit: Unit,
    name: str | None = None,
    *,
    standing: Standing = Standing.FORMAL,
    since: date = LONG_AGO,
    title: Title | None = None,
) -> Member:
    number = next(_serial)
    person = admit_member(
        name=name or f"党员{number}", unit=unit, standing=standing, since=since, rank=number, by=None, at=START
    )
    if title:
        appoint(member=person, unit=unit, title=title, since=since, by=None, at=START)
    return person


def members(unit: Unit, count: int, **kwargs: object) -> list[Member]:
    return [member(unit, **kwargs) for _ in range(count)]  # type: ignore[arg-type]


def leave(person: Member, *, on: date) -> None:
    end_membership(member=person, on=on, by=None, at=moment(on))


def user(
    name: str = "测试人",
    *,
    unit: Unit | None = None,
    role: Role | None = None,
    password: str | None = None,
    username: str = "",
) -> User:
    """An account; with a role, it holds it in the unit since long ago."""
    account = create_account(
        username=username or f"user{next(_serial)}", name=name, password=password, by=None, at=START
    )
    if unit and role:
        grant(user=account, unit=unit, role=role, since=LONG_AGO, by=None, at=START)
    return account


def everyone(
    unit: Unit,
    kinds: Sequence[str],
    day: date,
    *,
    leave: Sequence[Member] = (),
    absent: Sequence[Member] = (),
    exempt: Sequence[Member] = (),
) -> tuple[RosterEntry, ...]:
    """The whole roster of the day, all present but those named."""
    marks = {m.pk: (Attendance.LEAVE, LeaveCategory.DUTY) for m in leave}
    marks |= {m.pk: (Attendance.ABSENT, None) for m in absent} | {m.pk: (Attendance.EXEMPT, None) for m in exempt}  # type: ignore[dict-item]
    return tuple(
        RosterEntry(person.member_id, *marks.get(person.member_id, (Attendance.PRESENT, None)))
        for person in expected_at(unit, tuple(kinds), day)
    )


def activity(
    unit: Unit, kinds: str | Sequence[str], day: date, *, title: str = "", roster: tuple[RosterEntry, ...] | None = None,
    agenda: tuple[AgendaDraft, ...] = (), hours: float = 2, entered: datetime | None = None, by: User | None = None, **more: object,
) -> Session:  # fmt: skip
    """An activity as it would be recorded the same evening."""
    kinds = (kinds,) if isinstance(kinds, str) else tuple(kinds)
    starts = moment(day)
    draft = ActivityDraft(
        kinds=kinds, title=title or f"{day:%m-%d} 活动", starts_at=starts, ends_at=starts + timedelta(hours=hours), place="二楼会议室",
        roster=everyone(unit, kinds, day) if roster is None else roster, agenda=agenda, **more,  # type: ignore[arg-type]
    )  # fmt: skip
    return record_activity(unit=unit, draft=draft, by=by, at=entered or moment(day, 20))


__all__ = [
    "LONG_AGO",
    "SHANGHAI",
    "START",
    "activity",
    "appoint",
    "everyone",
    "leave",
    "link_account",
    "member",
    "members",
    "moment",
    "unit",
    "user",
]


def closed(problem: Problem, *, on: date, asked_by: User | None = None, by: User | None = None) -> None:
    """销号 as two do it: one asks, another has looked, and there is a paper to look at."""
    if not is_proved(problem):
        step, file = problem.measures.get(position=0), keep(data="整改落实情况说明".encode(), by=None, at=moment(on))
        assert step.done_on
        finish_measure(measure=step, proof=step.proof, on=step.done_on, file=file, by=None, at=moment(on))
    ask_to_close(problem=problem, on=on, by=asked_by, at=moment(on, 17))
    close_problem(problem=problem, by=by, at=moment(on, 18))
