"""Changes to lists: an item entered, corrected, ended and taken up again; its versions; its checks; a table taken over."""

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
from youju.people.members.models import Member
from youju.people.posts.values import Title
from youju.people.units.actions import bump, years_from
from youju.people.units.models import Unit
from youju.people.units.queries import ledger_unit
from youju.records.activities.models import Session
from youju.records.activities.rules import is_talk
from youju.records.activities.values import HAPPENED
from youju.records.lists.importing import judge_items
from youju.records.lists.kinds import LIST_KINDS, ListKind
from youju.records.lists.models import ItemCheck, ItemVersion, ItemWord, ListItem
from youju.records.lists.queries import body_of, whole
from youju.records.lists.values import ItemDraft, Rhythm, VersionDraft
from youju.records.numbering import next_number
from youju.records.steps.actions import check_file, check_owner
from youju.store.models import StoredFile

FIRST_DAY, LAST_YEAR = date(1921, 7, 1), 2100


def add_item(*, unit: Unit, draft: ItemDraft, by: Actor | None, at: datetime) -> ListItem:
    """列入清单. Raises Refusal on the field at fault; nothing is written then."""
    keeper = ledger_unit(unit)
    draft = checked(keeper, draft, at=at)
    kind = LIST_KINDS[draft.kind]
    with transaction.atomic():
        number = next_number(keeper, draft.since.year, kind.code)  # locks: the second of two at once sees the first
        _refuse_twice(keeper, draft)
        item = ListItem(unit=keeper, number=number, kind=draft.kind, entered_at=at)
        _write(item, draft)
        _note(item, verb="列入清单", by=by, at=at)
    return item


def change_item(*, item: ListItem, draft: ItemDraft, revision: int, by: Actor | None, at: datetime) -> ListItem:
    """更正. The list stays. Raises Refusal on the field at fault, or when somebody else was quicker."""
    draft = checked(item.unit, replace(draft, kind=item.kind), at=at, kept_owner=item.owner_id)
    with transaction.atomic():
        now = _open(item, revision)
        if (draft.title, draft.post) != (now.title, now.post):
            _refuse_twice(now.unit, draft)
        years = _years(now, at)
        _write(now, draft)
        _note(now, verb="更正清单事项", years=years, by=by, at=at)
    return now


def end_item(*, item: ListItem, reason: str, on: date, revision: int, by: Actor | None, at: datetime) -> None:
    """停用, with its reason: what was checked before stays. Raises Refusal on ``reason`` or ``until``."""
    reason = needed(reason, field="reason", name="停用原因", most=200)
    with transaction.atomic():
        now = _open(item, revision)
        if not now.since <= on <= local_day(at):
            raise Refusal("until", f"停用日期不能早于列入日期（{chinese_date(now.since)}），也不能在将来。")
        now.until, now.reason = on, reason
        now.save(update_fields=["until", "reason"])
        _note(now, verb="停用清单事项", by=by, at=at)


def resume_item(*, item: ListItem, revision: int, by: Actor | None, at: datetime) -> None:
    """重新启用: it was in force after all."""
    with transaction.atomic():
        now = _still(item, revision)
        if now.until is None:
            raise Refusal("", "这一项正在用。")
        same = ListItem.objects.filter(unit=now.unit, kind=now.kind, title=now.title, post=now.post)
        if same.filter(until__isnull=True).exists():
            raise Refusal("", "清单里已有同名的一项在用。")
        now.until, now.reason = None, ""
        now.save(update_fields=["until", "reason"])
        _note(now, verb="重新启用清单事项", by=by, at=at)


def add_version(
    *, item: ListItem, draft: VersionDraft, file: StoredFile | None, revision: int, by: Actor | None, at: datetime
) -> ItemVersion:
    """加一版. Raises Refusal on ``in_force``, ``text``, ``change`` or ``file``."""
    if not item.of.versions:
        raise Refusal("", f"{item.of.zh}没有版本。")
    text = worded(draft.text, field="text", name="正文", most=20000)
    change = worded(draft.change, field="change", name="修订说明", most=300)
    if not text and file is None:
        raise Refusal("text", "请写正文，或传一份文件。")
    if draft.in_force < FIRST_DAY or draft.in_force.year > LAST_YEAR:
        raise Refusal("in_force", "施行日期请填 1921 年到 2100 年之间的日子。")
    check_file(file)
    with transaction.atomic():
        now = _open(item, revision)
        if now.versions.filter(in_force=draft.in_force).exists():
            raise Refusal("in_force", f"已经有{chinese_date(draft.in_force)}起施行的一版。")
        version = ItemVersion.objects.create(item=now, in_force=draft.in_force, change=change, text=text, file=file)
        _note(now, verb="加制度版本", by=by, at=at)
    return version


