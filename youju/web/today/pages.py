"""What 本月应做 shows: the verdict, the groups of the list and their rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.utils import timezone

from youju.duties.queries import Outlook
from youju.duties.values import SETTLED, TO_DO, Standing, Status
from youju.kit.periods import Period
from youju.people.corrections.queries import open_count
from youju.people.models import Unit
from youju.people.roles.rules import Right
from youju.prose.vocabulary import KINDS
from youju.records.signin.queries import choice_of
from youju.web.shared.navigation import address
from youju.web.today.strip import Strip, strip_of
from youju.web.today.verbs import Button, button_for, choose_button, due_url, session_url

MARKS = {
    Status.LATE: "late", Status.DONE: "done", Status.PART: "half", Status.PLANNED: "plan", Status.OPEN: "todo",
    Status.WAIVED: "waived", Status.NOT_YET: "todo", Status.UNKNOWN: "todo",
}  # fmt: skip
SOURCES_ZH = {"rule": "规则", "plan": "年度计划", "notice": "上级部署", "measure": "问题整改", "task": "决议任务"}
SOON = 5  # days
WEEKDAYS = "一二三四五六日"
TABS = {"": "全部", "late": "逾期", "todo": "待办", "done": "已办"}


@dataclass(frozen=True)
class Row:
    """One line of the list."""

    standing: Standing
    mark: str
    title: str
    why: tuple[str, ...]
    when: str  # 逾期 51 天
    by: str  # 应于 9月30日前
    tone: str
    url: str
    button: Button | None
    choose: Button | None  # 选一条记录, where a record answers it

    @property
    def soft(self) -> bool:
        return self.standing.due.soft


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
    empty_ledger: bool
    may_write: bool
    corrections: int = 0  # that members asked for and nobody has answered

    @property
    def date_line(self) -> str:
        left = (Period.month(self.on.year, self.on.month).end - self.on).days
        rest = f"本月还有 {left} 天" if left else "本月最后一天"
        return f"{self.on.year}年{self.on.month}月{self.on.day}日　星期{WEEKDAYS[self.on.weekday()]}　{rest}"


def home_page(view: Outlook, *, rights: frozenset[Right], tab: str) -> HomePage:
    """The page of one outlook; ``tab`` is one of TABS, anything else is the whole list."""
    sorted_out = sort_out(view)
    signin = any(s.planned and s.planned.day == view.on for s in view.standings) and choice_of(view.unit).on
    rows = {key: tuple(_row(s, view, rights, signin) for s in found) for key, found in sorted_out.items()}
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
        strip=strip_of(view) if view.standings else None,
        coming=_coming(view),
        held_month=view.held_month,
        ledger_url=_ledger(view),
        empty_ledger=view.ledger_since is None,
        may_write=Right.WRITE_RECORDS in rights,
        corrections=open_count(view.unit) if Right.WRITE_ROSTER in rights else 0,
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
        # A measure that is due much later waits in the list of problems; what a rule asks of the year is shown.
        return (
            "later" if due.rhythm != "once" or due.owed_by <= Period.quarter(on.year, (on.month + 2) // 3).end else ""
        )
    if status in SETTLED and not state:
        short = due.period.days < 100 and on in due.period
        acted = standing.day is not None and (standing.day.year, standing.day.month) == (on.year, on.month)
        return "done" if short or acted else ""
    return ""


# -- rows -------------------------------------------------------------------------------------------------------------


def title_of(standing: Standing) -> str:
    """第三季度党课 when its time is over, else 党课; with the plan's own title where one is planned."""
    due = standing.due
    if due.rhythm == "once":
        return due.title
    past = standing.on > due.period.end
    title = f"{due.when}{due.title}" if past else due.title
    if past and due.period.end.year != standing.on.year and due.rhythm != "yearly":
        title = f"{due.period.end.year}年{title}"
    named = standing.status is Status.PLANNED and standing.planned and standing.planned.title != due.title
    return f"{title}：{standing.planned.title}" if named and standing.planned else title


def _row(standing: Standing, view: Outlook, rights: frozenset[Right], signin: bool) -> Row:
    done = standing.status in SETTLED
    when, by, tone = ("", _done_words(standing), "") if done else _due_words(standing)
    return Row(
        standing=standing,
        mark=MARKS[standing.status],
        title=title_of(standing),
        why=_why(standing),
        when=when,
        by=by,
        tone=tone,
        url=_record_of(standing, view.ledgers) or due_url(standing),
        button=button_for(standing, rights=rights, signin=signin),
        choose=choose_button(standing, rights=rights),
    )


