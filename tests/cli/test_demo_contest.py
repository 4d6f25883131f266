"""The demonstration's library branch held a contest on what it had studied: drawn beforehand, counted by its record."""

from __future__ import annotations

from datetime import date

import pytest

from youju.cli.demonstration import builder
from youju.figures.queries import ask
from youju.kit.periods import Period
from youju.people.models import Unit
from youju.study.contests.queries import contests_of, find, recomputed, torn
from youju.study.contests.values import Stage


@pytest.mark.django_db
def test_the_contest_was_drawn_before_its_record_which_alone_is_counted() -> None:
    on = date(2024, 8, 20)
    builder.build(on=on, first_year=2024)
    unit = Unit.objects.get(name__contains="图书馆", kind="branch")
    (held,) = contests_of(unit)
    contest = find(unit, held.pk)
    assert contest and contest.stage is Stage.HELD and contest.record
    assert contest.drawn_on < contest.record.held_on == contest.day and recomputed(contest)
    assert ask("知识竞赛次数", unit, Period.year(2024), as_of=on).value == 1 and list(torn()) == []
