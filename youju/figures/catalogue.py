"""The catalogue of figures, read and checked once at start-up."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pydantic import RootModel

from youju.figures.entry_kinds import ENTRY_KINDS
from youju.figures.figure import ENTRIES, Figure, Measure, Where
from youju.kit.datafile import Located
from youju.kit.schema import validated
from youju.prose.vocabulary import KINDS
from youju.records.facets.values import LISTS


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
    lists = (("forms", figure.where.forms, LISTS.forms), ("groups", figure.where.groups, LISTS.groups))
    for name, values, there in (*lists, ("topics", figure.where.topics, LISTS.topics)):
        for at, value in enumerate(values):
            if value not in there:
                raise located.fault((index, "where", name, at), f"facets.yaml 里没有“{value}”。")
    of_entry = ENTRY_KINDS.get(figure.of, ()) if figure.of in ENTRIES else KINDS
    for place, kinds, known in (("where", figure.where.kinds, of_entry), ("reads", figure.reads.kinds, KINDS)):
        for at, kind in enumerate(kinds):
            if kind not in known and figure.of in ENTRIES and place == "where":
                raise located.fault((index, place, "kinds", at), f"{figure.of} 没有 {kind} 这个种类。")
            if kind not in known:
                raise located.fault((index, place, "kinds", at), f"没有 {kind} 这个种类，种类见词表 kinds.yaml。")
            if kind in kinds[:at]:
                raise located.fault((index, place, "kinds", at), f"{kind} 写了两次。")


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
            and not figure.told
        ):
            return figure
    names = "、".join(KINDS[kind].zh for kind in kinds)
    return Figure(id=f"{names}次数", of="activity", where=Where(kinds=kinds), unit="次", say=names + "{n}")


@cache
def narrowed(figure: Figure, kinds: tuple[str, ...]) -> Figure:
    """The same question of fewer kinds: 党员大会到会率 asks what 党员到会率 asks, of one kind only."""
    if frozenset(kinds) == frozenset(figure.kinds):
        return figure
    names = "、".join(KINDS[kind].zh for kind in kinds)
    where = figure.where.model_copy(update={"kinds": kinds})
    return figure.model_copy(update={"id": f"{names}：{figure.id}", "where": where})
