"""Tables as cells: what Excel writes is read, what could harm is refused with a sentence, and nothing takes long."""

from __future__ import annotations

import io
import random
import time
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook

from youju.paper.reading import UnreadableFile
from youju.paper.reading.sheet import FORMULA, read_sheet


def xlsx(*rows: list[object]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def changed(data: bytes, name: str, part: bytes) -> bytes:
    whole, out = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for there in {*whole.namelist(), name}:
            package.writestr(there, part if there == name else whole.read(there))
    return out.getvalue()


def test_cells_come_as_they_stand() -> None:
    found = read_sheet(xlsx(["姓名", None, " 空格 "], [None, None, None], [date(2023, 3, 5), 1.5, "=1+1"], [True]))
    assert [(row.number, row.cells) for row in found.rows] == [
        (1, ("姓名", None, "空格")), (3, (44990.0, 1.5, FORMULA)), (4, ("是",)),
    ]  # fmt: skip


def test_the_first_visible_sheet_is_read() -> None:
    book, out = Workbook(), io.BytesIO()
    assert book.active is not None
    book.active.append(["藏着的"])
    book.active.sheet_state = "hidden"
    book.create_sheet("看得见").append(["看得见的"])
    book.save(out)
    assert read_sheet(out.getvalue()).rows[0].cells == ("看得见的",)


def with_sheet(cells: str, shared: str) -> bytes:
    """As Excel itself writes it: texts stand in a part of their own."""
    data = changed(
        xlsx(["x"]), "xl/worksheets/sheet1.xml", f"<worksheet><sheetData>{cells}</sheetData></worksheet>".encode()
    )
    return changed(data, "xl/sharedStrings.xml", f"<sst>{shared}</sst>".encode())


def test_shared_inline_and_rich_texts_are_read_and_readings_above_them_are_not() -> None:
    shared = "<si><r><t>党</t></r><r><t>课</t></r><rPh><t>dangke</t></rPh></si><si><t>二</t></si>"
    cells = (
        '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="inlineStr"><is><t>直接</t></is></c>'
        '<c r="E1" t="e"><v>#REF!</v></c><c r="F1" t="str"><f>A1</f><v>算的</v></c></row>'
    )
    assert read_sheet(with_sheet(cells, shared)).rows[0].cells == ("党课", "二", "直接", None, None, FORMULA)


def test_one_long_text_named_by_many_cells_is_too_much() -> None:
    cells = '<row><c t="s"><v>0</v></c><c t="s"><v>0</v></c></row>' * 2000
    data = with_sheet(cells, f"<si><t>{'字' * 30_000}</t></si>")
    assert len(data) < 100_000
    with pytest.raises(UnreadableFile, match="文字太多"):
        read_sheet(data)


@pytest.mark.parametrize("number", ["7", "-1", "x", ""])
def test_a_text_that_is_not_there(number: str) -> None:
    data = with_sheet(f'<row><c t="s"><v>{number}</v></c><c><v>3</v></c></row>', "<si><t>一</t></si>")
    if number:
        with pytest.raises(UnreadableFile, match="表格损坏"):
            read_sheet(data)
    else:
        assert read_sheet(data).rows


def test_damaged_bytes_end_in_a_sentence_and_soon() -> None:
    whole, rng = xlsx(["姓名", "日期"], ["林小满", date(2020, 1, 5)]), random.Random(4)
    began = time.process_time()
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(rng.randrange(1, 12)):
            data[rng.randrange(len(data))] = rng.randrange(256)
        try:
            read_sheet(bytes(data[: rng.randrange(40, len(data))] if rng.random() < 0.3 else data))
        except UnreadableFile as refusal:
            assert "表" in refusal.sentence or "文件" in refusal.sentence
            assert "Word" not in refusal.sentence
    assert time.process_time() - began < 10


def test_five_thousand_rows_are_read_in_a_second() -> None:
    data = xlsx(*[[date(2023, 3, 5), "14:30", *["字" * 12] * 15] for _ in range(5000)])
    began = time.process_time()
    found = read_sheet(data)
    took = time.process_time() - began
    print(f"5,000 rows of 17 cells: {took:.2f} s of CPU")
    assert len(found.rows) == 5000
    assert took < 3
