"""Two at once, on connections of their own, as two clerks would be."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection


class InThread:
    """A call that runs beside the test; ``result`` gives what it returned, or raises what it raised."""

    def __init__(self, call: Callable[[], Any], barrier: threading.Barrier | None = None) -> None:
        self.value: Any = None
        self.error: BaseException | None = None
        self.thread = threading.Thread(target=self._run, args=(call, barrier))
        self.thread.start()

    def _run(self, call: Callable[[], Any], barrier: threading.Barrier | None) -> None:
        try:
            if barrier:
                barrier.wait(20)
            self.value = call()
        except BaseException as error:  # handed to the test
            self.error = error
        finally:
            connection.close()

    def result(self) -> Any:
        self.thread.join(30)
        assert not self.thread.is_alive(), "the other one never came back"
        if self.error:
            raise self.error
        return self.value


def in_thread(call: Callable[[], Any]) -> InThread:
    return InThread(call)


def together(*calls: Callable[[], Any]) -> list[Any]:
    """What each call returned; all start in the same moment."""
    barrier = threading.Barrier(len(calls))
    running = [InThread(call, barrier) for call in calls]
    return [one.result() for one in running]
