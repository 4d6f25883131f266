"""Questions about looks."""

from __future__ import annotations

from youju.people.looks.models import Look
from youju.people.members.models import Member


def about(member: Member) -> dict[str, object]:
    """Every look at a member: as what, of which unit, on which day. Whose name the account bears is not his to know."""
    rows = Look.objects.filter(member=member).select_related("unit").order_by("day", "pk")
    return {
        "谁看过": [
            {
                "日期": row.day,
                "账号": f"{row.get_role_display()} · {row.unit.short_name}",
                "看了什么": row.get_place_display(),
            }
            for row in rows
        ]
    }
