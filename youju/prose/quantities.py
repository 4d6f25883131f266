"""Quantities (数量): a numeral with its measure word and its relation words, as one span of the text.

近20次, 12次以上, 10至12次, 不少于3个, 各1次, 92.6%. Whether it is a claim is decided elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from youju.prose.numerals import Number, numbers
from youju.prose.vocabulary import UNITS, Unit

_MONEY = re.compile(r"(?:资金|贷款|经费|投资|产值|收入|利润|补贴|捐款|金额|债务|效益)[^，。；、]{0,6}$")
_CLICKS = re.compile(r"(?:播放|点击|浏览|阅读|访问)[量数]?[^，。；、]{0,5}$")
_HEADS, _BARE_HEADS = re.compile(r"(?:人口|群众|居民|村民|职工|粉丝)[^，。；、]{0,4}$"), Unit("人", "person")
_BARE_MONEY, _BARE_CLICKS = Unit("元", "money"), Unit("次", "measure")
_STOPS = frozenset(("", *"，。；、！）\n"))
SHARE = Unit("%", "share")
_LONGEST_UNIT = max(map(len, UNITS))
_UNIT_HEADS = frozenset(unit[0] for unit in UNITS)

# Words directly before the number, longest first, and the relation they set.
_BEFORE: tuple[tuple[str, str], ...] = tuple(
    sorted(
        {
            **dict.fromkeys(("近", "约", "约为", "大约", "将近", "接近", "大概", "约有", "约计", "近乎"), "approx"),
            **dict.fromkeys(("超过", "超", "突破", "逾", "高于", "多于", "大于", "超出", "突破了"), "gt"),
            **dict.fromkeys(("至少", "不少于", "不低于", "不下", "不下于", "最少", "起码", "不小于", "至少要有"), "ge"),
            **dict.fromkeys(
                ("不超过", "最多", "至多", "不多于", "不高于", "低于", "少于", "小于", "不足", "不到"), "le"
            ),
        }.items(),
        key=lambda pair: -len(pair[0]),
    )
)
_BEFORE_ENDS = frozenset(word[-1] for word, _ in _BEFORE)
# Words directly after the measure word.
_AFTER: tuple[tuple[str, str], ...] = (
    ("及以上", "ge"), ("（含）以上", "ge"), ("以上", "ge"), ("以内", "le"), ("之内", "le"), ("及以下", "le"), ("以下", "le"),
    ("左右", "approx"), ("上下", "approx"), ("有余", "approx_over"), ("多", "approx_over"),
)  # fmt: skip
_AFTER_HEADS = frozenset(word[0] for word, _ in _AFTER)
_JOINS = frozenset("至到-~")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A counted amount: where it stands (with its relation words), how much, of which measure word."""

    start: int
    end: int
    number: int  # where the numeral itself begins
    relation: str
    value: float | int
    value_max: float | int | None
    unit: str
    sort: str
    chinese: bool
    vague: bool = False


def quantities(text: str) -> Iterator[Quantity]:
    """Every numeral that has a measure word, from left to right. Numerals without one are not yielded."""
    pending: Number | None = None
    for number in numbers(text):
        unit = _unit(text, number)
        if pending is not None:
            number = _joined(text, pending, number) or number
        pending = number if number.value_max is None and text[number.end : number.end + 1] in _JOINS else None
        if unit is None:
            continue
        bare = unit in (_BARE_MONEY, _BARE_CLICKS, _BARE_HEADS) and not text.startswith(unit.text, number.end)
        after = number.end if bare or (unit is SHARE and number.share) else number.end + len(unit.text)
        if pending is None and text[after : after + 1] in _JOINS:  # 10次至12次
            pending = replace(number, end=after)
            if _continues(text, after + 1, unit):
                continue
        yield _quantity(text, number, unit, after)


def _continues(text: str, at: int, unit: Unit) -> bool:
    """The text goes on with another numeral of the same measure word."""
    for number in numbers(text[at : at + 12]):
        if number.start:
            return False
        return text.startswith(unit.text, at + number.end)
    return False


def _unit(text: str, number: Number) -> Unit | None:
    at = number.end
    if number.share:
        return SHARE
    if text[at : at + 1] not in _UNIT_HEADS:
        return _left_out(text, number)
    for length in range(min(_LONGEST_UNIT, len(text) - at), 0, -1):
        unit = UNITS.get(text[at : at + length])
        if unit is not None:
            return None if text[at + length : at + length + 1] in unit.not_before else unit
    return None


def _left_out(text: str, number: Number) -> Unit | None:
    """落实贷款3000余万, 播放量突破1.2万: after 万 and 亿 the measure word may be left out."""
    tail = text[number.end - 2 : number.end]
    if not any(c in tail for c in "万亿") or text[number.end : number.end + 1] not in _STOPS:
        return None
    before = text[max(0, number.start - 12) : number.start]
    if _HEADS.search(before):
        return _BARE_HEADS
    return _BARE_MONEY if _MONEY.search(before) else _BARE_CLICKS if _CLICKS.search(before) else None


def _joined(text: str, first: Number, second: Number) -> Number | None:
    if second.start != first.end + 1 or second.value_max is not None or first.share != second.share:
        return None
    low, high = first.value, second.value
    if low < high and high >= 10_000 and low < 1000 and text[second.end - 1] in "万亿":  # 1至2万
        low *= 10_000 if text[second.end - 1] == "万" else 100_000_000
    if low >= high:
        return None
    return replace(second, start=first.start, value=low, value_max=high)


def _quantity(text: str, number: Number, unit: Unit, end: int) -> Quantity:
    relation = "range" if number.value_max is not None else "approx_over" if number.more else "eq"
    if relation == "approx_over" and "来" in text[number.start : number.end]:
        relation = "approx"  # 10来项
    start = number.start
    before = _before(text, start)
    if text[start - 1 : start] == "上" and number.value in (100, 1000, 10_000, 100_000_000) and number.chinese:
        relation, start = "approx", start - 1
    elif before is not None:
        word, said = before
        start -= len(word)
        relation = said
    elif number.over_half:
        relation = "gt"
    after = None
    if text[end : end + 1] in _AFTER_HEADS:
        after = next(((word, said) for word, said in _AFTER if text.startswith(word, end)), None)
    if after is not None and not (after[0] == "多" and unit.sort != "span"):
        word, said = after
        if relation in ("eq", "approx_over"):
            relation = said
            end += len(word)
        elif relation == "approx" and said != "approx":
            end += len(word)
    elif unit.sort == "span" and relation == "eq" and text.startswith("内", end):
        relation, end = "le", end + 1
    if text[start - 1 : start] == "各":
        start -= 1
    value, top = number.value, number.value_max
    if number.vague:
        relation, top = "vague", None
    return Quantity(start, end, number.start, relation, value, top, unit.text, unit.sort, number.chinese, number.vague)


def _before(text: str, at: int) -> tuple[str, str] | None:
    if text[at - 1 : at] not in _BEFORE_ENDS:
        return None
    for word, relation in _BEFORE:
        if text.endswith(word, 0, at):
            if word == "近" and text[at - 2 : at - 1] in ("最", "附", "新", "靠", "远", "临"):
                return None
            return word, relation
    return None
