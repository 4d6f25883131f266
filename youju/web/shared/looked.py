"""The door notes who looked at a member's data (谁看过), and never lets a page fail for it."""

from __future__ import annotations

import logging
from collections.abc import Collection

from django.db import DatabaseError
from django.http import HttpRequest

from youju.accounts.models import User
from youju.kit.periods import Period
from youju.people.looks.actions import note_looks
from youju.people.looks.values import Place
from youju.people.roles.rules import Role
from youju.people.units.models import Unit
from youju.people.units.values import after_subtree
from youju.records.activities.queries import own_ledger
from youju.records.joining.queries import rows_of
from youju.records.leave.queries import leave_of
from youju.records.models import RosterRow, Session
from youju.web.shared import clock
from youju.web.shared.home import held

log = logging.getLogger(__name__)
#: Who holds several roles in a unit is told by the one with which most is done.
ORDER = (Role.CLERK, Role.SECRETARY, Role.COMMITTEE)


def note(request: HttpRequest, place: Place, *, unit: Unit, member_ids: Collection[int]) -> None:
    """The reader has been shown these members of ``unit``. His page comes, whether this can be written or not."""
    roles = held(request).roles_in(unit)
    role = next((role for role in ORDER if role in roles), None)
    if role is None or not isinstance(request.user, User):
        return
    try:
        note_looks(viewer=request.user, member_ids=member_ids, unit=unit, role=role, place=place, on=clock.today())
    except DatabaseError:
        log.exception("a look could not be written down")


def note_leave(request: HttpRequest, session: Session) -> None:
    """A record was shown: those are noted of whom it says why they were away. The rest of its names everybody sees.

    Of the people of a unit that joined it says nothing but how many.
    """
    home = session.ledger.path
    away = [row.member_id for row in session.roster.all() if row.leave_category and row.unit.path.startswith(home)]
    note(request, Place.LEAVE, unit=session.ledger, member_ids=away)


def note_part(request: HttpRequest, session: Session, unit: Unit) -> None:
    """A unit that joined was shown its own people on the record."""
    note(
        request, Place.LEAVE, unit=unit, member_ids=[row.member_id for row in rows_of(session, unit) if row.leave_category]
    )  # fmt: skip


def note_asked(request: HttpRequest, session: Session) -> None:
    """A session to come, or its form, was shown with who asked for leave from it."""
    note(request, Place.LEAVE, unit=session.ledger, member_ids=leave_of(session).keys())


def note_year(request: HttpRequest, unit: Unit, year: int) -> None:
    """A year's 台账 was taken along, with everybody who stands in it."""
    rows = RosterRow.objects.filter(session__in=own_ledger(unit).happened().held_in(Period.year(year)))
    rows = rows.filter(unit__path__gte=unit.path, unit__path__lt=after_subtree(unit.path))
    note(request, Place.YEAR, unit=unit, member_ids=set(rows.values_list("member_id", flat=True)))
