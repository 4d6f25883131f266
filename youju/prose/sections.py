"""Sections (段落归属): what a heading makes of the numbers below it. 下步打算 → plan, 制度 → rule, 基本情况 → state.

Reads headings only; a sentence's own words are read elsewhere and win.
"""

from __future__ import annotations

import re
from bisect import bisect_right

_HEADING = re.compile(
    r"(?:(?<=\n)|(?<=[。；：])|\A)(?:(?P<one>(?:第[一二三四五六七八九十]+部分|[一二三四五六七八九十]{1,3})[、，：])"
    r"|(?P<two>（[一二三四五六七八九十]{1,3}）)|(?P<three>（?\d{1,2}[、）](?!\d)|\d{1,2}\.(?!\d)))(?P<text>[^。\n；]{2,60})"
)
_LINE = re.compile(r"(?:\A|(?<=\n))(?P<text>[^。；，\n]{2,40})(?=\n|\Z)")
_LEAD = re.compile(
    r"(?:\A|(?<=\n))(?P<text>[^。；，：\n]{2,16})(?:：|(?<=对照检查)，|(?<=不足之处)，)(?=[^\n])"
)  # 存在的主要问题：… holds to the end of its line
_ENCLOSED = re.compile(
    r"(?:\A|(?<=\n))附：数据出处表(?=\n|\Z)"
)  # stands under the signature: no section reaches over it
_PLAN = re.compile(
    r"整改(?:清单|打算|计划|思路)|任务清单$|打算清单|接下来|下一?步|下一?阶段|打算|今后|明年|来年|努力方向|工作思路|整改方向|改进措施|工作计划|工作要点|工作安排|目标任务|下半年(?:工作)?(?:计划|安排|重点)"
    r"|的思路|工作重点|工作设想|主要措施$|\d{4}年度?(?:工作)?(?:计划|打算|思路|安排|要点)|年度书记抓.{0,12}思路|预期目标"
)
_DONE = re.compile(r"总结|完成情况|落实情况|开展情况|成效|上年度?|回顾|履职")
_RULE = re.compile(
    r"(?:制度|办法|规定|细则|规则|条例|职责|流程|须知|程序|守则|工作要求|主要任务|工作机制|实施方案)(?:（.{0,10}）)?$"
)
_KEPT = re.compile(r"落实|执行|坚持|完善|健全|建立|强化|加强|推进|抓|履行|严格|规范|创新|明确|压实|扛牢|筑牢")
_SHORT = re.compile(
    r"存在的?(?:主要|突出|明显)?(?:问题|不足|困难|短板|差距)|突出问题|主要问题|问题和(?:不足|短板)|问题清单|(?:也有|还有|存在|主要)不足|(?:还有|仍有|存在)差距|对照检查$|不足(?:之处)?$|短板(?:和|与|、)?(?:弱项|不足)|不足之处|问题及(?:原因|不足)|薄弱环节|差距和不足"
)
_STATE = re.compile(r"基本情况|基本概况|概况|简介|基本信息|组织设置情况|队伍现状|党员队伍状况|单位情况")
_DEFINED = re.compile(r"\A[^。\n]{0,20}(?:是指|系指)|(?:\A|\n)第[一二三四五六七八九十]+条")


class Sections:
    """``of(at)`` is the class its section gives the text at a place: plan, rule, state, shortcoming or None."""

    def __init__(self, text: str) -> None:
        self._starts, self._names = [0], [_whole(text)]
        base = self._names[0]
        open_level, current = 9, base
        for start, level, heading in _headings(text):
            said = _class_of(heading)
            if said is not None:
                current, open_level = said, level
            elif level <= open_level:
                current, open_level = base, 9
            self._starts.append(start)
            self._names.append(current)
        leads = ((m, _class_of(m["text"])) for m in _LEAD.finditer(text))
        self._leads = [
            (m.start(), _line_end(text, m.end()), class_) for m, class_ in leads if class_ in ("plan", "shortcoming")
        ]
        self._lead_starts = [start for start, _, _ in self._leads]

    def of(self, at: int) -> str | None:
        return self._names[bisect_right(self._starts, at) - 1] or self._lead(at)

    def _lead(self, at: int) -> str | None:
        index = bisect_right(self._lead_starts, at) - 1
        return self._leads[index][2] if index >= 0 and at < self._leads[index][1] else None


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _headings(text: str) -> list[tuple[int, int, str]]:
    """Place, level and words of each heading, in order."""
    found: list[tuple[int, int, str]] = []
    for m in _HEADING.finditer(text):
        level = 1 if m["one"] else 2 if m["two"] else 3
        heading = m["text"]
        if level == 3 and "，" in heading and m.end() < len(text) and text[m.end()] != "\n":
            continue  # a numbered sentence, not a heading
        found.append((m.start(), level, heading[:40]))
    alone = (
        m
        for m in _LINE.finditer(text)
        if (_class_of(m["text"]) or _DONE.search(m["text"])) and not _HEADING.match(text, m.start())
    )
    found.extend((m.start(), 0, m["text"]) for m in alone)  # an unnumbered line stands above numbered ones
    found.extend((m.start(), 0, "") for m in _ENCLOSED.finditer(text))
    return sorted(found)


def _class_of(heading: str) -> str | None:
    head = heading.split("。")[0].split("（一）")[0].strip("：: 　")
    if _PLAN.search(head):
        return None if _DONE.search(head) else "plan"
    if ("整改" in head and "整改清单" not in head) or "上年" in head:
        return None
    if _SHORT.search(head):
        return "shortcoming"
    if len(head) <= 16 and _STATE.search(head):
        return "state"
    if len(head) <= 30 and not _KEPT.search(head) and _RULE.search(head) and not _DONE.search(head):
        return "rule"
    return None


def _whole(text: str) -> str | None:
    """A document that is itself a rule: its first line names it so, or it defines its subject, or it has articles."""
    first = text.lstrip("\n")[:60].split("\n")[0]
    if _DEFINED.search(text[:3000]):
        return "rule"
    return "rule" if len(first) <= 30 and _RULE.search(first.strip()) else None
