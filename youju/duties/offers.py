"""What a unit's plan may start from: the rules that bind it, its unfinished problems, points from above, last year's own lines."""

from __future__ import annotations

from datetime import date

from youju.duties.asking import asked_of
from youju.duties.plans.models import Plan
from youju.duties.plans.queries import last_lines, open_problems, points_for, taken_by
from youju.duties.plans.rules import offer
from youju.duties.plans.values import Offer
from youju.duties.sources.by_rule import dues_of
from youju.people.models import Unit
from youju.people.units.values import UnitKind


def offer_for(unit: Unit, year: int, plan: Plan | None, *, on: date) -> Offer:
    """As things stand on a day, without what the plan has already."""
    asked = asked_of((unit,), (year,), on=on)
    return offer(
        binding=dues_of(asked, unit.pk, year) if unit.kind == UnitKind.BRANCH else (),
        problems=open_problems(unit, year, on=on),
        points=points_for(unit, year),
        last=last_lines(unit, year),
        year=year,
        taken=taken_by(plan),
    )
