"""Formulas (惯用语) that everybody writes, as data: read and checked once at start-up."""

from __future__ import annotations

from pathlib import Path

from youju.kit.schema import Strict, validated

FILE = Path(__file__).with_name("formulas.yaml")
LEAST = 8  # letters, digits and characters of a formula: what is shorter would set aside what was copied


class Formulas(Strict):
    formulas: tuple[str, ...]


def load(path: Path = FILE) -> tuple[str, ...]:
    """The formulas of a file. Raises DataFault for one that stands twice, or is too short."""
    found, located = validated(path, Formulas)
    seen: dict[str, int] = {}
    for number, formula in enumerate(found.formulas):
        plain = "".join(one for one in formula if one.isalnum())
        if len(plain) < LEAST:
            raise located.fault(("formulas", number), f"惯用语至少写{LEAST}个字。")
        if plain in seen:
            raise located.fault(("formulas", number), f"和第{seen[plain] + 1}句一样。")
        seen[plain] = number
    return found.formulas


FORMULAS = load()
