"""Keeping and erasing bytes."""

from __future__ import annotations

import io
import logging
import os
import tempfile
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from django.db import connection, transaction
from PIL import Image, ImageOps

from youju.journal import actions as journal
from youju.journal.values import Actor
from youju.kit.digests import sha256_hex
from youju.kit.faults import way_to
from youju.kit.refusal import Refusal
from youju.kit.zone import SHANGHAI
from youju.store.models import StoredFile
from youju.store.queries import arriving, path_of, preview_path, read, unnamed
from youju.store.rules import PICTURES, media_type
from youju.store.values import Incoming

logger = logging.getLogger(__name__)

EXIF_DATE_TAKEN = 0x9003
EXIF_SUB_FOLDER = 0x8769
MAX_PIXELS = 60_000_000
OLDEST_PICTURE = 1900
PREVIEW_PIXELS = 320
WAITERS = 8


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


def keep_many(*, files: Sequence[Incoming], by: Actor | None, at: datetime) -> dict[str, StoredFile]:
    """Stores a batch and returns its rows by digest, without those bytes that were once erased: they may not come back.

    Only for texts, which carry nothing that must be taken out of them first. Whatever goes wrong on the way to the disk
    leaves the rows as they were, but for the caller's transaction; what that leaves lying there goes with ``let_go``.
    """
    given = {file.digest: file for file in sorted(files, key=lambda one: one.digest)}  # two at once wait in one order
    if any(file.media_type in PICTURES for file in files):
        raise ValueError("a picture must come through keep(), which strips it")
    with transaction.atomic():
        known = set(StoredFile.objects.filter(sha256__in=given).values_list("sha256", flat=True))
        fresh = [
            StoredFile(sha256=digest, size=len(file.data), media_type=file.media_type, stored_at=at)
            for digest, file in given.items()
            if digest not in known
        ]
        StoredFile.objects.bulk_create(fresh, ignore_conflicts=True)
        # Another may be writing down where else these bytes stand, which only needs the rows to be there.
        held = StoredFile.objects.select_for_update(no_key=True)
        standing = held.filter(sha256__in=given, erased_at__isnull=True)
        rows = {row.sha256: row for row in standing.order_by("pk")}
        _write_batch({digest: given[digest].data for digest in rows})
        if fresh:
            journal.write_line(
                by=by, at=at, verb="存入文件", room="store", noun="file", object_id=rows[fresh[0].sha256].pk,
                summary=f"{fresh[0].sha256[:8]} 等 {len(fresh)} 份",
            )  # fmt: skip
    return rows


def let_go(*, digests: Collection[str]) -> int:
    """Removes the bytes that no row names: a change that was undone had put them there. Returns how many went.

    Nobody stores in between, else bytes that another finds lying there could go while he writes his row.
    """
    gone = 0
    with transaction.atomic():
        if connection.vendor == "postgresql":  # SQLite has one writer at a time anyway
            with connection.cursor() as cursor:
                cursor.execute("LOCK TABLE store_storedfile IN SHARE ROW EXCLUSIVE MODE")
        named = set(StoredFile.objects.filter(sha256__in=digests).values_list("sha256", flat=True))
        for digest in set(digests) - named:
            gone += path_of(digest).exists()
            _unlink(digest)
    return gone


def sweep(*, before: datetime) -> int:
    """Removes what a killed process has left lying since before that moment: halves of files, and files without a row."""
    halves = [file for file in arriving().glob("*") if file.stat().st_mtime < before.timestamp()]
    for file in halves:
        file.unlink(missing_ok=True)
    return len(halves) + let_go(digests=unnamed(before=before))


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
        picture = Image.open(io.BytesIO(read(row)))
        picture.draft("RGB", (PREVIEW_PIXELS * 2, PREVIEW_PIXELS * 2))  # a JPEG is decoded no larger than needed
        picture.load()
    except Exception as error:  # lost or damaged bytes: `youju verify` says so, the page goes on without the picture
        logger.warning("no preview of %s: %s", row.sha256[:8], way_to(error))
        return None
    _write_new(path, _small(picture))
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
        logger.warning("a picture was refused: %s", way_to(error))
        raise Refusal("file", "照片打不开，可能已经损坏。") from error
    return picture


def _bare(picture: Image.Image, found: str) -> bytes:
    """Only the picture itself, upright: pixels are copied into a fresh image, so nothing unknown can ride along."""
    see_through = picture.info.get("transparency") if found == "image/png" else None
    try:
        ImageOps.exif_transpose(picture, in_place=True)
    except Exception as error:  # a mangled EXIF part is no reason to refuse a sound picture
        logger.info("a picture kept as it lies: %s", way_to(error))
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
        logger.info("a picture without its time: %s", way_to(error))
        return None
    try:
        taken = datetime.strptime(str(text).strip("\x00 "), "%Y:%m:%d %H:%M:%S").replace(tzinfo=SHANGHAI)
    except ValueError:
        return None
    return taken if taken.year >= OLDEST_PICTURE else None


def _write_whole(path: Path, data: bytes) -> None:
    """The file appears whole or not at all, and is on disk before the row that names it is committed."""
    if not _lies_whole(path):
        _write_new(path, data)


def _write_batch(files: Mapping[str, bytes]) -> None:
    """The same for many. They are waited for together: a disk takes eight at once in the time of two."""
    missing = {path_of(digest): data for digest, data in files.items() if not _lies_whole(path_of(digest))}
    if not missing:
        return
    folders = {path.parent for path in missing}
    _make_folders({arriving(), *folders})
    temporaries: dict[Path, str] = {}
    try:
        with ExitStack() as opened, ThreadPoolExecutor(WAITERS) as waiters:
            handles = []
            for path, data in missing.items():
                handle, temporaries[path] = tempfile.mkstemp(dir=arriving())
                file = opened.enter_context(os.fdopen(handle, "wb"))
                file.write(data)
                file.flush()
                handles.append(handle)
            list(waiters.map(os.fsync, handles))
        for path, temporary in temporaries.items():
            Path(temporary).replace(path)
        with ThreadPoolExecutor(WAITERS) as waiters:
            list(waiters.map(_settle, folders))
    except BaseException:
        for temporary in temporaries.values():
            Path(temporary).unlink(missing_ok=True)
        raise


def _lies_whole(path: Path) -> bool:
    return path.exists() and sha256_hex(path.read_bytes()) == path.name


def _make_folders(folders: Collection[Path]) -> None:
    """With their own names on disk too, once for all of them."""
    missing = [folder for folder in folders if not folder.is_dir()]
    for folder in missing:
        folder.mkdir(parents=True, exist_ok=True)
    for above in {folder.parent for folder in missing}:
        _settle(above)


def _write_new(path: Path, data: bytes) -> None:
    _make_folders([path.parent])
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
