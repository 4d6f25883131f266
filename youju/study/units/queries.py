"""Questions about the year's units: what fulfils them, who owes them, and when he made them up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from youju.journal import queries as journal
from youju.kit.periods import Period
from youju.kit.refusal import Refusal
from youju.people.listed import Listed
from youju.people.members.models import Member, Membership
from youju.people.members.queries import memberships_on
from youju.people.models import Unit
from youju.people.units.values import UnitKind
from youju.people.written_once import rows_once
from youju.records.activities.models import RosterRow, Session
from youju.records.activities.values import CAME, Attendance
from youju.records.facets.values import Facet
from youju.records.models import Reading, SessionFacet, Source, Studied
from youju.study.curriculum.queries import placed_in, places_in, trees_in
from youju.study.curriculum.values import Tree
from youju.study.deliveries.queries import delivered_in, excused_among
from youju.study.points.models import StudyPoint
from youju.study.points.queries import points_for
from youju.study.units.models import StudyUnit
from youju.study.units.rules import drafted, fulfils, of_committees, speaks_of, stage, to_make_up
from youju.study.units.values import IN_TURN, Asked, Learned, MadeUp, Pace, Seat, Stage, UnitDraft, Wanted


@dataclass(frozen=True)
class Standing:
    """A unit with the sessions that fulfil it, who must make it up, and to whom it was brought, as of a day."""

    unit: StudyUnit
    stage: Stage
    sessions: tuple[Session, ...]
    make_up: tuple[MadeUp, ...]
    brought: frozenset[int] = frozenset()  # members, expected or not

    @property
    def owing(self) -> int:
        return sum(one.on is None for one in self.make_up)


def find(ledger: Unit, pk: int) -> StudyUnit | None:
    rows = StudyUnit.objects.filter(ledger=ledger, pk=pk).select_related("ledger", "topic", "leader", "above__sender")
    return rows.prefetch_related("sources").first()


def standings(ledger: Unit, *, year: int, on: date) -> list[Standing]:
    """Of all units of a year that were not dropped, earliest first. A fixed number of queries."""
    return standings_in(Listed((ledger.pk,)), Period.year(year), on=on)


def standings_in(ledger_ids: Listed, period: Period, *, on: date) -> list[Standing]:
    """Of several ledgers and years at the same cost."""
    rows = StudyUnit.objects.standing().filter(ledger_id__in=ledger_ids, year__in=period.years())
    return stood(
        list(rows.select_related("topic", "leader", "ledger", "above__sender").prefetch_related("sources")), on=on
    )


def stood(units: list[StudyUnit], *, on: date) -> list[Standing]:
    """How these units stand on a day."""
    if not units:
        return []
    years = [unit.year for unit in units]
    ledgers = sorted({unit.ledger_id for unit in units})
    trees = dict.fromkeys(ledgers, Tree(())) | trees_in(Listed(ledgers))
    learning = _Learning.of(ledgers, Period(date(min(years), 1, 1), date(max(years), 12, 31)), trees, on)
    return [_standing(unit, trees[unit.ledger_id], learning, on) for unit in units]


def drafts_of(ledger: Unit, tree: Tree, year: int, pace: Pace, *, on: date) -> list[UnitDraft]:
    """What 从学习体系排全年 would write of the ledger's tree on a day.

    Raises Refusal where there is nothing to draw from, or a year is planned already.
    """
    if StudyUnit.objects.standing().filter(ledger=ledger, year=year).exists():
        raise Refusal("", f"{year}年已经排了学习单元，可以逐个增减。")
    placed = placed_in(ledger)
    leaves = [step.node for step in tree.walk() if not step.parent]
    if ledger.kind == UnitKind.BRANCH:
        leaves = [node for node in leaves if not of_committees(node.title)]
    # Topics that have materials are studied first: a unit without any says only its name.
    leaves.sort(key=lambda node: not placed.get(node.id))
    topics = [(node.id, node.title, placed.get(node.id, ())) for node in leaves]
    wanted = [one for one in wanted_of(ledger, tree, untaken(ledger, year)) if one.found]
    if ledger.kind == UnitKind.BRANCH:  # how the branch goes along with it is for its clerk to write
        wanted = [one for one in wanted if not of_committees(one.title)]
    if not topics and not wanted:
        raise Refusal("", "学习体系里还没有专题，先建学习体系。")
    return drafted(pace.spans(year), topics, _may_lead(ledger, year, on), IN_TURN[pace], wanted)


def _may_lead(ledger: Unit, year: int, on: date) -> list[int]:
    """Who may be proposed as 领学人 of a year: who is known to have left by its end leads nothing of it, who came during it
    has his turn too, and of who is 免于要求 nothing is asked.
    """
    last = date(year, 12, 31)
    people = Membership.objects.on(last).in_unit(ledger).order_by("member__rank", "pk")
    there = dict.fromkeys(people.values_list("member_id", flat=True))
    excused = excused_among(there, min(on, last))
    return [member_id for member_id in there if member_id not in excused]


def untaken(ledger: Unit, year: int) -> list[StudyPoint]:
    """What the units above ask of a ledger, and no unit of its plan takes up yet."""
    taken = StudyUnit.objects.standing().filter(ledger=ledger, above__isnull=False).values_list("above_id", flat=True)
    known = set(taken)
    return [point for point in points_for(ledger, year) if point.pk not in known]


def wanted_of(ledger: Unit, tree: Tree, points: Sequence[StudyPoint]) -> list[Wanted]:
    """Each as the ledger's own tree and register know it; what neither knows has no topic and no material."""
    texts = [point.text for point in points if point.text]
    known = dict(Source.objects.filter(ledger=ledger, title__in=texts).values_list("title", "pk"))
    return [
        Wanted(
            point.pk, point.title, Period(point.starts_on, point.ends_on), tree.named.get(point.topic),
            (known[point.text],) if point.text in known else (), point.text,
        )
        for point in points
    ]  # fmt: skip


