"""What the values of each filter are called on the page and in what is typed."""

from __future__ import annotations

from youju.library.documents.values import ORIGINS_ZH
from youju.library.reading.words import GENRES, SECTORS

GENRES_ZH = {one.id: one.zh for one in GENRES.values()}
SECTORS_ZH = {one.id: one.zh for one in SECTORS.values()}

#: Filter → name → value, so that 文种:总结 is understood in the words as well.
NAMES = {
    "genre": {zh: id for id, zh in GENRES_ZH.items()},
    "sector": {zh: id for id, zh in SECTORS_ZH.items()},
    "origin": {zh: one.value for one, zh in ORIGINS_ZH.items()},
}
