"""What the rhythm of a branch hands to the builder: one session, before it becomes a record."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from youju.cli.demonstration.texts import Entry, Matter
from youju.records.activities.values import ItemKind

BRANCH_ROOM = "机关二楼会议室"


@dataclass(frozen=True)
class Item:
    """An agenda item; ``decision`` is voted on when it is not empty."""

    title: str
    note: str
    decision: str = ""
    rule: str = "ordinary"
    kind: ItemKind = ItemKind.ORDINARY


@dataclass(frozen=True)
class Occasion:
    """``people`` None means that everybody expected stands on the roster; otherwise these took part."""

    unit: str
    kinds: tuple[str, ...]
    day: date
    title: str
    chair: str
    recorder: str
    hour: int = 15
    minute: int = 0
    minutes: int = 100
    place: str = BRANCH_ROOM
    outdoors: bool = False
    agenda: tuple[Item, ...] = ()
    outcome: str = ""
    lecturer: str = ""
    led: tuple[str, ...] = ()
    spoke: tuple[str, ...] = ()  # those of them who came
    people: tuple[str, ...] | None = None
    sitting_in: tuple[str, ...] = ()
    for_year: int | None = None
    late: int = 0  # days beyond the usual until it was entered
    transcribed_from: str = ""
    planned: bool = False
    told: Entry | None = None  # whose facets, texts and public it has


def items_of(entry: Entry, *, rule: str = "ordinary") -> tuple[Item, ...]:
    """The entry's agenda; its decision closes the last item."""
    items = [Item(title, note) for title, note in entry.agenda.items()]
    if items and entry.decision:
        items[-1] = replace(items[-1], decision=entry.decision, rule=rule)
    return tuple(items)


def first_topic(matter: Matter) -> Item:
    return Item(matter.title, matter.note, kind=ItemKind.FIRST_TOPIC)


def item_of(matter: Matter) -> Item:
    return Item(matter.title, matter.note, matter.decision)
