"""CPU of one report: composed from the ledger and written as docx, beside docxtpl and python-docx on the same words.

Also a stored draft going out and coming back, the PDF, the unit's own template and the table of sources. Prints milliseconds and rates; asserts nothing.
"""

from __future__ import annotations

import gc
import io
import os
import tempfile
import time
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from youju.people.models import Unit
    from youju.reports.values import Report

RUNS = 15
YEAR, DAY = 2025, date(2025, 12, 31)
WANTED = 20  # compose and docx, a second a core


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"YOUJU_DATA": folder, "DJANGO_SETTINGS_MODULE": "youju.config.settings"}
        unit = _demonstrated()
        report, composed, written = _composed_and_written(unit)
        _each_outline(unit)
        _stored_draft(unit)
        _beside_others(report, composed, written)
        _as_pdf(unit, report)
        _own_template(report)
    return 0


def _demonstrated() -> Unit:
    import django

    django.setup()
    from django.core.management import call_command

    from youju.cli.demonstration.builder import build
    from youju.people.units.queries import home_unit

    call_command("migrate", verbosity=0)
    sessions = build(on=date(2026, 1, 5), first_year=2024)
    gc.collect()
    gc.freeze()  # what building left behind is no part of a report
    print(f"台账 {sessions} 场")
    return home_unit()


def _composed_and_written(unit: Unit) -> tuple[Report, float, float]:
    """The report by the first outline, and the milliseconds of composing and of writing it."""
    from youju.reports.docx import as_docx
    from youju.reports.queries import report_of

    report = report_of(unit, YEAR, as_of=DAY)
    composed = _cpu(lambda: report_of(unit, YEAR, as_of=DAY))
    written = _cpu(lambda: as_docx(report))
    print(f"报告 {report.length} 字，{len(report.citations)} 个有出处的数字")
    print(f"组成 {composed:.1f} + 写 docx {written:.1f} = {composed + written:.1f} 毫秒 CPU")
    return report, composed, written


def _each_outline(unit: Unit) -> None:
    from youju.reports.docx import as_docx
    from youju.reports.outline import OUTLINES
    from youju.reports.queries import report_of

    slowest = 0.0
    for outline in OUTLINES.values():
        spent = _cpu(lambda name=outline.id: as_docx(report_of(unit, YEAR, as_of=DAY, outline=name)))  # type: ignore[misc]
        slowest = max(slowest, spent)
        print(f"  {outline.zh}：{spent:.1f} 毫秒，每核每秒 {1000 / spent:.0f} 份")
    held = "达到" if 1000 / slowest >= WANTED else "没有达到"
    print(f"  最慢的一份 {slowest:.1f} 毫秒，每核每秒 {1000 / slowest:.0f} 份（{held} {WANTED} 份）")


def _stored_draft(unit: Unit) -> None:
    """Going out, coming back, and what its box takes along."""
    from django.utils import timezone

    from youju.paper.reading import ReadText, read_bytes
    from youju.reports.back import returned_citations
    from youju.reports.drafts.actions import start
    from youju.reports.drafts.boxed import contents_of
    from youju.reports.drafts.paper import docx_of
    from youju.reports.drafts.sent import sent_of

    stored = start(unit=unit, year=YEAR, as_of=DAY, by=None, at=timezone.now())
    again = _cpu(lambda: docx_of(stored))
    boxed = _cpu(lambda: contents_of(stored, open_units=()))
    print(f"存下来的稿子：写 docx {again:.1f} 毫秒，每核每秒 {1000 / again:.0f} 份；佐证盒里的东西 {boxed:.1f} 毫秒")
    document = read_bytes(docx_of(stored), "稿.docx")
    untagged = ReadText(document.text, "docx")
    for how, came in (("带着标签", document), ("丢了标签", untagged)):
        spent = _cpu(lambda came=came: returned_citations(came, sent_of(came, unit)))  # type: ignore[misc]
        print(f"  拖回来比对（{how}）：{spent:.1f} 毫秒")


def _beside_others(report: Report, composed: float, written: float) -> None:
    """python-docx and docxtpl with the same words, which they neither lay out nor prove."""
    words = [report.title, report.byline, *report.paragraphs()]
    template = _made_template(len(words))
    whole = composed + written
    for other, spent in (
        ("python-docx", _cpu(lambda: _bare(words))),
        ("docxtpl", _cpu(lambda: _filled(template, words))),
    ):
        print(
            f"同样的字：{other} {spent:.1f} 毫秒，我们写 docx 为它的 {written / spent:.2f} 倍、连同组成 {whole / spent:.2f} 倍"
        )


def _as_pdf(unit: Unit, report: Report) -> None:
    from youju.paper.writing import write_pdf
    from youju.reports.docx import paper_of
    from youju.reports.outline import OUTLINES
    from youju.reports.queries import report_of

    # Each with other words: typst remembers what it has set before, and would be measured remembering.
    papers = [paper_of(report_of(unit, year, as_of=DAY, outline=name)) for year in (2024, 2025) for name in OUTLINES]
    write_pdf(paper_of(report))
    times = [_once(lambda paper=paper: write_pdf(paper)) for paper in papers]  # type: ignore[misc]
    print(f"PDF：每份 {min(times):.1f} 到 {max(times):.1f} 毫秒 CPU，每核每秒 {1000 * len(times) / sum(times):.0f} 份")


def _own_template(report: Report) -> None:
    from youju.paper.writing.template import fill_template
    from youju.reports.docx import paper_of, sources_in
    from youju.reports.sources import sources_xlsx
    from youju.reports.unit_templates.queries import sample_template

    sample = sample_template()
    own = _cpu(lambda: fill_template(sample, paper_of(report)))
    table = _cpu(lambda: sources_xlsx(sources_in(report)))
    print(f"本单位模板：{own:.1f} 毫秒，每核每秒 {1000 / own:.0f} 份；数据出处表（Excel）{table:.1f} 毫秒")


def _bare(paragraphs: list[str]) -> bytes:
    """python-docx: the same words with no layout, no sources and no content controls."""
    import docx

    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    return _saved(document)


def _made_template(paragraphs: int) -> bytes:
    import docx

    document = docx.Document()
    for number in range(paragraphs):
        document.add_paragraph(f"{{{{ p{number} }}}}")
    return _saved(document)


def _filled(template: bytes, paragraphs: list[str]) -> bytes:
    """docxtpl: the same words, one placeholder a paragraph."""
    from docxtpl import DocxTemplate

    document = DocxTemplate(io.BytesIO(template))
    document.render({f"p{number}": text for number, text in enumerate(paragraphs)}, autoescape=True)
    return _saved(document)


def _saved(document: object) -> bytes:
    out = io.BytesIO()
    document.save(out)  # type: ignore[attr-defined]
    return out.getvalue()


def _cpu(work: Callable[[], object]) -> float:
    """The least CPU milliseconds of several runs."""
    return min(_once(work) for _ in range(RUNS))


def _once(work: Callable[[], object]) -> float:
    before = time.process_time()
    work()
    return (time.process_time() - before) * 1000


if __name__ == "__main__":
    raise SystemExit(main())
