"""Standings of a unit: its facts, its material and what is planned, each loaded once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from youju.duties import rules
from youju.duties.models import RuleChoice, Waiver
from youju.duties.rulebook import RULES
from youju.duties.values import Around, Choice, Dated, Days, Due, Planned, Standing, Status, UnitFacts, Waived
from youju.figures import rules as figures
from youju.figures.catalogue import FIGURES
from youju.figures.material import load
from youju.figures.values import Material, PersonFact
from youju.kit.periods import Period
from youju.people.models import Unit
from youju.people.units.values import UnitKind, ancestors
from youju.records.activities.values import CAME, HAPPENED
from youju.records.activities.values import Status as SessionStatus
from youju.records.models import Measure, RosterRow, Session

GRACE_MONTHS = 3  # what last year left undone stays on the list until the end of March


@dataclass(frozen=True)
class Outlook:
    """All that 本月应做 shows of a unit on a day."""

    unit: Unit
    on: date
    standings: tuple[Standing, ...]  # of this year, and what last year still owes
    measures: tuple[Standing, ...]
    coming: Planned | None
    held_month: int  # sessions of this month up to the day, whether owed or not
    ledgers: frozenset[int]  # the unit and its groups: whose sessions stand in its ledger
    ledger_since: date | None  # None: nothing is recorded yet

    def of_year(self) -> tuple[Standing, ...]:
        return tuple(standing for standing in self.standings if standing.due.period.start.year == self.on.year)


def standings(unit: Unit, year: int, *, on: date) -> tuple[Standing, ...]:
    """How every due of a year stands on a day. Only a branch owes them; for any other unit the answer is empty."""
    if unit.kind != UnitKind.BRANCH:
        return ()
    material = load(unit, Period.year(year))
    planned = planned_in(unit, Period(on, date(max(on.year, year) + 1, 12, 31)))
    return _judge_all(
        facts_of(unit, material),
        (year,),
        material,
        on=on,
        planned=planned,
        waived=_waivers(unit, (year,)),
        since=ledger_since(unit),
    )


def outlook(unit: Unit, *, on: date) -> Outlook:
    """The dues of the year and what is left of the year before, measures with a date, and what is planned."""
    years = (on.year - 1, on.year) if on.month <= GRACE_MONTHS else (on.year,)
    month = Period.month(on.year, on.month)
    if unit.kind != UnitKind.BRANCH:
        return Outlook(unit, on, (), measures_of(unit, on=on), None, 0, frozenset({unit.pk}), ledger_since(unit))
    material = load(unit, Period(date(years[0], 1, 1), date(on.year, 12, 31)))
    planned = planned_in(unit, Period(on, date(on.year + 1, 12, 31)))
    facts, since = facts_of(unit, material), ledger_since(unit)
    found = _judge_all(facts, years, material, on=on, planned=planned, waived=_waivers(unit, years), since=since)
    return Outlook(
        unit=unit,
        on=on,
        standings=tuple(s for s in found if s.due.period.end.year == on.year or _still_owed(s)),
        measures=measures_of(unit, on=on),
        coming=min(planned, key=lambda plan: plan.starts_at, default=None),
        held_month=sum(month.start <= fact.held_on <= on for fact in material.activities),
        ledgers=frozenset({unit.pk, *(group.id for group in facts.groups)}),
        ledger_since=since,
    )


def _still_owed(standing: Standing) -> bool:
    """Of last year: what is late or may still be done. A state is judged of this year only."""
    state = standing.due.rule is not None and standing.due.rule.rhythm == "state"
    return not state and standing.status not in (Status.DONE, Status.WAIVED, Status.UNKNOWN)


def standing_of(unit: Unit, rule_id: str, code: str, *, on: date) -> Standing | None:
    """One standing by its rule and the code of its period."""
    if rule_id not in RULES or not code[:4].isdecimal() or not 1900 < int(code[:4]) < 9999:
        return None
    found = standings(unit, int(code[:4]), on=on)
    return next((s for s in found if s.due.rule is RULES[rule_id] and s.due.code == code), None)


def _judge_all(
    facts: UnitFacts,
    years: tuple[int, ...],
    material: Material,
    *,
    on: date,
    planned: tuple[Planned, ...],
    waived: dict[tuple[str, date], Waived],
    since: date | None,
) -> tuple[Standing, ...]:
    reach = _reach(material)
    found = []
    for year in years:
        for rule in RULES.values():
            for due in rules.expand(rule, facts, year):
                answer = figures.answer(FIGURES[rule.figure], material, due.period, on)
                around = Around(planned, waived.get((rule.id, due.period.start)), reach, since)
                found.append(rules.judge(due, answer, on, around))
    return tuple(found)


# -- facts ------------------------------------------------------------------------------------------------------------


def facts_of(unit: Unit, material: Material) -> UnitFacts:
    """What decides which rules bind the unit, over the period of the material."""
    return UnitFacts(
        unit_id=unit.pk,
        open=Days(unit.opened_on, unit.closed_on),
        members=_dated(material.people),
        formal=_dated(person for person in material.people if person.standing == "formal"),
        committee=_dated(person for person in material.committee if person.unit_id == unit.pk),
        groups=tuple(
            Dated(group.pk, group.short_name, (Days(group.opened_on, group.closed_on),))
            for group in Unit.objects.filter(parent=unit, kind=UnitKind.GROUP).order_by("path")
        ),
        choices=_choices(unit),
    )


def _dated(people: Iterable[PersonFact]) -> tuple[Dated, ...]:
    """One entry a person with all his spans, in the order of the roster."""
    spans: dict[int, list[Days]] = defaultdict(list)
    names: dict[int, str] = {}
    for person in people:
        spans[person.member_id].append(Days(person.since, person.until))
        names[person.member_id] = person.name
    return tuple(Dated(pk, names[pk], tuple(days)) for pk, days in spans.items())


def _choices(unit: Unit) -> tuple[Choice, ...]:
    """The unit's own word and those of the units above it; on one day the nearest speaks last."""
    rows = RuleChoice.objects.filter(unit__path__in=ancestors(unit.path)).order_by("-unit__path", "since")
    nearest_first = rows.values_list("rule_id", "on", "since", "basis")
    return tuple(Choice(*row) for row in nearest_first)


