"""What the pages of the library show: one frozen dataclass a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from youju.journal.queries import lines_of
from youju.journal.values import Owner
from youju.kit.zone import start_of
from youju.library.cleaning.words import WORDS
from youju.library.documents.queries import Shown, last_before, may_have_file, shown_many, shown_to, visible_to
from youju.library.documents.values import Section
from youju.library.entitlements.queries import left_to_open
from youju.library.entitlements.values import Reader
from youju.library.models import Copy, Document, Mark, Removal
from youju.library.passages.variants import variants_of
from youju.library.removals.queries import removed_from
from youju.library.search.asked import Asked
from youju.library.search.names import GENRES_ZH, SECTORS_ZH
from youju.library.search.queries import find, marks_in, parsed, snippet_in
from youju.library.search.values import Query
from youju.people.roles.rules import Right
from youju.prose.claims import read
from youju.study.cards.queries import Standing, card_in
from youju.web.library.asking import Chip, Facet, address_of, asked_in, chips_of, facets_of
from youju.web.library.reader import account, circles, may_change, may_manage, reader, rights_anywhere
from youju.web.library.saving import SavedRow, rows_of
from youju.web.shared import clock
from youju.web.shared.fields import number_in
from youju.web.shared.marking import cut, marked
from youju.web.shared.navigation import address

PER_PAGE = 20
LAST_PAGE = 500
PREVIEW_CHARACTERS = 420
TREE_LINES = 9
NUMBERS_TOLD = 4
MOST_MARKS = 20


@dataclass(frozen=True)
class Row:
    """One hit: its title and its sentence with the words marked, and where that stands."""

    shown: Shown
    title: SafeString
    snippet: SafeString
    section: str
    genre: str
    cleaned: int
    url: str
    preview_url: str
    selected: bool
    variants: tuple[Variant, ...]


@dataclass(frozen=True)
class Variant:
    """A near-duplicate of a hit."""

    title: str
    url: str


@dataclass(frozen=True)
class Variants:
    """Of the hits of a page their near-duplicates; ``followers`` are hits that one before them stands for."""

    of: Mapping[int, tuple[Variant, ...]]
    followers: frozenset[int]


@dataclass(frozen=True)
class IndexPage:
    asked: Asked
    address: str
    rows: tuple[Row, ...]
    total: int
    seconds: float
    said: tuple[str, ...]
    facets: tuple[Facet, ...]
    chips: tuple[Chip, ...]
    page: int
    pages: int
    saved: tuple[SavedRow, ...]
    preview: PreviewCard | None
    today: int
    add_url: str
    may_manage: bool

    @property
    def before(self) -> int:
        return self.page - 1

    @property
    def after(self) -> int:
        return self.page + 1

    @property
    def empty_library(self) -> bool:
        return not self.total and not self.asked.words and not self.asked.filtered


@dataclass(frozen=True)
class TreeLine:
    section: Section
    hit: bool

    @property
    def characters(self) -> int:
        return self.section.end - self.section.start


@dataclass(frozen=True)
class PreviewCard:
    """The part of a document in which the words stand, its section tree, and what to do with it."""

    shown: Shown
    part: SafeString
    tree: tuple[TreeLine, ...]
    section: str
    genre: str
    start: int
    end: int
    address: str
    numbers: tuple[str, ...]
    idea_url: str


def index_page(request: HttpRequest) -> IndexPage:
    eyes = reader(request)
    asked = asked_in(request.GET)
    page = number_in(request.GET.get("page"), otherwise=1, most=LAST_PAGE) or 1
    began = perf_counter()
    found = find(eyes, asked, offset=(page - 1) * PER_PAGE, limit=PER_PAGE, on=clock.today())
    seconds = perf_counter() - began
    opened = number_in(request.GET.get("open"), otherwise=0, most=10**9)
    shown = shown_many(eyes, [hit.document for hit in found.hits])
    order = [shown[hit.document] for hit in found.hits if hit.document in shown]
    chosen = next((one for one in order if one.document.pk == opened), order[0] if order else None)
    query_string = address_of(asked)
    # What was taken off may have stood in what is kept from him.
    cleaned = _cleaned([one.document.pk for one in order if one.whole])
    others = _variants(eyes, order)
    first = [one for one in order if one.document.pk not in others.followers]
    rows = tuple(_row(one, found.query, query_string, cleaned, chosen, request, others) for one in first)
    return IndexPage(
        asked=asked, address=query_string, rows=rows, total=found.total, seconds=seconds, said=found.query.said,
        facets=tuple(facets_of(request, asked, found)), chips=tuple(chips_of(request, asked)), page=page,
        pages=min(-(-found.total // PER_PAGE), LAST_PAGE), saved=tuple(rows_of(request)),
        preview=_preview(chosen, found.query, query_string, writes=_writes(request)) if chosen else None, today=_today(request),
        add_url=address("library:add") if circles(request) else "", may_manage=may_manage(request),
    )  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One line of the text; ``level`` 0 is no heading. ``start`` is its place, to which the tree leads."""

    start: int
    text: SafeString
    level: int


