"""Turns: one after the other, given back by whoever dies, and no turn where the system knows none."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from youju.kit import turns
from youju.kit.turns import turn

locks = pytest.mark.skipif(not turns.KNOWN, reason="这个系统没有 flock")
HOLD = """
import sys
from pathlib import Path
from youju.kit.turns import turn
with turn(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@locks
def test_the_second_waits_for_the_first(tmp_path):
    file, order, begun = tmp_path / "turn", [], threading.Event()

    def second():
        begun.set()
        with turn(file):
            order.append("second")

    with turn(file):
        thread = threading.Thread(target=second)
        thread.start()
        assert begun.wait(20)
        thread.join(0.05)
        order.append("first")
    thread.join(20)
    assert order == ["first", "second"] and not file.read_bytes()


@locks
def test_whoever_dies_gives_his_turn_back(tmp_path):
    file = tmp_path / "turn"
    root = str(Path(turns.__file__).parents[2])
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": root}
    )  # fmt: skip
    assert other.stdout and other.stdout.readline() == b"held\n"
    threading.Timer(0.05, other.kill).start()
    with turn(file):  # would never come while the other lives
        assert other.wait(20)
    other.stdout.close()


@locks
def test_a_fault_gives_the_turn_back(tmp_path):
    with pytest.raises(KeyError), turn(tmp_path / "turn"):
        raise KeyError
    with turn(tmp_path / "turn"):
        pass


def test_where_the_system_knows_no_turns_all_go_at_once(tmp_path, monkeypatch):
    monkeypatch.setattr(turns, "KNOWN", False)
    with turn(tmp_path / "turn"), turn(tmp_path / "turn"):
        assert not (tmp_path / "turn").exists()
