"""`youju work`: the background worker by itself; `youju serve` brings one along."""

from __future__ import annotations

import argparse
import contextlib

from youju.cli.background import keep_following, one_round
from youju.cli.data_folder import add_folder_arguments, open_folder

HELP = "后台：让办理情况跟上台账、检索和比对跟上素材库，收件目录里的素材入库，截止的自测统计常错的题"
DONE = 0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_folder_arguments(parser)
    parser.add_argument("--once", action="store_true", help="跟上就结束，不再等新的改动")


def run(args: argparse.Namespace) -> int:
    folder = open_folder(args)
    if args.once:
        one_round(say=say, most=None)
        return DONE
    with contextlib.suppress(KeyboardInterrupt):
        keep_following(folder, say=say)
    return DONE


def say(told: str) -> None:
    print(told, flush=True)