def asked_by(unit: StudyUnit, tree: Tree) -> Asked:
    topics = frozenset(tree.below(topic_id)) if (topic_id := topic_now(unit, tree)) else frozenset[int]()
    return Asked(unit.starts_on, unit.ends_on, frozenset(one.pk for one in unit.sources.all()), topics)


def topic_now(unit: StudyUnit, tree: Tree) -> int | None:
    """Its topic, or the one into which that was merged: there its title is a word."""
    if unit.topic is None or unit.topic_id in tree:
        return unit.topic_id
    return tree.named.get(unit.topic.title)


def _standing(unit: StudyUnit, tree: Tree, learning: _Learning, on: date) -> Standing:
    asked = asked_by(unit, tree)
    held = learning.sessions.get(unit.ledger_id, ())
    sessions = tuple(one for one in held if fulfils(asked, learning.learned[unit.ledger_id, one.pk]))
    make_up: tuple[MadeUp, ...] = ()
    if sessions:
        seats = [seat for one in sessions for seat in learning.seats.get((unit.ledger_id, one.pk), ())]
        make_up = to_make_up(asked, seats, learning.by_member(unit.ledger_id, asked), by=on)
    brought = learning.brought_to(unit.ledger_id, asked)
    return Standing(unit, stage(asked, fulfilled=bool(sessions), on=on), sessions, make_up, brought)


Sat = tuple[int, int]  # (ledger, session): of one that two units hold together each tells its own


@dataclass(frozen=True)
class _Learning:
    """What was learned in some ledgers in some years up to a day, loaded once for all their units."""

    sessions: Mapping[int, tuple[Session, ...]]  # ledger → what it held and what it joined, in the order of the days
    learned: Mapping[Sat, Learned]  # what it was about, as the tree of the ledger knows its words
    seats: Mapping[Sat, tuple[Seat, ...]]  # of the ledger's own people
    readings: Mapping[int, Mapping[int, tuple[Learned, ...]]]  # ledger → member → what he read himself
    brought: Mapping[int, Mapping[int, tuple[Learned, ...]]]  # ledger → member → what was brought to him

    @classmethod
    def of(cls, ledgers: Collection[int], period: Period, trees: Mapping[int, Tree], on: date) -> _Learning:
        sessions = _held(ledgers, period, on)
        sat = [(ledger, one.pk) for ledger, those in sessions.items() for one in those]
        sources, places = _studied(pk for _, pk in sat), places_in(Listed(ledgers))
        topics = _topics(sat, trees)
        learned = {
            (ledger, one.pk): _learned(one.held_on, sources.get(one.pk, ()), topics.get((ledger, one.pk), ()), places)
            for ledger, those in sessions.items()
            for one in those
        }
        about = [key for key, one in learned.items() if one.source_ids or one.topic_ids]
        readings = _readings(ledgers, period, trees, places, on)
        return cls(sessions, learned, _seats(about), readings, _brought(ledgers, period, trees, places, on))

    def by_member(self, ledger_id: int, asked: Asked) -> Mapping[int, list[Learned]]:
        """What each member learned of what the unit asks: sessions to which he came, what he read, what was brought."""
        found: defaultdict[int, list[Learned]] = defaultdict(list)
        for session in self.sessions.get(ledger_id, ()):
            learned = self.learned[ledger_id, session.pk]
            if speaks_of(asked, learned):
                for seat in self.seats.get((ledger_id, session.pk), ()):
                    if seat.came:
                        found[seat.member_id].append(learned)
        for member_id, readings in self.readings.get(ledger_id, {}).items():
            found[member_id] += readings
        for member_id, brought in self.brought.get(ledger_id, {}).items():
            found[member_id] += brought
        return found

    def brought_to(self, ledger_id: int, asked: Asked) -> frozenset[int]:
        """To whom something of the unit was brought (送学上门), from its first day to the end of its year."""
        until = date(asked.ends_on.year, 12, 31)
        return frozenset(
            member_id
            for member_id, those in self.brought.get(ledger_id, {}).items()
            if any(asked.starts_on <= one.day <= until and speaks_of(asked, one) for one in those)
        )


