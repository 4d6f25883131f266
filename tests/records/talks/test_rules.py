"""谈心谈话: each pair of the committee, each member with one of it, each member with another."""

from __future__ import annotations

from datetime import date

from youju.records.talks.rules import pairs_in, year_of
from youju.records.talks.values import ALL, Person, Requirement, Standing, Talk, Year

ALWAYS = ((date(2020, 1, 1), None),)
ONE, TWO, THREE, MEMBER, OTHER = 1, 2, 3, 10, 11


def people(*ids: int) -> list[Person]:
    return [Person(pk, ALWAYS) for pk in ids]


def talk(*who: int, day: date = date(2026, 3, 5), chair: int | None = None) -> Talk:
    return Talk(day, frozenset(who), chair)


def year(
    *talks: Talk, everybody: list[Person] | None = None, committee: list[Person] | None = None, **more: object
) -> Year:
    return year_of(
        2026, people=everybody or people(ONE, TWO, THREE, MEMBER, OTHER),
        committee=people(ONE, TWO, THREE) if committee is None else committee, talks=talks, **more,  # type: ignore[arg-type]
    )  # fmt: skip


def lacking(found: Year, requirement: Requirement) -> set[tuple[int, ...]]:
    return {need.who for need in found.of(requirement) if not need.met}


def test_all_three_are_owed_and_one_talk_may_meet_several() -> None:
    found = year(talk(ONE, TWO), talk(ONE, MEMBER), talk(MEMBER, OTHER))
    assert lacking(found, Requirement.COMMITTEE) == {(ONE, THREE), (TWO, THREE)}
    assert lacking(found, Requirement.WITH_COMMITTEE) == {(OTHER,)}  # the committee's own talks are its pairs
    assert lacking(found, Requirement.MEMBERS) == {(THREE,)}
    assert [need.requirement for need in found.short[THREE]] == [Requirement.COMMITTEE] * 2 + [Requirement.MEMBERS]


def test_of_more_than_two_the_chair_talks_with_each_and_without_one_everybody_with_everybody() -> None:
    assert {tuple(sorted(pair)) for pair in pairs_in(talk(1, 2, 3, chair=2))} == {(1, 2), (2, 3)}
    assert {tuple(sorted(pair)) for pair in pairs_in(talk(1, 2, 3))} == {(1, 2), (1, 3), (2, 3)}
    assert list(pairs_in(talk(1))) == [] and list(pairs_in(talk(1, chair=1))) == []


def test_a_talk_of_another_year_counts_there() -> None:
    assert not year(talk(ONE, TWO, day=date(2025, 12, 31))).met


def test_who_came_left_or_is_exempt_owes_nothing_and_is_named() -> None:
    everybody = [
        *people(ONE, TWO, THREE), Person(MEMBER, ((date(2026, 5, 1), None),)),
        Person(OTHER, ((date(2020, 1, 1), date(2026, 8, 1)),)), Person(12, ALWAYS),
    ]  # fmt: skip
    found = year(talk(ONE, MEMBER), everybody=everybody, exempt={12})
    assert found.standing[MEMBER] is Standing.CAME and found.standing[OTHER] is Standing.LEFT
    assert found.standing[12] is Standing.EXEMPT and found.of(Requirement.WITH_COMMITTEE) == ()
    assert found.met[frozenset((ONE, MEMBER))] == (date(2026, 3, 5),)  # what was done is shown all the same


def test_an_election_loses_no_talk_and_asks_no_pair_of_half_a_year() -> None:
    half = date(2026, 7, 1)
    committee = [Person(ONE, ALWAYS), Person(TWO, ((date(2020, 1, 1), half),)), Person(THREE, ((half, None),))]
    found = year(talk(TWO, MEMBER), talk(THREE, OTHER), committee=committee)
    assert found.of(Requirement.COMMITTEE) == ()
    assert lacking(found, Requirement.WITH_COMMITTEE) == {(TWO,), (OTHER,)}  # in March the third sat on no committee


def test_what_is_not_asked_is_not_owed_and_no_committee_owes_no_talk_with_it() -> None:
    assert not year(asked=ALL - {Requirement.MEMBERS}).of(Requirement.MEMBERS)
    alone = year(committee=[])
    assert not alone.of(Requirement.COMMITTEE) and not alone.of(Requirement.WITH_COMMITTEE)
    assert not year(everybody=people(ONE), committee=people(ONE)).needs  # one member alone talks with nobody
