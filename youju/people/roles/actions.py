"""Granting and withdrawing roles."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from youju.accounts.models import User
from youju.journal import actions as journal
from youju.journal.values import Actor
from youju.kit.refusal import Refusal
from youju.people.roles.models import Grant
from youju.people.roles.rules import Role
from youju.people.units.models import Unit


def grant(*, user: User, unit: Unit, role: Role, since: date, by: Actor | None, at: datetime) -> Grant:
    """授予权限. Raises Refusal on ``role`` when he holds it already."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)  # two grants at once come one after the other
        if Grant.objects.filter(user=user, unit=unit, role=role, until__isnull=True).exists():
            raise Refusal("role", f"{user.name}在{unit.short_name}已有{role.zh}权限。")
        row = Grant.objects.create(user=user, unit=unit, role=role, since=since)
        journal.write_line(
            by=by,
            at=at,
            verb="授予权限",
            room="people",
            noun="grant",
            object_id=row.pk,
            unit_id=unit.pk,
            summary=role.zh,
        )
    return row


def withdraw(*, row: Grant, on: date, by: Actor | None, at: datetime) -> None:
    """收回权限. Withdrawn on the day it was granted, it never held. Raises Refusal on ``until``."""
    with transaction.atomic():
        if Grant.objects.select_for_update().get(pk=row.pk).until or on < row.since:
            raise Refusal("until", "收回日期不能早于授予日期，且权限须仍有效。")
        row.until = on
        row.save(update_fields=["until"])
        journal.write_line(
            by=by,
            at=at,
            verb="收回权限",
            room="people",
            noun="grant",
            object_id=row.pk,
            unit_id=row.unit_id,
            summary=Role(row.role).zh,
        )
