"""Is everything whole? Seals, revisions, files, and each record against its newest revision."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from youju.journal import queries as journal
from youju.journal.models import Revision
from youju.records.models import Problem, Session
from youju.store import queries as store


@dataclass(frozen=True)
class Fault:
    """Something that is not as it was written down."""

    where: str
    sentence: str


def faults() -> list[Fault]:
    """Every fault found; empty when all is whole. Reads everything, changes nothing."""
    found = [Fault("封存", broken.sentence) for broken in journal.breaks()]
    found += [Fault("文件", f"文件 {row.sha256[:8]} 丢失或已损坏。") for row in store.damaged()]
    found += list(_sessions_unlike_their_revision())
    found += list(_problems_without_revision())
    return found


def _newest(noun: str) -> dict[int, bytes]:
    rows = Revision.objects.filter(room="records", noun=noun).order_by("object_id", "number").values_list("object_id", "body")
    return {object_id: bytes(body) for object_id, body in rows.iterator(chunk_size=2000)}


def _sessions_unlike_their_revision() -> Iterator[Fault]:
    """A record changed behind the actions' back no longer reads like its newest revision."""
    bodies = _newest("session")
    sessions = Session.objects.prefetch_related("kind_rows", "roster").order_by("pk")
    for session in sessions.iterator(chunk_size=500):
        body = bodies.get(session.pk)
        if body is None:
            yield Fault("台账", f"{session.number} 没有修订记录。")
            continue
        kept = json.loads(body)
        roster = [[r.member_id, r.unit_id, r.attendance, r.leave_category, r.expected, r.votes] for r in session.roster.all()]
        kinds = [row.kind for row in session.kind_rows.all()]
        now = (session.number, session.status, kinds, session.for_year, session.chair_id, roster)
        then = (kept["number"], kept["status"], kept["kinds"], kept["for_year"], kept["chair"], kept["roster"])
        if now != then:
            yield Fault("台账", f"{session.number} 与最后一次修订不一致。")


def _problems_without_revision() -> Iterator[Fault]:
    bodies = _newest("problem")
    for problem in Problem.objects.order_by("pk"):
        if problem.pk not in bodies:
            yield Fault("问题", f"{problem.number} 没有修订记录。")
