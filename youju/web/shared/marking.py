"""Words marked where they stand in a text."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe


def marked(text: str, marks: Iterable[tuple[int, int]]) -> SafeString:
    """The text, escaped, with ``<mark>`` round the spans, of which one that reaches into another is left out."""
    pieces: list[tuple[str, str, str]] = []
    at = 0
    for start, end in sorted(marks):
        if start < at or end <= start:
            continue
        pieces += [("", text[at:start], ""), ("<mark>", text[start:end], "</mark>")]
        at = end
    pieces.append(("", text[at:], ""))
    return format_html_join("", "{}{}{}", [(mark_safe(a), words, mark_safe(b)) for a, words, b in pieces])


def cut(text: str, start: int, end: int, marks: Iterable[tuple[int, int]]) -> SafeString:
    """A stretch of a text with its marks, which count in the whole text, and dots where it was cut."""
    before = "……" if text[:start].strip() else ""
    after = "……" if text[end:].strip() else ""
    return format_html("{}{}{}", before, marked(text[start:end], [(a - start, b - start) for a, b in marks]), after)
