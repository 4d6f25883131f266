"""What a plan may start from, what its lines make owed, and how they lie beside the rules. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from youju.duties.plans.values import (
    Carried,
    Line,
    LineDraft,
    Offer,
    OpenProblem,
    Point,
    Proposal,
    Rhythm,
    Source,
    Taken,
)
from youju.duties.rulebook import RULES, Rule
from youju.duties.values import Due, UnitFacts
from youju.figures.catalogue import FIGURES
from youju.figures.entry_kinds import ENTRY_KINDS
from youju.figures.figure import Figure, Measure
from youju.kit.periods import Period

ONE_DAY = timedelta(days=1)
NEW_OWNER = "原责任人已不在本组织，请在年度计划里重新定责任人"
RHYTHM_OF = {
    "monthly": Rhythm.MONTHLY, "quarterly": Rhythm.QUARTERLY, "half_yearly": Rhythm.HALF_YEARLY, "yearly": Rhythm.YEARLY,
}  # fmt: skip
#: How a due says its rhythm; a line of named months repeats by month.
DUE_RHYTHM = {Rhythm.MONTHS: "monthly", Rhythm.DAY: "once"}
OVER_ZH = {"own": "", "each_group": "每组", "each_member": "每人"}


def plannable(figure: Figure) -> bool:
    """A target is a number of times: shares, person-times and states are followed, not promised."""
    return figure.measure is Measure.COUNT and figure.unit == "次" and not figure.told and figure.of not in ENTRY_KINDS


PLANNABLE: tuple[str, ...] = tuple(figure.id for figure in FIGURES.values() if plannable(figure))


# -- what a plan may start from ---------------------------------------------------------------------------------------


def offer(
    *,
    binding: Iterable[Due],
    problems: Iterable[OpenProblem],
    points: Iterable[Point],
    last: Iterable[Line],
    year: int,
    taken: Taken,
) -> Offer:
    """What the plan of a year may start from: ``binding`` are the year's dues of the rules, ``last`` last year's lines.

    What the plan has already is not offered again.
    """
    rules = [p for p in map(_of_rule, _rules_of(binding)) if p.draft.rule_id not in taken.rules]
    found = {
        Source.RULE: tuple(rules),
        Source.PROBLEM: tuple(_of_problem(p, year) for p in problems if p.id not in taken.problems),
        Source.SUPERIOR: tuple(_of_point(p) for p in points if p.line.id not in taken.above),
        Source.LAST: tuple(_of_last(line, year) for line in last if _again(line, taken)),
    }
    return Offer({source: proposals for source, proposals in found.items() if proposals})


def _rules_of(dues: Iterable[Due]) -> list[Rule]:
    """The rules behind these dues, once each; a state or a term of office is nothing to plan for a year."""
    return list(
        {
            due.rule.id: due.rule
            for due in dues
            if due.rule is not None and due.rule.rhythm in RHYTHM_OF and not due.hours
        }.values()
    )


def _of_rule(rule: Rule) -> Proposal:
    draft = LineDraft(
        title=rule.title, heading=Source.RULE.heading, source=Source.RULE, source_note=rule.basis, rule_id=rule.id, figure=rule.figure,
        target=rule.target, rhythm=RHYTHM_OF[rule.rhythm],
    )  # fmt: skip
    return Proposal(f"rule:{rule.id}", draft, f"{rule.rhythm_zh}　{rule.basis}")


def _of_problem(problem: OpenProblem, year: int) -> Proposal:
    """One line a problem: by the last day its measures name, in the hands of who has the first of them."""
    days = [m.due_on for m in problem.measures if m.due_on and m.due_on.year == year]
    owners = [m.owner_id for m in problem.measures if m.owner_id]
    texts = "；".join(m.text.rstrip("。；") for m in problem.measures)
    draft = LineDraft(
        title=f"整改：{problem.title}"[:120], heading=Source.PROBLEM.heading, source=Source.PROBLEM, source_note=problem.number,
        problem_id=problem.id, rhythm=Rhythm.DAY if days else Rhythm.YEARLY, by_day=max(days, default=None),
        owner_id=owners[0] if owners else None, note=texts[:300],
    )  # fmt: skip
    return Proposal(f"problem:{problem.id}", draft, texts or "还没有定整改措施")


def _of_point(point: Point) -> Proposal:
    line = point.line
    draft = LineDraft(
        title=line.title, heading=Source.SUPERIOR.heading, source=Source.SUPERIOR, source_note=f"{point.unit_name}年度计划"[:160],
        above_id=line.id, figure=line.figure, target=line.target if line.figure else None, rhythm=line.rhythm, months=line.months,
        by_day=line.by_day,
    )  # fmt: skip
    return Proposal(f"superior:{line.id}", draft, f"{often(line)}　{point.unit_name}")


def _again(line: Line, taken: Taken) -> bool:
    """What the unit set itself last year, and has not set again yet."""
    return line.source in (Source.OWN, Source.LAST) and line.title not in taken.titles


def _of_last(line: Line, year: int) -> Proposal:
    draft = LineDraft(
        title=line.title, heading=line.heading, source=Source.LAST, source_note=f"{line.year}年计划", figure=line.figure,
        target=line.target if line.figure else None, rhythm=line.rhythm, months=line.months, by_day=_same_day(line.by_day, year),
        owner_id=line.owner_id, note=line.note, for_below=line.for_below,
    )  # fmt: skip
    return Proposal(f"last:{line.id}", draft, often(line))


def _same_day(day: date | None, year: int) -> date | None:
    return day and (date(year, 2, 28) if (day.month, day.day) == (2, 29) else day.replace(year=year))


# -- in words ---------------------------------------------------------------------------------------------------------


def often(line: Line | LineDraft) -> str:
    """每月1次, 3月、9月各1次, 6月30日前, 每月每组1次."""
    times = f"{line.target}{FIGURES[line.figure].unit}" if line.figure else ""
    if line.rhythm is Rhythm.MONTHS:
        each = "各" if times and len(line.months) > 1 else ""
        return "、".join(f"{month}月" for month in line.months) + each + times
    if line.rhythm is Rhythm.DAY and line.by_day:
        return f"{line.by_day.month}月{line.by_day.day}日前{times}"
    return f"{line.rhythm.zh}{OVER_ZH[over_of(line)]}{times}"


def over_of(line: Line | LineDraft) -> str:
    """A line taken from a rule is owed of whom the rule says, as long as it asks the rule's figure."""
    rule = RULES.get(line.rule_id)
    return rule.over if rule is not None and rule.figure == line.figure else "own"


