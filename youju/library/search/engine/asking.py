"""What was asked, in tantivy's words: the tree, and what a reader may not see."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from functools import partial

import tantivy
from tantivy import FieldType, Occur

from youju.library.entitlements.values import Reader
from youju.library.search.engine.charbigrams import cover
from youju.library.search.engine.schema import NO_YEAR, schema
from youju.library.search.values import (
    OPEN,
    SITE,
    WHOLE,
    AddedAfter,
    And,
    Anything,
    Initials,
    Node,
    Not,
    OneOf,
    Or,
    Phrase,
    Years,
)

Ask = tantivy.Query
IN_TITLE = 3.0  # how much more a phrase weighs that stands in the title too
LAST_YEAR = 9999
LAST_DOCUMENT = 2**63 - 1


#: In how many documents a token stands, by place. Every document has one of the two values of ``scoped``.
Often = Callable[[str, str | bool], int]


def asked(node: Node, often: Often) -> Ask:
    """The tree as one query."""
    match node:
        case Anything():
            return Ask.all_query()
        case Phrase(text, "text"):
            return _anywhere(text, often)
        case Phrase(text, place):
            return _phrase(text, place, often)
        case Initials(letters):
            return _initials(letters, often)
        case Years(first, last):
            return _range("year", max(first or 0, NO_YEAR + 1), LAST_YEAR if last is None else last)
        case OneOf("year", values):
            return _silent(_any("year", [int(value or NO_YEAR) for value in values if value.isdecimal() or not value]))
        case OneOf(facet, values):
            return _silent(_any(facet, sorted(values)))
        case AddedAfter(document):
            return _range("document", document + 1, LAST_DOCUMENT)
        case And(parts):
            return _all(parts, often)
        case Or(parts):
            return Ask.boolean_query([(Occur.Should, asked(part, often)) for part in parts])
        case Not():
            return _all((node,), often)


def _all(parts: Sequence[Node], often: Often) -> Ask:
    """All of these and none of those that are not wanted. Where only the unwanted are named, all others are meant."""
    clauses = [
        (Occur.MustNot, asked(part.part, often)) if isinstance(part, Not) else (Occur.Must, asked(part, often))
        for part in parts
    ]
    if all(isinstance(part, Not) for part in parts):
        clauses.append((Occur.Must, Ask.all_query()))
    return Ask.boolean_query(clauses)


def _silent(query: Ask) -> Ask:
    """A filter: it says who is found and adds nothing to how well."""
    return Ask.const_score_query(query, 0.0)


def _any(field: str, values: Iterable[int | str]) -> Ask:
    return Ask.boolean_query([(Occur.Should, Ask.term_query(schema(), field, value, "basic")) for value in values])


def _range(field: str, first: int, last: int) -> Ask:
    if first > last:
        return Ask.empty_query()
    return _silent(Ask.range_query(schema(), field, FieldType.Unsigned, first, last))


def _anywhere(text: str, often: Often) -> Ask:
    """In the title or the text, which the index holds as one; in the title it weighs more."""
    if len(text) == 1:
        return _even(Ask.term_query(schema(), "characters", text, "basic"), "characters", [text], often)
    anywhere = _phrase(text, "text", often)
    if not all(often("title", pair) for _, pair in cover(text, partial(often, "title"))):
        return anywhere
    title = Ask.boost_query(_phrase(text, "title", often), IN_TITLE)
    return Ask.boolean_query([(Occur.Must, anywhere), (Occur.Should, title)])


def _phrase(text: str, place: str, often: Often) -> Ask:
    """The characters one behind the other; a single one is held by every pair that begins with it."""
    if len(text) == 1:
        return Ask.regex_query(schema(), place, re.escape(text) + ".?")
    pairs = cover(text, partial(often, place))
    return _in_a_row(place, pairs, often)


def _initials(letters: str, often: Often) -> Ask:
    if len(letters) == 1:
        return Ask.regex_query(schema(), "initials", f"{letters}.?")
    return _in_a_row("initials", [(at, letters[at : at + 2]) for at in range(len(letters) - 1)], often)


def _in_a_row(place: str, pairs: list[tuple[int, str]], often: Often) -> Ask:
    if len(pairs) == 1:
        query = Ask.term_query(schema(), place, pairs[0][1])
    else:
        query = Ask.phrase_query(schema(), place, pairs)  # type: ignore[arg-type]  # a list of places and words
    return _even(query, place, [pair for _, pair in pairs], often)


def _even(query: Ask, place: str, tokens: Sequence[str], often: Often) -> Ask:
    """Without the weight that the engine gives to rare tokens. It counts them in all that stands in the index, so the
    order would tell a reader how often his words stand in what he may not see."""
    documents = often("scoped", True) + often("scoped", False)
    known = [often(place, token) for token in tokens]
    rare = sum(math.log1p((documents - many + 0.5) / (many + 0.5)) for many in known)
    return Ask.boost_query(query, 1 / rare) if all(known) else query


def hidden(reader: Reader, *, any_scoped: bool, any_restricted: bool) -> list[Ask]:
    """What stands in the index and is not for this reader. Nothing is asked where nothing can be hidden."""
    found = []
    if any_scoped and reader.scopes is not None:
        others = [(Occur.Must, Ask.term_query(schema(), "scoped", True, "basic"))]
        if reader.scopes:
            others.append((Occur.MustNot, _any("scope", sorted(reader.scopes - {SITE}))))
        found.append(Ask.boolean_query(others))
    if any_restricted:
        found += _unread(reader)
    return found


def _unread(reader: Reader) -> list[Ask]:
    """Of each document that stands twice, the reading that is not his."""
    whole, open_ = (Ask.term_query(schema(), "reading", reading, "basic") for reading in (WHOLE, OPEN))
    if reader.reads_whole:
        return [open_]
    if not reader.opened:
        return [whole]
    his = Ask.term_set_query(schema(), "document", sorted(reader.opened))
    return [
        Ask.boolean_query([(Occur.Must, whole), (Occur.MustNot, his)]),
        Ask.boolean_query([(Occur.Must, open_), (Occur.Must, his)]),
    ]
