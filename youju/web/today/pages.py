"""What 本月应做 shows: the verdict, the groups of the list and their rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from youju.duties.queries import Outlook, came_notes
from youju.duties.values import SETTLED, TO_DO, Standing, Status
from youju.duties.workdays.rules import Workdays
from youju.kit.periods import Period
from youju.people.corrections.queries import open_count
from youju.people.models import Unit
from youju.people.roles.rules import Right
from youju.records.joining.queries import waiting_of
from youju.records.signin.queries import choice_of
from youju.web.shared.navigation import address
from youju.web.today.filing import Unfiled
from youju.web.today.rows import WEEKDAYS, Row, day_words, kinds_words, row_of, tells_who_came
from youju.web.today.strip import Strip, strip_of
from youju.web.today.verbs import session_url

#: What has a list of its own and waits there while it is due much later.
WAITING = frozenset({"measure", "task", "milestone", "campaign_task", "item"})
TABS = {"": "全部", "late": "逾期", "todo": "待办", "done": "已办"}


@dataclass(frozen=True)
class Group:
    key: str  # the tab under which it is shown
    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Tab:
    key: str
    label: str
    count: int
    current: bool


@dataclass(frozen=True)
class Coming:
    """下一场."""

    day: date
    name: str
    line: str
    url: str


@dataclass(frozen=True)
class HomePage:
    unit: Unit
    on: date
    late: int
    month: int  # to do by the end of this month
    after: str  # what comes next when the month is done
    tabs: tuple[Tab, ...]
    groups: tuple[Group, ...]
    strip: Strip | None
    coming: Coming | None
    held_month: int
    ledger_url: str
    year_url: str
    unfiled: Unfiled | None
    empty_ledger: bool
    may_write: bool
    corrections: int = 0  # that members asked for and nobody has answered
    joint: int = 0  # activities of other units that wait for a word from this one

    @property
    def date_line(self) -> str:
        left = (Period.month(self.on.year, self.on.month).end - self.on).days
        rest = f"本月还有 {left} 天" if left else "本月最后一天"
        return f"{self.on.year}年{self.on.month}月{self.on.day}日　星期{WEEKDAYS[self.on.weekday()]}　{rest}"


def home_page(
    view: Outlook, *, rights: frozenset[Right], tab: str, days: Workdays, unfiled: Unfiled | None
) -> HomePage:
    """The page of one outlook; ``tab`` is one of TABS, anything else is the whole list."""
    sorted_out = sort_out(view)
    signin = any(s.planned and s.planned.day == view.on for s in view.standings) and choice_of(view.unit).on
    came = came_notes((s for s in sorted_out["done"] if tells_who_came(s)), view.ledgers)
    rows = {
        key: tuple(row_of(s, view, rights, signin=signin, days=days, came=came) for s in found)
        for key, found in sorted_out.items()
    }
    month = f"{view.on.month}月"
    groups = [
        Group("late", "逾期，先办这些", rows["late"]),
        Group("todo", f"{month}待办", rows["month"]),
        Group("todo", "往后要办", rows["later"]),
        Group("done", f"已办 {len(rows['done'])} 件", rows["done"]),
    ]
    chosen = tab if tab in TABS else ""
    counts = {"late": len(rows["late"]), "todo": len(rows["month"]) + len(rows["later"]), "done": len(rows["done"])}
    counts[""] = sum(counts.values())
    return HomePage(
        unit=view.unit,
        on=view.on,
        late=counts["late"],
        month=len(rows["month"]),
        after=_after(view, sorted_out["later"]),
        tabs=tuple(Tab(key, label, counts[key], key == chosen) for key, label in TABS.items()),
        groups=tuple(group for group in groups if group.rows and chosen in ("", group.key)),
        strip=strip_of(view.of_year(), year=view.on.year, month=view.on.month) if view.standings else None,
        coming=_coming(view),
        held_month=view.held_month,
        ledger_url=_ledger(view),
        year_url=f"{reverse('today:year')}?{urlencode({'unit': view.unit.pk})}",
        unfiled=unfiled,
        empty_ledger=view.ledger_since is None,
        may_write=Right.WRITE_RECORDS in rights,
        corrections=open_count(view.unit) if Right.WRITE_ROSTER in rights else 0,
        joint=waiting_of(view.unit).count if Right.WRITE_RECORDS in rights else 0,
    )


def sort_out(view: Outlook) -> dict[str, list[Standing]]:
    """逾期 · this month's · later ones already open · what was done. Each standing in one place at most."""
    month_end = Period.month(view.on.year, view.on.month).end
    found: dict[str, list[Standing]] = {"late": [], "month": [], "later": [], "done": []}
    for standing in (*view.standings, *view.single):
        place = _place(standing, view.on, month_end)
        if place:
            found[place].append(standing)
    for rows in found.values():
        rows.sort(key=lambda s: s.due.owed_by)
    found["done"].sort(key=lambda s: s.day or view.on)
    found["month"].sort(key=lambda s: s.planned.day if s.planned else s.due.owed_by)
    return found


def _place(standing: Standing, on: date, month_end: date) -> str:
    due, status = standing.due, standing.status
    state = due.state
    if status is Status.LATE:
        return "" if state else "late"
    if status in TO_DO and due.opens_on <= on:
        if due.owed_by <= month_end or state:
            return "month"
        # A measure or a task that is due much later waits in its own list; what is asked of the year, or from above, is shown.
        waits = due.source in WAITING and due.owed_by > Period.quarter(on.year, (on.month + 2) // 3).end
        return "" if waits else "later"
    if status in SETTLED and not state:
        short = due.period.days < 100 and on in due.period
        acted = standing.day is not None and (standing.day.year, standing.day.month) == (on.year, on.month)
        return "done" if short or acted else ""
    return ""


def _ledger(view: Outlook) -> str:
    """This month's quarter in the ledger."""
    page = address("ledger:index")
    query = {"unit": view.unit.pk, "year": view.on.year, "quarter": (view.on.month + 2) // 3}
    return f"{page}?{urlencode(query)}" if page else ""


# -- what comes next --------------------------------------------------------------------------------------------------


def _after(view: Outlook, later: Iterable[Standing]) -> str:
    """下一件：12月4日 支委会. What is planned goes before what is only owed."""
    if view.coming:
        return f"{day_words(view.coming.day, view.on)} {kinds_words(view.coming.kinds)}"
    first = min(later, key=lambda s: s.due.owed_by, default=None)
    upcoming = [s for s in view.standings if s.status is Status.NOT_YET and s.due.opens_on > view.on]
    following = min(upcoming, key=lambda s: s.due.owed_by, default=None)
    nearest = min((s for s in (first, following) if s), key=lambda s: s.due.owed_by, default=None)
    return f"{day_words(nearest.due.owed_by, view.on)}前 {nearest.due.title}" if nearest else ""


def _coming(view: Outlook) -> Coming | None:
    plan = view.coming
    if plan is None:
        return None
    at = timezone.localtime(plan.starts_at)
    far = "今天" if plan.day == view.on else "明天" if plan.day == view.on + timedelta(days=1) else ""
    line = f"{far or '周' + WEEKDAYS[plan.day.weekday()]} {at:%H:%M}　{plan.place}".strip()
    return Coming(plan.day, kinds_words(plan.kinds), line, session_url(view.unit.pk, plan.number))
