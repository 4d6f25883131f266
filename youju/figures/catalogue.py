"""The catalogue of figures, read and checked once at start-up."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field, RootModel, model_validator

from youju.figures.values import Measure
from youju.kit.datafile import Located
from youju.kit.schema import Strict, validated
from youju.prose.vocabulary import FAMILIES, KINDS

RowType = Literal["activity", "member", "committee", "problem", "measure", "resolution", "first_topic"]


class Where(Strict):
    """Which rows are taken."""

    kinds: tuple[str, ...] = ()
    lecturer: str | None = None
    status: Literal["closed"] | None = None
    standing: Literal["formal", "probationary"] | None = None


class Reads(Strict):
    """Which claims in prose ask this figure, beyond those of the same kinds counted in sessions."""

    words: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    family: str | None = None
    units: tuple[str, ...] = ()


class Figure(Strict):
    """指标: a named question. ``id`` is the name users read and tokens carry."""

    id: str
    of: RowType
    measure: Measure = Measure.COUNT
    amount: Literal["came", "others", "closed"] | None = None
    where: Where = Where()
    dated_by: Literal["held_on", "for_year"] = "held_on"
    unit: str
    say: str = Field(pattern=r"\{n\}")
    reads: Reads = Reads()

    @model_validator(mode="after")
    def amounts_belong_to_sums(self) -> Figure:
        if (self.measure is Measure.COUNT) != (self.amount is None):
            raise ValueError("measure 是 sum 或 share 时要写 amount，count 时不写。")
        return self

    @property
    def kinds(self) -> tuple[str, ...]:
        return self.where.kinds


class _Catalogue(RootModel[tuple[Figure, ...]]):
    pass


CATALOGUE_FILE = Path(__file__).with_name("catalogue.yaml")


def read_catalogue(path: Path) -> dict[str, Figure]:
    """The figures of a file by id. Raises DataFault naming file, line and key."""
    catalogue, located = validated(path, _Catalogue)
    figures: dict[str, Figure] = {}
    for index, figure in enumerate(catalogue.root):
        _check_words(figure, located, index)
        if figure.id in figures:
            raise located.fault((index, "id"), f"指标“{figure.id}”写了两次。")
        figures[figure.id] = figure
    return figures


def _check_words(figure: Figure, located: Located, index: int) -> None:
    for kind in (*figure.kinds, *figure.reads.kinds):
        if kind not in KINDS:
            raise located.fault((index, "where", "kinds"), f"没有 {kind} 这个种类，种类见词表 kinds.yaml。")
    if figure.reads.family and figure.reads.family not in FAMILIES:
        raise located.fault((index, "reads", "family"), f"没有 {figure.reads.family} 这个门类。")


FIGURES: dict[str, Figure] = read_catalogue(CATALOGUE_FILE)


@cache
def lump(kinds: tuple[str, ...]) -> Figure:
    """The count of sessions of any of these kinds, each session once: a claim may add up kinds no figure names together."""
    wanted = frozenset(kinds)
    for figure in FIGURES.values():
        if (
            figure.of == "activity"
            and figure.measure is Measure.COUNT
            and frozenset(figure.kinds) == wanted
            and figure.where.lecturer is None
        ):
            return figure
    names = "、".join(KINDS[kind].zh for kind in kinds)
    return Figure(id=f"{names}次数", of="activity", where=Where(kinds=kinds), unit="次", say=names + "{n}")
