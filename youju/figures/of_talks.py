"""谈心谈话 as the entries that figures count: one fact for each pair or member of whom a talk is owed in a year.

All three requirements of the regulation are asked; what a unit switches off for itself changes what it owes, no figure.
A fact says which requirement it is and never who: its title goes wherever a number goes.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from youju.figures.values import EntryFact
from youju.kit.periods import Period
from youju.people.listed import Listed
from youju.records.talks.queries import ledgers_in


def pair_entries(unit_ids: Listed, period: Period) -> Iterable[EntryFact]:
    """It stands from the first day of its year to the last, and is reached on the days of its talks."""
    for year in period.years():
        first, after = date(year, 1, 1), date(year + 1, 1, 1)
        for unit_id, ledger in ledgers_in(unit_ids, year).items():
            for place, need in enumerate(ledger.of(year).needs, 1):
                yield EntryFact(
                    (unit_id * 10_000 + year) * 100_000 + place, "", need.requirement.value, need.requirement.zh, first, year, unit_id, first,
                    closed_on=after, touched=need.days, note="已谈" if need.met else "还没谈",
                )  # fmt: skip
