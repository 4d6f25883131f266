"""Pure judgement: what a register may say of people it does not belong to."""

from __future__ import annotations

import re

#: Runs of digits that are a telephone or an identity number and never a door.
NUMBER_OF_A_PERSON = re.compile(r"(?<!\d)(?:1\d{10}|\d{17}[\dXx]|\d{15})(?!\d)")
A_LONG_NUMBER = re.compile(r"\d{7,}")
CODE = re.compile(r"[\w\-.·（）()]{1,20}")
MINIMAL = "名册只记对象本身，不写电话、证件号。"


def code_fault(code: str) -> str | None:
    """A sentence when this cannot be a code: it names the entry in addresses and tables."""
    if not CODE.fullmatch(code):
        return "编号用汉字、字母、数字和 - . ( )，最多 20 字，中间不空格。"
    return MINIMAL if NUMBER_OF_A_PERSON.search(code) else None


def words_fault(text: str) -> str | None:
    """A sentence when words hold a number of a person."""
    return MINIMAL if A_LONG_NUMBER.search(text) else None
