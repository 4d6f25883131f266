"""What may be stored: judged from the bytes themselves, never from a name."""

from __future__ import annotations

from youju.kit.refusal import Refusal

MAX_BYTES = 20 * 1024 * 1024

SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"%PDF-", "application/pdf"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"ID3", "audio/mpeg"),
)
# Pictures whose metadata we do not take out, and films, which carry the place they were taken at.
OTHER_PICTURES = (b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"RIFF")
PROGRAMS = (b"MZ", b"\x7fELF", b"#!")
# A part that only this kind of document has, among the names inside its package.
PACKAGES: tuple[tuple[bytes, str], ...] = (
    (b"word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"ppt/presentation.xml", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    (b"OFD.xml", "application/ofd"),
)
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # doc, xls, ppt and wps before they were packages
OLD_PARTS: tuple[tuple[str, str], ...] = (
    ("WordDocument", "application/msword"),
    ("Workbook", "application/vnd.ms-excel"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
)
# What phones of Apple write into the first box of their pictures and films.
HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"heif", b"avif"})
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PICTURES = frozenset({"image/jpeg", "image/png"})
SUFFIXES = {
    "image/jpeg": ".jpg", "image/png": ".png", "application/pdf": ".pdf", DOCX: ".docx", "text/plain": ".txt",
    PACKAGES[1][1]: ".xlsx", PACKAGES[2][1]: ".pptx", PACKAGES[3][1]: ".ofd", "application/zip": ".zip",
    "application/vnd.rar": ".rar", "application/x-7z-compressed": ".7z", "audio/mpeg": ".mp3",
    "application/msword": ".doc", "application/vnd.ms-excel": ".xls", "application/vnd.ms-powerpoint": ".ppt",
}  # fmt: skip


def media_type(data: bytes) -> str:
    """The type the bytes themselves show. Raises Refusal on ``file`` for what is too large, empty or of no known type."""
    if not data:
        raise Refusal("file", "文件是空的。")
    if len(data) > MAX_BYTES:
        raise Refusal("file", f"文件超过 {MAX_BYTES // 1024 // 1024} MB，请压缩或拆分后再传。")
    for signature, found in SIGNATURES:
        if data.startswith(signature):
            return found
    if data.startswith(b"PK\x03\x04"):
        return _package(data)
    if data.startswith(OLD_OFFICE):
        return _old_office(data)
    if data[4:8] == b"ftyp" and data[8:12] in HEIC_BRANDS:
        raise Refusal(
            "file",
            "这是手机的 HEIC 照片，很多电脑打不开。请在手机“设置→相机→格式”里选“兼容性最佳”，或把照片另存为 JPEG 再传。",
        )
    if data[4:8] == b"ftyp":
        raise Refusal("file", "录像里常带着拍摄的地点，这里不收；请截一张图，或写明存放在哪里。")
    if data.startswith(OTHER_PICTURES):
        raise Refusal("file", "照片请存成 JPEG 或 PNG 再传，别的格式去不掉里面的拍摄信息。")
    if not data.startswith(PROGRAMS) and _is_text(data):
        return "text/plain"
    raise Refusal("file", "认不出这是什么文件。可以打成压缩包（zip）再传。")


def _package(data: bytes) -> str:
    if b"vbaProject.bin" in data:
        raise Refusal("file", "这份文件带有宏，请另存为不带宏的格式再传。")
    return next((found for part, found in PACKAGES if part in data), "application/zip")


def _old_office(data: bytes) -> str:
    """Told by the names in its directory, which stand there in UTF-16."""
    if "Macros".encode("utf-16-le") in data or "_VBA_PROJECT".encode("utf-16-le") in data:
        raise Refusal("file", "这份文件带有宏，请另存为不带宏的格式再传。")
    found = next((found for name, found in OLD_PARTS if name.encode("utf-16-le") in data), "")
    if not found:
        raise Refusal("file", "认不出这是什么文件。可以打成压缩包（zip）再传。")
    return found


def _is_text(data: bytes) -> bool:
    """Words in UTF-8 or GB18030, and no page that a browser would run."""
    if b"\x00" in data or data.lstrip()[:1] == b"<":
        return False
    for encoding in ("utf-8", "gb18030"):
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False
