"""The index on disk: where it lies, up to which change of the library it holds, and who may write it.

    index/search/held.json          edition, serial, and the folder that holds them
    index/search/<generation>/      tantivy's files
    index/search/turn               whose turn it is to write

All of it may be deleted: it is made anew from the database.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import struct
import threading
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

import tantivy

from youju.kit.turns import turn
from youju.library.search.engine.damage import Damaged, noticing_damage
from youju.library.search.engine.schema import edition, row, schema
from youju.library.search.engine.snapshot import Snapshot
from youju.library.search.values import Entry

logger = logging.getLogger(__name__)

HELD = "held.json"
HEAP = 128_000_000  # bytes of postings in memory before they are written out
FOOTER_MAGIC = 1337  # tantivy's: the last eight bytes are the length of the footer and this
PIECE = 1 << 20


@dataclass(frozen=True)
class Held:
    edition: str
    serial: int
    folder: str


class Index:
    """The index in a folder. One object a process; its methods may be called from several threads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._read: tuple[object, Snapshot | None] = (None, None)
        self._opened: tuple[str, tantivy.Index] | None = None

    def serial(self) -> int | None:
        """The change of the library up to which it holds; None where it must be made anew."""
        held = self._held()
        return held.serial if held else None

    def snapshot(self) -> Snapshot | None:
        """The index as it is now, for one search; None where there is none that can be used. Never writes."""
        with self._lock:
            seen = self._signature()
            if self._read[0] != seen or seen is None:
                self._read = (seen, self._open())
            return self._read[1]

    def check(self) -> list[str]:
        """What is wrong with its files: each carries the checksum of what it holds. Nothing where there is no index."""
        held = self._held()
        files = sorted((self.folder / held.folder).iterdir()) if held and (self.folder / held.folder).is_dir() else []
        found = [f"检索的索引里，文件 {file.name} 损坏。" for file in files if not _whole(file)]
        if held and not found:
            try:
                with noticing_damage():
                    _opened(self.folder / held.folder)
            except Damaged:
                found = ["检索的索引打不开。"]
        return found

    @contextmanager
    def writing(self, *, anew: bool = False) -> Iterator[Writer]:
        """The right to write, for one at a time: waits for its turn. Begins anew where asked or where nothing is usable.

        What was put and not committed is gone afterwards.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with turn(self.folder / "turn"):
            held = None if anew else self._held()
            with noticing_damage():
                writer = Writer(self.folder, held)
            try:
                yield writer
            finally:
                writer.close()
                self._forget_others()

    def discard(self) -> None:
        """Says that the index is of no use, so that whoever writes next makes it anew. Waits for nobody."""
        (self.folder / HELD).unlink(missing_ok=True)

    # --- inside -------------------------------------------------------------------------------------------------------

    def _held(self) -> Held | None:
        held = read_held(self.folder)
        return held if held and held.edition == edition() and (self.folder / held.folder).is_dir() else None

    def _signature(self) -> object:
        try:
            status = (self.folder / HELD).stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_ino, status.st_size

    def _open(self) -> Snapshot | None:
        """What is on disk now. What is held is read before the files are, so they hold at least as much."""
        seen: Damaged | None = None
        for _ in range(3):  # a new generation may take the place of the old one while it is being opened
            held = self._held()
            if held is None:
                return None
            try:
                with noticing_damage():
                    if self._opened is None or self._opened[0] != held.folder:
                        self._opened = (held.folder, _opened(self.folder / held.folder))
                    self._opened[1].reload()
                    return Snapshot(held.serial, self._opened[1].searcher())
            except Damaged as damage:
                self._opened, seen = None, damage
        logger.warning("the index of the library cannot be opened: %s", seen)
        return None

    def _forget_others(self) -> None:
        held = read_held(self.folder)
        for folder in self.folder.iterdir():
            if folder.is_dir() and (held is None or folder.name != held.folder):
                shutil.rmtree(folder, ignore_errors=True)  # where somebody still reads it, the next writer comes by


class Writer:
    """Writes into the index. ``serial`` is what it holds; None at the beginning of a new one."""

    def __init__(self, folder: Path, held: Held | None) -> None:
        self.serial = held.serial if held else None
        self._folder = folder
        try:
            self._begin(held.folder if held else None)
        except Damaged as damage:
            logger.warning("the index of the library is made anew, it cannot be written on: %s", damage)
            self.serial = None
            self._begin(None)

    def put(self, entries: Iterable[Entry]) -> None:
        """These are what their documents now are: what stood of them before is gone. All readings of a document together."""
        known: set[int] = set()
        for entry in entries:  # read from a database meanwhile, whose faults are none of the index
            made = row(entry)
            with noticing_damage():
                if entry.document not in known:
                    self._take_out(entry.document)
                    known.add(entry.document)
                self._writer.add_document(made)
        self._put |= known

    def remove(self, documents: Iterable[int]) -> None:
        with noticing_damage():
            for document in documents:
                self._take_out(document)

    def _take_out(self, document: int) -> None:
        """By a query, since a term would be taken for a number with a sign, which no field holds."""
        if not self._fresh or document in self._put:
            self._writer.delete_documents_by_query(tantivy.Query.term_query(schema(), "document", document, "basic"))

    def commit(self, serial: int) -> None:
        """From now on this is what is found, and it holds up to ``serial``. Killed in between, it is written once more."""
        with noticing_damage():
            self._writer.commit()
        self.serial = serial
        _replace(self._folder / HELD, json.dumps(asdict(Held(edition(), serial, self._generation))))

    def close(self) -> None:
        with suppress(Damaged), noticing_damage():
            self._writer.rollback()
            self._writer.wait_merging_threads()

    def _begin(self, generation: str | None) -> None:
        self._generation = generation or os.urandom(6).hex()
        self._fresh, self._put = generation is None, set[int]()  # nothing stands in a new one but what was put
        path = self._folder / self._generation
        with noticing_damage():
            if generation is None:
                path.mkdir()
                index = _unwatched(tantivy.Index(schema(), str(path)))
            else:
                index = _opened(path)
            self._writer = index.writer(HEAP, 1)


def read_held(folder: Path) -> Held | None:
    """What the folder says of itself, or nothing where it says nothing that can be read."""
    try:
        told = json.loads((folder / HELD).read_text(encoding="utf-8"))
        return Held(str(told["edition"]), int(told["serial"]), str(told["folder"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _opened(path: Path) -> tantivy.Index:
    return _unwatched(tantivy.Index.open(str(path)))


def _unwatched(index: tantivy.Index) -> tantivy.Index:
    """It is looked at when held.json changes; a thread that looks by itself would read files while they are taken away."""
    index.config_reader("manual")
    return index


def _replace(file: Path, text: str) -> None:
    beside = file.with_suffix(".new")
    with beside.open("w", encoding="utf-8") as handle:
        handle.write(text)
        handle.flush()
        os.fsync(handle.fileno())
    beside.replace(file)


def _whole(file: Path) -> bool:
    """Whether a file of tantivy holds what its footer says. Those without a footer are small and read when opened."""
    if file.suffix in {".json", ".lock"} or file.name.startswith("."):
        return True
    with file.open("rb") as handle:
        size = handle.seek(0, os.SEEK_END)
        handle.seek(max(0, size - 8))
        length, magic = struct.unpack("<II", handle.read(8).ljust(8))
        held = size - 8 - length
        if magic != FOOTER_MAGIC or held < 0:
            return False
        handle.seek(held)
        try:
            footer = json.loads(handle.read(length))
            return int(footer["crc"]) == _checksum(handle, held)
        except (ValueError, KeyError, TypeError):
            return False


def _checksum(handle: BinaryIO, length: int) -> int:
    """Of the first bytes of a file, a piece at a time: they may be hundreds of megabytes."""
    handle.seek(0)
    checksum = 0
    while length:
        piece = handle.read(min(length, PIECE))
        if not piece:
            break
        checksum, length = zlib.crc32(piece, checksum), length - len(piece)
    return checksum
