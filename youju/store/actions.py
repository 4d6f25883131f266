"""Keeping and erasing bytes."""

from __future__ import annotations

import io
import os
import tempfile
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from PIL import Image, ImageOps, UnidentifiedImageError

from youju.journal import actions as journal
from youju.journal.values import Actor
from youju.kit.digests import sha256_hex
from youju.kit.refusal import Refusal
from youju.store.models import StoredFile
from youju.store.queries import path_of
from youju.store.rules import PICTURES, media_type

EXIF_DATE_TAKEN = 0x9003
EXIF_SUB_FOLDER = 0x8769
MAX_PIXELS = 60_000_000


def keep(*, data: bytes, by: Actor | None, at: datetime) -> StoredFile:
    """Stores the bytes and returns their row. Pictures lose all metadata but the time they were taken.

    Raises Refusal on ``file``. Bytes already stored are not stored twice.
    """
    found = media_type(data)
    taken_at = None
    if found in PICTURES:
        data, taken_at = _without_metadata(data, found)
    digest = sha256_hex(data)
    with transaction.atomic():
        row, fresh = StoredFile.objects.get_or_create(
            sha256=digest, defaults={"size": len(data), "media_type": found, "stored_at": at, "taken_at": taken_at}
        )
        if row.erased_at:
            raise Refusal("file", "这份文件曾按规定清除，不能再存入。")
        _write_whole(path_of(digest), data)
        if fresh:
            journal.write_line(
                by=by, at=at, verb="存入文件", room="store", noun="file", object_id=row.pk, summary=digest[:8]
            )
    return row


def erase(*, row: StoredFile, by: Actor | None, at: datetime) -> None:
    """Removes the bytes; the digest stays, so seals stay whole."""
    with transaction.atomic():
        row.erased_at = at
        row.save(update_fields=["erased_at"])
        journal.write_line(
            by=by, at=at, verb="清除文件", room="store", noun="file", object_id=row.pk, summary=row.sha256[:8]
        )
        path_of(row.sha256).unlink(missing_ok=True)


def _without_metadata(data: bytes, found: str) -> tuple[bytes, datetime | None]:
    try:
        with Image.open(io.BytesIO(data)) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise Refusal("file", "照片像素太大，请缩小后再传。")
            taken_at = _time_taken(picture)
            upright = ImageOps.exif_transpose(picture)
            bare = Image.new(upright.mode, upright.size)
            bare.paste(upright)
            if upright.mode == "P":
                bare.putpalette(upright.getpalette() or [])
            out = io.BytesIO()
            bare.save(out, "JPEG" if found == "image/jpeg" else "PNG", quality=90)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Refusal("file", "照片打不开，可能已经损坏。") from error
    return out.getvalue(), taken_at


def _time_taken(picture: Image.Image) -> datetime | None:
    text = picture.getexif().get_ifd(EXIF_SUB_FOLDER).get(EXIF_DATE_TAKEN)
    try:
        return datetime.strptime(str(text), "%Y:%m:%d %H:%M:%S").replace(tzinfo=ZoneInfo(settings.TIME_ZONE))
    except ValueError:
        return None


def _write_whole(path: Path, data: bytes) -> None:
    """The file appears whole or not at all, and is on disk before the row that names it is committed."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