def ledgers_of(unit: Unit) -> frozenset[int]:
    """The unit and its groups, closed ones too: whose sessions stand in its ledger."""
    groups = Unit.objects.filter(parent=unit, kind=UnitKind.GROUP).values_list("pk", flat=True)
    return frozenset({unit.pk, *groups})


def ledger_since(unit: Unit) -> date | None:
    """The first day of the month from which the ledger has records; None while it has none."""
    rows = Session.objects.filter(ledger=unit, status__in=HAPPENED).order_by("held_on")
    first = rows.values_list("held_on", flat=True).first()
    return first.replace(day=1) if first else None


def planned_in(unit: Unit, period: Period) -> tuple[Planned, ...]:
    """Sessions planned in a ledger, soonest first."""
    rows = Session.objects.filter(ledger=unit, status=SessionStatus.PLANNED).held_in(period)
    rows = rows.prefetch_related("kind_rows").order_by("starts_at", "pk")
    return tuple(
        Planned(
            id=row.pk,
            number=row.number,
            title=row.title,
            kinds=tuple(kind.kind for kind in row.kind_rows.all()),
            unit_id=row.unit_id,
            starts_at=row.starts_at,
            day=row.held_on,
            place=row.place,
        )
        for row in rows
    )


def _waivers(unit: Unit, years: tuple[int, ...]) -> dict[tuple[str, date], Waived]:
    rows = Waiver.objects.filter(unit=unit, period_start__year__in=years, withdrawn_at__isnull=True)
    fields = rows.values_list("rule_id", "period_start", "reason", "basis")
    return {(rule_id, start): Waived(reason, basis) for rule_id, start, reason, basis in fields}


def _reach(material: Material) -> dict[int, frozenset[int]]:
    """Who took part in each session whose duty is owed of every member: all who came, and who chaired."""
    kinds = {kind for rule in RULES.values() if rule.over == "each_member" for kind in rule.kinds}
    ids = [fact.id for fact in material.activities if kinds & set(fact.kinds)]
    found: dict[int, set[int]] = defaultdict(set)
    if ids:
        came = RosterRow.objects.filter(session_id__in=ids, attendance__in=CAME)
        for session_id, member_id in came.values_list("session_id", "member_id"):
            found[session_id].add(member_id)
        for session_id, chair_id in Session.objects.filter(pk__in=ids).values_list("pk", "chair_id"):
            if chair_id is not None:
                found[session_id].add(chair_id)
    return {session_id: frozenset(people) for session_id, people in found.items()}


# -- measures ---------------------------------------------------------------------------------------------------------


def measures_of(unit: Unit, *, on: date) -> tuple[Standing, ...]:
    """整改措施 with a date: those still open, and those carried out this month."""
    month = Period.month(on.year, on.month)
    still_open = Q(done_on__isnull=True, problem__closed_on__isnull=True)
    done_now = Q(done_on__gte=month.start, done_on__lte=month.end)
    rows = Measure.objects.filter(still_open | done_now, problem__unit=unit, due_on__isnull=False)
    rows = rows.filter(problem__found_on__lte=on).select_related("problem", "owner").order_by("due_on", "pk")
    return tuple(_measure(row, on) for row in rows)


def late_measures(units: Iterable[Unit], *, on: date) -> dict[int, int]:
    """How many measures are overdue in each unit; units without any are left out."""
    rows = Measure.objects.filter(
        problem__unit__in=list(units),
        problem__found_on__lte=on,
        due_on__lt=on,
        done_on__isnull=True,
        problem__closed_on__isnull=True,
    )
    return dict(rows.values_list("problem__unit_id").annotate(Count("pk")))


def _measure(row: Measure, on: date) -> Standing:
    assert row.due_on is not None
    problem = row.problem
    owner = f" · 责任人 {row.owner.name}" if row.owner else ""
    due = Due(
        key=f"measure/{row.pk}",
        title=f"整改：{problem.title}",
        basis=problem.source_note or problem.get_source_display(),
        period=Period(problem.found_on, max(problem.found_on, row.due_on)),
        opens_on=problem.found_on,
        owed_by=row.due_on,
        unit_id=problem.unit_id,
        verb="finish_measure",
        note=f"{row.text}{owner}",
    )
    done = row.done_on is not None and row.done_on <= on
    status = Status.DONE if done else Status.LATE if on > row.due_on else Status.OPEN
    return Standing(
        due=due, on=on, status=status, done=int(done), day=row.done_on if done else None, sentence=due.note,
        initial={"problem": problem.number, "measure": str(row.pk), "unit": str(problem.unit_id)},
    )  # fmt: skip
