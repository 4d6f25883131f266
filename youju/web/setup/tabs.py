"""The tabs of 设置."""

from __future__ import annotations

from youju.people.models import Unit
from youju.web.shared.tabs import Frame, framed

__all__ = ["Frame", "frame"]

PAGES = (
    ("材料检查", "setup:index"),
    ("规则", "setup:rules"),
    ("报告模板", "setup:template"),
    ("手机签到", "signin:settings"),
)


def frame(unit: Unit, current: str) -> Frame:
    """``current`` is the named first page of the tab one is in."""
    return framed(PAGES, unit, current)
