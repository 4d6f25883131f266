"""Which dues a rule makes of a unit's facts. Pure: values in, values out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache, partial
from itertools import groupby
from typing import NamedTuple

from youju.duties.rulebook import Rule
from youju.duties.values import Choice, Dated, Days, Due, UnitFacts, Version
from youju.figures.conversion import HOURS
from youju.kit.periods import Period
from youju.people.terms.values import TermFact, months_before
from youju.records.activities.values import Attendance

ONE_DAY = timedelta(days=1)
EXEMPT = Attendance.EXEMPT.zh
NOBODY = 0


def owed(rules: Iterable[Rule], facts: UnitFacts, year: int) -> list[Due]:
    """All that a unit owes for a year: by the rules of the packs, and by those it or a unit above made itself."""
    return Owing(rules, year).of(facts)


class Owing:
    """What rules make of one branch after the other in a year. Branches on the same ground are looked at once."""

    def __init__(self, rules: Iterable[Rule], year: int) -> None:
        self.year = year
        self._rules = tuple(rules)
        self._numbers = tuple(sorted({rule.formal_at_least for rule in self._rules if rule.formal_at_least}))
        self._known: dict[Ground, tuple[tuple[Due, ...], ...]] = {}

    def of(self, facts: UnitFacts) -> list[Due]:
        found: list[Due] = []
        for rule, dues in zip(self._rules, self._of_alike(facts), strict=True):
            found += expand(rule, facts, self.year) if rule.rhythm == "term" else [_laid_on(due, facts) for due in dues]
        by_rule = groupby(sorted(facts.versions, key=lambda v: v.rule.id), key=lambda v: v.rule.id)
        return found + [due for _, versions in by_rule for due in expand_versions(tuple(versions), facts, self.year)]

    def _of_alike(self, facts: UnitFacts) -> tuple[tuple[Due, ...], ...]:
        """By rule what every branch on this ground owes; an election is of one branch, since its term is."""
        ground = ground_of(facts, self.year, self._numbers)
        if ground not in self._known:
            self._known[ground] = tuple(
                () if rule.rhythm == "term" else tuple(_unlaid(rule, facts, self.year)) for rule in self._rules
            )
        return self._known[ground]


Turns = tuple[date, ...]


class Ground(NamedTuple):
    """What ``binds`` looks at in a year, without a name in it: days on which something begins to hold and ceases again."""

    open: Turns
    temporary: Turns
    committee: Turns
    groups: Turns
    formal: tuple[Turns, ...]  # as many formal members as some rule asks for
    choices: tuple[Choice, ...]


def ground_of(facts: UnitFacts, year: int, numbers: tuple[int, ...]) -> Ground:
    whole = Period.year(year)
    formal = _days_of(facts.formal)
    return Ground(
        open=_turns(facts.open.on, (facts.open.since, facts.open.until), whole),
        temporary=_turns(facts.temporary_on, (term.since for term in facts.terms), whole),
        committee=_turns(facts.committee_on, _days_of(facts.committee), whole),
        groups=_turns(facts.groups_on, _days_of(facts.groups), whole),
        formal=tuple(_turns(partial(facts.formal_enough, number), formal, whole) for number in numbers),
        choices=facts.choices,
    )


def _turns(holds: Callable[[date], bool], days: Iterable[date | None], year: Period) -> Turns:
    """The days of the year on which it turns; it may turn on ``days`` only, and its first day counts as one when it holds."""
    found: list[date] = []
    for day in sorted({year.start, *(day for day in days if day is not None and day in year)}):
        if holds(day) == (len(found) % 2 == 0):
            found.append(day)
    return tuple(found)


def _days_of(people: Iterable[Dated]) -> list[date | None]:
    return [day for person in people for span in person.days for day in (span.since, span.until)]


def expand(rule: Rule, facts: UnitFacts, year: int) -> tuple[Due, ...]:
    """What a rule makes the unit owe for a year: a due exists if it held on the first and last day of the period."""
    if rule.rhythm == "term":
        return tuple(due for due in elections(rule, facts) if due.owed_by.year == year)
    return tuple(_laid_on(due, facts) for due in _unlaid(rule, facts, year))


def _unlaid(rule: Rule, facts: UnitFacts, year: int) -> Iterator[Due]:
    """The dues of a rule as they are for whoever is bound in these periods, laid on nobody yet."""
    if rule.rhythm == "state":
        periods: Iterable[Period] = _runs(rule, facts, Period.year(year))
    else:
        periods = (p for p in periods_of(rule, year) if binds(rule, facts, p.start) and binds(rule, facts, p.end))
    return (_due(rule, facts.choice_on(rule.id, period.end), period) for period in periods)


def _laid_on(due: Due, facts: UnitFacts) -> Due:
    return due.laid_on(facts.unit_id, _parts(due, facts) if due.over != "own" else ())


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
    if rule.formal_at_least is not None and not facts.formal_enough(rule.formal_at_least, day):
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
    due = _due(rule, facts.choice_on(rule.id, last), Period(opens, last)).laid_on(facts.unit_id, ())
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


def _due(rule: Rule, choice: Choice | None, period: Period) -> Due:
    """Laid on no unit yet; ``choice`` is the word in force on the last day."""
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
        unit_id=NOBODY,
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
    )


def _opens(rule: Rule, period: Period) -> date:
    if rule.opens_month:
        return date(period.start.year, rule.opens_month, 1)
    return Period.quarter(period.start.year, rule.window).start if rule.window else period.start


def _parts(due: Due, facts: UnitFacts) -> tuple[Dated, ...]:
    """The groups or members of whom it is owed one by one."""
    if due.hours:
        assert due.rule is not None
        return _learners(due.rule, facts, due.period)
    people = facts.groups if due.over == "each_group" else facts.members
    found = tuple(part for part in people if part.through(due.period))
    if due.rule is not None and due.rule.talks and facts.exempt_years:
        year = due.period.start.year
        return tuple(_excused(part) if year in facts.exempt_years.get(part.id, ()) else part for part in found)
    return found


def _exempt(person: Dated, facts: UnitFacts, period: Period) -> bool:
    return any(day in period for day in facts.exempt.get(person.id, ()))


def _excused(person: Dated) -> Dated:
    return replace(person, target=0, note=EXEMPT)


def _learners(rule: Rule, facts: UnitFacts, period: Period) -> tuple[Dated, ...]:
    """Whom the year's hours are owed of, in proportion to his days; who went on to another unit is that one's.

    Of the committee its hours are owed for the days on it, and only those days' hours count for it. Who was excused from
    anything in the year is listed, and owes none.
    """
    of_committee = rule.whose == "committee"
    found = []
    for person in _serving(facts) if of_committee else facts.members:
        other = () if of_committee else facts.elsewhere.get(person.id, ())
        if other and _last(person.days, period) < _last(other, period):
            continue
        here = person.within(period)
        days = Dated(person.id, person.name, (*person.days, *other)).within(period) if other else here
        share = HOURS.share_of(rule.target, days, period.days)
        if here and share:
            excused = _exempt(person, facts, period)
            target, note = (0, EXEMPT) if excused else (share, "")
            found.append(Dated(person.id, person.name, person.days, target, note))
    return tuple(found)


def _serving(facts: UnitFacts) -> Iterator[Dated]:
    """The committee on the days on which its members belong to the unit: an office may outlast a membership."""
    belonging = {member.id: member.days for member in facts.members}
    for person in facts.committee:
        both = (span.common(other) for span in person.days for other in belonging.get(person.id, ()))
        yield replace(person, days=tuple(span for span in both if span is not None))


def _last(spans: tuple[Days, ...], period: Period) -> date:
    """The last day within the period on which one of the spans holds."""
    clipped = [found for found in (span.clipped(period) for span in spans) if found is not None]
    return max((start + timedelta(days=days - 1) for start, days in clipped), default=date.min)
