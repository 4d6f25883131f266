"""The front door: a store of texts in a folder, and what a text has in common with them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from youju.library.passages.engine import disk, kernel
from youju.library.passages.engine.form import Normalised, normalised
from youju.library.passages.engine.found import Found, Order, Pairs, found_in, pairs_of
from youju.library.passages.engine.grams import SHORTEST
from youju.library.passages.engine.near import Near, near_groups, near_pairs
from youju.library.passages.engine.snapshot import Allowed, Snapshot, snapshot
from youju.library.passages.engine.store import (
    LARGEST,
    Manifest,
    Part,
    Stale,
    Writer,
    clear_strangers,
    last_written,
    living,
    manifest_text,
    open_part,
    read_manifest,
    without,
    write_manifest,
)  # fmt: skip

LISTED = 20  # sources of a passage that are listed unless another number is asked for
LONGEST_QUESTION = 1 << 25  # characters of a text in question
SETTLED = 8  # a segment so many times as large as all smaller ones together is not merged with them


class Passages:
    """Copied passages over the texts of one folder.

    A text has a key, any integer. One process writes at a time, others wait; readers see the state of the last change
    that was completed, at once and without waiting. `mark` is a number of the keeper's own that changes together with
    the texts.
    """

    def __init__(self, folder: Path | str, *, compiled: bool | None = None) -> None:
        """`compiled`: with the numba kernel; where nothing is said, if it is installed. The answers are the same."""
        self.folder = Path(folder)
        self.compiled = kernel.INSTALLED if compiled is None else compiled
        self.seen: tuple[bytes, Snapshot] | None = None

    # --- writing ----------------------------------------------------------------------------------------------------

    def build(self, texts: Iterable[tuple[int, str | Normalised]], *, mark: int = 0) -> None:
        """These texts and no others."""
        with disk.only_writer(self.folder):
            before = self.manifest_or_nothing()
            writer = Writer(self.folder, Manifest(written=before.written))
            writer.take((key, compared(text).units) for key, text in texts)
            write_manifest(self.folder, Manifest(writer.finish(), writer.written, mark))

    def add(self, texts: Iterable[tuple[int, str | Normalised]], *, mark: int | None = None) -> None:
        """These texts as well; a text whose key is known takes the place of the former.

        Segments no larger than what comes are merged with it, so there are never many, however the texts come.
        """
        with disk.only_writer(self.folder):
            before = read_manifest(self.folder)
            writer = Writer(self.folder, before)
            writer.take((key, compared(text).units) for key, text in texts)
            left = list(without(before.parts, self.folder, writer.taken))
            while left and left[-1].units <= writer.size and left[-1].units + writer.size <= LARGEST:
                writer.take(living(open_part(self.folder, left.pop())))
            self.change(before, (*left, *writer.finish()), writer.written, mark)

    def remove(self, keys: Collection[int], *, mark: int | None = None) -> None:
        """The texts of these keys are told no more."""
        with disk.only_writer(self.folder):
            before = read_manifest(self.folder)
            self.change(before, without(before.parts, self.folder, set(keys)), before.written, mark)

    def compact(self, *, whole: bool = False) -> None:
        """Merges small segments and drops what was removed; `whole` makes it one segment as far as one may go."""
        with disk.only_writer(self.folder):
            before = read_manifest(self.folder)
            merging = to_merge(before.parts, whole=whole)
            if not merging:
                clear_strangers(self.folder, before)
                return
            writer = Writer(self.folder, before)
            for part in merging:
                writer.take(living(open_part(self.folder, part)))
            left = [part for part in before.parts if part not in merging]
            self.change(before, (*left, *writer.finish()), writer.written, None)

    def change(self, before: Manifest, parts: tuple[Part, ...], written: int, mark: int | None) -> None:
        """The new state, without segments in which nothing is alive."""
        parts = tuple(part for part in parts if len(part.dead) < part.texts)
        write_manifest(self.folder, Manifest(parts, written, before.mark if mark is None else mark))

    def manifest_or_nothing(self) -> Manifest:
        try:
            return read_manifest(self.folder)
        except (Stale, ValueError, KeyError, TypeError):  # of another form, or spoilt: it is built anew
            return Manifest(written=last_written(self.folder))

    # --- reading ----------------------------------------------------------------------------------------------------

    def find(
        self, text: str | Normalised, allowed: Allowed = None, *, min_length: int = SHORTEST, cap: int = LISTED,
        order: Order | None = None,
    ) -> Found:  # fmt: skip
        """The passages of the text that stand in texts allowed, each with at most `cap` sources and true counts."""
        view, asked = self.snapshot(), question_of(text, min_length)
        rows = view.shared(asked, allowed, min_length, compiled=self.compiled)
        return found_in(rows, asked, view, order, cap, compiled=self.compiled)

    def pairs(self, text: str | Normalised, allowed: Allowed = None, *, min_length: int = SHORTEST) -> Pairs:
        """Every single run, none left out."""
        view, asked = self.snapshot(), question_of(text, min_length)
        return pairs_of(view.shared(asked, allowed, min_length, compiled=self.compiled), asked, view)

    def near_duplicates(self, threshold: float = 0.6, allowed: Allowed = None) -> list[tuple[int, ...]]:
        """Groups of keys whose texts share so much of their grams, directly or through another of the group."""
        return near_groups(self.snapshot(), threshold, allowed)

    def near_pairs(self, threshold: float = 0.6, allowed: Allowed = None) -> list[Near]:
        """The pairs themselves, each with the part of their grams that both have."""
        return near_pairs(self.snapshot(), threshold, allowed)

    def keys(self) -> list[int]:
        """The keys of all texts that are told."""
        return self.snapshot().living()

    @property
    def mark(self) -> int:
        return self.snapshot().manifest.mark

    def snapshot(self) -> Snapshot:
        """The store as it is now, opened again only when it changed."""
        seen = self.seen
        if seen is None or seen[0] != manifest_text(self.folder):
            seen = self.seen = snapshot(self.folder)
        return seen[1]


def compared(text: str | Normalised) -> Normalised:
    """A text in the form that is compared, if it is not in it already."""
    return normalised(text) if isinstance(text, str) else text


def question_of(text: str | Normalised, least: int) -> Normalised:
    """The text as it is asked."""
    if least < SHORTEST:
        raise ValueError(f"runs below {SHORTEST} characters are not known")
    asked = compared(text)
    if asked.units.size > LONGEST_QUESTION:
        raise ValueError(f"a text in question has at most {LONGEST_QUESTION} characters")
    return asked


def to_merge(parts: tuple[Part, ...], *, whole: bool) -> list[Part]:
    """The segments that are worth writing again: those that are not much larger than all smaller ones together, and
    those of whose texts more than one in so many is dead."""
    merging: list[Part] = []
    smaller: list[Part] = []
    for part in sorted(parts, key=lambda part: part.units):
        smaller.append(part)
        rest = sum(other.units for other in smaller[:-1])
        settled = part.units >= SETTLED * rest or part.units > LARGEST // 2
        if whole or not settled or len(part.dead) * SETTLED > part.texts:
            merging += smaller
            smaller = []
    if len(merging) == 1 and not merging[0].dead:
        return []
    return merging
