"""What becomes of each character when a text is searched, one to one, and of which kind it is then."""

from __future__ import annotations

import unicodedata
import zlib
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

ALL = 0x110000
CHANGING = 0x34000  # no character beyond becomes another

# Kinds. A letter and a Chinese character make runs; a sign ends them; the rest is blank, broken line or nothing at all.
SIGN, LETTER, CHINESE, BLANK, BREAK, NOTHING = range(6)

_CHINESE = ((0x3005, 0x3008), (0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00), (0x20000, 0x40000))
_CASED = (range(0x590), range(0x10A0, 0x1400), range(0x1C80, 0x2190), range(0x24B0, 0x24F0), range(0x2C00, 0x2D30),
          range(0xA640, 0xAC00), range(0x10400, 0x10600))  # fmt: skip
_LETTERED = (range(0x2E80), range(0x3008, 0x3400), range(0xA000, 0xAC00), range(0xFB00, 0x10000))
_COMPATIBLE = (range(0x2E80, 0x2FE0), range(0xF900, 0xFB00), range(0x2F800, 0x2FA20))

_BLANKS = (
    "\t\x1c\x1d\x1e\x1f \xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
)
_BREAKS = "\n\r\x0b\x0c\x85\u2028\u2029"
_NOTHINGS = "\xad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff" + "".join(map(chr, range(0xFE00, 0xFE10)))
# Signs that people write for one another without thinking. What a query means by a quotation mark is any of them.
_ALIKE = {
    '"': "“”„‟「」『』〝〞﹁﹂", "'": "‘’‚‛", "-": "‐‑‒–—―−", "~": "〜∼", "·": "•・‧∙", "[": "【〔〖", "]": "】〕〗",
    "…": "⋯", "\u25a1": "\u2420\u2424",
}  # fmt: skip
# At the ends of lines: behind a stop a sentence is whole, even when a closing mark stands between; a line that was broken
# inside a sentence ends with a letter, a character or a sign of GOES_ON, and goes on with one of those or of FOLLOWS.
STOPS, CLOSES, GOES_ON, FOLLOWS = 1, 2, 4, 8
_ROLES = {
    STOPS: "。！？；：…!?;:",
    CLOSES: "”’」』）)》〉】",
    GOES_ON: "、，,（(《〈“‘「『—-·”’」』）)》〉】",
    FOLLOWS: "、，,。；：！？”’」』）》〉（《〈“‘「『—",
}
LOST = "\ufffd"  # half a character, which no file can hold


@dataclass(frozen=True)
class Table:
    """``becomes`` and ``kind`` of every code point; ``kind`` is that of what it becomes."""

    becomes: NDArray[np.uint32]
    kind: NDArray[np.uint8]
    role: NDArray[np.uint8]  # of each code point as it is written
    edition: str  # other tables give other searched texts: what was indexed with them is of no use


def _simplified() -> list[tuple[int, int]]:
    """Traditional → simplified, from the character dictionary of the opencc package, which is read and not imported."""
    spec = find_spec("opencc")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("opencc-python-reimplemented is not installed", name="opencc")
    file = Path(spec.submodule_search_locations[0]) / "dictionary" / "TSCharacters.txt"
    rows = (line.split("\t") for line in file.read_text(encoding="utf-8").splitlines() if "\t" in line)
    pairs = ((old, new.split(" ")[0]) for old, new in rows)
    return [(ord(old), ord(new)) for old, new in pairs if len(old) == len(new) == 1]


def _becomes() -> NDArray[np.uint32]:
    table = np.arange(CHANGING, dtype=np.uint32)
    for code in chain(*_COMPATIBLE):
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1:
            table[code] = ord(plain)
    table[0xFF01:0xFF5F] = np.arange(0x21, 0x7F)
    for sign, others in _ALIKE.items():
        table[[ord(other) for other in others]] = ord(sign)
    table[0xD800:0xE000] = ord(LOST)
    small = np.arange(CHANGING, dtype=np.uint32)
    for code in chain(*_CASED):
        lower = chr(code).lower()
        if len(lower) == 1:
            small[code] = ord(lower)
    simple = np.arange(CHANGING, dtype=np.uint32)
    old, new = np.array(_simplified()).T
    simple[old] = new
    table = simple[small[table]]
    table = simple[simple[table]]  # a few are simplified twice
    return np.concatenate((table, np.arange(CHANGING, ALL, dtype=np.uint32)))


def _kinds() -> NDArray[np.uint8]:
    kind = np.full(ALL, SIGN, np.uint8)
    kind[[code for code in chain(*_LETTERED) if chr(code).isalnum()]] = LETTER
    kind[0xAC00:0xD7A4] = LETTER
    kind[0x10400:0x10600] = LETTER
    for first, behind in _CHINESE:
        kind[first:behind] = CHINESE
    kind[0x3006] = SIGN
    for signs, what in ((_BLANKS, BLANK), (_BREAKS, BREAK), (_NOTHINGS, NOTHING)):
        kind[[ord(sign) for sign in signs]] = what
    kind[0xE0100:0xE01F0] = NOTHING
    return kind


def _roles() -> NDArray[np.uint8]:
    role = np.zeros(ALL, np.uint8)
    for what, signs in _ROLES.items():
        role[[ord(sign) for sign in signs]] |= what
    return role


@lru_cache(maxsize=1)
def table() -> Table:
    becomes = _becomes()
    kind = _kinds()
    kind[:CHANGING] = kind[becomes[:CHANGING]]
    edition = f"{zlib.crc32(kind.tobytes(), zlib.crc32(becomes.tobytes())):08x}"
    return Table(becomes, kind, _roles(), edition)
