"""What the page of the coverage shows: the figures of each register, and the rows behind the one that is open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator

from youju.figures import rules
from youju.figures.catalogue import FIGURES
from youju.figures.entries import entries_of
from youju.figures.figure import Figure, Measure, Where
from youju.figures.values import Answer, EntryFact, Material
from youju.kit.periods import Period
from youju.people.listed import Listed
from youju.people.models import Unit
from youju.records.activities.models import Session
from youju.records.registers.kinds import REGISTERS, RegisterKind
from youju.records.visits.queries import visits_of
from youju.web.work.tabs import Frame, frame
from youju.web.work.visits_forms import CoverageFilter

A_PAGE, SHOWN_VISITS = 50, 12


def coverage_figure(kind: RegisterKind) -> Figure:
    """走访覆盖率 of one register: the catalogue's where it has one of exactly this register."""
    for figure in FIGURES.values():
        if figure.of == "reach" and figure.measure is Measure.SHARE and figure.where.kinds == (kind.id,):
            return figure
    return Figure(
        id=f"走访{kind.zh}覆盖率", of="reach", measure=Measure.SHARE, amount="reached", unit="%",
        where=Where(kinds=(kind.id,)), say=f"走访{kind.zh}覆盖率{{n}}",
    )  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One entry of a register with what reached it."""

    id: int
    code: str
    name: str
    days: tuple[date, ...]

    @property
    def last(self) -> date | None:
        return max(self.days, default=None)


@dataclass(frozen=True)
class Covered:
    """The coverage of one register in a period."""

    kind: RegisterKind
    answer: Answer
    facts: dict[int, EntryFact]
    seen: Period

    @property
    def total(self) -> int:
        return len(self.answer.rows)

    @property
    def reached(self) -> int:
        return sum(bool(row.amount) for row in self.answer.rows)

    @property
    def missed(self) -> int:
        return self.total - self.reached

    def lines(self, state: str, words: str) -> list[Line]:
        """The rows behind the figure: those that were not reached, unless others are asked for."""
        wanted = {"": (0,), "reached": (1,), "all": (0, 1)}.get(state, (0,))
        return sorted(
            (
                Line(row.id, row.number, row.title, tuple(d for d in self.facts[row.id].touched if d in self.seen))
                for row in self.answer.rows
                if int(row.amount) in wanted and (not words or words in row.title or words in row.number)
            ),
            key=lambda line: (line.name, line.code, line.id),
        )


def covered(unit: Unit, period: Period, on: date) -> list[Covered]:
    """Every register that anything stands on. Only registers and visits are loaded: the page asks for nothing else."""
    facts = tuple(entries_of(("reach",), Listed([unit.pk]), period)["reach"])
    material = Material(unit.pk, period, (), (), (), (), entries={"reach": facts})
    seen = period.clipped(on) or Period(period.start, period.start)
    by_kind: dict[str, dict[int, EntryFact]] = {}
    for fact in facts:
        by_kind.setdefault(fact.kind, {})[fact.id] = fact
    found = []
    for kind in REGISTERS.values():
        answer = rules.answer(coverage_figure(kind), material, period, on)
        if answer.rows:
            found.append(Covered(kind, answer, by_kind[kind.id], seen))
    return found


@dataclass(frozen=True)
class Visit:
    session: Session
    kinds: str
    url: str
    count: int


@dataclass(frozen=True)
class CoveragePage:
    frame: Frame
    unit: Unit
    filters: CoverageFilter
    registers: tuple[Covered, ...]
    open: Covered | None
    lines: tuple[Line, ...]
    pages: Page[Line] | None


def coverage_page(
    unit: Unit, filters: CoverageFilter, *, on: date, number: str | None, whole: bool = False
) -> CoveragePage:
    """``whole``: all lines, for paper and Excel."""
    registers = covered(unit, filters.period, on)
    kind = filters.value("kind")
    chosen = next((one for one in registers if one.kind.id == kind), registers[0] if registers else None)
    lines = chosen.lines(filters.value("state"), filters.value("words").strip()) if chosen else []
    pages = None if whole else Paginator(lines, A_PAGE).get_page(number)
    return CoveragePage(
        frame(unit, "work:visits"),
        unit,
        filters,
        tuple(registers),
        chosen,
        tuple(lines if pages is None else pages),
        pages,
    )


def recent(unit: Unit, period: Period) -> list[Session]:
    return list(visits_of(unit, period).prefetch_related("kind_rows", "coverage")[:SHOWN_VISITS])
