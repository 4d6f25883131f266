"""`youju forget`: who left so long ago that his name is due to go; with a number and `--yes`, it goes."""

from __future__ import annotations

import argparse
from datetime import datetime
from typing import TYPE_CHECKING

from youju.cli.clock import now
from youju.cli.data_folder import add_folder_arguments, open_folder
from youju.kit.periods import chinese_date
from youju.kit.refusal import Refusal

if TYPE_CHECKING:
    from youju.people.leavers.values import Leaver
    from youju.upkeep.forgetting import Report

HELP = "到期遗忘：列出离开满年限的党员，确认后清除姓名"
DONE = 0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("member", metavar="编号", type=int, nargs="*", help="党员编号；不给则列出全部到期的")
    parser.add_argument("--dry-run", action="store_true", help="只试算：会清除什么、留下什么，什么也不改")
    parser.add_argument("--yes", action="store_true", help="确认遗忘给出编号的党员，不能恢复")
    add_folder_arguments(parser)


def run(args: argparse.Namespace) -> int:
    open_folder(args)
    from youju.upkeep.forgetting import due_to_be_forgotten, report_of
    from youju.upkeep.retention import RETENTION

    if args.yes and (args.dry_run or not args.member):
        raise Refusal("member", "--yes 要和党员编号一起用，不能和 --dry-run 同用。")
    at = now()
    due = {leaver.member_id: leaver for leaver in due_to_be_forgotten(at=at)}
    missing = [number for number in args.member if number not in due]
    if missing:
        raise Refusal("member", f"没有到期的党员 {'、'.join(map(str, missing))}。不带编号运行，可列出全部到期的。")
    chosen = [due[number] for number in args.member] or list(due.values())
    if args.yes:
        return _forget(chosen, at)
    print(RETENTION.leavers.sentence)
    for leaver in chosen:
        _show(report_of(leaver))
    print(f"到期 {len(chosen)} 名。什么也没有改；要遗忘请运行 youju forget 编号 --yes。" if chosen else "没有到期的。")
    return DONE


def _forget(chosen: list[Leaver], at: datetime) -> int:
    from youju.upkeep.forgetting import forget_leaver

    for leaver in chosen:
        report = forget_leaver(member_id=leaver.member_id, by=None, at=at)
        gone = "、".join(f"{what} {count}" for what, count in report.removed)
        print(f"编号 {leaver.member_id} 已遗忘：{gone}。")
        if report.by_hand:
            print(f"  文字里还可能写到他，请逐条核对：{'、'.join(report.by_hand)}")
    return DONE


def _show(report: Report) -> None:
    leaver = report.leaver
    print(f"\n编号 {leaver.member_id} {leaver.name}，{leaver.unit_name}，{chinese_date(leaver.left_on)}离开。")
    if leaver.held_back:
        print(f"  暂不能遗忘：{leaver.held_back}")
    for going in report.removed:
        how_many = "（只有本人知道多少）" if going.count is None else f" {going.count}"
        print(f"  清除 {going.what}{how_many}：{going.words}")
    for staying in report.stays:
        print(f"  留下 {staying.what} {staying.count}：{staying.why}")
    if report.by_hand:
        print(f"  文字里可能写到他，请先更正：{'、'.join(one.said for one in report.by_hand)}")
