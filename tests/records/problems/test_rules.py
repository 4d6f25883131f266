"""How a problem stands on a day."""

from datetime import date

import pytest

from youju.records.problems.rules import Stage, pace

TODAY = date(2026, 11, 20)
PAST, SOON, DONE = date(2026, 11, 19), date(2026, 11, 21), date(2026, 11, 1)


@pytest.mark.parametrize(
    ("measures", "stage", "due", "all_done"),
    [
        ([], Stage.GOING, None, False),
        ([(PAST, None)], Stage.OVERDUE, PAST, False),
        ([(TODAY, None)], Stage.GOING, TODAY, False),
        ([(SOON, None), (PAST, DONE)], Stage.GOING, SOON, False),
        ([(None, None)], Stage.GOING, None, False),
        ([(PAST, DONE)], Stage.GOING, None, True),
        ([(PAST, SOON)], Stage.OVERDUE, PAST, False),  # on that day it was not done yet
    ],
)
def test_it_stands(
    measures: list[tuple[date | None, date | None]], stage: Stage, due: date | None, all_done: bool
) -> None:
    found = pace(closed_on=None, measures=measures, on=TODAY)
    assert (found.stage, found.next_due, found.all_done) == (stage, due, all_done)


def test_it_is_closed_from_its_day_on() -> None:
    assert pace(closed_on=TODAY, measures=[(PAST, DONE)], on=TODAY).stage is Stage.CLOSED
    assert pace(closed_on=TODAY, measures=[(PAST, DONE)], on=DONE).stage is Stage.GOING
