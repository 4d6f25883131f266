"""One line of 本月应做: what is owed, why, by when, how it stands, and the verb."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from youju.duties.queries import Outlook
from youju.duties.values import SETTLED, TO_DO, Standing, Status
from youju.duties.workdays.rules import Workdays
from youju.people.roles.rules import Right
from youju.prose.vocabulary import KINDS
from youju.web.today.verbs import Button, button_for, choose_button, due_url, session_url

MARKS = {
    Status.LATE: "late", Status.DONE: "done", Status.PART: "half", Status.PLANNED: "plan", Status.OPEN: "todo",
    Status.WAIVED: "waived", Status.NOT_YET: "todo", Status.UNKNOWN: "todo",
}  # fmt: skip
SOURCES_ZH = {
    "rule": "规则", "plan": "年度计划", "notice": "上级部署", "measure": "问题整改", "task": "决议任务", "milestone": "项目",
    "campaign_task": "专项活动", "item": "清单", "request": "诉求",
}  # fmt: skip
SOON = 5  # days
WEEKDAYS = "一二三四五六日"


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


def row_of(
    standing: Standing,
    view: Outlook,
    rights: frozenset[Right],
    *,
    signin: bool,
    days: Workdays,
    came: Mapping[int, str],
) -> Row:
    """``came``: how many came, by session."""
    done = standing.status in SETTLED
    when, by, tone = ("", _done_words(standing, came), "") if done else _due_words(standing)
    return Row(
        standing=standing,
        mark=MARKS[standing.status],
        title=title_of(standing),
        why=(*_why(standing), *_workday(standing, days)),
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
        note = due.note if due.source == "plan" else ""
        return tuple(part for part in (due.basis, standing.sentence, note) if part)
    often = f"{'一般' if due.soft else ''}{due.rule.rhythm_zh}"
    sentence = standing.sentence
    if standing.status is Status.PLANNED and standing.planned:
        sentence = "已排期" + (f"，{standing.planned.place}" if standing.planned.place else "")
    basis = f"依据 {due.basis}" if standing.status is Status.LATE or not sentence or not often else ""
    return tuple(part for part in (often, sentence, due.note, basis) if part)


def _workday(standing: Standing, days: Workdays) -> tuple[str, ...]:
    """A last day that nobody works: the workday before it. The day of the rule stands as it is written."""
    by = standing.due.owed_by
    if standing.status not in TO_DO or standing.status is Status.PLANNED or standing.due.state or not days.off(by):
        return ()
    before = days.last_before(by)
    name = days.of(by).name or f"周{WEEKDAYS[by.weekday()]}"
    return (f"到期日是{name}，前一个工作日 {day_words(before, standing.on)}",) if before >= standing.on else ()


def _due_words(standing: Standing) -> tuple[str, str, str]:
    """(逾期 51 天, 应于 9月30日前, bad)."""
    due, on = standing.due, standing.on
    if due.state:
        return "尽快", "条例没有写期限", ""
    if standing.status is Status.LATE:
        return f"逾期 {standing.days_late} 天", f"应于 {day_words(due.owed_by, on)}前", "bad"
    plan = standing.planned if standing.status is Status.PLANNED else None
    if plan:
        at = timezone.localtime(plan.starts_at)
        return _left((plan.day - on).days), f"{day_words(plan.day, on)} {at:%H:%M}", _tone((plan.day - on).days)
    return _left(standing.days_left), f"{day_words(due.owed_by, on)}前", _tone(standing.days_left)


def _tone(days: int) -> str:
    return "warn" if days <= SOON else ""


def _left(days: int) -> str:
    return f"还有 {days} 天" if days else "就在今天"


def day_words(day: date, on: date) -> str:
    text = f"{day.month}月{day.day}日"
    return text if day.year == on.year else f"{day.year}年{text}"


def _done_words(standing: Standing, came: Mapping[int, str]) -> str:
    """11月6日 · 5/5 人."""
    if standing.status is Status.WAIVED:
        return "已豁免"
    day = day_words(standing.day, standing.on) if standing.day else ""
    rows = standing.answer.rows if standing.answer else ()
    if standing.due.parts:
        return f"{day} · {len(standing.due.parts)}{'组' if standing.due.over == 'each_group' else '人'}"
    if len(rows) > standing.due.target:
        return f"{day} · {len(rows)} 次"
    note = "" if not rows else came.get(rows[0].id, "") if rows[0].noun == "activity" else rows[0].note
    return " · ".join(part for part in (day, note.replace("人", " 人")) if part)


def tells_who_came(standing: Standing) -> bool:
    """A line of what one or a few records settled says how many came to the first."""
    return standing.status is Status.DONE and not standing.due.parts


def _record_of(standing: Standing, ledgers: frozenset[int]) -> str:
    """A done due of one record opens that record; a record in somebody else's ledger does not open."""
    rows = standing.answer.rows if standing.answer else ()
    if standing.status is not Status.DONE or len(rows) != 1 or rows[0].unit_id not in ledgers:
        return ""
    return session_url(standing.due.unit_id, rows[0].number)


def kinds_words(kinds: Iterable[str]) -> str:
    return "、".join(KINDS[kind].zh for kind in kinds)
