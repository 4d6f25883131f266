"""A search and its address: words and filters stand in the address, so that Back and a sent link give the same page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict

from youju.library.documents.values import ORIGINS_ZH, Origin
from youju.library.search.asked import Asked
from youju.library.search.names import GENRES_ZH, SECTORS_ZH
from youju.library.search.values import Found

MOST_WORDS = 200
MOST_OF_A_KIND = 40
MOST_SHOWN, MOST_ON_PHONE = 12, 4  # values of a filter

#: Filter → its name on the page and the names of its values; a year names itself.
NAMES: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "genre": ("文种", GENRES_ZH),
    "year": ("年度", {}),
    "sector": ("领域", SECTORS_ZH),
    "origin": ("来源", {one.value: zh for one, zh in ORIGINS_ZH.items()}),
}


@dataclass(frozen=True)
class Choice:
    """One value of a filter: how many documents it would leave, and the address that ticks or unticks it."""

    value: str
    zh: str
    count: int
    chosen: bool
    url: str


@dataclass(frozen=True)
class Facet:
    name: str
    zh: str
    choices: tuple[Choice, ...]

    @property
    def first(self) -> tuple[Choice, ...]:
        return self.choices[:MOST_SHOWN]

    @property
    def rest(self) -> tuple[Choice, ...]:
        """Those that are shown on asking."""
        return self.choices[MOST_SHOWN:]

    @property
    def near(self) -> tuple[Choice, ...]:
        """The same on a phone, where all filters stand in one line."""
        return self.choices[:MOST_ON_PHONE]

    @property
    def far(self) -> tuple[Choice, ...]:
        return self.choices[MOST_ON_PHONE:]


@dataclass(frozen=True)
class Chip:
    """A filter that is on, and the address without it."""

    zh: str
    url: str


def asked_in(query: str | QueryDict) -> Asked:
    """What an address asks. Whatever it does not know it passes over."""
    sent = QueryDict(query[:2000]) if isinstance(query, str) else query
    values = {name: tuple(dict.fromkeys(sent.getlist(name)[:MOST_OF_A_KIND])) for name in NAMES}
    return Asked(
        words=sent.get("q", "").replace("\x00", "").strip()[:MOST_WORDS],
        genres=tuple(one for one in values["genre"] if one in GENRES_ZH),
        years=tuple(
            int(one) for one in values["year"] if one.isascii() and one.isdecimal() and len(one) == 4 and int(one)
        ),
        sectors=tuple(one for one in values["sector"] if one in SECTORS_ZH),
        origins=tuple(Origin(one) for one in values["origin"] if one in ORIGINS_ZH),
        today=sent.get("added") == "today",
        newest=sent.get("sort") == "newest",
    )


def address_of(asked: Asked) -> str:
    """The one address of a search, without its ``?``."""
    pairs: list[tuple[str, str]] = [("q", asked.words)] if asked.words else []
    pairs += [("genre", one) for one in asked.genres]
    pairs += [("year", str(one)) for one in asked.years]
    pairs += [("sector", one) for one in asked.sectors]
    pairs += [("origin", one.value) for one in asked.origins]
    pairs += [("added", "today")] if asked.today else []
    pairs += [("sort", "newest")] if asked.newest else []
    return urlencode(pairs)


def facets_of(request: HttpRequest, asked: Asked, found: Found) -> list[Facet]:
    """Each filter with its values, those ticked first even where nothing is left of them."""
    facets = []
    for name, (zh, words) in NAMES.items():
        counts = dict(found.facets.get(name, {}))
        chosen = [str(one) for one in _values(asked, name)]
        values = [*chosen, *(value for value in _ordered(name, counts) if value not in chosen)]
        choices = tuple(
            Choice(
                value,
                words.get(value, value),
                counts.get(value, 0),
                value in chosen,
                _toggled(request, asked, name, value),
            )
            for value in values
            if value
        )
        if choices:
            facets.append(Facet(name, zh, choices))
    return facets


def chips_of(request: HttpRequest, asked: Asked) -> list[Chip]:
    chips = [
        Chip(
            f"{words.get(str(value), str(value))}{'年' if name == 'year' else ''}",
            _toggled(request, asked, name, str(value)),
        )
        for name, (_, words) in NAMES.items()
        for value in _values(asked, name)
    ]
    if asked.today:
        chips.append(Chip("今日新增", _url(request, replace(asked, today=False))))
    return chips


def _ordered(name: str, counts: Mapping[str, int]) -> list[str]:
    if name == "year":
        return sorted(counts, reverse=True)
    return sorted(counts, key=lambda value: (-counts[value], value))


def _values(asked: Asked, name: str) -> tuple[object, ...]:
    return {"genre": asked.genres, "year": asked.years, "sector": asked.sectors, "origin": asked.origins}[name]


def _toggled(request: HttpRequest, asked: Asked, name: str, value: str) -> str:
    sent = QueryDict(address_of(asked), mutable=True)
    values = sent.getlist(name)
    sent.setlist(name, [one for one in values if one != value] if value in values else [*values, value])
    return _url(request, asked_in(sent))


def _url(request: HttpRequest, asked: Asked) -> str:
    address = address_of(asked)
    return f"{request.path}?{address}" if address else request.path


def said_of(asked: Asked) -> str:
    """A search in words: “党课” 述职报告 2025年."""
    filters = [
        f"{words.get(str(value), str(value))}{'年' if name == 'year' else ''}"
        for name, (_, words) in NAMES.items()
        for value in _values(asked, name)
    ]
    return "　".join([*([f"“{asked.words}”"] if asked.words else []), *filters, *(["今日新增"] if asked.today else [])])
