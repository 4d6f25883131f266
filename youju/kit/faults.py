"""What a log may say of a fault that comes of a file or of a person's words: its kind and its place, none of its words."""

from __future__ import annotations

from pathlib import Path
from traceback import walk_tb

FRAMES = 40  # of a fault that are told


def way_to(fault: BaseException) -> str:
    """“ValueError at” where it arose, with all that called it: a fault of ours is told from one of the file. Of calls that
    go round and round, the first and the last."""
    walked = [(frame.f_code.co_filename, line) for frame, line in walk_tb(fault.__traceback__)]
    places = [f"{'/'.join(Path(name).parts[-3:])}:{line}" for name, line in walked]
    told = places if len(places) <= FRAMES else [*places[: FRAMES // 2], "…", *places[-FRAMES // 2 :]]
    return f"{type(fault).__name__} at {' > '.join(told)}"
