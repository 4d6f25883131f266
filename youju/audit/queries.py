"""Auditing a text: claims to figures, figures to answers, answers to verdicts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from datetime import date
from functools import cached_property
from math import ceil, floor

from youju.audit.asking import Reading, groups_of, judged, readings
from youju.audit.bounds import Outcome, bounds, judge, unbounded
from youju.audit.checks import CHECKS
from youju.audit.dating import report_day, report_year
from youju.audit.joint import Joint, joint_counts
from youju.audit.values import Audit, Judged, LedgerSide, Looked, Verdict
from youju.duties.queries import standings
from youju.figures.figure import Figure
from youju.figures.material import load
from youju.figures.queries import ask, completed
from youju.figures.values import Answer, Material, PersonFact
from youju.kit.periods import Period
from youju.people.models import Unit
from youju.prose.claims import Claim, read
from youju.prose.vocabulary import KINDS
from youju.records.models import Session
from youju.reports.appendix import without_appendix

EVERY_YEAR = 0  # stands for the years a longer span is asked of
MOST_NAMED = 6  # records entered later that a message names
CLAUSE_ENDS = re.compile(r"[。；;！？!?\n]")


def audit_text(
    text: str,
    *,
    unit: Unit | None,
    today: date,
    year: int | None = None,
    as_of: date | None = None,
    told: Collection[tuple[int, int]] = (),
) -> Audit:
    """The text judged against a unit's ledger; without a unit, only what prose alone can show.

    ``year`` overrides the document's own year; ``as_of`` its own date. Claims are judged, plans and rules are told apart.
    ``told`` are places whose words are a record's own (引自记录): a number in them claims nothing of a figure.
    """
    year = year or report_year(text, today=today)
    as_of = as_of or report_day(text, year=year, today=today)
    body = without_appendix(text)  # the table of sources repeats the report's figures; it makes no claims of its own
    claims = [claim for claim in read(body) if claim.class_ != "none" or (claim.relation == "vague" and claim.kinds)]
    claims = [c for c in claims if not any(start <= c.start and c.end <= end for start, end in told)]
    ledger = _Ledger(unit, as_of) if unit else None
    joints = joint_counts(claims, body)
    found = tuple(
        replace(_judged(claim, body, ledger, year=year, joint=joints.get(claim.start)), joint=claim.start in joints)
        for claim in claims
    )
    looked = Looked(body, year, as_of, found, _side_of(ledger, year) if ledger else None)
    findings = tuple(finding for check in CHECKS for finding in check(looked))
    return Audit(text, year, as_of, found, findings)


def _side_of(ledger: _Ledger, year: int) -> LedgerSide:
    """How the unit's year stood on the day, what was held, and its problems of that year and the one before."""
    held: defaultdict[str, list[str]] = defaultdict(list)
    this, last = ledger.material(ledger.unit, Period.year(year)), ledger.material(ledger.unit, Period.year(year - 1))
    for fact in this.activities:
        if fact.for_year == year and fact.held_on <= ledger.as_of:
            for kind in fact.kinds:
                held[kind].append(fact.number)
    return LedgerSide(
        unit_name=ledger.unit.name,
        standings=standings(ledger.unit, year, on=ledger.as_of),
        held={kind: tuple(numbers) for kind, numbers in held.items()},
        problems_last=tuple(problem for problem in last.problems if problem.for_year == year - 1),
        problems_this=tuple(problem for problem in this.problems if problem.for_year == year),
    )


class _Ledger:
    """The unit's ledger as of a day, loaded by whole years: a month is asked of its year, 党的十八大以来 of all years at once."""

    def __init__(self, unit: Unit, as_of: date) -> None:
        self.unit, self.as_of = unit, as_of
        self._loaded: dict[tuple[int, int], Material] = {}

    @cached_property
    def groups(self) -> list[Unit]:
        return groups_of(self.unit)

    def material(self, unit: Unit, period: Period, figures: tuple[Figure, ...] = ()) -> Material:
        """What answers these figures over the period. Hours are of those who belonged to the unit in that period alone."""
        first, last = period.years()[0], period.years()[-1]
        key = unit.pk, first if first == last else EVERY_YEAR
        found = self._loaded.get(key)
        if found is not None and not found.period.start <= period.start <= period.end <= found.period.end:
            first, last = min(first, found.period.start.year), max(last, found.period.end.year)
            found = None
        found = completed(found or load(unit, Period(date(first, 1, 1), date(last, 12, 31))), unit, figures)
        self._loaded[key] = found
        if any(figure.of == "hours" for figure in figures):
            return replace(found, people=tuple(person for person in found.people if _belonged(person, period)))
        return found

    def ask(self, unit: Unit, figure: Figure, period: Period) -> Answer:
        return ask(figure, unit, period, as_of=self.as_of, material=self.material(unit, period, (figure,)))


