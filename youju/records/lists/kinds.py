"""The kinds of lists as data, read and checked once at start-up."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, RootModel

from youju.kit.schema import Strict, validated
from youju.records.lists.values import Rhythm

Id = Annotated[str, Field(pattern=r"^[a-z][a-z_]{1,19}$")]
Word = Annotated[str, Field(min_length=1)]


class ListField(Strict):
    """A further labelled word of an item: 用途, 地点, 分管领域."""

    id: Id
    zh: Word
    hint: Word
    needed: bool
    choices: tuple[str, ...] = ()


class ListKind(Strict):
    """One kind of list: what an item of it says, and how often it is looked at."""

    id: Id
    zh: Annotated[str, Field(min_length=1, max_length=12)]
    unit: Word
    code: Annotated[str, Field(min_length=1, max_length=4)]
    hint: Word
    never: str = ""
    title: Word
    requirement: Word
    owner: Word
    post: Literal["no", "may", "must"]
    rhythm: Rhythm
    proof: Word
    versions: bool = False
    fields: tuple[ListField, ...] = ()
    sample: tuple[Word, Word]


class _Kinds(RootModel[tuple[ListKind, ...]]):
    pass


def read_kinds(path: Path) -> dict[str, ListKind]:
    """Raises DataFault naming file, line and key."""
    kinds, located = validated(path, _Kinds)
    found: dict[str, ListKind] = {}
    for index, kind in enumerate(kinds.root):
        if kind.id in found:
            raise located.fault((index, "id"), f"种类 {kind.id} 写了两次。")
        if kind.code in {other.code for other in found.values()}:
            raise located.fault((index, "code"), f"编号的词“{kind.code}”写了两次。")
        if len({field.id for field in kind.fields}) < len(kind.fields):
            raise located.fault((index, "fields"), "有一栏写了两次。")
        found[kind.id] = kind
    return found


LIST_KINDS = read_kinds(Path(__file__).with_name("kinds.yaml"))
#: Every further word any kind has, by its id: in a table of all lists each is one column. Alike named ones share it.
EXTRA_FIELDS: dict[str, ListField] = {
    field.id: field for kind in reversed(LIST_KINDS.values()) for field in reversed(kind.fields)
}
