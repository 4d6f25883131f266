"""What a record may say of its activity beside the kind, and the closed lists of it, read and checked once at start-up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from youju.kit.datafile import Located
from youju.kit.schema import Strict, validated


class Facet(StrEnum):
    """One of the four; ``closed`` is what only takes a name of the list."""

    FORM = "form"
    TOPIC = "topic"
    GROUP = "group"
    BUSINESS = "business"

    @property
    def zh(self) -> str:
        return {"form": "活动形式", "topic": "专题", "group": "面向", "business": "结合业务"}[self]

    @property
    def closed(self) -> bool:
        return self in (Facet.FORM, Facet.GROUP)


@dataclass(frozen=True)
class Facets:
    """Of one activity. Forms and groups are ids of the lists, topics and business are words."""

    forms: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    business: tuple[str, ...] = ()

    def pairs(self) -> Iterator[tuple[Facet, str]]:
        """Each with its facet, in the order in which they are shown."""
        for facet, values in zip(Facet, (self.forms, self.topics, self.groups, self.business), strict=True):
            for value in values:
                yield facet, value

    def __bool__(self) -> bool:
        return any((self.forms, self.topics, self.groups, self.business))


NO_FACETS = Facets()


class _Choice(Strict):
    id: str
    zh: str
    words: str = ""


class _Topic(Strict):
    zh: str
    words: str = ""


class _File(Strict):
    forms: tuple[_Choice, ...]
    groups: tuple[_Choice, ...]
    topics: tuple[_Topic, ...]


@dataclass(frozen=True)
class Lists:
    """The lists: names by id, and every word by what it stands for."""

    forms: dict[str, str]
    groups: dict[str, str]
    topics: tuple[str, ...]
    words: dict[Facet, dict[str, str]]

    def zh(self, facet: Facet, value: str) -> str:
        """The name of a value; of what is no more on its list, the value itself."""
        names = {Facet.FORM: self.forms, Facet.GROUP: self.groups}.get(facet, {})
        return names.get(value, value)


def read_lists(path: Path) -> Lists:
    """The lists of a file. Raises DataFault naming file, line and key where a word stands for two things."""
    file, located = validated(path, _File)
    forms = _words(located, "forms", [(one.id, one.zh, one.words) for one in file.forms])
    groups = _words(located, "groups", [(one.id, one.zh, one.words) for one in file.groups])
    topics = _words(located, "topics", [(one.zh, one.zh, one.words) for one in file.topics])
    return Lists(
        forms={one.id: one.zh for one in file.forms},
        groups={one.id: one.zh for one in file.groups},
        topics=tuple(one.zh for one in file.topics),
        words={Facet.FORM: forms, Facet.GROUP: groups, Facet.TOPIC: topics, Facet.BUSINESS: {}},
    )


def _words(located: Located, name: str, rows: list[tuple[str, str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for index, (value, zh, words) in enumerate(rows):
        for word in dict.fromkeys((zh, *words.split())):
            if word in found:
                raise located.fault((name, index), f"“{word}”写了两次。")
            found[word] = value
    return found


LISTS = read_lists(Path(__file__).with_name("facets.yaml"))
