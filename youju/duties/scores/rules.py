"""From standings to a score: pure, and without regard to the day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

from youju.duties.scores.values import Owed, Score, Settled
from youju.duties.values import Due, Planned, Standing, Status
from youju.kit.periods import Period

ONCE_ZH = {
    "plan": "年度计划", "notice": "上级部署", "measure": "整改措施", "task": "决议任务", "milestone": "项目节点",
    "campaign_task": "专项任务", "item": "清单检查",
}  # fmt: skip
SETTLED = {Status.DONE: Settled.DONE, Status.WAIVED: Settled.WAIVED, Status.UNKNOWN: Settled.UNKNOWN}

Steps = Mapping[str, tuple[tuple[date, int], ...]]


def score_of(
    unit_id: int,
    path: str,
    open_days: tuple[date | None, date | None],
    year: int,
    standings: Iterable[Standing],
    *,
    planned: tuple[Planned, ...],
    steps: Steps,
) -> Score:
    """``standings`` were asked at the end of days, where whatever is not settled is late; ``steps`` by key of a due."""
    standings = list(standings)
    since, until = (day if day and day in Period.year(year) else None for day in open_days)
    if open_days[1] and open_days[1] < date(year, 1, 1):
        until = date(year, 1, 1)
    if open_days[0] and open_days[0] > date(year, 12, 31):
        since = date(year + 1, 1, 1)
    return Score(
        unit_id=unit_id,
        path=path,
        year=year,
        since=since,
        until=until,
        owed=tuple(_owed(one, planned, steps.get(one.due.key, ()) if one.due.state else ()) for one in standings),
        names=tuple(sorted({matter_of(one.due): name_of(one.due) for one in standings}.items())),
    )


def matter_of(due: Due) -> str:
    """What is owed again and again is a matter by itself; what is owed once goes by where it comes from."""
    return due.source_id if due.source == "rule" else due.source


def name_of(due: Due) -> str:
    return (due.label or due.title) if due.source == "rule" else ONCE_ZH.get(due.source, due.label or due.title)


def _owed(standing: Standing, planned: tuple[Planned, ...], steps: tuple[tuple[date, int], ...]) -> Owed:
    due = standing.due
    settled = SETTLED.get(standing.status, Settled.NO)
    open_still = settled in (Settled.NO, Settled.UNKNOWN)
    return Owed(
        matter=matter_of(due),
        code=f"{due.owed_by.month}" if due.rhythm in ("once", "term") else code_of(due.period),
        opens_on=due.opens_on,
        owed_by=due.owed_by,
        target=due.target,
        done=standing.done,
        settled=settled,
        shared=bool(due.parts),
        planned_on=_last_planned(standing, planned) if open_still and standing.answer is not None else None,
        steps=steps,
    )


@lru_cache(maxsize=4096)
def code_of(period: Period) -> str:
    start = period.start
    for code, same in (
        (f"{start.month}", Period.month(start.year, start.month)),
        (f"Q{(start.month + 2) // 3}", Period.quarter(start.year, (start.month + 2) // 3)),
        (f"H{1 if start.month <= 6 else 2}", Period.half(start.year, 1 if start.month <= 6 else 2)),
    ):
        if period == same:
            return code
    return ""


def _last_planned(standing: Standing, planned: tuple[Planned, ...]) -> date | None:
    """As ``rules.judge`` looks for the next one; the last says up to which day there is one."""
    if not planned:
        return None
    due = standing.due
    wanted = set(due.kinds)
    units = {part.id for part in standing.missing} if due.over == "each_group" else None
    return max(
        (
            plan.day
            for plan in planned
            if wanted & set(plan.kinds)
            and plan.day <= due.owed_by
            and (plan.day in due.period or due.grace)
            and (units is None or plan.unit_id in units)
        ),
        default=None,
    )
