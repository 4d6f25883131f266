"""清单事项 with a rhythm: owed once in each of its periods, done by the check that is written beside it.

A superior reads standings too: what the item says and who answers for it stands on its own page and in no standing.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from youju.duties.asking import Asked
from youju.duties.values import Due, Standing, Status, period_code
from youju.kit.periods import Period
from youju.people.listed import Listed
from youju.records.lists.queries import check_days
from youju.records.lists.rules import owed
from youju.records.lists.values import Owed, Rhythm
from youju.records.models import ListItem


def standings(asked: Asked) -> dict[int, list[Standing]]:
    """What the years asked for owe; carried, also what was to be done once in an earlier one and was not."""
    rows = ListItem.objects.filter(unit_id__in=Listed(asked.ids), since__lte=asked.on).exclude(rhythm=Rhythm.NONE)
    items = list(rows.exclude(until__lt=date(asked.years[0], 1, 1)).order_by("pk"))
    if not items:
        return {}
    days = check_days(item.pk for item in items)
    years = Period(date(asked.years[0], 1, 1), date(asked.years[-1], 12, 31))
    found: defaultdict[int, list[Standing]] = defaultdict(list)
    for item in items:
        once = item.rhythm == Rhythm.ONCE
        carried = once and asked.carried and item.first_due is not None and not days.get(item.pk)
        times = owed(
            rhythm=Rhythm(item.rhythm), since=item.since, first=item.first_due, until=item.until,
            checks=days.get(item.pk, ()),
            asked=Period(min(years.start, item.first_due), years.end) if carried and item.first_due else years,
        )  # fmt: skip
        # Done after the turn of the year, it is still of the year in which it was owed.
        times = [one for one in times if asked.carried or one.owed_by in years]
        found[item.unit_id] += [_standing(item, one, asked.on) for one in times]
    return found


def _standing(item: ListItem, one: Owed, on: date) -> Standing:
    due = Due(
        source="item",
        source_id=f"{item.pk}-{period_code(one.period)}" if item.rhythm != Rhythm.ONCE else str(item.pk),
        title=f"检查{item.number}",
        label="清单检查",
        basis=f"{item.of.zh}　{Rhythm(item.rhythm).zh}",
        period=one.period,
        opens_on=one.period.start,
        owed_by=one.owed_by,
        unit_id=item.unit_id,
        verb="check_item",
    )
    done = one.done_on is not None and one.done_on <= on
    before = Status.NOT_YET if on < due.opens_on else Status.OPEN
    status = Status.DONE if done else Status.LATE if on > one.owed_by else before
    return Standing(
        due=due, on=on, status=status, done=int(done), day=one.done_on if done else None, sentence="",
        initial={"unit": str(item.unit_id), "number": item.number},
    )  # fmt: skip
