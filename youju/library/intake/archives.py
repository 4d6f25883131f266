"""ZIP archives: listed within limits, read entry by entry, and never unpacked to the disk."""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from functools import partial
from pathlib import Path
from types import TracebackType

from youju.library.intake.rules import is_system, shown, zip_name
from youju.library.intake.values import NotTaken, Offer
from youju.paper.reading import limits

ENTRIES = 100_000
DIRECTORY_BYTES = 32 * limits.MEGABYTE
"""The archive's list of entries, looked at before it is parsed."""

UNPACKED_BYTES = 8 * 1024 * limits.MEGABYTE
RATIO = 200
RATIO_FLOOR = 64 * limits.MEGABYTE
"""Unpacked to packed, of the whole archive; texts stay below 20."""

END, END64 = b"PK\x05\x06", b"PK\x06\x06"
TAIL = 65_557 + 1024
SAYS_UTF8 = 0x800
ENCRYPTED = 0x1
# Parts by which a package of an office program is told from an archive that only holds files.
OFFICE = frozenset({"word/document.xml", "xl/workbook.xml", "ppt/presentation.xml", "OFD.xml"})

DAMAGED = "压缩包已经损坏，或不是真正的 ZIP；请重新打包再放进来。"
BOMB = "压缩包解开后大得不正常，为安全起见不打开。"
TOO_MANY = f"压缩包里的文件太多（超过 {ENTRIES:,} 个）或太大，请分成几个包。"
NESTED = "压缩包里的压缩包不打开，请解开后再放进来。"
LOCKED = "压缩包加了密码，读不了；请去掉密码再放进来。"
PACKED = "压缩包用了少见的压缩方法，读不了；请用普通的 ZIP 重新打包。"
LINK = "这是指向别处的链接，没有读。"
LARGE = f"文件超过 {limits.FILE_BYTES // limits.MEGABYTE} MB，请拆分后再放进来。"

# All that zipfile and zlib are known to raise on bytes that lie.
FAULTS = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, LookupError, RuntimeError,
    NotImplementedError, OverflowError,
)  # fmt: skip


def is_archive(file: Path) -> bool:
    """Whether it is named as a ZIP and is no document of an office program under a wrong name. Raises NotTaken."""
    if file.suffix.lower() != ".zip":
        return False
    _check_directory(file)
    try:
        with zipfile.ZipFile(file) as package:
            return not OFFICE & set(package.namelist())
    except FAULTS as fault:
        raise NotTaken(DAMAGED) from fault


class Archives:
    """The archives of one listing. One is open at a time: entries are read in the order in which they were listed."""

    def __init__(self) -> None:
        self._file: Path | None = None
        self._zip: zipfile.ZipFile | None = None

    def __enter__(self) -> Archives:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, tb: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        if self._zip is not None:
            self._zip.close()
        self._file = self._zip = None

    def offers(self, file: Path, path: str) -> tuple[list[Offer], int]:
        """The files of an archive, shown below ``path``, and how many hidden ones and system files were passed over.

        Raises NotTaken when the archive as a whole is not opened.
        """
        try:
            entries = self._entries(file)
        except FAULTS as fault:
            raise NotTaken(DAMAGED) from fault
        offers, passed_over = [], 0
        for entry in entries:
            name = _name_of(entry)
            if entry.is_dir():
                continue
            if any(is_system(part) for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")):
                passed_over += 1
                continue
            offers.append(Offer(shown(f"{path}/{name}"), entry.file_size, partial(self._read, file, entry)))
        return offers, passed_over

    def _entries(self, file: Path) -> list[zipfile.ZipInfo]:
        packed = file.stat().st_size
        entries = self._opened(file).infolist()
        unpacked = sum(entry.file_size for entry in entries)
        if len(entries) > ENTRIES or unpacked > UNPACKED_BYTES:
            raise NotTaken(TOO_MANY)
        # Entries that promise more bytes than the archive has lie over each other.
        if sum(entry.compress_size for entry in entries) > packed:
            raise NotTaken(BOMB)
        if unpacked > RATIO_FLOOR and unpacked > RATIO * packed:
            raise NotTaken(BOMB)
        return entries

    def _opened(self, file: Path) -> zipfile.ZipFile:
        if self._zip is None or self._file != file:
            self.close()
            self._file, self._zip = file, zipfile.ZipFile(file)
        return self._zip

    def _read(self, file: Path, entry: zipfile.ZipInfo) -> bytes:
        _check(entry)
        chunks: list[bytes] = []
        size = 0
        try:
            with self._opened(file).open(entry) as stream:
                while chunk := stream.read(limits.MEGABYTE):
                    size += len(chunk)
                    if size > limits.FILE_BYTES:  # whatever the list of entries promised
                        raise NotTaken(BOMB)
                    chunks.append(chunk)
        except FAULTS as fault:
            raise NotTaken(DAMAGED) from fault
        return b"".join(chunks)


def _check(entry: zipfile.ZipInfo) -> None:
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise NotTaken(LINK)
    if entry.flag_bits & ENCRYPTED:
        raise NotTaken(LOCKED)
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise NotTaken(PACKED)  # lzma may ask for gigabytes of memory before the first byte
    if entry.file_size > limits.FILE_BYTES:
        raise NotTaken(LARGE)
    if entry.filename.lower().endswith(".zip"):
        raise NotTaken(NESTED)


def _name_of(entry: zipfile.ZipInfo) -> str:
    """zipfile takes a name that does not say its encoding for that of DOS; its bytes are put back and read anew."""
    if entry.flag_bits & SAYS_UTF8:
        return entry.filename
    try:
        return zip_name(entry.orig_filename.encode("cp437"))
    except UnicodeEncodeError:  # this Python has read the name from an extra field
        return entry.filename


def _check_directory(file: Path) -> None:
    """Refuses a list of entries so long that only parsing it would fill the memory."""
    with file.open("rb") as opened:
        opened.seek(max(0, file.stat().st_size - TAIL))
        tail = opened.read()
    end = tail.rfind(END)
    if end < 0 or end + 22 > len(tail):
        raise NotTaken(DAMAGED)
    (size,) = struct.unpack_from("<I", tail, end + 12)
    end64 = tail.rfind(END64, max(0, end - 1024), end)
    if end64 >= 0 and end64 + 56 <= len(tail):
        (size,) = struct.unpack_from("<Q", tail, end64 + 40)
    if size > DIRECTORY_BYTES:
        raise NotTaken(TOO_MANY)
