"""The demonstration's library branch: its reading is checked by a draw each quarter, its months are planned, and what it used is written down."""

from __future__ import annotations

from datetime import date

import pytest

from youju.cli.demonstration import builder
from youju.figures.queries import ask
from youju.kit.periods import Period
from youju.people.models import Unit
from youju.study.spotchecks.queries import checks_of, met, recomputed
from youju.study.spotchecks.values import Stage
from youju.study.units.queries import standings
from youju.upkeep.verify import faults


@pytest.mark.django_db
def test_draws_name_whom_the_records_met_and_uses_are_counted() -> None:
    on = date(2023, 11, 20)
    builder.build(on=on, first_year=2023)
    unit = Unit.objects.get(name__contains="图书馆", kind="branch")
    checks = checks_of(unit, year=2023)
    assert [check.quarter for check in checks] == [4, 3, 2, 1] and all(map(recomputed, checks))
    assert [check.stage for check in checks[1:]] == [Stage.HELD] * 3
    assert all(met(check) == check.size for check in checks[1:])
    answer = ask("学以致用件数", unit, Period.year(2023), as_of=on)
    assert answer.value >= 2 and {row.note for row in answer.rows} >= {"走访和办实事"}
    planned = standings(unit, year=2023, on=on)
    assert len(planned) == 12 and sum(bool(one.sessions) for one in planned) >= 7
    assert faults() == []
