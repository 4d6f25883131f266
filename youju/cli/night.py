"""`youju night`: the nightly work, for cron or a scheduler; safe to run twice."""

from __future__ import annotations

import argparse
from datetime import datetime
from zoneinfo import ZoneInfo

from youju.cli.data_folder import add_folder_arguments, open_folder

HELP = "每夜一次：封存当天的留痕"
DONE = 0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_folder_arguments(parser)


def run(args: argparse.Namespace) -> int:
    open_folder(args)
    from youju.upkeep.nightly import night

    made = night(at=datetime.now(ZoneInfo("Asia/Shanghai")))
    print(f"已封存 {made.short}。" if made else "上次封存之后没有新的留痕。")
    return DONE
