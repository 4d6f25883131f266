"""The way of every import from Excel: choose a file, see row by row what would come of it, confirm.

Between the steps the rows travel in the page itself, signed: nothing of them is kept on the server before the
confirmation, and a page that was changed, is a day old or belongs to somebody else is not taken. The signed rows are what
was read, so a confirmed import is the one that was looked at, whatever the file has become meanwhile.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.core import signing
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_protect

from youju.accounts.models import User
from youju.paper.reading import UnreadableFile, columns
from youju.paper.reading.columns import Column, Line
from youju.paper.reading.sheet import Cell as SheetCell
from youju.paper.reading.sheet import Sheet, SheetRow, read_sheet
from youju.people.imports.actions import settle_headings
from youju.people.imports.queries import settled_headings
from youju.people.imports.values import Imported, Judged, Table
from youju.people.models import Unit
from youju.web.shared import clock
from youju.web.shared.in_memory import in_memory
from youju.web.shared.sheets import Cell, table_response

ID_CARD = re.compile(r"\d{17}[\dXx]")
A_DAY = 24 * 3600
#: Below the limit of what a form may send, which is 4 MB.
MOST_SIGNED = 3_600_000
TOO_LONG = "表里的文字太多，一次放不下；请分成几个文件再上传。"
STALE = "这一页放得太久，或不是给您的；请重新选择文件。"
SHOWN_GOOD, SHOWN_FAULTS = 30, 200


@dataclass(frozen=True)
class Importer:
    """What one kind of table needs besides the common way. ``judge`` reads, ``keep`` writes."""

    table: Table
    heading: str
    intro: str
    index: str
    template: str
    columns: tuple[Column, ...]
    what: str
    """The columns that name a row in the list, by id."""
    named_by: tuple[str, ...]
    judge: Callable[[Unit, Sequence[Line], datetime], Sequence[Judged[Any]]]
    keep: Callable[[Unit, Sequence[Line], User, datetime], Imported[Any]]
    remark: Callable[[Sequence[Judged[Any]], datetime], str] = lambda rows, at: ""
    """What else should be known before it is confirmed."""


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
    kept: int = 0
    remark: str = ""

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


@dataclass(frozen=True)
class Given:
    """A file as read, and what its headings mean."""

    name: str
    sheet: Sheet
    after: int
    meant: tuple[str, ...]
    signed: str

    @property
    def headings(self) -> tuple[str, ...]:
        return columns.headings(self.sheet.rows[self.after])

    def lines(self) -> list[Line]:
        return columns.lines(self.sheet, after=self.after, meant=self.meant)


def run(request: HttpRequest, *, unit: Unit, importer: Importer) -> HttpResponse:
    """The view of an import; it must be exempt from the check of the form's token, which is checked here after the file
    was taken into memory."""
    taken = in_memory(request)
    try:
        answer: HttpResponse = _run(request, unit, importer)
    except RequestDataTooBig:
        return _show(request, ImportPage(unit, importer, "choose", error=TOO_LONG))
    if taken.refused:
        return _show(request, ImportPage(unit, importer, "choose", error="文件超过 20 MB，请分成几个文件再上传。"))
    return answer


@csrf_protect
def _run(request: HttpRequest, unit: Unit, importer: Importer) -> HttpResponse:
    if request.method != "POST":
        return _show(request, ImportPage(unit, importer, "choose"))
    try:
        given = _given(request, unit, importer)
    except (UnreadableFile, signing.BadSignature) as error:
        sentence = error.sentence if isinstance(error, UnreadableFile) else STALE
        return _show(request, ImportPage(unit, importer, "choose", error=sentence))
    lacking = tuple(c.zh for c in importer.columns if c.needed and c.id not in given.meant)
    if lacking:
        return _show(request, _page(unit, importer, given, (), step="check", lacking=lacking))
    at = clock.now()
    if request.POST.get("do") == "keep":
        assert isinstance(request.user, User)
        done = importer.keep(unit, given.lines(), request.user, at)
        # Only what the clerk said otherwise than we guess: a better synonym of ours still counts tomorrow.
        guessed = columns.guess(given.headings, importer.columns, {})
        known = settled_headings(unit, importer.table)
        told = zip(given.headings, given.meant, guessed, strict=True)
        meant = {heading: here for heading, here, ours in told if here != ours or heading in known}
        settle_headings(unit=unit, table=importer.table, meant=meant, by=request.user, at=at)
        page = _page(unit, importer, given, done.faulty, step="done", kept=done.kept, known=done.skipped)
        return _show(request, page)
    judged = importer.judge(unit, given.lines(), at)
    if request.POST.get("do") == "faults":
        return _faulty_rows(given, importer, judged)
    page = _page(unit, importer, given, judged, step="check")
    return _show(request, replace(page, remark=importer.remark([row for row in judged if row.good], at)))


def _show(request: HttpRequest, page: ImportPage) -> HttpResponse:
    wrong = bool(page.error or page.lacking)
    return render(request, "shared/import.html", {"page": page}, status=422 if wrong else 200)


# -- what was handed in -----------------------------------------------------------------------------------------------


def _salt(request: HttpRequest, unit: Unit, importer: Importer) -> str:
    return f"youju.import.{importer.table}.{unit.pk}.{request.user.pk}"


def _given(request: HttpRequest, unit: Unit, importer: Importer) -> Given:
    """The file just chosen, or the rows that came back with the page. Raises UnreadableFile or BadSignature."""
    salt = _salt(request, unit, importer)
    known = settled_headings(unit, importer.table)
    upload = request.FILES.get("file")
    if upload is not None:
        sheet = read_sheet(upload.read())
        after = columns.heading_row(sheet, importer.columns, known)
        sheet = replace(sheet, rows=tuple(replace(row, cells=tuple(map(_let_in, row.cells))) for row in sheet.rows))
        rows = [[row.number, *row.cells] for row in sheet.rows]
        name = (upload.name or "")[:80]
        packed = {"name": name, "after": after, "from_1904": sheet.from_1904, "rows": rows}
        signed = signing.dumps(packed, salt=salt, compress=True)
        if len(signed) > MOST_SIGNED:
            raise UnreadableFile(TOO_LONG)
        meant = columns.guess(columns.headings(sheet.rows[after]), importer.columns, known)
        return Given(name, sheet, after, meant, signed)
    signed = request.POST.get("sheet", "")
    if not signed:
        raise UnreadableFile("请选一个 Excel 文件（.xlsx）。")
    packed = signing.loads(signed, salt=salt, max_age=A_DAY)
    sheet = Sheet(tuple(SheetRow(row[0], tuple(row[1:])) for row in packed["rows"]), packed["from_1904"])
    after = packed["after"]
    return Given(packed["name"], sheet, after, _meant(request, importer, sheet.rows[after], known), signed)


def _let_in(cell: SheetCell) -> SheetCell:
    """A number of an identity card goes no further than this line, not even into the page that is shown."""
    return None if isinstance(cell, str) and ID_CARD.fullmatch(cell) else cell


def _meant(request: HttpRequest, importer: Importer, row: SheetRow, known: Mapping[str, str]) -> tuple[str, ...]:
    """As chosen in the page; a column chosen twice belongs to the first heading that has it."""
    ids = {column.id for column in importer.columns}
    guessed = columns.guess(columns.headings(row), importer.columns, known)
    found: list[str] = []
    for number, otherwise in enumerate(guessed):
        chosen = request.POST.get(f"c{number}", otherwise)
        found.append(chosen if chosen in ids and chosen not in found else "")
    return tuple(found)


# -- what is shown ----------------------------------------------------------------------------------------------------


def _page(
    unit: Unit, importer: Importer, given: Given, judged: Sequence[Judged[Any]], *, step: str, lacking: tuple[str, ...] = (),
    kept: int = 0, known: int = 0,
) -> ImportPage:  # fmt: skip
    good = [row for row in judged if row.good]
    faulty = [row for row in judged if row.faults]
    return ImportPage(
        unit=unit,
        importer=importer,
        step=step,
        file=given.name,
        signed=given.signed,
        headings=tuple(
            Heading(f"{text or f'第{number + 1}列'}", f"c{number}", text, meant)
            for number, (text, meant) in enumerate(zip(given.headings, given.meant, strict=False))
        ),
        lacking=lacking,
        good=tuple(_shown(row, importer) for row in good[:SHOWN_GOOD]),
        faults=tuple(_shown(row, importer) for row in faulty[:SHOWN_FAULTS]),
        good_count=len(good),
        known_count=known or sum(bool(row.note) for row in judged),
        fault_count=len(faulty),
        kept=kept,
    )


def _shown(row: Judged[Any], importer: Importer) -> Shown:
    by_id = {column.id: column for column in importer.columns}
    cells = row.line.cells
    said = (
        columns.shown(cells.get(id_), by_id[id_].kind, from_1904=row.line.from_1904)[:40] for id_ in importer.named_by
    )
    faults = tuple((by_id[f.column].zh if f.column in by_id else "", f.sentence) for f in row.faults)
    return Shown(row.line.number, "　".join(filter(None, said)) or "（空）", row.note, faults)


def _faulty_rows(given: Given, importer: Importer, judged: Sequence[Judged[Any]]) -> HttpResponse:
    """The rows that were not taken, as they stood in the file, each with what is wrong: mended, it can be imported."""
    kinds = {column.id: (column.zh, column.kind) for column in importer.columns}
    wrong = {row.line.number: row.faults for row in judged if row.faults}
    names = [heading or f"第{number}列" for number, heading in enumerate(given.headings, start=1)]
    keep = [number for number, name in enumerate(names) if columns.plain(name) != PROBLEM]
    rows: list[list[Cell]] = []
    for row in given.sheet.rows:
        if row.number not in wrong:
            continue
        cells = [*row.cells, *[None] * (len(names) - len(row.cells))]
        told = "\n".join(f"{kinds[f.column][0]}：{f.sentence}" if f.column else f.sentence for f in wrong[row.number])
        texts = [
            columns.shown(cells[at], kinds.get(given.meant[at], ("", "text"))[1], from_1904=given.sheet.from_1904) for at in keep
        ]  # fmt: skip
        rows.append([*texts, told])
    headings = [*(names[at] for at in keep), PROBLEM]
    widths = [16] * len(keep) + [60]
    return table_response(name=f"{importer.what}未导入的行", headings=headings, rows=rows, widths=widths)


PROBLEM = "问题"