def planned_total(line: Line) -> int | None:
    """How many times in the whole year; None where it is owed of each group or member, or counts nothing."""
    return line.target * len(line.periods) if line.figure and over_of(line) == "own" else None


# -- what lines make owed ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Laid:
    """The lines of a plan laid beside the rules: dues of rules as the plan makes them, and what is owed beyond them."""

    by_rule: tuple[Due, ...]
    beyond: tuple[Due, ...]


def lay(lines: Sequence[Line], by_rule: Sequence[Due], facts: UnitFacts | None, *, unit_id: int, on: date) -> Laid:
    """A line that repeats a rule makes no due of its own: it names owner and time on the rule's, and may ask for more.

    ``facts`` are of the plan's year; a unit without them (not a branch) counts nothing, so its figures are not owed.
    """
    dues = {due.key: due for due in by_rule}
    beyond: list[Due] = []
    for line in lines:
        if not line.figure:
            beyond += [_plain(line, period, facts, unit_id, on) for period in _owed(line, facts) if _is_owed(line)]
            continue
        same = [due for due in by_rule if due.rule is not None and due.rule.figure == line.figure and not due.state]
        for period in _owed(line, facts):
            near = [due for due in same if due.period.overlap(period)]
            if not _folded(line, period, near, dues, facts, on) and facts is not None and not _follows(line):
                beyond.append(_counted(line, period, facts, unit_id, on))
    return Laid(tuple(dues.values()), tuple(beyond))


