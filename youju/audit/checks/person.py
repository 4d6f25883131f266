"""第一人称: a 述职报告 is a secretary's own account; one without 我 is a summary of the unit."""

from __future__ import annotations

import re

from youju.audit.layout import title_of
from youju.audit.values import Finding, Looked

_I = re.compile(r"(?<!自)我(?![们国党省市县区军镇村乡社院校局委办所厂])|本人")
_OWN_ACCOUNT = re.compile(r"述职")
CHARACTERS_TO_ONE = 1000


def person(looked: Looked) -> list[Finding]:
    """None where the title is not of a 述职报告. Fewer than one 我 in a thousand characters is pointed at."""
    start, end = title_of(looked.text)
    title = looked.text[start:end]
    if not _OWN_ACCOUNT.search(title):
        return []
    times = len(_I.findall(looked.text))
    if times * CHARACTERS_TO_ONE >= len(looked.text):
        return []
    said = "全文没有出现“我”" if not times else f"全文约{len(looked.text)}字，“我”只出现{times}次"
    return [Finding("人称", start, end, title, f"{said}，读起来像单位总结。", "述职要写书记本人做了什么、做得怎么样。")]
