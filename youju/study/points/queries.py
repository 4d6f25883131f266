"""Questions about points of study: what a unit states, and what is asked of it from above."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from youju.journal import queries as journal
from youju.people.models import Unit
from youju.people.units.values import ancestors
from youju.study.points.models import StudyPoint


def stated_by(sender: Unit, year: int) -> list[StudyPoint]:
    """All of a year, those withdrawn too, earliest first."""
    return list(StudyPoint.objects.filter(sender=sender, year=year).select_related("sender"))


def points_for(unit: Unit, year: int) -> list[StudyPoint]:
    """What the units above ask of this one, the highest first."""
    rows = StudyPoint.objects.standing().filter(sender__path__in=ancestors(unit.path)[:-1], year=year)
    return list(rows.select_related("sender").order_by("sender__path", "starts_on", "pk"))


def reached_by(points: Iterable[StudyPoint]) -> dict[int, tuple[Unit, ...]]:
    """Point → the branches that shall study it, in tree order, in one query for each who states some.

    Asked anew each time, so one opened in its days is among them.
    """
    below: dict[int, list[Unit]] = {}
    found = {}
    for point in points:
        if point.sender_id not in below:
            below[point.sender_id] = list(Unit.objects.branches().below(point.sender).order_by("path"))
        there = (unit for unit in below[point.sender_id] if (unit.opened_on or date.min) <= point.ends_on)
        found[point.pk] = tuple(unit for unit in there if point.ends_on < (unit.closed_on or date.max))
    return found


def body_of(point: StudyPoint) -> tuple[dict[str, Any], dict[str, str]]:
    """What a revision of a point holds: plain data and texts by key."""
    body = {
        "sender": point.sender_id, "year": point.year, "starts_on": point.starts_on, "ends_on": point.ends_on,
        "withdrawn": point.withdrawn_at is not None,
    }  # fmt: skip
    texts = {
        "title": point.title, "topic": point.topic, "text": point.text, "basis": point.basis, "note": point.note,
        "reason": point.reason,
    }  # fmt: skip
    return body, texts


def torn() -> Iterator[str]:
    """Sentences about points that do not read like their newest revision."""
    kept = journal.newest(room="study", noun="study_point")
    for point in StudyPoint.objects.order_by("pk").iterator(chunk_size=500):
        written = kept.pop(point.pk, None)
        if written is None:
            yield f"学习重点“{point.title}”没有修订记录。"
        elif written.number != point.revision or written.unlike(*body_of(point)):
            yield f"学习重点“{point.title}”与最后一次修订不一致。"
    yield from ("一项学习重点只剩下修订记录。" for _ in kept)
