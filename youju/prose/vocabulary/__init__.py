"""The one vocabulary: ledger kinds (种类), families (门类), units (量词) and fixed expressions, as data in YAML.

Activities, figures, claims, writer and audit all refer to the ids that stand here. No rule of reading lives here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from youju.kit.datafile import Located, read_yaml

FOLDER = Path(__file__).parent
ID = re.compile(r"[a-z][a-z_]*\Z")
UNIT_CLASSES = (
    "session",
    "person",
    "house",
    "place",
    "thing",
    "paper",
    "money",
    "share",
    "span",
    "measure",
    "attribute",
)
STRONG, WEAK = 2, 1


@dataclass(frozen=True)
class Kind:
    """A kind of activity in the ledger (种类), with the words by which prose calls it."""

    id: str
    zh: str
    code: str
    family: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Family:
    """A family of claims (门类), wider than a ledger kind."""

    id: str
    zh: str
    words: tuple[str, ...]
    strong: tuple[str, ...]
    weak: tuple[str, ...]
    verbs: tuple[str, ...]


@dataclass(frozen=True)
class Word:
    """One word of the index: what it says about the family, how surely, and which ledger kinds it names."""

    text: str
    family: str
    weight: int
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Unit:
    """A measure word (量词) and its class, e.g. 次 is a session unit."""

    text: str
    sort: str
    not_before: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Fixed:
    """Expressions with numerals that count nothing."""

    whole: tuple[str, ...]
    abstract: tuple[str, ...]
    ads: tuple[str, ...]
    outside: tuple[str, ...]


class WordIndex:
    """Finds words in a text, longest first, without overlap. Linear in the text."""

    def __init__(self, words: Iterable[Word]) -> None:
        heads: dict[str, list[Word]] = {}
        for word in words:
            heads.setdefault(word.text[0], []).append(word)
        self._heads = {head: tuple(sorted(group, key=lambda w: -len(w.text))) for head, group in heads.items()}

    def find(self, text: str, start: int, end: int) -> Iterator[tuple[int, Word]]:
        heads = self._heads
        at = start
        while at < end:
            for word in heads.get(text[at], ()):
                if text.startswith(word.text, at) and at + len(word.text) <= end:
                    yield at, word
                    at += len(word.text)
                    break
            else:
                at += 1


def read_kinds(path: Path, families: Mapping[str, Family]) -> tuple[dict[str, Kind], dict[str, tuple[str, ...]]]:
    """The kinds and the group words (三会一课) of a kinds file. Raises DataFault with file, line and key."""
    located = read_yaml(path)
    body = _mapping(located, ("kinds",))
    kinds: dict[str, Kind] = {}
    owner: dict[str, str] = {}
    codes: dict[str, str] = {}
    for id_ in body:
        key = ("kinds", id_)
        if not ID.match(id_):
            raise located.fault(key, "id 只能用小写字母和下划线。")
        family = _text(located, (*key, "family"))
        if family not in families:
            raise located.fault((*key, "family"), f"没有 {family} 这个门类。")
        words = _words(located, (*key, "words"))
        for word in words:
            if word in owner:
                raise located.fault((*key, "words"), f"“{word}”已经归 {owner[word]}，一个词只能指一个种类。")
            owner[word] = id_
        code = _text(located, (*key, "code"))
        if code in codes:
            raise located.fault((*key, "code"), f"简称“{code}”已经归 {codes[code]}。")
        codes[code] = id_
        kinds[id_] = Kind(id_, _text(located, (*key, "zh")), code, family, words)
    groups: dict[str, tuple[str, ...]] = {}
    for word in _mapping(located, ("groups",)):
        ids = _words(located, ("groups", word))
        for id_ in ids:
            if id_ not in kinds:
                raise located.fault(("groups", word), f"没有 {id_} 这个种类。")
        groups[word] = ids
    return kinds, groups


def read_families(path: Path) -> dict[str, Family]:
    """The families of a families file. Raises DataFault with file, line and key."""
    located = read_yaml(path)
    families: dict[str, Family] = {}
    owner: dict[str, str] = {}
    for id_ in _mapping(located, ("families",)):
        key = ("families", id_)
        if not ID.match(id_):
            raise located.fault(key, "id 只能用小写字母和下划线。")
        parts = {name: _words(located, (*key, name), missing=True) for name in ("strong", "weak", "verbs")}
        for name in ("strong", "weak"):
            for word in parts[name]:
                if word in owner:
                    raise located.fault((*key, name), f"“{word}”已经归 {owner[word]}，一个词只能归一个门类。")
                owner[word] = id_
        words = tuple(dict.fromkeys((*parts["strong"], *parts["weak"])))
        families[id_] = Family(id_, _text(located, (*key, "zh")), words, parts["strong"], parts["weak"], parts["verbs"])
    return families


def read_units(path: Path) -> dict[str, Unit]:
    """The measure words of a units file. Raises DataFault with file, line and key."""
    located = read_yaml(path)
    units: dict[str, Unit] = {}
    for sort in _mapping(located, ("units",)):
        if sort not in UNIT_CLASSES:
            raise located.fault(("units", sort), f"没有 {sort} 这一类量词。")
        for word in _words(located, ("units", sort)):
            units.setdefault(word, Unit(word, sort))
    for word in _mapping(located, ("not_before",)):
        if word not in units:
            raise located.fault(("not_before", word), f"“{word}”不是量词。")
        unit = units[word]
        units[word] = Unit(word, unit.sort, frozenset(_text(located, ("not_before", word))))
    return units


def read_fixed(path: Path) -> Fixed:
    """The fixed expressions. Raises DataFault with file, line and key."""
    located = read_yaml(path)
    _mapping(located, ("fixed",))
    whole, abstract, ads, outside = (_words(located, ("fixed", k)) for k in ("whole", "abstract", "ads", "outside"))
    return Fixed(whole, abstract, ads, outside)


def _value(located: Located, key: tuple[str, ...]) -> Any:
    value = located.data
    for part in key:
        if not isinstance(value, dict):
            raise located.fault(key, "这里应是键和值。")
        if part not in value:
            raise located.fault(key, "缺这个键。")
        value = value[part]
    return value


def _mapping(located: Located, key: tuple[str, ...]) -> dict[str, Any]:
    value = _value(located, key)
    if not isinstance(value, dict):
        raise located.fault(key, "这里应是键和值。")
    return value


def _text(located: Located, key: tuple[str, ...]) -> str:
    value = _value(located, key)
    if not isinstance(value, str) or not value.strip():
        raise located.fault(key, "这里应是一段文字。")
    return value.strip()


def _words(located: Located, key: tuple[str, ...], *, missing: bool = False) -> tuple[str, ...]:
    if missing and key[-1] not in _mapping(located, key[:-1]):
        return ()
    return tuple(dict.fromkeys(_text(located, key).split()))


def _index(
    kinds: Mapping[str, Kind], families: Mapping[str, Family], groups: Mapping[str, tuple[str, ...]]
) -> WordIndex:
    words: dict[str, Word] = {}
    for family in families.values():
        for text in family.weak:
            words[text] = Word(text, family.id, WEAK)
        for text in family.strong:
            words[text] = Word(text, family.id, STRONG)
    for kind in kinds.values():  # a ledger kind wins over a family word of the same text
        for text in kind.words:
            words[text] = Word(text, kind.family, STRONG, (kind.id,))
    for text, ids in groups.items():
        words[text] = Word(text, kinds[ids[0]].family, WEAK, ids)
    return WordIndex(words.values())


FAMILIES: Mapping[str, Family] = MappingProxyType(read_families(FOLDER / "families.yaml"))
_KINDS, _GROUPS = read_kinds(FOLDER / "kinds.yaml", FAMILIES)
KINDS: Mapping[str, Kind] = MappingProxyType(_KINDS)
GROUPS: Mapping[str, tuple[str, ...]] = MappingProxyType(_GROUPS)
UNITS: Mapping[str, Unit] = MappingProxyType(read_units(FOLDER / "units.yaml"))
FIXED = read_fixed(FOLDER / "fixed.yaml")
INDEX = _index(KINDS, FAMILIES, GROUPS)
VERBS: Mapping[str, str] = MappingProxyType({verb: f.id for f in FAMILIES.values() for verb in f.verbs})


@cache
def family_words(id_: str) -> tuple[str, ...]:
    """Every word of a family: its own and those of its ledger kinds."""
    own = [word for kind in KINDS.values() if kind.family == id_ for word in kind.words]
    return tuple(dict.fromkeys((*own, *FAMILIES[id_].words)))
