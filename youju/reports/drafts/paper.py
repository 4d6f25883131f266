"""A stored draft on paper: its words as they stand, each figure in its content control, and 附：数据出处表.

A final one bears the first characters of its seal, one that is still written on says so: 未定稿.
"""

from __future__ import annotations

from youju.kit.periods import chinese_date
from youju.kit.zone import local_day
from youju.paper import writing
from youju.reports.back import told_tag
from youju.reports.docx import SourceLine, Sources, block, sources_table
from youju.reports.drafts.models import Citation, Draft
from youju.reports.drafts.queries import citations_of, sheet_of
from youju.reports.drafts.values import CitedWords, Status, ToldWords, Words, shown


def docx_of(draft: Draft, *, preset: writing.Preset = writing.STANDARD) -> bytes:
    return writing.write_docx(paper_of(draft, preset=preset))


def pdf_of(draft: Draft, *, preset: writing.Preset = writing.STANDARD) -> bytes:
    """Raises writing.NoPdf where the machine cannot set one."""
    return writing.write_pdf(paper_of(draft, preset=preset))


def paper_of(draft: Draft, *, preset: writing.Preset = writing.STANDARD) -> writing.Paper:
    """The draft before it is docx or PDF."""
    sheet = sheet_of(draft)
    lines = tuple(line_of(citation) for citation in citations_of(draft))
    return writing.Paper(
        title=sheet.title,
        byline=sheet.byline,
        blocks=tuple(block(passage.level, passage.text, map(_span, passage.words)) for passage in sheet.passages),
        appendix_table=sources_table(Sources(draft.title, draft.byline, draft.as_of, lines, state_of(draft))),
        signed_by=draft.signed_by,
        signed_on=draft.as_of,
        preset=preset,
    )


def state_of(draft: Draft) -> str:
    """（2026年12月20日定稿，封存 a1b2c3d4） or （未定稿，第9版）."""
    if draft.status == Status.DRAFT:
        return f"（未定稿，第{draft.version}版）"
    if draft.seal and draft.finalised_at:
        return f"（{chinese_date(local_day(draft.finalised_at))}定稿，封存 {draft.seal}）"
    return ""


def line_of(citation: Citation) -> SourceLine:
    numbers = tuple(citation.numbers)
    return SourceLine(
        citation.figure, citation.shown, citation.period.label, numbers, citation.rows, citation.as_of
    )  # fmt: skip


def _span(words: Words) -> writing.Span:
    if isinstance(words, CitedWords) and words.known:
        return writing.Cited(words.text, words.tag)
    if isinstance(words, ToldWords) and words.text:
        return writing.Cited(words.text, told_tag(words.number, words.text))
    return shown(words)
