"""`youju kinds`: the vocabulary of ledger kinds, without Django."""

from __future__ import annotations

import argparse
import json
import sys

HELP = "列出台账种类和行文里对它们的叫法"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="每行一个 JSON 对象")


def run(args: argparse.Namespace) -> int:
    from youju.prose.vocabulary import FAMILIES, KINDS

    for kind in KINDS.values():
        if args.json:
            row = {"id": kind.id, "zh": kind.zh, "family": kind.family, "words": list(kind.words)}
            sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
        else:
            sys.stdout.write(f"{kind.zh}（{kind.id}，{FAMILIES[kind.family].zh}）：{'、'.join(kind.words)}\n")
    return 0
