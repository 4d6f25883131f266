"""Which dues a rule makes of a unit's facts, and how a due stands. Pure: values in, values out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from youju.duties.rulebook import Rule
from youju.duties.values import Around, Dated, Due, Planned, Standing, Status, UnitFacts
from youju.figures.values import Answer, Row
from youju.kit.periods import Period

ONE_DAY = timedelta(days=1)
MOST_NAMES = 4


def expand(rule: Rule, facts: UnitFacts, year: int) -> tuple[Due, ...]:
    """What a rule makes the unit owe for a year: a due exists if it held on the first and last day of the period."""
    if rule.rhythm == "state":
        return tuple(_due(rule, facts, period) for period in _runs(rule, facts, Period.year(year)))
    return tuple(
        _due(rule, facts, period)
        for period in _periods(rule, year)
        if binds(rule, facts, period.start) and binds(rule, facts, period.end)
    )


def binds(rule: Rule, facts: UnitFacts, day: date) -> bool:
    """Whether the rule holds for the unit on a day: open, rule in force, condition met."""
    choice = facts.choice_on(rule.id, day)
    if not facts.open.on(day) or not (choice.on if choice else rule.default):
        return False
    if rule.formal_at_least is not None and facts.formal_on(day) < rule.formal_at_least:
        return False
    if rule.condition == "committee_exists":
        return facts.committee_on(day)
    return rule.condition != "groups_exist" or facts.groups_on(day)


def _periods(rule: Rule, year: int) -> tuple[Period, ...]:
    whole = Period.year(year)
    return {"monthly": whole.months(), "quarterly": whole.quarters(), "yearly": (whole,)}[rule.rhythm]


def _runs(rule: Rule, facts: UnitFacts, year: Period) -> Iterable[Period]:
    """The spans of a year in which the rule binds, for a state that has no rhythm."""
    turns = {year.start, year.day_after, facts.open.since, facts.open.until}
    turns |= {day for person in facts.formal for span in person.days for day in (span.since, span.until)}
    turns |= {choice.since for choice in facts.choices if choice.rule_id == rule.id}
    days = sorted(day for day in turns if day is not None and year.start <= day <= year.day_after)
    start: date | None = None
    for day in days:
        if day <= year.end and binds(rule, facts, day):
            start = start or day
        elif start is not None:
            yield Period(start, day - ONE_DAY)
            start = None


def _due(rule: Rule, facts: UnitFacts, period: Period) -> Due:
    choice = facts.choice_on(rule.id, period.end)
    people = {"each_group": facts.groups, "each_member": facts.members}.get(rule.over, ())
    opens = Period.quarter(period.start.year, rule.window).start if rule.window else period.start
    owed_by = period.end
    if rule.held_until_month:
        owed_by = Period.month(period.end.year + 1, rule.held_until_month).end
    return Due(
        source="rule",
        source_id=rule.id,
        title=rule.title,
        label=rule.label,
        basis=choice.basis if choice and choice.on and choice.basis else rule.basis,
        period=period,
        opens_on=opens,
        owed_by=owed_by,
        unit_id=facts.unit_id,
        verb=rule.verb,
        rule=rule,
        rhythm=rule.rhythm,
        each=rule.target,
        over=rule.over,
        kinds=rule.kinds,
        window=rule.window,
        grace=rule.held_until_month is not None,
        soft=rule.soft,
        parts=tuple(part for part in people if part.through(period)),
    )


def judge(due: Due, answer: Answer, on: date, around: Around = Around()) -> Standing:  # noqa: B008 - frozen
    """How a due that asks a figure stands on a day. Late only when its time is over, soft or hard."""
    rows = _rows_by_part(due, answer, around) if due.parts else {}
    target = due.each
    missing = tuple(part for part in due.parts if len(rows[part.id]) < target)
    done = sum(min(len(found), target) for found in rows.values()) if due.parts else int(answer.value)
    planned = _planned(due, missing, around, on)
    status = _status(due, done, planned, on, around)
    standing = Standing(
        due=due,
        on=on,
        status=status,
        done=done,
        answer=answer,
        day=_day(due, answer, rows, status, planned),
        missing=missing,
        planned=planned if status in (Status.PLANNED, Status.PART) else None,
        waived=around.waived if status is Status.WAIVED else None,
    )
    return _with_words(standing, around)


def _rows_by_part(due: Due, answer: Answer, around: Around) -> dict[int, list[Row]]:
    """The rows that reached each group or member. A row of a group is its own; of members, whoever took part."""
    found: dict[int, list[Row]] = {part.id: [] for part in due.parts}
    by_group = due.over == "each_group"
    for row in answer.rows:
        reached = {row.unit_id} if by_group else around.reach.get(row.id, frozenset())
        for part in reached & found.keys():
            found[part].append(row)
    return found


def _planned(due: Due, missing: tuple[Dated, ...], around: Around, on: date) -> Planned | None:
    """The next planned session that would serve this due."""
    wanted = set(due.kinds)
    units = {part.id for part in missing} if due.over == "each_group" else None
    fits = (
        plan
        for plan in around.planned
        if wanted & set(plan.kinds)
        and on <= plan.day <= due.owed_by
        and (plan.day in due.period or due.grace)
        and (units is None or plan.unit_id in units)
    )
    return min(fits, key=lambda plan: plan.starts_at, default=None)


def _status(due: Due, done: int, planned: Planned | None, on: date, around: Around) -> Status:
    if done >= due.target:
        return Status.DONE
    if around.waived:
        return Status.WAIVED
    if on > due.owed_by:
        begun = around.ledger_since is not None and due.period.end >= around.ledger_since
        return Status.LATE if begun else Status.UNKNOWN
    if done:
        return Status.PART
    if planned:
        return Status.PLANNED
    return Status.NOT_YET if on < due.opens_on else Status.OPEN


def _day(due: Due, answer: Answer, rows: dict[int, list[Row]], status: Status, planned: Planned | None) -> date | None:
    """The day on which a done due was complete, or the day planned."""
    if status is not Status.DONE:
        return planned.day if planned and status is Status.PLANNED else None
    if due.parts:
        return max(sorted(row.day for row in found)[due.each - 1] for found in rows.values())
    days = sorted(row.day for row in answer.rows)
    return days[due.each - 1] if not due.state and len(days) >= due.each else None


def _with_words(standing: Standing, around: Around) -> Standing:
    """The standing with its sentence and the values its form begins with."""
    due = standing.due
    initial: dict[str, str] = {}
    if due.verb == "record_activity":
        only = due.over == "each_group" and standing.missing
        initial = {
            "kinds": ",".join(due.kinds),
            "host": str(standing.missing[0].id if only else due.unit_id),
            "unit": str(due.unit_id),
            "on": (standing.on if standing.on in due.period else min(due.period.end, standing.on)).isoformat(),
        }
        if due.grace and standing.on > due.period.end:
            initial |= {"for_year": str(due.period.start.year), "on": standing.on.isoformat()}
    return replace(standing, sentence=sentence(standing, around), initial=initial)


def sentence(standing: Standing, around: Around = Around()) -> str:  # noqa: B008 - frozen
    """Why it stands so: 第一、第二党小组已开，差第三党小组."""
    due, status = standing.due, standing.status
    if status is Status.WAIVED:
        return "已豁免"  # the reason is the branch's own and stands in ``waived``
    if status is Status.UNKNOWN:
        since = around.ledger_since
        return f"台账从{since.year}年{since.month}月开始，此前没有记录" if since else "台账里还没有记录"
    if due.state:
        return _state_sentence(standing)
    if due.parts:
        return _parts_sentence(standing)
    if status is Status.PLANNED and standing.planned:
        return f"已排期：{standing.planned.title}"
    if status is Status.LATE:
        done, span = standing.done, _span(due.period)
        return f"{span}办了{done}次，差{due.target - done}次" if done else f"{span}没有记录"
    if standing.done and status is not Status.DONE:
        return f"已办{standing.done}次，差{due.target - standing.done}次"
    if status in (Status.OPEN, Status.NOT_YET) and due.window:
        return "一般安排在第" + "一二三四"[due.window - 1] + "季度"
    return ""


def _state_sentence(standing: Standing) -> str:
    if standing.status is Status.DONE or standing.due.rule is None:
        return ""
    need = standing.due.rule.formal_at_least
    return f"正式党员已达{need}人，支委{standing.done}人，还没有设立" if need else ""


def _parts_sentence(standing: Standing) -> str:
    parts, missing = standing.due.parts, standing.missing
    if standing.due.over == "each_member":
        if not missing:
            return f"{len(parts)}人都谈到了"
        return f"{len(parts)}人中已谈{len(parts) - len(missing)}人，差{len(missing)}人"
    held = [part.name for part in parts if part not in missing]
    if not missing:
        return f"{_names(held)}都已开"
    plan = standing.planned
    lacks = _names([part.name for part in missing])
    if not held and standing.status is Status.LATE:
        return f"{lacks}没有记录"
    tail = f"差{lacks}" + (f"（{plan.day.month}月{plan.day.day}日已排期）" if plan and len(missing) == 1 else "")
    return f"{_names(held)}已开，{tail}" if held else tail


def _names(names: list[str]) -> str:
    return "、".join(names) if len(names) <= MOST_NAMES else f"{'、'.join(names[:MOST_NAMES])}等{len(names)}个"


def _span(period: Period) -> str:
    """7—9月, 10月, 2026年全年."""
    start, end = period.start, period.end
    if period == Period.year(start.year):
        return f"{start.year}年"
    return f"{start.month}月" if start.month == end.month else f"{start.month}—{end.month}月"
