"""成套的材料: what was issued together, as templates of texts with their parts, read and checked once at start-up."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pydantic import RootModel

from youju.kit.refusal import Refusal
from youju.kit.schema import Strict, validated
from youju.records.sources.rules import checked_source
from youju.records.sources.values import SourceDraft


class Pack(Strict):
    """One of them. ``issued_on`` is the day of its earliest document."""

    id: str
    title: str
    kind: str
    origin: str
    issued_on: date
    parts: tuple[str, ...]

    @property
    def draft(self) -> SourceDraft:
        return SourceDraft(self.title, self.kind, self.issued_on, self.origin, self.parts)


class _File(RootModel[tuple[Pack, ...]]):
    pass


def read_packs(path: Path) -> dict[str, Pack]:
    """By id. Raises DataFault naming file, line and key where a clerk could not have entered it."""
    file, located = validated(path, _File)
    packs: dict[str, Pack] = {}
    for index, pack in enumerate(file.root):
        if pack.id in packs:
            raise located.fault((index, "id"), f"“{pack.id}”写了两次。")
        if len(pack.parts) < 2:
            raise located.fault((index, "parts"), "成套的材料至少两篇。")
        if len(set(pack.parts)) < len(pack.parts):
            raise located.fault((index, "parts"), "有一篇写了两次。")
        try:
            checked_source(pack.draft)
        except Refusal as refusal:
            raise located.fault((index, refusal.field), refusal.sentence) from refusal
        packs[pack.id] = pack
    return packs


PACKS: dict[str, Pack] = read_packs(Path(__file__).with_name("packs.yaml"))
