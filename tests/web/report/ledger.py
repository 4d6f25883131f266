"""A year of records rich enough for a report, through the actions of the rooms."""

from __future__ import annotations

from datetime import date, timedelta

from tests import make
from tests.cast import Cast, standing_cast
from tests.house.kept import kept
from youju.records.activities.values import AgendaDraft, ItemKind, ResolutionDraft
from youju.records.problems.actions import finish_measure, raise_problem
from youju.records.problems.values import MeasureDraft, ProblemDraft, Source

TODAY = date(2026, 11, 20)
THEMES = [
    "春耕农资保供",
    "清仓查库",
    "合作社走访",
    "助农直播",
    "红色仓库旧址参观",
    "夏粮收购",
    "防汛值守",
    "农资打假进大集",
    "红薯收购",
    "秋粮收购志愿服务",
    "仓储安全隐患随手查",
]
MATTERS = [
    "春耕农资供应",
    "党员积分管理",
    "村级服务站布点",
    "夏粮收购保障",
    "农资质量抽检",
    "仓储安全",
    "助农直播选品",
    "秋粮收购",
    "年度考核",
    "困难党员走访",
    "来年计划",
]


@kept
def busy_year(*, months: int = 11) -> Cast:
    """The standing cast with records in each of the first ``months`` months of 2026 and two problems."""
    cast = standing_cast(groups=2)
    for month in range(1, months + 1):
        _month(cast, month)
    _problem(cast, "党小组会质量不高", date(2025, 12, 20), 2025, closed=date(2026, 6, 30))
    _problem(cast, "青年党员领学偏少", date(2026, 10, 15), 2026, closed=None)
    return cast


def _month(cast: Cast, month: int) -> None:
    branch, matter, theme = cast.branch, MATTERS[month - 1], THEMES[month - 1]
    first = AgendaDraft("学习条例", kind=ItemKind.FIRST_TOPIC)
    decided = AgendaDraft(f"研究{matter}", resolutions=(ResolutionDraft(f"定{matter}方案", yes=5),))
    make.activity(branch, "committee_meeting", date(2026, month, 5), title=f"研究{matter}", agenda=(first, decided))
    make.activity(
        branch, ("theme_day", "party_lecture") if month == 6 else "theme_day", date(2026, month, 12), title=theme,
        outcome=f"党员分成三组上门，解决{month + 2}个实际困难，意见当场登记",
        lecturer_id=cast.people[0].pk if month == 6 else None,
    )  # fmt: skip
    make.activity(branch, "fixed_study_day", date(2026, month, 16), title=f"学习合作社法第{month}讲")
    if month % 2:
        make.activity(
            branch, "group_study", date(2026, month, 19), title=f"供销改革专题之{month}", outcome="形成学习心得九篇"
        )
    if month % 3 == 0:
        make.activity(branch, "party_meeting", date(2026, month, 18), title=f"第{month // 3}季度党员大会")
        make.activity(
            branch, "visit", date(2026, month, 17), title=f"走访{month}个村", outcome="收集意见十一条，办结九条"
        )


def _problem(cast: Cast, title: str, found: date, year: int, *, closed: date | None) -> None:
    problem = raise_problem(
        unit=cast.branch,
        draft=ProblemDraft(
            title=title, source=Source.SELF, cause="平时督促不够，只看开没开、没看好不好", found_on=found, for_year=year
        ),
        measures=(MeasureDraft("按月出题，轮流主持", owner_id=cast.people[1].pk, due_on=found + timedelta(days=90)),),
        by=None,
        at=make.moment(found, 20),
    )
    if closed:
        measure = problem.measures.get()
        finish_measure(measure=measure, proof="各小组按题研讨，记录齐全", on=closed, by=None, at=make.moment(closed))
        make.closed(problem, on=closed)
