"""What a figure is: a named question, as the catalogue writes it down."""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property
from typing import Literal

from pydantic import Field, model_validator

from youju.kit.schema import Strict
from youju.records.facets.values import Facet

RowType = Literal[
    "activity", "member", "committee", "problem", "measure", "resolution", "first_topic", "hours", "term", "learner",
    "subject", "reach", "request", "project", "milestone", "campaign", "campaign_task", "item", "check", "publication", "fee", "reading",
    "pair", "use", "make_up", "topic", "delivery", "brought",
]  # fmt: skip
# What is kept beside the sessions in one shape, ``EntryFact``; ``entries.py`` says where each is loaded from.
ENTRIES = frozenset({
    "subject", "reach", "request", "project", "milestone", "campaign", "campaign_task", "item", "check", "publication", "fee", "reading",
    "pair", "use", "make_up", "topic", "delivery", "brought",
})  # fmt: skip

TOLD = frozenset({"audience", "led", "spoke"})  # amounts of what a session tells beside its kinds
STATES = frozenset({"member", "committee", "subject", "item"})  # true of a day, not of a period
UNRECORDED = frozenset({"learner", "topic"})  # stand on the roster and in the tree whether or not anything was recorded
# Which words of ``where`` and ``dated_by`` speak of which rows; elsewhere they would be read and silently do nothing.
OF_SESSIONS = frozenset({"activity", "resolution", "first_topic"})


class Measure(StrEnum):
    """How rows become a number. The list is closed: a new figure is data, a new measure is code."""

    COUNT = "count"  # how many rows
    SUM = "sum"  # the rows' amounts together: person-times, hours
    SHARE = "share"  # amounts out of bases, in percent with one decimal


# The closed table: which amounts a measure takes of which rows. Counting needs none.
AMOUNTS: dict[tuple[str, Measure], tuple[str, ...]] = {
    ("activity", Measure.SUM): ("came", "others", "audience", "led", "spoke"),
    ("activity", Measure.SHARE): ("came",),
    ("problem", Measure.SHARE): ("closed",),
    ("hours", Measure.SUM): ("hours",),
    ("learner", Measure.SUM): ("reached",),
    ("learner", Measure.SHARE): ("reached",),
} | {
    (entry, measure): amounts
    for entry in ENTRIES
    for measure, amounts in {Measure.SUM: ("amount", "reached"), Measure.SHARE: ("closed", "reached")}.items()
}


class Where(Strict):
    """Which rows are taken."""

    kinds: tuple[str, ...] = ()
    lecturer: Literal["secretary"] | None = None
    status: Literal["closed", "open"] | None = None
    standing: Literal["formal", "probationary"] | None = None
    post: Literal["committee"] | None = None
    forms: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()

    @cached_property
    def facets(self) -> tuple[tuple[Facet, frozenset[str]], ...]:
        """What a session must say of itself beside its kind: one of these of each facet named."""
        named = ((Facet.FORM, self.forms), (Facet.TOPIC, self.topics), (Facet.GROUP, self.groups))
        return tuple((facet, frozenset(values)) for facet, values in named if values)


class Reads(Strict):
    """Which claims in prose ask this figure, beyond those of the same kinds counted in sessions.

    ``beside`` is all that may stand beside the words: 困难党员5名 asks of others than the members. ``unless`` are words
    by which the claim asks something narrower than the figure: 邀请专家讲党课2次.
    """

    words: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


class Figure(Strict):
    """指标: a named question. ``id`` is the name users read and tokens carry."""

    id: str
    of: RowType
    measure: Measure = Measure.COUNT
    amount: Literal["came", "others", "closed", "hours", "amount", "reached", "audience", "led", "spoke"] | None = None
    where: Where = Where()
    dated_by: Literal["held_on", "for_year"] = "held_on"
    unit: str
    say: str = Field(pattern=r"\{n\}")
    reads: Reads = Reads()

    @model_validator(mode="after")
    def amounts_belong_to_sums(self) -> Figure:
        if (self.measure is Measure.COUNT) != (self.amount is None):
            raise ValueError("measure 是 sum 或 share 时要写 amount，count 时不写。")
        if self.amount is not None and self.amount not in AMOUNTS.get((self.of, self.measure), ()):
            raise ValueError(f"{self.of} 没有 {self.measure.value} {self.amount} 这种数法。")
        if (self.of == "hours") != (self.amount == "hours"):
            raise ValueError("hours 只能求和，写 measure: sum 和 amount: hours。")
        if (self.measure is Measure.SHARE) != (self.unit == "%"):
            raise ValueError("measure 是 share 时单位写 %，其他时候不写 %。")
        return self

    @model_validator(mode="after")
    def words_fit_their_rows(self) -> Figure:
        if self.where.lecturer and self.of not in OF_SESSIONS:
            raise ValueError("where 里的 lecturer 只用于 activity、resolution、first_topic。")
        if self.where.facets and self.of not in OF_SESSIONS | {"learner"}:
            raise ValueError("where 里的 forms、topics、groups 只用于活动、决议、第一议题和 learner。")
        if self.of == "learner" and not (self.where.kinds or self.where.facets):
            raise ValueError("learner 要在 where 里写明是哪些活动。")
        if self.where.kinds and self.of not in OF_SESSIONS | ENTRIES | {"learner"}:
            raise ValueError("where 里的 kinds 只用于有种类的记录，党员、委员、问题、措施、学时和任期没有种类。")
        if self.where.status and self.of not in ENTRIES | {"problem"}:
            raise ValueError("where 里的 status 只用于 problem 和会办结的记录。")
        if self.where.standing and self.of != "member":
            raise ValueError("where 里的 standing 只用于 member。")
        if self.where.post and self.of != "hours":
            raise ValueError("where 里的 post 只用于 hours。")
        if self.dated_by == "for_year" and self.of in STATES | {"hours", "term"}:
            raise ValueError("dated_by: for_year 只用于活动和问题。")
        if self.say.count("{n}") != 1:
            raise ValueError("say 里的 {n} 要有一处，也只能有一处。")
        return self

    @property
    def told(self) -> bool:
        """Whether it asks what sessions say beside their kinds, which is loaded for such figures only."""
        return bool(self.where.facets) or self.of == "learner" or self.amount in TOLD

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of sessions it takes; those of entries are other words and no claim calls them by a session's."""
        return () if self.of in ENTRIES else self.where.kinds
