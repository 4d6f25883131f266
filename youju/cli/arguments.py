"""Arguments that several commands share, with sentences for what is wrong about them."""

from __future__ import annotations

import argparse
from datetime import date


def add_unit(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--unit", metavar="U", help="组织：编号、代码或名称中独有的一段；不给则为本数据目录的党支部")


def add_year(parser: argparse.ArgumentParser, *, required: bool, words: str) -> None:
    parser.add_argument("--year", metavar="Y", type=a_year, required=required, help=words)


def a_year(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1921 <= int(text) <= 2999:
        raise argparse.ArgumentTypeError(f"“{text}”不是年份，请写四位数字，如 2023")
    return int(text)


def a_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期，请写成 2026-11-20") from error
