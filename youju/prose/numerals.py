"""Numerals (数字) in Chinese prose: Arabic, full-width, 中文数字 in both forms, 万 and 亿, fractions, tenths, ranges.

Here is what a numeral is worth. What it counts, and whether it counts at all, is for quantities and claims.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {c: i for i, c in enumerate("零壹贰叁肆伍陆柒捌玖")}
DIGITS |= {"〇": 0, "○": 0, "两": 2, "俩": 2}
TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
SCALES = {"万": 10_000, "亿": 100_000_000}
CHINESE = "廿零〇一二两三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟"
LONGEST = 16  # characters; no count in a report is longer, and a longer run is a serial number

_ARABIC = r"\d+(?:，\d{3}(?!\d))*(?:\.\d+)?"
_TOKEN = re.compile(
    rf"(?P<part>百分之(?P<cent>{_ARABIC}|[{CHINESE}点]{{1,9}})|(?P<den>[{CHINESE}]{{1,4}})分之(?P<num>[{CHINESE}]{{1,4}})"
    rf"|(?P<tenths>[一二两三四五六七八九\d])成(?P<halftenth>[半一二三四五六七八九](?![个名次]))?(?![立员果为功效绩长熟人就分本交型品都]))"
    rf"|(?P<half>半数|一半|过半数|过半|多半|大半)(?![年月天个辈夜])"
    rf"|(?P<lead>[数几](?=[十百千万拾佰仟])|[上成])?(?P<body>{_ARABIC}|[{CHINESE}万亿]+(?:点[{CHINESE}]+)?)"
    rf"(?P<more1>余|多(?=[万亿千百元个名人次场期堂节户家处座支对项件种类例条篇份册本幅块台套部批笔所间位])|来|(?<=[十百千])几)?"
    rf"(?P<scale>[百千]?[万亿]{{1,2}}|[百千](?![分年]))?(?P<more2>余|多)?"
)


@dataclass(frozen=True, slots=True)
class Number:
    """A numeral and its worth. ``more`` is 余/多: above the value; ``share`` means the value is a percentage."""

    start: int
    end: int
    value: float | int
    value_max: float | int | None = None
    more: bool = False
    share: bool = False
    chinese: bool = False
    vague: bool = False
    over_half: bool = False


def chinese_value(text: str) -> float | int | None:
    """The worth of a Chinese numeral (一千三百零五, 二〇二三, 三点五, 十二万), or None when it is not one."""
    whole, point, decimals = text.partition("点")
    value = _whole(whole)
    if value is None:
        return None
    if not point:
        return value
    digits = [DIGITS.get(c) for c in decimals]
    if not digits or None in digits or len(digits) > 6:
        return None
    return float(f"{value}.{''.join(map(str, digits))}")


def _whole(text: str) -> int | None:
    if not text or len(text) > LONGEST:
        return None
    if len(text) > 1 and all(c in DIGITS for c in text):  # 二〇二三: digits read one by one
        return int("".join(str(DIGITS[c]) for c in text))
    total = section = digit = 0
    seen = last = 0
    for c in text:
        if c in DIGITS:
            digit, seen = DIGITS[c], 1
        elif c in TENS:
            if (not seen and c not in "十拾") or (last and TENS[c] >= last):
                return None
            section += (digit if seen else 1) * TENS[c]
            digit = seen = 0
            last = TENS[c]
        elif c == "廿":
            section, digit, seen, last = section + 20, 0, 0, 10
        elif c in SCALES:
            if not (section or digit or total):
                return None
            total = (total + section + digit) * SCALES[c] if c == "亿" else total + (section + digit) * SCALES[c]
            section = digit = seen = last = 0
        else:
            return None
    return total + section + digit


def arabic_value(text: str) -> float | int | None:
    """The worth of Arabic digits with optional thousands commas and decimals; None when too long to be a count."""
    if len(text) > LONGEST:
        return None
    plain = text.replace("，", "").replace(",", "")
    return float(plain) if "." in plain else int(plain)


def scaled(value: float | int, scale: int) -> float | int:
    """``value`` times ``scale``, kept an integer when it is one (1.5万 is 15000)."""
    product = round(value * scale, 6)
    return int(product) if float(product).is_integer() else product


def numbers(text: str) -> Iterator[Number]:
    """Every numeral of a cleaned text, from left to right, without overlap."""
    for found in _TOKEN.finditer(text):
        number = _read(found)
        if number is not None:
            yield number


def _read(found: re.Match[str]) -> Number | None:
    start, end = found.span()
    if found["half"]:
        return Number(start, end, 50, share=True, chinese=True, over_half=found["half"] not in ("半数", "一半"))
    if found["part"]:
        return _part(found)
    body = found["body"]
    if len(body) > LONGEST:
        return None
    if body[0].isdigit():
        value = arabic_value(body)
        return None if value is None else _with_scale(found, value, None, chinese=False)
    low, high = _two_digits(body)
    if high is not None:
        return _with_scale(found, low, high, chinese=True)
    number = chinese_value(body)
    bare = body[0] in "百千万亿"
    if number is None and bare and all(c in TENS or c in SCALES for c in body):
        number = 1  # 百余次, 上千人
        for c in body:
            number *= TENS.get(c) or SCALES[c]
    led = found["lead"] or found.string[found.start() - 1 : found.start()] in tuple("逾超近约过破")
    if number is None or (not number and body[0] in "零〇") or (bare and not (found["more1"] or led)):
        return None
    return _with_scale(found, number, None, chinese=True)


def _with_scale(found: re.Match[str], value: float | int, high: float | int | None, *, chinese: bool) -> Number:
    scale = 1
    for c in found["scale"] or "":
        scale *= TENS.get(c) or SCALES[c]
    more = bool(found["more1"] or found["more2"])
    lead = found["lead"] or ""
    vague = lead in ("数", "几") and bool(lead)
    start = found.start() if vague else found.start("body")
    top = None if high is None else scaled(high, scale)
    return Number(start, found.end(), scaled(value, scale), top, more=more, chinese=chinese, vague=vague)


def _part(found: re.Match[str]) -> Number | None:
    start, end = found.span()
    if found["cent"]:
        cent = found["cent"]
        value = arabic_value(cent) if cent[0].isdigit() else 100 if cent in ("百", "一百") else chinese_value(cent)
        return None if value is None else Number(start, end, value, share=True, chinese=True)
    if found["tenths"]:
        tenth = found["tenths"]
        value = (int(tenth) if tenth.isdigit() else DIGITS[tenth]) * 10 + _tenth_of_tenth(found["halftenth"])
        return Number(start, end, value, share=True, chinese=not tenth.isdigit())
    below, above = chinese_value(found["den"]), chinese_value(found["num"])
    if not below or above is None or above > below:
        return None
    share = round(above * 100 / below, 1)
    return Number(start, end, int(share) if share.is_integer() else share, share=True, chinese=True)


def _tenth_of_tenth(text: str | None) -> int:
    """九成半 is 95, 九成七 is 97."""
    return 0 if not text else 5 if text == "半" else DIGITS[text]


def _two_digits(body: str) -> tuple[int, int | None]:
    """两三 → 2 to 3; 三五 → 3 to 5; 七八十 → 70 to 80; 十七八 → 17 to 18. The second is None when it is no such pair."""
    tail = body[2:]
    if len(body) >= 2 and body[0] in DIGITS and body[1] in DIGITS and 0 < DIGITS[body[0]] < DIGITS[body[1]]:
        if DIGITS[body[1]] - DIGITS[body[0]] > 2 or len(body) > 3 or (tail and tail not in TENS):
            return 0, None
        scale = TENS[tail] if tail else 1
        return DIGITS[body[0]] * scale, DIGITS[body[1]] * scale
    if len(body) in (3, 4) and body[-3] in "十拾" and body[-2] in DIGITS and body[-1] in DIGITS:
        low, high = DIGITS[body[-2]], DIGITS[body[-1]]
        tens = (DIGITS.get(body[0], 1) if len(body) == 4 else 1) * 10
        if 0 < low < high <= low + 2:
            return tens + low, tens + high
    return 0, None
