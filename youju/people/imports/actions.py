"""Taking over a table of members, and remembering what its headings mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from youju.journal import actions as journal
from youju.journal.values import Actor
from youju.kit.refusal import Refusal
from youju.kit.zone import local_day
from youju.paper.reading.columns import Line
from youju.people.imports.models import Headings
from youju.people.imports.queries import judge_members, settled_headings
from youju.people.imports.values import Fault, Imported, Judged, MemberDraft, Table
from youju.people.members.actions import admit_member
from youju.people.posts.actions import appoint
from youju.people.posts.values import Title
from youju.people.units.models import Unit

PLACES = {"title": "titles", "unit": "unit", "name": "name", "since": "since"}


def import_members(*, unit: Unit, rows: Sequence[Line], by: Actor | None, at: datetime) -> Imported[MemberDraft]:
    """导入党员: every good row becomes a member, the others come back with their faults. All of it or nothing of it.

    The rows are judged once more, against the roster of this moment.
    """
    kept, faulty = 0, []
    with transaction.atomic():
        Unit.objects.select_for_update().get(pk=unit.pk)  # of two imports at once, the second sees what the first kept
        judged = judge_members(unit, rows, today=local_day(at))
        for row in judged:
            if row.draft is None:
                continue
            try:
                with transaction.atomic():
                    _admit(unit, row.draft, by=by, at=at)
                kept += 1
            except Refusal as refusal:
                column = PLACES.get(refusal.field, "")
                faulty.append(replace(row, draft=None, faults=(Fault(column, refusal.sentence),)))
        skipped = sum(bool(row.note) for row in judged)
        faulty += [row for row in judged if row.faults]
        if kept:
            _note(unit, Table.MEMBERS, f"导入党员{kept}名，跳过{skipped}行", by=by, at=at)
    return Imported[MemberDraft](kept, skipped, tuple(sorted(faulty, key=_number)))


def settle_headings(*, unit: Unit, table: Table, meant: Mapping[str, str], by: Actor | None, at: datetime) -> None:
    """记住表头对照 for the next time; writes nothing when nothing is new."""
    before = settled_headings(unit, table)
    now = before | {heading[:60]: column for heading, column in meant.items() if heading}
    if now == before or len(now) > 400:
        return
    with transaction.atomic():
        Headings.objects.update_or_create(unit=unit, table=table, defaults={"meant": now})
        _note(unit, table, "表头对照", by=by, at=at, verb="记住表头")


def _number(row: Judged[MemberDraft]) -> int:
    return row.line.number


def _admit(unit: Unit, draft: MemberDraft, *, by: Actor | None, at: datetime) -> None:
    home = Unit.objects.get(pk=draft.unit_id)
    member = admit_member(name=draft.name, unit=home, standing=draft.standing, since=draft.since, by=by, at=at)
    for title in draft.titles:
        where = home if title is Title.GROUP_LEADER else unit
        appoint(member=member, unit=where, title=title, since=draft.appointed_on or draft.since, by=by, at=at)


def _note(unit: Unit, table: Table, summary: str, *, by: Actor | None, at: datetime, verb: str = "导入") -> None:
    journal.write_line(
        by=by, at=at, verb=verb, room="people", noun="import", object_id=unit.pk, unit_id=unit.pk,
        summary=f"{table.value}：{summary}",
    )  # fmt: skip
