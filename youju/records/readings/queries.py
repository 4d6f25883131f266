"""Questions about 自学."""

from __future__ import annotations

from django.db.models import QuerySet

from youju.people.members.models import Member
from youju.people.units.models import Unit
from youju.people.written_once import rows_once
from youju.records.readings.models import Reading


def readings_in(ledger: Unit, *, year: int) -> list[Reading]:
    """What the members of a ledger said they read in a year, newest first."""
    rows = Reading.objects.standing().filter(ledger=ledger, read_on__year=year)
    return list(rows.select_related("member", "source"))


def readings_by(member: Member) -> list[Reading]:
    """What a member said he read, newest first."""
    return list(Reading.objects.standing().filter(member=member).select_related("ledger", "source"))


def by_himself(reading: Reading) -> bool:
    return reading.entered_by is not None and reading.entered_by == reading.member.user_id


@rows_once
def _read_by(member: int) -> QuerySet[Reading]:
    return Reading.objects.filter(member_id=member).select_related("ledger", "member")


def about(member: Member) -> dict[str, object]:
    """Every reading kept of a member, withdrawn or not."""
    return {
        "自学登记": [
            {
                "日期": row.read_on,
                "学习内容": row.title,
                "组织": row.ledger.name,
                "谁填的": "本人" if by_himself(row) else "党务工作者",
                "情况": "已撤回" if row.withdrawn_at else "",
            }
            for row in _read_by(member.pk)
        ]
    }
