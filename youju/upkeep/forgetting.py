"""Forgetting who left (遗忘): who is due by rule, what would go and what stays, and the act itself, with a person's yes.

Nothing here runs by itself. The name goes from every room in one transaction a member; rows keep his number, so
figures stay what they were, and digests stay, so seals stay whole.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.db import transaction

from youju.duties import actions as forget_duties
from youju.duties import queries as duties
from youju.journal.actions import erase_superseded
from youju.journal.queries import superseded_naming
from youju.journal.values import Actor
from youju.kit.refusal import Refusal
from youju.kit.telling import Telling
from youju.kit.zone import local_day
from youju.people import actions as forget_people
from youju.people import queries as people
from youju.people.leavers.actions import keep_report
from youju.people.leavers.models import Forgetting
from youju.people.leavers.queries import leaver_now, leavers
from youju.people.leavers.values import Leaver
from youju.people.members.models import Member
from youju.records import actions as forget_records
from youju.records import queries as records
from youju.study import actions as forget_study
from youju.study import queries as study
from youju.upkeep.mentions import Mention, mentions
from youju.upkeep.retention import RETENTION

NOT_DUE = "他没有到期：还在册、已经转回，或者已经遗忘过。"


class Forget(Protocol):
    """How a room lets a member go."""

    def __call__(self, *, member: Member, by: Actor | None, at: datetime) -> None: ...


#: Each room that keeps something of a member: what it keeps, and how it lets go. The lower room last: it holds the name.
ROOMS: tuple[tuple[Callable[[Member], dict[str, object]], Forget], ...] = (
    (duties.about, forget_duties.forget),
    (study.about, forget_study.forget),
    (records.about, forget_records.forget),
    (people.about, forget_people.forget),
)


@dataclass(frozen=True)
class Going:
    """One thing that is removed. ``count`` is None of what nobody but he may know of, not even whether there is any."""

    what: str
    count: int | None
    words: str


@dataclass(frozen=True)
class Staying:
    """One thing that stays without a name, and why."""

    what: str
    count: int
    why: str


@dataclass(frozen=True)
class Report:
    """What forgetting one leaver would do, before it is done."""

    leaver: Leaver
    removed: tuple[Going, ...]
    stays: tuple[Staying, ...]
    by_hand: tuple[Mention, ...]


def due_to_be_forgotten(*, at: datetime, units: Collection[int] | None = None) -> list[Leaver]:
    """Everybody whose time is over, in these units only if they are given; the longest due first."""
    return leavers(on=local_day(at), years=RETENTION.leavers.years, units=units)


def report_of(leaver: Leaver) -> Report:
    """The trial (试算). Reads only."""
    member = Member.objects.select_related("user").get(pk=leaver.member_id)
    counts = dict(_counts(member))
    removed = tuple(
        Going(one.key, None if one.unsaid else counts[one.key], one.words)
        for one in RETENTION.leavers.removed
        if one.unsaid or counts.get(one.key)
    )
    gone = {one.key for one in RETENTION.leavers.removed}
    stays = tuple(
        Staying(what, count, RETENTION.leavers.why(what))
        for what, count in counts.items()
        if count and what not in gone
    )
    return Report(leaver, removed, stays, tuple(mentions(member.name)))


def forget_leaver(*, member_id: int, by: Actor | None, at: datetime) -> Forgetting:
    """Forgets one leaver for good and keeps a report without his name. Raises Refusal when he is not due, or held back."""
    with transaction.atomic():
        # Locked as a transfer locks him: who comes back in this moment comes back before, or finds himself forgotten.
        member = Member.objects.select_for_update().filter(pk=member_id).first()
        leaver = leaver_now(member, on=local_day(at), years=RETENTION.leavers.years) if member else None
        if member is None or leaver is None:
            raise Refusal("", NOT_DUE)
        if leaver.held_back:
            raise Refusal("", leaver.held_back)
        report = report_of(leaver)
        erase_superseded(name=member.name)
        for _, forget in ROOMS:
            forget(member=member, by=by, at=at)
        return keep_report(
            member_number=member.pk, unit_id=leaver.unit_id, left_on=leaver.left_on,
            removed=[(one.what, one.count or 0) for one in report.removed if one.count is not None],
            stays=[(one.what, one.count, one.why) for one in report.stays],
            by_hand=[one.said for one in mentions(leaver.name)], at=at,
        )  # fmt: skip


def _counts(member: Member) -> Iterator[tuple[str, int]]:
    """How much is kept of him, by the headings under which he reads it himself."""
    for about, _ in reversed(ROOMS):
        for what, value in about(member).items():
            yield what, len(value) if isinstance(value, list | Telling) else 1
    yield "登录账号", int(member.user is not None)
    yield "旧修订文字", superseded_naming(member.name).count()
