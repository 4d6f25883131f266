"""Excel files as somebody would hand them in, and the hidden fields of the page that comes back."""

from __future__ import annotations

import io
from collections.abc import Sequence
from html.parser import HTMLParser
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook, load_workbook


def table(*rows: Sequence[object], texts: Sequence[str] = ()) -> bytes:
    """An xlsx. Cells named in ``texts`` are texts though they begin with =."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    for place in texts:
        sheet[place].data_type = "s"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def upload(data: bytes, name: str = "表.xlsx") -> dict[str, object]:
    return {"file": SimpleUploadedFile(name, data)}


def cells(data: bytes, sheet: int = 0) -> list[list[object]]:
    return [list(row) for row in load_workbook(io.BytesIO(data)).worksheets[sheet].iter_rows(values_only=True)]


def confirmed(client: Client, url: str, fields: dict[str, str]) -> str:
    """The page at the end of an import, looked at again until it is done."""
    answer = client.post(url, fields | {"do": "keep"})
    assert answer.status_code == 302, answer.content.decode()
    for _ in range(200):
        text = client.get(answer["Location"]).content.decode()
        if "<progress" not in text:
            return text
    raise AssertionError("the import does not come to its end")


class Hidden(HTMLParser):
    """Every hidden field and every select of the page, as they stand."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.data: dict[str, str] = {}
        self._select = ""
        self.feed(text)

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        attrs: dict[str, Any] = dict(pairs)
        if tag == "input" and attrs.get("type") == "hidden" and attrs["name"] != "csrfmiddlewaretoken":
            self.data[attrs["name"]] = attrs.get("value") or ""
        elif tag == "select":
            self._select = attrs["name"]
            self.data[self._select] = ""
        elif tag == "option" and "selected" in attrs:
            self.data[self._select] = attrs["value"]
