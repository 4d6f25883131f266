"""Questions about saved searches and downloads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from youju.accounts.models import User
from youju.journal.models import Line
from youju.library.documents.queries import visible_to
from youju.library.entitlements.values import Reader
from youju.library.saved.models import SavedSearch
from youju.library.saved.values import DOWNLOADED


@dataclass(frozen=True)
class Download:
    """One document that left."""

    at: datetime
    who: str
    title: str
    form: str
    document_id: int


def saved_by(user: User) -> list[SavedSearch]:
    return list(SavedSearch.objects.filter(user=user))


def downloads(reader: Reader, *, most: int) -> list[Download]:
    """Of the documents that reach him who keeps the library, the latest first."""
    mine = visible_to(reader)
    lines = Line.objects.filter(room="library", verb=DOWNLOADED, object_id__in=mine.values("pk")).order_by("-pk")[:most]
    titles = dict(mine.filter(pk__in={line.object_id for line in lines}).values_list("pk", "title"))
    names = dict(User.objects.filter(pk__in={line.by_id for line in lines if line.by_id}).values_list("pk", "name"))
    return [
        Download(line.at, names.get(line.by_id or 0, "系统"), titles[line.object_id], line.summary, line.object_id)
        for line in lines
        if line.object_id in titles  # not taken out since the lines were read
    ]
