"""Tables as an Excel workbook. Text is written as text: what begins with = stays what it is and is never a formula."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table; ``widths`` in characters, one for each column."""

    title: str
    header: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    widths: Sequence[int]


def write_xlsx(sheets: Iterable[Sheet]) -> bytes:
    book = Workbook(write_only=False)
    if book.active is not None:
        book.remove(book.active)
    for values in sheets:
        sheet = book.create_sheet(values.title[:31])
        for number, row in enumerate([values.header, *values.rows], start=1):
            for column, value in enumerate(row, start=1):
                cell = sheet.cell(row=number, column=column)
                cell.value = ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value
                if isinstance(value, str):
                    cell.data_type = "s"
                cell.alignment = Alignment(vertical="top", wrap_text=True)
                if number == 1:
                    cell.font = Font(bold=True)
        for column, width in enumerate(values.widths, start=1):
            sheet.column_dimensions[get_column_letter(column)].width = width
        sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
