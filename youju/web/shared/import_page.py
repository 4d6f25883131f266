"""What the pages of an import show: the kinds of table, their headings and rows, and the file of rows with faults."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.http import HttpRequest, HttpResponse

from youju.paper.reading import columns
from youju.paper.reading.columns import Column, Line
from youju.people.imports.actions import Keep
from youju.people.imports.models import Batch
from youju.people.imports.values import Fault, Judged, Parcel, Table
from youju.people.models import Unit
from youju.web.shared.sheets import Cell, table_response

SHOWN_GOOD, SHOWN_FAULTS = 30, 200
PROBLEM = "问题"


class Judge(Protocol):
    """The question what would become of each row; nothing is written."""

    def __call__(self, *, unit: Unit, rows: Sequence[Line], at: datetime) -> Sequence[Judged[Any]]: ...


@dataclass(frozen=True)
class Importer:
    """What one kind of table needs besides the common way. ``judge`` reads, ``keep`` writes."""

    table: Table
    job: str
    heading: str
    intro: str
    columns: tuple[Column, ...]
    what: str
    """The columns that name a row in the list, by id."""
    named_by: tuple[str, ...]
    unit_of: Callable[[HttpRequest], Unit]
    judge: Judge
    keep: Keep
    """The name of the template, and what its columns may be chosen from."""
    template_name: str
    choices: Callable[[Unit], Mapping[str, Sequence[str]]]
    remark: Callable[[Sequence[Judged[Any]], datetime], str] = lambda rows, at: ""
    """What else should be known before it is confirmed."""
    first: str = ""
    """The named page it leads back to, where that is not the first of its job."""

    @property
    def index(self) -> str:
        return self.first or f"{self.job}:index"

    @property
    def start(self) -> str:
        return f"{self.job}:import"

    @property
    def running(self) -> str:
        return f"{self.job}:import_run"

    @property
    def template(self) -> str:
        return f"{self.job}:import_template"


@dataclass(frozen=True)
class Heading:
    """One heading of the file, with what it is taken for."""

    name: str
    field: str
    text: str
    meant: str


@dataclass(frozen=True)
class Shown:
    """One row as the page shows it."""

    number: int
    name: str
    note: str
    faults: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ImportPage:
    unit: Unit
    importer: Importer
    step: str
    error: str = ""
    file: str = ""
    signed: str = ""
    headings: tuple[Heading, ...] = ()
    lacking: tuple[str, ...] = ()
    good: tuple[Shown, ...] = ()
    faults: tuple[Shown, ...] = ()
    good_count: int = 0
    known_count: int = 0
    fault_count: int = 0
    remark: str = ""
    batch: Batch | None = None
    waiting: Sequence[Batch] = ()

    @property
    def choices(self) -> list[tuple[str, str]]:
        return [("", "不导入这一列"), *((column.id, column.zh) for column in self.importer.columns)]

    @property
    def unread(self) -> list[str]:
        return [heading.text for heading in self.headings if not heading.meant and heading.text]

    @property
    def more_good(self) -> int:
        return self.good_count - len(self.good)

    @property
    def more_faults(self) -> int:
        return self.fault_count - len(self.faults)


def checked_page(
    unit: Unit, importer: Importer, parcel: Parcel, signed: str, judged: Sequence[Judged[Any]], *, lacking: tuple[str, ...] = (),
    remark: str = "",
) -> ImportPage:  # fmt: skip
    """What would come of the rows, before anything is written."""
    good = [row for row in judged if row.good]
    faulty = [row for row in judged if row.faults]
    return ImportPage(
        unit=unit,
        importer=importer,
        step="check",
        file=parcel.name,
        signed=signed,
        headings=tuple(
            Heading(f"{text or f'第{number + 1}列'}", f"c{number}", text, meant)
            for number, (text, meant) in enumerate(zip(parcel.headings, parcel.meant, strict=False))
        ),
        lacking=lacking,
        good=tuple(_shown(row, importer) for row in good[:SHOWN_GOOD]),
        faults=tuple(_shown(row, importer) for row in faulty[:SHOWN_FAULTS]),
        good_count=len(good),
        known_count=sum(bool(row.note) for row in judged),
        fault_count=len(faulty),
        remark=remark,
    )


def running_page(importer: Importer, batch: Batch, parcel: Parcel) -> ImportPage:
    """How far it has come; at the end, what was not taken and why."""
    faulty = faulty_of(batch, parcel) if batch.finished else []
    return ImportPage(
        unit=batch.unit,
        importer=importer,
        step="done" if batch.finished else "running",
        file=batch.name,
        faults=tuple(_shown(row, importer) for row in faulty[:SHOWN_FAULTS]),
        known_count=batch.skipped,
        fault_count=len(batch.faults),
        batch=batch,
    )


def faulty_of(batch: Batch, parcel: Parcel) -> list[Judged[Any]]:
    """The rows that were not taken, with what was said of them when their turn came."""
    said = {number: tuple(Fault(*fault) for fault in faults) for number, faults in batch.faults}
    return [Judged[Any](line, faults=said[line.number]) for line in parcel.lines() if line.number in said]


def _shown(row: Judged[Any], importer: Importer) -> Shown:
    by_id = {column.id: column for column in importer.columns}
    cells = row.line.cells
    said = (
        columns.shown(cells.get(id_), by_id[id_].kind, from_1904=row.line.from_1904)[:40] for id_ in importer.named_by
    )
    faults = tuple((by_id[f.column].zh if f.column in by_id else "", f.sentence) for f in row.faults)
    return Shown(row.line.number, "　".join(filter(None, said)) or "（空）", row.note, faults)


def faulty_rows(parcel: Parcel, importer: Importer, judged: Sequence[Judged[Any]]) -> HttpResponse:
    """The rows that were not taken, as they stood in the file, each with what is wrong: mended, it can be imported."""
    kinds = {column.id: (column.zh, column.kind) for column in importer.columns}
    wrong = {row.line.number: row.faults for row in judged if row.faults}
    names = [heading or f"第{number}列" for number, heading in enumerate(parcel.headings, start=1)]
    keep = [number for number, name in enumerate(names) if columns.plain(name) != PROBLEM]
    rows: list[list[Cell]] = []
    for row in parcel.sheet.rows:
        if row.number not in wrong:
            continue
        cells = [*row.cells, *[None] * (len(names) - len(row.cells))]
        told = "\n".join(f"{kinds[f.column][0]}：{f.sentence}" if f.column else f.sentence for f in wrong[row.number])
        texts = [
            columns.shown(cells[at], kinds.get(parcel.meant[at], ("", "text"))[1], from_1904=parcel.sheet.from_1904) for at in keep
        ]  # fmt: skip
        rows.append([*texts, told])
    headings = [*(names[at] for at in keep), PROBLEM]
    widths = [16] * len(keep) + [60]
    return table_response(name=f"{importer.what}未导入的行", headings=headings, rows=rows, widths=widths)
