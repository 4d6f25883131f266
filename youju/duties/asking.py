"""One question to every source of dues: which units, which years, as of which day, with all they look at loaded once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from django.db.models import Min

from youju.duties.choices.queries import choices_of, versions_of
from youju.duties.elsewhere import elsewhere_of
from youju.duties.exempt import exempt_of, through_of
from youju.duties.owing import Owing
from youju.duties.plans.queries import lines_in_force
from youju.duties.plans.rules import Laid
from youju.duties.plans.values import Line
from youju.duties.rulebook import RULES
from youju.duties.values import Choice, Dated, Days, Planned, UnitFacts
from youju.figures.hours import attended_by
from youju.figures.material import load_many
from youju.figures.presence import Presence, presence_of
from youju.figures.values import Material, PersonFact
from youju.kit.periods import Period
from youju.people.listed import Listed
from youju.people.models import Unit
from youju.people.terms.queries import terms_of
from youju.people.units.values import UnitKind
from youju.people.written_once import Rows, written_once
from youju.records.activities.rules import is_talk, talk_title
from youju.records.activities.values import HAPPENED
from youju.records.activities.values import Status as SessionStatus
from youju.records.models import Session, SessionKind

END_OF_DAYS = date(9999, 1, 1)


@dataclass(frozen=True)
class Asked:
    """``carried``: whether what earlier years left open is asked for too. Mappings are by the id of the unit.

    Only branches have material and facts; other units owe what is laid on them by name, a measure or a notice.
    """

    units: tuple[Unit, ...]
    years: tuple[int, ...]
    on: date
    carried: bool
    materials: Mapping[int, Material]
    presence: Presence
    facts: Mapping[int, UnitFacts]
    planned: Mapping[int, tuple[Planned, ...]]
    since: Mapping[
        int, date
    ]  # the first day of the month from which a ledger has records; units without any are left out
    lines: Mapping[tuple[int, int], tuple[Line, ...]]  # by unit and year: of the plan in force

    @cached_property
    def laid(self) -> dict[tuple[int, int], Laid]:
        """The plans that were laid beside the rules already, by unit and year."""
        return {}

    @cached_property
    def owing(self) -> dict[int, Owing]:
        """What the rules make owed, by year: branches on the same ground are looked at once for all that are asked of."""
        return {year: Owing(RULES.values(), year) for year in self.years}

    @property
    def told(self) -> bool:
        """Whether anybody will read the standings: at the end of days they are only counted."""
        return self.on != END_OF_DAYS

    @property
    def first_day(self) -> date:
        return date(self.years[0], 1, 1)

    @property
    def last_day(self) -> date:
        return date(self.years[-1], 12, 31)

    @property
    def ids(self) -> list[int]:
        return [unit.pk for unit in self.units]


def asked_of(
    units: Iterable[Unit],
    years: tuple[int, ...],
    *,
    on: date,
    carried: bool = False,
    inside: bool = True,
    member_id: int | None = None,
) -> Asked:
    """The question with its material. ``years`` rise and follow each other.

    Asked ``on`` END_OF_DAYS all that is not settled is late. Without what is ``inside`` the sessions their standings
    come out alike, but the rows of an answer do not say how many came. With ``member_id`` he is the only one on the
    roster: what is owed of each member is asked of him alone, and nobody else's attendance is read.
    """
    units = tuple(units)
    branches = [unit for unit in units if unit.kind == UnitKind.BRANCH]
    period = Period(date(years[0], 1, 1), date(years[-1], 12, 31))
    bare = load_many(branches, period, inside=inside)
    if member_id is not None:
        bare = {pk: _of_member(material, member_id) for pk, material in bare.items()}
    presence = presence_of(bare.values(), period)
    materials = _with_hours_and_terms(bare, period, presence)
    begins = period.start if on == END_OF_DAYS else on
    coming = Period(begins, date(max(begins.year, years[-1]) + 1, 12, 31))
    return Asked(
        units=units,
        years=years,
        on=on,
        carried=carried,
        materials=materials,
        presence=presence,
        facts=_facts(branches, materials, presence),
        planned=_planned(branches, coming),
        since=_since(branches),
        lines=lines_in_force([unit.pk for unit in units], years),
    )


def _of_member(material: Material, member_id: int) -> Material:
    def his(people: Iterable[PersonFact]) -> tuple[PersonFact, ...]:
        return tuple(person for person in people if person.member_id == member_id)

    return replace(material, people=his(material.people), committee=his(material.committee))


def _with_hours_and_terms(materials: Mapping[int, Material], period: Period, presence: Presence) -> dict[int, Material]:
    attended, terms = attended_by(materials, period, presence), terms_of(materials)
    return {pk: replace(one, attended=attended[pk], terms=terms.get(pk, ())) for pk, one in materials.items()}


def _facts(branches: list[Unit], materials: Mapping[int, Material], presence: Presence) -> dict[int, UnitFacts]:
    """What decides which rules bind each branch, over the period of its material."""
    groups = _groups(branches)
    choices, versions = choices_of(branches), versions_of(branches)
    elsewhere, exempt = elsewhere_of(materials), exempt_of(materials, presence)
    through = through_of(materials, presence)
    return {
        unit.pk: replace(
            _facts_of(unit, materials[unit.pk], groups[unit.pk], choices[unit.pk]),
            terms=materials[unit.pk].terms or (),
            versions=versions[unit.pk],
            elsewhere=elsewhere.get(unit.pk, {}),
            exempt=exempt.get(unit.pk, {}),
            exempt_years=through.get(unit.pk, {}),
        )
        for unit in branches
    }


def _facts_of(unit: Unit, material: Material, groups: list[Dated], choices: list[Choice]) -> UnitFacts:
    return UnitFacts(
        unit_id=unit.pk,
        open=Days(unit.opened_on, unit.closed_on),
        members=_dated(material.people),
        formal=_dated(person for person in material.people if person.standing == "formal"),
        committee=_dated(person for person in material.committee if person.unit_id == unit.pk),
        groups=tuple(groups),
        choices=tuple(choices),
    )


def _dated(people: Iterable[PersonFact]) -> tuple[Dated, ...]:
    """One entry a person with all his spans, in the order of the roster."""
    spans: dict[int, list[Days]] = defaultdict(list)
    names: dict[int, str] = {}
    for person in people:
        spans[person.member_id].append(Days(person.since, person.until))
        names[person.member_id] = person.name
    return tuple(Dated(pk, names[pk], tuple(days)) for pk, days in spans.items())


def _groups(branches: list[Unit]) -> defaultdict[int, list[Dated]]:
    found: defaultdict[int, list[Dated]] = defaultdict(list)
    for branch_id, pk, name, opened_on, closed_on in _groups_under(Listed(unit.pk for unit in branches)):
        found[branch_id].append(Dated(pk, name, (Days(opened_on, closed_on),)))
    return found


@written_once
def _groups_under(branches: Listed) -> Rows:
    rows = Unit.objects.filter(parent_id__in=branches, kind=UnitKind.GROUP).order_by("path")
    return rows.values_list("parent_id", "pk", "short_name", "opened_on", "closed_on")


def _planned(branches: list[Unit], period: Period) -> dict[int, tuple[Planned, ...]]:
    """Sessions planned in each ledger, soonest first."""
    rows = list(_planned_in(Listed(unit.pk for unit in branches), period.start, period.end))
    kinds: defaultdict[int, list[str]] = defaultdict(list)
    for session_id, kind in _kinds_of(Listed(row[1] for row in rows)) if rows else ():
        kinds[session_id].append(kind)
    found: defaultdict[int, list[Planned]] = defaultdict(list)
    for ledger_id, pk, number, title, unit_id, starts_at, day, place in rows:
        named = talk_title(kinds[pk]) if is_talk(kinds[pk]) else title  # it may say with whom
        found[ledger_id].append(Planned(pk, number, named, tuple(kinds[pk]), unit_id, starts_at, day, place))
    return {pk: tuple(plans) for pk, plans in found.items()}


@written_once
def _planned_in(ledgers: Listed, start: date, end: date) -> Rows:
    rows = Session.objects.filter(ledger_id__in=ledgers, status=SessionStatus.PLANNED)
    rows = rows.filter(held_on__gte=start, held_on__lte=end).order_by("starts_at", "pk")
    return rows.values_list("ledger_id", "pk", "number", "title", "unit_id", "starts_at", "held_on", "place")


@written_once
def _kinds_of(sessions: Listed) -> Rows:
    return SessionKind.objects.filter(session_id__in=sessions).order_by("position").values_list("session_id", "kind")


def _since(branches: list[Unit]) -> dict[int, date]:
    return {pk: first.replace(day=1) for pk, first in _first_of(Listed(unit.pk for unit in branches))}


@written_once
def _first_of(ledgers: Listed) -> Rows:
    rows = Session.objects.filter(ledger_id__in=ledgers, status__in=HAPPENED).values_list("ledger_id")
    return rows.annotate(first=Min("held_on"))
