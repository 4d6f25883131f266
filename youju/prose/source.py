"""The text as rules read it: one form of each punctuation mark, no stray spaces, no markers; offsets lead back.

Nothing is judged here.
"""

from __future__ import annotations

import re
from bisect import bisect_right

# One form for each mark, character by character, so that offsets keep.
_HALF = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF1A)}  # ０-９
_HALF |= {code: code - 0xFEE0 for code in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}  # Ａ-Ｚ ａ-ｚ
_FORMS = _HALF | str.maketrans({
    "％": "%", "．": ".", "＋": "+", "－": "-", "—": "-", "–": "-", "―": "-", "～": "~", "〜": "~", "＊": "*", "✕": "×",
    "X": "x", "╳": "×", "／": "/",
    ",": "，", ";": "；", ":": "：", "!": "！", "?": "？", "(": "（", ")": "）", "﹐": "，",
    "〔": "（", "〕": "）", "【": "（", "】": "）", "[": "（", "]": "）", "〞": "”", "〝": "“", "＂": '"', "〈": "《", "〉": "》",
    "\r": "\n", "\u2028": "\n", "\x0b": "\n", "\x0c": "\n", "兩": "两", "個": "个",
})  # fmt: skip
_DROP = re.compile(
    r"##paid(?:begin|end)##|[ \t\u3000\xa0\u2002-\u200a]+|[\x00-\x08\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+"
    r"|\n"
)
_MARK = re.compile(
    r"\s*(?:[一二三四五六七八九十]+[、是]|第[一二三四五六七八九十]+|（[一二三四五六七八九十\d]+）|\d{1,2}[、.])"
)
_LAST_DIGITS = re.compile(r"\d+\Z")
_THOUSANDS = re.compile(r"\d{3}(?: \d{3}){0,3}[\u4e00-\u9fff]")
_PARTED = re.compile(r"[\u4e00-\u9fff] \d \d [\u4e00-\u9fff%]")
_ENDS = frozenset("。！？；：:”）》…")
WRAPPED = 25  # a line at least this long and without an end mark was broken by the page, not by its writer


class Source:
    """``clean`` is what rules read; ``raw(i)`` is the place of its character i in the text as given."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.clean, self._starts, self._shifts = _clean(text)

    def raw(self, at: int) -> int:
        """Place in the given text of the clean character ``at``."""
        return at + self._shifts[bisect_right(self._starts, at) - 1]

    def raw_end(self, at: int) -> int:
        """Place in the given text just after the clean character before ``at``."""
        return self.raw(at - 1) + 1 if at else 0

    def quote(self, start: int, end: int) -> str:
        """The given text of a clean span."""
        return self.text[self.raw(start) : self.raw_end(end)]


def _clean(text: str) -> tuple[str, list[int], list[int]]:
    plain = text.translate(_FORMS)
    pieces: list[str] = []
    starts, shifts = [0], [0]
    at = length = 0
    for found in _DROP.finditer(plain):
        start, end = found.span()
        if not _droppable(plain, start, end):
            continue
        pieces.append(plain[at:start])
        length += start - at
        at = end
        starts.append(length)
        shifts.append(end - length)
    pieces.append(plain[at:])
    return "".join(pieces), starts, shifts


def _droppable(text: str, start: int, end: int) -> bool:
    head = text[start]
    if head == "\n":
        return _wrapped(text, start)
    if head == "#" or (head not in " \t\u3000\xa0" and not "\u2002" <= head <= "\u200a"):
        return True
    before, after = text[start - 1 : start], text[end : end + 1]
    if not (before.isascii() and after.isascii()):  # a space beside a Chinese character says nothing
        return True
    if (before.isdigit() and after == "%") or before == "%":
        return True
    if before.isdigit() and after.isdigit():
        return _one_number(text, start, end)
    # 98. 7% or 98 .7% or 98 . 7%: a decimal taken apart
    if before == "." and after.isdigit() and text[max(0, start - 3) : start - 1].strip()[-1:].isdigit():
        return bool(re.match(r"\d{1,4} ?[%万亿元]", text[end : end + 8]))
    return before.isdigit() and after == "." and bool(re.match(r"\. ?\d", text[end : end + 3]))


def _one_number(text: str, start: int, end: int) -> bool:
    """1 520份 (thousands parted by a space), or 办 实 事 1 0 件 (every character parted)."""
    head = _LAST_DIGITS.search(text, max(0, start - 5), start)
    if head is None or end - start > 1:
        return False
    if _THOUSANDS.match(text, end) and len(head[0]) <= 3 and not text[head.start() - 1 : head.start()].isascii():
        return True
    return start >= 3 and _PARTED.match(text, start - 3) is not None


def _wrapped(text: str, at: int) -> bool:
    begin = text.rfind("\n", max(0, at - 200), at) + 1 or max(0, at - 200)
    line = text[begin:at].rstrip()
    if not WRAPPED <= len(line) <= 60 or line[-1] in _ENDS or _MARK.match(line):
        return False
    rest = text[at + 1 : at + 20]
    return bool(rest) and not rest[0].isspace() and not _MARK.match(rest)
