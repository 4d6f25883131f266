"""Is the index what the database would make of it? Its files whole, its documents all."""

from __future__ import annotations

from collections.abc import Iterator

from youju.library.documents.models import Document
from youju.library.documents.queries import last_serial
from youju.library.entitlements.values import OWNER, Reader
from youju.library.search.queries import index
from youju.library.search.values import Anything

AGAIN = "请删去数据目录里的 index/search，后台会重建。"
#: Who reads the whole meets each document in its one reading, who reads less in the other.
READERS = (OWNER, Reader(scopes=None))


def differing() -> Iterator[str]:
    """A sentence for each thing that is not as it should be. What the index has not followed yet is no fault, nor what
    changes while this looks: that is asked last."""
    if damaged := index().check():
        yield from (f"{sentence}{AGAIN}" for sentence in damaged)
        return
    view = index().snapshot()
    if view is None:
        return
    if view.serial > last_serial():
        yield f"检索的索引比素材库新，可能恢复过备份。{AGAIN}"
        return
    known = set(Document.objects.standing().filter(changed__lte=view.serial).values_list("pk", flat=True))
    whole, permitted = (view.documents(Anything(), reader) for reader in READERS)
    fresh = set(Document.objects.changed_since(view.serial).values_list("pk", flat=True))
    if missing := len(known - (whole & permitted) - fresh):
        yield f"检索的索引缺 {missing} 篇。{AGAIN}"
    if strange := len((whole | permitted) - known - fresh):
        yield f"检索的索引多出 {strange} 篇。{AGAIN}"
