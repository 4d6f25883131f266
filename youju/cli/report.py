"""`youju report`: composes a unit's report of a year and writes the docx."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from youju.cli.arguments import a_day, add_unit, add_year
from youju.cli.clock import today
from youju.cli.data_folder import add_folder_arguments, open_folder
from youju.kit.refusal import Refusal

if TYPE_CHECKING:
    from youju.paper.writing import Preset
    from youju.reports.values import Report

HELP = "起草述职报告，写成 Word 或 PDF"
DONE = 0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_unit(parser)
    add_year(parser, required=True, words="述职年度，如 2026")
    parser.add_argument(
        "--out", metavar="FILE", type=Path, required=True, help="写到哪个文件：.docx 或 .pdf；数据出处表写到 .xlsx"
    )
    parser.add_argument("--outline", metavar="ID", help="用哪份提纲；写错时列出有哪些")
    parser.add_argument("--as-of", metavar="DATE", type=a_day, help="按哪一天的台账写；不给则为今天")
    parser.add_argument("--preset", choices=("standard", "branch"), default="standard", help="版式：国家标准或支部常用")
    add_folder_arguments(parser, reader=True)


def run(args: argparse.Namespace) -> int:
    open_folder(args)
    # Below Django's start: these modules hold tables.
    from youju.cli.reader import chosen_unit
    from youju.paper.writing import PRESETS
    from youju.people.roles.rules import Right
    from youju.reports.outline import DEFAULT_OUTLINE, OUTLINES
    from youju.reports.queries import report_of

    unit = chosen_unit(args, Right.READ_DRAFTS, on=today())
    outline = args.outline or DEFAULT_OUTLINE
    if outline not in OUTLINES:
        known = "；".join(f"{found.id}（{found.zh}）" for found in OUTLINES.values())
        raise Refusal("outline", f"没有“{outline}”这份提纲，可用的有：{known}。")
    report = report_of(unit, args.year, as_of=args.as_of or today(), outline=outline)
    _write(args.out, _bytes(report, args.out.suffix.lower(), PRESETS[args.preset]))
    gaps = f"，还缺 {len(report.gaps)} 处" if report.gaps else ""
    print(
        f"{args.out}：{report.title}，{report.length} 字，有出处的数字 {len(report.citations)} 处{gaps}。",
        file=sys.stderr,
    )
    return DONE


def _bytes(report: Report, ending: str, preset: Preset) -> bytes:
    from youju.paper.writing import NoPdf
    from youju.reports.docx import as_docx, as_pdf, sources_in
    from youju.reports.sources import sources_xlsx

    if ending == ".xlsx":
        return sources_xlsx(sources_in(report))
    if ending == ".pdf":
        try:
            return as_pdf(report, preset=preset)
        except NoPdf as fault:
            raise Refusal("out", fault.sentence) from fault
    return as_docx(report, preset=preset)


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise Refusal("out", f"写不了 {path}：{error.strerror}。") from error
