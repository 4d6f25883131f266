"""Pure judgement: what a register may say of people it does not belong to."""

from __future__ import annotations

import re
import unicodedata

#: Runs of digits that are a telephone or an identity number and never a door.
NUMBER_OF_A_PERSON = re.compile(r"(?<!\d)(?:1\d{10}|\d{17}[\dXx]|\d{15})(?!\d)")
A_LONG_NUMBER = re.compile(r"\d{7,}")
#: The same written in groups: 138-0013-8000, 371400 19800101 123X.
BETWEEN = r"[\s.·—-]{1,3}"
IN_GROUPS = re.compile(
    rf"(?<!\d)(?:1[3-9]\d{BETWEEN}\d{{4}}{BETWEEN}\d{{4}}|\d{{6}}{BETWEEN}\d{{8}}{BETWEEN}\d{{3}}[\dXx])(?!\d)"
)
#: Beside a family name no number is needed at all but that of a house; however it is written or parted.
DIGITS_OF_A_NAME = re.compile(r"[\d〇零一二三四五六七八九幺]{6,}")
CODE = re.compile(r"[\w\-.·（）()]{1,20}")
MINIMAL = "名册只记对象本身，不写电话、证件号。"
MOST_OF_A_PERSON = 10


def code_fault(code: str) -> str | None:
    """A sentence when this cannot be a code: it names the entry in addresses and tables."""
    if not CODE.fullmatch(code):
        return "编号用汉字、字母、数字和 - . ( )，最多 20 字，中间不空格。"
    plain = unicodedata.normalize("NFKC", code)
    return MINIMAL if NUMBER_OF_A_PERSON.search(plain) or IN_GROUPS.search(plain) else None


def words_fault(text: str) -> str | None:
    """A sentence when words hold a number of a person."""
    plain = unicodedata.normalize("NFKC", text)
    return MINIMAL if A_LONG_NUMBER.search(plain) or IN_GROUPS.search(plain) else None


def person_fault(name: str, called: str) -> str | None:
    """A sentence when what stands for a family says more than a family name: ``called`` is what the column is called."""
    if DIGITS_OF_A_NAME.search(re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", name))):
        return f"{called}不写身份证号、电话号码，只写姓氏或称呼，如“李户”。"
    if len(name) > MOST_OF_A_PERSON:
        return f"{called}最多 {MOST_OF_A_PERSON} 字，只写姓氏或称呼，如“李户”。"
    return None
