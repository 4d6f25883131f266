"""`youju passages`: which stretches of a text stand in the library, or in a report handed in."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from youju.cli.data_folder import add_folder_arguments, open_folder
from youju.cli.input_text import add_input, read_input

if TYPE_CHECKING:
    from youju.library.passages.values import Alike, Row

HELP = "找出一篇文字里与素材库、与报送的报告相同的段落"
DONE = 0
LEAST = 13
SHOWN = 60  # characters of a passage that are printed
MOST_SOURCES = 5


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_input(parser)
    parser.add_argument(
        "--min", dest="least", metavar="N", type=at_least, default=LEAST, help=f"至少连续几个字相同才算，默认 {LEAST}，不能再少"
    )  # fmt: skip
    parser.add_argument("--all", dest="everything", action="store_true", help="全部列出，标题、书名和惯用语也不略去")
    parser.add_argument("--json", action="store_true", help="每行一个 JSON 对象")
    add_folder_arguments(parser, reader=True)


def at_least(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < LEAST:
        raise argparse.ArgumentTypeError(f"“{text}”不行，请写不小于 {LEAST} 的整数")
    return int(text)


def run(args: argparse.Namespace) -> int:
    text = read_input(args.file)
    open_folder(args)
    from youju.cli.clock import today
    from youju.cli.reader import library_user
    from youju.library.passages.asking import asker
    from youju.library.passages.queries import every_row, find_passages, rows_of

    asking = asker(library_user(args, on=today()), on=today())
    if args.json and args.everything:
        lines = _json(every_row(asking, text, least=args.least))
    else:
        found = find_passages(asking, text, least=args.least, everything=args.everything)
        lines = _json(rows_of(asking, found)) if args.json else _sentences(text, found, whole=args.everything)
        if args.json and (said := _left_out(found)):
            print(said, file=sys.stderr)
    for line in lines:
        print(line)
    return DONE


def _left_out(found: Alike) -> str:
    """What no row tells: rows are for programs, so it is said beside them."""
    from youju.library.passages.values import counted

    said = [f"还有 {found.unlisted} 处相同的没有列出"] if found.unlisted else []
    said += [f"略去了 {counted(found.aside)}"] if found.aside else []
    return "，".join([*said, "加 --all 全部列出。"]) if said else ""


def _json(rows: Iterable[Row]) -> Iterator[str]:
    """``document`` and ``path`` name the source; a report handed in is no document and has a path made of what it is."""
    for row in rows:
        yield json.dumps(
            {
                "start": row.start, "end": row.end, "document": row.source.document, "path": row.path,
                "document_start": row.source_start, "document_end": row.source_end, "length": row.length,
            },
            ensure_ascii=False,
        )  # fmt: skip


def _sentences(text: str, found: Alike, *, whole: bool) -> Iterator[str]:
    from youju.library.passages.values import counted

    yield f"{found.summary}。"
    for passage in found.passages:
        quote = " ".join(text[passage.start : passage.end].split())
        yield f"[{passage.start}–{passage.end}] {passage.length} 字　{quote if len(quote) <= SHOWN else quote[:SHOWN] + '…'}"
        listed = passage.places if whole else passage.places[:MOST_SOURCES]
        for place in listed:
            day = f"　{place.source.dated.isoformat()}" if place.source.dated else ""
            whose = f"{place.source.unit}报送" if place.source.document is None else place.source.origin
            yield f"    {place.source.title}{day}　{whose}　{place.length} 字"
        if passage.texts > len(listed):
            yield f"    共 {passage.texts} 篇。"
    if found.aside:
        yield f"略去了 {counted(found.aside)}，加 --all 一并列出。"
