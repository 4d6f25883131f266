"""Near-duplicates (近似的文本): groups of documents, kept in a file that the follower makes from what anyone may read.

Restricted spans are no part of it, so that a group tells nobody what stands in one.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from functools import lru_cache
from pathlib import Path

import numpy as np

from youju.library.documents.queries import visible_to
from youju.library.entitlements.values import Reader
from youju.library.passages.engine import disk
from youju.library.passages.store import UNUSABLE, store
from youju.library.passages.values import OPEN, key_of, read_key
from youju.people.listed import Listed

Group = tuple[int, ...]

NEAR = "near.json"
ALIKE = 0.6  # of the grams of both texts that they must have in common


def write_groups() -> int:
    """Makes the groups anew from the store. Returns how many there are."""
    view = store().snapshot()
    keys = [key for key in view.living() if read_key(key)[1] == OPEN]
    groups = [[read_key(key)[0] for key in group] for group in store().near_duplicates(ALIKE, keys)]
    disk.replace(near_file(), json.dumps({"mark": view.manifest.mark, "groups": groups}).encode())
    return len(groups)


def near_file() -> Path:
    return store().folder / NEAR


def near_mark() -> int:
    """Up to which change of the library groups were made; 0 where there are none."""
    return _near()[0]


def variants_of(reader: Reader, ids: Collection[int]) -> dict[int, list[int]]:
    """Of these documents those that have near-duplicates which the reader may read, with them."""
    group_of = _near()[1]
    groups = _read_by(reader, {group_of[pk] for pk in ids if pk in group_of})
    return {pk: [other for other in group if other != pk] for group in groups for pk in group if pk in ids}


def near_groups(reader: Reader) -> list[Group]:
    """All groups of near-duplicates as far as the reader may read them."""
    return sorted(_read_by(reader, set(_near()[1].values())))


def _read_by(reader: Reader, groups: Collection[Group]) -> Iterator[Group]:
    """What is left of these groups for a reader. Two that only hang together by a third which he may not read do not."""
    visible = _visible(reader, {pk for group in groups for pk in group})
    for group in groups:
        left = tuple(pk for pk in group if pk in visible)
        if len(left) == len(group):
            yield group
        elif len(left) > 1:
            yield from _hanging_together(left)


def _hanging_together(documents: Group) -> Iterator[Group]:
    """The groups that these make among themselves."""
    try:
        groups = store().near_duplicates(ALIKE, np.array([key_of(pk) for pk in documents], np.int64))
    except UNUSABLE:
        return
    for group in groups:
        yield tuple(read_key(key)[0] for key in group)


def _visible(reader: Reader, ids: set[int]) -> set[int]:
    return set(visible_to(reader).filter(pk__in=Listed(ids)).values_list("pk", flat=True)) if ids else set()


def _near() -> tuple[int, dict[int, Group]]:
    file = near_file()
    try:
        seen = file.stat()
        return _read_near(file, seen.st_mtime_ns, seen.st_ino, seen.st_size)
    except (OSError, ValueError, KeyError, TypeError):
        return 0, {}


@lru_cache(maxsize=4)
def _read_near(file: Path, *_: int) -> tuple[int, dict[int, Group]]:
    """The groups as they are in the file, read again when it is another one."""
    said = json.loads(file.read_bytes())
    return int(said["mark"]), {pk: tuple(group) for group in said["groups"] for pk in group}
