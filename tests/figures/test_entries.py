"""What stands beside the sessions: projects, households, items of lists, counted by one rule each."""

from __future__ import annotations

from datetime import date

import pytest

from youju.figures.figure import Figure, Measure, Where
from youju.figures.rules import answer
from youju.figures.values import EntryFact, Material
from youju.kit.periods import Period

YEAR, AS_OF = Period.year(2026), date(2026, 11, 20)


def fact(pk: int, day: date, **more: object) -> EntryFact:
    return EntryFact(pk, f"2026-项目-{pk:02d}", "secretary", f"第{pk}个", day, day.year, 1, day, **more)  # type: ignore[arg-type]


def asked(figure: Figure, *facts: EntryFact) -> int | float:
    material = Material(1, YEAR, (), (), (), (), entries={figure.of: facts})
    return answer(figure, material, YEAR, AS_OF).value


def figure(of: str, **more: object) -> Figure:
    return Figure(id="甲", of=of, unit=more.pop("unit", "个"), say="甲{n}", **more)  # type: ignore[arg-type]


def test_projects_of_the_year_are_counted_and_of_those_the_finished_by_the_day_of_asking() -> None:
    rows = (
        fact(1, date(2026, 1, 5), closed_on=date(2026, 6, 1)),
        fact(2, date(2026, 2, 5), closed_on=date(2026, 12, 1)),
        fact(3, date(2025, 2, 5), closed_on=date(2026, 3, 1)),
    )
    assert asked(figure("project"), *rows) == 2
    assert asked(figure("project", where=Where(status="closed")), *rows) == 1
    assert asked(figure("project", where=Where(status="open")), *rows) == 1
    assert asked(figure("project", measure=Measure.SHARE, amount="closed", unit="%"), *rows) == 50


def test_a_household_counts_while_it_is_on_the_register_and_is_reached_once_however_often_visited() -> None:
    rows = (
        fact(1, date(2020, 1, 5), touched=(date(2026, 3, 1), date(2026, 5, 1))),
        fact(2, date(2020, 1, 5), touched=(date(2026, 12, 1),)),
        fact(3, date(2020, 1, 5)),
        fact(4, date(2020, 1, 5), closed_on=date(2026, 11, 1), touched=(date(2026, 3, 1),)),
    )
    assert asked(figure("subject"), *rows) == 3
    assert asked(figure("reach", measure=Measure.SUM, amount="reached"), *rows) == 1
    assert asked(figure("reach", measure=Measure.SHARE, amount="reached", unit="%"), *rows) == 33.3


def test_a_figure_never_reads_what_was_not_loaded_as_nothing() -> None:
    with pytest.raises(LookupError):
        answer(figure("project"), Material(1, YEAR, (), (), (), ()), YEAR, AS_OF)
