"""Which lines a publisher put there: around the text, and where there can be no doubt also within it.

Only whole lines, and the last sentences of the last line. An author writes of 微信群, 公众号, 会员 and 资料库 too: one
word is never enough.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from youju.library.cleaning.words import WORDS, any_of
from youju.library.documents.values import Span, Taken

LONGEST = 300  # no advertisement is longer; a longer line is a paragraph
LAST_SENTENCES = 8
OWN_LINES = 3  # this many lines of the author's end the search from an edge
SAID_ENOUGH = 2  # who speaks to a buyer and says so many such things at once is selling
TITLES = 2  # a title stands on one line or on two
TITLE_CHARACTERS = range(4, 81)

_HINTS = WORDS.hints
_EDGE_HINTS = (*WORDS.hints, *WORDS.edge_hints)
_LEADS, _NAMES = any_of(WORDS.adverts.leads), any_of(WORDS.adverts.names)
_OFFERS, _ASKS = any_of(WORDS.adverts.offers), any_of(WORDS.adverts.asks)
_BOASTS = any_of(WORDS.adverts.boasts)
_SURE_ADVERT, _EDGE_ADVERT = any_of(WORDS.adverts.surely), any_of(WORDS.adverts.at_the_edge)
_SURE_PUBLISHER, _EDGE_PUBLISHER = any_of(WORDS.publishers.surely), any_of(WORDS.publishers.at_the_edge)
_HEAD_PUBLISHER, _BEHIND_TITLE = any_of(WORDS.publishers.at_the_head), any_of(WORDS.publishers.behind_a_title)
_CONTACT = any_of(WORDS.contacts)
_BARE_SITE = re.compile(r"(?:https?://|www\.)[^\s\u4e00-\u9fff]{4,200}", re.IGNORECASE)
_OFFICIAL = re.compile(r"\.(?:gov|edu|mil)\.cn|12371\.cn|xuexi\.cn", re.IGNORECASE)
_REST_ELSEWHERE = any_of(WORDS.truncated)
_HEADING = re.compile(r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、]")
_SENTENCE_END = re.compile(r"[。！？!?](?:[”’）)】》]{0,3})")
_WRAPS = " \t\u3000"


class Lines:
    """The lines of a text in which anything stands: where each begins, and its words."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts: list[int] = []
        self.words: list[str] = []
        at = 0
        for line in text.split("\n"):
            words = line.strip(_WRAPS)
            if words:
                self.starts.append(at)
                self.words.append(words)
            at += len(line) + 1

    def whole(self, number: int) -> Span:
        """The line with its line end; of a last line without one, the line."""
        start = self.starts[number]
        end = self.text.find("\n", start)
        return Span(start, len(self.text) if end < 0 else end + 1)

    def at(self, offset: int) -> int:
        return bisect_right(self.starts, offset) - 1


def publisher_lines(text: str) -> list[Taken]:
    """What is taken off, in order, no two touching the same character."""
    lines = Lines(text)
    kinds = _around(lines)
    for number in _hinted(lines):
        if number not in kinds and (kind := surely(lines.words[number])):
            kinds[number] = kind
    own = _own(lines, kinds)
    for number in _titles_again(lines, own):
        kinds[number] = "repeated_title"
    found = [Taken(kind, (place := lines.whole(number)).start, place.end) for number, kind in kinds.items()]
    if own:
        found.extend(_behind_title(lines, own[0]))
        last = next(number for number in range(len(lines.words) - 1, -1, -1) if number not in kinds)
        found.extend(_last_sentences(lines, last))
    return sorted(found, key=lambda one: one.start)


def surely(line: str) -> str:
    """publisher, advert or nothing, whatever stands around the line."""
    if len(line) > LONGEST:
        return ""
    return "" if (kind := _surely(line)) and _REST_ELSEWHERE.search(line) else kind


def _surely(line: str) -> str:
    if _SURE_PUBLISHER.search(line):
        return "publisher"
    if _SURE_ADVERT.search(line):
        return "advert"
    if not _OFFERS.search(line) or not _begins_as_advert(line):
        return ""
    asks = len({found[0] for found in _ASKS.finditer(line)})
    said = asks + len({found[0] for found in _BOASTS.finditer(line)})
    if _LEADS.search(line):
        return "advert" if said else ""
    if _NAMES.search(line):
        return "advert" if asks and said >= SAID_ENOUGH else ""
    return "advert" if asks >= SAID_ENOUGH and said > SAID_ENOUGH else ""


