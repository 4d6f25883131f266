"""Changes to 送学上门: write a round down, withdraw what was wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from youju.journal import actions as journal
from youju.journal.values import Actor, Owner
from youju.kit.periods import chinese_date
from youju.kit.refusal import NotYours, Overtaken, Refusal
from youju.kit.wording import needed, worded
from youju.kit.zone import local_day
from youju.people.members.models import Member, Membership
from youju.people.units.actions import bump
from youju.people.units.models import Unit
from youju.people.units.queries import ledger_unit
from youju.prose.private import DETAILS, NARROW
from youju.records.numbering import next_number
from youju.records.sources.models import Source
from youju.study.deliveries.models import Delivery
from youju.study.deliveries.queries import body_of
from youju.study.deliveries.values import DeliveryDraft, Way

CODE = "送学"
LONGEST_TEXT, LONGEST_BRINGER, LONGEST_NOTE = 120, 40, 100
MOST_BACK_YEARS = 5


def bring(*, unit: Unit, draft: DeliveryDraft, by: Actor | None, at: datetime) -> list[Delivery]:
    """送学上门 to several members on one day: a row for each of them, in the order given.

    Raises Refusal on the field at fault; nothing is written then, for none of them.
    """
    keeper = ledger_unit(unit)
    words, people = _checked(draft, keeper, today=local_day(at))
    with transaction.atomic():
        Unit.objects.select_for_update().get(pk=keeper.pk)  # of two clicks the second sees what the first has written
        _refuse_twice(keeper, words, people)
        return [_write(keeper, words, member_id, by=by, at=at) for member_id in words.member_ids]


def withdraw_delivery(*, delivery: Delivery, revision: int, reason: str, by: Actor | None, at: datetime) -> None:
    """撤回, with its reason; it stays to be seen. Raises Refusal on ``reason``, or when somebody else was quicker."""
    reason = needed(reason, field="reason", name="撤回的原因", most=200)
    with transaction.atomic():
        delivery = _standing(delivery, revision)
        delivery.withdrawn_at, delivery.reason = max(at, delivery.entered_at), reason
        delivery.save(update_fields=["withdrawn_at", "reason"])
        _note(delivery, verb="撤回送学上门", by=by, at=at)


def forget(*, member: Member, by: Actor | None, at: datetime) -> None:
    """A delivery keeps ids of whom it was brought to and by; the names go with the members."""


# -- parts ------------------------------------------------------------------------------------------------------------


def _checked(draft: DeliveryDraft, keeper: Unit, *, today: date) -> tuple[DeliveryDraft, dict[int, str]]:
    """The draft as it is kept, and the names of those it was brought to."""
    day = _day(draft.brought_on, today)
    if draft.way not in tuple(Way):
        raise Refusal("way", "怎么送的请重新选择。")
    source_ids, text = _studied(draft, keeper)
    people = _people(draft.member_ids, keeper, day)
    bringer_words = _plain(draft.bringer_words, field="bringer_words", name="谁送的", most=LONGEST_BRINGER)
    if draft.bringer_id is None and not bringer_words:
        raise Refusal("bringer", "请选谁送的；不在名单里的，写几个字。")
    if draft.bringer_id is not None:
        if not Membership.objects.in_unit(keeper).on(day).filter(member_id=draft.bringer_id).exists():
            raise Refusal("bringer", "送学的人那天不在本组织，请重新选择。")
        if draft.bringer_id in people:
            raise Refusal("bringer", f"{people[draft.bringer_id]}不能送给自己，请另选谁送的。")
    note = _plain(draft.note, field="note", name="说明", most=LONGEST_NOTE)
    kept = replace(
        draft, member_ids=tuple(people), source_ids=source_ids, text=text, bringer_words=bringer_words, note=note
    )
    return kept, people


def _day(day: date, today: date) -> date:
    if day > today:
        raise Refusal("brought_on", "日期不能在将来。")
    if day.year < today.year - MOST_BACK_YEARS:
        raise Refusal("brought_on", f"只记近{MOST_BACK_YEARS}年的送学。")
    return day


def _studied(draft: DeliveryDraft, keeper: Unit) -> tuple[tuple[int, ...], str]:
    """Texts of the register and words; words that are the name of such a text mean it."""
    text = _plain(draft.text, field="text", name="学的内容", most=LONGEST_TEXT)
    sources = list(Source.objects.filter(ledger=keeper, pk__in=draft.source_ids))
    if len(sources) != len(set(draft.source_ids)):
        raise Refusal("sources", "有的材料不在学习材料里，请重新选择。")
    if text and (named := Source.objects.filter(ledger=keeper, title=text.strip("《》")).first()):
        sources, text = [*sources, named], ""
    if not sources and not text:
        raise Refusal("sources", "请选学的是哪份材料，或者写学的内容。")
    for source in sources:
        if source.issued_on and draft.brought_on < source.issued_on:
            raise Refusal("brought_on", f"《{source.title}》{chinese_date(source.issued_on)}才发布，不能早于那天。")
    return tuple(sorted({source.pk for source in sources})), text


def _people(member_ids: Sequence[int], keeper: Unit, day: date) -> dict[int, str]:
    """Their names, in the order given. Of somebody else's member nothing is said, not even his name."""
    asked = list(dict.fromkeys(member_ids))
    if not asked:
        raise Refusal("members", "请勾选送给了谁。")
    own = Membership.objects.in_unit(keeper).filter(member_id__in=asked)
    names = dict(own.values_list("member_id", "member__name"))
    if len(names) != len(asked):
        raise Refusal("members", "有的人不在本组织，请重新选择。")
    there = set(own.on(day).values_list("member_id", flat=True))
    if away := [names[pk] for pk in asked if pk not in there]:
        raise Refusal("members", f"{'、'.join(away)}那天不在本组织，请核对日期。")
    return {pk: names[pk] for pk in asked}


