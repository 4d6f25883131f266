"""补学 as figures count it: one entry for each member who caught up on one unit of study, and in it no name."""

from __future__ import annotations

from collections.abc import Iterator

from youju.figures.values import EntryFact
from youju.kit.periods import Period
from youju.people.listed import Listed
from youju.study.units.queries import standings_in


def make_up_entries(unit_ids: Listed, period: Period) -> Iterator[EntryFact]:
    """Dated by the day on which he caught up, which lies within the unit's own year."""
    for one in standings_in(unit_ids, period, on=period.end):
        for place, made in enumerate(sorted(one.make_up, key=lambda made: made.member_id)):
            if made.on is not None and made.on in period:
                yield EntryFact(
                    one.unit.pk * 10_000 + place, "", "make_up", one.unit.title, made.on, made.on.year,
                    one.unit.ledger_id, made.on, note="补学",
                )  # fmt: skip
