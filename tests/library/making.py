"""Documents for tests, always through the action that keeps them."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from tests import make
from youju.kit.digests import sha256_hex
from youju.library.documents.actions import add_documents, next_serials, remove
from youju.library.documents.values import NewDocument
from youju.library.models import Document, Text
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


@contextmanager
def changing(row: Document, gone: Document) -> Iterator[None]:
    """Before the second question about documents somebody writes one anew and takes the other out."""
    asked = itertools.count(1)

    def look(execute: Callable[..., Any], sql: str, *args: Any) -> Any:
        if 'FROM "library_document"' in sql and next(asked) == 2:
            Text.objects.filter(pk=row.pk).update(whole="写过了的一篇。")
            Document.objects.filter(pk=row.pk).update(changed=next_serials(1)[0])
            remove(document=gone, by=None, at=AT)
        return execute(sql, *args)

    with connection.execute_wrapper(look):
        yield
