"""The kinds of projects, read and checked once at start-up."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, RootModel

from youju.kit.schema import Strict, validated


class ProjectKind(Strict):
    id: str = Field(pattern=r"^[a-z_]+$", max_length=20)
    zh: str = Field(min_length=1, max_length=12)
    words: str
    hint: str


class _Kinds(RootModel[tuple[ProjectKind, ...]]):
    pass


def read_kinds(path: Path) -> dict[str, ProjectKind]:
    """Raises DataFault naming file, line and key."""
    kinds, located = validated(path, _Kinds)
    found: dict[str, ProjectKind] = {}
    for index, kind in enumerate(kinds.root):
        if kind.id in found:
            raise located.fault((index, "id"), f"种类 {kind.id} 写了两次。")
        found[kind.id] = kind
    return found


PROJECT_KINDS = read_kinds(Path(__file__).with_name("kinds.yaml"))
