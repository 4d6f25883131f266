"""Questions about registers."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Case, Q, QuerySet, When

from youju.people.members.models import Member
from youju.people.models import Unit
from youju.people.written_once import rows_once
from youju.records.registers.kinds import REGISTERS
from youju.records.registers.models import Subject, SubjectSet

#: The registers in the order in which they are shown.
IN_ORDER = Case(*(When(kind=kind, then=number) for number, kind in enumerate(REGISTERS)), default=len(REGISTERS))


def register(unit: Unit, kind: str = "", *, words: str = "", place_id: int | None = None) -> SubjectSet:
    """What stands or stood on the registers of a unit, in the order of their codes; of one kind, place, or with words."""
    rows = Subject.objects.filter(unit=unit).select_related("place", "partner")
    if kind:
        rows = rows.filter(kind=kind)
    if place_id is not None:
        rows = rows.filter(place=place_id)
    if words:
        rows = rows.filter(Q(name__icontains=words) | Q(code__icontains=words) | Q(place__name__icontains=words))
    return rows.order_by(IN_ORDER, "place__code", "code", "pk")


def find(unit: Unit, kind: str, code: str) -> Subject | None:
    return Subject.objects.filter(unit=unit, kind=kind, code=code).select_related("unit", "place", "partner").first()


def standing_on(unit: Unit, day: date) -> list[Subject]:
    """What is on the registers on a day: whom a visit of that day may have reached."""
    rows = Subject.objects.filter(unit=unit).standing(day).select_related("place")
    return list(rows.order_by(IN_ORDER, "place__code", "code", "pk"))


def body_of(subject: Subject) -> tuple[dict[str, Any], dict[str, str]]:
    """What a revision holds: plain data with persons as ids, and texts by key."""
    body = {
        "unit": subject.unit_id, "kind": subject.kind, "code": subject.code, "place": subject.place_id,
        "since": subject.since, "until": subject.until, "partner": subject.partner_id,
        "paired_since": subject.paired_since, "paired_until": subject.paired_until,
    }  # fmt: skip
    return body, {"name": subject.name, "paired_words": subject.paired_words, "note": subject.note}


@rows_once
def _paired_with(member: int) -> QuerySet[Subject]:
    return Subject.objects.filter(partner_id=member).select_related("place").order_by("pk")


def about(member: Member) -> dict[str, object]:
    """With whom a member is paired."""
    rows = _paired_with(member.pk)
    return {"结对的村和户": [{"对象": row.said, "自": row.paired_since, "至": row.paired_until} for row in rows]}
