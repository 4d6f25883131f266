"""Which dues a rule makes of a unit's facts. Pure: values in, values out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import groupby

from youju.duties.rulebook import Rule
from youju.duties.values import Dated, Days, Due, UnitFacts, Version
from youju.figures.conversion import HOURS
from youju.kit.periods import Period
from youju.people.terms.values import TermFact, months_before
from youju.records.activities.values import Attendance

ONE_DAY = timedelta(days=1)
EXEMPT = Attendance.EXEMPT.zh


def owed(rules: Iterable[Rule], facts: UnitFacts, year: int) -> list[Due]:
    """All that a unit owes for a year: by the rules of the packs, and by those it or a unit above made itself."""
    found = [due for rule in rules for due in expand(rule, facts, year)]
    by_rule = groupby(sorted(facts.versions, key=lambda v: v.rule.id), key=lambda v: v.rule.id)
    return found + [due for _, versions in by_rule for due in expand_versions(tuple(versions), facts, year)]


def expand(rule: Rule, facts: UnitFacts, year: int) -> tuple[Due, ...]:
    """What a rule makes the unit owe for a year: a due exists if it held on the first and last day of the period."""
    if rule.rhythm == "term":
        return tuple(due for due in elections(rule, facts) if due.owed_by.year == year)
    if rule.rhythm == "state":
        return tuple(_due(rule, facts, period) for period in _runs(rule, facts, Period.year(year)))
    return tuple(
        _due(rule, facts, period)
        for period in periods_of(rule, year)
        if binds(rule, facts, period.start) and binds(rule, facts, period.end)
    )


def expand_versions(versions: tuple[Version, ...], facts: UnitFacts, year: int) -> tuple[Due, ...]:
    """As ``expand``, of one rule that changed: a period is owed as the rule stood on its first day, if it still stood
    on the last. A version that begins amid a period of the one before begins with the next period."""
    found: list[Due] = []
    for version in sorted(versions, key=lambda v: v.days.since or date.min):
        for due in expand(version.rule, facts, year):
            start, end = due.period.start, due.period.end
            in_force = version.days.on(start) and any(other.days.on(end) for other in versions)
            if in_force and (not found or start > found[-1].period.end):
                found.append(due)
    return tuple(found)


def binds(rule: Rule, facts: UnitFacts, day: date) -> bool:
    """Whether the rule holds for the unit on a day: open, rule in force, condition met."""
    choice = facts.choice_on(rule.id, day)
    if not facts.open.on(day) or not (choice.on if choice else rule.default):
        return False
    if rule.permanent and facts.temporary_on(day):
        return False
    if rule.formal_at_least is not None and facts.formal_on(day) < rule.formal_at_least:
        return False
    if rule.condition == "committee_exists":
        return facts.committee_on(day)
    return rule.condition != "groups_exist" or facts.groups_on(day)


def periods_of(rule: Rule, year: int) -> tuple[Period, ...]:
    """The periods of a year in which the rule is owed each once."""
    return _periods(year)[rule.rhythm]


@lru_cache(maxsize=40)
def _periods(year: int) -> dict[str, tuple[Period, ...]]:
    whole = Period.year(year)
    halves = (Period.half(year, 1), Period.half(year, 2))
    return {"monthly": whole.months(), "quarterly": whole.quarters(), "half_yearly": halves, "yearly": (whole,)}


def elections(rule: Rule, facts: UnitFacts) -> Iterator[Due]:
    """One due a term: the next committee is owed by the day the term ends, and opens some months before.

    Who elected early, before it opened, owed nothing; a late election still settles it.
    """
    for term, after in zip(facts.terms, (*facts.terms[1:], None), strict=False):
        if term.ends_on is None or term.owed_by is None or (rule.term_years and term.years not in rule.term_years):
            continue
        opens = months_before(term.ends_on, rule.months_before)
        early = after is not None and after.since < opens
        if not early and binds(rule, facts, term.owed_by):
            yield _election(rule, facts, term, after, opens)


def _election(rule: Rule, facts: UnitFacts, term: TermFact, after: TermFact | None, opens: date) -> Due:
    assert term.owed_by is not None
    last = max(term.owed_by, after.since) if after else term.owed_by
    due = _due(rule, facts, Period(opens, last))
    ends = f"{term.since.year}年{term.since.month}月选出，任期{term.years}年"
    prolonged = "，已批准延期" if term.extended_until else ""
    return replace(due, opens_on=opens, owed_by=term.owed_by, rhythm="once", note=ends + prolonged)


def _runs(rule: Rule, facts: UnitFacts, year: Period) -> Iterable[Period]:
    """The spans of a year in which the rule binds, for a state that has no rhythm."""
    turns = {year.start, year.day_after, facts.open.since, facts.open.until}
    turns |= {day for person in facts.formal for span in person.days for day in (span.since, span.until)}
    turns |= {choice.since for choice in facts.choices if choice.rule_id == rule.id}
    turns |= {term.since for term in facts.terms if rule.permanent}
    days = sorted(day for day in turns if day is not None and year.start <= day <= year.day_after)
    start: date | None = None
    for day in days:
        if day <= year.end and binds(rule, facts, day):
            start = start or day
        elif start is not None:
            yield Period(start, day - ONE_DAY)
            start = None


def _due(rule: Rule, facts: UnitFacts, period: Period) -> Due:
    choice = facts.choice_on(rule.id, period.end)
    owed_by = period.end
    if rule.held_until_month:
        owed_by = Period.month(period.end.year + 1, rule.held_until_month).end
    return Due(
        source="rule",
        source_id=rule.id,
        title=rule.title,
        label=rule.label,
        basis=choice.basis if choice and choice.on and choice.basis else rule.basis,
        period=period,
        opens_on=_opens(rule, period),
        owed_by=owed_by,
        unit_id=facts.unit_id,
        verb=rule.verb,
        rule=rule,
        rhythm=rule.rhythm,
        each=rule.target,
        over=rule.over,
        kinds=rule.kinds,
        window=rule.window,
        hours=rule.of_hours,
        grace=rule.held_until_month is not None,
        soft=rule.soft,
        parts=_learners(rule, facts, period) if rule.of_hours else _parts(rule, facts, period),
    )


def _opens(rule: Rule, period: Period) -> date:
    if rule.opens_month:
        return date(period.start.year, rule.opens_month, 1)
    return Period.quarter(period.start.year, rule.window).start if rule.window else period.start


def _parts(rule: Rule, facts: UnitFacts, period: Period) -> tuple[Dated, ...]:
    people = {"each_group": facts.groups, "each_member": facts.members}.get(rule.over, ())
    return tuple(part for part in people if part.through(period))


def _learners(rule: Rule, facts: UnitFacts, period: Period) -> tuple[Dated, ...]:
    """Whom the year's hours are owed of, in proportion to his days; who went on to another unit is that one's.

    Who was excused from anything in the year is listed, and owes none.
    """
    of_committee = rule.whose == "committee"
    found = []
    for person in facts.committee if of_committee else facts.members:
        other = () if of_committee else facts.elsewhere.get(person.id, ())
        if _last(person.days, period) < _last(other, period):
            continue
        days = Dated(person.id, person.name, (*person.days, *other)).within(period)
        share = HOURS.share_of(rule.target, days, period.days)
        if person.within(period) and share:
            excused = any(day in period for day in facts.exempt.get(person.id, ()))
            found.append(replace(person, target=0, note=EXEMPT) if excused else replace(person, target=share))
    return tuple(found)


def _last(spans: tuple[Days, ...], period: Period) -> date:
    """The last day within the period on which one of the spans holds."""
    clipped = [found for found in (span.clipped(period) for span in spans) if found is not None]
    return max((start + timedelta(days=days - 1) for start, days in clipped), default=date.min)
