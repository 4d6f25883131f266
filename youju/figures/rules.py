"""From material to rows: pure, one small function a row type."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from youju.figures.values import Answer, Row
from youju.kit.periods import Period

if TYPE_CHECKING:
    from youju.figures.catalogue import Figure
    from youju.figures.material import ActivityFact, Material, PersonFact, ProblemFact


def answer(figure: Figure, material: Material, period: Period, as_of: date) -> Answer:
    """The figure asked of the material over ``period``, as things stood on ``as_of``: what had not happened by then is not counted."""
    seen = period.clipped(as_of)
    rows = tuple(ROWS[figure.of](figure, material, period, seen)) if seen else ()
    records = sum(fact.held_on in seen for fact in material.activities) if seen else 0
    records += sum(fact.found_on in seen for fact in material.problems) if seen else 0
    return Answer(figure, material.unit_id, period, as_of, rows, records)


def _activities(figure: Figure, material: Material, period: Period, seen: Period) -> Iterator[ActivityFact]:
    wanted = frozenset(figure.kinds)
    for fact in material.activities:
        if wanted and wanted.isdisjoint(fact.kinds):
            continue
        if figure.where.lecturer == "secretary" and not fact.by_secretary:
            continue
        if in_time(figure, fact.held_on, fact.for_year, period, seen):
            yield fact


def in_time(figure: Figure, day: date, for_year: int, period: Period, seen: Period) -> bool:
    """By its day, or by the year it belongs to when whole years are asked: 组织生活会 of 2026 may be held in February 2027."""
    if figure.dated_by == "for_year" and _whole_years(period):
        return for_year in period.years()
    return day in seen


def _whole_years(period: Period) -> bool:
    return (period.start.month, period.start.day, period.end.month, period.end.day) == (1, 1, 12, 31)


def activity_rows(figure: Figure, material: Material, period: Period, seen: Period) -> Iterator[Row]:
    for fact in _activities(figure, material, period, seen):
        amount: float = {"came": fact.came, "others": fact.others}.get(figure.amount or "", 1)
        base = fact.expected if figure.amount == "came" else 1
        note = (
            f"{fact.others}人"
            if figure.amount == "others"
            else f"{fact.came}/{fact.expected}人"
            if fact.expected
            else ""
        )
        yield Row(
            "activity",
            fact.id,
            fact.number,
            fact.held_on,
            fact.title,
            fact.unit_id,
            amount,
            base,
            note,
            fact.kinds,
            fact.entered_on,
        )


def resolution_rows(figure: Figure, material: Material, period: Period, seen: Period) -> Iterator[Row]:
    for fact in _activities(figure, material, period, seen):
        for pk, text in fact.resolutions:
            yield Row(
                "resolution",
                pk,
                fact.number,
                fact.held_on,
                text,
                fact.unit_id,
                kinds=fact.kinds,
                entered_on=fact.entered_on,
            )


def first_topic_rows(figure: Figure, material: Material, period: Period, seen: Period) -> Iterator[Row]:
    for fact in _activities(figure, material, period, seen):
        for pk, text in fact.first_topics:
            yield Row(
                "first_topic",
                pk,
                fact.number,
                fact.held_on,
                text,
                fact.unit_id,
                kinds=fact.kinds,
                entered_on=fact.entered_on,
            )


def member_rows(figure: Figure, material: Material, period: Period, seen: Period) -> Iterator[Row]:
    """Who is on the roster on the last day seen: a state, not a sum over the period."""
    for fact in material.people:
        if fact.on(seen.end) and figure.where.standing in (None, fact.standing):
            yield _person_row("member", fact, seen)


def committee_rows(figure: Figure, material: Material, period: Period, seen: Period) -> Iterator[Row]:
    """Who is on the committee on the last day seen; one who holds two offices is one person."""
    people = {fact.member_id: fact for fact in material.committee if fact.on(seen.end)}
    for fact in people.values():
        yield _person_row("committee", fact, seen)


def _person_row(noun: str, fact: PersonFact, seen: Period) -> Row:
    return Row(noun, fact.member_id, "", seen.end, fact.name, fact.unit_id)


def problem_rows(figure: Figure, material: Material, period: Period, seen: Period) -> Iterator[Row]:
    for fact in _problems(figure, material, period, seen):
        closed = fact.closed_on is not None and fact.closed_on <= seen.end
        if figure.where.status == "closed" and not closed:
            continue
        amount = float(closed) if figure.amount == "closed" else 1
        note = "已销号" if closed else "整改中"
        yield Row(
            "problem",
            fact.id,
            fact.number,
            fact.found_on,
            fact.title,
            fact.unit_id,
            amount,
            1,
            note,
            (),
            fact.entered_on,
        )


def measure_rows(figure: Figure, material: Material, period: Period, seen: Period) -> Iterator[Row]:
    for fact in _problems(figure, material, period, seen):
        for pk, text in fact.measures:
            yield Row("measure", pk, fact.number, fact.found_on, text, fact.unit_id, entered_on=fact.entered_on)


def _problems(figure: Figure, material: Material, period: Period, seen: Period) -> Iterator[ProblemFact]:
    for fact in material.problems:
        if fact.found_on <= seen.end and in_time(figure, fact.found_on, fact.for_year, period, seen):
            yield fact


ROWS: dict[str, Callable[[Figure, Material, Period, Period], Iterator[Row]]] = {
    "activity": activity_rows,
    "resolution": resolution_rows,
    "first_topic": first_topic_rows,
    "member": member_rows,
    "committee": committee_rows,
    "problem": problem_rows,
    "measure": measure_rows,
}
