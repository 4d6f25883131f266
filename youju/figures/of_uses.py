"""学以致用 as figures count it: one entry for each material that was put to use in one place."""

from __future__ import annotations

from collections.abc import Iterator

from youju.figures.values import EntryFact
from youju.kit.periods import Period
from youju.kit.zone import local_day
from youju.people.listed import Listed
from youju.study.uses.queries import used_in


def use_entries(unit_ids: Listed, period: Period) -> Iterator[EntryFact]:
    for one in used_in(unit_ids, period):
        yield EntryFact(
            one.use_id, one.number, one.place.value, one.studied, one.day, one.day.year, one.ledger_id,
            local_day(one.entered_at), note=one.place.zh,
        )  # fmt: skip
