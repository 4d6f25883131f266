"""A table as it is handed in, and as it comes back with its page.

Until the confirmation the rows travel in the page itself, signed: nothing of them is kept on the server before, and a page
that was changed, is a day old or belongs to somebody else is not taken. The signed rows are what was read, so a confirmed
import is the one that was looked at, whatever the file has become meanwhile.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from youju.paper.reading import UnreadableFile, columns
from youju.paper.reading.sheet import Cell as SheetCell
from youju.paper.reading.sheet import SheetRow, read_sheet
from youju.people.imports.queries import settled_headings
from youju.people.imports.values import Parcel
from youju.people.models import Unit
from youju.web.shared.import_page import Importer

ID_CARD = re.compile(r"\d{17}[\dXx]")
A_DAY = 24 * 3600
#: Below the limit of what a form may send, which is 4 MB.
MOST_SIGNED = 3_600_000
TOO_LONG = "表里的文字太多，一次放不下；请分成几个文件再上传。"


@dataclass(frozen=True)
class Given:
    """What was handed in. ``token`` names this page, so that confirmed twice it is one import."""

    parcel: Parcel
    signed: str
    token: str


def given(request: HttpRequest, unit: Unit, importer: Importer) -> Given:
    """The file just chosen, or the rows that came back with the page. Raises UnreadableFile or BadSignature."""
    salt = f"youju.import.{importer.table}.{unit.pk}.{request.user.pk}"
    known = settled_headings(unit, importer.table)
    upload = request.FILES.get("file")
    if isinstance(upload, UploadedFile):
        parcel, token = _chosen(upload, importer, known), secrets.token_urlsafe(12)
        signed = signing.dumps(parcel.plain() | {"token": token}, salt=salt, compress=True)
        if len(signed) > MOST_SIGNED:
            raise UnreadableFile(TOO_LONG)
        return Given(parcel, signed, token)
    signed = request.POST.get("sheet", "")
    if not signed:
        raise UnreadableFile("请选一个 Excel 文件（.xlsx）。")
    plain = signing.loads(signed, salt=salt, max_age=A_DAY)
    parcel = Parcel.of(plain)
    meant = _meant(request, importer, parcel.sheet.rows[parcel.after], known)
    return Given(replace(parcel, meant=meant), signed, plain["token"])


def _chosen(upload: UploadedFile[Any], importer: Importer, known: Mapping[str, str]) -> Parcel:
    sheet = read_sheet(upload.read())
    after = columns.heading_row(sheet, importer.columns, known)
    sheet = replace(sheet, rows=tuple(replace(row, cells=tuple(map(_let_in, row.cells))) for row in sheet.rows))
    meant = columns.guess(columns.headings(sheet.rows[after]), importer.columns, known)
    return Parcel((upload.name or "")[:80], sheet, after, meant)


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
