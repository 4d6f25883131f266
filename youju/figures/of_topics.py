"""专题覆盖 as figures count it: one entry for each topic of a ledger's tree, with the days on which something touched it."""

from __future__ import annotations

from collections.abc import Iterator

from youju.figures.study_map import study_maps
from youju.figures.values import EntryFact
from youju.kit.periods import Period
from youju.people.listed import Listed
from youju.people.models import Unit
from youju.study.curriculum.models import Topic


def topic_entries(unit_ids: Listed, period: Period) -> Iterator[EntryFact]:
    """The topics that the map of study counts, as it tells them: the tree of today, and what touched it in the period."""
    planted = Topic.objects.in_use().filter(ledger_id__in=unit_ids).values("ledger_id")
    years, start = period.years(), period.start
    for ledger, chart in study_maps(Unit.objects.filter(pk__in=planted), years, as_of=period.end).items():
        for node in chart.leaves:
            touches = [touch for year in years for touch in chart.cell(node.id, year).touches]
            days = tuple(touch.row.day for touch in touches if touch.row.day in period)
            yield EntryFact(node.id, "", "topic", node.title, start, start.year, ledger, start, touched=days)
