"""Changes of saved searches, and the line that a download leaves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from youju.accounts.models import User
from youju.journal import actions as journal
from youju.journal.values import Actor
from youju.kit.refusal import Refusal
from youju.library.documents.models import Document
from youju.library.documents.queries import last_document
from youju.library.saved.models import SavedSearch
from youju.library.saved.values import DOWNLOADED, MOST_ADDRESS, MOST_SAVED


def save_search(*, user: User, name: str, address: str, at: datetime) -> SavedSearch:
    """Keeps a search, or gives one kept before another name. Raises Refusal on ``name``."""
    name = name.strip()
    if not name:
        raise Refusal("name", "请给这个搜索起个名。")
    if not address:
        raise Refusal("name", "先搜一次，再存为常用。")
    if len(address) > MOST_ADDRESS:  # half of an address asks for something else
        raise Refusal("name", "这个搜索太长，存不下，请减几个词或条件再存。")
    with transaction.atomic():
        mine = SavedSearch.objects.select_for_update().filter(user=user)
        if mine.count() >= MOST_SAVED and not mine.filter(address=address).exists():
            raise Refusal("name", f"常用搜索最多存 {MOST_SAVED} 个，请先去掉一个。")
        row, _ = SavedSearch.objects.update_or_create(
            user=user, address=address, defaults={"name": name[:60], "seen": last_document()}
        )
        journal.write_line(by=user, at=at, verb="存常用搜索", room="library", noun="search", object_id=row.pk)
    return row


def look_at(*, row: SavedSearch) -> None:
    """From now on only what comes later is new. It is the reader's own mark and changes nothing anybody else sees."""
    SavedSearch.objects.filter(pk=row.pk).update(seen=last_document())


def drop_search(*, row: SavedSearch, by: Actor | None, at: datetime) -> None:
    with transaction.atomic():
        number = row.pk
        row.delete()
        journal.write_line(by=by, at=at, verb="去掉常用搜索", room="library", noun="search", object_id=number)


def note_download(*, documents: Sequence[Document], form: str, by: Actor | None, at: datetime) -> None:
    """One line a document that leaves: who, when, in which form."""
    with transaction.atomic():
        for one in documents:
            journal.write_line(
                by=by, at=at, verb=DOWNLOADED, room="library", noun="document", object_id=one.pk,
                unit_id=one.unit_id, summary=form,
            )  # fmt: skip
