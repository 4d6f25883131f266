"""What is not a claim (不算说法): each rule decides one thing, and its name goes into Claim.rule.

Titles, quotations, ordinals, dates, slogans, masked numbers, attributes, other people's data, advertisements.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable

from youju.prose.numerals import CHINESE
from youju.prose.quantities import Quantity
from youju.prose.scene import Scene
from youju.prose.vocabulary import FIXED, UNIT_CLASSES

_NUMERAL = frozenset(CHINESE)
_PAIRED = re.compile(rf"[{CHINESE}][\u4e00-\u9fff]{{1,2}}[、，]?[{CHINESE}](?![{CHINESE}])[\u4e00-\u9fff]{{1,2}}")
_PLUS = re.compile(r"[\u4e00-\u9fff]{1,5}\+\d")
_FROM, _FORMERLY = (
    re.compile(r"[由从][^，。、至到]{0,12}$"),
    re.compile(r"(?:去年|上年|上届|往年|同期|原来|此前|原先|过去)的?$"),
)
_LAST_YEAR = re.compile(r"去年|上年")
_NOT = re.compile(r"(?:没有?|从?未|无|不曾|杜绝)(?!少|不|偿|论)[^，。；、]{0,6}$")
_IF = re.compile(r"如果|假如|倘若|假设|若(?:按|以|是|能|每)")
_BY, _RECKONED = re.compile(r"[按以][^，。；]{0,12}$"), re.compile(r"[^，。；]{0,4}(?:计算|测算|推算|折算|估算)")
_EACH_MORE, _THEN = (
    re.compile(r"每(?:提高|提升|增加|减少|下降|上升|降低|少|多)"),
    re.compile(r"就|可以?|能|意味着|相当于"),
)
_EACH_TIME, _EACH = re.compile(r"每(?:次|期|场|堂|篇|节|批|轮)[^，。]{0,5}$"), re.compile(r"每[\u4e00-\u9fff]{1,4}$")
_QUOTED = 14  # a longer quotation is speech and is read; a shorter one is a name
_TITLED = 120


_SLOGAN_VERBS = ("做到", "树立", "增强", "坚定", "捍卫", "拥护", "践行", "遵循", "把握", "紧扣", "强化", "坚持")
_POINTING = ("每", "逐", "同", "另", "任何", "某", "哪", "这", "那", "该", "此", "上", "前", "下", "后", "头")
_NOT_POINTING = ("先后", "前后", "线上", "线下", "会上", "会后", "会前", "以上", "以下", "项目上")


def _fixed_by_numeral() -> dict[str, list[tuple[int, str]]]:
    table: dict[str, list[tuple[int, str]]] = {}
    for word in sorted(FIXED.whole, key=len, reverse=True):
        for offset, c in enumerate(word):
            if c in _NUMERAL:
                table.setdefault(c, []).append((offset, word))
                break
    return table


_FIXED = _fixed_by_numeral()
# After an Arabic numeral these may well be counted: 制定3项制度, 打造5个中心.
_LIGHT = frozenset((
    "制度", "体系", "主题", "机制", "清单", "专题", "能力", "课堂", "中心", "特色", "亮点", "重点", "关键", "主要", "重大", "内容", "要求", "标准",
    "模块", "板块", "层次", "类别", "作用", "责任", "措施", "任务", "指标", "不", "地", "步", "没有", "有", "字", "战役",
))  # fmt: skip
_HEAVY = tuple(word for word in FIXED.abstract if word not in _LIGHT)


class Names:
    """Spans of titles 《》 and short quotations: what stands in them is a name."""

    def __init__(self, text: str) -> None:
        spans = list(_spans(text, "《", "》", _TITLED))
        spans += [s for s in _spans(text, "“", "”", _QUOTED) if not _sentence_like(text, *s)]
        spans += [s for s in _straight(text) if not _sentence_like(text, *s)]
        spans.sort()
        self._starts = [s for s, _ in spans]
        self._ends = [e for _, e in spans]

    def holds(self, at: int) -> bool:
        index = bisect_right(self._starts, at) - 1
        return any(self._ends[i] > at for i in range(max(0, index - 2), index + 1))


def _spans(text: str, opening: str, closing: str, longest: int) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    at = text.find(opening)
    while at >= 0:
        end = text.find(closing, at, at + longest)
        if end >= 0 and "\n" not in text[at:end]:
            spans.append((at, end))
        at = text.find(opening, at + 1)
    return spans


def _straight(text: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    at = text.find('"')
    while at >= 0:
        end = text.find('"', at + 1)
        if end < 0:
            break
        line = text.find("\n", at, end)
        if line >= 0:  # a mark without its partner on the line
            at = end
            continue
        if end - at <= _QUOTED:
            spans.append((at, end))
        at = text.find('"', end + 1)
    return spans


def _sentence_like(text: str, start: int, end: int) -> bool:
    return any(mark in text[start:end] for mark in "。！？；")


# ---- rules on the numeral and what touches it


def ordinal(s: Scene, q: Quantity) -> bool:
    """第3次, 第十二届: an order, not an amount."""
    return s.text[q.number - 1 : q.number] == "第" or s.text[q.start - 1 : q.start] == "第"


def named_meeting(s: Scene, q: Quantity) -> bool:
    """十三届全国人大五次会议, 七次全会: which meeting it was, not how many."""
    if q.unit != "次":
        return False
    return s.right.startswith("全会") or (s.right.startswith("会议") and "届" in s.clause_left[-14:])


def slogan_verb(s: Scene, q: Quantity) -> bool:
    """做到两个…, 树立四个…: verbs that take slogans, not amounts."""
    return q.chinese and q.unit == "个" and q.value <= 12 and s.text[max(0, s.start - 2) : s.start] in _SLOGAN_VERBS


def masked(s: Scene, q: Quantity) -> bool:
    """2xxxx人, **次, x5名: the writer hid the number."""
    before, inside = s.text[q.number - 1 : q.number], s.text[q.number : q.end]
    if before == "×":  # ×× for a name stands before a number; a single × hides a digit
        return s.text[q.number - 2 : q.number - 1] not in ("×", "、")
    return (
        before in ("x", "*", "#", "_")
        or (before == "." and s.text[q.number - 2 : q.number - 1] in ("x", "*"))
        or "*" in inside
    )


def serial(s: Scene, q: Quantity) -> bool:
    """A4, NO.3, 1+3, 3:1, 15:30, -5: part of a name, a formula or a time."""
    before = s.text[q.number - 1 : q.number]
    if before == "-" or before == "/" or (before == "：" and s.text[q.number - 2 : q.number - 1].isdigit()):
        return True
    if before == "." and s.text[q.number - 2 : q.number - 1].isdigit():
        return True
    if before in ("表", "图", "附") or s.text[q.number - 2 : q.number] == "附件":
        return True
    after = s.text[q.end : q.end + 1]
    if _PLUS.match(s.text, q.end, q.end + 7):
        return True
    if (
        q.value <= 10
        and "+" in s.sentence_left
        and re.search(r"\+[\dN][^。；]{0,16}即[^。；]{0,24}$", s.sentence_left[-48:])
    ):
        return True  # “1+1+N”机制，即1名党员、1个组织
    near = s.text[max(0, q.number - 3) : q.number]
    return before == "+" or after == "+" or (before.isascii() and before.isalpha() and not near.endswith("xx"))


def fixed_expression(s: Scene, q: Quantity) -> bool:
    """一岗双责, 三会一课, 四个意识, 最后一公里: a fixed expression that holds a numeral."""
    if not q.chinese:
        return False
    text, at = s.text, q.number
    for offset, word in _FIXED.get(text[at], ()):
        longer = (
            len(word) - offset > q.end - at
            or (offset > 0 and len(word) - offset == q.end - at)
            or word == text[at : q.end]
        )
        if longer and at >= offset and text.startswith(word, at - offset):
            return True
    return False


def paired_numerals(s: Scene, q: Quantity) -> bool:
    """一户一策, 两推荐三公示四票决: numerals in parallel make a slogan."""
    if not q.chinese or q.number - q.start or len(s.text[q.number : q.end]) > 3:
        return False
    found = _PAIRED.match(s.text, q.number)
    if found and found.end() > q.end and s.text[q.number + 1] not in CHINESE:
        return not re.match(r"[、，]", s.text[q.end : q.end + 1]) or "推" in found[0]
    before = s.text[max(0, q.number - 3) : q.number]
    return (
        bool(re.search(rf"[{CHINESE}][\u4e00-\u9fff]{{1,2}}$", before))
        and not re.search(r"[次场期名个人项件]$", before)
        and (s.text[q.number - 2 : q.number - 1] in CHINESE)
    )


def abstract_count(s: Scene, q: Quantity) -> bool:
    """四个方面, 三项制度, 六个坚持: counts the points of what is being said."""
    if q.sort not in ("place", "thing", "paper") or q.relation != "eq" or q.value > 20:
        return False
    after = s.text[q.end : q.end + 8]
    if "方面" in after[:6] or "环节" in after[:6]:
        return True
    return after.startswith(FIXED.abstract if q.chinese else _HEAVY)


def one_as_article(s: Scene, q: Quantity) -> bool:
    """打造一支队伍, 是一项工程: 一 as an article, unless something was done 一次 or 了一堂."""
    if not q.chinese or q.value != 1 or q.relation != "eq" or q.value_max is not None:
        return False
    before = s.text[max(0, s.start - 6) : s.start]
    if q.sort == "session" and q.unit not in ("回", "轮", "讲"):
        return s.preposed and before.endswith(("是", "为", "这", "每", "成为", "又", "进", "再"))
    if s.text[q.start] == "各":
        return False
    if not s.preposed and not before.endswith(("这", "那", "每", "同", "另")):
        return s.text[q.end : q.end + 1] in '”"'
    return not before.endswith(("共", "了", "过")) or (
        q.sort in ("thing", "place", "paper") and not before.endswith("共")
    )


def distributive(s: Scene, q: Quantity) -> bool:
    """每一个党员, 每3名, 每提升1小时: what follows 每 is a measure of something else."""
    before = s.text[max(s.clause_start, s.start - 6) : s.start]
    if q.sort in ("span", "share", "measure") and _EACH.search(before):
        return True
    if (
        q.relation != "eq"
        or before.endswith(_NOT_POINTING)
        or (before.endswith("上") and s.right.startswith(("党课", "生动")))
    ):
        return False
    if before.endswith("某") and "\u4e00" <= before[-2:-1] <= "\u9fff":  # 王某、李某两同志
        return False
    return before.endswith(_POINTING)


def duration(s: Scene, q: Quantity) -> bool:
    """3天, 2小时, 提前10天: a length of time, unless it was added up or cut down (累计, 缩短到)."""
    if q.sort != "span":
        return False
    near = s.text[max(s.clause_start, s.start - 12) : s.start]
    if q.unit in ("学时", "课时", "个学时", "工时", "人天"):
        return bool(re.search(r"为期|历时|每期|每次", near))
    if q.unit in ("小时", "个小时") and (q.value >= 100 or q.relation == "approx_over") and not s.preposed:
        return False
    return not re.search(r"累计|时长|共|缩短|压缩|减少|总计|提速|平均|由.{1,8}[降减]", near)


def attribute(s: Scene, q: Quantity) -> bool:
    """80岁以上的老党员, 近2万字的报告: describes, does not count; 平均年龄降到42岁 does."""
    if q.sort == "money":  # 收入20万元以上的村
        return (
            q.relation in ("ge", "le")
            and s.text.startswith("的", q.end)
            and not s.text[s.clause_start : s.start].endswith(("投入", "筹集"))
        )
    if q.sort != "attribute":
        return False
    near = s.text[max(s.clause_start, s.start - 30) : s.start]
    if q.unit in ("岁", "周岁"):
        return not ("平均" in near and q.relation in ("eq", "approx", "le"))
    if q.unit == "字":
        return not re.search(r"笔记|撰写|心得|共计|累计|人均", near) or s.preposed
    return True


def from_value(s: Scene, q: Quantity) -> bool:
    """由上届49.95岁下降到…, 从12个增加到…: the old figure."""
    near = s.text[max(s.clause_start, s.start - 14) : s.start]
    after = s.text[q.end : q.end + 12]
    if _FROM.search(near) and re.match(
        r"[^，。]{0,8}?(?:到|至|成为|降为|增为|增长|减少|提高|提升|上升|下降|压缩|缩短)", after
    ):
        return True
    if _LAST_YEAR.search(s.text, s.clause_start, s.start) and "今年" in s.text[q.end : s.sentence_end]:
        return True
    return bool(_FORMERLY.search(near))


def weight(s: Scene, q: Quantity) -> bool:
    """按照20%权重, 占30分: how something is scored, not what was reached."""
    if q.sort != "share":
        return False
    return (
        bool(re.match(r"的?(?:权重|分值|比重计|比例(?:计|提取|确定|抽))", s.text[q.end : q.end + 6]))
        or s.text[s.start - 2 : s.start] == "权重"
    )


def fixed_number_name(s: Scene, q: Quantity) -> bool:
    """二十强企业, 百家争鸣, 十佳: the number is part of a name."""
    after = s.text[q.end : q.end + 2]
    return (
        (q.sort == "house" and after[:1] in ("联", "一"))
        or after[:1] in ("强",)
        or (q.chinese and q.value >= 100 and after[:1] == "争")
    )


def outside_figures(s: Scene, q: Quantity) -> bool:
    """清华大学报告指出…40%, 调研数据显示…: somebody else's data."""
    left = s.sentence_left
    return any(word in left for word in FIXED.outside) and not re.search(
        r"我[们镇村局单支校院区县市]|本[支单镇村]|满意度调查", left
    )


