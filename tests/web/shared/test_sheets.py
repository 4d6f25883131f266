"""Tables as Excel files bear whatever stands in a ledger."""

from __future__ import annotations

import io

from openpyxl import load_workbook

from youju.web.shared.sheets import table_response


def test_a_sign_that_excel_cannot_hold_is_left_out_and_the_file_is_made() -> None:
    """Such a text is refused at the door; one that came before the door was there must not close the whole table."""
    answer = table_response(name="台账", headings=["主题"], rows=[["讨论\x0b下年\x01计划"], ["=1+1"]])
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    assert [row[0] for row in sheet.iter_rows(values_only=True)] == ["主题", "讨论下年计划", "=1+1"]
    assert sheet["A3"].data_type == "s"
