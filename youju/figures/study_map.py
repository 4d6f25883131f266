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
from youju.study.curriculum.queries import places_in, trees_in
from youju.study.curriculum.values import Node, Tree
from youju.study.deliveries.queries import delivered_in
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

    @cached_property
    def leaves(self) -> tuple[Node, ...]:
        """Topics without topics under them, in the order of the tree: those that are counted."""
        return tuple(step.node for step in self.tree.walk() if not step.parent)

    @property
    def never(self) -> tuple[int, ...]:
        """Those of them that no year of the map has touched."""
        return tuple(
            node.id for node in self.leaves if not any(self.cell(node.id, year).touches for year in self.years)
        )

    def reached(self, year: int) -> dict[Depth, int]:
        """How many of those topics went how deep in a year."""
        counts = Counter(self.cell(node.id, year).depth for node in self.leaves)
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
    return study_maps((ledger,), years, as_of=as_of)[ledger.pk]


def study_maps(ledgers: Iterable[Unit], years: Sequence[int], *, as_of: date) -> dict[int, StudyMap]:
    """The same of many ledgers, by id: as many queries for a thousand of them as for one."""
    ids = tuple(ledger.pk for ledger in ledgers)
    if not ids:
        return {}
    asked = Listed(ids)
    trees = trees_in(asked)
    period = Period(date(min(years), 1, 1), date(max(years), 12, 31)).clipped(as_of)
    if period is None:  # not begun
        return {pk: StudyMap(trees.get(pk, BARE), tuple(years), frozenset(), {}, ()) for pk in ids}
    sessions, places = _happened(ids, period), places_in(asked)
    said = _said(Listed({row.id for rows in sessions.values() for row in rows}))
    beside: defaultdict[int, list[Found]] = defaultdict(list)
    for ledger, topics, touch in (
        *_of_readings(asked, period, trees, places), *_of_tests(ids, period, trees, places),
        *_of_uses(asked, period, places), *_of_deliveries(asked, period, trees, places),
    ):  # fmt: skip
        beside[ledger].append((topics, touch))
    maps = {}
    for pk in ids:
        tree, rows = trees.get(pk, BARE), sessions[pk]
        found: defaultdict[tuple[int, int], list[Touch]] = defaultdict(list)
        homeless: Counter[str] = Counter()
        for topics, touch in (*_of_sessions(rows, said, tree, places, homeless), *beside[pk]):
            for topic in topics:
                found[topic, touch.row.day.year].append(touch)
        maps[pk] = StudyMap(
            tree=tree, years=tuple(years), known=frozenset(row.day.year for row in rows),
            touched={key: tuple(touches) for key, touches in found.items()},
            homeless=tuple(sorted(homeless.items(), key=lambda pair: (-pair[1], pair[0]))),
        )  # fmt: skip
    return maps


BARE = Tree(())
Places = Mapping[int, tuple[int, ...]]  # material → the topics at which it stands
Found = tuple[Iterable[int], Touch]


def _happened(ids: tuple[int, ...], period: Period) -> dict[int, list[Row]]:
    """What each ledger holds and what its people joined elsewhere; no talk."""
    ledgers, happened = Listed(ids), Session.objects.happened().held_in(period).beside_talks()
    fields = ("pk", "number", "held_on", "title", "ledger_id")
    found: dict[int, dict[int, Row]] = {pk: {} for pk in ids}
    for row in happened.filter(ledger_id__in=ledgers).values_list(*fields):
        found[row[-1]][row[0]] = Row("activity", *row)
    for joined in happened.joined_by(ledgers):
        for *row, pk in joined.values_list(*fields, "joined"):
            found[pk][row[0]] = Row("activity", *row)
    return {pk: list(rows.values()) for pk, rows in found.items()}


@dataclass(frozen=True)
class Said:
    """What sessions say of their study."""

    words: Mapping[int, list[str]]  # session → the topics it names
    sources: Mapping[int, list[int]]  # session → the materials it studied
    spoken: frozenset[int]  # sessions whose people spoke


