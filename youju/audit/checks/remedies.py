"""问题与措施: a problem that no measure answers, and measures without an owner or a date.

Words decide, not meaning: a problem is taken for answered where enough of the words that are its own stand in one measure.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from youju.audit.layout import Item, Parts, Sentence, items, sentences
from youju.audit.values import Finding, Looked

_HAN = re.compile(r"[\u4e00-\u9fff]+")
_OWNER = re.compile(
    r"(?<!第一)责任人|牵头|由[\u4e00-\u9fff]{2,10}(?:负责|承担|落实|组织)|[\u4e00-\u9fff]{2,6}负责|专人"
)
_DATE = re.compile(r"\d{1,2}月|[一二三四]季度|[上下]半年|年底前|月底前|年内|(?:每|按)(?:月|季|半?年)|\d{4}年\d")
#: Words of every report; they say nothing about which problem a measure answers.
_COMMON = re.compile(
    r"[一二三四五六七八九十]是|（[一二三四五六七八九十]）|党支部|支部|党员|干部|党建|工作|学习|理论|进一步|加强|不够|不足|差距|问题|能力|水平|开展|推进|落实|坚持|提高|提升|强化|没有|存在|需要|部分|基层|抓"
    r"|方面|实际|习惯于?|不能|不断|持续|积极|深入|党的|思想|内容|活动"
)
_LEADS = re.compile(r"^\s*[一二三四五六七八九十]{1,3}、|虽然.{0,20}(?:成绩|成效)|如下[：。]?$|^.{0,9}$")
ANSWERED = 0.15  # share of a problem's own pairs of characters that one measure has
NAMED = 0.8  # a measure that quotes the problem answers all that is said of it
LONGEST_QUOTE = 40
MOST = 300  # sentences of problems, and of measures, that are held against each other
FAR = 60  # items back from a sentence among which its own is looked for


@dataclass(frozen=True)
class Told:
    """One sentence of a problem, with the pairs of characters that are its own."""

    sentence: Sentence
    pairs: frozenset[str]

    def share_in(self, answers: list[frozenset[str]]) -> float:
        """How much of it the measure that comes nearest has."""
        return max((len(self.pairs & answer) for answer in answers), default=0) / max(1, len(self.pairs))


def remedies(looked: Looked) -> list[Finding]:
    """Nothing is said of a report that has no part on shortcomings or none on what comes next."""
    parts = Parts(looked.text)
    said = [sentence for sentence in sentences(looked.text) if not _LEADS.search(sentence.text)]
    problems = [sentence for sentence in said if parts.shortcoming(sentence.start)][:MOST]
    measures = [sentence for sentence in said if parts.ahead(sentence.start)][:MOST]
    if not problems or not measures:
        return []
    rare = _rare([sentence.text for sentence in (*problems, *measures)])
    answers = [_pairs(sentence.text) for sentence in measures]
    points = _by_point(looked.text, [Told(sentence, _pairs(sentence.text) & rare) for sentence in problems])
    found = [finding for point in points for finding in _unanswered(point, answers)]
    return [*found, *_unowned(measures)]


def _by_point(text: str, told: list[Told]) -> list[list[Told]]:
    """Sentences of one 一是 together; a heading above finer points is no problem of its own."""
    marks = items(text)
    starts = [item.start for item in marks]
    groups: dict[int, list[Told]] = {}
    for problem in told:
        inner = _inner(marks, bisect_left(starts, problem.sentence.end), problem.sentence.start)
        groups.setdefault(inner.start if inner else problem.sentence.start, []).append(problem)
    parents = {item.start for item, after in pairwise(marks) if after.rank > item.rank and after.start < item.end}
    return [group for start, group in groups.items() if start not in parents]


def _inner(marks: list[Item], last: int, start: int) -> Item | None:
    """The finest item over a sentence, of those that begin before its end; the earlier of two as fine."""
    inner: Item | None = None
    for item in reversed(marks[max(0, last - FAR) : last]):
        if start < item.end and (inner is None or item.rank >= inner.rank):
            inner = item
    return inner


def _unanswered(point: list[Told], answers: list[frozenset[str]]) -> list[Finding]:
    """The point as a whole where no sentence of it is answered, else each sentence no word of which comes again."""
    shares = [problem.share_in(answers) for problem in point]
    if max(shares) >= NAMED:
        return []
    if max(shares) < ANSWERED:
        return [_finding(point[0].sentence, point[-1].sentence.end)]
    return [
        _finding(problem.sentence, problem.sentence.end)
        for problem, share in zip(point, shares, strict=True)
        if not share and problem.pairs and "我" not in problem.sentence.text  # 根子在我: a reflection, no problem
    ]


def _finding(sentence: Sentence, end: int) -> Finding:
    return Finding(
        "问题无措施",
        sentence.start,
        end,
        sentence.text.strip()[:LONGEST_QUOTE],
        "下一步打算里没有读到回应这个问题的话。",
        "请补一条措施；已经写了的，请写明针对哪个问题。",
    )


def _unowned(measures: list[Sentence]) -> list[Finding]:
    owner = any(_OWNER.search(sentence.text) for sentence in measures)
    date = any(_DATE.search(sentence.text) for sentence in measures)
    if owner and date:
        return []
    lacks = "责任人和时限" if not owner and not date else "时限" if owner else "责任人"
    first = measures[0]
    return [
        Finding(
            "措施不落实",
            first.start,
            first.end,
            first.text.strip()[:LONGEST_QUOTE],
            f"下一步措施里没有一条写了{lacks}。",
            f"请给每条措施写上{lacks}。",
        )
    ]


def _pairs(text: str) -> frozenset[str]:
    """Neighbouring characters of what is left when the common words are gone."""
    runs = _HAN.findall(_COMMON.sub(" ", text))
    return frozenset(run[i : i + 2] for run in runs for i in range(len(run) - 1))


def _rare(texts: list[str]) -> set[str]:
    """Pairs that do not stand everywhere: what every fifth sentence says sets none apart."""
    counts = Counter(pair for text in texts for pair in _pairs(text))
    return {pair for pair, times in counts.items() if times <= max(3, len(texts) // 5)}
