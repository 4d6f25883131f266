"""The year a page of 学习 is about: ``?year=``, else this one."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from youju.web.shared import clock
from youju.web.shared.fields import number_in

EARLIEST = 1921
OFFERED = 5


@dataclass(frozen=True)
class Year:
    """The chosen year, and those one may change to."""

    chosen: int
    offered: tuple[int, ...]


def year_asked(request: HttpRequest) -> Year:
    this = clock.today().year
    asked = number_in(request.GET.get("year"), otherwise=this, most=this)
    chosen = asked if asked >= EARLIEST else this
    offered = range(this, this - OFFERED, -1)
    return Year(chosen, tuple(offered) if chosen in offered else (*offered, chosen))
