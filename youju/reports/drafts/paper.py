"""A stored draft on paper: its words as they stand, each figure in its content control, and 附：数据出处表."""

from __future__ import annotations

from youju.kit.periods import chinese_date
from youju.kit.zone import local_day
from youju.paper import writing
from youju.reports.back import told_tag
from youju.reports.docx import SourceLine, block, sources_table
from youju.reports.drafts.models import Citation, Draft
from youju.reports.drafts.queries import citations_of, sheet_of
from youju.reports.drafts.values import CitedWords, ToldWords, Words, shown


def docx_of(draft: Draft, *, preset: writing.Preset = writing.STANDARD) -> bytes:
    """The docx. A final one bears the first characters of its seal below the table."""
    sheet = sheet_of(draft)
    table = sources_table(map(_line, citations_of(draft)), as_of=draft.as_of)
    if draft.seal and draft.finalised_at:
        sealed = f"（{chinese_date(local_day(draft.finalised_at))}定稿，封存 {draft.seal}）"
        table = writing.Table(table.header, table.rows, table.widths, table.title + sealed)
    return writing.write_docx(
        writing.Paper(
            title=sheet.title,
            byline=sheet.byline,
            blocks=tuple(block(passage.level, passage.text, map(_span, passage.words)) for passage in sheet.passages),
            appendix_table=table,
            signed_by=draft.signed_by,
            signed_on=draft.as_of,
            preset=preset,
        )
    )


def _span(words: Words) -> writing.Span:
    if isinstance(words, CitedWords) and words.known:
        return writing.Cited(words.text, words.tag)
    if isinstance(words, ToldWords) and words.text:
        return writing.Cited(words.text, told_tag(words.number, words.text))
    return shown(words)


def _line(citation: Citation) -> SourceLine:
    return SourceLine(citation.figure, citation.shown, citation.period.label, tuple(citation.numbers), citation.rows)
