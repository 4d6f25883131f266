"""Whom and what a claim asks: the unit or its groups, one figure or several at once. Every honest reading is tried."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from youju.audit.bounds import RHYTHMS, Outcome, judge
from youju.figures.catalogue import lump
from youju.figures.figure import Figure
from youju.figures.match import match
from youju.figures.values import Answer
from youju.people.models import Unit
from youju.people.units.values import UnitKind
from youju.prose.claims import Claim
from youju.prose.vocabulary import KINDS

CLAUSE_MARKS = "。；;！？!?\n，,"
ONE_GROUP = re.compile(r"第[一二三四五六七八九十\d]+党小组")
BODIES = re.compile(r"党小组(?!会)|党?支部(?!大会|委员会)")
EACH_GROUP = re.compile(r"(?:各|每个|[二三四五六七八九两\d]个)党小组")
EACH, IN_TURN = re.compile(r"各(?!类|项|种|党|支|级)"), "分别"

Question = tuple[Unit, Figure]
Ask = Callable[[Unit, Figure], Answer]


@dataclass(frozen=True)
class Reading:
    """One way to read a claim: every part must bear it out, in one of its ways. ``shown`` answers for the whole."""

    shown: Question
    parts: tuple[tuple[str, tuple[Question, ...]], ...] = ()


def readings(claim: Claim, text: str, unit: Unit, groups: Sequence[Unit]) -> list[Reading]:
    """The ways to read a claim, the likeliest first; empty when no figure asks it. ``groups`` are the unit's 党小组."""
    figures = match(claim)
    if not figures or (claim.unit == "个" and BODIES.match(text, claim.end)):
        return []  # 三个党小组各召开党小组会11次: three groups, not three meetings
    figure, clause = figures[0], _clause(claim, text)
    named = ONE_GROUP.search(clause)
    if named:
        group = next((group for group in groups if group.short_name == named.group()), None)
        return [Reading((group, figure))] if group else []
    whole = Reading((unit, figure))
    if EACH_GROUP.search(clause) and figure.kinds == ("group_meeting",):
        parts = tuple((group.short_name, ((group, figure),)) for group in groups)
        each = [Reading(whole.shown, parts)] if parts else []
        return each or [whole] if claim.relation in RHYTHMS else [whole, *each]
    if len(claim.kinds) > 1:
        return _of_several(claim, clause, unit, whole)
    return [whole, *(Reading((unit, other)) for other in _dated_otherwise(figure))]


def _dated_otherwise(figure: Figure) -> list[Figure]:
    """今年召开的 may be last year's own meeting, held in this year's spring: both ways of counting are honest."""
    if figure.of == "activity" and figure.dated_by == "for_year":
        return [figure.model_copy(update={"dated_by": "held_on"})]
    return []


def _of_several(claim: Claim, clause: str, unit: Unit, whole: Reading) -> list[Reading]:
    """组织生活会和民主评议各1次 is one of each; 分别召开12次、4次 gives each its own number."""
    ways = []
    for kind in claim.kinds:
        one = lump((kind,))
        ways.append((KINDS[kind].zh, tuple((unit, way) for way in (one, *_dated_otherwise(one)))))
    if EACH.search(claim.text) or EACH.search(claim.activity):
        return [Reading(whole.shown, tuple(ways))]
    if IN_TURN in clause:
        return [whole, *(Reading(question) for _, questions in ways for question in questions)]
    return [whole]


def judged(claim: Claim, ways: list[Reading], ask: Ask, *, within: bool = False) -> tuple[Outcome, Answer]:
    """The first reading that holds; where none does, the likeliest one's side of it."""
    tried = [_try(claim, reading, ask, within=within) for reading in ways]
    return next((found for found in tried if found[0].holds), tried[0])


def _try(claim: Claim, reading: Reading, ask: Ask, *, within: bool) -> tuple[Outcome, Answer]:
    answer = ask(*reading.shown)
    if not reading.parts:
        return judge(claim, answer, within=within), answer
    outcomes = [
        (name, _best(judge(claim, ask(*question), within=within) for question in ways)) for name, ways in reading.parts
    ]
    words = "；".join(f"{name}{outcome.ledger}" for name, outcome in outcomes)
    return Outcome(all(outcome.holds for _, outcome in outcomes), words), answer


def _best(outcomes: Iterable[Outcome]) -> Outcome:
    """The first that holds, else the first."""
    found = list(outcomes)
    return next((outcome for outcome in found if outcome.holds), found[0])


def groups_of(unit: Unit) -> list[Unit]:
    return list(Unit.objects.filter(parent=unit, kind=UnitKind.GROUP).order_by("path"))


def _clause(claim: Claim, text: str) -> str:
    """The words from the last mark before the claim up to its end."""
    start = max((text.rfind(mark, max(0, claim.start - 60), claim.start) for mark in CLAUSE_MARKS), default=-1) + 1
    return text[max(start, claim.start - 60) : claim.end]
