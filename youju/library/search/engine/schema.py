"""What the index holds of an entry. No text is stored: only where its pairs of characters stand."""

from __future__ import annotations

from functools import lru_cache

import tantivy

from youju.library.folding.table import table
from youju.library.search.engine.charbigrams import characters, tokens
from youju.library.search.initials import pairs
from youju.library.search.values import SITE, Entry

FORMAT = 2
PLACES = ("text", "title", "headings")
WORDS = ("genre", "sector", "origin")
NUMBERS = ("document", "scope", "year")
NO_YEAR = 0


def edition() -> str:
    """What an index was made with. One of another edition answers wrongly, or not at all."""
    return f"{FORMAT}-{table().edition}"


@lru_cache(maxsize=1)
def schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in NUMBERS:
        builder.add_unsigned_field(name, indexed=True, fast=True)
    for name in PLACES:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("characters", tokenizer_name="whitespace", index_option="basic")
    builder.add_text_field("initials", tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("reading", tokenizer_name="raw", index_option="basic", fast=True)
    for name in WORDS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_boolean_field("scoped", indexed=True)
    return builder.build()


def row(entry: Entry) -> tantivy.Document:
    """The entry as the index takes it."""
    row = tantivy.Document()
    row.add_unsigned("document", entry.document)
    row.add_unsigned("scope", entry.scope)
    row.add_boolean("scoped", entry.scope != SITE)
    row.add_unsigned("year", entry.year or NO_YEAR)
    row.add_text("reading", entry.reading)
    for name in WORDS:
        row.add_text(name, getattr(entry, name))
    for name in PLACES:
        row.add_text(name, tokens(getattr(entry.folded, name)))
    row.add_text("characters", characters(entry.folded.text))
    letters = [tantivy.Token(pair, place, place, place + 1) for place, pair in pairs(entry.folded.initials)]
    row.add_pre_tokenized_text("initials", tantivy.PreTokenizedString(entry.folded.title, letters))
    return row
