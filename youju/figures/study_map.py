"""学习地图: which topics of a ledger were studied in which year, and how deep, each with the rows behind it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import cached_property

from django.db.models import Q

from youju.figures.values import Row
from youju.kit.periods import Period
from youju.people.listed import Listed
from youju.people.models import Unit
from youju.records.facets.values import Facet
from youju.records.models import Reading, Session, SessionFacet, SessionKind, Studied
from youju.study.curriculum.queries import placed_in, tree_of
from youju.study.curriculum.values import Tree
from youju.study.selftests.queries import tested_in
from youju.study.uses.queries import used_in

#: By what a record says that its people spoke and did not only listen.
SPOKEN_KINDS = ("seminar",)
SPOKEN_FORMS = ("round_table",)


class Depth(IntEnum):
    """How deep a topic went, from nothing on; what goes deeper is the greater."""

    NEVER = 0
    READ = 1
    DISCUSSED = 2
    TESTED = 3
    APPLIED = 4

    @property
    def zh(self) -> str:
        return ("没学过", "学过", "研讨过", "测过", "用上了")[self]


@dataclass(frozen=True)
class Touch:
    """One row that touched a topic, and how deep."""

    depth: Depth
    row: Row


@dataclass(frozen=True)
class Cell:
    """A topic in a year, with what stands under it: every row once."""

    touches: tuple[Touch, ...]

    @property
    def depth(self) -> Depth:
        return max((touch.depth for touch in self.touches), default=Depth.NEVER)

    @property
    def told(self) -> str:
        """学过 3 次，研讨过 1 次."""
        if not self.touches:
            return Depth.NEVER.zh
        counts = Counter([touch.depth for touch in self.touches])
        return "，".join(f"{depth.zh} {counts[depth]} 次" for depth in Depth if counts[depth])


@dataclass(frozen=True)
class StudyMap:
    """Topics by years. A year in which the ledger has no record at all is not known, and unknown is not 没学过."""

    tree: Tree
    years: tuple[int, ...]
    known: frozenset[int]
    touched: Mapping[tuple[int, int], tuple[Touch, ...]]  # (topic, year) → its own, earliest first
    homeless: tuple[tuple[str, int], ...]  # words of records that no topic is called by, with how many records

    def cell(self, topic_id: int, year: int) -> Cell:
        return self._cells.get((topic_id, year), NOTHING)

    @property
    def never(self) -> tuple[int, ...]:
        """Topics without topics under them that no year of the map has touched, in the order of the tree."""
        return tuple(
            step.node.id
            for step in self.tree.walk()
            if not step.parent and not any(self.cell(step.node.id, year).touches for year in self.years)
        )

    def reached(self, year: int) -> dict[Depth, int]:
        """How many of those topics went how deep in a year."""
        leaves = (node.id for node in self.tree.nodes if not self.tree.children(node.id))
        counts = Counter(self.cell(topic, year).depth for topic in leaves)
        return {depth: counts[depth] for depth in Depth}

    @cached_property
    def _cells(self) -> dict[tuple[int, int], Cell]:
        """What touched a topic touched all above it."""
        gathered: defaultdict[tuple[int, int], dict[tuple[str, int], Touch]] = defaultdict(dict)
        above = {topic: tuple(node.id for node in self.tree.path(topic)) for topic, _ in self.touched}
        for (topic, year), touches in self.touched.items():
            rows = {(touch.row.noun, touch.row.id): touch for touch in touches}
            for one in above[topic]:
                gathered[one, year].update(rows)
        return {key: Cell(tuple(sorted(found.values(), key=_by_day))) for key, found in gathered.items()}


NOTHING = Cell(())


def _by_day(touch: Touch) -> tuple[date, str, int]:
    return touch.row.day, touch.row.noun, touch.row.id


def study_map(ledger: Unit, years: Sequence[int], *, as_of: date) -> StudyMap:
    """The map of these years up to a day, in a fixed number of queries."""
    tree = tree_of(ledger)
    period = Period(date(min(years), 1, 1), date(max(years), 12, 31)).clipped(as_of)
    if period is None:  # not begun
        return StudyMap(tree, tuple(years), frozenset(), {}, ())
    sessions = list(_happened(ledger, period))
    found: defaultdict[tuple[int, int], list[Touch]] = defaultdict(list)
    homeless: Counter[str] = Counter()
    places = _places(ledger)
    for topics, touch in (
        *_of_sessions(sessions, tree, places, homeless), *_of_readings(ledger, period, tree, places),
        *_of_tests(ledger, period, tree, places), *_of_uses(ledger, period, places),
    ):  # fmt: skip
        for topic in topics:
            found[topic, touch.row.day.year].append(touch)
    return StudyMap(
        tree=tree, years=tuple(years), known=frozenset(row.day.year for row in sessions),
        touched={key: tuple(touches) for key, touches in found.items()},
        homeless=tuple(sorted(homeless.items(), key=lambda pair: (-pair[1], pair[0]))),
    )  # fmt: skip


def _happened(unit: Unit, period: Period) -> Iterator[Row]:
    """What the ledger holds and what its people joined elsewhere; no talk."""
    joined = Session.objects.filter(joining__in=Unit.objects.below(unit)).values("pk")
    rows = Session.objects.happened().held_in(period).beside_talks().filter(Q(ledger=unit) | Q(pk__in=joined))
    for pk, number, day, title, ledger in rows.values_list("pk", "number", "held_on", "title", "ledger_id"):
        yield Row("activity", pk, number, day, title, ledger)


def _places(ledger: Unit) -> Mapping[int, tuple[int, ...]]:
    """Material → the topics at which it stands."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    for topic, sources in placed_in(ledger).items():
        for source in sources:
            found[source].append(topic)
    return {source: tuple(topics) for source, topics in found.items()}


