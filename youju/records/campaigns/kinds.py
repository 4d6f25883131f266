"""The kinds of campaigns and plans, read and checked once at start-up."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, RootModel

from youju.kit.schema import Strict, validated

Column = Literal["business", "deployed", "assessed"]
COLUMNS_ZH: dict[str, str] = {"business": "对应业务工作", "deployed": "部署", "assessed": "考核"}


class CampaignKind(Strict):
    id: str = Field(pattern=r"^[a-z_]+$", max_length=20)
    zh: str = Field(min_length=1, max_length=12)
    is_: Literal["campaign", "plan"] = Field(alias="is")
    columns: tuple[Column, ...] = ()
    hint: str

    @property
    def heads(self) -> tuple[tuple[str, str], ...]:
        """The further columns of its tasks, each with its name."""
        return tuple((column, COLUMNS_ZH[column]) for column in self.columns)


class _Kinds(RootModel[tuple[CampaignKind, ...]]):
    pass


def read_kinds(path: Path) -> dict[str, CampaignKind]:
    """Raises DataFault naming file, line and key."""
    kinds, located = validated(path, _Kinds)
    found: dict[str, CampaignKind] = {}
    for index, kind in enumerate(kinds.root):
        if kind.id in found:
            raise located.fault((index, "id"), f"种类 {kind.id} 写了两次。")
        found[kind.id] = kind
    return found


CAMPAIGN_KINDS = read_kinds(Path(__file__).with_name("kinds.yaml"))