@dataclass(frozen=True)
class CopyLine:
    copy: Copy
    may_have: bool


@dataclass(frozen=True)
class Taken:
    """Something cleaned off or marked: its kind, its words, and for what was taken off whether it was put back."""

    pk: int
    kind: str
    text: str
    put_back: bool = False


@dataclass(frozen=True)
class DocumentPage:
    """One document as this reader has it. ``removals`` only for who keeps it; ``marks`` the first, and ``more_marks`` how
    many others there are; ``left`` documents his codes still open."""

    shown: Shown
    body: tuple[Line, ...]
    genre: str
    sector: str
    copies: tuple[CopyLine, ...]
    removals: tuple[Taken, ...]
    marks: tuple[Taken, ...]
    more_marks: int
    may_change: bool
    left: int
    back: str
    idea_url: str
    study_url: str  # to register it as a study text; empty for who keeps no ledger
    card: Standing | None  # of 学以致用, where it is one
    traces: tuple[Any, ...]


def document_page(request: HttpRequest, document_id: int) -> DocumentPage:
    eyes = reader(request)
    shown = shown_to(eyes, document_id)
    document = shown.document
    asked = asked_in(request.GET)
    changes = may_change(request, document)
    files = may_have_file(shown, eyes)
    tail = address_of(asked)
    marks = tuple(_marks(shown))
    return DocumentPage(
        shown=shown, body=_marked_up(shown, parsed(asked, on=clock.today())), genre=GENRES_ZH.get(document.genre, ""),
        sector=SECTORS_ZH.get(document.sector, ""),
        copies=tuple(CopyLine(copy, files and copy.file_id is not None) for copy in document.copies.order_by("pk")),
        removals=tuple(_removals(document, eyes)) if changes else (), marks=marks[:MOST_MARKS], more_marks=max(0, len(marks) - MOST_MARKS), may_change=changes,
        # Only who could open it learns that there is more.
        left=0 if shown.whole or not document.has_restricted else left_to_open(account(request), on=clock.today()),
        back=f"?{tail}" if tail else "",
        idea_url=f"{reverse('report:idea')}?document={document.pk}" if _writes(request) else "",
        study_url=f"{reverse('ledger:source_new')}?document={document.pk}" if _keeps_ledger(request) else "",
        card=card_in(document.pk),
        traces=tuple(lines_of(Owner("library", "document", document.pk))) if changes else (),
    )  # fmt: skip


def preview_page(request: HttpRequest, document_id: int) -> PreviewCard:
    asked = asked_in(request.GET)
    return _preview(
        shown_to(reader(request), document_id),
        parsed(asked, on=clock.today()),
        address_of(asked),
        writes=_writes(request),
    )


def _row(
    shown: Shown,
    query: Query,
    address: str,
    cleaned: Mapping[int, int],
    chosen: Shown | None,
    request: HttpRequest,
    others: Variants,
) -> Row:
    document = shown.document
    snippet = snippet_in(query, shown)
    sent = request.GET.copy()
    sent["open"] = str(document.pk)
    tail = f"?{address}" if address else ""
    return Row(
        shown=shown, title=marked(document.title, marks_in(query, document.title, place="title")),
        snippet=cut(shown.text, snippet.start, snippet.end, snippet.marks), section=snippet.section.heading if snippet.section else "",
        genre=GENRES_ZH.get(document.genre, ""), cleaned=cleaned.get(document.pk, 0),
        url=reverse("library:document", args=[document.pk]) + tail, preview_url=f"?{sent.urlencode()}",
        selected=chosen is not None and chosen.document.pk == document.pk,
        variants=others.of.get(document.pk, ()),
    )  # fmt: skip


