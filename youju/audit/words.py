"""The phrases checks look for, as data: read and checked once at start-up."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path

from pydantic import field_validator

from youju.kit.schema import Strict, validated
from youju.prose.vocabulary import KINDS


class Phrase(Strict):
    """A pattern, with what it is or why it is pointed at."""

    pattern: str
    why: str = ""
    what: str = ""

    @field_validator("pattern")
    @classmethod
    def pattern_can_be_read(cls, value: str) -> str:
        try:
            re.compile(value)
        except re.error as error:
            raise ValueError(f"这不是能用的正则：{error}") from error
        return value

    @cached_property
    def regex(self) -> re.Pattern[str]:
        return re.compile(self.pattern)


class Body(Strict):
    """An organisation that is no branch; where the unit's own name has one of ``unless``, it is its own."""

    words: tuple[str, ...]
    body: str
    unless: tuple[str, ...] = ()
    advice: str


class Owed(Strict):
    """Something a year's report speaks of: by the words of its kinds, or by words of its own."""

    name: str
    kinds: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def all_words(self) -> tuple[str, ...]:
        return (*self.words, *(word for kind in self.kinds for word in KINDS[kind].words))


class Words(Strict):
    absolutes: tuple[Phrase, ...]
    bodies: tuple[Body, ...]
    ads: tuple[Phrase, ...]
    lacking: tuple[Phrase, ...]
    owed: tuple[Owed, ...]
    activities: tuple[str, ...]


def read_words(path: Path) -> Words:
    """Raises DataFault naming file, line and key."""
    words, located = validated(path, Words)
    for index, owed in enumerate(words.owed):
        if any(kind not in KINDS for kind in owed.kinds):
            raise located.fault(("owed", index, "kinds"), "有词表 kinds.yaml 里没有的种类。")
        if not owed.all_words:
            raise located.fault(("owed", index), "要写 kinds 或 words。")
    return words


WORDS = read_words(Path(__file__).with_name("words.yaml"))
