"""Saying of a day that it is worked or off, and taking that back. Dues do not move: the calendar only gives hints."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from youju.duties.workdays.models import DayOverride
from youju.duties.workdays.values import LONGEST_BASIS, LONGEST_NAME
from youju.journal import actions as journal
from youju.journal.values import Actor
from youju.kit.periods import chinese_date
from youju.kit.refusal import Refusal
from youju.kit.wording import needed, worded

FIRST, LAST = date(2000, 1, 1), date(2100, 12, 31)


def set_day(*, day: date, off: bool, name: str, basis: str, by: Actor | None, at: datetime) -> DayOverride:
    """登记 one day for the whole site; said again it is said anew. Raises Refusal on ``day``, ``name`` or ``basis``."""
    if not FIRST <= day <= LAST:
        raise Refusal("day", f"日期请填{FIRST.year}年到{LAST.year}年之间的日子。")
    name = worded(name, field="name", name="名称", most=LONGEST_NAME)
    basis = needed(basis, field="basis", name="依据", most=LONGEST_BASIS)
    with transaction.atomic():
        row, _ = DayOverride.objects.update_or_create(
            day=day, defaults={"off": off, "name": name, "basis": basis, "made_at": at}
        )
        _note(row, "登记放假" if off else "登记上班", by=by, at=at)
    return row


def clear_day(*, day: date, by: Actor | None, at: datetime) -> None:
    """撤销登记: the published arrangement holds again. Raises Refusal when nothing was said of the day."""
    with transaction.atomic():
        row = DayOverride.objects.select_for_update().filter(day=day).first()
        if row is None:
            raise Refusal("day", f"{chinese_date(day)}没有登记过。")
        _note(row, "撤销工作日登记", by=by, at=at)
        row.delete()


def _note(row: DayOverride, verb: str, *, by: Actor | None, at: datetime) -> None:
    journal.write_line(
        by=by, at=at, verb=verb, room="duties", noun="day", object_id=row.pk, summary=f"{row.day:%Y-%m-%d}"
    )