def _belonged(person: PersonFact, period: Period) -> bool:
    return person.since <= period.end and (person.until is None or person.until > period.start)


def _judged(claim: Claim, text: str, ledger: _Ledger | None, *, year: int, joint: Joint | None) -> Judged:
    quote = _quote(text, claim)
    if claim.class_ == "plan":
        return Judged(claim, Verdict.NOT_APPLICABLE, quote, "说的是下一步打算，不是已经做的事。")
    if claim.class_ == "rule":
        return Judged(claim, Verdict.NOT_APPLICABLE, quote, "说的是制度要求，不是已经做的事。")
    if claim.owner:
        return Judged(claim, Verdict.NOT_APPLICABLE, quote, f"主体是{claim.owner}，不在本支部台账之内。")
    if ledger is None:
        return Judged(claim, None, quote, "没有连接台账，只读出这个说法。")
    period = claim.period.resolve(year=year, until=ledger.as_of) if claim.period else Period.year(year)
    inexact = period is None and claim.period is not None and claim.period.inexact
    if inexact and claim.period:
        period = claim.period.within(year=year)
    if (
        period is None and claim.period and claim.period.sort != "span"
    ):  # 2月30日: another span would be another question
        return Judged(claim, Verdict.NOT_CHECKABLE, quote, f"“{claim.period.text}”不是一段日子，没法核对。")
    if period is None or period.start > ledger.as_of:
        label = period.label if period else claim.period.text if claim.period else ""
        return Judged(claim, Verdict.NOT_APPLICABLE, quote, f"{label}还没有开始。")
    if joint is not None and not unbounded(claim):
        return _at_once(ledger, claim, joint, quote, period, inexact=inexact)
    ways = readings(claim, text, ledger.unit, ledger.groups)
    if unbounded(claim):
        return _vague(ledger, claim, ways, quote, period)
    if not ways:
        return Judged(claim, Verdict.NOT_CHECKABLE, quote, "台账里没有哪个指标能回答这个说法，请另附依据。")
    if inexact:
        return _within(ledger, claim, ways, quote, period)
    found = _against(ledger, claim, ways, quote, period)
    if found.verdict is Verdict.DIFFERS and claim.nearby:
        return _nearby(ledger, claim, ways, quote, year=year) or found
    return found


def _against(ledger: _Ledger, claim: Claim, ways: list[Reading], quote: str, period: Period) -> Judged:
    """The claim against the records of its period."""
    outcome, answer = judged(claim, ways, lambda unit, figure: ledger.ask(unit, figure, period))
    if not answer.known:
        return Judged(
            claim, Verdict.NO_RECORDS, quote, f"{period.label}台账里没有任何记录，不能当作 0，也不能说它不对。", answer
        )
    side = _side(outcome, answer, period, claim)
    if outcome.holds:
        return Judged(claim, Verdict.MATCHES, quote, side, answer)
    return Judged(claim, Verdict.DIFFERS, quote, f"写的是{claim.text}，{side}", answer)


def _at_once(ledger: _Ledger, claim: Claim, joint: Joint, quote: str, period: Period, *, inexact: bool) -> Judged:
    """其中与主题党日合并1次: of the records those that have both kinds. Fewer of them prove nothing."""
    if not joint.kinds:
        return Judged(claim, Verdict.NOT_CHECKABLE, quote, "看不出是哪几类合并召开的，没法核对。")
    asked = ledger.ask(ledger.unit, joint.figure, period)
    answer = replace(asked, rows=joint.of(asked.rows))
    if not asked.known:
        return Judged(claim, Verdict.NO_RECORDS, quote, f"{period.label}台账里没有任何记录，不能当作 0。", answer)
    side = f"台账里同时记为{joint.names if joint.least == len(joint.kinds) else f'其中两类（{joint.names}）'}的有{answer.value}次（{period.label}）"
    if judge(claim, answer, within=inexact).holds:
        return Judged(claim, Verdict.MATCHES, quote, f"{side}。", answer)
    return Judged(
        claim, Verdict.NOT_CHECKABLE, quote, f"{side}；分两条记的看不出是不是合并召开的，请对照记录。", answer
    )


