"""The tabs of 项目与走访."""

from __future__ import annotations

from youju.people.models import Unit
from youju.web.shared.tabs import Frame, existing, framed

__all__ = ["Frame", "frame"]

PAGES = (
    ("项目", "work:projects"),
    ("专项活动", "work:campaigns"),
    ("走访", "work:visits"),
    ("名册", "work:registers"),
    ("诉求", "work:requests"),
    ("宣传", "work:publicity"),
)


def pages() -> list[tuple[str, str, str]]:
    """(label, named page, address) of the tabs that lead anywhere."""
    return existing(PAGES)


def frame(unit: Unit, current: str) -> Frame:
    """``current`` is the named first page of the tab one is in."""
    return framed(PAGES, unit, current)
