"""The year a page of 学习 is about: ``?year=``, else this one."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from youju.web.shared import clock
from youju.web.shared.fields import number_in

EARLIEST = 1921
OFFERED = 5
NEXT = 1  # a plan is made for the next year too


@dataclass(frozen=True)
class Year:
    """The chosen year, and those one may change to."""

    chosen: int
    offered: tuple[int, ...]


def year_asked(request: HttpRequest, *, ahead: int = 0) -> Year:
    """``ahead``: how many years to come may be asked for."""
    this = clock.today().year
    last = this + ahead
    asked = number_in(request.GET.get("year"), otherwise=this, most=last)
    chosen = asked if asked >= EARLIEST else this
    offered = range(last, last - OFFERED, -1)
    return Year(chosen, tuple(offered) if chosen in offered else (*offered, chosen))
