"""The writer's half (写): a number with its relation as Chinese prose, so that ``claims.read`` gives the same back.

Knows forms of numbers only; which sentence a figure stands in is the catalogue's affair.
"""

from __future__ import annotations

from dataclasses import dataclass

RHYTHMS = {"per_day": "每天", "per_week": "每周", "per_month": "每月", "per_quarter": "每季度", "per_year": "每年"}
RELATIONS = ("eq", "ge", "gt", "le", "approx", "approx_over", "range", *RHYTHMS)
SLOT, RHYTHM_SLOT = "{n}", "{p}"


@dataclass(frozen=True, slots=True)
class Statement:
    """What a figure answers, ready to be said: relation, value (and upper value of a range), measure word, period."""

    figure: str
    relation: str
    value: float | int
    value_max: float | int | None = None
    unit: str = "次"
    period: str | None = None

    def __post_init__(self) -> None:
        if self.relation not in RELATIONS:
            raise ValueError(f"no relation {self.relation!r}")
        if self.value < 0:
            raise ValueError("a count is not below zero")
        if (self.relation == "range") != (self.value_max is not None):
            raise ValueError("a range, and only a range, has an upper value")
        if self.value_max is not None and self.value_max <= self.value:
            raise ValueError("the upper value of a range lies above the lower")
        if self.unit == "%" and self.relation in RHYTHMS:
            raise ValueError("a share has no rhythm")


def say_quantity(statement: Statement) -> str:
    """The amount alone: 12次, 20余次, 12次以上, 近20次, 10至12次, 每月1次, 92.6%, 37人次."""
    return RHYTHMS.get(statement.relation, "") + _amount(statement)


def say(statement: Statement, pattern: str) -> str:
    """The amount in its figure's pattern (召开支委会{n}). A rhythm goes to the slot {p}, or to the front: 每月召开支委会1次."""
    if pattern.count(SLOT) != 1:
        raise ValueError(f"the pattern {pattern!r} needs {SLOT} once")
    rhythm = RHYTHMS.get(statement.relation, "")
    if RHYTHM_SLOT not in pattern:
        pattern = rhythm + pattern
    return pattern.replace(RHYTHM_SLOT, rhythm).replace(SLOT, _amount(statement))


def say_number(value: float | int) -> str:
    """Arabic digits; round tens of thousands in 万 or 亿 (7800000 → 780万)."""
    for scale, name in ((100_000_000, "亿"), (10_000, "万")):
        if value >= scale:
            parts = round(value / scale, 4)
            if round(parts * scale, 6) == value and len(_plain(parts)) <= len(_plain(value)) - 2:
                return _plain(parts) + name
    return _plain(value)


def _amount(s: Statement) -> str:
    number, unit = say_number(s.value), s.unit
    if s.relation == "range" and s.value_max is not None:
        return f"{number}至{say_number(s.value_max)}{unit}"
    if s.relation == "approx_over":
        head, tail = (number[:-1], number[-1]) if number[-1] in "万亿" else (number, "")
        return f"{head}余{tail}{unit}"
    before = {"gt": "超过", "le": "不超过", "approx": "近"}.get(s.relation, "")
    return f"{before}{number}{unit}{'以上' if s.relation == 'ge' else ''}"


def _plain(value: float | int) -> str:
    if isinstance(value, int) or float(value).is_integer():
        return str(int(value))
    return f"{value:.4f}".rstrip("0").rstrip(".")
