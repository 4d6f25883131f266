"""The tabs of 学习. A page that does not exist yet has no tab."""

from __future__ import annotations

from dataclasses import dataclass

from youju.people.models import Unit
from youju.web.shared.navigation import address

#: Label → named page, in the order of the tabs.
PAGES = (
    ("总览", "study:index"),
    ("学习安排", "study:units"),
    ("学习体系", "study:curriculum"),
    ("学习地图", "study:map"),
    ("题库", "study:questions"),
    ("自测", "study:tests"),
    ("自学抽查", "study:checks"),
    ("学以致用", "study:uses"),
)


@dataclass(frozen=True)
class Tab:
    label: str
    url: str
    current: bool


@dataclass(frozen=True)
class Frame:
    """What stands around every first page of a tab: the unit and the tabs."""

    unit: Unit
    heading: str
    url: str  # the first page of this tab
    tabs: tuple[Tab, ...]

    @property
    def first(self) -> bool:
        return self.url == self.tabs[0].url


def frame(unit: Unit, current: str) -> Frame:
    """``current`` is the named first page of the tab one is in. Every tab stays with the unit the page is about."""
    found = [(label, name, f"{url}?unit={unit.pk}") for label, name in PAGES if (url := address(name))]
    label, url = next((label, url) for label, name, url in found if name == current)
    return Frame(unit, label, url, tuple(Tab(label, url, name == current) for label, name, url in found))
