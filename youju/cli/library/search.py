"""`youju library search`: what a reader finds, exactly as the library stands, the best first."""

from __future__ import annotations

import argparse
import json
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any

from youju.cli.clock import today
from youju.cli.data_folder import add_folder_arguments, open_folder

if TYPE_CHECKING:
    from youju.library.documents.queries import Shown
    from youju.library.entitlements.values import Reader
    from youju.library.search.values import Found

HELP = "搜素材：几个词都要有，“加引号”找原话，或、- 去掉，标题:、年:2024-2026"
DONE = 0
MOST = 10_000
AT_ONCE = 500
COLUMNS = ("document", "path", "title", "source", "score", "snippet")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", metavar="WORDS", nargs="+", help="搜什么；带 - 的请整个放在引号里")
    parser.add_argument("--limit", metavar="N", type=_number, default=20, help="最多列出几篇（默认 20）")
    parser.add_argument("--ids", action="store_true", help="列出全部搜到的：编号和每一处来处的路径，不归并同文")
    parser.add_argument("--json", action="store_true", help="每行一个 JSON 对象")
    add_folder_arguments(parser, reader=True)


def run(args: argparse.Namespace) -> int:
    open_folder(args)
    from youju.cli.reader import library_reader

    reader = library_reader(args, on=today())
    rows = _every(reader, " ".join(args.words)) if args.ids else _best(reader, " ".join(args.words), args.limit)
    for row in rows:
        print(json.dumps(row, ensure_ascii=False) if args.json else "\t".join(map(_plain, row.values())))
    return DONE


def _best(reader: Reader, words: str, limit: int) -> Iterator[dict[str, Any]]:
    """Rows of documents, each with the sentence that holds most of what was asked."""
    from youju.library.documents.queries import shown_many
    from youju.library.search.queries import snippet_in

    found = _found(reader, words, limit)
    for first in range(0, len(found.hits), AT_ONCE):
        hits = found.hits[first : first + AT_ONCE]
        shown = shown_many(reader, [hit.document for hit in hits])
        paths = _paths([hit.document for hit in hits])
        for hit in hits:
            one: Shown | None = shown.get(hit.document)
            if one is None:
                continue
            snippet = snippet_in(found.query, one)
            yield dict(zip(COLUMNS, (
                hit.document, paths[hit.document][0], one.document.title, one.document.origin, round(hit.score, 4),
                one.text[snippet.start : snippet.end].strip(),
            ), strict=True))  # fmt: skip


def _every(reader: Reader, words: str) -> Iterator[dict[str, Any]]:
    """All that is found, once for each place at which it was given."""
    found = _found(reader, words, _found(reader, words, 0).total)
    for first in range(0, len(found.hits), AT_ONCE):
        ids = [hit.document for hit in found.hits[first : first + AT_ONCE]]
        paths = _paths(ids)
        for document in ids:
            yield from ({"document": document, "path": path} for path in paths[document])


def _found(reader: Reader, words: str, limit: int) -> Found:
    from youju.library.search.asked import Asked
    from youju.library.search.queries import find

    return find(reader, Asked(words), on=today(), limit=limit)


def _paths(ids: Collection[int]) -> dict[int, list[str]]:
    """As given when they were put in, the first place first."""
    from youju.library.models import Copy

    found: dict[int, list[str]] = {pk: [] for pk in ids}
    for document, path in Copy.objects.filter(document_id__in=ids).order_by("pk").values_list("document_id", "path"):
        found[document].append(path)
    return {pk: paths or [""] for pk, paths in found.items()}


def _plain(value: object) -> str:
    """On one line, and nothing in it parts the columns."""
    return " ".join(str(value).split())


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= MOST:
        raise argparse.ArgumentTypeError(f"“{text}”不行，请写 1 到 {MOST} 之间的数")
    return int(text)
