"""Sending a notice down, correcting its day, withdrawing it. No write touches more than ``MOST_CHOSEN`` units."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import IntegrityError, transaction

from youju.duties.notices.models import Notice, NoticeReach
from youju.duties.notices.queries import choosable
from youju.duties.notices.values import (
    LONGEST_BASIS,
    LONGEST_REASON,
    LONGEST_TEXT,
    LONGEST_TITLE,
    MOST_CHOSEN,
    NoticeDraft,
)  # fmt: skip
from youju.journal import actions as journal
from youju.journal.values import Actor, Owner
from youju.kit.periods import chinese_date
from youju.kit.refusal import Refusal
from youju.kit.wording import needed, worded
from youju.kit.zone import local_day
from youju.people.models import Unit
from youju.people.units.actions import bump_all
from youju.people.units.values import ABOVE_BRANCHES
from youju.prose.vocabulary import KINDS


def send_notice(
    *, sender: Unit, draft: NoticeDraft, by: Actor | None, at: datetime, form_key: str | None = None
) -> Notice:
    """发通知. The same form sent twice sends once. Raises Refusal on the field that is wrong."""
    title = needed(draft.title, field="title", name="标题", most=LONGEST_TITLE)
    text = worded(draft.text, field="text", name="内容", most=LONGEST_TEXT)
    basis = worded(draft.basis, field="basis", name="文号或依据", most=LONGEST_BASIS)
    kinds = tuple(dict.fromkeys(draft.kinds))
    today = local_day(at)
    if sender.kind not in ABOVE_BRANCHES:
        raise Refusal("", "只有党委、党总支能向下级发通知。")
    if not set(kinds) <= set(KINDS):
        raise Refusal("kinds", "要求的类型里有不认识的，请重新选。")
    _ahead(draft.due_on, today)
    units = _chosen(sender, draft.unit_ids, today)
    try:
        with transaction.atomic():
            notice = Notice.objects.create(
                sender=sender, title=title, text=text, basis=basis, kinds=",".join(kinds), due_on=draft.due_on,
                wide=not units, sent_on=today, sent_at=at, form_key=form_key,
            )  # fmt: skip
            NoticeReach.objects.bulk_create(NoticeReach(notice=notice, unit_id=pk) for pk in units)
            _note(notice, units, "发出通知", {draft.due_on.year}, by=by, at=at)
    except IntegrityError:
        before = Notice.objects.filter(form_key=form_key, sender=sender).first() if form_key else None
        if before is None:
            raise
        return before
    return notice


def move_notice(*, notice: Notice, due_on: date, reason: str, revision: int, by: Actor | None, at: datetime) -> Notice:
    """改期: the earlier day stays in the revisions. Raises Refusal on ``due_on``, ``reason``, or when somebody was quicker."""
    reason = needed(reason, field="reason", name="改期的原因", most=LONGEST_REASON)
    with transaction.atomic():
        kept = _locked(notice, revision)
        if due_on == kept.due_on:
            raise Refusal("due_on", f"期限本来就是{chinese_date(due_on)}。")
        _ahead(due_on, local_day(at))
        years = {kept.due_on.year, due_on.year}
        kept.due_on = due_on
        kept.save(update_fields=["due_on"])
        _note(kept, _units(kept), "通知改期", years, by=by, at=at, reason=reason)
    return kept


def withdraw_notice(*, notice: Notice, reason: str, revision: int, by: Actor | None, at: datetime) -> Notice:
    """撤回: nobody owes it any more; replies and the notice itself stay. Raises Refusal on ``reason``, or when it is late."""
    reason = needed(reason, field="reason", name="撤回的原因", most=LONGEST_REASON)
    with transaction.atomic():
        kept = _locked(notice, revision)
        kept.withdrawn_at, kept.withdrawn_reason = at, reason
        kept.save(update_fields=["withdrawn_at", "withdrawn_reason"])
        _note(kept, _units(kept), "撤回通知", {kept.due_on.year}, by=by, at=at, reason=reason)
    return kept


def _ahead(due_on: date, today: date) -> None:
    if due_on < today:
        raise Refusal("due_on", "期限不能早于今天。")
    if due_on.year > today.year + 2:
        raise Refusal("due_on", "期限最远到后年年底。")


def _chosen(sender: Unit, unit_ids: Collection[int], today: date) -> tuple[int, ...]:
    """The chosen branches; empty for all of them. Raises Refusal on ``units``."""
    wanted = set(unit_ids)
    if len(wanted) > MOST_CHOSEN:
        raise Refusal("units", f"一次最多选{MOST_CHOSEN}个党支部，更多的请发给全部，或由下级党委、党总支分发。")
    found = tuple(choosable(sender, on=today).filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else ()
    if len(found) != len(wanted):
        raise Refusal("units", "选的党支部里有已经撤销或不归本级管的，请重新选。")
    return found


def _units(notice: Notice) -> tuple[int, ...]:
    return () if notice.wide else tuple(notice.reach.values_list("unit_id", flat=True))


def _locked(notice: Notice, revision: int) -> Notice:
    kept = Notice.objects.select_for_update().get(pk=notice.pk)
    if kept.withdrawn_at:
        raise Refusal("", "这份通知已经撤回了。")
    if kept.revision != revision:
        raise Refusal("", "刚才有人改过这份通知，请看过现在的期限再改。")
    return kept


def _note(
    notice: Notice,
    units: Collection[int],
    verb: str,
    years: set[int],
    *,
    by: Actor | None,
    at: datetime,
    reason: str = "",
) -> None:
    """Versions, revision and journal line of one change. To a whole subtree only the sender's own version moves."""
    bump_all(unit_ids=set(units) or {notice.sender_id}, years=years)
    body = {
        "sender": notice.sender_id, "due_on": notice.due_on, "sent_on": notice.sent_on, "kinds": notice.kinds,
        "wide": notice.wide, "units": sorted(units), "withdrawn": notice.withdrawn_at is not None,
    }  # fmt: skip
    texts = {"title": notice.title, "text": notice.text, "basis": notice.basis}
    written = journal.write_revision(
        owner=Owner("duties", "notice", notice.pk), body=body, texts=texts, by=by, at=at, reason=reason
    )
    Notice.objects.filter(pk=notice.pk).update(revision=written.number)
    notice.revision = written.number
    journal.write_line(
        by=by, at=at, verb=verb, room="duties", noun="notice", object_id=notice.pk, unit_id=notice.sender_id,
        summary=f"通知 {notice.pk}",
    )  # fmt: skip
