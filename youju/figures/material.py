"""What the ledger holds of a scope and period, loaded once in a fixed number of queries, so that many figures cost like one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, F, Q
from django.utils.timezone import localdate

from youju.figures.values import ActivityFact, Material, PersonFact, ProblemFact
from youju.kit.periods import Period
from youju.people.models import Membership, Post, Unit
from youju.people.posts.values import Title
from youju.people.units.values import after_subtree
from youju.records.activities.values import CAME, HAPPENED, Attendance, ItemKind
from youju.records.models import AgendaItem, Problem, Resolution, RosterRow, Session, SessionKind

NOBODY = (0, 0, 0)


def load(unit: Unit, period: Period) -> Material:
    """The material of a unit (with all under it) for a period: sessions hosted or joined, held in it or of its years."""
    in_scope = Q(unit__path__gte=unit.path, unit__path__lt=after_subtree(unit.path))
    joined = Q(joining__path__gte=unit.path, joining__path__lt=after_subtree(unit.path))
    in_time = Q(held_on__gte=period.start, held_on__lte=period.end) | Q(for_year__in=period.years())
    base = Session.objects.filter(in_time, status__in=HAPPENED)
    hosted = base.filter(in_scope).values_list("pk", flat=True)
    # Two plain queries beat one OR over a many-to-many join by far.
    ids = set(hosted) | set(base.filter(joined).values_list("pk", flat=True))
    return Material(
        unit_id=unit.pk,
        period=period,
        activities=_activities(unit, ids),
        people=_people(unit, period),
        committee=_committee(unit, period),
        problems=_problems(unit, period),
    )


def _activities(unit: Unit, ids: Iterable[int]) -> tuple[ActivityFact, ...]:
    ids = list(ids)
    fields = ("pk", "number", "title", "held_on", "for_year", "entered_at", "unit_id", "lecturer_id")
    heads = list(Session.objects.filter(pk__in=ids).order_by("starts_at", "pk").values_list(*fields))
    kinds = _grouped(
        SessionKind.objects.filter(session_id__in=ids).order_by("position").values_list("session_id", "kind")
    )
    roster = _rosters(unit, ids)
    items = AgendaItem.objects.filter(session_id__in=ids, kind=ItemKind.FIRST_TOPIC).order_by("position")
    topics = _grouped((s, (pk, title)) for s, pk, title in items.values_list("session_id", "pk", "title"))
    decided = (
        Resolution.objects.filter(item__session_id__in=ids)
        .order_by("pk")
        .values_list("item__session_id", "pk", "text", "carried")
    )
    resolutions = _grouped((s, (pk, text)) for s, pk, text, carried in decided if carried is not False)
    secretaries = _secretary_days(unit)
    return tuple(
        _activity(head, kinds[head[0]], roster.get(head[0], NOBODY), topics[head[0]], resolutions[head[0]], secretaries)
        for head in heads
    )


def _rosters(unit: Unit, ids: list[int]) -> dict[int, tuple[int, int, int]]:
    """(came, expected, came beside the chair) of each session; counted by the database, since rosters are long."""
    own = Q(unit__path__gte=unit.path, unit__path__lt=after_subtree(unit.path))
    came = Q(attendance__in=CAME)
    rows = RosterRow.objects.filter(own, session_id__in=ids).values_list("session_id")
    counted = rows.annotate(
        present=Count("pk", filter=came & Q(expected=True)),
        counting=Count("pk", filter=Q(expected=True) & ~Q(attendance=Attendance.EXEMPT)),
        others=Count("pk", filter=came & ~Q(member=F("session__chair"))),
    )
    return {session_id: (present, expected, others) for session_id, present, expected, others in counted}


def _activity(
    head: tuple[Any, ...],
    kinds: list[str],
    roster: tuple[int, int, int],
    topics: list[tuple[int, str]],
    resolutions: list[tuple[int, str]],
    secretaries: list[tuple[int, date, date | None]],
) -> ActivityFact:
    pk, number, title, held_on, for_year, entered_at, unit_id, lecturer_id = head
    came, expected, others = roster
    in_office = {m for m, since, until in secretaries if since <= held_on and (until is None or held_on < until)}
    return ActivityFact(
        id=pk,
        number=number,
        title=title,
        held_on=held_on,
        for_year=for_year,
        entered_on=localdate(entered_at),
        unit_id=unit_id,
        kinds=tuple(kinds),
        came=came,
        expected=expected,
        others=others,
        by_secretary=lecturer_id in in_office,
        first_topics=tuple(topics),
        resolutions=tuple(resolutions),
    )


def _secretary_days(unit: Unit) -> list[tuple[int, date, date | None]]:
    posts = Post.objects.filter(
        title=Title.SECRETARY, unit__path__gte=unit.path, unit__path__lt=after_subtree(unit.path)
    )
    return list(posts.values_list("member_id", "since", "until"))


def _people(unit: Unit, period: Period) -> tuple[PersonFact, ...]:
    rows = (
        Membership.objects.in_unit(unit)
        .filter(since__lte=period.end)
        .filter(Q(until__isnull=True) | Q(until__gt=period.start))
    )
    fields = ("pk", "member_id", "member__name", "unit_id", "since", "until", "standing")
    return tuple(PersonFact(*row) for row in rows.order_by("member__rank", "pk").values_list(*fields))


def _committee(unit: Unit, period: Period) -> tuple[PersonFact, ...]:
    posts = Post.objects.of_committee().filter(
        unit__path__gte=unit.path, unit__path__lt=after_subtree(unit.path), since__lte=period.end
    )
    fields = ("pk", "member_id", "member__name", "unit_id", "since", "until", "title")
    return tuple(
        PersonFact(*row)
        for row in posts.filter(Q(until__isnull=True) | Q(until__gt=period.start)).order_by("pk").values_list(*fields)
    )


def _problems(unit: Unit, period: Period) -> tuple[ProblemFact, ...]:
    rows = Problem.objects.kept_by(unit).filter(
        Q(for_year__in=period.years()) | Q(found_on__gte=period.start, found_on__lte=period.end)
    )
    return tuple(
        ProblemFact(
            row.pk, row.number, row.title, row.found_on, row.for_year, row.closed_on, localdate(row.entered_at), row.unit_id,
            tuple((measure.pk, measure.text) for measure in row.measures.all()),
        )
        for row in rows.prefetch_related("measures").order_by("found_on", "pk")
    )  # fmt: skip


def _grouped(pairs: Iterable[tuple[int, object]]) -> defaultdict[int, list]:  # type: ignore[type-arg]
    found = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found
