"""`youju verify`: compares seals, revisions, files and records with a rebuild."""

from __future__ import annotations

import argparse

from youju.cli.data_folder import add_folder_arguments, open_folder

HELP = "检查台账是否完好"
DONE, FOUND = 0, 1
MOST_SHOWN = 50


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_folder_arguments(parser)


def run(args: argparse.Namespace) -> int:
    open_folder(args)
    from youju.upkeep.verify import faults

    found = faults()
    for fault in found[:MOST_SHOWN]:
        print(f"[{fault.where}] {fault.sentence}")
    if found:
        print(f"发现 {len(found)} 处不一致{f'，只列出前 {MOST_SHOWN} 处' if len(found) > MOST_SHOWN else ''}。")
        return FOUND
    print("封存、修订、文件和台账一致。")
    return DONE
