"""A composed passage as plain text with tokens: what a draft stores and an editor sees."""

from __future__ import annotations

from collections.abc import Mapping

from youju.reports.drafts.rules import pieces
from youju.reports.drafts.values import LAST_YEAR, Piece, RecordWords
from youju.reports.values import Cited, Gap, Passage, Span


def spelled(passage: Passage, hosts: Mapping[int, str], *, year: int) -> str:
    """``hosts``: session → code of a foreign ledger, empty for the own one."""
    return "".join(_spelled(span, hosts, year) for span in passage.spans)


def _as_words(piece: Piece) -> str:
    """A problem may be called 〔=党员人数〕: what a record says is never read as a token."""
    return str(piece).replace("〔", "［").replace("〕", "］")


def _spelled(span: Span, hosts: Mapping[int, str], year: int) -> str:
    if isinstance(span, str):
        return "".join(piece if isinstance(piece, str) else _as_words(piece) for piece in pieces(span))
    if isinstance(span, Cited):
        last = LAST_YEAR if span.answer.period.start.year != year else ""
        return f"〔={span.answer.figure.id}{last}〕"
    if isinstance(span, Gap):
        return span.shown
    return str(RecordWords(span.number, hosts.get(span.session_id, ""), span.text))
