"""`youju work`: the background worker; what is derived follows the ledger, so that large trees open at once."""

from __future__ import annotations

import argparse
import time

from youju.cli.data_folder import add_folder_arguments, open_folder

HELP = "后台：让各支部的办理情况跟上台账"
DONE = 0
AT_ONCE = 2000  # then it looks again what is most urgent
PAUSE = 5.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_folder_arguments(parser)
    parser.add_argument("--once", action="store_true", help="跟上就结束，不再等新的改动")


def run(args: argparse.Namespace) -> int:
    open_folder(args)
    from youju.cli.clock import today
    from youju.upkeep.following import follow_up

    try:
        while True:
            done = follow_up(on=today(), most=None if args.once else AT_ONCE)
            if done:
                print(f"更新了 {done} 个支部的办理情况。", flush=True)
            if args.once:
                return DONE
            if done < AT_ONCE:
                time.sleep(PAUSE)
    except KeyboardInterrupt:
        return DONE
