"""Questions about tasks."""

from __future__ import annotations

from typing import Any

from django.db.models import F, QuerySet

from youju.people.members.models import Member
from youju.people.models import Unit
from youju.people.written_once import rows_once
from youju.records.activities.models import Session
from youju.records.followups.models import Task, TaskSet
from youju.records.followups.values import Place


def tasks_of(session: Session) -> dict[Place | None, list[Task]]:
    """The tasks of a session under the resolution each stands under; None where that is gone."""
    found: dict[Place | None, list[Task]] = {}
    for task in session.tasks.filter(dropped_on__isnull=True).select_related("owner", "record").order_by("pk"):
        found.setdefault(place_of(task), []).append(task)
    return found


def place_of(task: Task) -> Place | None:
    return None if task.item is None or task.resolution is None else Place(task.item, task.resolution)


def tasks_in(unit: Unit) -> TaskSet:
    """What is owed in the unit's own ledger, soonest first: a superior reads no tasks, they say who and what."""
    rows = Task.objects.owed().filter(session__ledger=unit).select_related("session__ledger", "owner", "record")
    return rows.order_by(F("due_on").asc(nulls_last=True), "pk")  # databases differ on where no day stands


def find(ledger: Unit, task_id: int) -> Task | None:
    """A task of this ledger that is owed or was done."""
    rows = Task.objects.owed().filter(session__ledger=ledger, pk=task_id)
    return rows.select_related("session__ledger", "owner", "record").first()


def years_of(session: Session) -> set[int]:
    """The years in which the tasks of a session are read."""
    rows = Task.objects.filter(session=session, dropped_on__isnull=True).values_list("due_on", "done_on")
    return {day.year for days in rows for day in days if day is not None}


def body_of(task: Task) -> tuple[dict[str, Any], dict[str, str]]:
    """What a revision of a task holds: plain data with persons as ids, and texts by key."""
    body = {
        "session": task.session_id, "item": task.item, "resolution": task.resolution, "owner": task.owner_id,
        "due_on": task.due_on, "done_on": task.done_on, "record": task.record_id, "dropped_on": task.dropped_on,
    }  # fmt: skip
    return body, {"text": task.text, "word": task.word}


@rows_once
def _owned_by(member: int) -> QuerySet[Task]:
    return Task.objects.owed().filter(owner_id=member).select_related("session").order_by("pk")


def about(member: Member) -> dict[str, object]:
    """Tasks a member answers for."""
    return {
        "负责的落实事项": [
            {"编号": row.session.number, "事项": row.text, "期限": row.due_on, "落实": row.done_on}
            for row in _owned_by(member.pk)
        ]
    }
