"""What may be stored: judged from the bytes themselves, never from a name."""

from __future__ import annotations

from youju.kit.refusal import Refusal

MAX_BYTES = 20 * 1024 * 1024

SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"%PDF-", "application/pdf"),
)
# What phones of Apple write into the first box of their pictures and films.
HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"heif", b"avif"})
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PICTURES = frozenset({"image/jpeg", "image/png"})
SUFFIXES = {"image/jpeg": ".jpg", "image/png": ".png", "application/pdf": ".pdf", DOCX: ".docx", "text/plain": ".txt"}


def media_type(data: bytes) -> str:
    """The type the bytes themselves show. Raises Refusal on ``file`` for what is too large, empty or of no known type."""
    if not data:
        raise Refusal("file", "文件是空的。")
    if len(data) > MAX_BYTES:
        raise Refusal("file", f"文件超过 {MAX_BYTES // 1024 // 1024} MB，请压缩或拆分后再传。")
    for signature, found in SIGNATURES:
        if data.startswith(signature):
            return found
    if data.startswith(b"PK\x03\x04") and b"word/document.xml" in data:
        if b"word/vbaProject.bin" in data:
            raise Refusal("file", "这份 Word 文件带有宏，请另存为不带宏的 docx 再传。")
        return DOCX
    if data[4:8] == b"ftyp" and data[8:12] in HEIC_BRANDS:
        raise Refusal(
            "file",
            "这是手机的 HEIC 照片，很多电脑打不开。请在手机“设置→相机→格式”里选“兼容性最佳”，或把照片另存为 JPEG 再传。",
        )
    raise Refusal("file", "只收照片（JPEG、PNG）、PDF 和 Word（docx）。其他格式请先转换。")
