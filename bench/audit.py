"""CPU of `youju audit` on a report of 5,000 characters, process start included, beside a bare interpreter with Django.

Prints seconds of CPU and the ratio; asserts nothing.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RUNS = 5
BARE = "import django; django.setup(); from django.db import connection; connection.ensure_connection()"


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"YOUJU_DATA": folder, "DJANGO_SETTINGS_MODULE": "youju.config.settings"}
        text = _prepare(Path(folder))
        file = Path(folder) / "report.txt"
        file.write_text(text, encoding="utf-8")
        audit = _cpu([sys.executable, "-m", "youju.cli", "audit", str(file), "--data", folder, "--json"])
        bare = _cpu([sys.executable, "-c", BARE])
        claims = _cpu([sys.executable, "-m", "youju.cli", "claims", str(file), "--json"])
    print(f"报告 {len(text)} 字")
    print(f"youju audit   {audit:.3f} CPU 秒，为空 Django 启动（{bare:.3f} 秒）的 {audit / bare:.2f} 倍")
    print(f"youju claims  {claims:.3f} CPU 秒")
    return 0


def _prepare(folder: Path) -> str:
    """A demonstration ledger, and its own report drawn out to 5,000 characters."""
    import django

    django.setup()
    from django.core.management import call_command

    from youju.cli.demonstration.builder import build
    from youju.people.units.queries import home_unit
    from youju.reports.queries import report_of

    call_command("migrate", verbosity=0)
    build(on=date(2024, 1, 5), first_year=2023)
    report = report_of(home_unit(), 2023, as_of=date(2023, 12, 31))
    body = "\n".join([report.title, *report.paragraphs()])
    while len(body) < 5000:
        body += "\n" + "\n".join(report.paragraphs())
    return body[:5000]


def _cpu(command: list[str]) -> float:
    """The least CPU seconds (user and system) of several runs."""
    best = float("inf")
    for _ in range(RUNS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        best = min(best, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return best


if __name__ == "__main__":
    raise SystemExit(main())
