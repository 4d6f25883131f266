"""`youju demo`: makes the demonstration ledger, writes its report and serves the pages with sign-in links."""

from __future__ import annotations

import argparse
import json
import os
import secrets
from datetime import date
from pathlib import Path

from youju.cli.arguments import a_day
from youju.cli.clock import today
from youju.cli.data_folder import add_folder_arguments, named_folder, open_folder
from youju.cli.demonstration.folder import REPORT, Folder, State
from youju.cli.serve import HOST, add_port, address_of, require_free, serve

HELP = "做一份示范台账，打开来看"
DONE = 0
DEFAULT = Path("var/demo")
HOME = "QH-GXS"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_folder_arguments(parser)
    add_port(parser)
    parser.add_argument("--on", metavar="DATE", type=a_day, help="做成哪一天的样子，如 2026-11-20；不给则为今天")
    parser.add_argument("--no-serve", action="store_true", help="只做台账和述职报告，不打开网页")


def run(args: argparse.Namespace) -> int:
    if not args.no_serve:  # before the long work, not after it
        require_free(HOST, args.port, verb="demo")
    on: date = args.on or today()
    if args.on:
        os.environ["YOUJU_TODAY"] = on.isoformat()
    os.environ.pop("YOUJU_DATABASE_URL", None)  # a demonstration lives in its folder and nowhere else
    folder = Folder(named_folder(args) or DEFAULT.resolve(), on)
    args.data = folder.path
    make(args, folder)
    print(f"示范台账：{folder.path}\n述职报告：{folder.path / REPORT}", flush=True)
    if args.no_serve:
        return DONE
    links = sign_in_links(args.port)
    serve(HOST, args.port, when_open=lambda: print(_welcome(args.port, links), flush=True))
    return DONE


def make(args: argparse.Namespace, folder: Folder) -> None:
    """Leaves a complete demonstration in the folder; one that is there already is used again."""
    if folder.state() is State.READY:
        open_folder(args, create=True)
        print("示范台账已经做好，直接打开。要重做，先删掉这个目录。", flush=True)
        return
    folder.begin()
    open_folder(args, create=True)
    # Below Django's start: these modules hold tables.
    from youju.cli.demonstration.builder import build

    print(f"正在做示范台账（{folder.on:%Y-%m-%d}）……", flush=True)
    count = build(on=folder.on, say=lambda line: print(f"  {line}", flush=True))
    print(f"  共 {count} 场，正在写述职报告……", flush=True)
    write_report(folder)
    folder.finish()


def write_report(folder: Folder) -> None:
    """The home branch's report: of the year that is ending, or of the year before while the new one is young."""
    from youju.people.units.queries import find_unit
    from youju.reports.docx import write_report as compose

    on = folder.on
    year = on.year if on.month >= 10 or on.year == 2022 else on.year - 1
    (folder.path / REPORT).write_bytes(compose(find_unit(HOME), year, as_of=on))


def sign_in_links(port: int) -> list[tuple[str, str]]:
    """Fresh links, one for each role: who, and where. They are known to this process and its workers only."""
    from youju.cli.demonstration.texts import people

    tokens: dict[str, str] = {}
    links = []
    for account in people().accounts:
        if account.link:
            token = secrets.token_urlsafe(24)
            tokens[token] = account.username
            links.append((account.link, f"{address_of(HOST, port)}login/enter/{token}/"))
    os.environ["YOUJU_SIGNIN_TOKENS"] = json.dumps(tokens)
    return links


def _welcome(port: int, links: list[tuple[str, str]]) -> str:
    lines = [
        f"有据已打开：{address_of(HOST, port)}",
        "点下面的链接，以不同的人进去（只在这台机器上有效，停止后作废）：",
    ]
    lines += [f"  {who}\n    {link}" for who, link in links]
    return "\n".join([*lines, "按 Ctrl-C 停止。"])
