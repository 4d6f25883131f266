"""谈心谈话 as a due: which of its three requirements a unit goes by, and who falls short. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from youju.duties.rulebook import Rule, switch_of
from youju.duties.values import Choice, Dated, Due, UnitFacts
from youju.figures.values import ActivityFact
from youju.records.talks.rules import year_of
from youju.records.talks.values import KIND, Need, Person, Requirement, Talk

Short = Mapping[int, tuple[Need, ...]]


def asked_by(rule_id: str, choices: Iterable[Choice], day: date) -> frozenset[Requirement]:
    """What is asked on a day: each of the three unless the last word on it was to leave it."""
    last: dict[str, Choice] = {}
    for choice in choices:
        if choice.since <= day and (choice.rule_id not in last or last[choice.rule_id].since < choice.since):
            last[choice.rule_id] = choice
    said = {one: last.get(switch_of(rule_id, one)) for one in Requirement}
    return frozenset(one for one, choice in said.items() if choice is None or choice.on)


def short_of(
    rule: Rule, due: Due, facts: UnitFacts, activities: Iterable[ActivityFact], reach: Mapping[int, frozenset[int]]
) -> Short:
    """Whom something is still owed of, by the talks of the due's year."""
    talks = (
        Talk(fact.held_on, reach.get(fact.id, frozenset()), fact.chair_id) for fact in activities if KIND in fact.kinds
    )  # fmt: skip
    year = due.period.start.year
    return year_of(
        year,
        people=[_person(one) for one in facts.members],
        committee=[_person(one) for one in facts.committee],
        talks=talks,
        exempt={who for who, years in facts.exempt_years.items() if year in years},
        asked=asked_by(rule.id, facts.choices, due.period.end),
    ).short


def _person(one: Dated) -> Person:
    return Person(one.id, tuple((span.since, span.until) for span in one.days))


def said(needs: tuple[Need, ...]) -> str:
    """What is missing with one member, without the other's name: 与2名委员还没谈、与党员还没谈."""
    pairs = sum(need.requirement is Requirement.COMMITTEE for need in needs)
    parts = [f"与{pairs}名委员"] if pairs else []
    parts += [
        {"with_committee": "与委员", "members": "与党员"}[need.requirement.value]
        for need in needs
        if need.requirement is not Requirement.COMMITTEE
    ]
    return "、".join(dict.fromkeys(parts)) + "还没谈"
