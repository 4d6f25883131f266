"""The letters with which the characters of a title are typed: zzbzy for 组织部主要…. All readings of a character count."""

from __future__ import annotations

import json
import unicodedata
from functools import lru_cache
from importlib.util import find_spec
from itertools import product
from pathlib import Path


@lru_cache(maxsize=1)
def _readings() -> dict[str, str]:
    """Code point → its readings, from the dictionary of pypinyin, whose code (and larger dictionary) is not needed."""
    spec = find_spec("pypinyin")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("pypinyin is not installed", name="pypinyin")
    file = Path(spec.submodule_search_locations[0]) / "pinyin_dict.json"
    readings: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
    return readings


@lru_cache(maxsize=8192)
def letters_of(character: str) -> str:
    """The letters its readings begin with; a Latin letter or digit is its own; nothing for a sign."""
    if character.isascii():
        return character.lower() if character.isalnum() else ""
    readings = _readings().get(str(ord(character)), "")
    first = (unicodedata.normalize("NFD", reading)[:1] for reading in readings.split(","))
    return "".join(sorted({letter for letter in first if letter.isascii() and letter.isalpha()}))


def initials_of(title: str) -> tuple[str, ...]:
    """For each character of a title that has letters, all of them."""
    return tuple(letters for letters in map(letters_of, title) if letters)


def begin(initials: tuple[str, ...], wanted: str) -> bool:
    """Whether the wanted letters begin characters that follow one another."""
    return any(
        all(letter in letters for letter, letters in zip(wanted, initials[start:], strict=False))
        for start in range(len(initials) - len(wanted) + 1)
    )


def pairs(initials: tuple[str, ...]) -> list[tuple[int, str]]:
    """Every pair of letters that neighbours may begin with, and where it stands; those of the last character alone."""
    neighbours = zip(initials, (*initials[1:], ("",)), strict=False)
    return [
        (place, first + second)
        for place, (one, other) in enumerate(neighbours)
        for first, second in product(one, other)
    ]
