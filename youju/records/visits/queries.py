"""Questions about coverage: whom a session reached, when somebody was last reached, who is meant by a word."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet

from youju.kit.periods import Period
from youju.kit.refusal import Refusal
from youju.people.listed import Listed
from youju.people.models import Unit
from youju.records.activities.models import Session, SessionKind
from youju.records.activities.values import HAPPENED
from youju.records.registers.kinds import COVERING, REGISTERS, VISITS
from youju.records.registers.models import Subject
from youju.records.visits.models import Coverage

BETWEEN = re.compile(r"[\n、,，;；]+")
MOST_REACHED = 400


def covered_by(session: Session) -> list[Subject]:
    rows = Subject.objects.filter(coverage__session=session).select_related("place")
    return list(rows.order_by("kind", "place__code", "code", "pk"))


def may_cover(kinds: Iterable[str]) -> bool:
    """Whether a session of these kinds may say whom it reached."""
    return not set(COVERING).isdisjoint(kinds)


def days_reached(unit_ids: Listed, period: Period, *ways: tuple[str, ...]) -> list[dict[int, list[date]]]:
    """For each way (kinds of sessions): subject → the days in the period on which such a session reached it.

    Three queries, whatever the number.
    """
    held = Session.objects.filter(
        ledger_id__in=unit_ids, status__in=HAPPENED, held_on__gte=period.start, held_on__lte=period.end
    )
    days = dict(held.order_by().values_list("pk", "held_on"))
    kinds: defaultdict[int, set[str]] = defaultdict(set)
    wanted = {kind for way in ways for kind in way}
    for pk, kind in SessionKind.objects.filter(kind__in=wanted, session__in=held).values_list("session_id", "kind"):
        kinds[pk].add(kind)
    found: list[dict[int, list[date]]] = [defaultdict(list) for _ in ways]
    into = {pk: [n for n, way in enumerate(ways) if not own.isdisjoint(way)] for pk, own in kinds.items()}
    rows = Coverage.objects.filter(session_id__in=Listed(into)).values_list("subject_id", "session_id")
    for subject_id, session_id in rows:
        for way in into[session_id]:
            found[way][subject_id].append(days[session_id])
    return found


def visits_of(unit: Unit, period: Period) -> QuerySet[Session]:
    """Sessions of the unit's ledger in a period that reached anybody, newest first."""
    rows = Session.objects.filter(ledger=unit, status__in=HAPPENED, held_on__gte=period.start, held_on__lte=period.end)
    return rows.filter(coverage__isnull=False).distinct().order_by("-held_on", "-pk")


def visited_on(subject: Subject, day: date) -> Session | None:
    """A visit of that day that reached this entry already."""
    rows = Session.objects.filter(coverage__subject=subject, held_on=day, status__in=HAPPENED)
    return rows.filter(kind_rows__kind__in=VISITS).order_by("pk").first()


def reached_by(subject: Subject) -> list[Session]:
    """Every session that reached it, newest first."""
    rows = Session.objects.filter(coverage__subject=subject, status__in=HAPPENED).prefetch_related("kind_rows")
    return list(rows.order_by("-held_on", "-pk"))


def meant(unit: Unit, text: str, *, on: date, field: str) -> list[Subject]:
    """The entries that words mean, one a line: a code, a name, or both with the village before them.

    Raises Refusal on ``field`` for a word that means nobody who stood on the register that day, or several.
    """
    words = [" ".join(word.split()) for word in BETWEEN.split(text) if word.strip()]
    if not words:
        return []
    if len(words) > MOST_REACHED:
        raise Refusal(field, f"一次最多写 {MOST_REACHED} 个对象。")
    names: defaultdict[str, dict[int, Subject]] = defaultdict(dict)
    for row in Subject.objects.filter(unit=unit).standing(on).select_related("place"):
        for name in _names(row):
            names[name][row.pk] = row
    found: dict[int, Subject] = {}
    for word in words:
        there = names.get(word, {})
        if not there:
            raise Refusal(field, f"{_day(on)}的名册里没有“{word[:20]}”{_near(word, names)}。")
        if len(there) > 1:
            several = "、".join(row.said for row in list(there.values())[:3])
            raise Refusal(field, f"“{word[:20]}”可能是：{several}，请写全。")
        found |= there
    return list(found.values())


def _names(row: Subject) -> set[str]:
    names = {row.code, row.name, f"{row.code} {row.name}", row.said, REGISTERS[row.kind].zh + row.code}
    if row.place:
        names |= {f"{place} {own}" for place in (row.place.name, row.place.code) for own in (row.code, row.name) if own}
    return {" ".join(name.split()) for name in names} - {""}


def _near(word: str, names: dict[str, dict[int, Subject]]) -> str:
    like = sorted({row.said for name, rows in names.items() if word in name for row in rows.values()})[:3]
    return f"，相近的有：{'、'.join(like)}" if like else ""


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"


def body_of(session: Session) -> tuple[dict[str, Any], dict[str, str]]:
    """What a revision of the coverage of a session holds."""
    return {"session": session.pk, "subjects": sorted(session.coverage.values_list("subject_id", flat=True))}, {}
