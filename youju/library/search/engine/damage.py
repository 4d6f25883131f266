"""What goes wrong inside the engine comes out as one kind of exception."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class Damaged(Exception):
    """The index cannot be read or written as it is. It holds nothing that the database does not."""


@contextmanager
def noticing_damage() -> Iterator[None]:
    """Turns every failure of the engine into Damaged. Spoilt files make it panic, which comes as no Exception."""
    try:
        yield
    except Damaged:
        raise
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:
        raise Damaged(str(error)) from error
