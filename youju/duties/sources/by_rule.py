"""What the rule packs make branches owe."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from youju.duties import rules
from youju.duties.asking import Asked
from youju.duties.models import Waiver
from youju.duties.owing import elections
from youju.duties.plans.rules import Laid, lay
from youju.duties.rulebook import RULES
from youju.duties.talks import short_of
from youju.duties.values import Around, Due, Standing, Waived
from youju.figures import rules as figures
from youju.figures.catalogue import FIGURES
from youju.figures.values import ActivityFact, Material
from youju.people.listed import Listed
from youju.people.written_once import Rows, written_once
from youju.records.activities.values import CAME
from youju.records.models import RosterRow

Waivers = dict[tuple[str, date, date | None], Waived]  # by rule, first and last day
NO_WAIVER: Waivers = {}


def standings(asked: Asked, only: Callable[[Due], bool] = lambda due: True) -> dict[int, list[Standing]]:
    """How every due of a rule stands, or those alone that are meant; only branches owe by rule."""
    waived = _waivers(asked)
    reach = reach_of(asked)
    return {
        unit_id: _of_unit(asked, unit_id, waived.get(unit_id, NO_WAIVER), reach, only) for unit_id in asked.materials
    }


def _of_unit(
    asked: Asked, unit_id: int, waived: Waivers, reach: dict[int, frozenset[int]], only: Callable[[Due], bool]
) -> list[Standing]:
    material = asked.materials[unit_id]
    around = Around(asked.planned.get(unit_id, ()), None, reach, asked.since.get(unit_id), asked.told)
    found = []
    for year in asked.years:
        for due in filter(only, laid(asked, unit_id, year).by_rule):
            rule = due.rule
            assert rule is not None
            answer = figures.answer(FIGURES[rule.figure], material, due.period, asked.on)
            excuse = waived.get((rule.id, due.period.start, due.ends)) if waived else None
            beside = replace(around, waived=excuse) if excuse else around
            if rule.talks:
                short = short_of(rule, due, asked.facts[unit_id], _held(material, due, asked.on), reach)
                beside = replace(beside, short=short)
            found.append(rules.judge(due, answer, asked.on, beside))
    return found


def _held(material: Material, due: Due, on: date) -> Sequence[ActivityFact]:
    """The sessions of the due's kinds that have come by the day."""
    seen = due.period.clipped(on)
    return material.held_in(due.kinds, seen) if seen else ()


def laid(asked: Asked, unit_id: int, year: int) -> Laid:
    """The plan's lines laid beside the rules: what repeats a rule stands on the rule's due and nowhere else.

    Two sources ask for it; it is laid once.
    """
    if (unit_id, year) not in asked.laid:
        asked.laid[unit_id, year] = _lay(asked, unit_id, year)
    return asked.laid[unit_id, year]


def _lay(asked: Asked, unit_id: int, year: int) -> Laid:
    facts, lines = asked.facts.get(unit_id), asked.lines.get((unit_id, year), ())
    dues = tuple(dues_of(asked, unit_id, year)) if facts is not None else ()
    return lay(lines, dues, facts, unit_id=unit_id, on=asked.on) if lines else Laid(dues, ())


def dues_of(asked: Asked, unit_id: int, year: int) -> list[Due]:
    """What the rules make a branch owe in a year, before its plan is laid beside them."""
    found = asked.owing[year].of(asked.facts[unit_id])
    if asked.carried and year == asked.years[-1]:
        found += _carried(asked, unit_id)
    return found


def _carried(asked: Asked, unit_id: int) -> list[Due]:
    """Elections owed in other years than those asked for: begun and not held yet, whether their day is to come or past."""
    facts = asked.facts[unit_id]
    due = (due for rule in RULES.values() if rule.rhythm == "term" for due in elections(rule, facts))
    return [
        one for one in due
        if one.opens_on <= asked.on and one.owed_by.year not in asked.years
        and not any(one.opens_on <= term.since <= asked.on for term in facts.terms)
    ]  # fmt: skip


def _waivers(asked: Asked) -> dict[int, Waivers]:
    found: defaultdict[int, Waivers] = defaultdict(dict)
    for unit_id, rule_id, start, end, reason, basis in _waived(Listed(asked.materials), date(asked.years[-1], 12, 31)):
        found[unit_id][rule_id, start, end] = Waived(reason, basis)
    return found


@written_once
def _waived(units: Listed, until: date) -> Rows:
    rows = Waiver.objects.filter(unit_id__in=units, period_start__lte=until, withdrawn_at__isnull=True)
    return rows.values_list("unit_id", "rule_id", "period_start", "period_end", "reason", "basis")


def reach_of(asked: Asked) -> dict[int, frozenset[int]]:
    """Who took part in each session whose duty is owed of every member: all who came, and who chaired."""
    kinds = {kind for rule in RULES.values() if rule.over == "each_member" and not rule.of_hours for kind in rule.kinds}
    facts = [fact for material in asked.materials.values() for fact in material.activities if kinds & set(fact.kinds)]
    found: dict[int, set[int]] = {fact.id: {fact.chair_id} if fact.chair_id is not None else set() for fact in facts}
    for member_id, sessions in asked.presence.came.items():
        for session_id in found.keys() & set(sessions):
            found[session_id].add(member_id)
    # What belongs to the last year and was held after it.
    later = Listed(fact.id for fact in facts if fact.held_on not in asked.presence.period)
    if later.ids:
        came = RosterRow.objects.filter(session_id__in=later, attendance__in=CAME)
        for session_id, member_id in came.values_list("session_id", "member_id"):
            found[session_id].add(member_id)
    return {session_id: frozenset(people) for session_id, people in found.items()}