def _learned(
    day: date, sources: Collection[int], topics: Collection[int], places: Mapping[int, tuple[int, ...]]
) -> Learned:
    """However it was learned, a material stands at its topics, as on the map of study."""
    placed = frozenset(topic for source in sources for topic in places.get(source, ()))
    return Learned(day, frozenset(sources), frozenset(topics), placed)


def _held(ledgers: Collection[int], period: Period, on: date) -> dict[int, tuple[Session, ...]]:
    """What each ledger held, and what it or a group of it joined elsewhere; no talk, as on the map of study."""
    asked, found = Listed(ledgers), defaultdict[int, dict[int, Session]](dict)
    if (seen := period.clipped(on)) is None:
        return {}
    rows = Session.objects.happened().held_in(seen).beside_talks()
    for one in rows.filter(ledger_id__in=asked).select_related("ledger"):
        found[one.ledger_id][one.pk] = one
    for joined in rows.joined_by(asked):
        for one in joined.select_related("ledger"):
            found[one.joined][one.pk] = one  # type: ignore[attr-defined]
    return {
        pk: tuple(sorted(those.values(), key=lambda one: (one.held_on, one.pk))) for pk, those in found.items()
    }  # fmt: skip


def _studied(session_ids: Iterable[int]) -> dict[int, set[int]]:
    found: defaultdict[int, set[int]] = defaultdict(set)
    rows = Studied.objects.filter(session_id__in=Listed(session_ids)).order_by()
    for session_id, source_id in rows.values_list("session_id", "source_id"):
        found[session_id].add(source_id)
    return found


def _topics(sat: Collection[Sat], trees: Mapping[int, Tree]) -> dict[Sat, frozenset[int]]:
    """By the words the records say, as the tree of each ledger knows them."""
    words: defaultdict[int, list[str]] = defaultdict(list)
    rows = SessionFacet.objects.filter(session_id__in=Listed({pk for _, pk in sat}), facet=Facet.TOPIC).order_by()
    for session_id, word in rows.values_list("session_id", "value"):
        words[session_id].append(word)
    return {(ledger, pk): trees[ledger].called(words[pk]) for ledger, pk in sat if pk in words}


def _seats(sat: Collection[Sat]) -> dict[Sat, tuple[Seat, ...]]:
    """Whoever wrote the roster, a unit reads and counts its own people and nobody of another."""
    paths = dict(Unit.objects.filter(pk__in=Listed({ledger for ledger, _ in sat})).values_list("pk", "path"))
    whose: defaultdict[int, list[int]] = defaultdict(list)
    for ledger, pk in sat:
        whose[pk].append(ledger)
    found: defaultdict[Sat, list[Seat]] = defaultdict(list)
    rows = RosterRow.objects.filter(session_id__in=Listed(whose)).order_by("position")
    for session_id, day, path, member_id, attendance, expected in rows.values_list(
        "session_id", "session__held_on", "unit__path", "member_id", "attendance", "expected"
    ):
        seat = Seat(member_id, day, attendance in CAME, expected and attendance != Attendance.EXEMPT)
        for ledger in whose[session_id]:
            if path.startswith(paths[ledger]):
                found[ledger, session_id].append(seat)
    return {key: tuple(seats) for key, seats in found.items()}