def _plain(text: str, *, field: str, name: str, most: int) -> str:
    """Words without a telephone or an identity number: nothing of a person is kept here but that he was studied with."""
    text = worded(text, field=field, name=name, most=most)
    for detail in DETAILS:
        if detail.regex.search(text.translate(NARROW)):
            raise Refusal(field, f"{name}里像是有{detail.what}，请去掉。")
    return text


def _refuse_twice(keeper: Unit, words: DeliveryDraft, people: dict[int, str]) -> None:
    """The same thing to the same member on one day."""
    same = Q(sources__in=words.source_ids)
    if words.text:
        same |= Q(text=words.text)
    rows = Delivery.objects.standing().filter(
        same, ledger=keeper, brought_on=words.brought_on, member_id__in=words.member_ids
    )
    there = {row.member_id: f"{people[row.member_id]}（{row.number}）" for row in rows.order_by("pk")}
    if there:
        raise Refusal("members", f"那天已经给{'、'.join(there.values())}记过这份学习内容。")


def _write(keeper: Unit, words: DeliveryDraft, member_id: int, *, by: Actor | None, at: datetime) -> Delivery:
    delivery = Delivery.objects.create(
        ledger=keeper, number=next_number(keeper, words.brought_on.year, CODE), member_id=member_id,
        brought_on=words.brought_on, text=words.text, way=words.way, bringer_id=words.bringer_id,
        bringer_words=words.bringer_words, note=words.note, entered_at=at,
    )  # fmt: skip
    delivery.sources.set(words.source_ids)
    _note(delivery, verb="记送学上门", by=by, at=at)
    return delivery


def _standing(delivery: Delivery, revision: int) -> Delivery:
    """As it is now, locked; somebody who saw an older one is told."""
    now = Delivery.objects.select_for_update(of=("self",)).get(pk=delivery.pk)
    if now.ledger_id != delivery.ledger_id:
        raise NotYours
    if now.withdrawn_at:
        raise Refusal("", "这一次已经撤回。")
    if now.revision != revision:
        raise Overtaken("这一次")
    return now


def _note(delivery: Delivery, *, verb: str, by: Actor | None, at: datetime) -> None:
    bump(unit_id=delivery.ledger_id, years={delivery.brought_on.year})
    body, texts = body_of(delivery)
    owner = Owner("study", "delivery", delivery.pk)
    revision = journal.write_revision(owner=owner, body=body, texts=texts, by=by, at=at, reason=delivery.reason)
    Delivery.objects.filter(pk=delivery.pk).update(revision=revision.number)
    delivery.revision = revision.number
    journal.write_line(
        by=by, at=at, verb=verb, room="study", noun="delivery", object_id=delivery.pk, unit_id=delivery.ledger_id,
        summary=delivery.number,
    )  # fmt: skip
