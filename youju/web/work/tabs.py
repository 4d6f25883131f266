"""The tabs of 项目与走访. A page that does not exist yet has no tab."""

from __future__ import annotations

from dataclasses import dataclass

from youju.people.models import Unit
from youju.web.shared.navigation import address

#: Label → named page, in the order of the tabs.
PAGES = (
    ("项目", "work:projects"),
    ("专项活动", "work:campaigns"),
    ("走访", "work:visits"),
    ("名册", "work:registers"),
    ("诉求", "work:requests"),
    ("宣传", "work:publicity"),
)


@dataclass(frozen=True)
class Tab:
    label: str
    url: str
    current: bool


@dataclass(frozen=True)
class Frame:
    """What stands around every page of the job: the unit and the tabs."""

    unit: Unit
    heading: str
    url: str  # the first page of this tab
    tabs: tuple[Tab, ...]


def pages() -> list[tuple[str, str, str]]:
    """(label, named page, address) of the tabs that lead anywhere."""
    return [(label, name, url) for label, name in PAGES if (url := address(name))]


def frame(unit: Unit, current: str) -> Frame:
    """``current`` is the named first page of the tab one is in. Every tab stays with the unit the page is about."""
    found = [(label, name, f"{url}?unit={unit.pk}") for label, name, url in pages()]
    label, url = next((label, url) for label, name, url in found if name == current)
    return Frame(unit, label, url, tuple(Tab(label, url, name == current) for label, name, url in found))
