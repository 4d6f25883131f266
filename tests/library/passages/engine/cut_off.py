"""Run by a test: each change of a store is killed at each of its steps on the disk, and what is left is looked at.

A process of its own, since it forks. Prints how many times a change was killed, a line for each change.
"""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from tests.library.passages.engine.oracle import told
from youju.library.passages.engine import Passages, disk

TEXT = "坚持把学习放在首位做到有计划有记录有检查有反馈"
MORE = "严格执行请示报告制度重大事项集体讨论会议决定"
CHANGES: dict[str, Callable[[Passages], None]] = {
    "build": lambda store: store.build([(7, TEXT + MORE)], mark=9),
    "add": lambda store: store.add([(2, MORE), (4, TEXT)], mark=9),
    "remove": lambda store: store.remove([1], mark=9),
    "compact": lambda store: store.compact(whole=True),
}


def settle(folder: Path) -> Passages:
    """Two segments, one text dead."""
    store = Passages(folder, compiled=False)
    store.build([(key, TEXT) for key in (1, 2, 3)])
    store.add([(5, MORE)], mark=3)
    store.remove([3])
    return store


def state(folder: Path) -> object:
    store = Passages(folder, compiled=False)
    return store.mark, store.keys(), told(store, TEXT + MORE)


def killed(folder: Path, change: Callable[[Passages], None], step: int) -> bool:
    """Makes the change in a process that dies before its step-th step on the disk; whether it came so far."""
    child = os.fork()
    if child:
        return os.WIFSIGNALED(os.waitpid(child, 0)[1])
    left = step

    def dying(work: Callable[..., object]) -> Callable[..., object]:
        def wrapped(*given: object) -> object:
            nonlocal left
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return work(*given)

        return wrapped

    for name in ("sync", "write", "replace", "clear"):
        setattr(disk, name, dying(getattr(disk, name)))
    change(Passages(folder, compiled=False))
    os._exit(0)


def main(folder: Path) -> None:
    for name, change in CHANGES.items():
        whole = folder / name
        settle(whole)
        before = state(whole)
        change(Passages(whole, compiled=False))
        after = state(whole)
        step = 0
        seen = []
        while True:
            place = folder / f"{name}-{step}"
            settle(place)
            if not killed(place, change, step):
                break
            seen.append(state(place))
            assert seen[-1] in (before, after), (name, step, seen[-1])
            change(Passages(place, compiled=False))
            assert state(place) == after, (name, step)
            parts = {part.name for part in Passages(place).snapshot().manifest.parts}
            assert {path.name for path in place.glob("segment-*")} == parts, (name, step)
            step += 1
        assert before == after or ((seen[0] == before and seen.index(after) > 0) or name == "remove"), name
        print(name, step)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