def _said(sessions: Listed) -> Said:
    words: defaultdict[int, list[str]] = defaultdict(list)
    sources: defaultdict[int, list[int]] = defaultdict(list)
    spoken = set(
        SessionKind.objects.filter(kind__in=SPOKEN_KINDS, session_id__in=sessions).values_list("session_id", flat=True)
    )
    told = Q(facet=Facet.TOPIC) | Q(facet=Facet.FORM, value__in=SPOKEN_FORMS)
    facets = SessionFacet.objects.filter(told, session_id__in=sessions)
    for session, facet, value in facets.values_list("session_id", "facet", "value"):
        if facet == Facet.TOPIC:
            words[session].append(value)
        else:
            spoken.add(session)
    for session, source in Studied.objects.filter(session_id__in=sessions).values_list("session_id", "source_id"):
        sources[session].append(source)
    return Said(words, sources, frozenset(spoken))


def _of_sessions(
    sessions: Sequence[Row], said: Said, tree: Tree, places: Places, homeless: Counter[str]
) -> Iterator[Found]:
    """A session touches the topics it names, and those at which a material stands that it studied."""
    for row in sessions:
        topics = {topic for source in said.sources.get(row.id, ()) for topic in places.get(source, ())}
        for word in said.words.get(row.id, ()):
            if word in tree.named:
                topics.add(tree.named[word])
            else:
                homeless[word] += 1
        topics = {topic for topic in topics if topic in tree}
        if topics:
            yield topics, Touch(Depth.DISCUSSED if row.id in said.spoken else Depth.READ, row)


def _of_readings(
    ledgers: Listed, period: Period, trees: Mapping[int, Tree], places: Places
) -> Iterator[tuple[int, Iterable[int], Touch]]:
    """自学 of a material that stands somewhere, or of what a topic is called. No row says who read."""
    rows = Reading.objects.standing().filter(ledger_id__in=ledgers, read_on__gte=period.start, read_on__lte=period.end)
    for pk, day, title, source, ledger in rows.values_list("pk", "read_on", "title", "source_id", "ledger_id"):
        topics = {*places.get(source, ()), *trees.get(ledger, BARE).called((title,))}
        if topics:
            yield ledger, topics, Touch(Depth.READ, Row("reading", pk, "", day, title, ledger))


def _of_tests(
    ledgers: tuple[int, ...], period: Period, trees: Mapping[int, Tree], places: Places
) -> Iterator[tuple[int, Iterable[int], Touch]]:
    """自测 touches what its questions ask about; how many finished it is all that is told of who answered."""
    for test in tested_in(ledgers, period):
        at = places.get(test.source_id, ()) if test.source_id else ()
        topics = {*at, *trees.get(test.ledger_id, BARE).called((test.topic,))}
        row = Row("test", test.test_id, "", test.day, test.title, test.ledger_id, note=f"{test.participants} 人做完")
        yield test.ledger_id, topics, Touch(Depth.TESTED, row)


def _of_uses(ledgers: Listed, period: Period, places: Places) -> Iterator[tuple[int, Iterable[int], Touch]]:
    """学以致用 of a material touches the topics at which it stands."""
    for use in used_in(ledgers, period):
        row = Row("use", use.use_id, use.number, use.day, use.studied, use.ledger_id, note=use.outcome)
        yield use.ledger_id, places.get(use.source_id, ()), Touch(Depth.APPLIED, row)


def _of_deliveries(
    ledgers: Listed, period: Period, trees: Mapping[int, Tree], places: Places
) -> Iterator[tuple[int, Iterable[int], Touch]]:
    """送学上门 of a material that stands somewhere, or of what a topic is called. No row says to whom or by whom."""
    for one in delivered_in(ledgers, period):
        at = (topic for source in one.source_ids for topic in places.get(source, ()))
        topics = {*at, *trees.get(one.ledger_id, BARE).called((one.text,))}
        if topics:
            row = Row("delivery", one.delivery_id, one.number, one.day, one.studied, one.ledger_id)
            yield one.ledger_id, topics, Touch(Depth.READ, row)