def check_item(
    *, item: ListItem, text: str, on: date, record: str = "", file: StoredFile | None = None,
    revision: int | None = None, by: Actor | None, at: datetime,
) -> ItemCheck:  # fmt: skip
    """记检查: it was done or looked at on a day. Raises Refusal on ``text``, ``done_on``, ``record`` or ``file``."""
    text = needed(text, field="text", name="情况", most=500)
    check_file(file)
    with transaction.atomic():
        now = _still(item, revision)
        if on > local_day(at):
            raise Refusal("done_on", "检查日期不能在将来。")
        if on < now.since:
            raise Refusal("done_on", f"检查日期不能早于列入日期（{chinese_date(now.since)}）。")
        if now.until and on >= now.until:
            raise Refusal("done_on", f"这一项{chinese_date(now.until)}已经停用，要检查先重新启用。")
        session = None
        if record := record.strip():
            rows = Session.objects.filter(ledger=now.unit_id, number=record, status__in=HAPPENED)
            if (session := rows.first()) is None:
                raise Refusal("record", "本组织台账里没有这个编号的记录。")
            if is_talk(session.kind_rows.values_list("kind", flat=True)):
                raise Refusal("record", "谈话只有谈的人和管台账的人知道是谁和谁，不能作检查的佐证。")
        if now.checks.filter(done_on=on, text=text, dropped_on__isnull=True).exists():
            raise Refusal("text", "这一天已经记过同样的检查。")
        check = ItemCheck.objects.create(item=now, done_on=on, text=text, file=file, session=session, entered_at=at)
        _note(now, verb="记清单检查", by=by, at=at)
    return check


def drop_check(*, check: ItemCheck, by: Actor | None, at: datetime) -> None:
    """撤销 a check that was written by mistake."""
    with transaction.atomic():
        now = _still(check.item, None)
        if not now.checks.filter(pk=check.pk, dropped_on__isnull=True).update(dropped_on=local_day(at)):
            raise Refusal("", "这次检查已经撤销。")
        _note(now, verb="撤销清单检查", by=by, at=at, years={check.done_on.year})


def import_items(*, unit: Unit, rows: Sequence[Line], by: Actor | None, at: datetime) -> Imported[ItemDraft]:
    """导入清单: every good row is entered, the others come back with their faults. All of it or nothing of it.

    A row whose list has an item of the same name in force is passed over, so that the same table may be brought again.
    """
    keeper, kept, faulty = ledger_unit(unit), 0, []
    with transaction.atomic():
        Unit.objects.select_for_update().get(pk=keeper.pk)
        judged = judge_items(unit=keeper, rows=rows, at=at)
        for row in judged:
            if not row.good or row.draft is None:
                continue
            try:
                with transaction.atomic():
                    add_item(unit=keeper, draft=row.draft, by=by, at=at)
                kept += 1
            except Refusal as refusal:
                faulty.append(replace(row, draft=None, faults=(Fault(refusal.field, refusal.sentence),)))
        skipped = sum(bool(row.note) for row in judged)
        faulty += [row for row in judged if row.faults]
        if kept:
            journal.write_line(
                by=by, at=at, verb="导入", room="records", noun="import", object_id=keeper.pk, unit_id=keeper.pk,
                summary=f"导入清单{kept}项，跳过{skipped}行",
            )  # fmt: skip
    return Imported[ItemDraft](kept, skipped, tuple(sorted(faulty, key=lambda row: row.line.number)))


def forget(*, member: Member, by: Actor | None, at: datetime) -> None:
    """The owner of an item keeps an id; the name goes with the member."""


# -- parts ------------------------------------------------------------------------------------------------------------


