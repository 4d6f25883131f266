"""Questions about looks."""

from __future__ import annotations

from datetime import date

from youju.kit.telling import Telling
from youju.people.looks.models import Look
from youju.people.looks.values import Place
from youju.people.members.models import Member
from youju.people.roles.rules import Role
from youju.people.written_once import Rows, growing_once


def about(member: Member) -> dict[str, object]:
    """Every look at a member: as what, of which unit, on which day. Whose name the account bears is not his to know."""
    return {"谁看过": Telling(_looks_at(member.pk), _say_look)}


@growing_once
def _looks_at(member: int) -> Rows:
    rows = Look.objects.filter(member_id=member).order_by("day", "pk")
    return rows.values_list("day", "role", "unit__short_name", "place")


def _say_look(day: date, role: str, unit: str, place: str) -> dict[str, object]:
    return {"日期": day, "账号": f"{Role(role).zh} · {unit}", "看了什么": Place(place).zh}
