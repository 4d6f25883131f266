"""`youju claims`: the numbers of a text as claims, without a ledger and without Django."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING

from youju.cli.input_text import Unreadable, add_input, read_input

if TYPE_CHECKING:
    from youju.prose.claims import Claim

HELP = "读出一篇文字里的数字说法"
DONE, NOT_DONE = 0, 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_input(parser)
    parser.add_argument("--json", action="store_true", help="每行一个 JSON 对象")
    parser.add_argument("--explain", action="store_true", help="写出每一条是哪一条规则定的")


def run(args: argparse.Namespace) -> int:
    try:
        text = read_input(args.file)
    except Unreadable as fault:
        print(fault, file=sys.stderr)
        return NOT_DONE
    from youju.prose.claims import read

    claims = read(text)
    lines = (
        (_json(claim, explain=args.explain) for claim in claims) if args.json else _table(claims, explain=args.explain)
    )
    out = sys.stdout
    if hasattr(out, "reconfigure"):
        out.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        out.write("".join(line + "\n" for line in lines))
        out.flush()
    except BrokenPipeError:  # the reader of the pipe has seen enough
        sys.stderr.close()
    return DONE


def _json(claim: Claim, *, explain: bool) -> str:
    row = claim.as_row()
    if explain:
        row["owner"], row["rule"] = claim.owner, claim.rule
    return json.dumps(row, ensure_ascii=False)


CLASSES = {"work": "已做", "state": "现状", "plan": "打算", "rule": "要求", "none": "不算"}
RELATIONS = {
    "eq": "＝", "ge": "≥", "gt": "＞", "le": "≤", "approx": "约", "approx_over": "多于", "range": "之间", "vague": "不定",
    "per_day": "每天", "per_week": "每周", "per_month": "每月", "per_quarter": "每季度", "per_year": "每年",
}  # fmt: skip


def _table(claims: list[Claim], *, explain: bool) -> list[str]:
    from youju.prose.vocabulary import FAMILIES, KINDS

    if not claims:
        return ["没有读到数字说法。"]
    rows = [("性质", "原文", "关系", "数", "单位", "门类", "台账种类", "事项", *(("规则",) if explain else ()))]
    for c in claims:
        if c.class_ == "none" and not explain:
            continue
        value = "" if c.value is None else f"{c.value}" if c.value_max is None else f"{c.value}–{c.value_max}"
        family = FAMILIES[c.kind].zh if c.kind in FAMILIES else ""
        kinds = "、".join(KINDS[k].zh for k in c.kinds)
        row = (
            CLASSES[c.class_],
            _short(c.text, 16),
            RELATIONS[c.relation],
            value,
            c.unit,
            family,
            kinds,
            _short(c.activity, 20),
        )
        rows.append((*row, *((c.rule,) if explain else ())))
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(cell + " " * (w - _width(cell)) for cell, w in zip(row, widths, strict=True)).rstrip() for row in rows
    ]


def _short(text: str, most: int) -> str:
    plain = "".join(c if c.isprintable() else " " for c in text)
    return plain if len(plain) <= most else plain[: most - 1] + "…"


def _width(text: str) -> int:
    """Columns on a terminal: a Chinese character takes two."""
    return sum(2 if ord(c) > 0x2E7F or c in "“”…—＝≥≤" else 1 for c in text)
