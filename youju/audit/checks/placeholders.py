"""占位与缺口: blanks that a template left behind, and gaps our own reports name."""

from __future__ import annotations

from youju.audit.values import Finding, Looked
from youju.prose.blanks import BLANK
from youju.prose.tokens import GapToken, split


def placeholders(looked: Looked) -> list[Finding]:
    """Each blank once per place: AAA, XX, x村, 某某, ***, ____, （ ）次, markers, 〔缺：…〕."""
    found = [
        Finding(
            "占位",
            match.start(),
            match.end(),
            looked.around(match.start(), match.end()),
            f"“{match.group()}”像是模板留下的空白。",
            "请补上真实内容，或删去。",
        )
        for match in BLANK.finditer(looked.text)
    ]
    at = 0
    for piece in split(looked.text):
        length = len(str(piece))
        if isinstance(piece, GapToken):
            found.append(
                Finding(
                    "缺项",
                    at,
                    at + length,
                    looked.around(at, at + length),
                    f"还缺：{piece.what}。",
                    "请到台账补录，或改写这一句。",
                )
            )
        at += length
    return sorted(found, key=lambda finding: finding.start)
