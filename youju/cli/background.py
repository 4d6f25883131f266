"""The worker behind the pages: one a data folder, it keeps everything derived following. `serve` brings one, `work` is one."""

from __future__ import annotations

import contextlib
import itertools
import logging
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from multiprocessing.process import BaseProcess
from pathlib import Path

from youju.cli.clock import now, today
from youju.cli.data_folder import start_django
from youju.kit.turns import turn

logger = logging.getLogger(__name__)
TURN = "work-turn"
AT_ONCE = 2000  # scores, or documents; then it looks again what is most urgent
PAUSE, AFTER_A_FAULT = 5.0, 60.0
Say = Callable[[str], None]


def silent(said: str) -> None:
    """A worker behind the pages tells only what went wrong, and that by the log."""


@contextlib.contextmanager
def beside() -> Iterator[None]:
    """A worker in a process of its own, for as long as this one serves. It ends with this one however that ends."""
    child = multiprocessing.get_context("spawn").Process(target=in_child, name="youju work", daemon=True)
    child.start()
    try:
        yield
    finally:
        child.terminate()
        child.join(10)


def in_child() -> None:
    """What the process beside the server does. Pages go before it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is meant for the server, and this ends with it
    end_with_parent()
    if hasattr(os, "nice"):
        os.nice(10)
    start_django()
    keep_following(Path(os.environ["YOUJU_DATA"]), say=silent)


def end_with_parent() -> None:
    """Even one that was killed takes its children along."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: BaseProcess) -> None:
    parent.join()
    os._exit(0)


def keep_following(folder: Path, *, say: Say, rounds: int | None = None) -> None:
    """Round after round, when no other process does it for this folder; until then it waits. ``rounds`` ends it."""
    with turn(folder / TURN):
        from django.db import close_old_connections

        for number in itertools.count(1):
            close_old_connections()
            pause = one_round(say=say)
            if number == rounds:
                return
            time.sleep(pause)


def one_round(*, say: Say, most: int | None = AT_ONCE) -> float:
    """Everything once. Returns how long to wait for the next: where much was to do, more is waiting."""
    steps = [_take_in, _follow_library, _count_missed, _follow_ledger]
    results = [_safely(step, say, most) for step in steps]
    if None in results:
        return AFTER_A_FAULT
    return 0.0 if most is not None and any(done is not None and done >= most for done in results) else PAUSE


def _safely(step: Callable[[Say, int | None], int], say: Say, most: int | None) -> int | None:
    """What one step did; None when it failed, which is logged and keeps nothing else from being done."""
    try:
        return step(say, most)
    except Exception:
        logger.exception("the worker's %s failed", step.__name__.strip("_"))
        return None


def _take_in(say: Say, most: int | None) -> int:
    from youju.library.intake.tasks import work

    taken = work(at=now())
    if taken.total:
        say(f"收件目录：{taken.sentence}")
    return 0


def _follow_library(say: Say, most: int | None) -> int:
    from youju.upkeep.following import follow_library

    done = follow_library(most=most)
    if done:
        say(f"检索和比对跟上了 {done} 篇。")
    return done


def _count_missed(say: Say, most: int | None) -> int:
    from youju.study.selftests.actions import settle_over

    done = settle_over(at=now(), most=most)
    if done:
        say(f"统计了 {done} 次自测常错的题。")
    return done


def _follow_ledger(say: Say, most: int | None) -> int:
    from youju.upkeep.following import follow_up

    done = follow_up(on=today(), most=most)
    if done:
        say(f"更新了 {done} 个支部的办理情况。")
    return done
