"""The three vote rules as data, read and checked once at start-up."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, RootModel

from youju.kit.schema import Strict, validated


def _fraction(value: object) -> Fraction:
    try:
        return Fraction(str(value))
    except (ValueError, ZeroDivisionError) as error:
        raise ValueError("这里要写分数，如 1/2。") from error


class Share(Strict):
    """A share of a base: of those expected (应到) or of those present (实到) with a vote."""

    model_config = {**Strict.model_config, "arbitrary_types_allowed": True}

    share: Annotated[Fraction, BeforeValidator(_fraction)]
    more: bool
    of: Literal["expected", "present"]

    def least(self, base: int) -> int:
        """The smallest number that satisfies this share of ``base``."""
        exact = self.share * base
        floor = exact.numerator // exact.denominator
        if self.more or floor != exact:
            return floor + 1
        return floor


class VoteRule(Strict):
    id: str
    zh: str
    source: str
    article: str | None
    present: Share
    agree: Share
    written_opinions: bool
    verified: bool


class _Rules(RootModel[tuple[VoteRule, ...]]):
    pass


VOTE_RULES: dict[str, VoteRule] = {
    rule.id: rule for rule in validated(Path(__file__).with_suffix(".yaml"), _Rules)[0].root
}
