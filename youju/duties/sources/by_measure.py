"""整改措施 with a date: owed by their day, done by the proof that is written beside them."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.db.models import Q

from youju.duties.asking import Asked
from youju.duties.sources.dated import asked_for
from youju.duties.values import Due, Standing, Status
from youju.kit.periods import Period
from youju.people.listed import Listed
from youju.people.written_once import Rows, written_once
from youju.records.models import Measure


def standings(asked: Asked) -> dict[int, list[Standing]]:
    """Measures due in the years asked for; carried, also the earlier ones that are still open."""
    owed = _owed(Listed(asked.ids), asked.first_day, asked.last_day, asked.on, carried=asked.carried)
    ids = [pk for (pk,) in owed]
    found: defaultdict[int, list[Standing]] = defaultdict(list)
    rows = Measure.objects.filter(pk__in=Listed(ids)).order_by("due_on", "pk").select_related("problem", "owner")
    for row in rows if ids else ():
        found[row.problem.unit_id].append(_standing(row, asked.on))
    return found


@written_once
def _owed(units: Listed, first: date, last: date, on: date, *, carried: bool) -> Rows:
    wanted = asked_for(first, last, carried=carried)
    # Of a problem that is closed nothing is owed any more; what was carried out stays done.
    standing = Q(problem__closed_on__isnull=True) | Q(done_on__isnull=False)
    rows = Measure.objects.filter(wanted, standing, problem__unit_id__in=units, problem__found_on__lte=on)
    return rows.values_list("pk")


def _standing(row: Measure, on: date) -> Standing:
    assert row.due_on is not None
    problem = row.problem
    owner = f" · 责任人 {row.owner.name}" if row.owner else ""
    due = Due(
        source="measure",
        source_id=str(row.pk),
        title=f"整改：{problem.title}",
        label="整改措施",
        basis=problem.source_note or problem.get_source_display(),
        period=Period(problem.found_on, max(problem.found_on, row.due_on)),
        opens_on=problem.found_on,
        owed_by=row.due_on,
        unit_id=problem.unit_id,
        verb="finish_measure",
        note=f"{row.text}{owner}",
    )
    done = row.done_on is not None and row.done_on <= on
    status = Status.DONE if done else Status.LATE if on > row.due_on else Status.OPEN
    return Standing(
        due=due, on=on, status=status, done=int(done), day=row.done_on if done else None, sentence=due.note,
        initial={"problem": problem.number, "measure": str(row.pk), "unit": str(problem.unit_id)},
    )  # fmt: skip
