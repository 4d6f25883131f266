"""CPU of auditing a docx of 5,000 characters against ten years of records, in process, beside composing that report; and of
`youju audit` with the start of its process, beside a bare interpreter with Django.

Prints milliseconds of CPU and ratios; asserts nothing.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from youju.records.models import Session

ROOT = Path(__file__).resolve().parents[1]
RUNS, STARTS = 15, 3
LENGTH = 5000
FIRST, YEAR = 2016, 2025
RECORDED = 2023  # the demonstration is made from here on; the years before repeat its first
MOST = 300  # milliseconds that are allowed
BARE = "import django; django.setup(); from django.db import connection; connection.ensure_connection()"


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"YOUJU_DATA": folder, "DJANGO_SETTINGS_MODULE": "youju.config.settings"}
        file = Path(folder) / "report.docx"
        _in_process(file)
        audit = _started([sys.executable, "-m", "youju.cli", "audit", str(file), "--data", folder, "--json"])
        bare = _started([sys.executable, "-c", BARE])
    print(f"youju audit 连同启动 {audit:.3f} CPU 秒，为空 Django 启动（{bare:.3f} 秒）的 {audit / bare:.2f} 倍")
    return 0


def _in_process(file: Path) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from youju.audit.queries import audit_text
    from youju.cli.demonstration.builder import build
    from youju.paper.reading import read_bytes
    from youju.people.units.queries import home_unit
    from youju.records.models import Session
    from youju.reports.queries import report_of

    call_command("migrate", verbosity=0)
    build(on=date(YEAR + 1, 1, 5), first_year=RECORDED)
    for session in list(Session.objects.filter(held_on__year=RECORDED, number__startswith=RECORDED)):
        for year in range(FIRST, RECORDED):
            _again_in(session, year)
    unit, day = home_unit(), date(YEAR + 1, 1, 5)
    text = _drawn_out([*report_of(unit, YEAR, as_of=date(YEAR, 12, 31)).paragraphs()])
    data = _docx(text)
    file.write_bytes(data)
    audit = audit_text(read_bytes(data, file.name).text, unit=unit, today=day)
    whole = _cpu(lambda: audit_text(read_bytes(data, file.name).text, unit=unit, today=day))
    composed = _cpu(lambda: report_of(unit, YEAR, as_of=day))
    print(f"台账 {FIRST}—{YEAR} 年 {Session.objects.count()} 场；docx {len(text)} 字，读到 {len(audit.judged)} 处数字")
    print(
        f"核对 {whole:.1f} 毫秒 CPU，为 {MOST} 毫秒的 {whole / MOST:.2f}；为组成同一份报告（{composed:.1f} 毫秒）的 {whole / composed:.2f} 倍"
    )


def _again_in(session: Session, year: int) -> None:
    """The same session in an earlier year, with its kinds and its roster: written straight, since only reading is measured."""
    from youju.records.models import RosterRow, SessionKind

    back = RECORDED - year
    kinds, roster = list(session.kind_rows.all()), list(session.roster.all())
    copy = type(session).objects.get(pk=session.pk)
    copy.pk, copy.number = None, f"{year}{session.number[4:]}-抄"
    copy.for_year = session.for_year and session.for_year - back
    for name in ("held_on", "starts_at", "ends_at"):
        moment = getattr(copy, name)
        if moment is not None:
            setattr(copy, name, moment.replace(year=moment.year - back, day=min(moment.day, 28)))
    copy.save(force_insert=True)
    for row in (*kinds, *roster):
        row.pk, row.session = None, copy
    SessionKind.objects.bulk_create(kinds)
    RosterRow.objects.bulk_create(roster)


def _drawn_out(paragraphs: list[str]) -> str:
    """A report of the demonstration drawn out to its length."""
    text = "\n".join([f"{YEAR}年度述职报告", *paragraphs])
    while len(text) < LENGTH:
        text += "\n" + "\n".join(paragraphs)
    return text[:LENGTH]


def _docx(text: str) -> bytes:
    import io

    import docx

    document = docx.Document()
    for paragraph in text.split("\n"):
        document.add_paragraph(paragraph)
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


def _started(command: list[str]) -> float:
    """The least CPU seconds (user and system) of several processes."""
    best = float("inf")
    for _ in range(STARTS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        best = min(best, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return best


if __name__ == "__main__":
    raise SystemExit(main())
