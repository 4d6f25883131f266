"""The zip around a docx: everything that is checked before and while a part is unpacked."""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from types import TracebackType
from xml.parsers import expat

from youju.paper.reading import limits
from youju.paper.reading.values import UnreadableFile
from youju.paper.reading.xml import NAMESPACE_SEPARATOR, parse_xml

DAMAGED = "文件损坏，或不是真正的 Word 文档；请用 WPS 或 Word 打开，另存为新的 .docx 再上传。"
BOMB = "文件解开后大得不正常，为安全起见不打开；请用 WPS 或 Word 打开，另存为新的 .docx 再上传。"
LOCKED = "文件加了密码，读不了；请用 WPS 或 Word 打开，取消密码后另存为 .docx 再上传。"
SHEET = "这不是 Word 文档（像是表格、演示稿或压缩包）；请上传 .docx、.txt 或可复制文字的 PDF。"

# All that zipfile, zlib and expat are known to raise on bytes that lie.
FAULTS = (
    zipfile.BadZipFile, zlib.error, expat.ExpatError, struct.error,
    EOFError, OSError, ValueError, LookupError, RuntimeError, OverflowError,
)  # fmt: skip

END, END64 = b"PK\x05\x06", b"PK\x06\x06"


class Package:
    """An opened docx. ``part`` unpacks one part within the limits."""

    def __init__(self, data: bytes) -> None:
        _check_directory_size(data)
        self._zip = zipfile.ZipFile(io.BytesIO(data))
        entries = self._zip.infolist()
        unpacked = sum(entry.file_size for entry in entries)
        if len(entries) > limits.PACKAGE_ENTRIES or unpacked > limits.PACKAGE_BYTES:
            raise UnreadableFile(BOMB)
        if unpacked > limits.RATIO_FLOOR and unpacked > limits.PACKAGE_RATIO * len(data):
            raise UnreadableFile(BOMB)
        self.names = frozenset(entry.filename for entry in entries)

    def __enter__(self) -> Package:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, tb: TracebackType | None) -> None:
        self._zip.close()

    def part(self, name: str) -> bytes:
        """The part's bytes. Counted while unpacking, because the promised size may be a lie."""
        entry = self._zip.getinfo(name)
        if entry.flag_bits & 0x1:
            raise UnreadableFile(LOCKED)
        # Other methods (lzma) may ask for gigabytes of memory before the first byte; no office program uses them.
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise UnreadableFile(DAMAGED)
        chunks: list[bytes] = []
        size = 0
        with self._zip.open(entry) as stream:
            while chunk := stream.read(65_536):
                size += len(chunk)
                if size > limits.PART_BYTES:
                    raise UnreadableFile(BOMB)
                chunks.append(chunk)
        return b"".join(chunks)

    def main_part(self) -> str:
        """Name of the part with the body; refuses packages of other programs."""
        found = self.related("").get("officeDocument", "word/document.xml")
        if found not in self.names or found.startswith(("xl/", "ppt/")):
            raise UnreadableFile(SHEET)
        return found

    def related(self, part: str) -> dict[str, str]:
        """Parts to which ``part`` points, by the last word of the relation's type."""
        folder, name = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        found: dict[str, str] = {}
        if relations not in self.names:
            return found

        def start(tag: str, attributes: dict[str, str]) -> None:
            if tag.rpartition(NAMESPACE_SEPARATOR)[2] == "Relationship" and attributes.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", "")))
                kind = attributes.get("Type", "").rpartition("/")[2]
                found.setdefault(kind, target.lstrip("/"))

        parse_xml(self.part(relations), start=start)
        return found


def _check_directory_size(data: bytes) -> None:
    """Refuses a list of entries so long that only parsing it would fill the memory."""
    end = data.rfind(END, max(0, len(data) - 65_557))
    if end < 0 or end + 22 > len(data):
        raise UnreadableFile(DAMAGED)
    (size,) = struct.unpack_from("<I", data, end + 12)
    end64 = data.rfind(END64, max(0, end - 1024), end)
    if end64 >= 0 and end64 + 56 <= len(data):
        (size,) = struct.unpack_from("<Q", data, end64 + 40)
    if size > limits.DIRECTORY_BYTES:
        raise UnreadableFile(BOMB)
