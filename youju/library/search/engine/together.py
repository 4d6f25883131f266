"""A search that is exact at once: what the index holds, and a direct look at the few documents that are newer than it."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from youju.library.entitlements.values import Reader
from youju.library.search.engine.damage import Damaged
from youju.library.search.engine.snapshot import Snapshot
from youju.library.search.matching import matches, value_of, weight
from youju.library.search.values import Entry, Found, Hit, Node, Query

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Changes:
    """What the index does not hold as it is now: the documents changed since (those taken out too), and the entries of
    those that stand."""

    changed: Collection[int] = ()
    entries: Iterable[Entry] = ()


def search(
    query: Query, reader: Reader, snapshot: Snapshot | None, newer_than: Callable[[int | None], Changes], *,
    limit: int = 20, offset: int = 0, facets: Collection[str] = (), newest: bool = False,
    on_damage: Callable[[], object] = lambda: None,
) -> Found:  # fmt: skip
    """What this reader finds, exactly as the library stands.

    ``newer_than(serial)`` gives what has changed since; asked with None, where there is no index or it is spoilt, it
    gives all there is. Of a spoilt one ``on_damage`` hears (``Index.discard``). What nothing holds literally is looked
    for by the initials of titles.
    """
    asking = _Asking(reader, snapshot, newer_than, limit, offset, facets, newest, on_damage)
    found = asking.found(query.tree)
    if found.total or query.by_initials is None:
        return replace(found, query=query)
    other = asking.found(query.by_initials.tree)
    return replace(other, query=query.by_initials) if other.total else replace(found, query=query)


class _Asking:
    def __init__(
        self, reader: Reader, snapshot: Snapshot | None, newer_than: Callable[[int | None], Changes],
        limit: int, offset: int, facets: Collection[str], newest: bool, on_damage: Callable[[], object],
    ) -> None:  # fmt: skip
        self.reader, self.snapshot, self.newer_than = reader, snapshot, newer_than
        self.limit, self.offset, self.facets, self.newest = limit, offset, facets, newest
        self.on_damage = on_damage
        self._look(snapshot.serial if snapshot else None)

    def found(self, tree: Node) -> Found:
        if self.snapshot is None:
            return self._direct(tree)
        try:
            return self._both(tree, self.snapshot)
        except Damaged as damage:
            logger.warning("the index of the library is thrown away, it cannot be read: %s", damage)
            self.snapshot = None
            self.on_damage()
            self._look(None)
            return self._direct(tree)

    def _look(self, serial: int | None) -> None:
        newer = self.newer_than(serial)
        self.changed = frozenset(newer.changed)
        self.entries = [entry for entry in newer.entries if entry.visible_to(self.reader)]

    def _both(self, tree: Node, snapshot: Snapshot) -> Found:
        """The newer ones stand first: what was just saved is looked for."""
        direct = self._direct(tree)
        found = snapshot.search(
            tree, self.reader, limit=self.limit - len(direct.hits), offset=max(self.offset - direct.total, 0),
            facets=self.facets, without=self.changed, newest=self.newest,
        )  # fmt: skip
        counts = {name: _added(direct.facets[name], found.facets[name]) for name in self.facets}
        return Found(direct.total + found.total, direct.hits + found.hits, counts)

    def _direct(self, tree: Node) -> Found:
        entries = [entry for entry in self.entries if matches(tree, entry)]
        scored = [Hit(entry.document, weight(tree, entry)) for entry in entries]
        scored.sort(key=lambda hit: (0.0 if self.newest else -hit.score, -hit.document))
        counts = {name: Counter(value_of(entry, name) for entry in entries) for name in self.facets}
        return Found(len(scored), tuple(scored[self.offset : self.offset + max(self.limit, 0)]), counts)


def _added(one: Mapping[str, int], other: Mapping[str, int]) -> dict[str, int]:
    return dict(Counter(one) + Counter(other))
