"""The tabs of 学习."""

from __future__ import annotations

from youju.people.models import Unit
from youju.web.shared.tabs import Frame, framed

__all__ = ["Frame", "frame"]

PAGES = (
    ("总览", "study:index"),
    ("学习安排", "study:units"),
    ("学习体系", "study:curriculum"),
    ("学习地图", "study:map"),
    ("学时", "study:hours"),
    ("题库", "study:questions"),
    ("自测", "study:tests"),
    ("自学抽查", "study:checks"),
    ("学以致用", "study:uses"),
    ("送学上门", "study:deliveries"),
)


def frame(unit: Unit, current: str) -> Frame:
    """``current`` is the named first page of the tab one is in."""
    return framed(PAGES, unit, current)