Found = tuple[Iterable[int], Touch]


def _of_sessions(
    sessions: Sequence[Row], tree: Tree, places: Mapping[int, tuple[int, ...]], homeless: Counter[str]
) -> Iterator[Found]:
    """A session touches the topics it names, and those at which a material stands that it studied."""
    ids = Listed(row.id for row in sessions)
    topics: defaultdict[int, set[int]] = defaultdict(set)
    facets = SessionFacet.objects.filter(session_id__in=ids)
    for session, word in facets.filter(facet=Facet.TOPIC).values_list("session_id", "value"):
        if word in tree.named:
            topics[session].add(tree.named[word])
        else:
            homeless[word] += 1
    for session, source in Studied.objects.filter(session_id__in=ids).values_list("session_id", "source_id"):
        topics[session].update(places.get(source, ()))
    by_form = facets.filter(facet=Facet.FORM, value__in=SPOKEN_FORMS).values_list("session_id", flat=True)
    by_kind = SessionKind.objects.filter(kind__in=SPOKEN_KINDS, session_id__in=ids).values_list("session_id", flat=True)
    spoken = {*by_form, *by_kind}
    for row in sessions:
        if topics.get(row.id):
            yield topics[row.id], Touch(Depth.DISCUSSED if row.id in spoken else Depth.READ, row)


def _of_readings(ledger: Unit, period: Period, tree: Tree, places: Mapping[int, tuple[int, ...]]) -> Iterator[Found]:
    """自学 of a material that stands somewhere, or of what a topic is called. No row says who read."""
    rows = Reading.objects.standing().filter(ledger=ledger, read_on__gte=period.start, read_on__lte=period.end)
    for pk, day, title, source, unit_id in rows.values_list("pk", "read_on", "title", "source_id", "ledger_id"):
        topics = set(places.get(source, ()))
        if title in tree.named:
            topics.add(tree.named[title])
        if topics:
            yield topics, Touch(Depth.READ, Row("reading", pk, "", day, title, unit_id))


def _of_tests(ledger: Unit, period: Period, tree: Tree, places: Mapping[int, tuple[int, ...]]) -> Iterator[Found]:
    """自测 touches what its questions ask about; how many finished it is all that is told of who answered."""
    for test in tested_in([ledger.pk], period):
        topics = set(places.get(test.source_id, ())) if test.source_id else set()
        if test.topic in tree.named:
            topics.add(tree.named[test.topic])
        row = Row("test", test.test_id, "", test.day, test.title, test.ledger_id, note=f"{test.participants} 人做完")
        yield topics, Touch(Depth.TESTED, row)


def _of_uses(ledger: Unit, period: Period, places: Mapping[int, tuple[int, ...]]) -> Iterator[Found]:
    """学以致用 of a material touches the topics at which it stands."""
    for use in used_in(Listed((ledger.pk,)), period):
        row = Row("use", use.use_id, use.number, use.day, use.studied, use.ledger_id, note=use.outcome)
        yield places.get(use.source_id, ()), Touch(Depth.APPLIED, row)
