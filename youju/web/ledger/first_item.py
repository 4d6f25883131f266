"""列为第一议题: what the plan of study has open on the day, to be ticked on the form of a committee meeting.

What is ticked stands first on the agenda and brings its topic and its materials along, so that the meeting fulfils the
unit. What a unit above asks is taken over into the plan as well.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.http import HttpRequest

from youju.journal.values import Actor
from youju.kit.refusal import Refusal
from youju.people.models import Unit
from youju.people.units.values import UnitKind
from youju.records.activities.models import Session
from youju.records.activities.values import ActivityDraft, AgendaDraft, ItemKind
from youju.records.facets.rules import LONGEST, checked
from youju.records.facets.values import LISTS, Facet
from youju.records.sources.rules import MOST_SAID
from youju.records.sources.values import Said
from youju.study.curriculum.queries import tree_of
from youju.study.curriculum.values import Tree
from youju.study.points.models import StudyPoint
from youju.study.points.queries import points_for
from youju.study.units.actions import take_point
from youju.study.units.queries import Standing, standings, topic_now, untaken, wanted_of
from youju.study.units.rules import of_committees
from youju.study.units.values import Stage

MEETING = "committee_meeting"


@dataclass(frozen=True)
class Offered:
    """One unit of study, or one point from above, as an item of the agenda."""

    key: str
    title: str
    words: str
    topics: tuple[str, ...]
    texts: tuple[str, ...]
    point: StudyPoint | None = None


@dataclass(frozen=True)
class FirstItem:
    """What may be ticked, and what was. ``lost`` was ticked and is offered no more."""

    offered: tuple[Offered, ...] = ()
    ticked: frozenset[str] = frozenset()
    lost: bool = False

    @property
    def rows(self) -> list[tuple[Offered, bool]]:
        return [(one, one.key in self.ticked) for one in self.offered]

    @property
    def chosen(self) -> tuple[Offered, ...]:
        return tuple(one for one in self.offered if one.key in self.ticked)


def first_item_in(
    request: HttpRequest, *, ledger: Unit, kinds: Collection[str], day: date, planned: Session | None = None
) -> FirstItem:
    """Of a committee meeting on a day; of any other meeting nothing."""
    if MEETING not in kinds:
        return FirstItem()
    typed = frozenset(request.POST.getlist("first")) if request.method == "POST" else None
    offered = _offered(ledger, day, typed or frozenset())
    if typed is None:
        titles = {item.title for item in planned.agenda.all() if item.kind == ItemKind.FIRST_TOPIC} if planned else ()
        return FirstItem(offered, frozenset(one.key for one in offered if one.title in titles))
    return FirstItem(offered, typed, lost=bool(typed - {one.key for one in offered}))


def with_agenda(agenda: Sequence[AgendaDraft], first: FirstItem) -> tuple[AgendaDraft, ...]:
    """The ticked ones before the others. Raises Refusal on ``agenda`` where one is not there any more."""
    if first.lost:
        raise Refusal("agenda", "勾选的学习单元不在这一天的时段里，或者刚刚改过，请看过再存。")
    wanted = dict.fromkeys(one.title for one in first.chosen)
    kept = tuple(replace(item, kind=ItemKind.FIRST_TOPIC) if item.title in wanted else item for item in agenda)
    there = {item.title for item in kept}
    return (*(AgendaDraft(title, kind=ItemKind.FIRST_TOPIC) for title in wanted if title not in there), *kept)


def with_first(draft: ActivityDraft, first: FirstItem) -> ActivityDraft:
    """The record with what was ticked: agenda, topics, and of the materials as many as a record names. Raises Refusal."""
    topics = (*draft.facets.topics, *(word for one in first.chosen for word in one.topics))
    texts = [Said(text) for one in first.chosen for text in one.texts]
    known = {said.title for said in draft.studied}
    fresh = [said for said in dict.fromkeys(texts) if said.title not in known]
    return replace(
        draft,
        agenda=with_agenda(draft.agenda, first),
        facets=checked(replace(draft.facets, topics=tuple(dict.fromkeys(topics)))),
        studied=(*draft.studied, *fresh[: max(0, MOST_SAID - len(draft.studied))]),
    )


def take_over(ledger: Unit, first: FirstItem, *, by: Actor | None, at: datetime) -> None:
    """What was asked from above and ticked is a unit of the plan from now on. Raises Refusal."""
    for one in first.chosen:
        if one.point is not None:
            take_point(unit=ledger, point=one.point, by=by, at=at)


# -- parts ------------------------------------------------------------------------------------------------------------


def _offered(ledger: Unit, day: date, typed: Collection[str]) -> tuple[Offered, ...]:
    """Of what is open on the day that which is not learned, and what was ticked although it is by now."""
    tree, open_above = tree_of(ledger), {one.pk for one in untaken(ledger, day.year)}
    points = [
        one
        for one in points_for(ledger, day.year)
        if one.starts_on <= day <= one.ends_on
        and (one.pk in open_above or f"p{one.pk}" in typed)
        and not (ledger.kind == UnitKind.BRANCH and of_committees(one.title))  # the branch words that itself
    ]
    units = [_of_unit(one, tree) for one in standings(ledger, year=day.year, on=day) if _open(one, day, typed)]
    asked = []
    for point, wanted in zip(points, wanted_of(ledger, tree, points), strict=True):
        if wanted.found:
            texts = (point.text,) if point.text else ()
            words = f"{point.sender.short_name}要求学，勾上同时列入学习安排"
            fresh = point if point.pk in open_above else None  # of a form sent twice it is taken over once
            asked.append(Offered(f"p{point.pk}", point.title, words, _words(wanted.topic_id, tree), texts, fresh))
    return (*units, *asked)


def _open(one: Standing, day: date, typed: Collection[str]) -> bool:
    due = one.unit.starts_on <= day <= one.unit.ends_on
    return due and (one.stage is Stage.NOW or f"u{one.unit.pk}" in typed)


def _words(topic_id: int | None, tree: Tree) -> tuple[str, ...]:
    """A word by which a record names the topic, and by which the tree will know it again as it is kept."""
    if topic_id is None:
        return ()
    node, kept = tree.node(topic_id), LISTS.words[Facet.TOPIC]
    words = (word for word in (node.title, *node.words) if len(word) <= LONGEST)
    return tuple(word for word in words if tree.named.get(kept.get(word, word)) == topic_id)[:1]


def _of_unit(one: Standing, tree: Tree) -> Offered:
    unit = one.unit
    topics = _words(topic_now(unit, tree), tree)
    texts = tuple(text.title for text in unit.sources.all())
    words = f"学习安排{unit.starts_on.month}月{unit.starts_on.day}日到{unit.ends_on.month}月{unit.ends_on.day}日"
    return Offered(f"u{unit.pk}", unit.title, words, topics, texts)
