"""Questions about the year's units: what fulfils them, who owes them, and when he made them up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from youju.journal import queries as journal
from youju.kit.periods import Period
from youju.people.listed import Listed
from youju.people.members.models import Member
from youju.people.models import Unit
from youju.records.activities.models import RosterRow, Session
from youju.records.activities.values import CAME, HAPPENED, Attendance
from youju.records.facets.values import Facet
from youju.records.models import Reading, SessionFacet, Studied
from youju.study.curriculum.models import Topic
from youju.study.curriculum.values import Node, Tree
from youju.study.units.models import StudyUnit
from youju.study.units.rules import fulfils, speaks_of, stage, to_make_up
from youju.study.units.values import Asked, Learned, MadeUp, Seat, Stage


@dataclass(frozen=True)
class Standing:
    """A unit with the sessions that fulfil it and who must make it up, as of a day."""

    unit: StudyUnit
    stage: Stage
    sessions: tuple[Session, ...]
    make_up: tuple[MadeUp, ...]

    @property
    def owing(self) -> int:
        return sum(one.on is None for one in self.make_up)


def find(ledger: Unit, pk: int) -> StudyUnit | None:
    rows = StudyUnit.objects.filter(ledger=ledger, pk=pk).select_related("ledger", "topic", "leader")
    return rows.prefetch_related("sources").first()


def standings(ledger: Unit, *, year: int, on: date) -> list[Standing]:
    """Of all units of a year that were not dropped, earliest first. A fixed number of queries."""
    return standings_in(Listed((ledger.pk,)), Period.year(year), on=on)


def standings_in(ledger_ids: Listed, period: Period, *, on: date) -> list[Standing]:
    """Of several ledgers and years at the same cost."""
    rows = StudyUnit.objects.standing().filter(ledger_id__in=ledger_ids, year__in=period.years())
    return stood(list(rows.select_related("topic", "leader", "ledger").prefetch_related("sources")), on=on)


def stood(units: list[StudyUnit], *, on: date) -> list[Standing]:
    """How these units stand on a day."""
    if not units:
        return []
    years = [unit.year for unit in units]
    ledgers = sorted({unit.ledger_id for unit in units})
    trees = trees_of(ledgers)
    learning = _Learning.of(ledgers, Period(date(min(years), 1, 1), date(max(years), 12, 31)), trees, on)
    return [_standing(unit, trees[unit.ledger_id], learning, on) for unit in units]


def trees_of(ledger_ids: Collection[int]) -> dict[int, Tree]:
    """The topics in use of each ledger."""
    found: dict[int, list[Node]] = {pk: [] for pk in ledger_ids}
    for topic in Topic.objects.in_use().filter(ledger_id__in=ledger_ids):
        found[topic.ledger_id].append(topic.node)
    return {pk: Tree(tuple(nodes)) for pk, nodes in found.items()}


def asked_by(unit: StudyUnit, tree: Tree) -> Asked:
    topics = frozenset(tree.below(topic_id)) if (topic_id := _topic_now(unit, tree)) else frozenset[int]()
    return Asked(unit.starts_on, unit.ends_on, frozenset(one.pk for one in unit.sources.all()), topics)


def _topic_now(unit: StudyUnit, tree: Tree) -> int | None:
    """Its topic, or the one into which that was merged: there its title is a word."""
    if unit.topic is None or unit.topic_id in tree:
        return unit.topic_id
    return tree.named.get(unit.topic.title)


def _standing(unit: StudyUnit, tree: Tree, learning: _Learning, on: date) -> Standing:
    asked = asked_by(unit, tree)
    held = learning.sessions.get(unit.ledger_id, ())
    sessions = tuple(session for session in held if fulfils(asked, learning.learned[session.pk]))
    make_up: tuple[MadeUp, ...] = ()
    if sessions:
        seats = [seat for session in sessions for seat in learning.seats.get(session.pk, ())]
        make_up = to_make_up(asked, seats, sessions[0].held_on, learning.by_member(unit.ledger_id, asked), by=on)
    return Standing(unit, stage(asked, fulfilled=bool(sessions), on=on), sessions, make_up)


@dataclass(frozen=True)
class _Learning:
    """What was learned in some ledgers in some years up to a day, loaded once for all their units."""

    sessions: Mapping[int, tuple[Session, ...]]  # ledger → its sessions in the order in which they were held
    learned: Mapping[int, Learned]  # session → what it was about
    seats: Mapping[int, tuple[Seat, ...]]
    readings: Mapping[int, Mapping[int, tuple[Learned, ...]]]  # ledger → member → what he read himself

    @classmethod
    def of(cls, ledgers: Collection[int], period: Period, trees: Mapping[int, Tree], on: date) -> _Learning:
        rows = Session.objects.filter(
            ledger_id__in=ledgers, status__in=HAPPENED, held_on__gte=period.start, held_on__lte=min(period.end, on)
        )
        sessions: defaultdict[int, list[Session]] = defaultdict(list)
        for one in rows.order_by("held_on", "pk"):
            sessions[one.ledger_id].append(one)
        ledger_of = {one.pk: one.ledger_id for those in sessions.values() for one in those}
        sources, topics = _studied(ledger_of), _topics(ledger_of, trees)
        learned = {
            one.pk: Learned(one.held_on, frozenset(sources.get(one.pk, ())), frozenset(topics.get(one.pk, ())))
            for those in sessions.values()
            for one in those
        }
        about = [pk for pk, one in learned.items() if one.source_ids or one.topic_ids]
        kept = {pk: tuple(those) for pk, those in sessions.items()}
        return cls(kept, learned, _seats(about), _readings(ledgers, period, on))

    def by_member(self, ledger_id: int, asked: Asked) -> Mapping[int, list[Learned]]:
        """What each member learned of what the unit asks: sessions to which he came, and what he read."""
        found: defaultdict[int, list[Learned]] = defaultdict(list)
        for session in self.sessions.get(ledger_id, ()):
            if speaks_of(asked, self.learned[session.pk]):
                for seat in self.seats.get(session.pk, ()):
                    if seat.came:
                        found[seat.member_id].append(self.learned[session.pk])
        for member_id, readings in self.readings.get(ledger_id, {}).items():
            found[member_id] += readings
        return found


def _studied(session_ids: Iterable[int]) -> dict[int, set[int]]:
    found: defaultdict[int, set[int]] = defaultdict(set)
    rows = Studied.objects.filter(session_id__in=Listed(session_ids)).order_by()
    for session_id, source_id in rows.values_list("session_id", "source_id"):
        found[session_id].add(source_id)
    return found


def _topics(ledger_of: Mapping[int, int], trees: Mapping[int, Tree]) -> dict[int, set[int]]:
    """By the words the records say, as the tree of their ledger knows them."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    rows = SessionFacet.objects.filter(session_id__in=Listed(ledger_of), facet=Facet.TOPIC).order_by()
    for session_id, word in rows.values_list("session_id", "value"):
        if (topic := trees[ledger_of[session_id]].named.get(word)) is not None:
            found[session_id].add(topic)
    return found


