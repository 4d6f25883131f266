"""Genres and sectors as data: read and checked once at start-up."""

from __future__ import annotations

import re
from pathlib import Path

from youju.kit.datafile import Located
from youju.kit.schema import Strict, validated


class Genre(Strict):
    """文种. ``back``: it looks back, so that one of January speaks of the year before."""

    id: str
    zh: str
    title: tuple[str, ...]
    text: tuple[str, ...]
    back: bool = False


class Sector(Strict):
    """领域."""

    id: str
    zh: str
    words: tuple[str, ...]


class Words(Strict):
    genres: tuple[Genre, ...]
    laws: tuple[str, ...]
    issued: tuple[str, ...]
    sectors: tuple[Sector, ...]


def read_words(path: Path) -> Words:
    """Raises DataFault naming file, line and key."""
    words, located = validated(path, Words)
    for key, ids in (("genres", [one.id for one in words.genres]), ("sectors", [one.id for one in words.sectors])):
        for index, one in enumerate(ids):
            if one in ids[:index]:
                raise located.fault((key, index, "id"), f"{one} 写了两次。")
    if not {"law", "rule", "other"} <= {one.id for one in words.genres}:
        raise located.fault(("genres",), "要有 law、rule 和 other 三个文种。")
    for key, all_words in (
        ("genres", [one.title for one in words.genres]),
        ("sectors", [one.words for one in words.sectors]),
    ):
        told = [word for some in all_words for word in some]
        if twice := next((word for word in told if told.count(word) > 1), ""):
            raise located.fault((key,), f"“{twice}”写了两次，一个词只能归一处。")
    for index, genre in enumerate(words.genres):
        _readable(located, ("genres", index, "text"), genre.text)
    _readable(located, ("laws",), words.laws)
    _readable(located, ("issued",), words.issued)
    return words


def _readable(located: Located, key: tuple[str | int, ...], patterns: tuple[str, ...]) -> None:
    for one in patterns:
        try:
            re.compile(one)
        except re.error as error:
            raise located.fault(key, f"“{one}”不是能用的正则：{error}") from error


WORDS = read_words(Path(__file__).with_name("words.yaml"))
GENRES = {one.id: one for one in WORDS.genres}
SECTORS = {one.id: one for one in WORDS.sectors}
