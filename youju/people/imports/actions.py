"""Taking over a table of members, and remembering what its headings mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from django.db import transaction

from youju.journal import actions as journal
from youju.journal.values import Actor
from youju.kit.refusal import Refusal
from youju.paper.reading.columns import Line
from youju.people.imports.models import Batch, Headings
from youju.people.imports.queries import judge_members, settled_headings
from youju.people.imports.rules import pack, unpack
from youju.people.imports.values import Fault, Imported, Judged, MemberDraft, Parcel, Table
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
        judged = judge_members(unit=unit, rows=rows, at=at)
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


#: How many rows one transaction takes: about a second, and then the others may write.
A_PART = 50
A_DAY = timedelta(days=1)


class Keep(Protocol):
    """The action that takes rows of a table over, such as ``import_members``."""

    def __call__(self, *, unit: Unit, rows: Sequence[Line], by: Actor | None, at: datetime) -> Imported[Any]: ...


def start_batch(*, unit: Unit, table: Table, token: str, parcel: Parcel, by: Actor | None, at: datetime) -> Batch:
    """确认导入: the checked rows wait to be written. The page confirmed twice is one import."""
    given = {
        "unit": unit, "table": table, "at": at, "name": parcel.name, "packed": pack(parcel), "total": len(parcel.lines()),
    }  # fmt: skip
    with transaction.atomic():
        batch, new = Batch.objects.get_or_create(token=token, defaults=given)
        if new:
            _note(unit, table, f"确认{batch.total}行", by=by, at=at, verb="开始导入", noun="batch")
    return batch


def advance_batch(*, batch: Batch, keep: Keep, by: Actor | None, at: datetime) -> Batch:
    """The next part of an import. How far it has come is written with the rows themselves, so that the two always agree,
    and of two pages that go on at once each takes another part."""
    with transaction.atomic():
        now = Batch.objects.select_for_update(of=("self",)).select_related("unit").get(pk=batch.pk)
        if now.finished:
            return now
        parcel = unpack(now.packed)
        part = parcel.lines()[now.reached : now.reached + A_PART]
        done = keep(unit=now.unit, rows=part, by=by, at=at)
        now.reached += len(part)
        now.kept += done.kept
        now.skipped += done.skipped
        now.faults += [[row.line.number, [[f.column, f.sentence] for f in row.faults]] for row in done.faulty]
        if now.reached == now.total:
            now.packed = pack(parcel.only([number for number, _ in now.faults]))
        now.save()
    return now


def drop_batch(*, batch: Batch, by: Actor | None, at: datetime) -> None:
    """不再导入: what is written stays, the rest is let go."""
    with transaction.atomic():
        now = Batch.objects.select_for_update(of=("self",)).select_related("unit").filter(pk=batch.pk).first()
        if now is None:
            return
        left = now.total - now.reached
        now.delete()
        _note(now.unit, Table(now.table), f"余{left}行不再导入", by=by, at=at, verb="放弃导入", noun="batch")


def clear_batches(*, by: Actor | None, at: datetime) -> int:
    """Rows that were handed in more than a day ago are let go, written or not. Returns how many imports went."""
    gone = 0
    for batch in Batch.objects.filter(at__lt=at - A_DAY):
        drop_batch(batch=batch, by=by, at=at)
        gone += 1
    return gone


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


def _note(
    unit: Unit, table: Table, summary: str, *, by: Actor | None, at: datetime, verb: str = "导入", noun: str = "import"
) -> None:
    journal.write_line(
        by=by, at=at, verb=verb, room="people", noun=noun, object_id=unit.pk, unit_id=unit.pk,
        summary=f"{table.value}：{summary}",
    )  # fmt: skip
