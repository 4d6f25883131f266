"""`youju library`: the library (素材库) from the command line, one file a sub-verb."""

from __future__ import annotations

import argparse
import importlib
import pkgutil
from typing import cast

from youju.cli import Command

HELP = "素材库：入库、搜索、统计"


def sub_verbs() -> dict[str, str]:
    """What is typed → the file of this folder. `import` is a word of Python, so its file is called otherwise."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return {"import" if name == "importing" else name: name for name in names}


def load(name: str) -> Command:
    return cast(Command, importlib.import_module(f"{__name__}.{name}"))


def add_arguments(parser: argparse.ArgumentParser) -> None:
    below = parser.add_subparsers(dest="sub_verb", required=True, metavar="做什么")
    for word, name in sub_verbs().items():
        command = load(name)
        sub = below.add_parser(word, help=command.HELP, description=command.HELP)
        command.add_arguments(sub)
        sub.set_defaults(sub_run=command.run)


def run(args: argparse.Namespace) -> int:
    return cast(int, args.sub_run(args))
