"""Questions about 学以致用: what of a ledger was put to use, where, and what a place of work owes to study."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from youju.journal import queries as journal
from youju.kit.periods import Period
from youju.people.listed import Listed
from youju.people.models import Unit
from youju.people.units.values import UnitKind
from youju.people.written_once import Rows, written_once
from youju.records.activities.models import Session
from youju.records.activities.values import HAPPENED
from youju.records.problems.models import Problem
from youju.records.projects.models import Project
from youju.study.uses.models import Use, UseSet
from youju.study.uses.values import WORK_KINDS, Place

Work = Project | Problem | Session
MOST_OFFERED = 60
OF_USE = (
    "pk", "number", "ledger_id", "source_id", "part_id", "source__title", "part__title", "outcome", "project_id",
    "problem_id", "entered_at",
)  # fmt: skip


class Used(NamedTuple):
    """A material that was put to use on a day, as figures and the map of study ask."""

    use_id: int
    number: str
    ledger_id: int
    source_id: int
    part_id: int | None
    title: str
    part_title: str | None
    outcome: str
    project_id: int | None
    problem_id: int | None
    entered_at: datetime
    day: date

    @property
    def place(self) -> Place:
        return Place.PROJECT if self.project_id else Place.PROBLEM if self.problem_id else Place.RECORD

    @property
    def studied(self) -> str:
        """《title》part."""
        return f"《{self.title}》{self.part_title or ''}"


def with_parts(rows: UseSet) -> UseSet:
    """With all a page shows."""
    return rows.select_related("ledger", "source", "part", "project", "problem", "session", "file").prefetch_related(
        "session__kind_rows"
    )


def uses_of(ledger: Unit, *, year: int) -> list[Use]:
    """What was put to use in a year, newest first."""
    day = Q(used_on__year=year) | Q(session__held_on__year=year)
    rows = with_parts(Use.objects.standing().filter(day, ledger=ledger))
    return sorted(rows, key=lambda use: (use.day, use.pk), reverse=True)


def uses_told(ledger: Unit, year: int, *, on: date) -> list[Use]:
    """What was put to use in a year by a day, earliest first."""
    return [use for use in reversed(uses_of(ledger, year=year)) if use.day <= on]


def find(ledger: Unit, number: str) -> Use | None:
    """Also one that was withdrawn: its page says so."""
    return with_parts(Use.objects.filter(ledger=ledger, number=number)).first()


def uses_in(work: Work) -> list[Use]:
    """What was put to use in a project, a problem or a record, earliest first."""
    return sorted(with_parts(Use.objects.standing().filter(of_work(work))), key=lambda use: (use.day, use.pk))


def uses_from(source_id: int) -> list[Use]:
    """Where one material was put to use, earliest first."""
    return sorted(with_parts(Use.objects.standing().filter(source_id=source_id)), key=lambda use: (use.day, use.pk))


def work_named(ledger: Unit, number: str) -> Work | None:
    """The project, problem or record of a ledger that has this number."""
    number = number.strip()
    session = Session.objects.filter(ledger=ledger, number=number, status__in=HAPPENED).prefetch_related("kind_rows")
    project = Project.objects.filter(unit=ledger, number=number).select_related("unit")
    problem = _problems(ledger).filter(number=number)
    return session.first() or project.first() or problem.first()


def works_offered(ledger: Unit) -> list[Work]:
    """What something may be put to use in, the newest of each first: projects, problems, and records of such work."""
    projects = Project.objects.filter(unit=ledger, stopped_on__isnull=True).order_by("-since", "-pk")
    sessions = Session.objects.filter(ledger=ledger, status__in=HAPPENED, kind_rows__kind__in=WORK_KINDS).distinct()
    records = sessions.prefetch_related("kind_rows").order_by("-held_on", "-pk")
    problems = _problems(ledger).order_by("-found_on", "-pk")
    return [*projects[:MOST_OFFERED], *problems[:MOST_OFFERED], *records[:MOST_OFFERED]]


def _problems(ledger: Unit) -> QuerySet[Problem]:
    """Of the ledger's unit and of the groups that write into it."""
    own = Q(unit=ledger) | Q(unit__parent=ledger, unit__kind=UnitKind.GROUP)
    return Problem.objects.filter(own).select_related("unit__parent")


def of_work(work: Work) -> Q:
    if isinstance(work, Project):
        return Q(project=work)
    return Q(problem=work) if isinstance(work, Problem) else Q(session=work)


def takes_uses(session: Session) -> bool:
    """Whether something may be put to use in this record: it happened and is of a kind that does something outside."""
    kinds = {row.kind for row in session.kind_rows.all()}
    return session.status in HAPPENED and not kinds.isdisjoint(WORK_KINDS)


def used_in(ledger_ids: Listed, period: Period) -> list[Used]:
    """What these ledgers put to use in a period, by day."""
    span = (ledger_ids, period.start, period.end)
    return sorted((Used(*row) for row in (*_given(*span), *_recorded(*span))), key=lambda row: (row.day, row.use_id))


@written_once
def _given(ledgers: Listed, start: date, end: date) -> Rows:
    rows = Use.objects.filter(ledger_id__in=ledgers, withdrawn_at__isnull=True, used_on__gte=start, used_on__lte=end)
    return rows.order_by().values_list(*OF_USE, "used_on")


@written_once
def _recorded(ledgers: Listed, start: date, end: date) -> Rows:
    """Of records the day is their own."""
    held = {"session__status__in": HAPPENED, "session__held_on__gte": start, "session__held_on__lte": end}
    rows = Use.objects.filter(ledger_id__in=ledgers, withdrawn_at__isnull=True, **held)
    return rows.order_by().values_list(*OF_USE, "session__held_on")


def body_of(use: Use) -> tuple[dict[str, Any], dict[str, str]]:
    """What a revision of a use holds, its file being loaded: plain data and texts by key."""
    body = {
        "number": use.number, "ledger": use.ledger_id, "source": use.source_id, "part": use.part_id,
        "project": use.project_id, "problem": use.problem_id, "session": use.session_id, "used_on": use.used_on,
        "file": use.file.sha256 if use.file else None, "withdrawn": use.withdrawn_at is not None,
    }  # fmt: skip
    return body, {"outcome": use.outcome, "reason": use.reason}


def torn() -> Iterator[str]:
    """Sentences about uses that do not read like their newest revision."""
    kept = journal.newest(room="study", noun="use")
    for use in Use.objects.select_related("file").order_by("pk").iterator(chunk_size=500):
        written = kept.pop(use.pk, None)
        if written is None:
            yield f"{use.number} 没有修订记录。"
        elif written.number != use.revision or written.unlike(*body_of(use)):
            yield f"{use.number} 与最后一次修订不一致。"
    yield from (f"{written.body.get('number', '一件学以致用')} 只剩下修订记录。" for written in kept.values())