def _side(outcome: Outcome, answer: Answer, period: Period, claim: Claim) -> str:
    """台账：18次（2026年），其中2次一场多类、只计1次，其中1条为报告日之后补录（2026-支委-11）；“约20次”按18—22次算。"""
    words = [f"台账：{outcome.ledger}（{period.label}）"]
    if answer.overlap and len(answer.figure.kinds) > 1:
        words.append(f"一场多类只计1次，少计{answer.overlap}次")
    if answer.entered_late:
        # By number alone: who reads numbers reads this sentence, and a title may name a person or a household.
        late = tuple(dict.fromkeys(row.number for row in answer.entered_late if row.number))
        named = "、".join(late[:MOST_NAMED]) + (f"等{len(late)}条" if len(late) > MOST_NAMED else "")
        words.append(f"其中{len(answer.entered_late)}条为报告日之后补录" + (f"（{named}）" if named else ""))
    return "，".join(words) + _tolerance(claim) + "。"


def _tolerance(claim: Claim) -> str:
    """Within which bounds 近 and 约 are taken; the reader must see what was allowed."""
    if claim.relation != "approx" or claim.value is None or unbounded(claim):
        return ""
    low, high = bounds(claim.relation, claim.value, claim.value_max)
    assert low is not None and high is not None
    if float(claim.value).is_integer():
        low, high = ceil(low), floor(high)
    return f"；“{claim.text}”按{low:g}—{high:g}{claim.unit}算，上下一成以内都算吻合"


def _nearby(ledger: _Ledger, claim: Claim, ways: list[Reading], quote: str, *, year: int) -> Judged | None:
    """9月召开支委会1次，党员大会2次: the month may hold for both. Borne out by it, the claim is right; else nothing is said."""
    period = claim.nearby.resolve(year=year, until=ledger.as_of) if claim.nearby else None
    if period is None or period.start > ledger.as_of:
        return None
    found = _against(ledger, claim, ways, quote, period)
    return found if found.verdict is Verdict.MATCHES else None


def _within(ledger: _Ledger, claim: Claim, ways: list[Reading], quote: str, period: Period) -> Judged:
    """七一前夕, 3月、9月: what was done then is among what was done in the days around; fewer there proves nothing."""
    assert claim.period is not None
    outcome, answer = judged(claim, ways, lambda unit, figure: ledger.ask(unit, figure, period), within=True)
    why = "几个月不相连，没有逐月核对" if claim.period.sort == "scattered" else "没有确切起止日，无法逐日核对"
    said = f"时段“{claim.period.text}”{why}"
    if answer.known and outcome.holds:
        return Judged(claim, Verdict.MATCHES, quote, f"{said}；{_side(outcome, answer, period, claim)}", answer)
    return Judged(claim, Verdict.NOT_CHECKABLE, quote, f"{said}。", answer)


def _vague(ledger: _Ledger, claim: Claim, ways: list[Reading], quote: str, period: Period) -> Judged:
    """多次 is neither right nor wrong; the ledger's number is shown beside it."""
    said = f"“{claim.text}”没有界限"
    if not ways:
        return Judged(claim, Verdict.VAGUE, quote, f"{said}，台账里也没有哪个指标能回答。")
    answer = ledger.ask(*ways[0].shown, period)
    if not answer.known:
        return Judged(claim, Verdict.VAGUE, quote, f"{said}，{period.label}台账里没有任何记录。", answer)
    names = "、".join(KINDS[kind].zh for kind in claim.kinds)
    number = f"{names}{answer.value}{answer.figure.unit}"
    return Judged(claim, Verdict.VAGUE, quote, f"{said}，{_side(Outcome(True, number), answer, period, claim)}", answer)


def _quote(text: str, claim: Claim) -> str:
    """The clause the number stands in, without markers and line feeds, at most 120 characters."""
    starts = [match.end() for match in CLAUSE_ENDS.finditer(text, max(0, claim.start - 100), claim.start)]
    end = CLAUSE_ENDS.search(text, claim.end, min(len(text), claim.end + 60))
    start = starts[-1] if starts else max(0, claim.start - 60)
    return text[start : end.start() if end else min(len(text), claim.end + 40)].strip()


def has_ledger() -> bool:
    """Whether the folder holds any record at all."""
    return Session.objects.exists()
