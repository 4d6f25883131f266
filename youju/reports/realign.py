"""Where figures that went out stand in a text that has no tags for them: found by their words, their kind and their order.

Pure. First what stands to the letter between the same words; then, of the numbers that are read in the text, the one that
asks the same figure between the most alike words. A number is given to one figure only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from youju.figures.match import match
from youju.prose.claims import Claim
from youju.prose.quantities import quantities
from youju.reports.sent import AROUND, Sent, around

CLOSE = 8  # characters on each side that make a place certain
FEWEST = 4  # with less around it a number could stand anywhere
ALIKE = 0.5  # of the pairs of characters around, where the kind of the number does not say it
MOST = 3000  # numbers of a text that are looked at; a text made to hurt has more
DIGITS = frozenset("0123456789０１２３４５６７８９.〇零一二两三四五六七八九十百千万")

Place = tuple[int, int]


@dataclass(frozen=True)
class _Number:
    claim: Claim
    figures: frozenset[str]
    pairs: frozenset[str]
    rank: float


def realigned(
    text: str, sent: Sequence[Sent], claims: Sequence[Claim], taken: Iterable[Place] = ()
) -> list[Place | None]:
    """For each of ``sent`` its place in the text, or None where it is gone. ``taken`` belongs to others."""
    used = list(taken)
    places: list[Place | None] = []
    packed = Packed(text)
    for one in sent:
        place = _to_the_letter(packed, one, used)
        places.append(place)
        if place:
            used.append(place)
    numbers = _numbers(text, [claim for claim in claims if not _within((claim.start, claim.end), used)][:MOST])
    ranked = [
        (score, -abs(number.rank - at / (len(sent) or 1)), at, place)
        for at, one in enumerate(sent)
        if places[at] is None
        for place, number in enumerate(numbers)
        if (score := _score(one, number)) > 0
    ]
    given: set[int] = set()
    for _, _, at, chosen in sorted(ranked, reverse=True):
        if places[at] is None and chosen not in given:
            places[at] = (numbers[chosen].claim.start, numbers[chosen].claim.end)
            given.add(chosen)
    return places


def same_amount(was: str, now: str) -> bool:
    """20次 and 二十次: the same amount of the same measure, however it is written."""
    a, b = ([(q.relation, q.value, q.value_max, q.unit) for q in quantities(text)] for text in (was, now))
    return bool(a) and a == b


class Packed:
    """A text without spaces, from which places lead back: an office program may put a space or a break anywhere."""

    def __init__(self, text: str) -> None:
        self._places = [at for at, sign in enumerate(text) if not sign.isspace()]
        self.text = "".join(text[at] for at in self._places)

    def find(self, words: str, start: int = 0) -> int:
        return self.text.find(words, start)

    def place(self, start: int, length: int) -> Place:
        return self._places[start], self._places[start + length - 1] + 1

    def places(self, words: str) -> Iterable[Place]:
        """Everywhere the words stand."""
        words = "".join(words.split())
        at = self.find(words) if words else -1
        while at >= 0:
            yield self.place(at, len(words))
            at = self.find(words, at + len(words))


def _to_the_letter(packed: Packed, one: Sent, used: Sequence[Place]) -> Place | None:
    words = "".join(one.text.split())
    before, after = one.before[-CLOSE:], one.after[:CLOSE]
    if not words or len(before) + len(after) < FEWEST:
        return None
    at = packed.find(before + words + after)
    while at >= 0:
        place = packed.place(at + len(before), len(words))
        cut = not before and at > 0 and packed.text[at - 1] in DIGITS  # 2次 in 12次
        if not cut and not _within(place, used):
            return place
        at = packed.find(before + words + after, at + 1)
    return None


def _numbers(text: str, claims: Sequence[Claim]) -> list[_Number]:
    found = []
    for place, claim in enumerate(claims):
        start = text.rfind("\n", 0, claim.start) + 1
        end = text.find("\n", claim.end)
        line = text[max(start, claim.start - 4 * AROUND) : end if end >= 0 else len(text)]
        begin = claim.start - max(start, claim.start - 4 * AROUND)
        before, after = around(line, begin, begin + claim.end - claim.start)
        figures = frozenset(figure.id for figure in match(claim))
        found.append(_Number(claim, figures, _pairs(before, after), place / len(claims)))
    return found


def _score(one: Sent, number: _Number) -> float:
    """0 where it cannot be the same: a number that asks another figure is another number."""
    claim = number.claim
    asks = not one.typed and one.figure in number.figures
    pairs = _pairs(one.before, one.after)
    shared = 2 * len(pairs & number.pairs) / (len(pairs) + len(number.pairs) or 1)
    if not asks and ((number.figures and not one.typed) or shared < ALIKE):
        return 0
    return 2 * asks + 2 * shared + (0.5 if claim.text == one.text else 0.25 if same_amount(one.text, claim.text) else 0)


def _pairs(before: str, after: str) -> frozenset[str]:
    return frozenset(
        side + words[at : at + 2] for side, words in (("<", before), (">", after)) for at in range(len(words) - 1)
    )


def _within(place: Place, used: Iterable[Place]) -> bool:
    return any(place[0] < end and start < place[1] for start, end in used)
