"""诉求 with a day: owed by it, done by the reply. A superior reads standings too, so none says what was asked for."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.db.models import Q

from youju.duties.asking import Asked
from youju.duties.values import Due, Standing, Status
from youju.kit.periods import Period
from youju.people.listed import Listed
from youju.records.models import Request


def standings(asked: Asked) -> dict[int, list[Standing]]:
    """Requests promised for the years asked for; carried, also the earlier ones that nobody has answered."""
    in_years = Q(due_on__year__gte=asked.years[0], due_on__year__lte=asked.years[-1])
    still_open = Q(replied_on__isnull=True) | Q(replied_on__year__gte=asked.years[0])
    wanted = (in_years | still_open) if asked.carried else in_years
    rows = Request.objects.filter(wanted, unit_id__in=Listed(asked.ids), due_on__isnull=False, raised_on__lte=asked.on)
    # What was erased is waited for no longer.
    rows = rows.exclude(erased_at__isnull=False, replied_on__isnull=True).order_by("due_on", "pk")
    found: defaultdict[int, list[Standing]] = defaultdict(list)
    for pk, unit_id, number, raised, due, replied in rows.values_list(
        "pk", "unit_id", "number", "raised_on", "due_on", "replied_on"
    ):
        if due is not None:
            found[unit_id].append(_standing(asked.on, pk, unit_id, number, raised, due, replied))
    return found


def _standing(
    on: date, pk: int, unit_id: int, number: str, raised: date, due_on: date | None, replied: date | None
) -> Standing:
    assert due_on is not None
    due = Due(
        source="request",
        source_id=str(pk),
        title=f"办理诉求 {number}",
        label="诉求",
        basis="走访时答应的时限",
        period=Period(raised, max(raised, due_on)),
        opens_on=raised,
        owed_by=due_on,
        unit_id=unit_id,
        verb="answer_request",
    )
    done = replied is not None and replied <= on
    status = Status.DONE if done else Status.LATE if on > due_on else Status.OPEN
    return Standing(
        due=due, on=on, status=status, done=int(done), day=replied if done else None, sentence="",
        initial={"unit": str(unit_id), "number": number},
    )  # fmt: skip
