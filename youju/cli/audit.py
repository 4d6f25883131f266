"""`youju audit`: judges a report's numbers against the ledger."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from youju.cli.arguments import a_day, add_unit, add_year
from youju.cli.clock import today
from youju.cli.data_folder import add_folder_arguments, has_ledger, named_folder, open_folder, start_django
from youju.kit.periods import chinese_date
from youju.paper.reading import UnreadableFile, read_document

if TYPE_CHECKING:
    from youju.audit.values import Audit

HELP = "核对一份报告里的数字"
DONE, FOUND = 0, 1
WITHOUT = "没有连接台账（用 --data 指明数据目录），数字对不对核不了，只列出文字本身看得出的。"
MOST_RECORDS = 6  # written out below a line; the others are counted


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help="docx、txt 或 pdf")
    add_unit(parser)
    add_year(parser, required=False, words="报告写的是哪一年；不给则看报告自己怎么写")
    parser.add_argument("--as-of", metavar="DATE", type=a_day, help="按哪一天的台账核对；不给则看报告落款")
    parser.add_argument("--apart", action="store_true", help="不和本组织存过的报告稿比对")
    parser.add_argument("--json", action="store_true", help="每行一个 JSON 对象")
    add_folder_arguments(parser, reader=True)


def run(args: argparse.Namespace) -> int:
    document = read_document(args.file)
    connected = named_folder(args) is not None or has_ledger(Path("var/data"))
    if connected:
        open_folder(args)
    else:
        start_without_ledger()
    from youju.audit.queries import audit_text
    from youju.audit.values import too_long
    from youju.cli.reader import chosen_unit, has_right
    from youju.people.roles.rules import Right
    from youju.reports.back import How, record_words, returned_citations
    from youju.reports.drafts.sent import known_copy

    if sentence := too_long(document.text):
        raise UnreadableFile(sentence)
    unit = chosen_unit(args, Right.READ_NUMBERS, on=today()) if connected else None
    # Of a unit's drafts he hears who reads them; to anybody else the tags speak for themselves.
    inside = unit is not None and not args.apart and has_right(args, unit, Right.READ_DRAFTS, on=today())
    known = known_copy(document, unit) if unit and inside else None
    sent = known.copy.sent if known else ()
    told = record_words(document, sent)
    audit = audit_text(document.text, unit=unit, today=today(), year=args.year, as_of=args.as_of, told=told)
    if not connected and args.json:
        print(WITHOUT, file=sys.stderr)
    for line in map(_json, rows_of(audit)) if args.json else _sentences(audit, connected=connected):
        print(line)
    if not args.json:
        back = returned_citations(document, sent)
        for one in back:
            if one.how is not How.SAME:
                print(f"[出处] {one.sentence}")
        same = sum(one.how is How.SAME for one in back)
        if back and known and known.share:
            print(
                f"稿子里没有出处标签，除数字以外，文字和{known.copy.name}有 {known.share.percent}% 相同，照它比对：{same} 处没有改。"
            )
            print("不是这一份的话，加 --apart 再核对。")
        elif back:
            print(f"这是从本系统导出的稿子，带着出处回来：{same} 处没有改。")
    return DONE if audit.clean else FOUND


def start_without_ledger() -> None:
    """The rooms are loaded, the database is never asked."""
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "youju.config.settings")
    start_django()


def rows_of(audit: Audit) -> list[dict[str, Any]]:
    """The rows of ``--json``: one for each claim, one for each finding, in the order of the text."""
    return sorted((*_of_claims(audit), *_of_findings(audit)), key=lambda row: (row["start"], row["end"]))


def _of_claims(audit: Audit) -> Iterator[dict[str, Any]]:
    for judged in audit.judged:
        yield {
            "check": "claim", "verdict": judged.verdict and judged.verdict.zh, "start": judged.claim.start, "end": judged.claim.end,
            "quote": judged.quote, "figure": judged.figure, "said": judged.said, "ledger": judged.ledger,
            "records": list(judged.records), "message": judged.message,
        }  # fmt: skip


def _of_findings(audit: Audit) -> Iterator[dict[str, Any]]:
    for finding in audit.findings:
        yield {
            "check": finding.check, "verdict": None, "start": finding.start, "end": finding.end, "quote": finding.quote,
            "figure": None, "said": None, "ledger": None, "records": list(finding.records), "message": finding.told,
        }  # fmt: skip


def _json(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False)


def _sentences(audit: Audit, *, connected: bool = True) -> list[str]:
    """Numbers first, then what the checks say, each with its records below; the counts last."""
    from youju.audit.values import Verdict

    head = f"按{audit.year}年、截至{chinese_date(audit.as_of)}的台账核对："
    lines = [head if connected else f"{WITHOUT}当作{audit.year}年的报告来读："]
    for row in _of_claims(audit):
        lines += [f"[{row['verdict'] or '说法'}] {row['said']}　{row['message']}", *_records(row)]
    if audit.findings:
        lines += ["", "要补要改的："]
    for finding, row in zip(audit.findings, _of_findings(audit), strict=True):
        quote = " ".join(finding.quote.split())
        lines += [f"[{finding.check}] {finding.message}{finding.ledger}", f"    原文：{quote}", *_records(row)]
        lines += [f"    怎么办：{finding.advice}"] if finding.advice else []
    counts = [f"{verdict.zh} {audit.count(verdict)} 处" for verdict in Verdict if audit.count(verdict)]
    counts += [] if connected or not audit.judged else [f"数字 {len(audit.judged)} 处，没有核对"]
    counts += [f"要补要改 {len(audit.findings)} 处"] if audit.findings else []
    return [*lines, "", "、".join(counts) if counts else "没有读到可以核对的数字。"]


def _records(row: dict[str, Any]) -> list[str]:
    numbers = row["records"]
    more = f"等{len(numbers)}条" if len(numbers) > MOST_RECORDS else ""
    return [f"    记录：{'、'.join(numbers[:MOST_RECORDS])}{more}"] if numbers else []
