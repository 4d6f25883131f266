"""专题 of a unit's sessions in a period: how many sessions each had and whom it reached, whatever words a branch uses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from youju.figures.figure import Figure, Measure, Where
from youju.figures.material import load
from youju.figures.queries import ask, completed
from youju.figures.values import Answer, Row
from youju.kit.periods import Period
from youju.people.models import Unit
from youju.records.facets.values import Facet


@dataclass(frozen=True)
class TopicReach:
    """One topic: its sessions, and who of the roster came to one of them."""

    topic: str
    sessions: Answer
    reach: Answer

    @property
    def missed(self) -> tuple[Row, ...]:
        """Who was not reached; who was excused is not counted."""
        return tuple(row for row in self.reach.rows if row.base and not row.amount)

    @property
    def reached(self) -> int:
        return sum(bool(row.amount) for row in self.reach.rows)

    @property
    def expected(self) -> int:
        return sum(bool(row.base) for row in self.reach.rows)


def sessions_on(topic: str) -> Figure:
    return Figure(id=f"{topic}：活动次数", of="activity", where=Where(topics=(topic,)), unit="次", say=topic + "{n}")


def reach_of(topic: str) -> Figure:
    """覆盖率 of any topic: the same question as the catalogue asks of its own."""
    return Figure(
        id=f"{topic}：覆盖率", of="learner", measure=Measure.SHARE, amount="reached", where=Where(topics=(topic,)), unit="%",
        say=topic + "覆盖率{n}",
    )  # fmt: skip


def topics_reached(unit: Unit, period: Period, *, as_of: date) -> list[TopicReach]:
    """Every topic that a session of the period says it had, most sessions first, from one loading."""
    material = completed(load(unit, period), unit, [reach_of("")])
    told = material.told.facets if material.told else {}
    words = {value for said in told.values() for facet, value in said if facet == Facet.TOPIC}
    found = [
        TopicReach(
            word,
            ask(sessions_on(word), unit, period, as_of=as_of, material=material),
            ask(reach_of(word), unit, period, as_of=as_of, material=material),
        )
        for word in words
    ]
    return sorted((one for one in found if one.sessions.rows), key=lambda one: (-len(one.sessions.rows), one.topic))
