"""The segments of a store in their folder, and the manifest that says which of them count.

A segment's files are written under a name never used before, then the manifest is replaced in one moment: a build or a
merge that is cut off leaves the old segments, and what it left behind is cleared by the next writer. Readers keep what
they opened.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from youju.library.passages.engine import disk
from youju.library.passages.engine.form import FORM, Units, has_pairs
from youju.library.passages.engine.grams import PAD, windows, words
from youju.library.passages.engine.segment import Common, Long, Segment, pages_of, tables

MANIFEST = "manifest.json"
LARGEST = 1 << 29  # units of a segment, at which writing its tables takes two gigabytes
KINDS = {
    "units": "<u2", "starts": "<u4", "entries": "<u4", "sides": "<u2", "long_starts": "<u4", "long_entries": "<u4",
    "keys": "<i8", "bounds": "<i8",
}  # fmt: skip

Text = tuple[int, Units]


class Stale(Exception):
    """A store in another form than this program's; it must be built anew."""


@dataclass(frozen=True, slots=True)
class Part:
    """What the manifest says of one segment. The dead are numbers of its texts."""

    name: str
    units: int
    texts: int
    bits: tuple[int, int]
    spare: int
    paired: bool
    dead: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    """All there is to know of a store. `mark` is its keeper's: how far he has followed what he follows."""

    parts: tuple[Part, ...] = ()
    written: int = 0  # segments ever written, so that no name comes twice
    mark: int = 0
    form: str = FORM


def manifest_text(folder: Path) -> bytes:
    """The manifest as it stands in its file. No two states of a store have the same."""
    try:
        return disk.content(folder / MANIFEST)
    except FileNotFoundError:
        return b""


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a folder; an empty one where nothing was ever built."""
    return manifest_of(manifest_text(folder))


def manifest_of(text: bytes) -> Manifest:
    """What a manifest's text says."""
    if not text:
        return Manifest()
    said = json.loads(text)
    if not isinstance(said, dict):
        raise TypeError("this is no manifest")
    if said.get("form") != FORM:
        raise Stale(said.get("form"))
    written, mark = (whole_number(said[name]) for name in ("written", "mark"))
    return Manifest(tuple(part_of(part) for part in said["parts"]), written, mark)


def whole_number(said: object) -> int:
    if not isinstance(said, int):
        raise TypeError(f"{said!r} is no number of a manifest")
    return said


def part_of(said: dict[str, Any]) -> Part:
    lists = {name: tuple(said[name]) for name in ("bits", "dead")}
    values: Any = {**said, **lists}
    return Part(**values)


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """The new state counts from here on; what no longer counts is cleared."""
    disk.replace(folder / MANIFEST, json.dumps(asdict(manifest), separators=(",", ":")).encode())
    clear_strangers(folder, manifest)


def last_written(folder: Path) -> int:
    """The highest number of a segment by the names in the folder, where no manifest can say it."""
    numbers = (path.name.removeprefix("segment-") for path in folder.glob("segment-*"))
    return max((int(number) for number in numbers if number.isdecimal()), default=0)


def clear_strangers(folder: Path, manifest: Manifest) -> None:
    """Removes segments that do not count: those merged, and those of a writer that was cut off."""
    counting = {part.name for part in manifest.parts}
    for path in folder.glob("segment-*"):
        if path.name not in counting:
            disk.clear(path)


def open_part(folder: Path, part: Part) -> Segment:
    """A segment as it is read. Raises ValueError where a file is shorter or longer than it was written."""
    read = {name: disk.mapped(folder / part.name / name, kind) for name, kind in KINDS.items()}
    if not fits(part, read):
        raise ValueError(f"the files of {part.name} are not those that were written")
    dead = np.zeros(part.texts, np.bool_)
    dead[list(part.dead)] = True
    common = Common(read["starts"], read["entries"], read["sides"], part.bits[0])
    long = Long(read["long_starts"], read["long_entries"], part.bits[1], part.spare)
    return Segment(
        read["units"], windows(read["units"]), common, long, read["keys"], read["bounds"], pages_of(read["bounds"]),
        dead, part.paired,
    )  # fmt: skip


