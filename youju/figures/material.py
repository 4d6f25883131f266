"""What the ledger holds of scopes and a period, loaded once in a fixed number of queries, so that many figures cost like one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import itemgetter
from typing import Any, TypeVar

from django.db.models import Count, F, Q

from youju.figures.entries import entries_of
from youju.figures.values import ActivityFact, EntryFact, Material, PersonFact, ProblemFact
from youju.kit.periods import Period
from youju.kit.zone import local_day
from youju.people.listed import Listed
from youju.people.models import Membership, Post, Unit
from youju.people.posts.values import Title
from youju.people.terms.models import Term
from youju.people.terms.values import TermFact
from youju.people.units.values import UnitKind, after_subtree, ancestors
from youju.records.activities.values import CAME, HAPPENED, Attendance, ItemKind
from youju.records.models import AgendaItem, Measure, Problem, Resolution, RosterRow, Session, SessionKind

NO_ROSTER = (0, 0, 0)
HEAD = ("pk", "number", "title", "held_on", "for_year", "entered_at", "unit_id", "lecturer_id", "starts_at", "chair_id")
# Where only sessions are counted, moments are not read: a database that keeps them as text takes its time over them.
BARE = tuple("pk" if name in ("entered_at", "starts_at") else name for name in HEAD)
AS_HELD = itemgetter(*map(HEAD.index, ("held_on", "starts_at", "pk")))
Fact = TypeVar("Fact", PersonFact, ProblemFact, TermFact, EntryFact)
Spans = Mapping[int, list[tuple[date, date | None]]]


def load(unit: Unit, period: Period) -> Material:
    """The material of a unit (with all under it) for a period: sessions hosted or joined, held in it or of its years."""
    return load_many((unit,), period)[unit.pk]


def load_many(units: Iterable[Unit], period: Period, *, inside: bool = True) -> dict[int, Material]:
    """The material of each unit, by its id: as many queries for a thousand units as for one.

    Without what is ``inside`` the sessions (rosters, resolutions, when it was written) it holds enough to count sessions
    and first topics.
    """
    scopes = _scopes(units)
    sessions = _sessions(scopes, period, HEAD if inside else BARE)
    parts = _parts(scopes, sessions, inside=inside)
    secretaries = _secretary_days(scopes)
    people, committee, problems = _people(scopes, period), _committee(scopes, period), _problems(scopes, period)
    return {
        pk: Material(
            unit_id=pk,
            period=period,
            activities=tuple(_activity(pk, head, parts, secretaries[pk]) for head in sessions[pk]),
            people=tuple(people[pk]),
            committee=tuple(committee[pk]),
            problems=tuple(problems[pk]),
        )
        for pk in scopes.asked
    }


def came_to(session_ids: Collection[int], unit_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """(came, expected) of these units together in each session: for a few rows of what was loaded without its inside."""
    one_scope = Scopes((0,), dict.fromkeys(unit_ids, (0,)))
    counted = _rosters(one_scope, Listed(session_ids)) if session_ids else {}
    return {session_id: (came, expected) for (session_id, _), (came, expected, _) in counted.items()}


def terms_in(units: Iterable[Unit]) -> dict[int, tuple[TermFact, ...]]:
    """The terms of each unit and of all under it, earliest first."""
    scopes = _scopes(units)
    rows = Term.objects.filter(unit_id__in=scopes.ids, withdrawn_at__isnull=True).order_by("elected_on", "pk")
    return {pk: tuple(facts) for pk, facts in _by_scope(scopes, (row.fact for row in rows)).items()}


def entries_in(
    units: Iterable[Unit], period: Period, row_types: Collection[str]
) -> dict[int, dict[str, tuple[EntryFact, ...]]]:
    """What is kept beside the sessions, of each unit and of all under it, by row type."""
    scopes = _scopes(units)
    found: dict[int, dict[str, tuple[EntryFact, ...]]] = {pk: {} for pk in scopes.asked}
    for name, facts in entries_of(row_types, scopes.ids, period).items():
        for pk, own in _by_scope(scopes, facts).items():
            found[pk][name] = tuple(own)
    return found


@dataclass(frozen=True)
class Scopes:
    """The units asked for, and for every unit under them in whose scopes it lies: a branch may lie in that of a committee."""

    asked: tuple[int, ...]
    holding: Mapping[int, tuple[int, ...]]

    @property
    def ids(self) -> Listed:
        return Listed(self.holding)

    def of(self, unit_id: int) -> tuple[int, ...]:
        return self.holding.get(unit_id, ())


def _scopes(units: Iterable[Unit]) -> Scopes:
    """Level by level downward, one query each; what stands under branches are groups, and under groups stands nothing."""
    asked = {unit.path: unit.pk for unit in units}
    below = _below(units) if len(asked) > 1 else _all_below(next(iter(asked), ""))
    found = {
        pk: tuple(asked[path] for path in ancestors(own) if path in asked)
        for pk, own in [*below, *((pk, path) for path, pk in asked.items())]
    }
    return Scopes(tuple(asked.values()), found)


def _all_below(path: str) -> list[tuple[int, str]]:
    return (
        list(Unit.objects.filter(path__gt=path, path__lt=after_subtree(path)).values_list("pk", "path")) if path else []
    )


def _below(units: Iterable[Unit]) -> Iterator[tuple[int, str]]:
    level = {unit.pk for unit in units if unit.kind != UnitKind.GROUP}
    while level:
        rows = Unit.objects.filter(parent_id__in=Listed(level)).values_list("pk", "path", "kind")
        level = set()
        for pk, path, kind in rows:
            yield pk, path
            if kind != UnitKind.GROUP:
                level.add(pk)


def _sessions(scopes: Scopes, period: Period, fields: tuple[str, ...]) -> dict[int, list[tuple[Any, ...]]]:
    """The heads of the sessions of each scope, hosted or joined, in the order in which they were held."""
    held = Q(held_on__gte=period.start, held_on__lte=period.end)
    found: dict[int, dict[int, tuple[Any, ...]]] = {pk: {} for pk in scopes.asked}
    happened = Session.objects.filter(status__in=HAPPENED)
    # A session is of the year it was held in or of the one before, so the year after is as far as one must look.
    years = period.years()
    around = Period(date(years[0], 1, 1), date(years[-1] + 1, 12, 31))
    # The days bound both, so that each query goes down an index; hosted and joined in one would go down none.
    in_time = happened.filter(held | Q(for_year__in=years), held_on__gte=around.start, held_on__lte=around.end)
    for head in in_time.filter(unit_id__in=scopes.ids).values_list(*fields):
        for scope in scopes.of(head[6]):
            found[scope][head[0]] = head
    for *head, joining in in_time.filter(joining__in=scopes.ids).values_list(*fields, "joining"):
        for scope in scopes.of(joining):
            found[scope][head[0]] = tuple(head)
    return {scope: sorted(heads.values(), key=AS_HELD) for scope, heads in found.items()}


@dataclass(frozen=True)
class Parts:
    """What is written of the sessions, by session; of rosters by scope too, since each counts its own."""

    kinds: Mapping[int, tuple[Any, ...]]
    rosters: Mapping[tuple[int, int], tuple[int, int, int]] = field(default_factory=dict)
    topics: Mapping[int, tuple[Any, ...]] = field(default_factory=dict)
    resolutions: Mapping[int, tuple[Any, ...]] = field(default_factory=dict)


def _parts(scopes: Scopes, sessions: Mapping[int, list[tuple[Any, ...]]], *, inside: bool) -> Parts:
    ids = Listed({head[0] for heads in sessions.values() for head in heads})
    kinds = _grouped(
        SessionKind.objects.filter(session_id__in=ids).order_by("position").values_list("session_id", "kind")
    )
    # 第一议题 is owed in times as sessions are, so it is counted without what is inside as well.
    items = AgendaItem.objects.filter(session_id__in=ids, kind=ItemKind.FIRST_TOPIC).order_by("position")
    topics = _grouped((s, (pk, title)) for s, pk, title in items.values_list("session_id", "pk", "title"))
    if not inside:
        return Parts(kinds, topics=topics)
    decided = (
        Resolution.objects.filter(item__session_id__in=ids)
        .order_by("pk")
        .values_list("item__session_id", "pk", "text", "carried")
    )
    resolutions = _grouped((s, (pk, text)) for s, pk, text, carried in decided if carried is not False)
    return Parts(kinds, _rosters(scopes, ids), topics, resolutions)


def _rosters(scopes: Scopes, ids: Listed) -> dict[tuple[int, int], tuple[int, int, int]]:
    """(came, expected, came beside the chair) of each session in each scope; counted by the database, since rosters are long."""
    came = Q(attendance__in=CAME)
    rows = RosterRow.objects.filter(session_id__in=ids).order_by().values_list("session_id", "unit_id")
    counted = rows.annotate(
        present=Count("pk", filter=came & Q(expected=True)),
        counting=Count("pk", filter=Q(expected=True) & ~Q(attendance=Attendance.EXEMPT)),
        others=Count("pk", filter=came & ~Q(member=F("session__chair"))),
    )
    found: dict[tuple[int, int], tuple[int, int, int]] = {}
    for session_id, unit_id, present, expected, others in counted:
        for scope in scopes.of(unit_id):
            a, b, c = found.get((session_id, scope), NO_ROSTER)
            found[session_id, scope] = (a + present, b + expected, c + others)
    return found


def _activity(scope: int, head: tuple[Any, ...], parts: Parts, secretaries: Spans) -> ActivityFact:
    pk, number, title, held_on, for_year, entered_at, unit_id, lecturer_id, _, chair_id = head
    came, expected, others = parts.rosters.get((pk, scope), NO_ROSTER)
    return ActivityFact(
        pk,
        number,
        title,
        held_on,
        for_year,
        local_day(entered_at) if isinstance(entered_at, datetime) else held_on,
        unit_id,
        parts.kinds.get(pk, ()),
        came,
        expected,
        others,
        lecturer_id in secretaries and _secretary_on(held_on, secretaries[lecturer_id]),  # most have no lecturer
        parts.topics.get(pk, ()),
        parts.resolutions.get(pk, ()),
        chair_id,
    )


def _secretary_on(day: date, spans: Iterable[tuple[date, date | None]]) -> bool:
    return any(since <= day and (until is None or day < until) for since, until in spans)


def _secretary_days(scopes: Scopes) -> dict[int, defaultdict[int, list[tuple[date, date | None]]]]:
    """Of each scope, when each member was secretary of a unit in it."""
    found: dict[int, defaultdict[int, list[tuple[date, date | None]]]] = {pk: defaultdict(list) for pk in scopes.asked}
    posts = Post.objects.filter(title=Title.SECRETARY, unit_id__in=scopes.ids)
    for unit_id, member_id, since, until in posts.values_list("unit_id", "member_id", "since", "until"):
        for scope in scopes.of(unit_id):
            found[scope][member_id].append((since, until))
    return found


def _people(scopes: Scopes, period: Period) -> dict[int, list[PersonFact]]:
    rows = Membership.objects.filter(_through(period), unit_id__in=scopes.ids)
    fields = ("pk", "member_id", "member__name", "unit_id", "since", "until", "standing")
    return _by_scope(scopes, (PersonFact(*row) for row in rows.order_by("member__rank", "pk").values_list(*fields)))


def _committee(scopes: Scopes, period: Period) -> dict[int, list[PersonFact]]:
    rows = Post.objects.of_committee().filter(_through(period), unit_id__in=scopes.ids)
    fields = ("pk", "member_id", "member__name", "unit_id", "since", "until", "title")
    return _by_scope(scopes, (PersonFact(*row) for row in rows.order_by("pk").values_list(*fields)))


def _through(period: Period) -> Q:
    return Q(since__lte=period.end) & (Q(until__isnull=True) | Q(until__gt=period.start))


def _problems(scopes: Scopes, period: Period) -> dict[int, list[ProblemFact]]:
    in_time = Q(for_year__in=period.years()) | Q(found_on__gte=period.start, found_on__lte=period.end)
    rows = list(Problem.objects.filter(in_time, unit_id__in=scopes.ids).order_by("found_on", "pk"))
    written = (
        Measure.objects.filter(problem_id__in=Listed(row.pk for row in rows))
        .order_by("position")
        .values_list("problem_id", "pk", "text")
    )
    measures = _grouped((problem_id, (pk, text)) for problem_id, pk, text in written)
    return _by_scope(
        scopes,
        (
            ProblemFact(
                row.pk, row.number, row.title, row.found_on, row.for_year, row.closed_on, local_day(row.entered_at),
                row.unit_id, measures.get(row.pk, ()),
            )
            for row in rows
        ),
    )  # fmt: skip


def _by_scope(scopes: Scopes, facts: Iterable[Fact]) -> dict[int, list[Fact]]:
    found: dict[int, list[Fact]] = {pk: [] for pk in scopes.asked}
    for fact in facts:
        for scope in scopes.of(fact.unit_id):
            found[scope].append(fact)
    return found


def _grouped(pairs: Iterable[tuple[int, Any]]) -> dict[int, tuple[Any, ...]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return {key: tuple(values) for key, values in found.items()}
