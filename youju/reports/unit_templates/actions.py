"""Handing in a template, and taking it away."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from youju.journal import actions as journal
from youju.journal.values import Actor
from youju.kit.refusal import Refusal
from youju.paper.writing.template import template_faults
from youju.people.models import Unit
from youju.reports.unit_templates.models import ReportTemplate
from youju.store.actions import keep

MOST_NAME = 120


def keep_template(*, unit: Unit, data: bytes, name: str, by: Actor | None, at: datetime) -> ReportTemplate:
    """The unit's template from now on. Raises Refusal on ``file`` with a sentence for each fault."""
    faults = template_faults(data, name)
    if faults:
        raise Refusal("file", "\n".join(faults))
    with transaction.atomic():
        Unit.objects.select_for_update().get(pk=unit.pk)
        stored = keep(data=data, by=by, at=at)
        row, _ = ReportTemplate.objects.update_or_create(
            unit=unit, defaults={"file": stored, "name": name[-MOST_NAME:] or "模板.docx", "kept_at": at}
        )
        _line(row, "存入报告模板", by=by, at=at)
    return row


def drop_template(*, unit: Unit, by: Actor | None, at: datetime) -> None:
    """不再用模板: reports go out in the standard layouts again. Done twice it is done once."""
    with transaction.atomic():
        row = ReportTemplate.objects.select_for_update().filter(unit=unit).first()
        if row is None:
            return
        _line(row, "停用报告模板", by=by, at=at)
        row.delete()


def _line(row: ReportTemplate, verb: str, *, by: Actor | None, at: datetime) -> None:
    journal.write_line(
        by=by, at=at, verb=verb, room="reports", noun="template", object_id=row.pk, unit_id=row.unit_id,
        summary=row.file.sha256[:8],
    )  # fmt: skip
