"""CPU of one report: composed from the ledger and written as docx, beside the same words through bare python-docx.

Prints milliseconds of CPU and the ratio; asserts nothing.
"""

from __future__ import annotations

import io
import os
import tempfile
import time
from collections.abc import Callable
from datetime import date

RUNS = 15
YEAR, DAY = 2025, date(2025, 12, 31)


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"YOUJU_DATA": folder, "DJANGO_SETTINGS_MODULE": "youju.config.settings"}
        _measure()
    return 0


def _measure() -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from youju.cli.demonstration.builder import build
    from youju.people.units.queries import home_unit
    from youju.reports.docx import as_docx
    from youju.reports.queries import report_of

    call_command("migrate", verbosity=0)
    sessions = build(on=date(2026, 1, 5), first_year=2024)
    unit = home_unit()
    report = report_of(unit, YEAR, as_of=DAY)
    composed = _cpu(lambda: report_of(unit, YEAR, as_of=DAY))
    written = _cpu(lambda: as_docx(report))
    bare = _cpu(lambda: _bare([report.title, report.byline, *report.paragraphs()]))
    whole = composed + written
    print(f"台账 {sessions} 场；报告 {report.length} 字，{len(report.citations)} 个有出处的数字")
    print(
        f"组成 {composed:.1f} 毫秒 + 写 docx {written:.1f} 毫秒 = {whole:.1f} 毫秒 CPU，每核每秒 {1000 / whole:.0f} 份"
    )
    print(
        f"只用 python-docx 写同样的字：{bare:.1f} 毫秒；全部为它的 {whole / bare:.2f} 倍，写 docx 为它的 {written / bare:.2f} 倍"
    )


def _bare(paragraphs: list[str]) -> bytes:
    """The same words with no layout, no sources and no content controls."""
    import docx

    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _cpu(work: Callable[[], object]) -> float:
    """The least CPU milliseconds of several runs."""
    best = float("inf")
    for _ in range(RUNS):
        before = time.process_time()
        work()
        best = min(best, time.process_time() - before)
    return best * 1000


if __name__ == "__main__":
    raise SystemExit(main())
