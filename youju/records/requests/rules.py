"""Pure judgement about a request: how it stands on a day."""

from __future__ import annotations

from datetime import date
from enum import StrEnum


class Stage(StrEnum):
    OVERDUE = "overdue"
    TODO = "todo"
    GOING = "going"
    ANSWERED = "answered"
    CLOSED = "closed"

    @property
    def zh(self) -> str:
        return {"overdue": "逾期", "todo": "待办", "going": "办理中", "answered": "已答复", "closed": "已办结"}[self]


def stage(
    *, planned: bool, due_on: date | None, replied_on: date | None, closed_on: date | None, on: date
) -> Stage:  # fmt: skip
    """A day that is due today is not yet overdue; what was answered is waited for no longer."""
    if closed_on is not None and closed_on <= on:
        return Stage.CLOSED
    if replied_on is not None and replied_on <= on:
        return Stage.ANSWERED
    if due_on is not None and due_on < on:
        return Stage.OVERDUE
    return Stage.GOING if planned else Stage.TODO
