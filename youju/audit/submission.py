"""清稿: a text made fit to be handed in elsewhere, and what in it must be settled by somebody first. Pure.

What is only form is put right: full and half width, spaces, blank lines, markers and advertisements of sample-text sites.
What is content is never changed by itself: blanks, numbers of persons and names are shown.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from youju.audit.checks.numbering import numbering
from youju.audit.checks.placeholders import placeholders
from youju.audit.checks.private import details, places
from youju.audit.checks.residue import ads, lacking, wrong_owner
from youju.audit.values import Finding, Looked

CJK = "\u4e00-\u9fff\u3400-\u4dbf"
_AFTER = rf"[{CJK}，。、；：？！”’》）】]"
_BEFORE = rf"[{CJK}，。、；：？！“‘（《]"
#: What keeps its signs as they are: addresses of pages and of mail.
KEPT = re.compile(r"https?://[^\s，。；、）】》”’]+|[A-Za-z0-9._-]+@[A-Za-z0-9.-]+")
MARKER = re.compile(r"##\w+##")
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
#: Full-width letters, digits and signs of numbers; 、，。 and their like belong to Chinese and stay.
_WIDE = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF5B) if chr(code).isalnum()} | {
    ord("％"): "%", ord("．"): ".", ord("＋"): "+", ord("－"): "-", ord("／"): "/", ord("＠"): "@", ord("＃"): "#", ord("\u3000"): " ",
    ord("\u00a0"): " ",
}  # fmt: skip
_FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_TWO_ENDS = "“”"
LEFT_OVER = re.compile(r"[\s，。；：、！？“”‘’【】（）()\[\]—\-·.…]*")
HIDDEN = "某"
ROUNDS = 12


@dataclass(frozen=True)
class Name:
    """A member's name that stands in the text, so often. Somebody decides whether it may go out."""

    name: str
    times: int


@dataclass(frozen=True)
class CleanCopy:
    """The text as it may be handed in, once nothing ``refuses`` it and each name is decided."""

    text: str
    done: tuple[str, ...]
    refuses: tuple[Finding, ...]
    shown: tuple[Finding, ...]
    names: tuple[Name, ...]


def clean_copy(text: str, *, names: Collection[str] = (), today: date) -> CleanCopy:
    """``names`` are those of the unit's members. Nothing is kept and nothing is sent."""
    text, done = _in_form(text.replace("\r\n", "\n").replace("\r", "\n"), today)
    looked = Looked(text, today.year, today, ())
    refuses = [*placeholders(looked), *(_for_outside(one) for one in details(looked))]
    shown = [*lacking(looked), *numbering(looked), *places(looked), *wrong_owner(looked)]
    times = Counter(found[0] for found in _any_of(names).finditer(text))
    return CleanCopy(
        text,
        done,
        tuple(sorted(refuses, key=lambda one: one.start)),
        tuple(sorted(shown, key=lambda one: one.start)),
        tuple(Name(name, often) for name, often in times.items()),
    )


def with_names(text: str, kept: Mapping[str, bool]) -> str:
    """A name that may not go out stands as 周某某: its family name, and 某 for each character given."""
    return _any_of(kept).sub(lambda found: found[0] if kept[found[0]] else _hidden(found[0]), text)


def _hidden(name: str) -> str:
    return name[0] + HIDDEN * max(1, len(name) - 1)


def _any_of(names: Iterable[str]) -> re.Pattern[str]:
    """The longest first: where 周砚秋 stands, no 周砚 does."""
    longest_first = sorted({name for name in names if name}, key=lambda name: (-len(name), name))
    return re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")


def _in_form(text: str, today: date) -> tuple[str, tuple[str, ...]]:
    """Again until nothing changes: what one step takes away may bring together what the one before looks for."""
    steps: tuple[tuple[str, Callable[[str], str]], ...] = (
        ("去掉了看不见的字符", lambda words: UNSEEN.sub("", words)),
        ("去掉了素材网站的标记", lambda words: MARKER.sub("", words)),
        ("全角的字母和数字改成半角", lambda words: words.translate(_WIDE)),
        ("删去了广告", lambda words: _without_ads(words, today)),
        ("标点改成全角", _punctuated),
        ("去掉了多余的空格和空行", _folded),
    )
    done: dict[str, None] = {}
    for _ in range(ROUNDS):
        before = text
        for what, step in steps:
            after = step(text)
            if after != text:
                done[what] = None
            text = after
        if text == before:
            break
    return text, tuple(done)


