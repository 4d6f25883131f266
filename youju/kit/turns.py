"""One after the other, between the processes of one machine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path

KNOWN = find_spec("fcntl") is not None  # not on Windows: whoever comes there waits as he would without turns
if KNOWN:
    import fcntl


@contextmanager
def turn(file: Path | str) -> Iterator[None]:
    """Waits until nobody else has his turn with ``file``, which is made where it does not exist and stays empty.

    The kernel wakes the next at once. A process that dies gives its turn back. Where a file system knows no such locks,
    all go at once: a turn makes waiting short and is nothing that anything's truth may rest on.
    """
    if not KNOWN:
        yield
        return
    handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        with suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


@contextmanager
def turn_if_free(file: Path | str) -> Iterator[bool]:
    """The same without waiting: whether nobody else has his turn, so that it is ours until the end."""
    if not KNOWN:
        yield True
        return
    handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        yield _is_taken_at_once(handle)
    finally:
        os.close(handle)


def _is_taken_at_once(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a file system that knows no such locks
        return True
    return True
