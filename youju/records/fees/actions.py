"""Changes to 党费: mark a month."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from youju.journal import actions as journal
from youju.journal.values import Actor, Owner
from youju.kit.refusal import Refusal
from youju.kit.zone import local_day
from youju.people.members.models import Member
from youju.people.units.actions import bump
from youju.people.units.models import Unit
from youju.people.units.queries import ledger_unit
from youju.records.fees.models import FeeMark, FeeMonth
from youju.records.fees.queries import body_of, expected_in
from youju.records.fees.values import FeeState


def mark_month(
    *,
    unit: Unit,
    year: int,
    month: int,
    marks: Mapping[int, FeeState],
    revision: int,
    by: Actor | None,
    at: datetime,
) -> FeeMonth:
    """登记党费 of a month: member id → how he stands; who is left out is not marked.

    Nobody at all empties a month that was marked by mistake: it is owed again, and what it said stays in the revisions.
    ``revision`` is the one the editor saw, 0 where nothing had been marked. Raises Refusal for a month that has not begun,
    for who did not belong here at its end, or when somebody else was quicker.
    """
    today = local_day(at)
    if not 1 <= month <= 12 or not 1921 <= year <= today.year:
        raise Refusal("month", "没有这个月份。")
    if (year, month) > (today.year, today.month):
        raise Refusal("month", f"{year}年{month}月还没有到，到了再登记。")
    keeper = ledger_unit(unit)
    with transaction.atomic():
        FeeMonth.objects.bulk_create(
            [FeeMonth(unit=keeper, year=year, month=month, entered_at=at, revision=0)], ignore_conflicts=True
        )
        sheet = FeeMonth.objects.select_for_update().get(unit=keeper, year=year, month=month)
        if sheet.revision != revision:
            raise Refusal("", "这个月的党费刚刚被别人登记过。您填的内容都还在，请核对新内容后再存。")
        before = set(sheet.marks.values_list("member_id", flat=True))
        if not marks and not before:
            raise Refusal("", "还没有给任何一位党员登记。")
        known = {member.pk for member in expected_in(keeper, year, month)}
        known |= before  # a membership corrected later unmarks nobody
        if not marks.keys() <= known:
            raise Refusal("", "名单里有人那个月不在本组织，请刷新后重填。")
        sheet.marks.all().delete()
        FeeMark.objects.bulk_create(
            FeeMark(sheet=sheet, member_id=pk, state=FeeState(state)) for pk, state in sorted(marks.items())
        )
        bump(unit_id=keeper.pk, years={year})
        body, texts = body_of(sheet)
        written = journal.write_revision(
            owner=Owner("records", "fee_month", sheet.pk), body=body, texts=texts, by=by, at=at
        )
        sheet.revision = written.number
        sheet.save(update_fields=["revision"])
        journal.write_line(
            by=by, at=at, verb="登记党费" if marks else "清空党费登记", room="records", noun="fee_month", object_id=sheet.pk, unit_id=keeper.pk,
            summary=str(sheet),
        )  # fmt: skip
    return sheet


def forget(*, member: Member, by: Actor | None, at: datetime) -> None:
    """A mark keeps an id; the name goes with the member."""