def fits(part: Part, read: dict[str, NDArray[Any]]) -> bool:
    """Whether the files are as long as each other and the manifest say. The kernel reads where the tables point, so past
    the end of a file that was cut off the whole process would end."""
    bits, long_bits = part.bits
    sizes = (
        ("units", part.units), ("keys", part.texts), ("bounds", part.texts + 1), ("starts", 2**bits + 1),
        ("long_starts", 2**long_bits + 1),
    )  # fmt: skip
    return (
        all(read[name].size == size for name, size in sizes)
        and int(read["bounds"][-1]) + PAD == part.units
        and int(read["starts"][-1]) == read["entries"].size == read["sides"].size
        and int(read["long_starts"][-1]) == read["long_entries"].size
        and max(part.dead, default=-1) < part.texts
    )


def living(segment: Segment) -> Iterator[Text]:
    """The texts of a segment that were not removed."""
    for number in np.flatnonzero(~segment.dead).tolist():
        yield int(segment.keys[number]), segment.text(number)


class Writer:
    """Lays texts down one behind another and makes segments of them."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.folder, self.written = folder, manifest.written
        self.parts: list[Part] = []
        self.taken: set[int] = set()
        self.size = 2 * PAD  # units laid down
        self.begin()

    def begin(self) -> None:
        self.pieces: list[Units] = [np.zeros(PAD, "<u2")]
        self.keys: list[int] = []
        self.bounds = [PAD]

    def take(self, texts: Iterable[Text]) -> None:
        """Lays these texts down; a segment that has become large enough is written at once."""
        end = np.zeros(1, "<u2")
        for key, units in texts:
            if key in self.taken:
                raise ValueError(f"the key {key} comes twice")
            if self.keys and self.bounds[-1] + units.size > LARGEST:
                self.finish()
            self.pieces += [units, end]
            self.taken.add(key)
            self.size += units.size + 1
            self.keys.append(key)
            self.bounds.append(self.bounds[-1] + units.size + 1)

    def finish(self) -> tuple[Part, ...]:
        """Writes what was laid down and gives back all segments written."""
        if self.keys:
            self.pieces.append(np.zeros(PAD, "<u2"))
            units = np.concatenate(self.pieces)
            self.pieces = []
            self.written += 1
            self.parts.append(self.write(f"segment-{self.written:08d}", units))
            self.begin()
        return tuple(self.parts)

    def write(self, name: str, units: Units) -> Part:
        common, long = tables(units, words(units))
        content = {
            "units": units, "starts": common.starts, "entries": common.entries, "sides": common.sides,
            "long_starts": long.starts, "long_entries": long.entries,
            "keys": np.array(self.keys, "<i8"), "bounds": np.array(self.bounds, "<i8"),
        }  # fmt: skip
        place = self.folder / name
        disk.clear(place)
        place.mkdir()
        for file, kind in KINDS.items():
            disk.write(place / file, np.ascontiguousarray(content[file], kind))
        disk.sync_folder(place)
        disk.sync_folder(self.folder)
        return Part(
            name, units.size, len(self.keys), (common.bits, long.bits), long.spare,
            has_pairs(units),
        )  # fmt: skip


def without(parts: Iterable[Part], folder: Path, keys: set[int]) -> tuple[Part, ...]:
    """The segments with the texts of these keys dead."""
    left = []
    sought = np.array(sorted(keys), np.int64)
    for part in parts:
        gone = np.flatnonzero(np.isin(disk.mapped(folder / part.name / "keys", KINDS["keys"]), sought))
        left.append(replace(part, dead=tuple(sorted({*part.dead, *gone.tolist()}))) if gone.size else part)
    return tuple(left)
