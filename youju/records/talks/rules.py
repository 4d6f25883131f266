"""What is owed of a year's talks and what of it is done. Pure: values in, values out; who asks decides which are asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations

from youju.kit.periods import Period
from youju.records.talks.values import ALL, Need, Person, Requirement, Standing, Talk, Year

Days = Mapping[frozenset[int], tuple[date, ...]]


def pairs_in(talk: Talk) -> Iterator[frozenset[int]]:
    """Who talked with whom: the chair with each of the others; without a chair everybody with everybody."""
    if talk.chair is None:
        yield from map(frozenset, combinations(sorted(talk.people), 2))
    else:
        for other in sorted(talk.people - {talk.chair}):
            yield frozenset((talk.chair, other))


def met_in(talks: Iterable[Talk]) -> dict[frozenset[int], tuple[date, ...]]:
    """Each pair that talked, with its days in their order."""
    found: defaultdict[frozenset[int], set[date]] = defaultdict(set)
    for talk in talks:
        for pair in pairs_in(talk):
            found[pair].add(talk.day)
    return {pair: tuple(sorted(days)) for pair, days in found.items()}


def standing_of(person: Person, year: Period, *, exempt: bool) -> Standing:
    """Asked is who was there on the first and the last day; who came or left in between is named and owes nothing."""
    if exempt:
        return Standing.EXEMPT
    if not person.on(year.end):
        return Standing.LEFT
    return Standing.OWED if person.on(year.start) else Standing.CAME


def year_of(
    year: int,
    *,
    people: Sequence[Person],
    committee: Sequence[Person],
    talks: Iterable[Talk],
    exempt: Collection[int] = (),
    asked: Collection[Requirement] = ALL,
) -> Year:
    """A branch's year. A member counts as of the committee on the day of the talk, so an election loses no talk.

    Of the committee each pair is owed whose both sat on it from the first day to the last. Each member who does not sit
    on it at the end owes a talk with one who did on that day; a branch where nobody sits on it owes none.
    """
    whole = Period.year(year)
    standing = {person.id: standing_of(person, whole, exempt=person.id in exempt) for person in people}
    owing = [person.id for person in people if standing[person.id] is Standing.OWED]
    there = set(owing)
    sitting = tuple(
        person.id for person in committee if person.id in there and person.on(whole.start) and person.on(whole.end)
    )
    at_the_end = {person.id for person in committee if person.on(whole.end)}
    met = met_in(talk for talk in talks if talk.day in whole)
    needs: list[Need] = []
    if Requirement.COMMITTEE in asked:
        pairs = combinations(sitting, 2)
        needs += [Need(Requirement.COMMITTEE, pair, met.get(frozenset(pair), ())) for pair in pairs]
    with_committee, with_anybody = _reached(met, {person.id: person for person in committee})
    if Requirement.WITH_COMMITTEE in asked and at_the_end:
        owe = [who for who in owing if who not in at_the_end]
        needs += [Need(Requirement.WITH_COMMITTEE, (who,), _days(with_committee, who)) for who in owe]
    if Requirement.MEMBERS in asked and len(people) > 1:
        needs += [Need(Requirement.MEMBERS, (who,), _days(with_anybody, who)) for who in owing]
    return Year(tuple(needs), met, standing, sitting)


def _reached(met: Days, committee: Mapping[int, Person]) -> tuple[dict[int, set[date]], dict[int, set[date]]]:
    """Member → days on which he talked with one of the committee of that day; member → days with anybody."""
    with_committee: defaultdict[int, set[date]] = defaultdict(set)
    with_anybody: defaultdict[int, set[date]] = defaultdict(set)
    for pair, days in met.items():
        one, other = pair
        for who, whom in ((one, other), (other, one)):
            with_anybody[who].update(days)
            sat = committee.get(whom)
            if sat is not None:
                with_committee[who].update(day for day in days if sat.on(day))
    return with_committee, with_anybody


def _days(found: Mapping[int, set[date]], who: int) -> tuple[date, ...]:
    return tuple(sorted(found.get(who, ())))
