"""Is the store what the database would make of it? Its keys all, its texts by sample."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from youju.library.documents.models import Document
from youju.library.documents.queries import last_serial
from youju.library.handed.models import HandedText
from youju.library.passages.engine import normalised
from youju.library.passages.engine.snapshot import Snapshot
from youju.library.passages.store import UNUSABLE, standing, store
from youju.library.passages.values import HANDED, WHOLE, key_of, read_key

SAMPLE = 200  # texts compared, evenly through the library
AGAIN = "请删去数据目录里的 index/passages，后台会重建。"


def differing() -> Iterator[str]:
    """A sentence for each thing that is not as it should be. What the store has not followed yet is no fault, nor what
    changes while this looks: that is asked last."""
    try:
        view = store().snapshot()
    except UNUSABLE:
        yield f"相似比对的索引读不出来。{AGAIN}"
        return
    mark = view.manifest.mark
    if mark > last_serial():
        yield f"相似比对的索引比素材库新，可能恢复过备份。{AGAIN}"
        return
    known, held = _keys(mark), set(view.living())
    spoilt = _spoilt(view, sorted(known & held))
    changed = _changed(mark)
    if missing := sum(not changed(key) for key in known - held):
        yield f"相似比对的索引缺 {missing} 篇。{AGAIN}"
    if strange := sum(not changed(key) for key in held - known):
        yield f"相似比对的索引多出 {strange} 篇。{AGAIN}"
    if differing_texts := sum(not changed(key) for key in spoilt):
        yield f"相似比对的索引里有 {differing_texts} 篇与正文不一致。{AGAIN}"


def _keys(mark: int) -> set[int]:
    """What the database says that a store which has followed so far holds."""
    rows = Document.objects.standing().filter(changed__lte=mark).values_list("pk", "has_restricted")
    keys = {key for pk, closed in rows for key in ((key_of(pk), key_of(pk, WHOLE)) if closed else (key_of(pk),))}
    reports = HandedText.objects.filter(removed_at__isnull=True, changed__lte=mark).values_list("pk", flat=True)
    return keys | {key_of(pk, HANDED) for pk in reports}


def _changed(mark: int) -> Callable[[int], bool]:
    """Which keys are of texts that have changed since the store followed."""
    documents = set(Document.objects.changed_since(mark).values_list("pk", flat=True))
    reports = set(HandedText.objects.filter(changed__gt=mark).values_list("pk", flat=True))

    def changed(key: int) -> bool:
        number, kind = read_key(key)
        return number in (reports if kind == HANDED else documents)

    return changed


def _spoilt(view: Snapshot, keys: list[int]) -> list[int]:
    """The keys of the texts of the sample that are not what they were made from."""
    chosen = set(keys[:: max(1, len(keys) // SAMPLE)])
    numbers = [read_key(key) for key in chosen]
    texts = dict(
        standing({pk for pk, kind in numbers if kind != HANDED}, {pk for pk, kind in numbers if kind == HANDED})
    )
    alive = np.flatnonzero(~view.dead)
    place = dict(zip(view.keys[alive].tolist(), alive.tolist(), strict=True))
    return [
        key
        for key in chosen
        if key in texts and not np.array_equal(view.text(place[key]), normalised(texts[key]).units)
    ]
