"""Where the entries that figures count are loaded from: one function a row type, for many scopes at once.

A source gives the facts of some units that a period may ask for, in a fixed number of queries: what is dated in the
period or belongs to one of its years; of a register, all that stood on it at any time of the period.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from youju.figures import entry_projects, entry_publicity, of_lists
from youju.figures.of_fees import fee_entries
from youju.figures.of_readings import reading_entries
from youju.figures.of_registers import reach_entries, request_entries, subject_entries
from youju.figures.of_talks import pair_entries
from youju.figures.values import EntryFact
from youju.kit.periods import Period
from youju.people.listed import Listed

SOURCES: dict[str, Callable[[Listed, Period], Iterable[EntryFact]]] = {
    "project": entry_projects.projects,
    "milestone": entry_projects.milestones,
    "campaign": entry_projects.campaigns,
    "campaign_task": entry_projects.campaign_tasks,
    "item": of_lists.items,
    "check": of_lists.checks,
    "subject": subject_entries,
    "reach": reach_entries,
    "request": request_entries,
    "publication": entry_publicity.publications,
    "pair": pair_entries,
    "fee": fee_entries,
    "reading": reading_entries,
}


def entries_of(row_types: Collection[str], unit_ids: Listed, period: Period) -> dict[str, list[EntryFact]]:
    """The facts of each row type, dated order."""
    return {
        name: sorted(SOURCES[name](unit_ids, period), key=lambda fact: (fact.day, fact.id))
        for name in sorted(row_types)
    }