def _why(standing: Standing) -> tuple[str, ...]:
    due = standing.due
    if due.rule is None:
        return (due.basis, standing.sentence)
    often = f"{'一般' if due.soft else ''}{due.rule.rhythm_zh}"
    sentence = standing.sentence
    if standing.status is Status.PLANNED and standing.planned:
        sentence = "已排期" + (f"，{standing.planned.place}" if standing.planned.place else "")
    basis = f"依据 {due.basis}" if standing.status is Status.LATE or not sentence or not often else ""
    return tuple(part for part in (often, sentence, basis) if part)


def _due_words(standing: Standing) -> tuple[str, str, str]:
    """(逾期 51 天, 应于 9月30日前, bad)."""
    due, on = standing.due, standing.on
    if due.state:
        return "尽快", "条例没有写期限", ""
    if standing.status is Status.LATE:
        return f"逾期 {standing.days_late} 天", f"应于 {_day(due.owed_by, on)}前", "bad"
    plan = standing.planned if standing.status is Status.PLANNED else None
    if plan:
        at = timezone.localtime(plan.starts_at)
        return _left((plan.day - on).days), f"{_day(plan.day, on)} {at:%H:%M}", _tone((plan.day - on).days)
    return _left(standing.days_left), f"{_day(due.owed_by, on)}前", _tone(standing.days_left)


def _tone(days: int) -> str:
    return "warn" if days <= SOON else ""


def _left(days: int) -> str:
    return f"还有 {days} 天" if days else "就在今天"


def _day(day: date, on: date) -> str:
    text = f"{day.month}月{day.day}日"
    return text if day.year == on.year else f"{day.year}年{text}"


def _done_words(standing: Standing) -> str:
    """11月6日 · 5/5 人."""
    if standing.status is Status.WAIVED:
        return "已豁免"
    day = _day(standing.day, standing.on) if standing.day else ""
    rows = standing.answer.rows if standing.answer else ()
    if standing.due.parts:
        return f"{day} · {len(standing.due.parts)}{'组' if standing.due.over == 'each_group' else '人'}"
    if len(rows) > standing.due.target:
        return f"{day} · {len(rows)} 次"
    note = rows[0].note.replace("人", " 人") if rows else ""
    return " · ".join(part for part in (day, note) if part)


def _record_of(standing: Standing, ledgers: frozenset[int]) -> str:
    """A done due of one record opens that record; a record in somebody else's ledger does not open."""
    rows = standing.answer.rows if standing.answer else ()
    if standing.status is not Status.DONE or len(rows) != 1 or rows[0].unit_id not in ledgers:
        return ""
    return session_url(standing.due.unit_id, rows[0].number)


def _ledger(view: Outlook) -> str:
    """This month's quarter in the ledger."""
    page = address("ledger:index")
    query = {"unit": view.unit.pk, "year": view.on.year, "quarter": (view.on.month + 2) // 3}
    return f"{page}?{urlencode(query)}" if page else ""


# -- what comes next --------------------------------------------------------------------------------------------------


def _after(view: Outlook, later: Iterable[Standing]) -> str:
    """下一件：12月4日 支委会. What is planned goes before what is only owed."""
    if view.coming:
        return f"{_day(view.coming.day, view.on)} {_kinds(view.coming.kinds)}"
    first = min(later, key=lambda s: s.due.owed_by, default=None)
    upcoming = [s for s in view.standings if s.status is Status.NOT_YET and s.due.opens_on > view.on]
    following = min(upcoming, key=lambda s: s.due.owed_by, default=None)
    nearest = min((s for s in (first, following) if s), key=lambda s: s.due.owed_by, default=None)
    return f"{_day(nearest.due.owed_by, view.on)}前 {nearest.due.title}" if nearest else ""


def _kinds(kinds: Iterable[str]) -> str:
    return "、".join(KINDS[kind].zh for kind in kinds)


def _coming(view: Outlook) -> Coming | None:
    plan = view.coming
    if plan is None:
        return None
    at = timezone.localtime(plan.starts_at)
    far = "今天" if plan.day == view.on else "明天" if plan.day == view.on + timedelta(days=1) else ""
    line = f"{far or '周' + WEEKDAYS[plan.day.weekday()]} {at:%H:%M}　{plan.place}".strip()
    return Coming(plan.day, _kinds(plan.kinds), line, session_url(view.unit.pk, plan.number))
