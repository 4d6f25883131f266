"""A log says the kind and the place of a fault, and nothing that it was told."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from youju.kit.faults import FRAMES, way_to


def caught(call: Callable[[], object]) -> str:
    with pytest.raises((ValueError, RecursionError)) as fault:
        call()
    return way_to(fault.value)


def test_the_whole_way_is_told_and_none_of_the_words() -> None:
    told = caught(lambda: inner("张三的原话"))
    assert told.startswith("ValueError at tests/kit/test_faults.py:") and told.count(" > ") == 2
    assert "张三" not in told and "int(" not in told


def inner(words: str) -> int:
    return int(words)


def test_of_calls_that_go_round_and_round_both_ends_are_told() -> None:
    def round_and_round() -> None:
        round_and_round()

    told = caught(round_and_round)
    assert told.startswith("RecursionError at tests/kit/test_faults.py:")
    assert " > … > " in told and told.count(" > ") == FRAMES
