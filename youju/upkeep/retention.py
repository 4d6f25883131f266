"""How long what is kept, as data (retention.yaml), read and checked once at start-up."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field

from youju.kit.schema import Strict, validated

Words = Annotated[str, Field(min_length=1)]


class Looks(Strict):
    months: Annotated[int, Field(ge=1, le=120)]
    basis: Words


class Removed(Strict):
    """``unsaid``: his alone, so that the trial says neither how much there is nor whether there is any."""

    key: Words
    words: Words
    unsaid: bool = False


class Stays(Strict):
    key: Words
    why: Words


class Leavers(Strict):
    years: Annotated[int, Field(ge=0, le=100)]
    basis: Words
    removed: tuple[Removed, ...]
    stays: tuple[Stays, ...]
    otherwise: Words

    def why(self, key: str) -> str:
        """Why a thing stays."""
        return next((one.why for one in self.stays if one.key == key), self.otherwise)

    @property
    def sentence(self) -> str:
        return f"最后一段组织关系结束满 {self.years} 年，可以遗忘。依据{self.basis}。"


class Retention(Strict):
    looks: Looks
    leavers: Leavers


RETENTION: Retention = validated(Path(__file__).with_suffix(".yaml"), Retention)[0]
