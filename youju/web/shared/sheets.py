"""Tables as Excel files, so that nothing that stands here must be typed again elsewhere."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date
from urllib.parse import quote

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

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
