"""Taking over a table of sessions. Judging stands here too, since it asks the same questions as recording."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from youju.journal import actions as journal
from youju.journal.values import Actor
from youju.kit.refusal import Refusal
from youju.paper.reading.columns import Line
from youju.people.imports.values import Fault, Imported, Judged
from youju.people.units.models import Unit
from youju.people.units.queries import ledger_unit
from youju.records.activities.actions import may_record, record_activity
from youju.records.activities.values import Status
from youju.records.imports.queries import Ledger, row_of
from youju.records.imports.rules import read_row
from youju.records.imports.values import SessionRow

#: Where a refusal of the ledger stands in the table.
PLACES = {
    "kinds": "kinds", "title": "title", "place": "place", "starts_at": "day", "ends_at": "end", "agenda": "agenda",
    "outcome": "outcome", "for_year": "for_year", "chair": "chair", "recorder": "recorder", "lecturer": "lecturer",
    "transcribed_from": "transcribed_from", "guests": "guests", "form": "forms", "topic": "topics", "group": "groups",
    "business": "business", "sources": "studied",
}  # fmt: skip


def judge_sessions(*, unit: Unit, rows: Sequence[Line], at: datetime) -> list[Judged[SessionRow]]:
    """What would become of each row; nothing is written."""
    ledger = Ledger(ledger_unit(unit))
    units: dict[int, Unit] = {}
    above: dict[str, int] = {}
    judged = []
    read = [_read(ledger, line) for line in rows]
    known = ledger.keys([row for row, _ in read if row])
    for line, (row, more) in zip(rows, read, strict=True):
        if row is None:
            judged.append(Judged[SessionRow](line, faults=more))
            continue
        there = known.get(row.key)
        if there and there.status == Status.REMOVED:
            sentence = f"这一行导入过，记录 {there.number} 后来删除了；要恢复请用“记一次”重记。"
            judged.append(Judged(line, faults=(Fault("", sentence),)))
        elif there:
            judged.append(Judged(line, note=f"台账里已有（{there.number}），跳过"))
        elif more:
            judged.append(Judged[SessionRow](line, faults=more))
        elif row.key in above:
            judged.append(Judged(line, note=f"与第{above[row.key]}行相同，跳过"))
        else:
            if row.unit_id not in units:
                units[row.unit_id] = Unit.objects.get(pk=row.unit_id)
            fault = _refused(units[row.unit_id], row, at)
            judged.append(Judged(line, row, faults=(fault,)) if fault else Judged(line, row))
            if not fault:
                above[row.key] = line.number
    return judged


def _read(ledger: Ledger, line: Line) -> tuple[SessionRow | None, tuple[Fault, ...]]:
    said, faults = read_row(line)
    return row_of(ledger, said) if said else (None, faults)


def import_sessions(*, unit: Unit, rows: Sequence[Line], by: Actor | None, at: datetime) -> Imported[SessionRow]:
    """导入台账: every good row becomes a record, the others come back with their faults. All of it or nothing of it.

    The rows are judged once more, against the ledger of this moment; the key of a row is the form it was sent with, so
    that of two imports at once none is recorded twice.
    """
    keeper, kept, faulty = ledger_unit(unit), 0, []
    with transaction.atomic():
        Unit.objects.select_for_update().get(pk=keeper.pk)
        judged = judge_sessions(unit=keeper, rows=rows, at=at)
        for row in judged:
            if not row.good or row.draft is None:
                continue
            host = Unit.objects.get(pk=row.draft.unit_id)
            try:
                record_activity(unit=host, draft=row.draft.draft, by=by, at=at, form_key=row.draft.key)
                kept += 1
            except Refusal as refusal:
                faulty.append(replace(row, draft=None, faults=(_fault(refusal),)))
        skipped = sum(bool(row.note) for row in judged)
        faulty += [row for row in judged if row.faults]
        if kept:
            journal.write_line(
                by=by, at=at, verb="导入", room="records", noun="import", object_id=keeper.pk, unit_id=keeper.pk,
                summary=f"导入记录{kept}条，跳过{skipped}行",
            )  # fmt: skip
    return Imported[SessionRow](kept, skipped, tuple(sorted(faulty, key=lambda row: row.line.number)))


def _refused(unit: Unit, row: SessionRow, at: datetime) -> Fault | None:
    try:
        may_record(unit=unit, draft=row.draft, at=at)
    except Refusal as refusal:
        return _fault(refusal)
    return None


def _fault(refusal: Refusal) -> Fault:
    return Fault(PLACES.get(refusal.field, ""), refusal.sentence)
