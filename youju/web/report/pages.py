"""The workspace: outline, sheet and panel as the templates show them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import count

from django.http import HttpRequest

from youju.paper.writing import PRESETS, Preset
from youju.people.roles.rules import Right
from youju.people.units.models import Unit
from youju.records.models import Session
from youju.reports.drafts.queries import drafts_of
from youju.reports.outline import DEFAULT_OUTLINE, OUTLINES
from youju.reports.queries import report_of
from youju.reports.values import Cited, Gap, Report, Span, Told
from youju.web.report.panel import Panel, panel_of
from youju.web.report.sources import entry_url, keepers, told_urls
from youju.web.shared import clock
from youju.web.shared.home import held

SHARES = (("成绩", "a"), ("问题", "b"), ("打算", "c"))
WRITING_SEASON = frozenset({11, 12, 1, 2, 3})  # when the report of the year before is still being written
MOST_YEARS = 5


@dataclass(frozen=True)
class Piece:
    """A stretch of the sheet: plain, cited (a figure), told (words of a record) or gap."""

    kind: str
    text: str
    url: str = ""
    number: int = 0


@dataclass(frozen=True)
class Block:
    """A paragraph (level 0) or heading of the sheet."""

    id: str
    level: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Entry:
    """A heading in the outline with what stands under it."""

    id: str
    text: str
    level: int
    length: int
    gaps: int
    figures: int
    here: bool


@dataclass(frozen=True)
class Bar:
    """One part of the proportion bar, in percent."""

    css: str
    start: float
    width: float
    percent: int


@dataclass(frozen=True)
class Workspace:
    unit: Unit
    report: Report
    years: tuple[int, ...]
    blocks: tuple[Block, ...]
    outline: tuple[Entry, ...]
    bars: tuple[Bar, ...]
    gaps: tuple[tuple[str, str], ...]
    panel: Panel | None
    empty: bool
    entry_url: str
    presets: tuple[Preset, ...]
    outlines: tuple[tuple[str, str], ...]
    outline_id: str
    outline_zh: str
    query: str
    draft_id: int | None
    may_write: bool

    @property
    def ratio(self) -> str:
        return " : ".join(str(bar.percent) for bar in self.bars)


def workspace_of(request: HttpRequest, unit: Unit, year: int, *, chosen: str) -> Workspace:
    """The report of a year as of today, with the panel of the figure numbered ``chosen``."""
    outline, report = outline_of(request), report_here(request, unit, year)
    citations = report.citations
    cited = next((c for c in citations if str(c.number) == chosen), None)
    panel = _panel(request, cited, unit, len(citations)) if cited else None
    urls = told_urls(request, (s for passage in report.passages for s in passage.spans if isinstance(s, Told)))
    return Workspace(
        unit=unit,
        report=report,
        years=years_of(unit, clock.today(), and_also=year),
        blocks=_blocks(report, urls, query_of(outline)),
        outline=tuple(_outline(report, chosen=cited)),
        bars=bars_of(report.shares()),
        gaps=tuple((gap.text, f"g{index}") for index, gap in enumerate(report.gaps, 1)),
        panel=panel,
        empty=not any(_of_records(cited) for cited in citations),
        entry_url=entry_url(unit, ()),
        presets=tuple(PRESETS.values()),
        outlines=tuple((found.id, found.zh) for found in OUTLINES.values()),
        outline_id=outline,
        outline_zh=OUTLINES[outline].zh.partition("（")[0],
        query=query_of(outline),
        draft_id=next((draft.pk for draft in drafts_of(unit) if (draft.year, draft.outline) == (year, outline)), None),
        may_write=Right.WRITE_DRAFTS in held(request).rights_in(unit),
    )


def outline_of(request: HttpRequest) -> str:
    """The outline that ``?outline=`` names."""
    return request.GET.get("outline") or DEFAULT_OUTLINE


def report_here(request: HttpRequest, unit: Unit, year: int) -> Report:
    """The report in that outline, as of today. Raises Refusal when nobody knows the outline."""
    return report_of(unit, year, as_of=clock.today(), outline=outline_of(request))


def query_of(outline: str) -> str:
    """What every link of the page carries on, so that it stays with the outline."""
    return "" if outline == DEFAULT_OUTLINE else f"outline={outline}&"


def panel_alone(request: HttpRequest, unit: Unit, year: int, *, chosen: str) -> Panel | None:
    """Only the panel, for a page that has the rest already."""
    citations = report_here(request, unit, year).citations
    cited = next((c for c in citations if str(c.number) == chosen), None)
    return _panel(request, cited, unit, len(citations)) if cited else None


def _panel(request: HttpRequest, cited: Cited, unit: Unit, last: int) -> Panel:
    open_to = keepers(request, (row.unit_id for row in cited.answer.rows))
    panel = panel_of(cited, unit=unit, last=last, open_to=open_to)
    return replace(panel, query=query_of(outline_of(request)))


def years_of(unit: Unit | None, today: date, *, and_also: int | None = None) -> tuple[int, ...]:
    """The years one may write of, newest first: those with records, this one, and last year while it is being written.

    Of a unit that nobody has named yet, the last few.
    """
    if unit is None:
        return tuple(range(today.year, today.year - MOST_YEARS, -1))
    rows = Session.objects.happened().kept_by(unit).order_by().values_list("for_year", flat=True).distinct()
    years = {year for year in rows if year <= today.year} | {today.year}
    if today.month in WRITING_SEASON:
        years.add(today.year - 1)
    kept = sorted(years, reverse=True)[:MOST_YEARS]
    if and_also and and_also not in kept:
        kept = [*kept[: MOST_YEARS - 1], and_also]
    return tuple(sorted(kept, reverse=True))


def _of_records(cited: Cited) -> bool:
    return any(row.number for row in cited.answer.rows)


def _blocks(report: Report, urls: Mapping[int, str], query: str) -> tuple[Block, ...]:
    gaps = count(1)
    return tuple(
        Block(f"s{index}", passage.level, tuple(_piece(span, urls, gaps, query) for span in passage.spans))
        for index, passage in enumerate(report.passages)
    )


def _piece(span: Span, urls: Mapping[int, str], gaps: Iterator[int], query: str) -> Piece:
    if isinstance(span, str):
        return Piece("plain", span)
    if isinstance(span, Cited):
        return Piece("cited", span.text, f"?{query}f={span.number}", number=span.number)
    if isinstance(span, Told):
        url = urls.get(span.session_id, "")
        return Piece("told" if url else "plain", span.text, url)
    return Piece("gap", span.shown, number=next(gaps))


def _outline(report: Report, *, chosen: Cited | None) -> list[Entry]:
    """Each heading with the text, figures and gaps up to the next heading of its level or above."""
    passages = report.passages
    entries = []
    for index, passage in enumerate(passages):
        if not passage.level:
            continue
        end = next(
            (i for i in range(index + 1, len(passages)) if 0 < passages[i].level <= passage.level), len(passages)
        )
        spans = [span for below in passages[index + 1 : end] for span in below.spans]
        deepest = not any(below.level for below in passages[index + 1 : end])
        entries.append(
            Entry(
                id=f"s{index}",
                text=passage.text.partition("，")[0],
                level=passage.level,
                length=sum(len(below.text) for below in passages[index + 1 : end]),
                gaps=sum(isinstance(span, Gap) for span in spans),
                figures=sum(isinstance(span, Cited) for span in spans),
                here=deepest and chosen is not None and chosen in spans,
            )
        )
    return entries


def bars_of(shares: Mapping[str, int]) -> tuple[Bar, ...]:
    """成绩 : 问题 : 打算 by characters. It shows how a report is weighted and enforces nothing."""
    total = sum(shares.get(name, 0) for name, _ in SHARES)
    bars: list[Bar] = []
    start = 0.0
    for (_, css), percent in zip(SHARES, _percents([shares.get(name, 0) for name, _ in SHARES]), strict=True):
        width = 100 * shares.get(SHARES[len(bars)][0], 0) / total if total else 0.0
        bars.append(Bar(css, round(start, 2), round(max(width - 0.6, 0), 2), percent))
        start += width
    return tuple(bars)


def _percents(parts: Sequence[int]) -> list[int]:
    """Whole percents that add up to 100: the largest remainders take what rounding leaves."""
    total = sum(parts)
    if not total:
        return [0] * len(parts)
    exact = [100 * part / total for part in parts]
    whole = [int(share) for share in exact]
    for index in sorted(range(len(parts)), key=lambda i: whole[i] - exact[i])[: 100 - sum(whole)]:
        whole[index] += 1
    return whole