def advertisement(s: Scene, q: Quantity | None = None) -> bool:
    """【素材库】每天更新1000多篇: the advertisement of a collection of texts."""
    sentence = s.sentence
    return sum(word in sentence for word in FIXED.ads) >= 2 or "素材库" in sentence


def negated(s: Scene, q: Quantity) -> bool:
    """没有发生1起, 未召开一次: the one that was not."""
    if q.value != 1 or q.relation != "eq":
        return False
    near = s.text[max(s.clause_start, s.start - 10) : s.start]
    return bool(_NOT.search(near))


def supposed(s: Scene, q: Quantity) -> bool:
    """如果每月召开1次, 按每年2次计算, 每提高一个百分点…多出3名: reckoned, not done."""
    if _IF.search(s.text, s.clause_start, s.start):
        return True
    if _RECKONED.match(s.text, s.end, s.end + 8) and _BY.search(s.clause_left):
        return True
    said = _EACH_MORE.search(s.text, s.sentence_start, s.start)
    return bool(said and _THEN.search(s.clause_left))


def average(s: Scene) -> bool:
    """平均每月3次, 月均3次: some months may have had none, so no rhythm is claimed."""
    return s.text.startswith("均", s.start + 1) or s.text.endswith(("平均", "均"), max(0, s.start - 4), s.start)


