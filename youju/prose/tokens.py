"""Tokens (记号) in passages: 〔=主题党日次数〕 stands for a figure's answer, 〔缺：会议地点〕 for what is not known.

Splits and joins only; what a token shows is decided by reports.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_TOKEN = re.compile(r"〔(?:=(?P<figure>[^〔〕\n]{1,80})|缺[：:](?P<gap>[^〔〕\n]{1,80}))〕")


@dataclass(frozen=True, slots=True)
class FigureToken:
    """A figure's place in a passage, by the figure's name."""

    figure: str

    def __str__(self) -> str:
        return f"〔={self.figure}〕"


@dataclass(frozen=True, slots=True)
class GapToken:
    """Something the ledger does not know."""

    what: str

    def __str__(self) -> str:
        return f"〔缺：{self.what}〕"


Piece = str | FigureToken | GapToken


def split(text: str) -> list[Piece]:
    """The passage in pieces, in order, without empty strings. What is no whole token stays text."""
    pieces: list[Piece] = []
    at = 0
    for found in _TOKEN.finditer(text):
        if found.start() > at:
            pieces.append(text[at : found.start()])
        figure = found["figure"]
        pieces.append(FigureToken(figure.strip()) if figure is not None else GapToken(found["gap"].strip()))
        at = found.end()
    if at < len(text):
        pieces.append(text[at:])
    return pieces


def join(pieces: Iterable[Piece]) -> str:
    """The passage again."""
    return "".join(map(str, pieces))
