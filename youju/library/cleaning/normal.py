"""One form for what nobody wrote on purpose: line ends, odd spaces, unseen signs, radicals in place of characters.

Each character is kept, exchanged for one other, or dropped, so that places hold. The author's own characters stay as
they are, full-width digits and letters, ideographic spaces and punctuation among them: search folds those itself.
"""

from __future__ import annotations

import re
import unicodedata

from youju.library.cleaning.values import Kept
from youju.library.documents.values import Span

#: Control signs, half characters, zero widths, soft hyphens, marks of direction, and a return before a line feed.
_DROPPED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff\ufe00-\ufe0f"
    "\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
_DROPPED_WITH_RETURNS = re.compile(f"{_DROPPED.pattern}|\r(?=\n)")  # much slower, and few texts need it
_LINE_ENDS = "\r\x0b\x0c\x85\u2028\u2029"
_SPACES = "\xa0\u1680\u202f\u205f" + "".join(map(chr, range(0x2000, 0x200B)))
# Some PDFs say ⼀ (the radical) where 一 (the character) is drawn; nobody can type it, and no search finds it.
_RADICALS = {
    code: plain
    for code in (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFA6E))
    if len(plain := unicodedata.normalize("NFKC", chr(code))) == 1
}
_EXCHANGED = {ord(sign): "\n" for sign in _LINE_ENDS} | {ord(sign): " " for sign in _SPACES} | _RADICALS
_ODD = re.compile(f"[{_LINE_ENDS}{_SPACES}\u2f00-\u2fd5\uf900-\ufa6d]")


def normal(raw: str) -> tuple[str, Kept]:
    """The text in one form, and which characters of ``raw`` stand in it."""
    text = raw
    kept = Kept((Span(0, len(raw)),) if raw else ())
    dropped = [Span(*found.span()) for found in (_DROPPED_WITH_RETURNS if "\r" in raw else _DROPPED).finditer(raw)]
    if dropped:
        kept = kept.without(dropped)
        text = "".join(raw[one.start : one.end] for one in kept.stretches)
    if _ODD.search(text):
        text = text.translate(_EXCHANGED)
    return text, kept
