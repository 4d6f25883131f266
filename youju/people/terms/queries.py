"""Questions about terms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from youju.people.listed import Listed
from youju.people.terms.models import Term
from youju.people.terms.values import TermFact
from youju.people.units.models import Unit
from youju.people.written_once import Rows, written_once


def terms_of(units: Iterable[Unit | int]) -> dict[int, tuple[TermFact, ...]]:
    """The terms of each unit, earliest first, in one query; a unit without any is left out."""
    ids = [unit.pk if isinstance(unit, Unit) else unit for unit in units]
    found: dict[int, list[TermFact]] = defaultdict(list)
    for row in _standing(Listed(ids)):
        fact = TermFact(*row)
        found[fact.unit_id].append(fact)
    return {unit_id: tuple(rows) for unit_id, rows in found.items()}


@written_once
def _standing(units: Listed) -> Rows:
    """In the order of ``TermFact``."""
    rows = Term.objects.filter(unit_id__in=units, withdrawn_at__isnull=True).order_by("elected_on")
    return rows.values_list("pk", "elected_on", "years", "extended_until", "basis", "unit_id")


def terms_below(unit: Unit) -> tuple[TermFact, ...]:
    """The terms of the unit and of all under it, earliest first."""
    rows = Term.objects.filter(unit__in=Unit.objects.below(unit), withdrawn_at__isnull=True)
    return tuple(row.fact for row in rows.order_by("elected_on", "pk"))


def term_on(unit: Unit, day: date) -> Term | None:
    """The term a unit is in on a day, which may be over by then."""
    rows = Term.objects.filter(unit=unit, withdrawn_at__isnull=True, elected_on__lte=day)
    return rows.order_by("-elected_on").first()


def stated(unit: Unit) -> list[Term]:
    """All that the unit stated and did not take back, latest first."""
    return list(Term.objects.filter(unit=unit, withdrawn_at__isnull=True).order_by("-elected_on"))
