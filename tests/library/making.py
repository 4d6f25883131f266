"""Documents for tests, always through the action that keeps them."""

from __future__ import annotations

import itertools
import shutil
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings

from tests import make
from youju.kit.digests import sha256_hex
from youju.library.documents.actions import add_documents
from youju.library.documents.values import NewDocument
from youju.library.models import Document
from youju.library.passages.store import store_in
from youju.library.search.queries import forget_entries, index_in
from youju.people.models import Unit

DAY = date(2026, 11, 20)
AT = make.moment(DAY)
_serial = itertools.count(1)


def new(whole: str, **more: Any) -> NewDocument:
    words = {"title": "青禾工作总结", "path": f"篇{next(_serial)}.txt", "raw": whole}
    return NewDocument(whole=whole, digest=sha256_hex(whole.encode()), **{**words, **more})


def document(whole: str, *, unit: Unit | None = None, **more: Any) -> Document:
    row, _ = add_documents(news=[new(whole, unit_id=unit.pk if unit else None, **more)], by=None, at=AT)[0]
    return row


def without_index() -> None:
    """As a process that begins on a folder without indexes: the same numbers may be other texts from now on."""
    forget_entries()
    store_in.cache_clear()
    index_in.cache_clear()
    shutil.rmtree(Path(settings.DATA) / "index", ignore_errors=True)