def _preview(shown: Shown, query: Query, address: str, *, writes: bool) -> PreviewCard:
    snippet = snippet_in(query, shown)
    here = snippet.section
    start, end = (here.start, here.end) if here else (snippet.start, len(shown.text))
    # Of a long section the part begins at the sentence in which the words stand.
    if snippet.start - start > PREVIEW_CHARACTERS // 2:
        start = snippet.start
    end = min(end, start + PREVIEW_CHARACTERS)
    marks = [(max(a, start), min(b, end)) for a, b in marks_in(query, shown.text) if a < end and b > start]
    tree = _around([TreeLine(one, one.start <= snippet.start < one.end) for one in shown.sections if one.level <= 2])
    part = shown.text[start:end]
    taken = urlencode({"document": shown.document.pk, "start": start, "end": end})
    return PreviewCard(
        shown=shown, part=marked(part, [(a - start, b - start) for a, b in marks]), tree=tuple(tree),
        section=here.heading if here else "", genre=GENRES_ZH.get(shown.document.genre, ""), start=start, end=end,
        address=f"?{address}" if address else "", numbers=_numbers_in(part),
        idea_url=f"{reverse('report:idea')}?{taken}" if writes else "",
    )  # fmt: skip


def _numbers_in(part: str) -> tuple[str, ...]:
    """The first numbers of somebody else's work in a passage, as they are written there."""
    said = [claim.text for claim in read(part) if claim.class_ != "none"]
    return tuple(dict.fromkeys(said))[:NUMBERS_TOLD]


def _around(tree: list[TreeLine]) -> list[TreeLine]:
    """As much of a long tree as fits beside the list, with the place of the words in it."""
    hit = next((at for at, line in enumerate(tree) if line.hit), 0)
    first = max(0, min(hit - TREE_LINES // 3, len(tree) - TREE_LINES))
    return tree[first : first + TREE_LINES]


def _marked_up(shown: Shown, query: Query) -> tuple[Line, ...]:
    """The whole text line by line, headings known by the section tree, words marked."""
    # A heading that a sentence follows in the same line is no line of its own.
    alone = {one.start: one.level for one in shown.sections if _line_at(shown.text, one.start) == one.heading}
    marks = marks_in(query, shown.text)
    lines, at, first = [], 0, 0
    for text in shown.text.split("\n"):
        end = at + len(text)
        while first < len(marks) and marks[first][1] <= at:
            first += 1
        here = [(max(a, at) - at, min(b, end) - at) for a, b in _until(marks, first, end)]
        if text.strip():
            lines.append(Line(at, marked(text, here), alone.get(at, 0)))
        at = end + 1
    return tuple(lines)


def _line_at(text: str, start: int) -> str:
    end = text.find("\n", start)
    return text[start : end if end >= 0 else len(text)].strip()


def _until(marks: Sequence[tuple[int, int]], first: int, end: int) -> Iterator[tuple[int, int]]:
    for start, stop in marks[first:]:
        if start >= end:
            return
        yield start, stop


def _removals(document: Document, eyes: Reader) -> Iterator[Taken]:
    for one in removed_from(document, eyes):
        yield Taken(one.removal.pk, _kind(one.removal.kind), one.words.strip(), one.is_back)


def _marks(shown: Shown) -> Iterator[Taken]:
    """Marks stand in the whole text; those in what the reader does not have are not told."""
    for row in Mark.objects.filter(document_id=shown.document.pk):
        if shown.reading.holds(row.start, row.end):
            start = shown.reading.from_whole(row.start)
            yield Taken(row.pk, _kind(row.kind), shown.text[start : start + row.end - row.start])


def _kind(kind: str) -> str:
    """What was cleaned off or marked, in Chinese."""
    return WORDS.removals.get(kind) or WORDS.marks.get(kind, kind)


def _cleaned(ids: Sequence[int]) -> dict[int, int]:
    rows = Removal.objects.filter(document_id__in=ids, put_back_at__isnull=True).exclude(kind="marker")
    return dict(rows.values_list("document_id").annotate(many=Count("pk")))


def _keeps_ledger(request: HttpRequest) -> bool:
    return Right.WRITE_RECORDS in rights_anywhere(request)


def _writes(request: HttpRequest) -> bool:
    """Whether he has a report to write into."""
    return Right.WRITE_DRAFTS in rights_anywhere(request)


def _variants(eyes: Reader, order: Sequence[Shown]) -> Variants:
    """Near-duplicates are one result: the first of them on the page, with the others named below it."""
    near = variants_of(eyes, [one.document.pk for one in order])
    followers: set[int] = set()
    for one in order:
        if one.document.pk not in followers:
            followers.update(near.get(one.document.pk, ()))
    titles = dict(
        visible_to(eyes).filter(pk__in={pk for many in near.values() for pk in many}).values_list("pk", "title")
    )
    told = {
        pk: tuple(
            Variant(titles[other], reverse("library:document", args=[other])) for other in many if other in titles
        )
        for pk, many in near.items()
    }
    return Variants(told, frozenset(followers))


def _today(request: HttpRequest) -> int:
    return visible_to(reader(request)).filter(pk__gt=last_before(start_of(clock.today()))).count()
