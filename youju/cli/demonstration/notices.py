"""会议通知: the paper that went out before a members' meeting, kept with its record as evidence."""

from __future__ import annotations

from datetime import timedelta

from youju.cli.demonstration import days
from youju.cli.demonstration.occasions import Occasion
from youju.kit.periods import chinese_date
from youju.paper.writing import Paper, Paragraph, write_docx

WEEKDAYS = "一二三四五六日"


def notice_of(occasion: Occasion, unit_name: str) -> bytes:
    """The notice as a docx; it knows when and about what, and nothing of what happened there."""
    starts = days.moment(occasion.day, occasion.hour, occasion.minute)
    when = f"{chinese_date(occasion.day)}（星期{WEEKDAYS[occasion.day.weekday()]}）{starts:%H:%M}"
    topics = "；".join(item.title for item in occasion.agenda)
    lines = (
        "全体党员：",
        f"定于{when}在{occasion.place}召开党员大会。",
        f"议题：{topics}。",
        "请安排好工作，准时参加；确需请假的，会前向党小组组长说明。",
    )
    return write_docx(
        Paper(
            title="关于召开党员大会的通知",
            blocks=tuple(Paragraph((line,)) for line in lines),
            signed_by=unit_name,
            signed_on=occasion.day - timedelta(days=3),
        )
    )
