"""Keeping an audit, and letting it go."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from youju.accounts.models import User
from youju.audit.runs.models import Run
from youju.audit.runs.values import counts_of, verdicts_of
from youju.audit.values import Audit
from youju.journal import actions as journal
from youju.journal.values import Actor
from youju.kit.digests import sha256_hex
from youju.kit.refusal import Refusal
from youju.kit.wording import needed
from youju.people.models import Unit

MOST_KEPT = 200  # of one unit: a report a year, many times over


def keep(*, unit: Unit, audit: Audit, name: str, by: Actor | None, at: datetime) -> Run:
    """留存. The same text of the same year and day is kept once; kept again it gives the run that stands."""
    name = needed(name, field="name", name="名称", most=80)
    if not audit.text.strip():
        raise Refusal("name", "没有文字可以留存，请重新核对一次。")
    digest = sha256_hex(audit.text.encode())
    with transaction.atomic():
        Unit.objects.select_for_update().get(pk=unit.pk)  # two that keep at once keep one after the other
        mine = Run.objects.filter(unit=unit)
        there = mine.filter(year=audit.year, as_of=audit.as_of, digest=digest).first()
        if there is not None:
            return there
        if mine.count() >= MOST_KEPT:
            raise Refusal("name", f"已经留存了{MOST_KEPT}份，请先删去不用的。")
        run = Run.objects.create(
            unit=unit, name=name, year=audit.year, as_of=audit.as_of, text=audit.text, digest=digest,
            counts=counts_of(audit), verdicts=verdicts_of(audit), findings=len(audit.findings), kept_at=at,
            kept_by=User.objects.filter(pk=by.pk).first() if by and by.pk else None,
        )  # fmt: skip
        _line(run, "留存核对", by=by, at=at)
    return run


def discard(*, run: Run, by: Actor | None, at: datetime) -> None:
    """删去 with its text. Done twice it is done once."""
    with transaction.atomic():
        found = Run.objects.select_for_update().filter(pk=run.pk).first()
        if found is None:
            return
        _line(found, "删去留存的核对", by=by, at=at)
        found.delete()


def _line(run: Run, verb: str, *, by: Actor | None, at: datetime) -> None:
    """The name is somebody's file name and stays out of the journal: it may name a person."""
    journal.write_line(
        by=by, at=at, verb=verb, room="audit", noun="runs", object_id=run.pk, unit_id=run.unit_id,
        summary=f"{run.year}年 正文摘要 {run.digest[:8]}",
    )  # fmt: skip
