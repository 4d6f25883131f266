"""Plain text: finds the encoding, evens out newlines."""

from __future__ import annotations

import codecs
import re

from youju.paper.reading.gathering import Gathering
from youju.paper.reading.values import Kind, Place, ReadText, UnreadableFile

UNKNOWN = "认不出文件的文字编码，可能不是文本文件；请用记事本打开，另存为 UTF-8 编码的 .txt 再上传。"

# UTF-32 comes first: its little-endian mark begins with that of UTF-16.
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
HALF = 0.5
MOST_LOOKED_AT = 100_000  # characters that tell one encoding from another
WIDE = ("utf-16-le", "utf-16-be")
NEWLINES = re.compile("\r\n?|[\u0085\u2028\u2029]")
# What no person types: control characters (tab, line feed, page feed and the old end-of-file sign apart) and the
# characters a wrong guess at the encoding yields.
STRANGE = re.compile("[\x00-\x08\x0b\x0e-\x19\x1b-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")
USUAL = re.compile("[\n -~\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")


def read_plain(data: bytes) -> ReadText:
    """Text of a .txt file; newlines of every kind become line feeds, all other characters stay as they are."""
    return gathered(NEWLINES.sub("\n", decode(data)).rstrip("\x1a"), "txt")


def gathered(text: str, kind: Kind) -> ReadText:
    """A text as it stands, each of its lines a paragraph."""
    gathering = Gathering(kind)
    lines = text.split("\n")
    for number, line in enumerate(lines):
        gathering.begun()
        # The line feed belongs to its line, so that blank lines keep their offsets.
        whole = line if number == len(lines) - 1 else line + "\n"
        if not whole:
            continue
        place = Place("", number, 0, 0)
        start = gathering.add(whole, place)
        if line.strip():
            gathering.paragraph(start, place, length=len(line))
    read = gathering.finish()
    if not read.paragraphs:
        raise UnreadableFile("文件里没有文字，请确认上传的是写好的那一份。")
    return read


def decode(data: bytes) -> str:
    """The text in the encoding it was most likely written in. Raises UnreadableFile where none fits."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            guesses = [_decoded(data[len(mark) :], encoding)]
            break
    else:
        if b"\0" in data:
            guesses = [text for text in (_decoded(data, name) for name in WIDE) if _usual(text) > HALF * len(text)]
        else:
            guesses = [_decoded(data, "utf-8") or _without_zeros(data)]
    best = guesses[0] if len(guesses) == 1 else max(guesses, key=_share, default="")
    if not best:
        raise UnreadableFile(UNKNOWN)
    return best


def _without_zeros(data: bytes) -> str:
    """A wide text without a blank, a digit or a line feed has no zero byte; as GB18030 it would be rare signs."""
    wide = [text for text in (_decoded(data, name) for name in WIDE) if _share(text) > HALF]
    return max((_decoded(data, "gb18030"), *wide), key=_share)


def _decoded(data: bytes, encoding: str) -> str:
    """The text, or nothing where this encoding yields what nobody writes."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return ""
    return "" if STRANGE.search(text) else text


def _usual(text: str) -> int:
    return len(USUAL.findall(text))


def _share(text: str) -> float:
    """How much of a guess is everyday signs, those of the first national set; of two as good the first stands."""
    begins = text[:MOST_LOOKED_AT]
    return len(begins.encode("gb2312", "ignore").decode("gb2312")) / len(begins) if begins else 0.0
