"""Questions about coverage: whom a session reached, when somebody was last reached, who is meant by a word."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet

from youju.journal.queries import last_number
from youju.journal.values import Owner
from youju.kit.periods import Period
from youju.kit.refusal import Refusal
from youju.people.listed import Listed, ListedWords
from youju.people.models import Unit
from youju.people.written_once import Rows, written_once
from youju.records.activities.models import Session, SessionKind
from youju.records.activities.values import HAPPENED
from youju.records.registers.kinds import COVERING, REGISTERS, VISITS
from youju.records.registers.models import Subject
from youju.records.visits.models import Coverage

BETWEEN = re.compile(r"([、,，;；]+)")
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
    found: list[dict[int, list[date]]] = [defaultdict(list) for _ in ways]
    # The days first and by themselves: joined to their kinds they would be sought among the visits of all units.
    days: dict[int, date] = dict(_held(unit_ids, period.start, period.end))
    wanted = ListedWords({kind for way in ways for kind in way})
    into: defaultdict[int, set[int]] = defaultdict(set)
    for pk, kind in _of_kinds(Listed(days), wanted) if days else ():
        into[pk].update(n for n, way in enumerate(ways) if kind in way)
    for subject_id, session_id in _covered(Listed(into)) if into else ():
        for way in into[session_id]:
            found[way][subject_id].append(days[session_id])
    return found


@written_once
def _held(ledgers: Listed, start: date, end: date) -> Rows:
    rows = Session.objects.filter(ledger_id__in=ledgers, status__in=HAPPENED, held_on__gte=start, held_on__lte=end)
    return rows.order_by().values_list("pk", "held_on")


@written_once
def _of_kinds(sessions: Listed, kinds: ListedWords) -> Rows:
    rows = SessionKind.objects.filter(session_id__in=sessions, kind__in=kinds)
    return rows.order_by().values_list("session_id", "kind")


@written_once
def _covered(sessions: Listed) -> Rows:
    return Coverage.objects.filter(session_id__in=sessions).values_list("subject_id", "session_id")


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


def meant(unit: Unit, text: str, *, on: date, field: str, kept: Iterable[Subject] = ()) -> list[Subject]:
    """The entries that words mean, one a line: a code, a name, or both with the village before them.

    ``kept`` is whom the record reached before: what was written down then is still meant, also when it has left the
    register since or another has come by the same name. Raises Refusal on ``field`` for a word that means nobody who
    stood on the register that day, or several.
    """
    if not text.strip():
        return []
    there = {row.pk: row for row in kept}
    names: defaultdict[str, dict[int, Subject]] = defaultdict(dict)
    for row in (*Subject.objects.filter(unit=unit).standing(on).select_related("place"), *there.values()):
        for name in _names(row):
            names[name][row.pk] = row
    words = _words(text, names)
    if len(words) > MOST_REACHED:
        raise Refusal(field, f"一次最多写 {MOST_REACHED} 个对象。")
    found: dict[int, Subject] = {}
    for word in words:
        meaning = names.get(word, {})
        if not meaning:
            raise Refusal(field, f"{_day(on)}的名册里没有“{word[:20]}”{_near(word, names)}。")
        before = {pk: row for pk, row in meaning.items() if pk in there}
        if len(meaning) > 1 and len(before) != 1:
            several = "、".join(_told_apart(row) for row in list(meaning.values())[:3])
            raise Refusal(field, f"“{word[:20]}”可能是：{several}，请写全。")
        found |= before if len(before) == 1 else meaning
    return list(found.values())


def _words(text: str, names: Container[str]) -> list[str]:
    """One a line, or several with marks between them. A name may hold such a mark itself: the longest that is a name is one."""
    found: list[str] = []
    for line in text.splitlines():
        parts = BETWEEN.split(line)  # a word, a mark, a word …
        at = 0
        while at < len(parts):
            ends = range(len(parts), at, -2)
            whole = next((end for end in ends if _plain("".join(parts[at:end])) in names), at + 1)
            if word := _plain("".join(parts[at:whole])):
                found.append(word)
            at = whole + 1
    return found


def _plain(words: str) -> str:
    return " ".join(words.split())


def _told_apart(row: Subject) -> str:
    """By name and code: of two with one name only the code says which."""
    return row.said if row.code in row.said else f"{row.said}（{row.code}）"


def _names(row: Subject) -> set[str]:
    names = {row.code, row.name, f"{row.code} {row.name}", row.said, REGISTERS[row.kind].zh + row.code}
    if row.place:
        names |= {f"{place} {own}" for place in (row.place.name, row.place.code) for own in (row.code, row.name) if own}
    return {_plain(name) for name in names} - {""}


def _near(word: str, names: dict[str, dict[int, Subject]]) -> str:
    like = sorted({row.said for name, rows in names.items() if word in name for row in rows.values()})[:3]
    return f"，相近的有：{'、'.join(like)}" if like else ""


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"


def revision_of(session: Session) -> int:
    """How often the coverage of a session was written: what an editor saw, 0 where there was none."""
    return last_number(Owner("records", "coverage", session.pk))


def body_of(session: Session) -> tuple[dict[str, Any], dict[str, str]]:
    """What a revision of the coverage of a session holds."""
    return {"session": session.pk, "subjects": sorted(session.coverage.values_list("subject_id", flat=True))}, {}
