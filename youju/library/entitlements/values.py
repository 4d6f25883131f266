"""Whose eyes read the library."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Reader:
    """What one reader may have.

    ``scopes``: ids of the units whose documents reach him (his own and all above them); None for the owner of the data
    folder, whom all reach. ``reads_whole``: restricted spans too, wherever they stand; else only in the documents
    named in ``opened``.
    """

    scopes: frozenset[int] | None = frozenset()
    reads_whole: bool = False
    opened: frozenset[int] = frozenset()

    def sees(self, unit_id: int | None) -> bool:
        """Whether a document meant for this unit (None: the whole site) reaches him."""
        return unit_id is None or self.scopes is None or unit_id in self.scopes

    def sees_whole(self, document_id: int) -> bool:
        return self.reads_whole or document_id in self.opened


OWNER = Reader(scopes=None, reads_whole=True)
NOBODY = Reader()
