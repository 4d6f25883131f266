"""The tabs of 设置. A page that does not exist yet has no tab."""

from __future__ import annotations

from dataclasses import dataclass

from youju.people.models import Unit
from youju.web.shared.navigation import address

#: Label → named page, in the order of the tabs.
PAGES = (
    ("材料检查", "setup:index"),
    ("规则", "setup:rules"),
    ("报告模板", "setup:template"),
    ("手机签到", "signin:settings"),
)


@dataclass(frozen=True)
class Tab:
    label: str
    url: str
    current: bool


@dataclass(frozen=True)
class Frame:
    """What stands around every page of 设置: the unit and the tabs."""

    unit: Unit
    heading: str
    tabs: tuple[Tab, ...]


def frame(unit: Unit, current: str) -> Frame:
    """``current`` is the named page one is on. Every tab stays with the unit the page is about."""
    tabs = [(label, name, address(name)) for label, name in PAGES]
    return Frame(
        unit=unit,
        heading=next(label for label, name, _ in tabs if name == current),
        tabs=tuple(Tab(label, f"{url}?unit={unit.pk}", name == current) for label, name, url in tabs if url),
    )
