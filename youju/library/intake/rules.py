"""Names of files: how they are shown, and which of them nobody means to hand in."""

from __future__ import annotations

import re
import unicodedata

#: What programs and systems leave beside documents: lists of pictures, marks of an open Word file, halves of a download.
SYSTEM_NAMES = frozenset(
    {"thumbs.db", "ehthumbs.db", "desktop.ini", "__macosx", "$recycle.bin", "system volume information"}
)
SYSTEM_BEGINS = (".", "~$", "~wrl")
SYSTEM_ENDS = (".tmp", ".part", ".crdownload", ".lnk")
PATH_CHARACTERS = 1000
UNKNOWN = "\ufffd"
# Characters that would change how the rest of a line is read: controls, marks of direction, halves of a pair.
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
PLAIN = re.compile("[ -~\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]*")


def shown(path: str) -> str:
    """A path as it may be shown and kept: nothing in it moves the cursor, and what no encoding explains is a sign for that.

    A path too long keeps its end, where the name is. Nothing is ever opened or written by what this returns.
    """
    text = path if path.isprintable() or PLAIN.fullmatch(path) else _seen(_decoded(path))
    return text if len(text) <= PATH_CHARACTERS else "…" + text[-PATH_CHARACTERS + 1 :]


def zip_name(raw: bytes) -> str:
    """The name of an entry that does not say its encoding: UTF-8 where it is that, else what Windows in China writes."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("cp437")


def last_name(path: str) -> str:
    """The file's own name, whichever way the path is parted."""
    return re.split(r"[/\\]", path.rstrip("/\\"))[-1]


def stem(path: str) -> str:
    """The name without its ending."""
    name = last_name(path)
    return name.rpartition(".")[0] or name


def is_system(name: str) -> bool:
    """Whether a name is hidden, or one that a system or program made for itself."""
    low = name.lower()
    return low in SYSTEM_NAMES or low.startswith(SYSTEM_BEGINS) or low.endswith(SYSTEM_ENDS)


def _decoded(path: str) -> str:
    """On Linux a name may be bytes of any encoding, which Python carries as halves of pairs."""
    if not any("\ud800" <= sign <= "\udfff" for sign in path):
        return path
    try:
        raw = path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # halves that stand for no byte, as Windows allows them
        return path
    try:
        return raw.decode("gb18030")
    except UnicodeDecodeError:
        return raw.decode("utf-8", "replace")


def _seen(text: str) -> str:
    return "".join(UNKNOWN if unicodedata.category(sign) in UNSEEN else sign for sign in text)


def storable(text: str) -> str:
    """A text that every database takes: no sign is dropped, for places in it are counted."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return UNSTORABLE.sub(UNKNOWN, text)
    return UNSTORABLE.sub(UNKNOWN, text) if "\x00" in text else text
