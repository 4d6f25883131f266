"""Runs of the intake: where one stands, who may start one, what is still to do."""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.db.models import Count, QuerySet

from youju.accounts.models import User
from youju.kit.refusal import NotAllowed, NotYours
from youju.library.intake.models import Intake, IntakeRow
from youju.library.intake.values import Counts, State, Way
from youju.people.models import Unit
from youju.people.roles.queries import held_by, require, units_with
from youju.people.roles.rules import RIGHTS, Right


def place_for(user: User, unit_id: int | None, *, on: date) -> Unit | None:
    """The circle into which he may put documents: a unit, or None for the whole site. Raises NotYours or NotAllowed."""
    if unit_id is not None:
        return require(user, unit_id, Right.WRITE_LIBRARY, on=on)
    if may_put_on_site(user, on=on):
        return None
    if held_by(user, on=on).grants:
        raise NotAllowed("面向全站的素材由素材管理员入库；您可以放进自己的组织。")
    raise NotYours


def may_put_on_site(user: User, *, on: date) -> bool:
    return any(Right.MANAGE_LIBRARY in RIGHTS[role] for role in held_by(user, on=on).anywhere)


def intakes_of(user: User, *, on: date) -> QuerySet[Intake]:
    """The runs he may look at, the latest first: those into his units, and for who keeps the library those of the site."""
    mine = Intake.objects.filter(unit__in=units_with(user, Right.WRITE_LIBRARY, on=on))
    if may_put_on_site(user, on=on):
        mine |= Intake.objects.filter(unit__isnull=True)
    return mine.select_related("unit", "by").order_by("-pk")


def intake_for(user: User, intake_id: int, *, on: date) -> Intake:
    """Raises NotYours."""
    found = intakes_of(user, on=on).filter(pk=intake_id).first()
    if found is None:
        raise NotYours("没有这一批入库，或者它不属于您的组织。")
    return found


def tally_of(intake: Intake) -> Counter[State]:
    """How many of its rows say what."""
    rows = IntakeRow.objects.filter(intake=intake).values_list("state").annotate(Count("pk"))
    return Counter({State(state): number for state, number in rows})


def counts_of(intake: Intake) -> Counts:
    """How far it has come. A finished run has its counts; its rows may have been let go since."""
    return intake.kept_counts if intake.finished_at else Counts.of(tally_of(intake))


def rows_of(intake: Intake, *states: State) -> QuerySet[IntakeRow]:
    """Its files in the order in which they were offered, or only those of some outcomes."""
    rows = intake.rows.select_related("document").order_by("pk")
    return rows.filter(state__in=states) if states else rows


def unfinished(*, way: Way) -> list[Intake]:
    """Runs that were begun and not ended, the oldest first."""
    return list(Intake.objects.filter(way=way, finished_at__isnull=True).select_related("unit", "by").order_by("pk"))
