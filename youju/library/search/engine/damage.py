"""What goes wrong inside the engine comes out as one kind of exception."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

PANICS = "pyo3_runtime"  # the module of what a panic of the engine comes as; it can be named no other way


class Damaged(Exception):
    """The index cannot be read or written as it is. It holds nothing that the database does not."""


@contextmanager
def noticing_damage() -> Iterator[None]:
    """Turns a failure of the engine into Damaged: an error it tells, or a panic, which comes as no Exception.

    A fault of ours is none of the index, which would be thrown away for it and made anew.
    """
    try:
        yield
    except (ValueError, OSError) as error:
        raise Damaged(str(error)) from error
    except BaseException as error:
        if type(error).__module__ != PANICS:
            raise
        raise Damaged(str(error)) from error
