"""Ignoring a finding, and looking at it again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from youju.audit.ignored.models import IgnoredFinding
from youju.audit.ignored.values import Key
from youju.journal import actions as journal
from youju.journal.values import Actor
from youju.kit.refusal import Refusal
from youju.kit.wording import needed, worded
from youju.people.models import Unit

MOST_QUOTE = 400


def ignore(*, unit: Unit, year: int, key: Key, reason: str, by: Actor | None, at: datetime) -> IgnoredFinding:
    """忽略并写原因; ignored twice it keeps the newer reason. Raises Refusal on ``reason`` or ``quote``."""
    reason = needed(reason, field="reason", name="忽略的原因", most=200)
    quote = worded(key.quote, field="quote", name="原文")[:MOST_QUOTE]
    if not key.check or not quote:
        raise Refusal("", "没有这条发现，请刷新页面再看。")
    with transaction.atomic():
        row, _ = IgnoredFinding.objects.update_or_create(
            unit=unit, year=year, digest=key.digest,
            defaults={"check_id": key.check[:40], "quote": quote, "reason": reason, "ignored_at": at},
        )  # fmt: skip
        _line(row, "忽略发现", by=by, at=at)
    return row


def look_again(*, row: IgnoredFinding, by: Actor | None, at: datetime) -> None:
    """取消忽略: the finding stands again. Done twice it is done once."""
    with transaction.atomic():
        found = IgnoredFinding.objects.select_for_update().filter(pk=row.pk).first()
        if found is None:
            return
        _line(found, "取消忽略", by=by, at=at)
        found.delete()


def _line(row: IgnoredFinding, verb: str, *, by: Actor | None, at: datetime) -> None:
    journal.write_line(
        by=by, at=at, verb=verb, room="audit", noun="ignored", object_id=row.pk, unit_id=row.unit_id,
        summary=f"{row.year}年 {row.check_id}",
    )  # fmt: skip
