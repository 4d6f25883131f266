"""The worker behind the pages: one a folder, it goes on when something fails, and it ends with its server."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.cast import standing_cast
from tests.cli.test_serve import free_port, started
from tests.library.making import document
from tests.study.making import LAST, published, questions
from youju.cli import background
from youju.kit.turns import turn, turn_if_free
from youju.library.documents.queries import last_serial
from youju.library.search.queries import index
from youju.upkeep import following


def silent(said: str) -> None:
    pass


@pytest.mark.django_db
def test_a_round_brings_the_index_up_to_the_library(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    document("刚放进来的一篇。")
    said: list[str] = []
    assert background.one_round(say=said.append) == background.PAUSE
    assert index().serial() == last_serial()
    assert len(said) == 1 and said[0].startswith("检索和比对跟上了")
    assert background.one_round(say=said.append) == background.PAUSE and len(said) == 1


@pytest.mark.django_db
def test_a_round_counts_what_was_missed_in_self_tests_that_are_over(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DATA = tmp_path
    cast = standing_cast()
    test = published(cast.branch, questions(cast.branch))
    said: list[str] = []
    for today, counted in ((LAST, False), (LAST + timedelta(days=1), True)):
        monkeypatch.setenv("YOUJU_TODAY", today.isoformat())
        background.one_round(say=said.append)
        test.refresh_from_db()
        assert (test.settled_on is not None) is counted is ("统计了 1 次自测常错的题。" in said)


@pytest.mark.django_db
def test_what_fails_is_logged_and_keeps_nothing_else_from_being_done(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    settings.DATA = tmp_path
    done: list[str] = []

    def broken(**_: object) -> int:
        raise OSError("no space left")

    def computed(**_: object) -> int:
        done.append("scores")
        return 1

    monkeypatch.setattr(following, "follow_library", broken)
    monkeypatch.setattr(following, "follow_up", computed)
    with caplog.at_level(logging.ERROR):
        assert background.one_round(say=silent) == background.AFTER_A_FAULT
    assert done == ["scores"] and "follow_library failed" in caplog.text


@pytest.mark.django_db
def test_where_much_is_to_do_the_next_round_comes_at_once(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DATA = tmp_path
    monkeypatch.setattr(following, "follow_up", lambda **_: background.AT_ONCE)
    assert background.one_round(say=silent) == 0.0


@pytest.mark.skipif(os.name != "posix", reason="Windows 上没有这种锁，后台可以同时开两个")
def test_a_second_worker_waits_until_the_first_has_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rounds: list[str] = []
    monkeypatch.setattr(background, "one_round", lambda **_: rounds.append("one") or 0.0)
    second = threading.Thread(target=background.keep_following, args=(tmp_path,), kwargs={"say": silent, "rounds": 1})
    with turn(tmp_path / background.TURN):
        second.start()
        second.join(0.3)
        assert second.is_alive() and not rounds
    second.join(20)
    assert rounds == ["one"]


def is_followed(folder: Path) -> bool:
    with turn_if_free(folder / background.TURN) as free:
        return not free


def within(seconds: float, folder: Path, *, followed: bool) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if is_followed(folder) is followed:
            return True
        time.sleep(0.2)
    return False


@pytest.mark.skipif(os.name != "posix", reason="信号只在 POSIX 上这样发")
def test_the_worker_comes_with_the_server_and_ends_even_when_that_is_killed(tmp_path: Path) -> None:
    with started("serve", "--data", str(tmp_path), "--port", str(free_port())) as (process, _):
        assert within(60, tmp_path, followed=True)
        process.send_signal(signal.SIGKILL)
        process.wait(20)
        assert within(30, tmp_path, followed=False)