def _begins_as_advert(line: str) -> bool:
    """Whether its first sentence is of it too; else an author's line has an advertisement at its end."""
    first = _SENTENCE_END.search(line)
    if first is None or first.end() == len(line):
        return True
    offers = _OFFERS.search(line, 0, first.end())
    return bool(offers and (_LEADS.search(line, 0, first.end()) or _ASKS.search(line, 0, first.end())))


def _at_an_edge(line: str, *, head: bool) -> str:
    if len(line) > LONGEST or not any(hint in line for hint in _EDGE_HINTS):
        return ""
    kind = _surely(line) or _there(line, head=head)
    return "" if kind and _REST_ELSEWHERE.search(line) else kind


def _there(line: str, *, head: bool) -> str:
    if _EDGE_PUBLISHER.search(line) or (head and _HEAD_PUBLISHER.search(line)):
        return "publisher"
    if _EDGE_ADVERT.search(line) or (
        (_LEADS.search(line) or (_OFFERS.search(line) and _NAMES.search(line)))
        and _ASKS.search(line)
        and _begins_as_advert(line)
    ):
        return "advert"
    return "contact" if _BARE_SITE.fullmatch(line) and not _OFFICIAL.search(line) else ""


def _around(lines: Lines) -> dict[int, str]:
    """The publisher's lines at the head and at the foot, past a few lines of the author's."""
    kinds: dict[int, str] = {}
    count = len(lines.words)
    for head, numbers in ((True, range(count)), (False, range(count - 1, -1, -1))):
        own = 0
        here: dict[int, str] = {}
        contacts: list[int] = []
        for number in numbers:
            if number in kinds:
                break
            line = lines.words[number]
            if kind := _at_an_edge(line, head=head and number > 0):
                here[number] = kind
            elif len(line) <= LONGEST and _CONTACT.fullmatch(line) and not _OFFICIAL.search(line):
                contacts.append(number)
            else:
                own += 1
                if own == OWN_LINES:
                    break
        if any(kind != "contact" for kind in here.values()):  # alone, it may be whom to call about a notice
            here.update(dict.fromkeys(contacts, "contact"))
        kinds.update(here)
    return kinds


def _hinted(lines: Lines) -> Iterator[int]:
    seen: set[int] = set()
    for hint in _HINTS:
        at = lines.text.find(hint)
        while at >= 0:
            number = lines.at(at)
            if number not in seen:
                seen.add(number)
                yield number
            end = lines.text.find("\n", at)
            at = lines.text.find(hint, end) if end >= 0 else -1


def _own(lines: Lines, kinds: dict[int, str]) -> list[int]:
    """The first few lines that are the author's, by number; enough to see a title again and again."""
    return [number for number in range(len(lines.words)) if number not in kinds]


def _titles_again(lines: Lines, own: list[int]) -> list[int]:
    for size in range(1, TITLES + 1):
        title = [_squeezed(lines.words[number]) for number in own[:size]]
        if len(title) < size or not all(_may_be_title(words) for words in title):
            return []
        again: list[int] = []
        at = size
        while [_squeezed(lines.words[number]) for number in own[at : at + size]] == title:
            again.extend(own[at : at + size])
            at += size
        if again:
            return again
    return []


def _may_be_title(words: str) -> bool:
    return len(words) in TITLE_CHARACTERS and words[-1] not in "。；，：、" and not _HEADING.match(words)


def _squeezed(words: str) -> str:
    return "".join(words.split())


def _behind_title(lines: Lines, number: int) -> Iterator[Taken]:
    words = lines.words[number]
    if (
        len(words) <= TITLE_CHARACTERS[-1]
        and (found := _BEHIND_TITLE.search(words))
        and found.start() >= TITLE_CHARACTERS[0]
    ):
        begin = lines.text.index(words, lines.starts[number])
        yield Taken("publisher", begin + found.start(), begin + found.end())


def _last_sentences(lines: Lines, number: int) -> Iterator[Taken]:
    """What was hung on to the author's last line: the longest end of it that begins as an advertisement does."""
    begin = lines.starts[number]
    line = lines.text[begin : lines.whole(number).end].rstrip("\n" + _WRAPS)
    ends = [0, *(found.end() for found in _SENTENCE_END.finditer(line, max(0, len(line) - 4 * LONGEST)))]
    if ends[-1] == len(line):
        ends.pop()
    cut, kind = len(line), ""
    for end in ends[:0:-1][:LAST_SENTENCES]:
        if said := surely(line[end:].strip(_WRAPS)):
            cut, kind = end, said
    if kind:
        yield Taken(kind, begin + cut, begin + len(line))
