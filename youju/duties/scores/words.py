"""What units above have said that binds all below them (rules turned on or off, local rules, notices), as a short digest.

Such a word touches no version of a unit below: 100,000 rows in one transaction would hold up everybody. A score carries
the digest of the words over it, and a reader compares.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from django.db.models import Q, QuerySet

from youju.duties.models import LocalRule, Notice, RuleChoice
from youju.duties.rulebook import RULES
from youju.kit.digests import canonical, sha256_hex
from youju.people.units.values import UnitKind, after_subtree, ancestors

FORM = 3  # of the scores themselves: raised when the same ledger gives other scores
LENGTH = 16

Words = Mapping[str, str]  # path of who spoke → digest of what he said


@cache
def packs() -> str:
    """A digest of the rule packs that this program came with."""
    rules = [rule.model_dump(mode="json") for rule in RULES.values()]
    return sha256_hex(canonical([FORM, rules]))[:LENGTH]


def words_over(paths: Iterable[str], year: int) -> Words:
    """All that was said by units over these paths."""
    wanted = {path for own in paths for path in ancestors(own)[:-1]}
    return _said(lambda who: Q(**{f"{who}__path__in": sorted(wanted)}), year)


def words_around(path: str, year: int) -> Words:
    """All that was said over the path or anywhere below it by others than branches, whose words are their own."""
    return _said(
        lambda who: (
            (
                Q(**{f"{who}__path__gte": path, f"{who}__path__lt": after_subtree(path)})
                | Q(**{f"{who}__path__in": ancestors(path)})
            )
            & ~Q(**{f"{who}__kind": UnitKind.BRANCH})
        ),
        year,
    )


def digest_over(path: str, words: Words) -> str:
    """What the score of the unit of this path carries."""
    return _digest(tuple(words[above] for above in ancestors(path)[:-1] if above in words))


@cache
def _digest(said: tuple[str, ...]) -> str:
    return sha256_hex(canonical([packs(), *said]))[:LENGTH] if said else packs()


def _said(by: Any, year: int) -> Words:
    rows: dict[str, list[list[Any]]] = {}
    for name, who, table in _tables(year):
        fields = [field.attname for field in table.model._meta.concrete_fields]
        for path, *row in table.filter(by(who)).order_by("pk").values_list(f"{who}__path", *fields):
            rows.setdefault(path, []).append([name, *row])
    return {path: sha256_hex(json.dumps(said, default=str).encode())[:LENGTH] for path, said in rows.items()}


def _tables(year: int) -> list[tuple[str, str, QuerySet[Any]]]:
    return [
        ("choice", "unit", RuleChoice.objects.filter(since__year__lte=year)),
        ("local", "unit", LocalRule.objects.filter(since__year__lte=year)),
        ("notice", "sender", Notice.objects.standing().filter(wide=True, due_on__year=year)),
    ]
