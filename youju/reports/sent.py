"""What went out: a copy of a report as its words, and each figure in it with the words around.

Pure: by these values a file that came back is recognised and compared, whether its tags are left or not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from youju.prose.claims import read

AROUND = 16  # characters on each side by which a figure is found again
COUNTED = ("work", "state")  # claims of what was done and how many there are; plans and rules are not compared
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Sent:
    """A figure as it went out, or words of a ``record``. ``key`` is its tag without the proof, which follows the ledger;
    a number that was typed has none. ``before`` and ``after`` are of its own paragraph, without spaces."""

    key: str
    figure: str
    text: str
    record: str = ""
    before: str = ""
    after: str = ""

    @property
    def typed(self) -> bool:
        return not self.key


Stretch = tuple[str, Sent | None]


@dataclass(frozen=True)
class Copy:
    """One copy: ``name`` says which, ``paragraphs`` are its title, byline and passages in stretches, ``signs`` the names
    under which it went out."""

    name: str
    paragraphs: tuple[tuple[Stretch, ...], ...]
    signs: tuple[str, ...] = ()

    @cached_property
    def lines(self) -> tuple[str, ...]:
        return tuple("".join(text for text, _ in stretches) for stretches in self.paragraphs)

    @cached_property
    def text(self) -> str:
        return "\n".join(self.lines)

    @cached_property
    def sent(self) -> tuple[Sent, ...]:
        """Everything that can be looked for in a file: figures, words of records, and the numbers that were typed."""
        return tuple(self._sent())

    def _sent(self) -> Iterator[Sent]:
        taken: list[tuple[int, int]] = []
        found: list[tuple[int, Sent]] = []
        at = 0
        for line, stretches in zip(self.lines, self.paragraphs, strict=True):
            begin = at
            for text, sent in stretches:
                if sent is not None:
                    taken.append((at, at + len(text)))
                    found.append((at, _placed(sent, line, at - begin, at - begin + len(text))))
                at += len(text)
            at += 1
        for claim in read(self.text):
            if claim.class_ in COUNTED and not any(claim.start < b and a < claim.end for a, b in taken):
                start = self.text.rfind("\n", 0, claim.start) + 1
                line = self.text[start:].partition("\n")[0]
                name = f"手写的数字（{claim.activity}）" if claim.activity else "手写的数字"
                typed = Sent("", name, claim.text)
                found.append((claim.start, _placed(typed, line, claim.start - start, claim.end - start)))
        yield from (sent for _, sent in sorted(found, key=lambda pair: pair[0]))


def _placed(sent: Sent, line: str, start: int, end: int) -> Sent:
    before, after = around(line, start, end)
    return replace(sent, before=before, after=after)


def around(line: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and after a place of a paragraph, without spaces."""
    return squeezed(line[max(0, start - 2 * AROUND) : start])[-AROUND:], squeezed(line[end : end + 2 * AROUND])[:AROUND]


def squeezed(text: str) -> str:
    return _SPACE.sub("", text)


def copy_of(name: str, head: Iterable[str], paragraphs: Iterable[Iterable[Stretch]], signs: Iterable[str] = ()) -> Copy:
    """``head`` are the lines above the text: title and byline."""
    lines = (*(((line, None),) for line in head), *(tuple(stretches) for stretches in paragraphs))
    return Copy(name, lines, tuple(sign for sign in signs if sign))
