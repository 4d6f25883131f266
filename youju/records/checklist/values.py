"""The items of the checklist as data, read and checked once at start-up, and what comes of looking at one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, RootModel

from youju.kit.schema import Strict, validated

Aspect = Literal[
    "roster", "leave_reasons", "hours", "place", "chair", "recorder", "agenda", "tallies", "outcome", "evidence", "filed",
]  # fmt: skip


class CheckItem(Strict):
    """One thing an inspector looks for."""

    id: Annotated[str, Field(pattern=r"^[a-z_]{1,20}$")]
    zh: Annotated[str, Field(min_length=1)]
    wording: Annotated[str, Field(min_length=1)]
    looks_at: Aspect
    default: bool
    talk: bool


class _Items(RootModel[tuple[CheckItem, ...]]):
    pass


def read_items(path: Path) -> dict[str, CheckItem]:
    """The items by id, in their order. Raises DataFault on a wrong file and on an id that stands twice."""
    read, located = validated(path, _Items)
    items: dict[str, CheckItem] = {}
    for index, item in enumerate(read.root):
        if item.id in items:
            raise located.fault((index, "id"), f"“{item.id}”写了两次。")
        items[item.id] = item
    return items


ITEMS = read_items(Path(__file__).with_name("items.yaml"))


@dataclass(frozen=True)
class Part:
    """One item of one record: is it there, and what to say beside it."""

    name: str
    there: bool
    sentence: str


@dataclass(frozen=True)
class Chosen:
    """An item as it stands in a unit. ``own`` None: nothing said here, so ``above`` holds."""

    item: CheckItem
    own: bool | None
    above: bool
    above_name: str  # which unit above said so; empty where the default of the house holds

    @property
    def on(self) -> bool:
        return self.above if self.own is None else self.own
