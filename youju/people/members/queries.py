"""Questions about members."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet

from youju.people.listed import Listed
from youju.people.members.models import Member, Membership
from youju.people.units.models import Unit
from youju.people.units.values import UnitKind
from youju.people.written_once import rows_once


def member_of(user_id: int | None) -> Member | None:
    """The person behind an account, forgotten or not."""
    return next(iter(_behind(user_id)), None) if user_id else None


@rows_once
def _behind(user: int) -> QuerySet[Member]:
    return Member.objects.filter(user_id=user)


def memberships_on(unit: Unit, day: date) -> list[Membership]:
    """Who belongs to the unit (with its groups) on a day, in roster order, with member and unit loaded."""
    rows = Membership.objects.in_unit(unit).on(day).select_related("member", "unit")
    return sorted(rows, key=lambda row: (row.member.rank, row.member_id))


def ledgers_of(member_ids: Collection[int], *, since: date) -> set[int]:
    """The units in whose ledgers these members stand on any day from ``since`` on."""
    if not member_ids:
        return set()
    rows = Membership.objects.filter(member_id__in=Listed(sorted(member_ids))).exclude(until__lte=since)
    units = rows.order_by().values_list("unit_id", "unit__parent_id", "unit__kind").distinct()
    return {parent if kind == UnitKind.GROUP and parent else pk for pk, parent, kind in units}


@rows_once
def _memberships(member: int) -> QuerySet[Membership]:
    return Membership.objects.filter(member_id=member).select_related("unit").order_by("since")


def about(member: Member) -> dict[str, object]:
    """All that this noun keeps of a member, in words he can read."""
    return {
        "姓名": member.name,
        "组织关系": [
            {"组织": row.unit.name, "类别": row.get_standing_display(), "自": row.since, "至": row.until}
            for row in _memberships(member.pk)
        ],
    }
