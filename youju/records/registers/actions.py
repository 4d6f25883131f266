"""Changes to registers: enter, change, take over a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from youju.journal import actions as journal
from youju.journal.values import Actor, Owner
from youju.kit.periods import chinese_date
from youju.kit.refusal import Overtaken, Refusal
from youju.kit.wording import needed, worded
from youju.kit.zone import local_day
from youju.paper.reading.columns import Line
from youju.people.imports.values import Fault, Imported
from youju.people.members.models import Member, Membership
from youju.people.units.actions import bump, years_from
from youju.people.units.models import Unit
from youju.people.units.queries import ledger_unit
from youju.records.registers.importing import judge_subjects
from youju.records.registers.kinds import REGISTERS
from youju.records.registers.models import Subject
from youju.records.registers.queries import body_of
from youju.records.registers.rules import code_fault, person_fault, words_fault
from youju.records.registers.values import SubjectDraft

FIRST_DAY = date(1921, 7, 1)
PLACES = {"place": "place", "partner": "partner"}


def enter_subject(*, unit: Unit, draft: SubjectDraft, by: Actor | None, at: datetime) -> Subject:
    """列入名册. Raises Refusal on the field at fault; nothing is written then."""
    keeper = ledger_unit(unit)
    draft = checked(keeper, draft, at=at)
    with transaction.atomic():
        Unit.objects.select_for_update().get(pk=keeper.pk)  # of two with one code at once, the second sees the first
        _refuse_twice(keeper, draft)
        subject = Subject(unit=keeper, kind=draft.kind, entered_at=at)
        _write(subject, draft)
        _note(subject, verb="列入名册", years=_years(subject, at), by=by, at=at)
    return subject


def change_subject(*, subject: Subject, draft: SubjectDraft, revision: int, by: Actor | None, at: datetime) -> Subject:
    """更正或移出: a new revision. The kind stays. Raises Refusal on the field at fault, or when somebody was quicker."""
    draft = checked(subject.unit, replace(draft, kind=subject.kind), at=at, before=subject)
    with transaction.atomic():
        now = Subject.objects.select_for_update(of=("self",)).get(pk=subject.pk)
        if now.revision != revision:
            raise Overtaken("这一条")
        if draft.code != now.code:
            _refuse_twice(now.unit, draft)
        years, verb = _years(now, at), "移出名册" if draft.until and not now.until else "更正名册"
        _write(now, draft)
        _note(now, verb=verb, years=years | _years(now, at), by=by, at=at)
    return now


def erase_subject(*, subject: Subject, by: Actor | None, at: datetime) -> Subject:
    """清除姓氏和备注: a family asks that its name be taken out. Name and note go from the entry and from every revision.

    That there was one, by its code, where and since when, stays; so do visits and figures. Raises Refusal where the name
    is nobody's, or nothing is left to be erased.
    """
    kind = REGISTERS[subject.kind]
    if not kind.person:
        raise Refusal("", f"{kind.zh}的名称不是人名，写错了请更正。")
    with transaction.atomic():
        now = Subject.objects.select_for_update(of=("self",)).get(pk=subject.pk)
        erased = journal.erase_texts(owner=Owner("records", "subject", now.pk), keys=("name", "note"))
        if not (erased or now.name or now.note):
            raise Refusal("", "这一户没有写姓氏和备注，或者已经清除了。")
        now.name = now.note = ""
        now.save(update_fields=["name", "note"])
        _note(now, verb="清除姓氏和备注", years=_years(now, at), by=by, at=at)
    return now


def import_subjects(*, unit: Unit, rows: Sequence[Line], by: Actor | None, at: datetime) -> Imported[SubjectDraft]:
    """导入名册: every good row is entered, the others come back with their faults. All of it or nothing of it.

    A row whose code stands on the register already is passed over, so that the same table may be brought again.
    """
    keeper, kept, faulty = ledger_unit(unit), 0, []
    with transaction.atomic():
        Unit.objects.select_for_update().get(pk=keeper.pk)
        judged = judge_subjects(unit=keeper, rows=rows, at=at)
        for row in judged:
            if not row.good or row.draft is None:
                continue
            try:
                with transaction.atomic():
                    enter_subject(unit=keeper, draft=_placed(keeper, row.draft, row.line), by=by, at=at)
                kept += 1
            except Refusal as refusal:
                faulty.append(replace(row, draft=None, faults=(Fault(refusal.field, refusal.sentence),)))
        skipped = sum(bool(row.note) for row in judged)
        faulty += [row for row in judged if row.faults]
        if kept:
            journal.write_line(
                by=by, at=at, verb="导入", room="records", noun="import", object_id=keeper.pk, unit_id=keeper.pk,
                summary=f"导入名册{kept}条，跳过{skipped}行",
            )  # fmt: skip
    return Imported[SubjectDraft](kept, skipped, tuple(sorted(faulty, key=lambda row: row.line.number)))


def forget(*, member: Member, by: Actor | None, at: datetime) -> None:
    """A pairing keeps an id; the name goes with the member."""


def checked(keeper: Unit, draft: SubjectDraft, *, at: datetime, before: Subject | None = None) -> SubjectDraft:
    """The draft with its words as they are kept. Raises Refusal on the field at fault."""
    kind = REGISTERS.get(draft.kind)
    if kind is None:
        raise Refusal("kind", "请选择名册。")
    code = needed(draft.code, field="code", name="编号", most=20)
    if fault := code_fault(code):
        raise Refusal("code", fault)
    read = needed if kind.named else worded
    name = read(draft.name, field="name", name=kind.person or "名称", most=40)
    note = worded(draft.note, field="note", name="备注", most=200)
    paired = worded(draft.paired_words, field="paired_words", name="结对单位", most=60)
    if kind.person and (fault := person_fault(name, kind.person)):
        raise Refusal("name", fault)
    for field, text in (("name", name), ("note", note), ("paired_words", paired)):
        if fault := words_fault(text):
            raise Refusal(field, fault)
    _check_days(draft, at)
    _check_place(keeper, draft, before)
    if (draft.partner_id or paired or draft.paired_since) and not kind.pair:
        raise Refusal("partner", f"{kind.zh}不登记结对，请清空结对的几栏。")
    known = {before.partner_id} if before else set()
    here = Membership.objects.in_unit(keeper).filter(member_id=draft.partner_id or 0)
    if draft.partner_id and draft.partner_id not in known and not here.exists():
        raise Refusal("partner", "结对党员不在本组织，请重新选择。")
    pairing = bool(draft.partner_id or paired)
    if not pairing and (draft.paired_since or draft.paired_until):
        raise Refusal("partner", "写了结对日期，请写和谁结对。")
    since = (draft.paired_since or draft.since) if pairing else None
    if since and draft.paired_until and draft.paired_until <= since:
        raise Refusal("paired_until", "结对结束的日期须晚于结对日期。")
    return replace(draft, code=code, name=name, note=note, paired_words=paired, paired_since=since)


def _check_days(draft: SubjectDraft, at: datetime) -> None:
    today = local_day(at)
    if not FIRST_DAY <= draft.since <= today:
        raise Refusal("since", "列入日期不能在将来，也不能早于 1921 年。")
    if draft.until and draft.until <= draft.since:
        raise Refusal("until", f"移出日期须晚于列入日期（{chinese_date(draft.since)}）。")
    if draft.until and draft.until > today:
        raise Refusal("until", "移出日期不能在将来，到那天再移出。")
    if draft.paired_since and not FIRST_DAY <= draft.paired_since <= today:
        raise Refusal("paired_since", "结对日期不能在将来，也不能早于 1921 年。")


def _check_place(keeper: Unit, draft: SubjectDraft, before: Subject | None) -> None:
    if draft.place_id is None:
        return
    kind = REGISTERS[draft.kind]
    place = Subject.objects.filter(pk=draft.place_id, unit=keeper, kind=kind.place or "").first()
    if place is None or (before and place.pk == before.pk):
        raise Refusal("place", "所在的对象不在名册里，请重新选择。")


def _placed(keeper: Unit, draft: SubjectDraft, line: Line) -> SubjectDraft:
    """The place may have been entered by a row above: it is looked up when its turn comes."""
    said = line.text("place").strip()
    if not said or draft.place_id is not None:
        return draft
    rows = Subject.objects.filter(unit=keeper, kind=REGISTERS[draft.kind].place or "")
    place = rows.filter(code=said).first() or rows.filter(name=said).first()
    if place is None:
        raise Refusal("place", f"名册里没有“{said[:20]}”，请先列入它。")
    return replace(draft, place_id=place.pk)


def _refuse_twice(keeper: Unit, draft: SubjectDraft) -> None:
    if Subject.objects.filter(unit=keeper, kind=draft.kind, code=draft.code).exists():
        raise Refusal("code", f"{REGISTERS[draft.kind].zh}的名册里已有编号 {draft.code}。")


def _write(subject: Subject, draft: SubjectDraft) -> None:
    subject.code, subject.name, subject.note = draft.code, draft.name, draft.note
    subject.place_id, subject.since, subject.until = draft.place_id, draft.since, draft.until
    subject.partner_id, subject.paired_words = draft.partner_id, draft.paired_words
    subject.paired_since, subject.paired_until = draft.paired_since, draft.paired_until
    subject.save()


def _years(subject: Subject, at: datetime) -> set[int]:
    return years_from(subject.since, at)


def _note(subject: Subject, *, verb: str, years: set[int], by: Actor | None, at: datetime) -> None:
    bump(unit_id=subject.unit_id, years=years, onward=True)
    body, texts = body_of(subject)
    owner = Owner("records", "subject", subject.pk)
    revision = journal.write_revision(owner=owner, body=body, texts=texts, by=by, at=at)
    Subject.objects.filter(pk=subject.pk).update(revision=revision.number)
    subject.revision = revision.number
    journal.write_line(
        by=by, at=at, verb=verb, room="records", noun="subject", object_id=subject.pk, unit_id=subject.unit_id,
        summary=f"{REGISTERS[subject.kind].zh}{subject.code}",
    )  # fmt: skip
