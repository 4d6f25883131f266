"""Questions about 党费."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from youju.people.members.models import Member, Membership, MembershipSet
from youju.people.units.models import Unit
from youju.people.units.values import UnitKind
from youju.people.written_once import rows_once
from youju.records.fees.models import FeeMark, FeeMonth
from youju.records.fees.values import FeeRow, FeeSheet, FeeState

MONTHS = range(1, 13)


def sheet_of(unit: Unit, year: int) -> FeeSheet:
    """Everybody who belonged to the ledger's unit at the end of a month of the year, in the order of the roster."""
    ends = [last_day(year, month) for month in MONTHS]
    belonged = _own(unit).filter(since__lte=ends[-1]).exclude(until__lte=ends[0])
    spans: dict[int, list[tuple[date, date | None]]] = {}
    names: dict[int, tuple[str, str]] = {}
    rows = belonged.order_by("member__rank", "member_id", "since")
    for member_id, name, unit_name, since, until in rows.values_list(
        "member_id", "member__name", "unit__short_name", "since", "until"
    ):
        spans.setdefault(member_id, []).append((since, until))
        names[member_id] = name, unit_name
    months = {row.month: row for row in FeeMonth.objects.filter(unit=unit, year=year).prefetch_related("marks")}
    marks = {(mark.member_id, month): mark.state for month, row in months.items() for mark in row.marks.all()}
    return FeeSheet(
        year=year,
        rows=tuple(
            FeeRow(
                member_id=pk,
                name=names[pk][0],
                unit_name=names[pk][1],
                states=tuple(FeeState(s) if (s := marks.get((pk, month))) else None for month in MONTHS),
                expected=tuple(_belongs(days, end) for end in ends),
            )
            for pk, days in spans.items()
        ),
        revisions=tuple(months[month].revision if month in months else 0 for month in MONTHS),
    )


def expected_in(unit: Unit, year: int, month: int) -> list[Member]:
    """Who belongs to the unit at the end of the month, in the order of the roster."""
    here = _own(unit).on(last_day(year, month))
    return list(Member.objects.filter(pk__in=here.values("member_id")).order_by("rank", "pk"))


def _own(ledger: Unit) -> MembershipSet:
    """Of the unit and its groups. What a branch below a committee is paid, the branch writes down, and nobody twice."""
    return Membership.objects.filter(Q(unit=ledger) | Q(unit__parent=ledger, unit__kind=UnitKind.GROUP))


def last_day(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _belongs(spans: list[tuple[date, date | None]], day: date) -> bool:
    return any(since <= day and (until is None or day < until) for since, until in spans)


def body_of(sheet: FeeMonth) -> tuple[dict[str, Any], dict[str, str]]:
    """What a revision of a month holds, its marks being loaded."""
    marks = sorted((mark.member_id, mark.state) for mark in sheet.marks.all())
    return {"unit": sheet.unit_id, "year": sheet.year, "month": sheet.month, "marks": [list(m) for m in marks]}, {}


def all_sheets() -> Any:
    marks = Prefetch("marks", queryset=FeeMark.objects.all())
    return FeeMonth.objects.prefetch_related(marks).order_by("pk").iterator(chunk_size=500)


@rows_once
def _marks_of(member: int) -> QuerySet[FeeMark]:
    return (
        FeeMark.objects.filter(member_id=member).select_related("sheet__unit").order_by("sheet__year", "sheet__month")
    )


def about(member: Member) -> dict[str, object]:
    """In which months a member was marked, and how."""
    return {
        "党费交纳": [
            {"组织": row.sheet.unit.name, "月份": str(row.sheet), "交纳": FeeState(row.state).zh}
            for row in _marks_of(member.pk)
        ]
    }
