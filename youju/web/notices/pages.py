"""What the pages of 通知 show: the list of what was sent, and one notice with who has replied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.urls import reverse

from youju.duties.notices.models import Notice, NoticeSet
from youju.duties.notices.queries import counted, not_replied_to, reached_by, replied_to, sent_by
from youju.duties.notices.values import Counted
from youju.duties.replies.queries import records_in
from youju.duties.replies.values import Reply
from youju.people.models import Unit
from youju.people.units.models import UnitSet
from youju.prose.vocabulary import KINDS
from youju.web.notices.forms import MoveForm, WithdrawForm
from youju.web.shared.navigation import address

A_PAGE = 50
TABS = {"": "全部", "going": "未到期", "past": "已到期", "withdrawn": "已撤回"}
SIDES = {"": "全部", "missing": "还没回应", "replied": "已回应"}


@dataclass(frozen=True)
class Tab:
    key: str
    label: str
    count: int | None
    current: bool


@dataclass(frozen=True)
class NoticeRow:
    notice: Notice
    counted: Counted
    mark: str
    state: str  # 未到期, 还差 3 个, 都回应了, 已撤回
    url: str

    @property
    def reach(self) -> str:
        return "全部下属党支部" if self.notice.wide else "选中的党支部"


@dataclass(frozen=True)
class ListPage:
    unit: Unit
    on: date
    tabs: tuple[Tab, ...]
    rows: tuple[NoticeRow, ...]
    pages: Page[Notice]


@dataclass(frozen=True)
class UnitLine:
    """A branch and its replies; heads of records open by right, and the superior has it."""

    unit: Unit
    replies: tuple[tuple[Reply, str], ...]
    mark: str


@dataclass(frozen=True)
class NoticePage:
    notice: Notice
    on: date
    counted: Counted
    mark: str
    state: str
    wanted: str
    tabs: tuple[Tab, ...]
    words: str
    lines: tuple[UnitLine, ...]
    pages: Page[Unit]
    moving: MoveForm | None
    withdrawing: WithdrawForm | None


def list_page(sender: Unit, *, on: date, show: str, page: int) -> ListPage:
    show = show if show in TABS else ""
    pages = Paginator(_shown(sent_by(sender).defer("text"), show, on), A_PAGE).get_page(page)
    return ListPage(
        unit=sender,
        on=on,
        tabs=tuple(Tab(key, label, None, key == show) for key, label in TABS.items()),
        rows=rows_of(sender, list(pages), on=on),
        pages=pages,
    )


def rows_of(sender: Unit, notices: Sequence[Notice], *, on: date) -> tuple[NoticeRow, ...]:
    numbers = counted(sender, notices)
    return tuple(
        NoticeRow(
            notice, numbers[notice.pk], *_state(notice, numbers[notice.pk], on),
            reverse("notices:notice", args=[notice.pk]),
        )
        for notice in notices
    )  # fmt: skip


def _shown(rows: NoticeSet, show: str, on: date) -> NoticeSet:
    if show == "withdrawn":
        return rows.filter(withdrawn_at__isnull=False)
    if show == "going":
        return rows.standing().filter(due_on__gte=on)
    return rows.standing().filter(due_on__lt=on) if show == "past" else rows


def _state(notice: Notice, counted: Counted, on: date) -> tuple[str, str]:
    """(shape, words): late only when its day is over and somebody has not replied."""
    if notice.withdrawn_at:
        return "waived", "已撤回"
    if not counted.missing:
        return "done", "都回应了" if counted.reached else "没有要回应的"
    if on > notice.due_on:
        return "late", f"还差 {counted.missing} 个"
    return "half" if counted.replied else "todo", f"还有 {(notice.due_on - on).days} 天"


def notice_page(
    notice: Notice, *, on: date, show: str, words: str, page: int, moving: MoveForm | None = None,
    withdrawing: WithdrawForm | None = None,
) -> NoticePage:  # fmt: skip
    show = show if show in SIDES else ""
    number = Counted(reached_by(notice).count(), replied_to(notice).count())
    counts = {"": number.reached, "missing": number.missing, "replied": number.replied}
    pages = Paginator(units_of(notice, show, words), A_PAGE).get_page(page)
    mark, state = _state(notice, number, on)
    standing = notice.withdrawn_at is None
    initial = {"revision": notice.revision, "due_on": notice.due_on}
    return NoticePage(
        notice=notice,
        on=on,
        counted=number,
        mark=mark,
        state=state,
        wanted="、".join(KINDS[kind].zh for kind in notice.wanted if kind in KINDS),
        tabs=tuple(Tab(key, label, counts[key], key == show) for key, label in SIDES.items()),
        words=words,
        lines=lines_of(notice, list(pages), on=on),
        pages=pages,
        moving=(moving or MoveForm(initial=initial)) if standing else None,
        withdrawing=(withdrawing or WithdrawForm(initial=initial)) if standing else None,
    )


def units_of(notice: Notice, show: str, words: str) -> UnitSet:
    units = {"missing": not_replied_to, "replied": replied_to}.get(show, reached_by)(notice)
    words = words.strip()[:40]
    return units.filter(Q(name__icontains=words) | Q(short_name__icontains=words)) if words else units


def lines_of(notice: Notice, units: Sequence[Unit], *, on: date) -> tuple[UnitLine, ...]:
    found = records_in([unit.pk for unit in units], [notice.key])
    return tuple(_line(notice, unit, found.get((unit.pk, notice.key), ()), on) for unit in units)


def _line(notice: Notice, unit: Unit, replies: tuple[Reply, ...], on: date) -> UnitLine:
    mark = "done" if replies else "late" if on > notice.due_on and not notice.withdrawn_at else "todo"
    return UnitLine(unit, tuple((reply.as_head(), _record(unit, reply)) for reply in replies), mark)


def _record(unit: Unit, reply: Reply) -> str:
    """The head of a record in the branch's own ledger; one it joined elsewhere is told and not opened."""
    if reply.ledger_id != unit.pk or not address("ledger:index"):
        return ""
    return reverse("ledger:record", args=[unit.pk, reply.number])
