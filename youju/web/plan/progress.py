"""How the lines of a plan stand: their dues, the year's number and last year's, each with the records behind it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from youju.duties.plans.rules import has_left, often, planned_total
from youju.duties.plans.values import Line
from youju.duties.values import Dated, Days, Standing, Status, UnitFacts
from youju.figures.material import load
from youju.figures.queries import ask
from youju.figures.values import Answer
from youju.kit.periods import Period
from youju.people.models import Membership, Unit
from youju.people.units.values import UnitKind

MOST_NAMED = 4


@dataclass(frozen=True)
class Progress:
    """One line with how it stands. Without answers nothing is counted: it is settled by records, or its unit is no branch."""

    line: Line
    often: str
    planned: int | None  # times in the whole year
    this: Answer | None
    last: Answer | None
    dues: tuple[Standing, ...]
    left: bool  # its owner is no longer here
    mark: str
    state: str
    sentence: str

    @property
    def unit(self) -> str:
        return self.this.figure.unit if self.this else ""


def progress_of(
    unit: Unit, lines: Sequence[Line], standings: Iterable[Standing], *, year: int, on: date
) -> list[Progress]:
    """``standings`` are all of the unit's year."""
    standings = tuple(standings)
    answers = _answers(unit, lines, year=year, on=on)
    facts = _people(unit, lines)
    return [
        _progress(line, standings, *answers.get(line.figure, (None, None)), left=has_left(line, facts, on))
        for line in lines
    ]


def _answers(unit: Unit, lines: Sequence[Line], *, year: int, on: date) -> dict[str, tuple[Answer, Answer]]:
    """This year's and last year's answer of every figure, from one loading. Only a branch's work is counted here."""
    figures = {line.figure for line in lines if line.figure}
    if not figures or unit.kind != UnitKind.BRANCH:
        return {}
    material = load(unit, Period(date(year - 1, 1, 1), date(year, 12, 31)))

    def asked(figure: str, of: int) -> Answer:
        return ask(figure, unit, Period.year(of), as_of=on, material=material)

    return {figure: (asked(figure, year), asked(figure, year - 1)) for figure in figures}


def _people(unit: Unit, lines: Sequence[Line]) -> UnitFacts:
    """Of the owners alone: on which days they belonged here."""
    owners = {line.owner_id for line in lines if line.owner_id}
    rows = Membership.objects.in_unit(unit).filter(member_id__in=owners)
    spans = rows.values_list("member_id", "member__name", "since", "until")
    return UnitFacts(unit.pk, members=tuple(Dated(pk, name, (Days(since, until),)) for pk, name, since, until in spans))


def dues_of(line: Line, standings: Iterable[Standing]) -> tuple[Standing, ...]:
    """The line's own dues and those of a rule that it repeats or strengthens; of a problem, its measures' own."""
    own = str(line.id)
    return tuple(
        s
        for s in standings
        if (s.due.source == "plan" and s.due.source_id == own)
        or (s.due.rule is not None and line.figure and s.due.rule.figure == line.figure and not s.due.state)
        or (line.problem is not None and s.due.source == "measure" and s.initial.get("problem") == line.problem.number)
    )


def _progress(
    line: Line, standings: tuple[Standing, ...], this: Answer | None, last: Answer | None, *, left: bool
) -> Progress:
    dues = dues_of(line, standings)
    mark, state, sentence = _stands(line, dues)
    return Progress(line, often(line), planned_total(line), this, last, dues, left, mark, state, sentence)


def _stands(line: Line, dues: tuple[Standing, ...]) -> tuple[str, str, str]:
    """(shape, word, sentence): late before open, open before done."""
    if line.problem is not None and line.problem.closed_on is not None:
        return "done", "已销号", f"{line.problem.number}已销号"
    late = [s for s in dues if s.status is Status.LATE]
    if late:
        return "late", "有逾期", f"差{_when(late)}" if line.figure else _not_done(line, late)
    if not dues:
        return "", "", ""
    if all(s.status in (Status.DONE, Status.WAIVED, Status.UNKNOWN) for s in dues):
        known = any(s.status is not Status.UNKNOWN for s in dues)
        return ("done", "已完成", "") if known else ("todo", "无记录", dues[0].sentence)
    begun = [s for s in dues if s.status in (Status.DONE, Status.PART, Status.PLANNED, Status.WAIVED)]
    if not begun:
        not_yet = all(s.status is Status.NOT_YET for s in dues)
        return "todo", "未到期" if not_yet else "待办", _first(dues)
    return "half", "按进度", _first(dues)


def _not_done(line: Line, late: list[Standing]) -> str:
    """Of a problem, its measures; none of them is told by its words, which may name who has it in hand."""
    measures = sum(s.due.source == "measure" for s in late)
    if line.problem is not None:
        return f"整改措施逾期{measures}条" if measures else f"{line.problem.number}还没有销号"
    return _when(late) if late[0].due.rhythm != "once" else ""


def _when(late: list[Standing]) -> str:
    named = list(dict.fromkeys(s.due.when if s.due.rhythm != "once" else s.due.title for s in late))
    more = f"等{len(named)}期" if len(named) > MOST_NAMED else ""
    return "、".join(named[:MOST_NAMED]) + more


def _first(dues: tuple[Standing, ...]) -> str:
    """What is to be done next."""
    waiting = [s for s in dues if s.status in (Status.PART, Status.PLANNED, Status.OPEN)]
    first = min(waiting, key=lambda s: s.due.owed_by, default=None)
    if first is None:
        return ""
    said = "" if first.due.source == "measure" else first.sentence
    if first.planned is not None:  # the title of a planned talk may say with whom
        said = f"{first.planned.day.month}月{first.planned.day.day}日已排期"
    when = first.due.when if first.due.rhythm != "once" else ""
    return f"{when}{'：' if when and said else ''}{said}" if said else ""


def number(answer: Answer | None) -> int | float | None:
    """The number to be shown; None where the ledger can say nothing, for unknown is not 0."""
    return answer.value if answer is not None and answer.known else None
