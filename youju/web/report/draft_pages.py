"""The sheet of a draft as the template shows it: its figures with their lines, its findings, what can be done now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest

from youju.accounts.models import User
from youju.audit.drafts import DraftAudit, Noted, audit_draft
from youju.audit.values import Verdict
from youju.figures.catalogue import FIGURES
from youju.paper.writing import PRESETS, Preset
from youju.people.models import Unit
from youju.people.roles.rules import Right
from youju.reports.drafts.models import Alternative, Draft
from youju.reports.drafts.queries import Moved, asker_on, drafts_of, drift, sheet_of
from youju.reports.drafts.resolving import Asker
from youju.reports.drafts.rules import difference
from youju.reports.drafts.values import CitedWords, Drift, GapWords, Part, Sheet, SheetPassage, Status, ToldWords, shown
from youju.reports.outline import OUTLINES
from youju.reports.values import Told
from youju.web.report.alike import AlikePanel, stretches
from youju.web.report.draft_panel import DraftPanel, draft_panel
from youju.web.report.pages import Bar, bars_of, years_of
from youju.web.report.sources import told_urls
from youju.web.shared import clock

WAITING = (Verdict.NO_RECORDS, Verdict.VAGUE, Verdict.NOT_CHECKABLE)


@dataclass(frozen=True)
class Piece:
    """A stretch of the sheet: plain, cited, claim (typed), told, gap or same. ``line`` is how it is underlined; of a passage
    that stands elsewhere too, whether it begins here."""

    kind: str
    text: str
    line: str = ""
    key: str = ""
    url: str = ""


@dataclass(frozen=True)
class Beside:
    """另一种写法: the text of who saved second, and how it differs."""

    id: int
    who: str
    at: datetime
    text: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Block:
    passage: SheetPassage
    pieces: tuple[Piece, ...]
    beside: tuple[Beside, ...]


@dataclass(frozen=True)
class Entry:
    """A heading in the outline; ``line`` says whether something under it is to be looked at."""

    id: int
    text: str
    level: int
    length: int
    line: str
    to_see: int


@dataclass(frozen=True)
class Lost:
    """A passage that was deleted while somebody wrote in it."""

    version: int
    beside: tuple[Beside, ...]


@dataclass(frozen=True)
class DraftPage:
    draft: Draft
    status: Status
    sheet: Sheet
    blocks: tuple[Block, ...]
    outline: tuple[Entry, ...]
    bars: tuple[Bar, ...]
    panel: DraftPanel
    drifts: tuple[Drift, ...]
    lost: tuple[Lost, ...]
    grounded: int
    waiting: int
    wrong: int
    may_write: bool
    may_sign: bool
    may_hand_in: bool
    presets: tuple[Preset, ...]

    @property
    def ratio(self) -> str:
        return " : ".join(str(bar.percent) for bar in self.bars)


@dataclass(frozen=True)
class Listed:
    draft: Draft
    outline: str
    status: Status


@dataclass(frozen=True)
class ListPage:
    unit: Unit
    drafts: tuple[Listed, ...]
    years: tuple[int, ...]
    this_year: int
    outlines: tuple[tuple[str, str], ...]
    may_write: bool


def list_page(unit: Unit, *, rights: frozenset[Right], on: date) -> ListPage:
    return ListPage(
        unit=unit,
        drafts=tuple(Listed(draft, outline_name(draft.outline), Status(draft.status)) for draft in drafts_of(unit)),
        years=years_of(unit, on),
        this_year=on.year,
        outlines=tuple((outline.id, outline.zh) for outline in OUTLINES.values()),
        may_write=Right.WRITE_DRAFTS in rights,
    )


def outline_name(outline: str) -> str:
    return OUTLINES[outline].zh if outline in OUTLINES else outline


def panel_of_draft(
    request: HttpRequest, draft: Draft, *, rights: frozenset[Right], f: str, tab: str, k: str, everything: bool
) -> DraftPanel:
    """Only the panel, for a page that has the rest already."""
    sheet, asker = sheet_of(draft), asker_on(draft, clock.today())
    audit = audit_draft(draft, sheet, today=clock.today())
    moved = _moved(draft, asker)
    return draft_panel(
        request, draft, sheet, audit, moved, asker, rights=rights, f=f, tab=tab, k=k, everything=everything
    )


def draft_page(
    request: HttpRequest, draft: Draft, *, rights: frozenset[Right], f: str, tab: str, k: str, everything: bool
) -> DraftPage:
    sheet, asker = sheet_of(draft), asker_on(draft, clock.today())
    moved = _moved(draft, asker)
    audit = audit_draft(draft, sheet, today=clock.today())
    panel = draft_panel(
        request, draft, sheet, audit, moved, asker, rights=rights, f=f, tab=tab, k=k, everything=everything
    )
    beside, lost = _beside(draft, sheet)
    figured = _blocks(request, sheet, audit, moved, beside)
    blocks = _alike_blocks(sheet, panel.alike, beside) if panel.alike else figured
    lines = [piece.line for block in figured for piece in block.pieces if piece.kind in ("cited", "claim")]
    writing, final = draft.status == Status.DRAFT, draft.status == Status.FINAL
    return DraftPage(
        draft=draft,
        status=Status(draft.status),
        sheet=sheet,
        blocks=blocks,
        outline=tuple(_outline(figured)),
        bars=bars_of(sheet.shares()),
        panel=panel,
        drifts=tuple(found.drift for found in moved.values()),
        lost=lost,
        grounded=sum(line == "ok" for line in lines),
        waiting=sum(line == "q" for line in lines),
        wrong=sum(line == "x" for line in lines),
        may_write=writing and Right.WRITE_DRAFTS in rights,
        may_sign=(writing or final) and Right.SIGN_OFF in rights,
        may_hand_in=final and Right.HAND_IN in rights and draft.unit.parent_id is not None,
        presets=tuple(PRESETS.values()),
    )


def figure_names() -> tuple[str, ...]:
    """Every figure that a token may name."""
    return tuple(FIGURES)


def _moved(draft: Draft, asker: Asker) -> dict[int, Moved]:
    """By citation. What was handed in is past; nobody is asked to update it."""
    if draft.status == Status.HANDED_IN:
        return {}
    return {found.drift.citation_id: found for found in drift(draft, on=clock.today(), asker=asker)}


# -- the text ----------------------------------------------------------------------------------------------------------


def _blocks(
    request: HttpRequest,
    sheet: Sheet,
    audit: DraftAudit,
    moved: dict[int, Moved],
    beside: dict[int, tuple[Beside, ...]],
) -> tuple[Block, ...]:
    told = [w for passage in sheet.passages for w in passage.words if isinstance(w, ToldWords) and w.session_id]
    urls = told_urls(request, (Told(w.text, w.session_id or 0, w.number) for w in told))
    noted: defaultdict[int, list[Noted]] = defaultdict(list)
    for one in audit.noted:
        if one.passage_id is not None:
            noted[one.passage_id].append(one)
    gaps = 0
    blocks = []
    for passage in sheet.passages:
        pieces = []
        for piece in _pieces(passage, noted[passage.id], _right(passage, audit), moved, urls):
            gaps += piece.kind == "gap"
            pieces.append(piece if piece.kind != "gap" else Piece("gap", piece.text, key=f"g{gaps}"))
        blocks.append(Block(passage, tuple(pieces), beside.get(passage.id, ())))
    return tuple(blocks)


def _alike_blocks(sheet: Sheet, panel: AlikePanel, beside: dict[int, tuple[Beside, ...]]) -> tuple[Block, ...]:
    """The sheet with nothing marked but what stands elsewhere too."""
    return tuple(
        Block(
            passage,
            tuple(Piece("same" if one.key else "plain", one.text, "on" if one.first else "", one.key) for one in parts),
            beside.get(passage.id, ()),
        )
        for passage, parts in stretches(sheet, panel)
    )


def _right(passage: SheetPassage, audit: DraftAudit) -> list[tuple[int, int]]:
    """Where typed numbers stand that agree with the ledger."""
    begin, end = audit.places[passage.id]
    return [
        (judged.claim.start - begin, judged.claim.end - begin)
        for judged in audit.claims
        if judged.verdict is Verdict.MATCHES and begin <= judged.claim.start and judged.claim.end <= end
    ]


def _pieces(
    passage: SheetPassage,
    noted: list[Noted],
    right: list[tuple[int, int]],
    moved: dict[int, Moved],
    urls: dict[int, str],
) -> Iterator[Piece]:
    at = 0
    for word in passage.words:
        stop = at + len(shown(word))
        if isinstance(word, CitedWords):
            yield Piece("cited", word.text, _line_of(word, noted, moved), str(word.number))
        elif isinstance(word, GapWords):
            yield Piece("gap", word.text)
        elif isinstance(word, ToldWords):
            url = urls.get(word.session_id or 0, "")
            yield Piece("told" if url else "plain", word.text, url=url)
        else:
            yield from _plain(word, at, noted, right)
        at = stop


def _line_of(word: CitedWords, noted: list[Noted], moved: dict[int, Moved]) -> str:
    """Solid where it stands; dashed where the ledger moved or knows nothing; double where its sentence says another."""
    verdicts = {one.verdict for one in noted if one.citation == word}
    if Verdict.DIFFERS in verdicts and word.citation_id not in moved:
        return "x"
    return "q" if word.citation_id in moved or not word.known or verdicts & set(WAITING) else "ok"


def _plain(text: str, at: int, noted: list[Noted], right: list[tuple[int, int]]) -> Iterator[Piece]:
    """Plain words with what is marked in them; where two marks overlap the weightier stands, and of equals the first."""
    marks: list[tuple[int, int, str, str]] = []
    claims = [(n.start, n.end, "x" if n.verdict is Verdict.DIFFERS else "q", n.id) for n in noted if n.judged]
    found = [(n.start, n.end, "q", n.id) for n in noted if n.finding]
    for start, end, line, key in (*claims, *((a, b, "ok", "") for a, b in right), *found):
        start, end = max(start - at, 0), min(end - at, len(text))
        if start < end and all(end <= a or b <= start for a, b, _, _ in marks):
            marks.append((start, end, line, key))
    done = 0
    for start, end, line, key in sorted(marks):
        if done < start:
            yield Piece("plain", text[done:start])
        yield Piece("claim", text[start:end], line, key)
        done = end
    if done < len(text):
        yield Piece("plain", text[done:])


def _outline(blocks: tuple[Block, ...]) -> Iterator[Entry]:
    """Each heading with what stands up to the next heading of its level or above."""
    for index, block in enumerate(blocks):
        level = block.passage.level
        if not level:
            continue
        rest = blocks[index + 1 :]
        end = next((i for i, one in enumerate(rest) if 0 < one.passage.level <= level), len(rest))
        pieces = [piece for one in rest[:end] for piece in one.pieces]
        lines = [piece.line or ("q" if piece.kind == "gap" else "") for piece in pieces]
        yield Entry(
            id=block.passage.id,
            text=block.passage.text.partition("，")[0],
            level=level,
            length=sum(len(one.passage.text) for one in rest[:end]),
            line="x" if "x" in lines else "q" if "q" in lines else "",
            to_see=sum(line in ("x", "q") for line in lines),
        )


def _beside(draft: Draft, sheet: Sheet) -> tuple[dict[int, tuple[Beside, ...]], tuple[Lost, ...]]:
    """The second texts, by passage; those of deleted passages apart."""
    rows = list(Alternative.objects.filter(passage__draft=draft).select_related("passage").order_by("pk"))
    names = dict(User.objects.filter(pk__in={row.by_id for row in rows if row.by_id}).values_list("pk", "name"))
    found: defaultdict[int, list[Beside]] = defaultdict(list)
    versions = {}
    for row in rows:
        who = names.get(row.by_id or 0, "系统")
        parts = difference(row.passage.text, row.text)
        found[row.passage_id].append(Beside(row.pk, who, row.written_at, row.text, parts))
        versions[row.passage_id] = row.passage.version
    here = {passage.id for passage in sheet.passages}
    lost = tuple(Lost(versions[pk], tuple(texts)) for pk, texts in found.items() if pk not in here)
    return {pk: tuple(texts) for pk, texts in found.items() if pk in here}, lost
