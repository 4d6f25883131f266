"""All words of what leaves the house, whatever they are written in: a page, a file, files packed into one another."""

from __future__ import annotations

import io
import re
import zipfile

from django.http import HttpResponse
from openpyxl import load_workbook

from youju.paper.reading import read_bytes


def said(answer: HttpResponse) -> str:
    """All words of an answer, whatever it is written in."""
    data = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    return words_of(data, "xlsx" if "spreadsheet" in answer.get("Content-Type", "") else "")


def words_of(data: bytes, ending: str) -> str:
    if data.startswith(b"%PDF"):
        return read_bytes(data, "a.pdf").text
    if not data.startswith(b"PK"):
        return data.decode(errors="replace")
    if ending == "xlsx":
        book = load_workbook(io.BytesIO(data))
        rows = [row for sheet in book.worksheets for row in sheet.iter_rows(values_only=True)]
        return "\n".join(str(cell) for row in rows for cell in row if cell is not None)
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        if "[Content_Types].xml" not in file.namelist():  # files packed together: every one of them, and their names
            inside = [words_of(file.read(name), name.rpartition(".")[2]) for name in file.namelist()]
            return "\n".join((*file.namelist(), *inside))
        parts = [file.read(name).decode() for name in file.namelist() if name.endswith(".xml")]
    return re.sub(r"<[^>]+>", "", "\n".join(parts))
