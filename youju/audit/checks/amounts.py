"""数目: one number for several kinds, numbers without an upper bound, and things told without any number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from youju.audit.bounds import unbounded
from youju.audit.layout import Parts
from youju.audit.values import Finding, Judged, Looked
from youju.audit.words import WORDS
from youju.prose.vocabulary import KINDS

_DONE = re.compile(r"召开|开展|组织|举办|举行|上好?|讲|落实|抓好|参加|进行|通过")
_NOT_DONE = re.compile(
    r"(?:没有?|未能?|尚未|无法)(?:按时|如期|按期|及时|再|正常|组织|专门)?(?:召开|开展|组织|举办|举行|落实|参加|进行)"
)
_OPEN = {"ge": "只有下限", "gt": "只有下限", "approx_over": "是约数", "approx": "是约数"}
_SYSTEM = re.compile(r"[\u4e00-\u9fff、]{0,8}(?:制度|机制|规定|要求|办法)")
_CLAUSE_ENDS = "。；，！？\n"
_REACH, _LINE = 40, 400  # characters looked at either side of a word, and back to where its line begins


def lump_sum(looked: Looked) -> list[Finding]:
    """笼统: three kinds and one number. Nothing is said where each kind has a number of its own as well."""
    alone = {claim.kinds[0] for claim in (judged.claim for judged in looked.judged) if len(claim.kinds) == 1}
    return [_lump(judged) for judged in _done(looked) if _summed(judged) and not _each(judged, alone)]


def _summed(judged: Judged) -> bool:
    return len(judged.claim.kinds) > 1 and not judged.joint  # 合并召开2次 is no sum


def _each(judged: Judged, alone: set[str]) -> bool:
    """A kind of which the ledger has none can hide in no sum."""
    claim, answer = judged.claim, judged.answer
    none = {kind for kind, times in answer.ways if not times} if answer is not None and answer.known else set()
    return set(claim.kinds) <= alone | none or "各" in claim.text or "各" in claim.activity or "分别" in judged.quote


def _lump(judged: Judged) -> Finding:
    claim, answer = judged.claim, judged.answer
    names = "、".join(KINDS[kind].zh for kind in claim.kinds)
    ledger = ""
    if answer is not None and answer.known and answer.figure.kinds:
        parts = "、".join(f"{KINDS[kind].zh}{times}次" for kind, times in answer.ways)
        overlap = f"，其中{answer.overlap}次一场多类、只计1次" if answer.overlap else ""
        ledger = f"台账：{parts}，合计{answer.value}次{overlap}。"
    return Finding(
        "合计", claim.start, claim.end, judged.quote, f"{names}合写一个数“{claim.text}”，看不出各有几次。",
        "请把每一类的次数分开写。", ledger, judged.records,
    )  # fmt: skip


def open_ended(looked: Looked) -> list[Finding]:
    """约数: 12次以上, 20余次 hold within their bounds, yet the ledger has the exact number."""
    found = []
    for judged in _done(looked):
        claim = judged.claim
        if claim.relation in _OPEN and claim.kinds and not unbounded(claim):
            ledger = f"台账是{_plain(judged.ledger)}{claim.unit}。" if judged.ledger is not None else ""
            advice = f"请改成{_plain(judged.ledger)}{claim.unit}。" if judged.ledger is not None else "请写确切的数。"
            message = f"“{claim.text}”{_OPEN[claim.relation]}，不是确切的数。"
            found.append(Finding("约数", claim.start, claim.end, judged.quote, message, advice, ledger, judged.records))
    return found


def _done(looked: Looked) -> Iterator[Judged]:
    """Numbers told as work that was done by the unit itself."""
    return (judged for judged in looked.judged if judged.claim.class_ == "work" and not judged.claim.owner)


def without_number(looked: Looked) -> list[Finding]:
    """无数: a kind of activity is told as done and no number stands with it anywhere. Each kind once, where it stands first."""
    counted = {kind for judged in looked.judged for kind in judged.claim.kinds}
    parts = Parts(looked.text)
    found: list[Finding] = []
    taken: list[tuple[int, int]] = []
    for kind in KINDS.values():
        if kind.id in counted:
            continue
        place = next((span for span in _told(looked.text, kind.words) if parts.done(span[0])), None)
        if place is None or any(start <= place[0] < end for start, end in taken):
            continue  # 专题党课 inside a longer word that is pointed at already
        taken.append(place)
        numbers = looked.ledger.held.get(kind.id, ()) if looked.ledger else ()
        ledger = ""
        if looked.ledger is not None:
            ledger = f"台账{looked.year}年有{len(numbers)}条。" if numbers else f"台账{looked.year}年没有这类记录。"
        found.append(_uncounted(looked, place, kind.zh, ledger, numbers))
    for word in WORDS.activities:
        if any(word in _clause(looked.text, one.claim.start, one.claim.end) for one in looked.judged):
            continue
        place = next((span for span in _told(looked.text, (word,)) if parts.done(span[0])), None)
        if place is not None and not any(start <= place[0] < end for start, end in taken):
            taken.append(place)
            found.append(_uncounted(looked, place, word))
    return sorted(found, key=lambda finding: finding.start)


def _uncounted(
    looked: Looked, place: tuple[int, int], name: str, ledger: str = "", numbers: tuple[str, ...] = ()
) -> Finding:
    return Finding(
        "无数", *place, _clause(looked.text, *place), f"写了{name}，没有写次数。",
        f"请写明{looked.year}年开展了几次。", ledger, numbers,
    )  # fmt: skip


def _told(text: str, words: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Places where one of the words stands in a clause that says it was done, the longest word first."""
    for word in sorted(words, key=len, reverse=True):
        for match in re.finditer(re.escape(word), text):
            clause = _clause(text, match.start(), match.end())
            if _DONE.search(clause) and not _NOT_DONE.search(clause) and not _is_name(text, *match.span()):
                yield match.span()


def _is_name(text: str, start: int, end: int) -> bool:
    """Part of a title (“组织生活会准备”), of a gap that is named, or of a system (组织生活会制度)."""
    first = max(0, start - _LINE)
    line = text[max(first, text.rfind("\n", first, start) + 1) : start]
    opened = any(line.rfind(left) > line.rfind(right) for left, right in ("“”", "《》", "〔〕"))
    return opened or bool(_SYSTEM.match(text, end))


def _clause(text: str, start: int, end: int) -> str:
    first, last = max(0, start - _REACH), end + _REACH
    begin = max(text.rfind(mark, first, start) for mark in _CLAUSE_ENDS) + 1
    stops = [at for mark in _CLAUSE_ENDS if (at := text.find(mark, end, last)) >= 0]
    return text[max(begin, first) : min([*stops, last])].strip()


def _plain(value: float | None) -> str:
    return f"{value:g}" if value is not None else ""
