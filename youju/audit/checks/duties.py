"""应做: numbers below what the rules ask, things owed that the report never mentions, and last year's problems."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from youju.audit.bounds import RHYTHMS, bounds, unbounded
from youju.audit.layout import Parts, title_of
from youju.audit.values import Finding, Judged, LedgerSide, Looked
from youju.audit.words import WORDS, Owed
from youju.duties.rulebook import RULES, Rule
from youju.duties.values import Standing, Status
from youju.figures.match import match
from youju.kit.periods import Period
from youju.prose.claims import Claim
from youju.prose.vocabulary import KINDS

TIMES = ("次", "场", "场次", "期", "回")
TIMES_A_YEAR = {"monthly": 12, "quarterly": 4, "half_yearly": 2, "yearly": 1}
_REPORTS = re.compile(r"述职|总结|工作报告|履职")


def below_floor(looked: Looked) -> list[Finding]:
    """底线: a year's number below what the rules for its kinds add up to.

    With a ledger the unit's own dues that are over by the day are added up; without one, the rules that bind every branch.
    """
    return [
        finding
        for judged in looked.judged
        if _of_the_year(judged.claim, looked) and not judged.joint
        for finding in _below(looked, judged)
    ]


def _of_the_year(claim: Claim, looked: Looked) -> bool:
    """Done by the branch in the whole year, as far as it had come."""
    if claim.class_ != "work" or claim.owner or not claim.kinds or unbounded(claim) or claim.relation in RHYTHMS:
        return False
    if claim.unit not in TIMES or any(figure.where.lecturer for figure in match(claim)[:1]):
        return False  # 书记讲党课 is a part of them
    year = Period.year(looked.year)
    period = claim.period.resolve(year=looked.year, until=looked.as_of) if claim.period else year
    return period is not None and period.start == year.start and period.end >= min(looked.as_of, year.end)


def _below(looked: Looked, judged: Judged) -> Iterable[Finding]:
    claim = judged.claim
    assert claim.value is not None
    floors = {kind: _floor(looked.ledger, kind) for kind in claim.kinds}
    wanted = sum(floors.values())
    least, most = bounds(claim.relation, claim.value, claim.value_max)
    said = most if most is not None else least
    if said is None or said >= wanted:
        return
    parts = "、".join(f"{KINDS[kind].zh}{times}次" for kind, times in floors.items() if times)
    basis = f"一年一般至少{parts}" if len(floors) == 1 else f"一年一般至少{parts}，合计{wanted}次"
    advice = "有合并召开的请写明；少开的请写原因，或到“应做”里登记豁免。"
    message = f"写的是“{claim.text}”，按规则{basis}，看不出已经做到。"
    yield Finding("底线", claim.start, claim.end, judged.quote, message, advice, _ledger(judged), judged.records)


def _ledger(judged: Judged) -> str:
    answer = judged.answer
    return f"台账：{answer.value}{answer.figure.unit}。" if answer is not None and answer.known else ""


def _floor(ledger: LedgerSide | None, kind: str) -> int:
    """How often a year asks for a kind; of two rules for one kind, what the stricter asks."""
    if ledger is not None:
        sums: Counter[str] = Counter()
        for standing in ledger.standings:
            if _is_over(standing) and standing.due.kinds[:1] == (kind,):
                sums[standing.due.source_id] += standing.due.target
        return max(sums.values(), default=0)
    rules = [rule for rule in RULES.values() if _binds_most(rule) and rule.kinds[:1] == (kind,)]
    return max((rule.target * TIMES_A_YEAR[rule.rhythm] for rule in rules), default=0)


def _is_over(standing: Standing) -> bool:
    due = standing.due
    return due.source == "rule" and due.over == "own" and due.rhythm in TIMES_A_YEAR and due.owed_by <= standing.on and (
        standing.status is not Status.WAIVED
    )  # fmt: skip


def _binds_most(rule: Rule) -> bool:
    return rule.default and rule.over == "own" and rule.rhythm in TIMES_A_YEAR


# -- never mentioned ---------------------------------------------------------------------------------------------------


def unmentioned(looked: Looked) -> list[Finding]:
    """漏写: what a year's report speaks of and this one does not. Only of reports on the work of a year."""
    start, end = title_of(looked.text)
    title = looked.text[start:end]
    if not _REPORTS.search(title):
        return []
    return [
        _left_out(looked, owed, start, end)
        for owed in WORDS.owed
        if not any(word in looked.text for word in owed.all_words) and _asked_of(looked, owed)
    ]


def _asked_of(looked: Looked, owed: Owed) -> bool:
    """A unit without groups owes no meetings of groups; without a ledger every matter is named."""
    if looked.ledger is None or not owed.kinds:
        return True
    ruled = {kind for rule in RULES.values() if rule.default for kind in rule.kinds}
    mine = {kind for standing in looked.ledger.standings for kind in standing.due.kinds}
    return any(kind in mine or kind not in ruled for kind in owed.kinds)


def _left_out(looked: Looked, owed: Owed, start: int, end: int) -> Finding:
    numbers: tuple[str, ...] = ()
    ledger = ""
    if looked.ledger is not None and owed.kinds:
        numbers = tuple(number for kind in owed.kinds for number in looked.ledger.held.get(kind, ()))
        ledger = f"台账{looked.year}年有{len(numbers)}条。" if numbers else f"台账{looked.year}年没有记录。"
    return Finding(
        "漏写",
        start,
        end,
        looked.text[start:end],
        f"全文没有提到{owed.name}。",
        "请补写；确实没有开展的，写明原因。",
        ledger,
        numbers,
    )


# -- last year's problems ----------------------------------------------------------------------------------------------

_LAST_YEAR = re.compile(r"整改|上年(?:度)?(?:述职)?(?:评议)?(?:查摆|指出|反馈)?的?问题|销号")


def last_year(looked: Looked) -> list[Finding]:
    """上年整改: a 述职 that says nothing of what last year's problems came to; 下一步抓好整改 says nothing of it."""
    start, end = title_of(looked.text)
    title = looked.text[start:end]
    parts = Parts(looked.text)
    if "述职" not in title or any(not parts.ahead(said.start()) for said in _LAST_YEAR.finditer(looked.text)):
        return []
    ledger = ""
    numbers: tuple[str, ...] = ()
    if looked.ledger is not None:
        problems = looked.ledger.problems_last
        closed = sum(problem.closed_on is not None and problem.closed_on <= looked.as_of for problem in problems)
        numbers = tuple(problem.number for problem in problems)
        ledger = (
            f"台账：{looked.year - 1}年列入问题{len(problems)}个，已销号{closed}个。"
            if problems
            else f"台账：{looked.year - 1}年没有列入问题。"
        )
    return [
        Finding(
            "上年整改", start, end, title, "没有写上年问题的整改情况，述职一般要先报告这一项。", "请补写上年问题改了哪些、还有哪些没有改完。",
            ledger, numbers,
        )
    ]  # fmt: skip
