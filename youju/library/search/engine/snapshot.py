"""One state of the index, and the questions it answers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property
from typing import Any

import tantivy
from tantivy import Occur

from youju.library.entitlements.values import Reader
from youju.library.search.engine.asking import Ask, asked, hidden
from youju.library.search.engine.damage import noticing_damage
from youju.library.search.engine.schema import NO_YEAR, schema
from youju.library.search.values import FACETS, OPEN, UNKNOWN, WHOLE, Found, Hit, Node

MOST_VALUES = 1000  # of a facet
MOST_COUNTED = 20_000
NOBODY: frozenset[int] = frozenset()


class Snapshot:
    """The index as it was when it was opened; what is written later does not change it. ``serial``: up to where it holds."""

    def __init__(self, serial: int, searcher: tantivy.Searcher) -> None:
        self.serial = serial
        self.searcher = searcher
        self._counted: dict[tuple[str, str | bool], int] = {}

    def search(
        self, node: Node, reader: Reader, *, limit: int = 20, offset: int = 0, facets: Collection[str] = (),
        without: Collection[int] = NOBODY, newest: bool = False,
    ) -> Found:  # fmt: skip
        """What this reader finds, the best first (or the newest). ``without``: documents that have changed since."""
        with noticing_damage():
            query = self._query(node, reader, without)
            order = "document" if newest else None
            found: Any = self.searcher.search(query, max(limit, 1), True, order, offset)
            hits = found.hits if limit > 0 else []
            counted = self._facets(query, facets) if facets and found.count else {name: {} for name in facets}
            return Found(found.count, self._hits(hits, scored=not newest), counted)

    def documents(self, node: Node, reader: Reader, *, without: Collection[int] = NOBODY) -> frozenset[int]:
        """All that this reader finds."""
        with noticing_damage():
            query = self._query(node, reader, without)
            hits = self.searcher.search(query, max(self.searcher.num_docs, 1), False, "document").hits
            return frozenset(int(document) for document, _ in hits)

    def _query(self, node: Node, reader: Reader, without: Collection[int]) -> Ask:
        query = asked(node, self._often)
        unseen = hidden(reader, any_scoped=self._any_scoped, any_restricted=self._any_restricted)
        if without:
            unseen.append(Ask.term_set_query(schema(), "document", sorted(without)))
        if not unseen:
            return query
        return Ask.boolean_query([(Occur.Must, query), *((Occur.MustNot, part) for part in unseen)])

    def _often(self, place: str, token: str | bool) -> int:
        """In how many documents a token stands; asked again for every query, so it is kept."""
        known = self._counted.get((place, token))
        if known is None:
            if len(self._counted) >= MOST_COUNTED:
                self._counted.clear()
            known = self._counted[place, token] = self.searcher.doc_freq(place, token)
        return known

    @cached_property
    def _any_scoped(self) -> bool:
        return self.searcher.doc_freq("scoped", True) > 0

    @cached_property
    def _any_restricted(self) -> bool:
        return any(self.searcher.doc_freq("reading", reading) for reading in (OPEN, WHOLE))

    def _hits(self, hits: list[tuple[Any, tantivy.DocAddress]], *, scored: bool) -> tuple[Hit, ...]:
        places = [place for _, place in hits]
        documents = self.searcher.fast_field_values("document", places)
        return tuple(
            Hit(int(document or 0), float(score) if scored else 0.0)
            for (score, _), document in zip(hits, documents, strict=True)
        )

    def _facets(self, query: Ask, names: Collection[str]) -> Mapping[str, Mapping[str, int]]:
        wanted = {name: {"terms": {"field": name, "size": MOST_VALUES}} for name in names if name in FACETS}
        told = self.searcher.aggregate(query, wanted)
        return {
            name: {_value(name, bucket["key"]): bucket["doc_count"] for bucket in told[name]["buckets"]}
            for name in wanted
        }


def _value(facet: str, key: Any) -> str:
    if facet != "year":
        return str(key)
    return UNKNOWN if int(key) == NO_YEAR else str(int(key))
