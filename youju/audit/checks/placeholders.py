"""占位与缺口: blanks that a template left behind, and gaps our own reports name."""

from __future__ import annotations

import re

from youju.audit.values import Finding
from youju.prose.tokens import GapToken, split

BLANK = re.compile(
    r"([A-Z])\1{2,}"  # AAA, BBBB: one letter again and again is no name
    r"|(?<=[\u4e00-\u9fff“‘、，])[XxＸ×]{1,4}(?=[\u4e00-\u9fff”’])"
    r"|[＊*]{3,}"
    r"|##\w+##"
)


def placeholders(text: str) -> list[Finding]:
    """Each blank once per place: AAA, XX, x村, ***, markers, 〔缺：…〕."""
    found = [
        Finding(
            "占位",
            match.start(),
            match.end(),
            _around(text, match.start(), match.end()),
            f"“{match.group()}”像是模板留下的空白，请补上或删去。",
        )
        for match in BLANK.finditer(text)
    ]
    at = 0
    for piece in split(text):
        length = len(str(piece))
        if isinstance(piece, GapToken):
            found.append(Finding("缺项", at, at + length, _around(text, at, at + length), f"还缺：{piece.what}。"))
        at += length
    return sorted(found, key=lambda finding: finding.start)


def _around(text: str, start: int, end: int) -> str:
    return text[max(0, start - 10) : end + 10].replace("\n", " ")
