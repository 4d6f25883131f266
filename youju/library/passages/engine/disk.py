"""Files that are whole or not there: what is written is on the disk before its name is told, one writer at a time."""

from __future__ import annotations

import mmap
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

AT_ONCE = 1 << 16  # bytes of a small file
UNIX = find_spec("fcntl") is not None
if UNIX:
    import fcntl
else:
    import msvcrt


@contextmanager
def only_writer(folder: Path) -> Iterator[None]:
    """Waits until nobody else writes here. A process that dies gives its place back."""
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
    try:
        if UNIX:
            fcntl.flock(handle, fcntl.LOCK_EX)
        else:
            msvcrt.locking(handle, msvcrt.LK_LOCK, 1)  # type: ignore[attr-defined,unused-ignore]
        yield
    finally:
        os.close(handle)


def sync(handle: int) -> None:
    """What was written is on the disk and outlasts a power cut."""
    os.fsync(handle)


def sync_folder(folder: Path) -> None:
    """The names in a folder are on the disk. Windows knows no such thing and needs none."""
    if UNIX:
        handle = os.open(folder, os.O_RDONLY)
        try:
            sync(handle)
        finally:
            os.close(handle)


def write(file: Path, content: bytes | NDArray[Any]) -> None:
    """A new file, whole on the disk."""
    with file.open("wb") as out:
        out.write(content if isinstance(content, bytes) else content.data)
        out.flush()
        sync(out.fileno())


def replace(file: Path, content: bytes) -> None:
    """A file's content changed in one moment: whoever reads it finds the old or the new."""
    fresh = file.with_name(file.name + ".new")
    write(fresh, content)
    fresh.replace(file)
    sync_folder(file.parent)


def content(file: Path) -> bytes:
    """A small file as it is, read with nothing between: this is asked before each question."""
    handle = os.open(file, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        return b"".join(iter(lambda: os.read(handle, AT_ONCE), b""))
    finally:
        os.close(handle)


def mapped(file: Path, kind: str) -> NDArray[Any]:
    """A file's numbers, read from the disk where they are looked at. They stay when the file's name goes."""
    with file.open("rb") as source:
        if not os.fstat(source.fileno()).st_size:
            return np.empty(0, kind)
        return np.frombuffer(mmap.mmap(source.fileno(), 0, access=mmap.ACCESS_READ), kind)


def clear(folder: Path) -> None:
    """Removes a folder, or a file in its place; where it is still read and the system forbids it, another time."""
    if folder.is_file():
        with suppress(OSError):
            folder.unlink()
    shutil.rmtree(folder, ignore_errors=True)
