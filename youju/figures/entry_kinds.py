"""The kinds by which a figure may choose among entries, by row type: each noun's own data says which there are."""

from __future__ import annotations

from collections.abc import Collection

ENTRY_KINDS: dict[str, Collection[str]] = {}
