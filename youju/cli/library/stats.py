"""`youju library stats`: how much the library holds."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from youju.cli.clock import today
from youju.cli.data_folder import add_folder_arguments, open_folder

if TYPE_CHECKING:
    from youju.library.documents.counting import Stock

HELP = "素材库里有多少"
DONE = 0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="一个 JSON 对象")
    add_folder_arguments(parser, reader=True)


def run(args: argparse.Namespace) -> int:
    open_folder(args)
    from youju.cli.reader import library_reader
    from youju.library.documents.counting import stock_of

    stock = stock_of(library_reader(args, on=today()))
    print(json.dumps(stock.as_row(), ensure_ascii=False) if args.json else "\n".join(_lines(stock)))
    return DONE


def _lines(stock: Stock) -> list[str]:
    from youju.library.cleaning.words import WORDS
    from youju.library.documents.values import ORIGINS_ZH, Origin
    from youju.library.reading.words import GENRES

    genres = {GENRES[genre].zh if genre in GENRES else genre: number for genre, number in stock.genres.items()}
    origins = {ORIGINS_ZH[Origin(origin)]: number for origin, number in stock.origins.items()}
    marks = {WORDS.marks.get(kind, kind): number for kind, number in stock.marks.items()}
    years = {f"{year}年": number for year, number in stock.years.items()}
    lines = [f"素材 {stock.documents:,} 篇，{stock.characters:,} 字，来处 {stock.copies:,} 份。"]
    lines += _line("文种", genres) + _line("年度", years) + _line("来源", origins) + _line("标注", marks)
    if stock.restricted:
        lines.append(f"有受限段 {stock.restricted:,} 篇。")
    if stock.removals is not None:
        lines += _line("清除", {WORDS.removals.get(kind, kind): number for kind, number in stock.removals.items()})
    if stock.removed:
        lines.append(f"移出 {stock.removed:,} 篇。")
    return lines


def _line(name: str, numbers: Mapping[str, int]) -> list[str]:
    told = "，".join(f"{word or '未定'} {number:,}" for word, number in numbers.items())
    return [f"{name}：{told}。"] if told else []
