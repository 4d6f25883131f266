"""前后不一: two numbers of one report that cannot both be meant, whatever the ledger says."""

from __future__ import annotations

from collections import defaultdict

from youju.audit.bounds import RHYTHMS, bounds, unbounded
from youju.audit.values import Finding, Judged, Looked
from youju.prose.claims import Claim
from youju.prose.vocabulary import KINDS

MOST_APART = 100  # different numbers of one span that are held against a later one; no report has so many


def conflicts(looked: Looked) -> list[Finding]:
    """At the later of the two places: the same thing with two numbers, or a part that is more than its whole."""
    found: list[Finding] = []
    earlier: defaultdict[tuple[str, str], dict[object, Judged]] = defaultdict(dict)
    for second in (judged for judged in looked.judged if _countable(judged.claim) and not judged.joint):
        before = earlier[_when(second.claim), second.claim.unit]
        for first in before.values():
            message = _disagree(first.claim, second.claim)
            if message:
                found.append(_finding(first, second, message))
                break
        if len(before) < MOST_APART:
            before.setdefault(_meant(second.claim), second)
    return found


def _meant(claim: Claim) -> object:
    """What is compared of a number: a second one just like it disagrees with nothing new."""
    return claim.kinds, claim.owner, claim.activity, claim.relation, claim.value, claim.value_max


def _countable(claim: Claim) -> bool:
    return claim.class_ == "work" and bool(claim.kinds) and not unbounded(claim) and claim.relation not in RHYTHMS


def _when(claim: Claim) -> str:
    """Numbers of a month and of the year are different questions. Since and within the year speak of the same."""
    if claim.period is None or claim.period.sort in ("since", "until") or "年" in claim.period.text[-3:]:
        return ""
    return claim.period.text


def _disagree(first: Claim, second: Claim) -> str:
    one, other = set(first.kinds), set(second.kinds)
    if one == other and first.owner == second.owner and first.activity == second.activity:
        return "" if _can_agree(first, second) else f"前面写“{first.text}”，这里写“{second.text}”，说的是同一件事。"
    whole, part = (first, second) if one > other else (second, first)
    if (one > other or other > one) and _most(whole) < _least(part):
        names = "、".join(KINDS[kind].zh for kind in part.kinds)
        return f"“{whole.text}”里包含{names}，而{names}单独写了“{part.text}”，部分多于合计。"
    return ""


def _can_agree(first: Claim, second: Claim) -> bool:
    (low, high), (other_low, other_high) = _bounds(first), _bounds(second)
    return (high is None or other_low is None or other_low <= high) and (
        other_high is None or low is None or low <= other_high
    )


def _bounds(claim: Claim) -> tuple[float | None, float | None]:
    assert claim.value is not None
    return bounds(claim.relation, claim.value, claim.value_max)


def _least(claim: Claim) -> float:
    return _bounds(claim)[0] or 0


def _most(claim: Claim) -> float:
    """What a reader takes a number for: 12次以上 is a dozen or a little more, not twenty-five."""
    assert claim.value is not None
    return _bounds(claim)[1] or claim.value * 1.5


def _finding(first: Judged, second: Judged, message: str) -> Finding:
    claim = second.claim
    advice = f"请写明两处各数的是什么（另一处：{first.quote[:40]}）。"
    return Finding("前后不一", claim.start, claim.end, second.quote, message, advice)
