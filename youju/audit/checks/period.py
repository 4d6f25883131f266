"""期间: a report whose beginning does not say which year it is of."""

from __future__ import annotations

import re

from youju.audit.layout import title_of
from youju.audit.values import Finding, Looked

HEAD = 300
_REPORTS = re.compile(r"述职|总结|报告")
_SAYS = re.compile(
    r"(?:19|20)\d\d\s*年(?!(?:\d{1,2}月)?以来)|二[〇○零][〇○零一二三四五六七八九]{2}年|今年|本年度|[上下]半年"
)
_LOOSE = re.compile(r"近年来|近几年来?|多年来|一直以来|长期以来")
_SINCE = re.compile(r"(?:19|20)\d\d年(?:\d{1,2}月)?以来")


def period(looked: Looked) -> list[Finding]:
    """Only of reports. One finding, at 近年来 where that stands in the head, else at the title."""
    head = looked.text[:HEAD]
    start, end = title_of(looked.text)
    if not _REPORTS.search(looked.text[start:end]) or _SAYS.search(head):
        return []
    loose = _LOOSE.search(head)
    if loose:
        start, end = loose.span()
    since = _SINCE.search(looked.text)
    said = [f"开头写“{loose.group()}”" if loose else "开头没有写年度", f"正文写“{since.group()}”" if since else ""]
    return [
        Finding(
            "期间", start, end, looked.around(start, end), f"{'，'.join(filter(None, said))}，看不出报告的是哪一年。",
            "请在题目或第一段写明年度。",
        )
    ]  # fmt: skip
