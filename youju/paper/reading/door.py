"""The way in: looks at size and first bytes, and hands the file to the reader that knows it."""

from __future__ import annotations

from pathlib import Path, PurePath

from youju.paper.reading import limits
from youju.paper.reading.docx import read_docx
from youju.paper.reading.pdf import read_pdf
from youju.paper.reading.plain import read_plain
from youju.paper.reading.values import ReadText, UnreadableFile

SAVE_AS = "请用 WPS 或 Word 打开，另存为 .docx 再上传。"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
PLAIN_ENDINGS = ("", ".txt", ".text", ".md")


def read_document(path: Path) -> ReadText:
    """The text of the file at ``path``. Raises UnreadableFile with a sentence for the person who chose the file."""
    try:
        if path.is_dir():
            raise UnreadableFile(f"“{path.name}”是文件夹，请选其中的一个文件。")
        if not path.is_file():
            raise UnreadableFile(f"找不到文件“{path.name}”，请检查路径。")
        _refuse_large(path.stat().st_size)
        with path.open("rb") as file:
            data = file.read(limits.FILE_BYTES + 1)
    except (OSError, ValueError) as error:
        raise UnreadableFile(f"文件“{path.name}”打不开，请检查它的权限，或确认没有被别的程序占用。") from error
    return read_bytes(data, path.name)


def read_bytes(data: bytes, name: str) -> ReadText:
    """The same for a file already in memory. ``name`` only helps to word the sentence and to accept plain text."""
    _refuse_large(len(data))
    if not data.strip(b"\0"):
        raise UnreadableFile("文件是空的，请确认上传的是写好的那一份。")
    ending = PurePath(name).suffix.lower()
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"):
        return read_docx(data)
    if b"%PDF-" in data[:1024]:
        return read_pdf(data)
    _refuse_known(data, ending)
    return read_plain(data)


def _refuse_large(size: int) -> None:
    if size > limits.FILE_BYTES:
        shown = f"{size / limits.MEGABYTE:.0f}" if size >= 21 * limits.MEGABYTE else f"{size / limits.MEGABYTE:.1f}"
        raise UnreadableFile(f"文件有 {shown} MB，超过 20 MB 的上限；请删去或压缩其中的图片，另存后再上传。")


def _refuse_known(data: bytes, ending: str) -> None:
    """Names what the file is, where that helps more than a sentence about encodings."""
    if data.startswith(OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise UnreadableFile("文件加了密码，读不了；请用 WPS 或 Word 打开，取消密码后另存为 .docx 再上传。")
        raise UnreadableFile(f"这是加密的文件或旧版格式（.doc、.wps），读不了；{SAVE_AS}")
    if data.startswith(b"{\\rtf"):
        raise UnreadableFile(f"这是 RTF 格式，读不了；{SAVE_AS}")
    if data.startswith(PICTURES):
        raise UnreadableFile("这是图片，里面没有可读的文字；请上传 .docx、.txt 或可复制文字的 PDF。")
    if data.startswith(ARCHIVES):
        raise UnreadableFile("这是压缩包；请先解压，再上传其中的 .docx、.txt 或 PDF。")
    if ending in (".doc", ".wps", ".rtf", ".odt"):
        raise UnreadableFile(f"{ending} 格式读不了；{SAVE_AS}")
    if ending in (".docx", ".docm", ".dotx"):
        raise UnreadableFile(f"文件名是 {ending}，内容却不是 Word 文档，可能传输中损坏或被改过名；{SAVE_AS}")
    if ending == ".pdf":
        raise UnreadableFile("文件名是 .pdf，内容却不是 PDF，可能传输中损坏或被改过名；请重新导出后再上传。")
    if ending not in PLAIN_ENDINGS:
        raise UnreadableFile(f"不认识 {ending} 文件；请上传 .docx、.txt 或可复制文字的 PDF。")
