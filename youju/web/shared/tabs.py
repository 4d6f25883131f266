"""The tabs of a job: its first pages beside one another, each staying with the unit the page is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from youju.people.models import Unit
from youju.web.shared.navigation import address

#: Label and named page, in the order of the tabs.
Pages = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Tab:
    label: str
    url: str
    current: bool


@dataclass(frozen=True)
class Frame:
    """What stands around every page of a job: the unit and the tabs."""

    unit: Unit
    heading: str
    url: str  # the first page of this tab
    tabs: tuple[Tab, ...]

    @property
    def first(self) -> bool:
        return self.url == self.tabs[0].url


def existing(pages: Pages) -> list[tuple[str, str, str]]:
    """(label, named page, address) of the tabs that lead anywhere: a page that does not exist yet has no tab."""
    return [(label, name, url) for label, name in pages if (url := address(name))]


def framed(pages: Pages, unit: Unit, current: str) -> Frame:
    """``current`` is the named first page of the tab one is in."""
    found = [(label, name, f"{url}?unit={unit.pk}") for label, name, url in existing(pages)]
    label, url = next((label, url) for label, name, url in found if name == current)
    return Frame(unit, label, url, tuple(Tab(label, url, name == current) for label, name, url in found))
