"""A branch in the middle of its year: last year's records and problem, this year's plan adopted in January."""

from __future__ import annotations

from datetime import date

from tests import make
from tests.cast import Cast, standing_cast
from youju.duties.plans.actions import adopt, begin
from youju.duties.plans.models import Plan
from youju.duties.plans.values import LineDraft, Rhythm, Source
from youju.records.models import Problem
from youju.records.problems.actions import raise_problem
from youju.records.problems.values import MeasureDraft, ProblemDraft
from youju.records.problems.values import Source as ProblemSource

DAY = date(2026, 1, 12)


def last_years_problem(cast: Cast) -> Problem:
    found = date(2025, 11, 3)
    return raise_problem(
        unit=cast.branch, draft=ProblemDraft("自学没有抽查", ProblemSource.SELF, found, 2025),
        measures=(MeasureDraft("每季度抽查一次", due_on=date(2026, 9, 30), owner_id=cast.people[2].pk),), by=None,
        at=make.moment(found, 20),
    )  # fmt: skip


def lines(cast: Cast, problem: Problem) -> tuple[LineDraft, ...]:
    return (
        LineDraft(
            "主题党日", source=Source.RULE, source_note="《党员教育管理工作条例》第16条", rule_id="theme_day", figure="主题党日次数", target=1,
            rhythm=Rhythm.MONTHLY, owner_id=cast.people[1].pk,
        ),
        LineDraft(
            "整改：自学没有抽查", source=Source.PROBLEM, source_note=problem.number, problem_id=problem.pk, rhythm=Rhythm.DAY,
            by_day=date(2026, 9, 30),
        ),
        LineDraft("志愿服务", figure="志愿服务次数", target=2, rhythm=Rhythm.QUARTERLY, owner_id=cast.people[3].pk, note="与社区结对"),
        LineDraft("建好谈心室", rhythm=Rhythm.DAY, by_day=date(2026, 12, 20), owner_id=cast.people[6].pk),
    )  # fmt: skip


def adopted_plan(cast: Cast) -> Plan:
    """Adopted on 12 January; of the volunteers' work the first quarter is whole, the second half done."""
    problem = last_years_problem(cast)
    make.activity(cast.branch, "volunteer", date(2025, 6, 5), title="去年清扫河道")
    plan = begin(unit=cast.branch, year=2026, lines=lines(cast, problem), by=cast.clerk, at=make.moment(DAY, 9))
    meeting = make.activity(cast.branch, "committee_meeting", DAY, title="研究年度计划")
    adopt(plan=plan, session=meeting, by=cast.secretary, at=make.moment(DAY, 21))
    for day in (date(2026, 2, 3), date(2026, 3, 3), date(2026, 5, 8)):
        make.activity(cast.branch, "volunteer", day, title=f"{day.month}月志愿服务")
    for month in range(1, 11):
        make.activity(cast.branch, "theme_day", date(2026, month, 6), title=f"{month}月主题党日")
    return plan


def busy(groups: int = 0) -> tuple[Cast, Plan]:
    cast = standing_cast(groups=groups)
    return cast, adopted_plan(cast)
