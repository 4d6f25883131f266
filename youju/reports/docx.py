"""A report on paper: the docx in the layout of GB/T 9704 with 附：数据出处表."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from youju.figures.catalogue import FIGURES
from youju.figures.values import Row
from youju.kit.periods import chinese_date
from youju.paper import writing
from youju.people.models import Unit
from youju.reports.appendix import APPENDIX, HEADER
from youju.reports.queries import report_of
from youju.reports.values import Cited, Report, Span, Told, shown

MOST_NUMBERS_SHOWN = 12


def write_report(unit: Unit, year: int, *, as_of: date, preset: writing.Preset = writing.STANDARD) -> bytes:
    """Composes the unit's report of a year as of a day and gives the docx."""
    return as_docx(report_of(unit, year, as_of=as_of), preset=preset)


def as_docx(report: Report, *, preset: writing.Preset = writing.STANDARD) -> bytes:
    return writing.write_docx(paper_of(report, preset=preset))


def as_pdf(report: Report, *, preset: writing.Preset = writing.STANDARD) -> bytes:
    """Raises writing.NoPdf where the machine cannot set one."""
    return writing.write_pdf(paper_of(report, preset=preset))


def paper_of(report: Report, *, preset: writing.Preset = writing.STANDARD) -> writing.Paper:
    """The report before it is docx or PDF, with 附：数据出处表."""
    return writing.Paper(
        title=report.title,
        byline=report.byline,
        blocks=tuple(block(passage.level, passage.text, map(_span, passage.spans)) for passage in report.passages),
        appendix_table=sources_table(sources_in(report)),
        signed_by=report.signed_by,
        signed_on=report.as_of,
        preset=preset,
    )


def block(level: int, text: str, spans: Iterable[writing.Span]) -> writing.Block:
    """One passage of a report, composed or stored: a heading by its level, else a paragraph of its spans."""
    if level == 1:
        return writing.Heading(1, text)
    if level == 2:
        return writing.Heading(2, text)
    return writing.Paragraph(tuple(spans))


def _span(span: Span) -> writing.Span:
    if isinstance(span, Cited | Told) and span.text:
        return writing.Cited(span.text, span.tag)
    return shown(span)


@dataclass(frozen=True)
class SourceLine:
    """One line of 数据出处表: a figure, what stands in the text, its period, and the numbers of its records.

    ``each`` are the rows themselves, where the table goes out as a workbook.
    """

    figure: str
    text: str
    period: str
    numbers: tuple[str, ...]
    rows: int
    as_of: date
    each: tuple[Row, ...] = ()


@dataclass(frozen=True)
class Sources:
    """数据出处表 before it is paper. ``state`` says of a stored draft how it stands."""

    title: str
    byline: str
    as_of: date
    lines: tuple[SourceLine, ...]
    state: str = ""


def sources_in(report: Report) -> Sources:
    return Sources(report.title, report.byline, report.as_of, tuple(map(_source_line, report.citations)))


def sources_table(sources: Sources) -> writing.Table:
    """Each figure with its question, its day and its records, so that paper alone can be checked against the ledger."""
    rows = tuple(
        (str(place), line.figure, line.text, line.period, _numbers(line)) for place, line in enumerate(sources.lines, 1)
    )
    return writing.Table(
        header=HEADER,
        rows=rows,
        widths=(0.08, 0.2, 0.12, 0.14, 0.46),
        title=f"{APPENDIX}（台账截至{chinese_date(sources.as_of)}）{sources.state}",
    )


def _source_line(cited: Cited) -> SourceLine:
    answer = cited.answer
    numbers = tuple(dict.fromkeys(row.number for row in answer.rows if row.number))
    return SourceLine(
        answer.figure.id, cited.text, answer.period.label, numbers, len(answer.rows), answer.as_of, answer.rows
    )


def _numbers(line: SourceLine) -> str:
    if not line.numbers:
        figure = FIGURES.get(line.figure)
        of_people = figure is None or figure.of in ("member", "committee", "learner")
        return f"名册在册{line.rows}人" if of_people else f"台账登记{line.rows}条"
    text = "、".join(line.numbers[:MOST_NUMBERS_SHOWN])
    return text if len(line.numbers) <= MOST_NUMBERS_SHOWN else f"{text}等，共{len(line.numbers)}条"
