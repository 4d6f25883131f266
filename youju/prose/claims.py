"""Claims (说法): every number of a text that says how much or how often something was done, is, will be, or must be.

``read(text)`` is the door. The rules stand in their own files; here they are put in order.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from youju.prose.exclusions import Names, advertisement, average, excluded_by, supposed
from youju.prose.matters import Matter, matter_of
from youju.prose.phrases import PeriodPhrase, carried, owner_of, periods_of
from youju.prose.quantities import Quantity, quantities
from youju.prose.rhythms import Rhythm, rhythms
from youju.prose.scene import (
    CLAUSE_ENDS,
    LONGEST,
    SENTENCE_ENDS,
    Scene,
    clause_bounds,
    first_of,
    last_of,
    sentence_bounds,
)
from youju.prose.sections import Sections
from youju.prose.source import Source
from youju.prose.standing import class_of
from youju.prose.vagueness import vague_amounts
from youju.prose.vocabulary import INDEX, STRONG

__all__ = ["Claim", "PeriodPhrase", "read"]

_SHARED, _ANEW = re.compile("[、和及]"), re.compile("每|全年|共|累计|其中")
_EVERY = re.compile("每(?![名位个人])")
_REACH = 28  # characters between 每月 and its count
_AFTER_RHYTHM = 60  # characters after 每月 in which the activity is looked for
_NOT_YET = ("将", "拟", "要", "应", "须", "可", "未", "没有", "没")
_CROWD = 60  # quantities in one run without an end mark: a dump of digits, not prose


@dataclass(frozen=True, slots=True)
class Claim:
    """A number in prose. ``class_`` is work, state, plan, rule or none; ``rule`` names the rule that decided the class
    (and, for work, the one that found what is counted). Offsets are characters of the text as given. ``value`` is None
    for 多次 and its like (relation ``vague``). ``nearby`` is a period of another clause, which may hold here too."""

    start: int
    end: int
    text: str
    class_: str
    kind: str
    kinds: tuple[str, ...]
    activity: str
    relation: str
    value: float | int | None
    value_max: float | int | None
    unit: str
    period: PeriodPhrase | None
    owner: str | None
    sentence: str
    rule: str
    nearby: PeriodPhrase | None = None

    def as_row(self) -> dict[str, Any]:
        """The row of ``youju claims --json``, in its fixed order."""
        period = None if self.period is None else self.period.text
        return {
            "start": self.start, "end": self.end, "text": self.text, "class": self.class_, "kind": self.kind,
            "kinds": list(self.kinds), "activity": self.activity, "relation": self.relation, "value": self.value,
            "value_max": self.value_max, "unit": self.unit, "period": period, "sentence": self.sentence,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Found:
    """A quantity, a rhythm, or a rhythm with its count, before it is judged."""

    start: int
    end: int
    quantity: Quantity | None
    rhythm: Rhythm | None
    group: int = -1  # end of the run of claims that share one rhythm


def read(text: str) -> list[Claim]:
    """Every claim of a text, in order. Amounts that are none (titles, slogans, ages) have class ``none``."""
    source = Source(text)
    return list(_Reader(source).claims())


class _Reader:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.text = source.clean
        self.sections = Sections(self.text)
        self.names = Names(self.text)

    def claims(self) -> Iterator[Claim]:
        paces = [pace for pace in rhythms(self.text) if not self.names.holds(pace.start)]  # “每月一主题”活动12次
        found = _crowds_dropped(self.text, _linked(self.text, list(quantities(self.text)), paces))
        found = _with_vague(found, vague_amounts(self.text))
        previous: Claim | None = None
        matter: Matter | None = None
        sentence = -1
        said: tuple[int, PeriodPhrase] | None = None
        scenes = [self._bare_scene(item) for item in found]
        rejected = [self._rejected(item, scene) for item, scene in zip(found, scenes, strict=True)]
        for index, item in enumerate(found):
            scene = self._parted(scenes[index], found, rejected, index)
            if scene.sentence_start != sentence:
                previous = matter = None
                sentence = scene.sentence_start
            own, nearby = periods_of(scene)
            if own is not None:
                said = (scene.start, own)
            period = own or carried(scene, said)
            if rejected[index] is None:
                claim, matter = self._claim(scene, item, previous, matter, period)
                previous = claim
                yield claim if nearby is None else replace(claim, nearby=nearby)
            elif item.quantity is not None and item.quantity.vague:
                yield from self._vague(scene, item, rejected[index] or "", period)
            elif item.quantity is not None:
                yield self._row(scene, item, "none", None, rejected[index] or "", period)

    def _bare_scene(self, item: _Found) -> Scene:
        text = self.text
        bounds = sentence_bounds(text, item.start, item.end)
        left, right = clause_bounds(text, item.start, item.end, bounds)
        if item.quantity is None:  # a rhythm may be parted from its verb: 每月第一个周五组织72个支部，…开展主题党日
            right = min(bounds[1], max(right, item.end + _AFTER_RHYTHM))
        section = self.sections.of(item.start)
        return Scene(
            text,
            item.start,
            item.end,
            *bounds,
            left,
            right,
            left,
            max(right, item.end),
            item.quantity,
            item.rhythm,
            section,
        )

    def _parted(self, scene: Scene, found: list[_Found], rejected: list[str | None], index: int) -> Scene:
        """The surroundings, cut where the words of the neighbouring amounts begin and end."""
        item = found[index]
        for near in range(index - 1, max(-1, index - 4), -1):
            if found[near].end > scene.left_start and rejected[near] is None:
                scene.left_start = found[near].end
                break
        if item.quantity is None:
            return scene
        for near in range(index + 1, min(len(found), index + 4)):
            if found[near].start < scene.right_end and rejected[near] is None:
                scene.right_end = max(item.end, _own_end(self.text, item.end, found[near].start))
                break
        return scene

    def _rejected(self, item: _Found, scene: Scene) -> str | None:
        """The rule by which this is no claim at all, or None."""
        if self.names.holds(item.start):
            return "name_or_title"
        if item.rhythm is not None:
            if advertisement(scene):
                return "advertisement"
            if average(scene):
                return "average"
            if item.quantity is None:
                return _idle_rhythm(scene)
            if item.quantity.vague:
                return "vague_amount"
            return "supposed" if supposed(scene, item.quantity) else None
        assert item.quantity is not None
        if item.start == scene.sentence_start and scene.sentence_end - item.end <= 1:
            return "bare_amount"  # a cell of a table: the number alone says nothing
        return excluded_by(scene, item.quantity, self.names)

    def _claim(
        self, scene: Scene, item: _Found, previous: Claim | None, matter: Matter | None, period: PeriodPhrase | None
    ) -> tuple[Claim, Matter]:
        class_, rule = class_of(scene, None if previous is None else previous.class_)
        found = _rhythm_matter(scene, matter) if item.rhythm is not None else matter_of(scene, matter)
        deciding = found.rule if class_ == "work" else rule
        return self._row(scene, item, class_, found, deciding, period), found

    def _vague(self, scene: Scene, item: _Found, rule: str, period: PeriodPhrase | None) -> Iterator[Claim]:
        """多次 counts nothing, but what was done so often is told when it is a kind of the ledger."""
        done = (
            rule == "vague_amount" and class_of(scene, None)[0] == "work" and not scene.clause_left.endswith(_NOT_YET)
        )
        found = matter_of(scene, None) if done else None
        named = found if found is not None and found.kinds and found.rule != "earlier_clause" else None
        if named is not None or (
            item.quantity is not None and item.quantity.value
        ):  # 数十次 is shown whatever it counts
            yield self._row(scene, item, "none", named, rule, period)

    def _row(
        self, s: Scene, item: _Found, class_: str, matter: Matter | None, rule: str, period: PeriodPhrase | None
    ) -> Claim:
        relation, value, top, unit = _amount(item)
        source = self.source
        start, end = source.raw(s.start), source.raw_end(s.end)
        sentence = _around(source.text, source.raw(s.sentence_start), source.raw_end(s.sentence_end), start, end)
        return Claim(
            start, end, source.text[start:end], class_,
            matter.family if matter else "", matter.kinds if matter else (), matter.activity if matter else "",
            relation, value, top, unit, period, owner_of(s) if class_ != "none" or matter else None, sentence, rule,
        )  # fmt: skip


def _around(text: str, left: int, right: int, start: int, end: int) -> str:
    """The sentence as given; one that spaces and markers make longer than 200 characters is cut around the claim."""
    if right - left > LONGEST:
        room = max(0, LONGEST - (end - start))
        left = max(left, min(start - room // 2, right - LONGEST))
        right = min(right, left + LONGEST)
    return text[left:right].strip()


def _amount(item: _Found) -> tuple[str, float | int | None, float | int | None, str]:
    q, r = item.quantity, item.rhythm
    if q is not None and q.vague:
        return "vague", None, None, q.unit
    if r is None:
        assert q is not None
        return q.relation, q.value, q.value_max, q.unit
    if q is None:
        return r.relation, r.per(1), None, "次"
    top = None if q.value_max is None else r.per(q.value_max)
    return r.relation, r.per(q.value), top, q.unit


def _own_end(text: str, start: int, other: int) -> int:
    """Where the words of a quantity end and those of the next begin: at the last comma-like mark between them."""
    cut = last_of(text, "、，和及", start, other)
    return cut if cut > start else other


def _linked(text: str, amounts: list[Quantity], paces: list[Rhythm]) -> list[_Found]:
    """Rhythms joined with their counts (每月…1次 is one claim); what they share in a list, they share."""
    found: list[_Found] = []
    taken: set[int] = set()
    at = 0
    starts = [q.start for q in amounts]
    for pace in paces:
        at = bisect_right(starts, pace.end - 1)
        count = _count_of(text, amounts, at, pace)
        if count is None:
            if not pace.bare:
                found.append(_Found(pace.start, pace.end, None, pace))
            continue
        taken.add(count)
        q = amounts[count]
        found.append(_Found(pace.start, q.end, q, pace))
        for later in range(count + 1, min(count + 6, len(amounts))):  # 每月召开支委会1次、党小组会1次
            before, one = amounts[later - 1], amounts[later]
            between = text[before.end : one.start]
            if one.sort != "session" or len(between) > 24 or not _SHARED.search(between) or _ANEW.search(between):
                break
            if any(mark in between for mark in CLAUSE_ENDS):
                break
            taken.add(later)
            found.append(_Found(one.start, one.end, one, pace))
    covered = sorted((f.start, f.end) for f in found)
    begins = [s for s, _ in covered]
    for index, q in enumerate(amounts):
        if index in taken:
            continue
        near = bisect_right(begins, q.start) - 1
        if near >= 0 and covered[near][1] > q.start:
            continue
        found.append(_Found(q.start, q.end, q, None))
    return sorted(found, key=lambda f: f.start)


def _with_vague(found: list[_Found], vague: Iterable[Quantity]) -> list[_Found]:
    """多次 and its like in their places among the others; one inside another's words is dropped."""
    begins = [f.start for f in found]
    added = []
    for q in vague:
        near = bisect_right(begins, q.start) - 1
        inside = near >= 0 and found[near].end > q.start
        if not inside and (near + 1 == len(found) or begins[near + 1] >= q.end):
            added.append(_Found(q.start, q.end, q, None))
    return sorted(found + added, key=lambda f: f.start) if added else found


