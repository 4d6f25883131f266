"""Files that leave the house: tables as Excel, papers as Word, so that nothing must be typed again elsewhere."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from urllib.parse import quote

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from youju.paper.reading import limits
from youju.paper.reading.columns import EXAMPLE, Column
from youju.store.rules import DOCX

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Cell = str | int | float | date | None


def table_response(
    *, name: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]], widths: Sequence[int] = ()
) -> HttpResponse:
    """One table as a download called ``name``.xlsx."""
    return book_response(name=name, sheets=[(name, headings, rows)], widths=widths)


def book_response(
    *,
    name: str,
    sheets: Iterable[tuple[str, Sequence[str], Iterable[Sequence[Cell]]]],
    widths: Sequence[int] = (),
) -> HttpResponse:
    """Several tables, one sheet each, as a download called ``name``.xlsx."""
    book = Workbook()
    first = book.active
    if first is not None:
        book.remove(first)
    for title, headings, rows in sheets:
        sheet = book.create_sheet(_sheet_title(title))
        _fill(sheet, headings, rows, widths)
    return _response(book, name)


def template_response(*, name: str, columns: Sequence[Column], choices: Mapping[str, Sequence[str]]) -> HttpResponse:
    """An empty table to be filled in: headings, one example row, lists to choose from, and a page that explains them.

    ``choices`` are lists that only this unit has, by the id of their column.
    """
    book = Workbook()
    sheet = book.create_sheet("填写", 0)
    headings = ["序号", *(f"{column.zh}*" if column.needed else column.zh for column in columns)]
    example = [f"{EXAMPLE}（这一行不导入）", *(column.example for column in columns)]
    _fill(sheet, headings, [example], [18, *(column.width for column in columns)])
    help_sheet = book.create_sheet("说明", 1)
    told = [[f"{c.zh}{'（必填）' if c.needed else ''}", c.hint] for c in columns]
    _fill(help_sheet, ["列", "怎么填"], told, [20, 80])
    lists = book.create_sheet("选项", 2)
    lists.sheet_state = "hidden"
    for at, column in enumerate(columns, start=2):
        options = choices.get(column.id) or column.choices
        if not options:
            continue
        letter = get_column_letter(at)
        for row, option in enumerate(options, start=1):
            lists.cell(row=row, column=at, value=option)
        # Only a hint: several kinds stand in one cell, so what is not in the list is let through.
        rule = DataValidation(
            type="list", formula1=f"选项!${letter}$1:${letter}${len(options)}", showErrorMessage=False
        )
        rule.add(f"{letter}3:{letter}{limits.SHEET_ROWS}")
        sheet.add_data_validation(rule)
    del book["Sheet"]
    return _response(book, name)


def docx_response(data: bytes, *, name: str) -> HttpResponse:
    """A Word file as a download called ``name``.docx."""
    response = HttpResponse(data, content_type=DOCX)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}.docx"
    return response


def _response(book: Workbook, name: str) -> HttpResponse:
    out = io.BytesIO()
    book.save(out)
    response = HttpResponse(out.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.xlsx"
    return response


def _fill(sheet: Worksheet, headings: Sequence[str], rows: Iterable[Sequence[Cell]], widths: Sequence[int]) -> None:
    for number, row in enumerate([list(headings), *rows], start=1):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(row=number, column=column)
            cell.value = ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value
            if isinstance(value, str):
                cell.data_type = "s"  # a title that begins with = stays a title and is never a formula
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if number == 1:
                cell.font = Font(bold=True)
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"


def _sheet_title(title: str) -> str:
    return "".join("·" if mark in r"[]:*?/\\" else mark for mark in title)[:31] or "表"
