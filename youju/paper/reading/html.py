"""Web pages as text: what a reader would see, block by block.

Not through ``html.parser``: what it does with unclosed tags and comments takes time by the square of their length, and a
file of 20 MB may consist of them. Here every character is looked at a fixed number of times, and nothing nests.
"""

from __future__ import annotations

import html
import re

from youju.paper.reading import limits
from youju.paper.reading.gathering import TOO_LONG, Gathering
from youju.paper.reading.plain import MARKS, NEWLINES, decode
from youju.paper.reading.values import Place, ReadText, UnreadableFile

EMPTY = "网页里没有文字，请确认上传的是写好的那一份。"


def _names(said: str) -> frozenset[str]:
    return frozenset(said.split())


#: Their content is no text of the page.
SILENT = _names(
    "script style head template noscript svg math iframe object select button nav audio video canvas map textarea"
)
#: Of these everything up to the closing tag is content, tags or not.
RAW = _names("script style textarea noscript iframe template")
BLOCKS = _names(
    "address article aside blockquote body br caption center dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4"
    " h5 h6 header hr html li main ol p pre section table tbody tfoot thead title tr ul"
)
CELLS = frozenset(("td", "th"))
HIDEABLE = BLOCKS | CELLS | {"span", "a", "b", "i", "font", "label"}
MOST_SILENCE = 200_000  # an element that closes farther away than this, raw text apart, was never meant to close there

_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9:-]{0,30})(?P<rest>(?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+)[^<>]*+>"
)
_CHARSET = re.compile(rb"charset\s{0,3}=\s{0,3}[\"']?([A-Za-z0-9_-]{3,20})", re.IGNORECASE)
_LOOKS_LIKE_HTML = re.compile(
    rb"\s{0,100}(?:<!--.{0,500}?-->\s{0,100})?<(?:!doctype\s+html|html[\s>]|head[\s>]|body[\s>])",
    re.IGNORECASE | re.DOTALL,
)
_BLANKS = re.compile("[ \t\r\n\f]+")
_HAN_BREAK = re.compile("(?<=[\u3000-\u9fff\uff00-\uffef])[ \t]*\n[ \t\n]*(?=[\u3000-\u9fff\uff00-\uffef])")
_HIDDEN = re.compile(r"\shidden(?:[\s=/]|\Z)|display\s{0,2}:\s{0,2}none", re.IGNORECASE)
CHINESE = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "x-gbk": "gb18030",
    "big5": "big5",
    "utf-8": "utf-8",
    "utf8": "utf-8",
}


def begins_as_html(data: bytes) -> bool:
    return bool(_LOOKS_LIKE_HTML.match(data.removeprefix(b"\xef\xbb\xbf")[:2_000]))


def read_html(data: bytes) -> ReadText:
    """Each block a line, cells of a row parted by tabs. Raises UnreadableFile."""
    gathering = Gathering("html")
    for number, line in enumerate(_Page(NEWLINES.sub("\n", _decoded(data))).lines()):
        gathering.begun()
        gathering.separate("\n")
        place = Place("", number, 0, 0)
        gathering.paragraph(gathering.add(line, place), place)
    read = gathering.finish()
    if not read.text:
        raise UnreadableFile(EMPTY)
    return read


def _decoded(data: bytes) -> str:
    """By its mark, else by what it says of itself where that holds, else by what it looks like."""
    said = _CHARSET.search(data[:4_096])
    encoding = CHINESE.get(said[1].decode("ascii").lower(), "") if said else ""
    if encoding and not any(data.startswith(mark) for mark, _ in MARKS):
        try:
            return data.decode(encoding).replace("\0", "")
        except UnicodeDecodeError:
            pass
    return decode(data)


class _Page:
    """Goes through a page once, from tag to tag."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._lower = ""
        self._ends: dict[str, int] = {}
        self._lines: list[str] = []
        self._line: list[str] = []
        self._kept = False  # within <pre>

    def lines(self) -> list[str]:
        source = self._source
        at = tags = 0
        while at < len(source):
            begin = source.find("<", at)
            if begin < 0:
                self._text(source[at:])
                break
            self._text(source[at:begin])
            at = self._behind(begin)
            tags += 1
            if tags > limits.ELEMENTS or len(self._lines) > limits.PARAGRAPHS:
                raise UnreadableFile(TOO_LONG)
        self._break()
        return self._lines

    def _behind(self, begin: int) -> int:
        """Takes what begins with ``<`` and says where to go on."""
        source = self._source
        if source.startswith("<!--", begin):
            return self._after("-->", begin + 4)
        if source.startswith("<![CDATA[", begin):
            return self._after("]]>", begin + 9)
        if source.startswith(("<!", "<?"), begin):
            return self._after(">", begin + 2)
        tag = _TAG.match(source, begin)
        if tag is None:
            self._text("<")
            return begin + 1
        name = tag["name"].lower()
        if tag["end"]:
            self._closed(name)
        elif name in SILENT or (name in HIDEABLE and _HIDDEN.search(tag["rest"])):
            if not tag["rest"].endswith("/"):
                return self._behind_silence(name, tag.end())
        else:
            self._opened(name)
        return tag.end()

    def _after(self, end: str, at: int) -> int:
        """Behind the next ``end``; where there is none, nothing more is read."""
        found = self._source.find(end, at)
        return len(self._source) if found < 0 else found + len(end)

    def _behind_silence(self, name: str, at: int) -> int:
        """Behind the element's end. One never closed is passed over as if it were empty; raw text then runs to the end."""
        if not self._lower:
            self._lower = self._source.lower()
            if len(self._lower) != len(self._source):  # a few signs grow; none of them in a tag
                self._lower = "".join(sign if len(sign.lower()) != 1 else sign.lower() for sign in self._source)
        found = self._ends.get(name, -1)
        if found < at:  # looked for once, and again only behind it
            found = self._lower.find(f"</{name}", at)
            self._ends[name] = found = len(self._source) if found < 0 else found
        if name in RAW or (found < len(self._source) and found - at <= MOST_SILENCE):
            return self._after(">", found)
        return at

    def _opened(self, name: str) -> None:
        if name in BLOCKS:
            self._break()
        elif name in CELLS and self._line:
            self._line.append("\t")
        self._kept = self._kept or name == "pre"

    def _closed(self, name: str) -> None:
        if name in BLOCKS:
            self._break()
        if name == "pre":
            self._kept = False

    def _text(self, said: str) -> None:
        if not said:
            return
        said = html.unescape(said) if "&" in said else said
        if self._kept:
            first, *rest = said.split("\n")
            self._line.append(first)
            for line in rest:
                self._break()
                self._line.append(line)
        else:
            self._line.append(_BLANKS.sub(" ", _HAN_BREAK.sub("", said)))

    def _break(self) -> None:
        line = "\t".join(" ".join(filter(None, cell.split(" "))) for cell in "".join(self._line).split("\t")).strip(
            "\t"
        )
        self._line.clear()
        if line.strip():
            self._lines.append(line.strip(" \t"))
