"""What the ledger holds of scopes and a period, loaded once in a fixed number of queries, so that many figures cost like one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import itemgetter
from typing import Any, TypeVar

from django.db.models import Count, F, Q

from youju.figures.entries import entries_of
from youju.figures.scopes import Scopes, scopes_of
from youju.figures.values import ActivityFact, EntryFact, Material, PersonFact, ProblemFact
from youju.kit.periods import Period
from youju.kit.zone import local_day
from youju.people.listed import Listed
from youju.people.models import Membership, Post, Unit
from youju.people.posts.values import Title
from youju.people.terms.models import Term
from youju.people.terms.values import TermFact
from youju.people.written_once import Rows, written_once
from youju.records.activities.models import SessionSet
from youju.records.activities.rules import is_talk, talk_title
from youju.records.activities.values import CAME, Attendance, ItemKind
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
    scopes = scopes_of(units)
    sessions = _sessions(scopes, period, HEAD if inside else BARE)
    parts = _parts(scopes, sessions, inside=inside)
    people, problems = _people(scopes, period), _problems(scopes, period)
    secretaries, committee = _posts(scopes, period)
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
    scopes = scopes_of(units)
    rows = Term.objects.filter(unit_id__in=scopes.ids, withdrawn_at__isnull=True).order_by("elected_on", "pk")
    return {pk: tuple(facts) for pk, facts in _by_scope(scopes, (row.fact for row in rows)).items()}


def entries_in(
    units: Iterable[Unit], period: Period, row_types: Collection[str]
) -> dict[int, dict[str, tuple[EntryFact, ...]]]:
    """What is kept beside the sessions, of each unit and of all under it, by row type."""
    scopes = scopes_of(units)
    found: dict[int, dict[str, tuple[EntryFact, ...]]] = {pk: {} for pk in scopes.asked}
    for name, facts in entries_of(row_types, scopes.ids, period).items():
        for pk, own in _by_scope(scopes, facts).items():
            found[pk][name] = tuple(own)
    return found


def _sessions(scopes: Scopes, period: Period, fields: tuple[str, ...]) -> dict[int, list[tuple[Any, ...]]]:
    """The heads of the sessions of each scope, hosted or joined, in the order in which they were held."""
    found: dict[int, dict[int, tuple[Any, ...]]] = {pk: {} for pk in scopes.asked}
    # A session is of the year it was held in or of the one before, so the year after is as far as one must look.
    years = period.years()
    around = (date(years[0], 1, 1), date(years[-1] + 1, 12, 31))
    time = (Listed(years), period.start, period.end, *around)
    # Hosted and joined in one would go down no index.
    for head in _hosted(scopes.ids, *time, fields=fields):
        for scope in scopes.of(head[6]):
            found[scope][head[0]] = head
    for head in _joined(scopes.ids, *time, fields=(*fields, "joining")):
        for scope in scopes.of(head[-1]):
            found[scope][head[0]] = head[:-1]
    return {scope: sorted(heads.values(), key=AS_HELD) for scope, heads in found.items()}


@written_once
def _hosted(
    units: Listed, years: Listed, start: date, end: date, first: date, last: date, *, fields: tuple[str, ...]
) -> Rows:
    return _in_time(years, start, end, first, last).filter(unit_id__in=units).values_list(*fields)


@written_once
def _joined(
    units: Listed, years: Listed, start: date, end: date, first: date, last: date, *, fields: tuple[str, ...]
) -> Rows:
    return _in_time(years, start, end, first, last).filter(joining__in=units).values_list(*fields)


def _in_time(years: Listed, start: date, end: date, first: date, last: date) -> SessionSet:
    """Held in the period, or of its years; the days around bound both, so that the query goes down an index."""
    held = Q(held_on__gte=start, held_on__lte=end)
    return Session.objects.happened().filter(held | Q(for_year__in=years), held_on__gte=first, held_on__lte=last)


@dataclass(frozen=True)
class Parts:
    """What is written of the sessions, by session; of rosters by scope too, since each counts its own."""

    kinds: Mapping[int, tuple[Any, ...]]
    rosters: Mapping[tuple[int, int], tuple[int, int, int]] = field(default_factory=dict)
    topics: Mapping[int, tuple[Any, ...]] = field(default_factory=dict)
    resolutions: Mapping[int, tuple[Any, ...]] = field(default_factory=dict)


def _parts(scopes: Scopes, sessions: Mapping[int, list[tuple[Any, ...]]], *, inside: bool) -> Parts:
    ids = Listed({head[0] for heads in sessions.values() for head in heads})
    kinds = _grouped(_kinds(ids))
    # 第一议题 is owed in times as sessions are, so it is counted without what is inside as well.
    topics = _grouped((s, (pk, title)) for s, pk, title in _first_topics(ids))
    if not inside:
        return Parts(kinds, topics=topics)
    resolutions = _grouped((s, (pk, text)) for s, pk, text, carried in _resolutions(ids) if carried is not False)
    return Parts(kinds, _rosters(scopes, ids), topics, resolutions)


@written_once
def _kinds(sessions: Listed) -> Rows:
    return SessionKind.objects.filter(session_id__in=sessions).order_by("position").values_list("session_id", "kind")


@written_once
def _first_topics(sessions: Listed) -> Rows:
    items = AgendaItem.objects.filter(session_id__in=sessions, kind=ItemKind.FIRST_TOPIC).order_by("position")
    return items.values_list("session_id", "pk", "title")


@written_once
def _resolutions(sessions: Listed) -> Rows:
    rows = Resolution.objects.filter(item__session_id__in=sessions).order_by("pk")
    return rows.values_list("item__session_id", "pk", "text", "carried")


def _rosters(scopes: Scopes, ids: Listed) -> dict[tuple[int, int], tuple[int, int, int]]:
    """(came, expected, came beside the chair) of each session in each scope; counted by the database, since rosters are long."""
    found: dict[tuple[int, int], tuple[int, int, int]] = {}
    for session_id, unit_id, present, expected, others in _counted(ids):
        for scope in scopes.of(unit_id):
            a, b, c = found.get((session_id, scope), NO_ROSTER)
            found[session_id, scope] = (a + present, b + expected, c + others)
    return found


@written_once
def _counted(sessions: Listed) -> Rows:
    came = Q(attendance__in=CAME)
    rows = RosterRow.objects.filter(session_id__in=sessions).order_by().values_list("session_id", "unit_id")
    return rows.annotate(
        present=Count("pk", filter=came & Q(expected=True)),
        counting=Count("pk", filter=Q(expected=True) & ~Q(attendance=Attendance.EXEMPT)),
        others=Count("pk", filter=came & ~Q(member=F("session__chair"))),
    )


def _activity(scope: int, head: tuple[Any, ...], parts: Parts, secretaries: Spans) -> ActivityFact:
    pk, number, title, held_on, for_year, entered_at, unit_id, lecturer_id, _, chair_id = head
    came, expected, others = parts.rosters.get((pk, scope), NO_ROSTER)
    kinds = parts.kinds.get(pk, ())
    return ActivityFact(
        pk,
        number,
        talk_title(kinds) if is_talk(kinds) else title,  # rows go everywhere, and a talk's title may say with whom
        held_on,
        for_year,
        local_day(entered_at) if isinstance(entered_at, datetime) else held_on,
        unit_id,
        kinds,
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


def _posts(scopes: Scopes, period: Period) -> tuple[dict[int, Spans], dict[int, list[PersonFact]]]:
    """Of each scope, when each member was secretary of a unit in it, and its committee over the period."""
    secretaries: dict[int, defaultdict[int, list[tuple[date, date | None]]]]
    secretaries = {pk: defaultdict(list) for pk in scopes.asked}
    held = [PersonFact(*row) for row in _committee(scopes.ids)]
    for post in held:
        if post.standing == Title.SECRETARY:
            for scope in scopes.of(post.unit_id):
                secretaries[scope][post.member_id].append((post.since, post.until))
    of_period = (
        post for post in held if post.since <= period.end and (post.until is None or post.until > period.start)
    )
    return dict(secretaries), _by_scope(scopes, of_period)


@written_once
def _committee(units: Listed) -> Rows:
    """All that were on it, at any time: a lecture counts by who was secretary on its day."""
    rows = Post.objects.of_committee().filter(unit_id__in=units).order_by("pk")
    return rows.values_list("pk", "member_id", "member__name", "unit_id", "since", "until", "title")


def _people(scopes: Scopes, period: Period) -> dict[int, list[PersonFact]]:
    return _by_scope(scopes, (PersonFact(*row) for row in _members(scopes.ids, period.start, period.end)))


@written_once
def _members(units: Listed, start: date, end: date) -> Rows:
    through = Q(since__lte=end) & (Q(until__isnull=True) | Q(until__gt=start))
    rows = Membership.objects.filter(through, unit_id__in=units).order_by("member__rank", "pk")
    return rows.values_list("pk", "member_id", "member__name", "unit_id", "since", "until", "standing")


def _problems(scopes: Scopes, period: Period) -> dict[int, list[ProblemFact]]:
    rows = list(_found(scopes.ids, Listed(period.years()), period.start, period.end))
    written = _measures(Listed(row[0] for row in rows)) if rows else ()
    measures = _grouped((problem_id, (pk, text)) for problem_id, pk, text in written)
    return _by_scope(
        scopes,
        (
            ProblemFact(
                pk, number, title, found_on, for_year, closed_on, local_day(entered_at), unit_id, measures.get(pk, ())
            )
            for pk, number, title, found_on, for_year, closed_on, entered_at, unit_id in rows
        ),
    )


@written_once
def _found(units: Listed, years: Listed, start: date, end: date) -> Rows:
    in_time = Q(for_year__in=years) | Q(found_on__gte=start, found_on__lte=end)
    rows = Problem.objects.filter(in_time, unit_id__in=units).order_by("found_on", "pk")
    return rows.values_list("pk", "number", "title", "found_on", "for_year", "closed_on", "entered_at", "unit_id")


@written_once
def _measures(problems: Listed) -> Rows:
    rows = Measure.objects.filter(problem_id__in=problems).order_by("position")
    return rows.values_list("problem_id", "pk", "text")


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
