"""What each page of the plan shows: one frozen dataclass a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.urls import reverse

from youju.accounts.models import User
from youju.duties.plans.models import Plan
from youju.duties.plans.queries import in_force, lines_of, takers, years_of
from youju.duties.plans.values import Line, Offer, Proposal, Source
from youju.duties.queries import ledgers_of, standings
from youju.duties.values import Standing
from youju.figures.values import Answer, Row
from youju.journal.queries import lines_of as journal_lines
from youju.journal.queries import revisions_of
from youju.journal.values import Owner
from youju.people.models import Unit
from youju.people.roles.rules import Right
from youju.prose.vocabulary import KINDS
from youju.records.activities.rules import TALK_KINDS
from youju.records.models import Session
from youju.web.plan.progress import Progress, number, progress_of
from youju.web.plan.studying import Studying, studying_of
from youju.web.shared.navigation import address


@dataclass(frozen=True)
class PlanRow:
    """One line as this reader may see it: without the name of its owner where names are not his."""

    progress: Progress
    number: int
    this: int | float | None
    last: int | float | None
    owner: str
    note: str
    taken: int | None  # plans below that took it up
    url: str
    studying: Studying | None  # the units of study it points down to

    @property
    def line(self) -> Line:
        return self.progress.line


@dataclass(frozen=True)
class Group:
    heading: str
    rows: tuple[PlanRow, ...]


@dataclass(frozen=True)
class Trace:
    verb: str
    who: str
    at: datetime
    reason: str


@dataclass(frozen=True)
class PlanPage:
    unit: Unit
    year: int
    years: tuple[int, ...]
    on: date
    plan: Plan | None  # None: none is begun, or it is a draft that this reader may not see
    in_force: bool
    groups: tuple[Group, ...]
    meeting_url: str
    lost_meeting: bool  # the record that adopted it was removed
    traces: tuple[Trace, ...]
    may_read_draft: bool
    may_write: bool
    may_adopt: bool
    has_next: bool
    offers: tuple[tuple[str, int], ...]  # of an empty plan: what it may start from, and how many lines

    @property
    def rows(self) -> tuple[PlanRow, ...]:
        return tuple(row for group in self.groups for row in group.rows)

    @property
    def late(self) -> int:
        return sum(row.progress.mark == "late" for row in self.rows) if self.in_force else 0

    @property
    def done(self) -> int:
        return sum(row.progress.mark == "done" for row in self.rows)

    @property
    def orphans(self) -> int:
        return sum(row.progress.left for row in self.rows)

    @property
    def sends_down(self) -> bool:
        return any(row.line.for_below for row in self.rows)

    @property
    def seal(self) -> str:
        """第3次修订: which version of the plan this is."""
        return f"第 {self.plan.revision} 次修订" if self.plan else ""


@dataclass(frozen=True)
class StartPage:
    unit: Unit
    year: int
    offer: Offer
    needs_reason: bool
    exists: bool

    @property
    def groups(self) -> list[tuple[Source, tuple[Proposal, ...]]]:
        return list(self.offer.proposals.items())


@dataclass(frozen=True)
class AdoptPage:
    unit: Unit
    year: int
    plan: Plan
    lines: int
    meetings: tuple[Session, ...]
    record_url: str


@dataclass(frozen=True)
class RecordLine:
    row: Row
    title: str
    url: str


@dataclass(frozen=True)
class DueLine:
    standing: Standing
    mark: str
    url: str


@dataclass(frozen=True)
class YearOfRecords:
    """The records behind one number."""

    year: int
    answer: Answer
    rows: tuple[RecordLine, ...]

    @property
    def value(self) -> int | float | None:
        return number(self.answer)


@dataclass(frozen=True)
class LinePage:
    unit: Unit
    plan: Plan
    row: PlanRow
    dues: tuple[DueLine, ...]
    years: tuple[YearOfRecords, ...]
    shows_names: bool
    opens_units: bool  # of study; who looks over the branch reads their number
    problem_url: str


def plan_url(unit: Unit, year: int, page: str = "index") -> str:
    return f"{reverse(f'plan:{page}')}?{urlencode({'unit': unit.pk, 'year': year})}"


def may_see(plan: Plan | None, rights: frozenset[Right]) -> bool:
    """A draft belongs to the branch alone; what is adopted, also to who looks over it."""
    return plan is not None and (Right.READ_DRAFTS in rights or in_force(plan))


def plan_page(
    *, unit: Unit, year: int, plan: Plan | None, rights: frozenset[Right], on: date, offer: Offer | None
) -> PlanPage:
    known = {year, on.year, *years_of(unit)} | ({on.year + 1} if on.month >= 10 else set())
    shown = plan if may_see(plan, rights) else None
    held = shown is not None and in_force(shown)
    sources = offer.proposals.items() if offer else ()
    return PlanPage(
        unit=unit,
        year=year,
        years=tuple(sorted(known, reverse=True)),
        on=on,
        plan=shown,
        in_force=held,
        groups=groups_of(shown, rights=rights, on=on) if shown else (),
        meeting_url=_meeting_url(shown, rights) if shown else "",
        lost_meeting=shown is not None and shown.adopted_by_id is not None and not held,
        traces=_traces(shown) if shown and Right.READ_DRAFTS in rights else (),
        may_read_draft=Right.READ_DRAFTS in rights,
        may_write=Right.WRITE_DRAFTS in rights,
        may_adopt=Right.SIGN_OFF in rights and shown is not None and not held,
        has_next=on.month >= 10 and year == on.year,
        offers=tuple((source.zh, len(found)) for source, found in sources),
    )


def groups_of(plan: Plan, *, rights: frozenset[Right], on: date) -> tuple[Group, ...]:
    """The lines in their groups, in the order in which each group first appears."""
    rows = rows_of(plan, rights=rights, on=on)
    headings = dict.fromkeys(row.line.heading for row in rows)
    return tuple(Group(heading, tuple(row for row in rows if row.line.heading == heading)) for heading in headings)


def rows_of(plan: Plan, *, rights: frozenset[Right], on: date) -> list[PlanRow]:
    lines = lines_of(plan)
    held = in_force(plan)
    all_standings = standings(plan.unit, plan.year, on=on) if held and lines else ()
    taken = takers(plan) if held and any(line.for_below for line in lines) else {}
    found = progress_of(plan.unit, lines, all_standings, year=plan.year, on=on)
    studying = studying_of(plan.unit, lines, plan.year, on=on)
    return [
        row_of(one, n, taken=taken, studying=studying, rights=rights) for n, one in enumerate(_grouped(found), start=1)
    ]


def _grouped(found: list[Progress]) -> Iterable[Progress]:
    """Numbers run through the page as it is read: group by group."""
    headings = list(dict.fromkeys(one.line.heading for one in found))
    return sorted(found, key=lambda one: headings.index(one.line.heading))


def row_of(
    progress: Progress, n: int, *, taken: dict[int, int], studying: Mapping[int, Studying], rights: frozenset[Right]
) -> PlanRow:
    line = progress.line
    inside = Right.READ_ROSTER in rights
    return PlanRow(
        progress=progress,
        number=n,
        this=number(progress.this),
        last=number(progress.last),
        owner=line.owner_name if inside else "",
        note=line.note if inside else "",
        taken=taken.get(line.id, 0) if line.for_below else None,
        url=reverse("plan:line", args=[line.id]),
        studying=studying.get(line.id),
    )


def _meeting_url(plan: Plan, rights: frozenset[Right]) -> str:
    if plan.adopted_by is None or Right.READ_HEADS not in rights:
        return ""
    return reverse("ledger:record", args=[plan.adopted_by.ledger_id, plan.adopted_by.number])


def _traces(plan: Plan) -> tuple[Trace, ...]:
    """Who did what when, and why an adopted plan was changed."""
    owner = Owner("duties", "plan", plan.pk)
    lines = journal_lines(owner)
    reasons = {revision.at: revision.reason for revision in revisions_of(owner)}
    names = dict(User.objects.filter(pk__in={line.by_id for line in lines if line.by_id}).values_list("pk", "name"))
    return tuple(
        Trace(line.verb, names.get(line.by_id or 0, "系统"), line.at, reasons.get(line.at, "")) for line in lines
    )


# -- one line ---------------------------------------------------------------------------------------------------------

MARKS = {"late": "late", "done": "done", "part": "half", "planned": "plan", "waived": "waived"}


def line_page(*, plan: Plan, line_id: int, rights: frozenset[Right], on: date) -> LinePage | None:
    row = next((row for row in rows_of(plan, rights=rights, on=on) if row.line.id == line_id), None)
    if row is None:
        return None
    ledgers = ledgers_of(plan.unit)
    inside = Right.READ_RECORDS in rights
    answers = [answer for answer in (row.progress.this, row.progress.last) if answer is not None]
    problem = row.line.problem
    return LinePage(
        unit=plan.unit,
        plan=plan,
        row=row,
        dues=tuple(DueLine(s, MARKS.get(s.status, "todo"), _due_url(s)) for s in row.progress.dues),
        years=tuple(
            YearOfRecords(a.period.start.year, a, tuple(_record(plan.unit, row, ledgers, inside) for row in a.rows))
            for a in answers
        ),
        shows_names=Right.READ_ROSTER in rights,
        opens_units=inside,
        problem_url=reverse("problems:problem", args=[plan.unit_id, problem.number]) if problem and inside else "",
    )


def _record(unit: Unit, row: Row, ledgers: frozenset[int], inside: bool) -> RecordLine:
    """A talk is shown to who looks over the branch as having taken place: its title may say with whom."""
    talk = not inside and TALK_KINDS & set(row.kinds)
    title = "、".join(KINDS[kind].zh for kind in row.kinds) if talk else row.title
    opens = row.number and row.unit_id in ledgers
    return RecordLine(row, title, reverse("ledger:record", args=[unit.pk, row.number]) if opens else "")


def _due_url(standing: Standing) -> str:
    due = standing.due
    if due.rule is not None:
        return f"{reverse('today:due', args=[due.rule.id, due.code])}?unit={due.unit_id}"
    if due.source == "measure" or due.verb == "finish_measure":
        return ""
    page = address("today:single")
    return f"{page}?{urlencode({'unit': due.unit_id, 'key': due.key})}" if page else ""
