"""相似: which stretches of a report stand in the library too, or in a report handed in that its reader may read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from youju.accounts.models import User
from youju.library.passages.asking import Asker, asker, has_texts
from youju.library.passages.queries import find_passages
from youju.library.passages.values import Alike, Aside, Passage, Place, Source, counted
from youju.people.models import Unit
from youju.reports.drafts.values import Sheet, SheetPassage
from youju.reports.outline import fixed_words
from youju.web.report.marks import Paragraph, Spot, paragraphs
from youju.web.shared import clock

MOST_SOURCES = 8
MOST_CARDS = 200  # a text made to hurt has thousands, and no person reads them
MOST_ASIDE = 30
LONGEST = 60  # characters of a passage that are shown in its card


@dataclass(frozen=True)
class Line:
    """One source of a passage."""

    title: str
    url: str
    year: int | None
    note: str


@dataclass(frozen=True)
class Card:
    """One passage with its sources, the likely origin first."""

    id: str
    quote: str
    length: int
    sources: tuple[Line, ...]
    more: int
    on: bool


@dataclass(frozen=True)
class AlikePanel:
    """``everything``: titles, names and formulas are listed as well. ``aside`` are the words that were not, as many as
    are shown, and ``more_aside`` how many others there are."""

    summary: str
    cards: tuple[Card, ...]
    unlisted: int
    set_aside: str
    aside: tuple[str, ...]
    more_aside: int
    everything: bool
    passages: tuple[Passage, ...]

    @property
    def query(self) -> str:
        return "tab=alike&all=1" if self.everything else "tab=alike"

    @property
    def chosen(self) -> str:
        return next((card.id for card in self.cards if card.on), "")

    def spots(self) -> Iterator[Spot]:
        """Where the passages of the cards stand."""
        for card, passage in zip(self.cards, self.passages, strict=False):
            yield Spot(passage.start, passage.end, card.id, "f")


@dataclass(frozen=True)
class AlikePage:
    """A report that was handed in, with its passages in place of its claims."""

    unit: Unit
    name: str
    own: bool
    inside: bool
    paragraphs: tuple[Paragraph, ...]
    alike: AlikePanel


@dataclass(frozen=True)
class Stretch:
    """A part of a paragraph; ``key`` where it belongs to a passage, ``first`` where that begins."""

    text: str
    key: str = ""
    first: bool = False


def asking_for(request: HttpRequest, *, apart: int | None) -> Asker:
    """``apart``: the submission that the report itself is."""
    assert isinstance(request.user, User)
    return asker(request.user, on=clock.today(), apart=apart)


def can_compare(request: HttpRequest, *, apart: int | None) -> bool:
    """Whether there is anything to compare with; else the page says nothing of it."""
    return has_texts(asking_for(request, apart=apart))


def alike_panel(request: HttpRequest, text: str, *, apart: int | None, chosen: str, everything: bool) -> AlikePanel:
    asking = asking_for(request, apart=apart)
    found = find_passages(asking, text, everything=everything, cap=MOST_SOURCES, outlines=fixed_words())
    passages = found.passages[:MOST_CARDS]
    words = _words(text, found)
    return AlikePanel(
        summary=found.summary,
        cards=tuple(_card(f"l{n}", text, passage, chosen) for n, passage in enumerate(passages, 1)),
        unlisted=len(found.passages) - len(passages),
        set_aside=counted(found.aside),
        aside=words[:MOST_ASIDE],
        more_aside=max(0, len(words) - MOST_ASIDE),
        everything=everything,
        passages=passages,
    )


def alike_page(
    request: HttpRequest, *, unit: Unit, text: str, name: str, submission: int, everything: bool
) -> AlikePage:
    panel = alike_panel(request, text, apart=submission, chosen="", everything=everything)
    marked = tuple(paragraphs(text, list(panel.spots())))
    return AlikePage(unit, name, own=False, inside=False, paragraphs=marked, alike=panel)


def stretches(sheet: Sheet, panel: AlikePanel) -> Iterator[tuple[SheetPassage, tuple[Stretch, ...]]]:
    """Each paragraph of a draft cut where passages begin and end; one passage may go through several."""
    spots = list(panel.spots())
    at = len(sheet.title) + len(sheet.byline) + 2
    linked: set[str] = set()
    for passage in sheet.passages:
        end = at + len(passage.text)
        here = [spot for spot in spots if spot.start < end and at < spot.end]
        parts, done = [], at
        for spot in here:
            start, stop = max(spot.start, at), min(spot.end, end)
            parts += [Stretch(sheet.text[done:start])] if done < start else []
            parts.append(Stretch(sheet.text[start:stop], spot.id, spot.id not in linked))
            linked.add(spot.id)
            done = stop
        parts += [Stretch(sheet.text[done:end])] if done < end else []
        yield passage, tuple(parts)
        at = end + 1


def _card(id: str, text: str, passage: Passage, chosen: str) -> Card:
    quote = " ".join(text[passage.start : passage.end].split())
    several = passage.texts > 1
    return Card(
        id=id,
        quote=quote if len(quote) <= LONGEST else f"{quote[:LONGEST]}……",
        length=passage.length,
        sources=tuple(
            _line(place, passage, earliest=several and not n and place.source.year is not None)
            for n, place in enumerate(passage.places)
        ),
        more=passage.unlisted,
        on=id == chosen,
    )


def _line(place: Place, passage: Passage, *, earliest: bool) -> Line:
    source = place.source
    part = f"{place.length} 字" if place.length < passage.length else ""
    whose = f"{source.unit}报送" if source.document is None else source.origin
    note = "　".join(word for word in ("最早" if earliest else "", part, whose) if word)
    return Line(source.title, _url(source), source.dated.year if source.dated else source.year, note)


def _url(source: Source) -> str:
    if source.document is not None:
        return reverse("library:document", args=[source.document])
    return reverse("report:handed", args=[source.submission])


def _words(text: str, found: Alike) -> tuple[str, ...]:
    """What was set aside, each once."""

    def said(one: Aside) -> str:
        return " ".join(text[one.start : one.end].split())

    return tuple(dict.fromkeys(map(said, found.aside)))
