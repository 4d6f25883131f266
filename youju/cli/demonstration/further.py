"""What the supply-and-marketing branch does beside its meetings and walks, and the texts of its register."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache

from youju.cli.demonstration import days
from youju.cli.demonstration.home import CLERK, COMMITTEE, DEPUTY, SECRETARY, discipline, some
from youju.cli.demonstration.occasions import BRANCH_ROOM, Occasion, items_of
from youju.cli.demonstration.texts import HERE, Entry
from youju.kit.schema import Strict, validated
from youju.records.activities.rules import TALK_KINDS
from youju.records.sources.values import SourceDraft

#: From this year on the branch writes them down; 2022 and 2023 are told by meetings and walks alone.
BEGINS = 2024


class FurtherEntry(Entry):
    kind: str
    day: tuple[int, int]
    who: str = "some"
    size: int = 0
    people: tuple[str, ...] = ()


class SourceText(Strict):
    title: str
    kind: str
    origin: str = ""
    issued_on: date | None = None
    parts: tuple[str, ...] = ()

    @property
    def draft(self) -> SourceDraft:
        return SourceDraft(self.title, self.kind, self.issued_on, self.origin, self.parts)


class Further(Strict):
    occasions: tuple[FurtherEntry, ...]
    sources: tuple[SourceText, ...]


@cache
def further() -> Further:
    return validated(HERE / "further.yaml", Further)[0]


def further_year(year: int) -> Iterator[Occasion]:
    for entry in further().occasions if year >= BEGINS else ():
        day = days.near(year, *entry.day)
        talk = entry.kind in TALK_KINDS
        chair = entry.people[0] if entry.people else SECRETARY
        yield Occasion(
            unit="home", kinds=(entry.kind,), day=day, hour=10 if talk else 9, minutes=40 if talk else 110, title=entry.title,
            chair=chair, recorder="" if talk else CLERK, place=entry.place or BRANCH_ROOM, agenda=items_of(entry),
            outcome=entry.outcome, people=_people(entry, day), told=entry,
        )  # fmt: skip


def _people(entry: FurtherEntry, day: date) -> tuple[str, ...] | None:
    """None: everybody expected of such a session."""
    match entry.who:
        case "all":
            return None
        case "committee":
            return tuple(dict.fromkeys((*COMMITTEE, discipline(day))))
        case _:
            picked = some(f"{entry.kind}{entry.day}{day.year}", entry.size)
            return entry.people or tuple(dict.fromkeys((SECRETARY, DEPUTY, *picked)))
