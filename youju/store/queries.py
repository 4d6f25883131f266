"""Where bytes lie and whether they are whole."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db.models import ManyToOneRel

from youju.kit.digests import sha256_hex
from youju.store.models import StoredFile

DIGEST_LENGTH = 64


def path_of(digest: str) -> Path:
    return Path(settings.FILES) / digest[:2] / digest


def preview_path(digest: str) -> Path:
    """Where the small picture of a stored one lies, once somebody has looked at it."""
    return Path(settings.FILES) / "previews" / f"{digest}.jpg"


def arriving() -> Path:
    """Where files of a batch are written before they get their names."""
    return Path(settings.FILES) / "arriving"


def read(row: StoredFile) -> bytes:
    """The bytes. Raises FileNotFoundError when they were erased or lost."""
    return path_of(row.sha256).read_bytes()


def left_behind() -> list[StoredFile]:
    """Files that were erased by their row but whose bytes, or whose preview, still lie there."""
    erased = StoredFile.objects.filter(erased_at__isnull=False)
    return [row for row in erased if path_of(row.sha256).exists() or preview_path(row.sha256).exists()]


def damaged() -> list[StoredFile]:
    """Files whose bytes are missing or no longer match their name."""
    found = []
    for row in StoredFile.objects.filter(erased_at__isnull=True).order_by("pk"):
        try:
            whole = sha256_hex(read(row)) == row.sha256
        except OSError:
            whole = False
        if not whole:
            found.append(row)
    return found


def unnamed(*, before: datetime) -> list[str]:
    """Digests of files that lie in the store since before that moment and have no row."""
    lying = [
        file.name
        for file in Path(settings.FILES).glob("[0-9a-f][0-9a-f]/*")
        if len(file.name) == DIGEST_LENGTH and file.stat().st_mtime < before.timestamp()
    ]
    named = set(StoredFile.objects.values_list("sha256", flat=True))
    return [digest for digest in lying if digest not in named]


def is_used(row: StoredFile) -> bool:
    """Whether any table still has a key to it."""
    keys = [one for one in StoredFile._meta.get_fields(include_hidden=True) if isinstance(one, ManyToOneRel)]
    tables = ((one.related_model._default_manager, one.remote_field.name) for one in keys)
    return any(rows.filter(**{name: row}).exists() for rows, name in tables)
