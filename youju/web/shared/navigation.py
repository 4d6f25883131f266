"""What the rail, the phone tabs and the page 更多 offer: pages that exist and that this reader may open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from youju.people.roles.rules import Right, Role, rights_of

_BADGES = "youju_badges"


@dataclass(frozen=True)
class Badge:
    """A number beside an entry. ``hot`` is for what is overdue and nothing else."""

    count: int
    label: str
    hot: bool = False


@dataclass(frozen=True)
class NavItem:
    job: str
    label: str
    icon: str
    url: str = ""
    current: bool = False
    raised: bool = False
    badge: Badge | None = None

    @property
    def count(self) -> int:
        return self.badge.count if self.badge else 0

    @property
    def count_label(self) -> str:
        return self.badge.label if self.badge else ""

    @property
    def hot(self) -> bool:
        return bool(self.badge and self.badge.hot)


@dataclass(frozen=True)
class Navigation:
    primary: tuple[NavItem, ...]
    secondary: tuple[NavItem, ...]

    @property
    def all(self) -> tuple[NavItem, ...]:
        return self.primary + self.secondary


@dataclass(frozen=True)
class Entry:
    """One line of the table below: who sees the entry is a right in the unit, or a role or a right held anywhere."""

    job: str
    label: str
    icon: str
    right: Right | None = None
    role: Role | None = None
    anywhere: Right | None = None  # a right held in any unit
    second: bool = False
    page: str = ""  # where it leads, if not to the first page of its job


ENTRIES = (
    Entry("overview", "总览", "grid-2x2-check", role=Role.SUPERIOR),
    Entry("today", "本月应做", "calendar-check", right=Right.READ_RECORDS),
    Entry("ledger", "台账", "book-open-text", right=Right.READ_RECORDS),
    Entry("study", "学习", "graduation-cap", right=Right.READ_RECORDS),
    Entry("work", "项目与走访", "footprints", right=Right.READ_RECORDS),
    Entry("lists", "清单与制度", "clipboard-check", right=Right.READ_RECORDS),
    Entry("problems", "问题整改", "list-checks", right=Right.READ_RECORDS),
    Entry("plan", "年度计划", "clipboard-list", right=Right.READ_NUMBERS),
    Entry("report", "述职", "file-pen-line", right=Right.READ_DRAFTS),
    Entry("library", "素材库", "library", anywhere=Right.READ_LIBRARY),
    Entry("handed", "报送的报告", "inbox", role=Role.SUPERIOR, page="report:handed_list"),
    Entry("notices", "通知", "send", role=Role.SUPERIOR),
    Entry("me", "我的", "user-round", role=Role.MEMBER),
    Entry("accounts", "账号", "key-round", role=Role.SITE_ADMIN, page="people:accounts"),
    Entry("days", "工作日", "calendar-cog", role=Role.SITE_ADMIN, second=True, page="setup:days"),
    Entry("signin", "签到", "qr-code", right=Right.WRITE_RECORDS, second=True),
    Entry("people", "组织与党员", "users-round", right=Right.READ_ROSTER, second=True),
    Entry("setup", "设置", "settings-2", right=Right.WRITE_RECORDS, second=True),
    Entry("rules", "规则", "scale", role=Role.SUPERIOR, second=True, page="setup:rules"),
)

#: What the thumb reaches on a phone, left and right of 记一次.
TAB_LABELS = {
    "today": "应做",
    "ledger": "台账",
    "report": "述职",
    "overview": "总览",
    "notices": "通知",
    "me": "我的",
    "accounts": "账号",
}


def address(name: str) -> str:
    """The address of a named page, empty while the page does not exist."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def badge(request: HttpRequest, job: str, *, count: int, label: str, hot: bool = False) -> None:
    """Put a number beside an entry for this page. ``label`` is what a screen reader says: 2 项逾期."""
    badges = vars(request).setdefault(_BADGES, {})
    badges[job] = Badge(count=count, label=label, hot=hot)


def badges_of(request: HttpRequest) -> Mapping[str, Badge]:
    badges = vars(request).get(_BADGES, {})
    return badges if isinstance(badges, dict) else {}


def navigation(
    *, rights: frozenset[Right], roles: frozenset[Role], path: str, badges: Mapping[str, Badge] | None = None
) -> Navigation:
    """``rights``: in the unit the page is about; ``roles``: held anywhere; ``path``: the address being read."""
    held = rights_of(roles)
    shown: list[tuple[bool, NavItem]] = []
    for entry in ENTRIES:
        url = address(entry.page or f"{entry.job}:index")
        if url and (entry.right in rights or entry.role in roles or entry.anywhere in held):
            item = NavItem(
                job=entry.job,
                label=entry.label,
                icon=entry.icon,
                url=url,
                current=_is_here(url, path),
                badge=(badges or {}).get(entry.job),
            )
            shown.append((entry.second, item))
    # 账号 stands below 组织与党员 in its address; the one that says it most closely is where the reader is.
    nearest = max((item.url for _, item in shown if item.current), key=len, default="")
    shown = [(second, replace(item, current=item.url == nearest)) for second, item in shown]
    return Navigation(
        primary=tuple(item for second, item in shown if not second),
        secondary=tuple(item for second, item in shown if second),
    )


def _is_here(url: str, path: str) -> bool:
    return path == "/" or path.startswith("/today/") if url == "/" else path.startswith(url)


def phone_tabs(items: Navigation, *, record_url: str, path: str) -> tuple[NavItem, ...]:
    """Five at most: up to three pages, the raised 记一次 in the middle for who may write, and 更多."""
    near = [replace(item, label=TAB_LABELS[item.job]) for item in items.primary if item.job in TAB_LABELS]
    pages = [*near, *(item for item in items.primary if item.job not in TAB_LABELS)][:3]
    more = NavItem(job="shared", label="更多", icon="layout-grid", url=address("shared:more"))
    elsewhere = path not in ("/", record_url) and not any(tab.current for tab in pages)
    tabs = [*pages, replace(more, current=elsewhere)]
    if record_url:
        raised = NavItem(
            job="record", label="记一次", icon="plus", url=record_url, current=path == record_url, raised=True
        )
        tabs = [replace(tab, current=tab.current and not raised.current) for tab in tabs]
        tabs.insert(2, raised)
    return tuple(tabs)