def vague_amount(s: Scene, q: Quantity) -> bool:
    """数十次, 几名: no bound can be given."""
    return q.vague


def measure_of_place(s: Scene, q: Quantity) -> bool:
    """占地300平方米, 面积20亩: the size of something that stands there."""
    if q.sort != "measure":
        return False
    near = s.text[max(s.clause_start, s.start - 10) : s.start]
    return bool(re.search(r"占地|面积|海拔|距|总长|全长|相距", near)) or s.text.startswith("的", q.end)


def per_session(s: Scene, q: Quantity) -> bool:
    """每次不少于2小时, 每期50人: a size of each one, not a total."""
    near = s.text[max(s.clause_start, s.start - 8) : s.start]
    return bool(_EACH_TIME.search(near))


Rule = Callable[[Scene, Quantity], bool]
RULES: tuple[Rule, ...] = (
    ordinal, named_meeting, slogan_verb, masked, serial, negated, supposed, fixed_expression, paired_numerals, abstract_count, distributive, duration, attribute,
    measure_of_place, from_value, weight, per_session, fixed_number_name, one_as_article, outside_figures, advertisement, vague_amount,
)  # fmt: skip


# Rules that look at some amounts only; the others are not asked about them.
_OF_SORTS: dict[Rule, tuple[str, ...]] = {
    named_meeting: ("session",), abstract_count: ("place", "thing", "paper"), duration: ("span",), attribute: ("money", "attribute"),
    measure_of_place: ("measure",), weight: ("share",),
}  # fmt: skip
_OF_CHINESE = frozenset((slogan_verb, fixed_expression, paired_numerals, one_as_article))
_RULES_OF = {
    (sort, chinese): tuple(r for r in RULES if sort in _OF_SORTS.get(r, (sort,)) and (chinese or r not in _OF_CHINESE))
    for sort in UNIT_CLASSES
    for chinese in (True, False)
}


def excluded_by(scene: Scene, quantity: Quantity, names: Names) -> str | None:
    """The name of the rule by which this quantity is no claim, or None."""
    if names.holds(quantity.number):
        return "name_or_title"
    for rule in _RULES_OF[quantity.sort, quantity.chinese]:
        if rule(scene, quantity):
            return rule.__name__
    return None
