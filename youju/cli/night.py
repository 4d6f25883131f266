"""`youju night`: the nightly work, for cron or a scheduler; safe to run twice."""

from __future__ import annotations

import argparse

from youju.cli.clock import now
from youju.cli.data_folder import add_folder_arguments, open_folder

HELP = "每夜一次：封存当天的留痕"
DONE = 0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_folder_arguments(parser)


def run(args: argparse.Namespace) -> int:
    open_folder(args)
    from youju.upkeep.forgetting import due_to_be_forgotten
    from youju.upkeep.nightly import night

    at = now()
    made = night(at=at)
    print(f"已封存 {made.short}。" if made else "上次封存之后没有新的留痕。")
    if due := due_to_be_forgotten(at=at):
        print(f"有 {len(due)} 名离开的党员到了遗忘期限，请书记在“组织与党员”里核对，或运行 youju forget 查看。")
    return DONE
