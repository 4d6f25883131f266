"""The store follows the database: whoever calls this writes what has changed since, the oldest change first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Value
from django.db.models.functions import Length

from youju.kit.turns import turn
from youju.library.documents.models import Document
from youju.library.documents.queries import last_serial
from youju.library.handed.models import HandedText
from youju.library.passages.store import UNUSABLE, keys_of, standing, store
from youju.library.passages.values import HANDED, OPEN
from youju.library.passages.variants import near_mark, write_groups

MOST_TEXTS, MOST_CHARACTERS = 4000, 8_000_000  # of one change of the store: a killed process does no more again
NEWS = 50  # groups of near-duplicates are made anew by day when one text in so many has changed


@dataclass(frozen=True)
class Changed:
    """What has changed, in order: numbers of documents and of reports handed in, and how far this goes."""

    documents: list[int]
    reports: list[int]
    reached: int

    @property
    def texts(self) -> int:
        return len(self.documents) + len(self.reports)


def follow(*, most: int | None = None, told: Callable[[int], None] | None = None) -> int:
    """Brings the store up to the last change. Returns how many texts were written or let go; ``told`` hears it as it goes.

    One process at a time follows, the others wait for their turn and then find nothing left to do.
    """
    if _mark() == last_serial():
        return 0
    store().folder.mkdir(parents=True, exist_ok=True)
    done = 0
    with turn(store().folder / "turn"):
        mark = _mark()
        if mark is None or mark > last_serial():
            store().build(())
            mark = 0
        while most is None or done < most:
            changed = _changed(mark)
            if not changed.texts:
                break
            _write(changed, fresh=not mark)
            mark = changed.reached
            done += changed.texts
            if told:
                told(done)
    return done


def follow_groups(*, at_once: bool = False) -> bool:
    """Makes the groups of near-duplicates anew where enough has changed; ``at_once`` where anything has. Says whether."""
    mark, here = near_mark(), _mark() or 0
    if mark == here or not (at_once or Document.objects.changed_since(mark).count() * NEWS >= Document.objects.count()):
        return False
    with turn(store().folder / "turn"):
        write_groups()
    return True


def compact() -> None:
    """Writes again what is worth it: small segments as one, and those of whose texts many were taken out."""
    if _mark() is not None:
        store().compact()


def _mark() -> int | None:
    """How far the store has followed; None where it must be made anew."""
    try:
        return store().mark
    except UNUSABLE:
        return None


def _changed(mark: int) -> Changed:
    """The next changes behind the mark, as many as are written together."""
    documents = Document.objects.filter(changed__gt=mark).values_list("changed", "pk", "characters", Value(OPEN))
    reports = HandedText.objects.filter(changed__gt=mark).values_list("changed", "pk", Length("text"), Value(HANDED))
    taken: list[tuple[int, int, int, int]] = []
    characters = 0
    for line in documents.union(reports, all=True).order_by("changed")[:MOST_TEXTS]:
        characters += line[2]
        if taken and characters > MOST_CHARACTERS:
            break
        taken.append(line)
    return Changed(
        [pk for _, pk, _, kind in taken if kind == OPEN],
        [pk for _, pk, _, kind in taken if kind == HANDED],
        taken[-1][0] if taken else mark,
    )


def _write(changed: Changed, *, fresh: bool) -> None:
    """First what is gone, then what stands, with the mark: cut off in between, the same is done again."""
    texts = list(standing(changed.documents, changed.reports))
    if not fresh:
        store().remove(keys_of(changed.documents, changed.reports) - {key for key, _ in texts})
    store().add(texts, mark=changed.reached)