def _readings(
    ledgers: Collection[int],
    period: Period,
    trees: Mapping[int, Tree],
    places: Mapping[int, tuple[int, ...]],
    on: date,
) -> dict[int, dict[int, tuple[Learned, ...]]]:
    """By its text, where the register has it, and by the topic that is called as it is titled: as on the map of study."""
    found: defaultdict[int, defaultdict[int, list[Learned]]] = defaultdict(lambda: defaultdict(list))
    rows = Reading.objects.standing().filter(
        ledger_id__in=ledgers, read_on__gte=period.start, read_on__lte=min(period.end, on)
    )
    for ledger_id, member_id, source_id, title, day in rows.order_by("read_on", "pk").values_list(
        "ledger_id", "member_id", "source_id", "title", "read_on"
    ):
        sources, topics = {source_id} if source_id else set(), trees[ledger_id].called((title,))
        if sources or topics:
            found[ledger_id][member_id].append(_learned(day, sources, topics, places))
    return {pk: {who: tuple(those) for who, those in own.items()} for pk, own in found.items()}


def _brought(
    ledgers: Collection[int],
    period: Period,
    trees: Mapping[int, Tree],
    places: Mapping[int, tuple[int, ...]],
    on: date,
) -> dict[int, dict[int, tuple[Learned, ...]]]:
    """By its texts; other words speak of a topic only where that is called so."""
    seen = period.clipped(on)
    found: defaultdict[int, defaultdict[int, list[Learned]]] = defaultdict(lambda: defaultdict(list))
    for one in delivered_in(Listed(ledgers), seen) if seen else ():
        topics = trees[one.ledger_id].called((one.text,))
        found[one.ledger_id][one.member_id].append(_learned(one.day, one.source_ids, topics, places))
    return {pk: {who: tuple(those) for who, those in own.items()} for pk, own in found.items()}


@dataclass(frozen=True)
class Leading:
    """What one member led in a year, and what he is still to lead."""

    name: str
    led: tuple[Session, ...]
    ahead: tuple[StudyUnit, ...]


def led_at(ledger: Unit, sessions: Iterable[Session]) -> dict[int, tuple[str, ...]]:
    """Who of the ledger's own people led each session, by its id."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    for row in _led(ledger, Session.objects.filter(pk__in=Listed(one.pk for one in sessions))):
        found[row.session_id].append(row.member.name)
    return {pk: tuple(names) for pk, names in found.items()}


def leading(ledger: Unit, standings: Iterable[Standing], *, year: int, on: date) -> list[Leading]:
    """Who led what in a year up to a day, in the order of the roster, so that leading may go round. ``standings`` are its units."""
    period = Period.year(year)
    own = Q(ledger=ledger) | Q(joining=ledger) | Q(joining__parent=ledger, joining__kind=UnitKind.GROUP)
    held = Session.objects.filter(own, held_on__lte=on).happened().held_in(period)
    day = min(period.end, max(on, period.start))
    people = {row.member_id: row.member.name for row in memberships_on(ledger, day)}
    led: defaultdict[int, list[Session]] = defaultdict(list)
    for row in _led(ledger, held):
        led[row.member_id].append(row.session)
        people.setdefault(row.member_id, row.member.name)  # he has left since
    ahead: defaultdict[int, list[StudyUnit]] = defaultdict(list)
    for one in standings:
        if one.unit.leader and one.stage is not Stage.DONE:
            ahead[one.unit.leader.pk].append(one.unit)
            people.setdefault(one.unit.leader.pk, one.unit.leader.name)
    return [Leading(name, tuple(led.get(pk, ())), tuple(ahead.get(pk, ()))) for pk, name in people.items()]


def _led(ledger: Unit, sessions: QuerySet[Session]) -> QuerySet[RosterRow]:
    """Names of a unit that joined are its own."""
    rows = RosterRow.objects.filter(session__in=sessions, led=True, unit__path__startswith=ledger.path)
    return rows.select_related("member", "session").order_by("session__held_on", "session_id", "position")


def body_of(unit: StudyUnit) -> tuple[dict[str, Any], dict[str, str]]:
    """What a revision of a unit holds, its materials being loaded: plain data and texts by key."""
    body = {
        "ledger": unit.ledger_id, "year": unit.year, "starts_on": unit.starts_on, "ends_on": unit.ends_on,
        "kind": unit.kind, "topic": unit.topic_id, "sources": sorted(one.pk for one in unit.sources.all()),
        "leader": unit.leader_id, "dropped": unit.dropped_at is not None,
    }  # fmt: skip
    if unit.above_id:
        body["above"] = unit.above_id
    if unit.form:
        body["form"] = unit.form
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


@rows_once
def _led_by(member: int) -> QuerySet[StudyUnit]:
    return StudyUnit.objects.standing().filter(leader_id=member).select_related("ledger").order_by("starts_on", "pk")


def about(member: Member) -> dict[str, object]:
    """The units a member leads."""
    return {
        "领学的单元": [
            {"学什么": row.title, "组织": row.ledger.name, "从": row.starts_on, "到": row.ends_on}
            for row in _led_by(member.pk)
        ]
    }
