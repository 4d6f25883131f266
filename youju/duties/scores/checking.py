"""Are the stored scores what a rebuild gives, and the totals what the scores add up to?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from youju.duties.scores.computing import computed
from youju.duties.scores.models import ScoreTotal, UnitScore
from youju.duties.scores.packing import tally_from
from youju.duties.scores.queries import as_score
from youju.duties.scores.values import Tally
from youju.people.models import Unit
from youju.people.units.values import ancestors

AT_ONCE = 200


def differing() -> Iterator[str]:
    """A sentence for each unit and year, and each total, that is not as it should be. What is only stale is no fault."""
    for year in UnitScore.objects.order_by("year").values_list("year", flat=True).distinct():
        totals: dict[str, Tally] = {}
        rows = UnitScore.objects.filter(year=year).order_by("path").iterator(chunk_size=AT_ONCE)
        while some := list(islice(rows, AT_ONCE)):
            yield from _unlike(some, year)
            for row in some:
                for path in ("", *ancestors(row.path)[:-1]):
                    totals.setdefault(path, Tally()).add(as_score(row))
        yield from _wrong_totals(totals, year)


def _unlike(rows: list[UnitScore], year: int) -> Iterator[str]:
    now = computed([row.unit_id for row in rows], year)
    names = dict(Unit.objects.filter(pk__in=[row.unit_id for row in rows]).values_list("pk", "short_name"))
    for row in rows:
        one = now.get(row.unit_id)
        if one is None:
            yield f"{year}年有一行办理情况不属于任何支部。"
        elif (one.version, one.rules) == (row.version, row.rules) and one.score != as_score(row):
            yield f"{names[row.unit_id]}{year}年的办理情况与台账重算的不一致。"


def _wrong_totals(totals: dict[str, Tally], year: int) -> Iterator[str]:
    stored = {
        path: tally_from(body, year)
        for path, body in ScoreTotal.objects.filter(year=year).values_list("path", "body").iterator()
    }
    none = Tally()
    paths = stored.keys() | totals.keys()
    wrong = sum(stored.get(path, none).parts != totals.get(path, none).parts for path in paths)
    if wrong:
        yield f"{year}年有{wrong}个组织的办理情况合计与各支部加起来的不一致。"