def _count_of(text: str, amounts: list[Quantity], at: int, pace: Rhythm) -> int | None:
    if pace.anchored:
        return None
    for index in range(at, min(at + 2, len(amounts))):
        q = amounts[index]
        if q.start - pace.end > _REACH:
            return None
        gap = text[pace.end : q.start]
        if pace.bare and gap.startswith("一"):  # 一月一主题活动12次
            return None
        if (
            any(mark in gap[1:] for mark in CLAUSE_ENDS)
            or gap.startswith(tuple("。；！？\n"))
            or _EVERY.search(gap)
            or gap.endswith("第")
        ):
            return None
        if q.sort in ("attribute", "share") or (q.sort == "span" and q.unit in ("天", "小时", "分钟")):
            continue
        if q.unit in ("人", "名", "位", "个", "家", "支") and not _object_counted(text, q):
            return None
        return index
    return None


def _object_counted(text: str, q: Quantity) -> bool:
    after = text[q.end : q.end + 1]
    return (
        not after
        or after in "，。；、）\n"
        or (q.unit not in ("个", "支") and text[q.start - 2 : q.start] in ("走访", "帮扶", "慰问", "联系"))
    )


def _idle_rhythm(s: Scene) -> str | None:
    """每天, 每年 without a count say something only when a known activity follows (每天组织志愿者…)."""
    right = min(s.clause_end, s.end + 24)
    strong = next((True for _, word in INDEX.find(s.text, s.end, right) if word.weight == STRONG), False)
    if strong:
        return None
    if s.rhythm is not None and s.rhythm.anchored:
        follows = next((True for _ in INDEX.find(s.text, s.end, right)), False)
        return None if follows else "idle_rhythm"
    return "idle_rhythm"


def _rhythm_matter(s: Scene, before: Matter | None) -> Matter:
    q = s.quantity
    if q is None:
        return matter_of(s, before)
    # what stands between 每月 and its count belongs to the count: 每月召开支委会1次
    inner = _seen_from_count(s, q.start)
    return matter_of(inner, before)


def _seen_from_count(s: Scene, start: int) -> Scene:
    """The same scene seen from its count: the words of the rhythm are its left."""
    return Scene(
        s.text, max(start, s.start), s.end, s.sentence_start, s.sentence_end, s.clause_start, s.clause_end,
        min(s.left_start, s.start), s.right_end, s.quantity, s.rhythm, s.section,
    )  # fmt: skip


def _crowds_dropped(text: str, found: list[_Found]) -> list[_Found]:
    """Runs with no end mark and a crowd of quantities are dumps of digits; reading them would cost and say nothing."""
    kept: list[_Found] = []
    at = 0
    while at < len(found):
        begin = found[at].start
        end = first_of(text, SENTENCE_ENDS, begin, min(len(text), begin + 2000))
        last = at
        while last < len(found) and found[last].start < end:
            last += 1
        if last - at <= _CROWD:
            kept += found[at:last]
        at = max(last, at + 1)
    return kept
