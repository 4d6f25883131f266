"""The kinds of registers as data, read and checked once at start-up."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field

from youju.kit.schema import Strict, validated
from youju.prose.vocabulary import KINDS as SESSION_KINDS

Id = Annotated[str, Field(pattern=r"^[a-z][a-z_]{1,19}$")]
Word = Annotated[str, Field(min_length=1)]


class RegisterKind(Strict):
    """One kind of register: what stands on it, and what it lies in."""

    id: Id
    zh: Word
    unit: Word
    code: Word
    name: Word
    sample: tuple[Word, Word]
    named: bool
    place: Id | None = None
    pair: Word | None = None
    person: Word | None = None
    told: bool

    @property
    def paired(self) -> str:
        """Its pairings as a kind of their own, by which a figure chooses."""
        return f"{self.id}_paired"

    @property
    def told_of(self) -> str:
        return f"{self.id}_told"


class _Registers(Strict):
    kinds: tuple[RegisterKind, ...]
    covering: tuple[str, ...]
    visits: tuple[str, ...]
    tells: tuple[str, ...]


def read_registers(path: Path) -> _Registers:
    """Raises DataFault on a wrong file, an id that stands twice, a place or a session kind that there is not."""
    read, located = validated(path, _Registers)
    seen: set[str] = set()
    for index, kind in enumerate(read.kinds):
        if kind.id in seen:
            raise located.fault(("kinds", index, "id"), f"“{kind.id}”写了两次。")
        if kind.place and kind.place not in {other.id for other in read.kinds}:
            raise located.fault(("kinds", index, "place"), f"没有“{kind.place}”这种名册。")
        seen.add(kind.id)
    for key in ("covering", "visits", "tells"):
        for index, name in enumerate(getattr(read, key)):
            if name not in SESSION_KINDS:
                raise located.fault((key, index), f"没有“{name}”这种活动。")
            if name not in read.covering:
                raise located.fault((key, index), f"“{name}”不在 covering 里。")
    return read


_READ = read_registers(Path(__file__).with_name("kinds.yaml"))
REGISTERS: dict[str, RegisterKind] = {kind.id: kind for kind in _READ.kinds}
#: Kinds of sessions: those that may say whom they reached, those of them that are visits, and those that tell.
COVERING, VISITS, TELLS = _READ.covering, _READ.visits, _READ.tells
#: By which a figure may choose among what stands on registers, and among what was reached.
SUBJECT_KINDS = (*REGISTERS, *(kind.paired for kind in REGISTERS.values() if kind.pair))
REACH_KINDS = (*SUBJECT_KINDS, *(kind.told_of for kind in REGISTERS.values() if kind.told))
