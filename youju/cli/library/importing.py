"""`youju library import`: files, folders and archives into the library; run again, it goes on and takes nothing twice."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING

from youju.cli.clock import now
from youju.cli.data_folder import DEFAULT, add_folder_arguments, named_folder, open_folder

if TYPE_CHECKING:
    from youju.library.intake.values import Counts
    from youju.library.models import Intake

HELP = "把文件、目录、ZIP 入库；中断后再运行一次会接着来，不会重复"
DONE, NOT_DONE = 0, 2
MOST_SHOWN = 50
ORIGINS = ("own", "superior", "web", "bought")
SPEAK_EACH = 500  # files, where nobody watches a terminal


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", metavar="PATH", nargs="+", help="文件、目录或 ZIP；docx、txt、pdf、html、md、xlsx")
    parser.add_argument("--unit", metavar="U", help="放进哪个组织（它和下级看得到）；不给则全站都看得到")
    parser.add_argument(
        "--origin", choices=ORIGINS, default="web", help="来源：本单位、上级下发、网络收集（不给就是它）、购买"
    )
    parser.add_argument("--json", action="store_true", help="每行一个 JSON 对象，每个文件一行")
    add_folder_arguments(parser)


def run(args: argparse.Namespace) -> int:
    from youju.library.intake.listing import of_paths

    with of_paths(args.paths, leave_out=named_folder(args) or DEFAULT.resolve()) as listing:
        open_folder(args, create=True)
        # Below Django's start: these modules hold tables.
        from youju.library.documents.values import Origin
        from youju.library.intake import actions
        from youju.library.intake.values import Way
        from youju.people.units.queries import find_unit

        at = now()
        intake = actions.begin(
            way=Way.PATHS, given="\n".join(args.paths), offers=listing.offers, passed_over=listing.passed_over,
            unit=find_unit(args.unit) if args.unit else None, origin=Origin(args.origin), by=None, at=at,
        )  # fmt: skip
        intake = actions.take(intake=intake, offers=listing.offers, by=None, at=at, say=Progress())
    code = _tell_json(intake) if args.json else _tell(intake)
    follow()
    return code


def follow() -> None:
    """The indexes are brought up to what came in. What is in is found without them, only slower, so what the disk or the
    database keeps them from is told and no more; a fault of ours is raised."""
    from django.db import DatabaseError

    from youju.library.search.engine.damage import Damaged
    from youju.upkeep.following import follow_library

    try:
        follow_library()
    except (Damaged, OSError, DatabaseError) as fault:
        print(f"素材已经入库，检索还没有跟上（{fault}），之后 youju work 会接着做。", file=sys.stderr)


class Progress:
    """How far it is, on one line of a terminal, or now and then on a line of its own."""

    def __init__(self) -> None:
        self.said = 0

    def __call__(self, counts: Counts) -> None:
        last = counts.done == counts.total
        if sys.stderr.isatty():
            print(f"\r{counts.done:,}/{counts.total:,}", end="\n" if last else "", file=sys.stderr, flush=True)
        elif counts.done - self.said >= SPEAK_EACH and not last:
            self.said = counts.done
            print(f"{counts.done:,}/{counts.total:,}", file=sys.stderr, flush=True)


def _tell(intake: Intake) -> int:
    from youju.library.intake.queries import rows_of
    from youju.library.intake.values import State

    refused = list(rows_of(intake, State.REFUSED)[: MOST_SHOWN + 1])
    for row in refused[:MOST_SHOWN]:
        print(f"没有入库 {row.path}：{row.sentence}")
    if len(refused) > MOST_SHOWN:
        print(f"没有入库的共 {intake.refused:,} 份，只列出前 {MOST_SHOWN} 份，全部见 --json。")
    print(_summary(intake))
    return _code(intake)


def _tell_json(intake: Intake) -> int:
    from youju.library.intake.queries import rows_of

    for row in rows_of(intake).iterator(chunk_size=500):
        said = {
            "path": row.path, "state": row.state, "document": row.document_id,
            "title": row.document.title if row.document else None, "sentence": row.sentence,
        }  # fmt: skip
        print(json.dumps(said, ensure_ascii=False))
    print(_summary(intake), file=sys.stderr)
    return _code(intake)


def _summary(intake: Intake) -> str:
    over = f"略过隐藏文件、系统文件和链接 {intake.passed_over} 个。" if intake.passed_over else ""
    return (intake.kept_counts.sentence if intake.kept_counts.total else "这里没有文件。") + over


def _code(intake: Intake) -> int:
    """Not done is where nothing at all could be taken."""
    counts = intake.kept_counts
    return NOT_DONE if counts.refused and counts.refused == counts.total else DONE