def _seats(session_ids: Iterable[int]) -> dict[int, tuple[Seat, ...]]:
    found: defaultdict[int, list[Seat]] = defaultdict(list)
    rows = RosterRow.objects.filter(session_id__in=Listed(session_ids)).order_by("position")
    for session_id, member_id, attendance, expected in rows.values_list(
        "session_id", "member_id", "attendance", "expected"
    ):
        seat = Seat(member_id, attendance in CAME, expected and attendance != Attendance.EXEMPT)
        found[session_id].append(seat)
    return {pk: tuple(seats) for pk, seats in found.items()}


def _readings(ledgers: Collection[int], period: Period, on: date) -> dict[int, dict[int, tuple[Learned, ...]]]:
    """Those of a text of the register; another word for one is nobody's guess."""
    found: defaultdict[int, defaultdict[int, list[Learned]]] = defaultdict(lambda: defaultdict(list))
    rows = Reading.objects.standing().filter(
        ledger_id__in=ledgers, source__isnull=False, read_on__gte=period.start, read_on__lte=min(period.end, on)
    )
    for ledger_id, member_id, source_id, day in rows.order_by("read_on", "pk").values_list(
        "ledger_id", "member_id", "source_id", "read_on"
    ):
        found[ledger_id][member_id].append(Learned(day, frozenset({source_id or 0}), frozenset()))
    return {pk: {who: tuple(those) for who, those in own.items()} for pk, own in found.items()}


def body_of(unit: StudyUnit) -> tuple[dict[str, Any], dict[str, str]]:
    """What a revision of a unit holds, its materials being loaded: plain data and texts by key."""
    body = {
        "ledger": unit.ledger_id, "year": unit.year, "starts_on": unit.starts_on, "ends_on": unit.ends_on,
        "kind": unit.kind, "topic": unit.topic_id, "sources": sorted(one.pk for one in unit.sources.all()),
        "leader": unit.leader_id, "dropped": unit.dropped_at is not None,
    }  # fmt: skip
    return body, {"title": unit.title, "reason": unit.reason}


def torn() -> Iterator[str]:
    """Sentences about units that do not read like their newest revision."""
    kept = journal.newest(room="study", noun="study_unit")
    for unit in StudyUnit.objects.prefetch_related("sources").order_by("pk").iterator(chunk_size=500):
        written = kept.pop(unit.pk, None)
        if written is None:
            yield f"学习单元“{unit.title}”没有修订记录。"
        elif written.number != unit.revision or written.unlike(*body_of(unit)):
            yield f"学习单元“{unit.title}”与最后一次修订不一致。"
    yield from ("一个学习单元只剩下修订记录。" for _ in kept)


def about(member: Member) -> dict[str, object]:
    """The units a member leads."""
    rows = StudyUnit.objects.standing().filter(leader=member).select_related("ledger").order_by("starts_on", "pk")
    return {
        "领学的单元": [
            {"学什么": row.title, "组织": row.ledger.name, "从": row.starts_on, "到": row.ends_on} for row in rows
        ]
    }
