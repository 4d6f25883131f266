"""What a typed text would read as, before it is saved. Reads only."""

from __future__ import annotations

from youju.prose.tokens import FigureToken, GapToken
from youju.reports.drafts.models import Draft
from youju.reports.drafts.queries import told_tokens
from youju.reports.drafts.resolving import Asker, check, words_of
from youju.reports.drafts.rules import asked, pieces
from youju.reports.drafts.values import MOST_TEXT, CitedWords, GapWords, RecordWords, ToldWords, Words


def preview_of(draft: Draft, text: str) -> list[Words]:
    """The words of the text, its figures as they are answered now. Raises Refusal on ``text``."""
    asker = Asker(draft.unit, draft.year, draft.outline, draft.as_of)
    parts = pieces(text[:MOST_TEXT])
    check(parts, asker, told=told_tokens(draft))
    words: list[Words] = []
    for piece in parts:
        if isinstance(piece, FigureToken):
            name, last = asked(piece)
            answer = asker.answer(name, last=last)
            words.append(CitedWords(0, 0, name, words_of(answer), "", answer.known))
        elif isinstance(piece, RecordWords):
            words.append(ToldWords(piece.text, piece.number, None))
        else:
            words.append(GapWords(str(piece)) if isinstance(piece, GapToken) else piece)
    return words
