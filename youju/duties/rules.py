"""How a due stands on a day. Pure: values in, values out. Which dues there are is said in ``owing``."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from youju.duties.hours.rules import tallied
from youju.duties.owing import binds as binds
from youju.duties.owing import expand as expand
from youju.duties.talks import said
from youju.duties.values import Around, Dated, Due, Planned, Standing, Status
from youju.figures.values import Answer, Row, rounded
from youju.kit.periods import Period
from youju.records.activities.rules import TALK_KINDS

MOST_NAMES = 4


def judge(due: Due, answer: Answer, on: date, around: Around = Around()) -> Standing:  # noqa: B008 - frozen
    """How a due that asks a figure stands on a day. Late only when its time is over, soft or hard."""
    if due.hours:
        return _judge_hours(due, answer, on, around)
    rows = _rows_by_part(due, answer, around) if due.parts else {}
    target = due.each
    if around.short is not None:
        short = around.short
        missing = tuple(replace(part, note=said(short[part.id])) for part in due.parts if part.id in short)
        done = due.target - len(missing)
    else:
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
        day=_day(due, answer, rows, status, planned) if around.told else None,
        missing=missing,
        planned=planned if status in (Status.PLANNED, Status.PART) else None,
        waived=around.waived if status is Status.WAIVED else None,
    )
    return _with_words(standing, around) if around.told else standing


def _judge_hours(due: Due, answer: Answer, on: date, around: Around) -> Standing:
    """学时 of each member beside what he owes. Hours are whole when they are enough, so a share is never rounded up."""
    reached = tallied(due.parts, due.each, answer.rows)
    missing = tuple(part for part in due.parts if reached[part.id].lacks)
    if around.told:
        missing = tuple(replace(part, note=f"差{rounded(reached[part.id].gap)}学时") for part in missing)
    done = sum(one.owed if not one.lacks else min(int(one.got), one.owed - 1) for one in reached.values())
    planned = _planned(due, missing, around, on)
    status = _status(due, done, planned, on, around)
    standing = Standing(
        due=due,
        on=on,
        status=status,
        done=done,
        answer=answer,
        day=max((one.full_on for one in reached.values() if one.full_on), default=None)
        if status is Status.DONE
        else None,
        missing=missing,
        planned=planned if status in (Status.PLANNED, Status.PART) else None,
        waived=around.waived if status is Status.WAIVED else None,
    )
    if not around.told:
        return standing
    lacking = sum((reached[part.id].gap for part in missing), Fraction(0))
    return _with_words(standing, around, f"，共差{rounded(lacking)}学时" if missing else "")


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
    if not around.planned:
        return None
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
        since = around.ledger_since
        # Of hours nothing can be said of a year that the ledger does not hold from its first day; a term was stated.
        begun = since is not None and (due.period.start if due.hours else due.period.end) >= since
        begun = begun or due.rhythm == "once"
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
        days = [sorted(row.day for row in found)[due.each - 1] for found in rows.values() if len(found) >= due.each]
        return max(days, default=None)  # of talks nothing is owed of who is exempt
    days = sorted(row.day for row in answer.rows)
    return days[due.each - 1] if not due.state and len(days) >= due.each else None


def _with_words(standing: Standing, around: Around, lacking: str = "") -> Standing:
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
    elif due.verb == "state_term":
        initial = {"unit": str(due.unit_id)}
    said = _hours_sentence(standing, lacking) if due.hours else ""
    return replace(standing, sentence=said or sentence(standing, around), initial=initial)


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
    if due.verb == "state_term":
        return _term_sentence(standing)
    if due.parts:
        return _parts_sentence(standing)
    if status is Status.PLANNED and standing.planned:
        talk = TALK_KINDS & set(standing.planned.kinds)  # its title may say with whom, and who reads numbers reads this
        return "已排期" if talk else f"已排期：{standing.planned.title}"
    if status is Status.LATE:
        done, span = standing.done, _span(due.period)
        return f"{span}办了{done}次，差{due.target - done}次" if done else f"{span}没有记录"
    if standing.done and status is not Status.DONE:
        return f"已办{standing.done}次，差{due.target - standing.done}次"
    if status in (Status.OPEN, Status.NOT_YET) and due.rule is not None and due.rule.opens_month:
        return f"一般从{due.rule.opens_month}月开始"
    if status in (Status.OPEN, Status.NOT_YET) and due.window:
        return "一般安排在第" + "一二三四"[due.window - 1] + "季度"
    return ""


def _state_sentence(standing: Standing) -> str:
    if standing.status is Status.DONE or standing.due.rule is None:
        return ""
    need = standing.due.rule.formal_at_least
    return f"正式党员已达{need}人，支委{standing.done}人，还没有设立" if need else ""


def _hours_sentence(standing: Standing, lacking: str) -> str:
    """How many fall short and by how much, without a name; who they are stands in ``missing``."""
    if standing.status in (Status.WAIVED, Status.UNKNOWN):
        return ""
    people, short = sum(part.target != 0 for part in standing.due.parts), len(standing.missing)
    if not people:
        return "没有要计学时的人"
    excused = len(standing.due.parts) - people
    said = f"{people}人中{short}人不足{lacking}" if short else f"{people}人学时都已达到"
    return said + (f"；另{excused}人免于要求" if excused else "")


def _term_sentence(standing: Standing) -> str:
    """When the term ends, and that the new one is to be stated."""
    due = standing.due
    day = f"{due.owed_by.year}年{due.owed_by.month}月{due.owed_by.day}日"
    if standing.status is Status.DONE:
        return "已换届"
    if standing.status is Status.LATE:
        return f"{day}届满，还没有登记新一届的任期"
    return f"{day}届满（{due.note}）" if due.note else f"{day}届满"


def _parts_sentence(standing: Standing) -> str:
    parts, missing = standing.due.parts, standing.missing
    if standing.due.over == "each_member":
        people = sum(part.target != 0 for part in parts)
        if not missing:
            return f"{people}人都谈到了" if people else "没有要谈的人"
        return f"{people}人中已谈{people - len(missing)}人，差{len(missing)}人"
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
