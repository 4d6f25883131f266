"""Which unit a page is about: the one named in the address, else the one last chosen, else the reader's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.http import HttpRequest

from youju.kit.refusal import NotAllowed, NotYours
from youju.people.roles.queries import require
from youju.people.roles.rules import Right
from youju.people.units.models import Unit, UnitSet
from youju.people.units.queries import ledger_unit
from youju.people.units.values import UnitKind
from youju.web.shared import clock
from youju.web.shared.home import held

_KEY = "youju_unit"
COOKIE = "unit"
Kept = TypeVar("Kept")


def unit_of(request: HttpRequest, right: Right = Right.READ_RECORDS) -> Unit:
    """The unit this page is about, if the reader has ``right`` in it.

    ``?unit=`` must be his (NotYours, NotAllowed); a remembered unit that is no longer his is forgotten without a word.
    """
    day = clock.today()
    named = request.GET.get("unit", "")
    if named:
        if not named.isdecimal() or len(named) > 18:
            raise NotYours
        return stand_in(request, require(request.user, int(named), right, on=day))
    desks = desks_of(request, right)
    remembered = request.COOKIES.get(COOKIE, "")
    unit = desks.filter(pk=int(remembered)).first() if remembered.isdecimal() and len(remembered) <= 18 else None
    unit = unit or desks.first()
    if unit is None:
        raise NotAllowed
    return stand_in(request, unit)


def ledger_of(request: HttpRequest, right: Right = Right.READ_RECORDS) -> Unit:
    """As ``unit_of``, of a page about what stands in a ledger: a group's stands with its branch, in which he must have
    the right too.
    """
    unit = unit_of(request, right)
    ledger = ledger_unit(unit)
    if ledger.pk != unit.pk:
        ledger = require(request.user, ledger.pk, right, on=clock.today())
    return stand_in(request, ledger)


def kept_in(
    request: HttpRequest, unit_id: int, right: Right, find: Callable[[Unit], Kept | None], missing: str
) -> Kept:
    """What a unit keeps in which the reader has the right; to anybody else there is none. The page is about that unit."""
    unit = require(request.user, unit_id, right, on=clock.today())
    found = find(unit)
    if found is None:
        raise NotYours(missing)
    stand_in(request, unit)
    return found


def stand_in(request: HttpRequest, unit: Unit) -> Unit:
    """Say that this page is about ``unit`` (a page of one record knows it from the record); the rail then names it."""
    vars(request)[_KEY] = unit
    return unit


def standing_in(request: HttpRequest) -> Unit | None:
    unit = vars(request).get(_KEY)
    return unit if isinstance(unit, Unit) else None


def desks_of(request: HttpRequest, right: Right) -> UnitSet:
    """Units one can sit at: those that keep a ledger or look over one. A group's work stands in its branch's ledger."""
    return held(request).units_with(right).exclude(kind=UnitKind.GROUP)
