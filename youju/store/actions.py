"""Keeping and erasing bytes."""

from __future__ import annotations

import io
import logging
import os
import tempfile
from datetime import datetime
from pathlib import Path

from django.db import transaction
from PIL import Image, ImageOps

from youju.journal import actions as journal
from youju.journal.values import Actor
from youju.kit.digests import sha256_hex
from youju.kit.refusal import Refusal
from youju.kit.zone import SHANGHAI
from youju.store.models import StoredFile
from youju.store.queries import path_of, preview_path, read
from youju.store.rules import PICTURES, media_type

logger = logging.getLogger(__name__)

EXIF_DATE_TAKEN = 0x9003
EXIF_SUB_FOLDER = 0x8769
MAX_PIXELS = 60_000_000
OLDEST_PICTURE = 1900
PREVIEW_PIXELS = 320


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
        row, fresh = StoredFile.objects.select_for_update().get_or_create(
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
    """Removes the bytes; the digest stays, so seals stay whole. Raises Refusal when they were erased before.

    The bytes go when the change is certain: were they gone first, a change undone would leave a row without its file.
    """
    with transaction.atomic():
        row = StoredFile.objects.select_for_update().get(pk=row.pk)
        if row.erased_at:
            raise Refusal("file", "这份文件已经清除了。")
        row.erased_at = at
        row.save(update_fields=["erased_at"])
        journal.write_line(
            by=by, at=at, verb="清除文件", room="store", noun="file", object_id=row.pk, summary=row.sha256[:8]
        )
        digest = row.sha256
        transaction.on_commit(lambda: _unlink(digest))


def preview(*, row: StoredFile) -> Path | None:
    """A small picture of a stored one, made when it is first asked for. None for what is no picture, erased or damaged.

    It is made from the stored bytes, which hold no metadata, and can be thrown away at any time.
    """
    if row.erased_at or row.media_type not in PICTURES:
        return None
    path = preview_path(row.sha256)
    if path.exists():
        return path
    try:
        with Image.open(io.BytesIO(read(row))) as picture:
            picture.draft("RGB", (PREVIEW_PIXELS * 2, PREVIEW_PIXELS * 2))  # a JPEG is decoded no larger than needed
            data = _small(picture)
    except Exception as error:  # lost or damaged bytes: `youju verify` says so, the page goes on without the picture
        logger.warning("no preview of %s: %s", row.sha256[:8], type(error).__name__)
        return None
    _write_new(path, data)
    return path


def _small(picture: Image.Image) -> bytes:
    whole = picture.convert("RGBA") if picture.mode in ("P", "LA", "PA", "RGBA") else picture.convert("RGB")
    whole.thumbnail((PREVIEW_PIXELS, PREVIEW_PIXELS))
    bare = Image.new("RGB", whole.size, "white")
    bare.paste(whole, mask=whole.getchannel("A") if whole.mode == "RGBA" else None)
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=80, optimize=True)
    return out.getvalue()


def _unlink(digest: str) -> None:
    for path in (path_of(digest), preview_path(digest)):
        path.unlink(missing_ok=True)


def _without_metadata(data: bytes, found: str) -> tuple[bytes, datetime | None]:
    with _decoded(data) as picture:
        return _bare(picture, found), _time_taken(picture)


def _decoded(data: bytes) -> Image.Image:
    """The picture with its pixels. Only this can be the file's fault: what follows is ours, and a bug there is told as one."""
    try:
        picture = Image.open(io.BytesIO(data))
        if picture.width * picture.height > MAX_PIXELS:
            raise Refusal("file", "照片像素太大，请缩小后再传。")
        picture.load()
    except Refusal:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refusal("file", "照片像素太大，请缩小后再传。") from error
    except Exception as error:  # decoders fed with hostile bytes raise nearly anything; the log keeps what it was
        logger.warning("a picture was refused: %s", type(error).__name__)
        raise Refusal("file", "照片打不开，可能已经损坏。") from error
    return picture


def _bare(picture: Image.Image, found: str) -> bytes:
    """Only the picture itself, upright: pixels are copied into a fresh image, so nothing unknown can ride along."""
    see_through = picture.info.get("transparency") if found == "image/png" else None
    try:
        ImageOps.exif_transpose(picture, in_place=True)
    except Exception:  # a mangled EXIF part is no reason to refuse a sound picture
        logger.info("picture kept as it lies: its EXIF part cannot be read")
    bare = Image.new(picture.mode, picture.size)
    if picture.mode == "P":
        bare.putpalette(picture.getpalette(picture.palette.mode) or [], picture.palette.mode)  # type: ignore[union-attr]
    bare.paste(picture)
    out = io.BytesIO()
    words = {} if see_through is None else {"transparency": see_through}
    bare.save(out, "JPEG" if found == "image/jpeg" else "PNG", quality=90, **words)
    return out.getvalue()


def _time_taken(picture: Image.Image) -> datetime | None:
    """When the camera says it was taken; None when it does not say or says something impossible."""
    try:
        text = picture.getexif().get_ifd(EXIF_SUB_FOLDER).get(EXIF_DATE_TAKEN)
    except Exception as error:  # a mangled EXIF part makes the library raise nearly anything; only the time is lost
        logger.info("a picture without its time: %s", type(error).__name__)
        return None
    try:
        taken = datetime.strptime(str(text).strip("\x00 "), "%Y:%m:%d %H:%M:%S").replace(tzinfo=SHANGHAI)
    except ValueError:
        return None
    return taken if taken.year >= OLDEST_PICTURE else None


def _write_whole(path: Path, data: bytes) -> None:
    """The file appears whole or not at all, and is on disk before the row that names it is committed."""
    if path.exists() and sha256_hex(path.read_bytes()) == path.name:
        return
    _write_new(path, data)


def _write_new(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
        _settle(path.parent)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _settle(folder: Path) -> None:
    """On systems that allow it, the folder's new entry is on disk too."""
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
