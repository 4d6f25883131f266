"""Where the entries that figures count are loaded from: for many scopes at once.

A source gives the facts of some units that a period may ask for, in a fixed number of queries: what is dated in the
period or belongs to one of its years; of a register, all that stood on it at any time of the period.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

from youju.figures import entry_projects, entry_publicity
from youju.figures.of_deliveries import delivery_entries
from youju.figures.of_fees import fee_entries
from youju.figures.of_lists import list_entries
from youju.figures.of_readings import reading_entries
from youju.figures.of_registers import register_entries, request_entries
from youju.figures.of_talks import pair_entries
from youju.figures.of_topics import topic_entries
from youju.figures.of_units import make_up_entries
from youju.figures.of_uses import use_entries
from youju.figures.values import EntryFact
from youju.kit.periods import Period
from youju.people.listed import Listed

SOURCES: dict[str, Callable[[Listed, Period], Iterable[EntryFact]]] = {
    "project": entry_projects.projects,
    "milestone": entry_projects.milestones,
    "campaign": entry_projects.campaigns,
    "campaign_task": entry_projects.campaign_tasks,
    "request": request_entries,
    "publication": entry_publicity.publications,
    "pair": pair_entries,
    "fee": fee_entries,
    "reading": reading_entries,
    "use": use_entries,
    "make_up": make_up_entries,
    "topic": topic_entries,
}
# Of two row types told from the same rows; what is not asked is not made.
SHARED: dict[tuple[str, str], Callable[[Listed, Period], Mapping[str, Iterable[EntryFact]]]] = {
    ("subject", "reach"): register_entries,
    ("item", "check"): list_entries,
    ("delivery", "brought"): delivery_entries,
}


def entries_of(row_types: Collection[str], unit_ids: Listed, period: Period) -> dict[str, list[EntryFact]]:
    """The facts of each row type, dated order."""
    asked = frozenset(row_types)
    facts = {name: SOURCES[name](unit_ids, period) for name in asked & SOURCES.keys()}
    for names, source in SHARED.items():
        if not asked.isdisjoint(names):
            facts |= source(unit_ids, period)
    return {name: sorted(facts[name], key=lambda fact: (fact.day, fact.id)) for name in sorted(asked)}
