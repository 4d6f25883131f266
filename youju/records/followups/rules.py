"""Pure judgement about tasks: how one stands on a day, and which drafts of a corrected record mean which task."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from youju.records.followups.values import Place, Stage, TaskDraft


def stage(*, due_on: date | None, done_on: date | None, on: date) -> Stage:
    """What is due today is not late yet; without a day nothing is ever late."""
    if done_on is not None and done_on <= on:
        return Stage.DONE
    return Stage.LATE if due_on is not None and due_on < on else Stage.OPEN


@dataclass(frozen=True)
class Standing:
    """A task as it stands before a correction, with the words of the resolution it stood under."""

    pk: int
    text: str
    under: str


@dataclass(frozen=True)
class Matched:
    """What becomes of each: ``changed`` by id, ``new``, ``moved`` (a task nobody spoke of) by id."""

    changed: Mapping[int, tuple[Place, TaskDraft]]
    new: Sequence[tuple[Place, TaskDraft]]
    moved: Mapping[int, Place | None]


def match(
    standing: Sequence[Standing], drafts: Sequence[tuple[Place, TaskDraft]], resolutions: Mapping[Place, str]
) -> Matched:
    """No task is lost and none is doubled: a draft means the task it names, else one with the same words.

    A task that no draft means stays. It follows the resolution whose words it stood under; where that is gone, it stands
    under none.
    """
    left = {task.pk: task for task in standing}
    changed: dict[int, tuple[Place, TaskDraft]] = {}
    unnamed = []
    for place, draft in drafts:
        if draft.task_id is not None and draft.task_id in left:
            changed[left.pop(draft.task_id).pk] = (place, draft)
        else:
            unnamed.append((place, draft))
    new = []
    for place, draft in unnamed:
        same = next((task for task in left.values() if task.text == draft.text.strip()), None)
        if same:
            changed[left.pop(same.pk).pk] = (place, draft)
        else:
            new.append((place, draft))
    where = {resolutions[place]: place for place in reversed(list(resolutions))}
    return Matched(changed, new, {pk: where.get(task.under) for pk, task in left.items()})