def _folded(
    line: Line, period: Period, near: list[Due], dues: dict[str, Due], facts: UnitFacts | None, on: date
) -> bool:
    """Whether the rules already ask what the line asks of this period; they are told what the line adds."""
    exact = next((due for due in near if due.period == period), None)
    if exact is not None:
        more = exact.over == "own" and line.target > exact.each
        each = max(line.target, dues[exact.key].each) if more else dues[exact.key].each
        said = f"年度计划定为{line.target}次" if more else ""
        dues[exact.key] = _noted(replace(dues[exact.key], each=each), said, _who(line, facts, on))
        return True
    around = next((due for due in near if _within(period, due.period)), None)
    if around is not None and line.target * sum(_within(p, around.period) for p in line.periods) <= around.each:
        when = f"年度计划安排在{_when(period, line)}"
        dues[around.key] = _noted(dues[around.key], when, _who(line, facts, on))
        return True
    inside = [due for due in near if _within(due.period, period)]
    if inside and line.target <= sum(due.each for due in inside):
        for due in inside:
            dues[due.key] = _noted(dues[due.key], _who(line, facts, on))
        return True
    return False


def _follows(line: Line) -> bool:
    """It says what its rule says and no more, so it is owed when the rule binds and else not."""
    rule = RULES.get(line.rule_id)
    if rule is None or rule.figure != line.figure:
        return False
    return rule.over != "own" or (RHYTHM_OF.get(rule.rhythm) is line.rhythm and line.target <= rule.target)


def _within(inner: Period, outer: Period) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _when(period: Period, line: Line) -> str:
    return f"{period.end.month}月{period.end.day}日前" if line.rhythm is Rhythm.DAY else f"{period.start.month}月"


def _noted(due: Due, *said: str) -> Due:
    known = due.note.split("；") if due.note else []
    return replace(due, note="；".join(dict.fromkeys([*known, *filter(None, said)])))


def _owed(line: Line, facts: UnitFacts | None) -> tuple[Period, ...]:
    """The line's periods through which the unit was open."""
    if facts is None:
        return line.periods
    return tuple(p for p in line.periods if facts.open.on(p.end) and (facts.open.on(p.start) or len(line.periods) == 1))


def _is_owed(line: Line) -> bool:
    """Measures with a day are owed by themselves; the problem's line then waits for the closing and is no second due."""
    return line.problem is None or not line.problem.has_dated_measures


def _due(line: Line, period: Period, unit_id: int, note: str) -> Due:
    return Due(
        source="plan",
        source_id=str(line.id),
        title=line.title,
        label=line.title[:8],
        basis=f"{line.year}年度计划",
        period=period,
        opens_on=period.start,
        owed_by=period.end,
        unit_id=unit_id,
        verb="record_activity" if line.figure else "finish_measure" if line.problem else "answer_plan",
        rhythm=DUE_RHYTHM.get(line.rhythm, line.rhythm.value),
        each=line.target if line.figure else 1,
        note=note,
    )


def _counted(line: Line, period: Period, facts: UnitFacts, unit_id: int, on: date) -> Due:
    return replace(_due(line, period, unit_id, _who(line, facts, on)), kinds=FIGURES[line.figure].kinds)


def _plain(line: Line, period: Period, facts: UnitFacts | None, unit_id: int, on: date) -> Due:
    return _due(line, period, unit_id, _who(line, facts, on))


# -- owners -----------------------------------------------------------------------------------------------------------


def _who(line: Line, facts: UnitFacts | None, on: date) -> str:
    """责任人 of the line, or that a new one is wanted since he left."""
    if line.owner_id is None:
        return ""
    return NEW_OWNER if facts is not None and has_left(line, facts, on) else f"责任人 {line.owner_name}"


def has_left(line: Line, facts: UnitFacts, on: date) -> bool:
    """Whether the owner does not belong to the unit on the day, which is kept within the plan's year."""
    day = min(max(on, date(line.year, 1, 1)), date(line.year, 12, 31))
    return line.owner_id is not None and not any(
        person.id == line.owner_id and person.on(day) for person in facts.members
    )


# -- a line without a figure ------------------------------------------------------------------------------------------


def settled_by_closing(problem: Carried, year: int, on: date) -> bool:
    """A problem's line is done when the problem was closed within the plan's year; later, next year's plan carries it."""
    return problem.closed_on is not None and problem.closed_on <= on and problem.closed_on.year <= year