# -- form -------------------------------------------------------------------------------------------------------------


def _without_ads(text: str, today: date) -> str:
    """Each advertisement goes; a line of which nothing but signs is left goes whole."""
    looked = Looked(text, today.year, today, ())
    gone: set[int] = set()
    for found in ads(looked):
        gone.update(range(found.start, found.end))
    if not gone:
        return text
    lines, at = [], 0
    for line in text.split("\n"):
        left = "".join(sign for index, sign in enumerate(line, at) if index not in gone)
        touched = len(left) < len(line)
        at += len(line) + 1
        if not (touched and LEFT_OVER.fullmatch(left)):
            lines.append(left)
    return "\n".join(lines)


def _punctuated(text: str) -> str:
    """Signs beside Chinese are full-width; within numbers, times, addresses and Latin words they stay."""
    pieces, at = [], 0
    for kept in KEPT.finditer(text):
        pieces += [_signs(text[at : kept.start()]), kept.group()]
        at = kept.end()
    return "".join([*pieces, _signs(text[at:])])


def _signs(text: str) -> str:
    text = re.sub(rf"(?<={_AFTER})[ \t]*([,;:?!])|([,;:?!])(?=[ \t]*[{CJK}“‘《（【])", _full, text)
    text = re.sub(rf"(?<={_AFTER})[ \t]*\.(?=[ \t]*(?:$|\n|[{CJK}“‘《（【”]))", "。", text)
    text = re.sub(r"\.{3,}|。{3,}|…(?!…)(?<!……)", "……", text)
    text = re.sub(r"[（(]([^（）()\n]*)[）)]", _bracketed, text)
    text = re.sub(r'"([^"\n]*)"', _quoted, text)
    return re.sub(r"([，、；：])\1+", r"\1", text)


def _full(match: re.Match[str]) -> str:
    return _FULL[match.group(1) or match.group(2)]


def _bracketed(match: re.Match[str]) -> str:
    """Round brackets around or beside Chinese are full-width, and both of a pair are alike."""
    before, after = match.string[: match.start()][-1:], match.string[match.end() :][:1]
    chinese = re.search(f"[{CJK}]", before + match.group(1) + after)
    return f"（{match.group(1)}）" if chinese or match.group().startswith("（") else f"({match.group(1)})"


def _quoted(match: re.Match[str]) -> str:
    before = match.string[: match.start()][-1:]
    chinese = re.search(f"[{CJK}]", before + match.group(1))
    return _TWO_ENDS[0] + match.group(1) + _TWO_ENDS[1] if chinese else match.group()


def _folded(text: str) -> str:
    """One line a paragraph, no blank lines, no spaces at the ends or between Chinese; one space between Latin words."""
    lines = []
    for line in text.split("\n"):
        line = re.sub(r"[ \t]+", " ", line).strip()
        line = re.sub(
            rf"(?<=[{CJK}，。、；：？！“”‘’《》（）【】]) (?=[{CJK}，。、；：？！“”‘’《》（）【】])", "", line
        )
        line = re.sub(rf"(?:(?<={_BEFORE}) |(?<!.)|(?<={_BEFORE}))(\d+(?:[.,]\d+)*%?) ?(?=[{CJK}])", r"\1", line)
        if line:
            lines.append(line)
    return "\n".join(lines)


# -- content ----------------------------------------------------------------------------------------------------------


def _for_outside(found: Finding) -> Finding:
    return replace(found, advice="送出去的稿子里不能有，请删去。")


def width_of(text: str) -> int:
    """字数, as editors count: every sign that can be seen."""
    return sum(not unicodedata.category(sign).startswith(("Z", "C")) for sign in text)