def checked(keeper: Unit, draft: ItemDraft, *, at: datetime, kept_owner: int | None = None) -> ItemDraft:
    """The draft with its words as they are kept. Raises Refusal on the field at fault."""
    kind = LIST_KINDS.get(draft.kind)
    if kind is None:
        raise Refusal("kind", "请选择清单。")
    title = needed(draft.title, field="title", name="事项", most=120)
    requirement = worded(draft.requirement, field="requirement", name="要求", most=1000)
    note = worded(draft.note, field="note", name="备注", most=300)
    if not FIRST_DAY <= draft.since <= local_day(at):
        raise Refusal("since", "列入日期不能在将来，也不能早于 1921 年。")
    first = draft.first_due
    if draft.rhythm is Rhythm.NONE:
        first = None
    elif draft.rhythm is Rhythm.ONCE and first is None:
        raise Refusal("first_due", "只办一次的，请填时限。")
    elif first is not None and not draft.since <= first <= date(LAST_YEAR, 12, 31):
        raise Refusal("first_due", f"首次时限不能早于列入日期（{chinese_date(draft.since)}）。")
    check_owner(draft.owner_id, unit=keeper, kept=kept_owner)
    words = _words(kind, draft)
    return replace(
        draft, title=title, requirement=requirement, note=note, first_due=first, post=_post(kind, draft), words=words
    )


def _post(kind: ListKind, draft: ItemDraft) -> str:
    if kind.post == "no":
        return ""
    if draft.post and draft.post not in set(Title):
        raise Refusal("post", "请从列表里选岗位。")
    if kind.post == "must" and not draft.post:
        raise Refusal("post", "请选岗位。")
    return draft.post


def _words(kind: ListKind, draft: ItemDraft) -> dict[str, str]:
    found = {}
    for field in kind.fields:
        read = needed if field.needed else worded
        text = read(draft.words.get(field.id, ""), field=field.id, name=field.zh, most=200)
        if text and field.choices and text not in field.choices:
            raise Refusal(field.id, f"{field.zh}请写：{'、'.join(field.choices)}。")
        if text:
            found[field.id] = text
    return found


def _refuse_twice(keeper: Unit, draft: ItemDraft) -> None:
    """一岗双责 lists the same duty for each post: those are several."""
    same = ListItem.objects.filter(unit=keeper, kind=draft.kind, title=draft.title, post=draft.post)
    if there := same.filter(until__isnull=True).first():
        raise Refusal("title", f"清单里已有这一项，编号 {there.number}。")


def _write(item: ListItem, draft: ItemDraft) -> None:
    item.title, item.requirement, item.note = draft.title, draft.requirement, draft.note
    item.owner_id, item.post = draft.owner_id, draft.post
    item.rhythm, item.first_due, item.since = draft.rhythm, draft.first_due, draft.since
    item.save()
    standing = {word.field: word for word in item.words.all()}
    for field, text in draft.words.items():
        word = standing.pop(field, None) or ItemWord(item=item, field=field)
        if word.text != text:
            word.text = text
            word.save()
    for gone in standing.values():
        gone.delete()


def _still(item: ListItem, revision: int | None) -> ListItem:
    """As it is now, locked; somebody who saw an older one is told."""
    now = ListItem.objects.select_for_update().get(pk=item.pk)
    now.unit = item.unit
    if revision is not None and now.revision != revision:
        raise Overtaken("这一项")
    return now


def _open(item: ListItem, revision: int | None) -> ListItem:
    now = _still(item, revision)
    if now.until is not None:
        raise Refusal("", "这一项已经停用，要改先重新启用。")
    return now


def _years(item: ListItem, at: datetime) -> set[int]:
    """What recurs is owed in every year since: all of them may change."""
    years = years_from(item.since, at)
    return years | ({item.first_due.year} if item.first_due else set())


def _note(item: ListItem, *, verb: str, by: Actor | None, at: datetime, years: set[int] | None = None) -> None:
    item = whole(ListItem.objects.filter(pk=item.pk)).get()
    bump(unit_id=item.unit_id, years=_years(item, at) | (years or set()), onward=True)
    body, texts = body_of(item)
    owner = Owner("records", "item", item.pk)
    revision = journal.write_revision(owner=owner, body=body, texts=texts, by=by, at=at)
    ListItem.objects.filter(pk=item.pk).update(revision=revision.number)
    journal.write_line(
        by=by, at=at, verb=verb, room="records", noun="item", object_id=item.pk, unit_id=item.unit_id,
        summary=item.number,
    )  # fmt: skip
