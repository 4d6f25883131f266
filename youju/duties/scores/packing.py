"""Scores and tallies as the text that is stored: days as numbers from the first of the year, since there are very many."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import Any

from youju.duties.scores.values import Owed, Part, Score, Settled, Tally


def packed_score(score: Score) -> str:
    rows: defaultdict[str, list[list[Any]]] = defaultdict(list)
    for one in score.owed:
        row: list[Any] = [
            one.code, _day(one.opens_on, score.year), _day(one.owed_by, score.year), one.target, one.done,
            one.settled.value, int(one.shared),
        ]  # fmt: skip
        if one.planned_on or one.steps:
            row.append(_day(one.planned_on, score.year))
            row.append([[_day(day, score.year), many] for day, many in one.steps])
        rows[one.matter].append(row)
    return _text([dict(score.names), rows])


def score_from(text: str, *, unit_id: int, path: str, year: int, since: date | None, until: date | None) -> Score:
    names, rows = json.loads(text)
    owed = tuple(_owed(matter, row, year) for matter, mine in rows.items() for row in mine)
    return Score(unit_id, path, year, since, until, owed, tuple(sorted(names.items())))


def _owed(matter: str, row: list[Any], year: int) -> Owed:
    code, opens, owed, target, done, settled, shared, *more = row
    planned, steps = more or (None, ())
    return Owed(
        matter=matter, code=code, opens_on=_date(opens, year), owed_by=_date(owed, year), target=target, done=done,
        settled=Settled(settled), shared=bool(shared),
        planned_on=None if planned is None else _date(planned, year),
        steps=tuple((_date(day, year), many) for day, many in steps),
    )  # fmt: skip


def packed_tally(tally: Tally, year: int) -> str:
    parts = [
        [
            [_day(day, year) for day in span],
            part.units,
            sorted([_day(day, year), many] for day, many in part.overdue.items()),
            sorted([matter, _day(day, year), many] for (matter, day), many in part.behind.items()),
            sorted(
                [matter, code, _day(opens, year), _day(owed, year), settled.value, many]
                for (matter, code, opens, owed, settled), many in part.cells.items()
            ),
        ]
        for span, part in sorted(tally.parts.items(), key=lambda item: str(item[0]))
    ]
    return _text([dict(sorted(tally.names.items())), parts])


def tally_from(text: str, year: int) -> Tally:
    names, parts = json.loads(text)
    tally = Tally(names=names)
    for (since, until), units, overdue, behind, cells in parts:
        tally.parts[_span(since, year), _span(until, year)] = Part(
            units=units,
            overdue=Counter({_date(day, year): many for day, many in overdue}),
            behind=Counter({(matter, _date(day, year)): many for matter, day, many in behind}),
            cells=Counter({
                (matter, code, _date(opens, year), _date(owed, year), Settled(settled)): many
                for matter, code, opens, owed, settled, many in cells
            }),
        )  # fmt: skip
    return tally


def _span(number: int | None, year: int) -> date | None:
    return None if number is None else _date(number, year)


def _day(day: date | None, year: int) -> int | None:
    return None if day is None else (day - date(year, 1, 1)).days


def _date(number: int, year: int) -> date:
    return date(year, 1, 1) + timedelta(days=number)


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
