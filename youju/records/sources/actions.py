"""Changes to the register of texts: enter, correct, and note what a session studied."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from youju.journal import actions as journal
from youju.journal.values import Actor, Owner
from youju.kit.refusal import Overtaken, Refusal
from youju.kit.wording import needed
from youju.kit.zone import local_day
from youju.people.units.models import Unit
from youju.people.units.queries import ledger_unit
from youju.records.activities.models import Session
from youju.records.numbering import next_number
from youju.records.sources.models import Source, SourcePart, Studied
from youju.records.sources.queries import body_of
from youju.records.sources.rules import MOST_PARTS, checked_source
from youju.records.sources.values import Said, SourceDraft

CODE = "学材"


def enter_source(*, unit: Unit, draft: SourceDraft, by: Actor | None, at: datetime) -> Source:
    """登记学习材料. Raises Refusal on the field at fault; nothing is written then."""
    draft, keeper = _checked(draft, at), ledger_unit(unit)
    with transaction.atomic():
        number = next_number(
            keeper, local_day(at).year, CODE
        )  # locks: of two that come at once, the second sees the first
        _refuse_twice(keeper, draft.title)
        source = Source.objects.create(
            ledger=keeper, number=number, title=draft.title, kind=draft.kind, issued_on=draft.issued_on,
            origin=draft.origin, document_id=draft.document_id, entered_at=at,
        )  # fmt: skip
        _write_parts(source, draft.parts)
        _note(source, verb="登记学习材料", by=by, at=at)
    return source


def correct_source(
    *, source: Source, draft: SourceDraft, revision: int, reason: str, by: Actor | None, at: datetime
) -> Source:
    """更正, with its reason. A part that was studied already stays. Raises Refusal on the field at fault."""
    reason = needed(reason, field="reason", name="更正的原因", most=200)
    draft = _checked(draft, at)
    with transaction.atomic():
        source = Source.objects.select_for_update().get(pk=source.pk)
        if source.revision != revision:
            raise Overtaken("这份材料")
        if draft.title != source.title:
            _refuse_twice(source.ledger, draft.title)
        source.title, source.kind = draft.title, draft.kind
        source.issued_on, source.origin = draft.issued_on, draft.origin
        source.document_id = draft.document_id
        source.save(update_fields=["title", "kind", "issued_on", "origin", "document"])
        _write_parts(source, draft.parts)
        _note(source, verb="更正学习材料", by=by, at=at, reason=reason)
    return source


def write_studied(
    *, session: Session, said: Sequence[Said], fresh: bool, by: Actor | None, at: datetime
) -> Sequence[Studied]:
    """What a record says was studied, within the change of the record. A text that the register lacks is entered in it."""
    if not fresh:
        Studied.objects.filter(session=session).delete()
    if not said:
        return ()
    rows = []
    for position, one in enumerate(said):
        source = _named(session.ledger, one.title, by=by, at=at)
        part = _part(source, one.part, by=by, at=at) if one.part else None
        rows.append(
            Studied(session=session, position=position, source=source, part=part, title=one.title, part_title=one.part)
        )
    return Studied.objects.bulk_create(rows)


def _checked(draft: SourceDraft, at: datetime) -> SourceDraft:
    draft = checked_source(draft)
    if draft.issued_on and not date(1848, 1, 1) <= draft.issued_on <= local_day(at):
        raise Refusal("issued_on", "发布日期不能在将来，也不会早于1848年。")
    return draft


def _refuse_twice(keeper: Unit, title: str) -> None:
    there = Source.objects.filter(ledger=keeper, title=title).first()
    if there:
        raise Refusal("title", f"已经登记过这份材料（{there.number}）。")


def _named(ledger: Unit, title: str, *, by: Actor | None, at: datetime) -> Source:
    found = Source.objects.filter(ledger=ledger, title=title).first()
    return found or enter_source(unit=ledger, draft=SourceDraft(title), by=by, at=at)


def _part(source: Source, title: str, *, by: Actor | None, at: datetime) -> SourcePart:
    found = source.parts.filter(title=title).first()
    if found:
        return found
    last = source.parts.count()
    if last >= MOST_PARTS:
        raise Refusal("sources", f"《{source.title}》的学习篇目最多 {MOST_PARTS} 篇。")
    part = SourcePart.objects.create(source=source, position=last, title=title)
    _note(source, verb="加学习篇目", by=by, at=at)
    return part


def _write_parts(source: Source, titles: Sequence[str]) -> None:
    """The parts in this order; what is no more named goes, unless it was studied."""
    there = {part.title: part for part in source.parts.all()}
    gone = [part for title, part in there.items() if title not in titles]
    studied = Studied.objects.filter(part__in=gone).select_related("part").first() if gone else None
    if studied and studied.part:
        raise Refusal("parts", f"“{studied.part.title}”已经学过，不能去掉。")
    for part in gone:
        part.delete()
    for position, title in enumerate(titles):
        if title in there:
            SourcePart.objects.filter(pk=there[title].pk).update(position=position)
        else:
            SourcePart.objects.create(source=source, position=position, title=title)


def _note(source: Source, *, verb: str, by: Actor | None, at: datetime, reason: str = "") -> None:
    body, texts = body_of(source)
    revision = journal.write_revision(
        owner=Owner("records", "source", source.pk), body=body, texts=texts, by=by, at=at, reason=reason
    )
    if revision.number != source.revision:
        Source.objects.filter(pk=source.pk).update(revision=revision.number)
        source.revision = revision.number
    journal.write_line(
        by=by, at=at, verb=verb, room="records", noun="source", object_id=source.pk, unit_id=source.ledger_id,
        summary=source.number,
    )  # fmt: skip
