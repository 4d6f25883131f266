"""Judging the rows of a member table against the roster as it stands; nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import F

from youju.kit.zone import local_day
from youju.paper.reading.columns import Line
from youju.people.imports.models import Batch, Headings
from youju.people.imports.rules import member_of
from youju.people.imports.values import Fault, Judged, MemberDraft, Table
from youju.people.members.models import Membership
from youju.people.units.models import Unit
from youju.people.units.queries import groups_of


def settled_headings(unit: Unit, table: Table) -> dict[str, str]:
    """What this unit said its headings mean, the last time."""
    row = Headings.objects.filter(unit=unit, table=table).first()
    return {str(key): str(value) for key, value in row.meant.items()} if row else {}


def batch_of(unit: Unit, table: Table, pk: int) -> Batch | None:
    return Batch.objects.filter(unit=unit, table=table, pk=pk).select_related("unit").first()


def broken_off(unit: Unit, table: Table) -> list[Batch]:
    """Imports that were confirmed and have not come to their end, latest first."""
    waiting = Batch.objects.filter(unit=unit, table=table, reached__lt=F("total"))
    return list(waiting.defer("packed").order_by("-at", "-pk"))


def judge_members(*, unit: Unit, rows: Sequence[Line], at: datetime) -> list[Judged[MemberDraft]]:
    """Each row by itself, against the roster and against the rows above it.

    The same name, unit and day is the same entry and is skipped; the same name otherwise is refused, since it is nearly
    always the same person.
    """
    today = local_day(at)
    units = _names(unit, today)
    known: dict[str, list[Membership]] = {}
    for row in Membership.objects.in_unit(unit).select_related("member", "unit").order_by("since"):
        known.setdefault(row.member.name, []).append(row)
    above: dict[str, tuple[int, MemberDraft]] = {}
    judged = []
    for line in rows:
        draft, faults = member_of(line, units=units, home=unit.pk, today=today)
        if draft is None:
            judged.append(Judged[MemberDraft](line, faults=faults))
            continue
        number, before = above.get(draft.name, (0, None))
        if any((row.unit_id, row.since) == (draft.unit_id, draft.since) for row in known.get(draft.name, ())):
            judged.append(Judged(line, note="名册里已有，跳过"))
        elif draft.name in known:
            row = known[draft.name][-1]
            sentence = (
                f"名册里已有“{draft.name}”（{row.unit.short_name}，{row.since}起）。是同一个人就不用再加；"
                "是另一个人请在姓名后注明以便区分。"
            )
            judged.append(Judged(line, faults=(Fault("name", sentence),)))
        elif before == draft:
            judged.append(Judged(line, note=f"与第{number}行相同，跳过"))
        elif before is not None:
            sentence = f"第{number}行也是“{draft.name}”。是同一个人请删去一行；是另一个人请在姓名后注明以便区分。"
            judged.append(Judged(line, faults=(Fault("name", sentence),)))
        else:
            above[draft.name] = (line.number, draft)
            judged.append(Judged(line, draft))
    return judged


def _names(unit: Unit, today: date) -> dict[str, int]:
    """Units by short name, full name and code; a group also without the words 党小组 behind it."""
    found: dict[str, int] = {}
    for one in (*groups_of(unit, on=today), unit):
        for name in (one.short_name, one.name, one.code, one.short_name.removesuffix("党小组")):
            found[name] = one.pk
    return found
