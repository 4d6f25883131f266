"""Pure reading of one member row: cells in, a draft or its faults out."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Callable, Mapping
from datetime import date
from typing import TypeVar

from youju.paper.reading.columns import CellFault, Line
from youju.people.imports.values import Fault, MemberDraft, Parcel
from youju.people.members.values import Standing
from youju.people.posts.values import TITLES_ZH, Title

Value = TypeVar("Value")
BETWEEN = re.compile(r"[、，,;；\n]+|\s{2,}")

STANDINGS = {
    "": Standing.FORMAL, "正式": Standing.FORMAL, "正式党员": Standing.FORMAL, "中共党员": Standing.FORMAL, "党员": Standing.FORMAL,
    "预备": Standing.PROBATIONARY, "预备党员": Standing.PROBATIONARY, "中共预备党员": Standing.PROBATIONARY,
}  # fmt: skip
TITLES = {zh: title for title, zh in TITLES_ZH.items()} | {
    "支部书记": Title.SECRETARY, "党支部书记": Title.SECRETARY, "支部副书记": Title.DEPUTY, "组长": Title.GROUP_LEADER,
    "小组长": Title.GROUP_LEADER, "党小组长": Title.GROUP_LEADER, "纪律委员": Title.DISCIPLINE, "纪检": Title.DISCIPLINE,
}  # fmt: skip
NO_TITLE = {"无", "—", "-", "党员", "普通党员"}


class Reader:
    """Takes one cell after another and gathers what cannot be read, so that a row names all its faults at once."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def take(self, column: str, read: Callable[[str], Value], otherwise: Value) -> Value:
        try:
            return read(column)
        except CellFault as fault:
            self.faults.append(Fault(column, fault.sentence))
            return otherwise

    def refuse(self, column: str, sentence: str) -> None:
        self.faults.append(Fault(column, sentence))


def pack(parcel: Parcel) -> bytes:
    return zlib.compress(json.dumps(parcel.plain()).encode())


def unpack(packed: bytes | memoryview[int]) -> Parcel:
    return Parcel.of(json.loads(zlib.decompress(packed)))


def pieces(text: str) -> list[str]:
    """Names, kinds or offices that stand in one cell."""
    return [piece.strip() for piece in BETWEEN.split(text) if piece.strip()]


def member_of(
    line: Line, *, units: Mapping[str, int], home: int, today: date
) -> tuple[MemberDraft | None, tuple[Fault, ...]]:
    """``units`` are the ids of the units one may be put in, by every name they go by."""
    reader = Reader()
    name = re.sub(r"\s+", "", reader.take("name", line.text, ""))
    if not name and not reader.faults:
        reader.refuse("name", "请写姓名。")
    elif len(name) > 40:
        reader.refuse("name", "姓名最多 40 字。")
    since = reader.take("since", line.day, None)
    if since is None and not any(fault.column == "since" for fault in reader.faults):
        reader.refuse("since", "请填转入日期。")
    elif since and since > today:
        reader.refuse("since", "转入日期不能在将来。")
    unit = reader.take("unit", line.text, "")
    if unit and unit not in units:
        reader.refuse("unit", f"没有“{unit[:20]}”这个组织，请写支部或党小组的简称。")
    standing = reader.take("standing", line.text, "")
    if standing not in STANDINGS:
        reader.refuse("standing", f"类别“{standing[:20]}”请写正式党员或预备党员。")
    titles = tuple(
        _title(said, reader) for said in pieces(reader.take("titles", line.text, "")) if said not in NO_TITLE
    )
    appointed = reader.take("appointed_on", line.day, None)
    if appointed and since and appointed < since:
        reader.refuse("appointed_on", "任职日期不能早于转入日期。")
    unit_id = units.get(unit, home)
    if unit_id == home and Title.GROUP_LEADER in titles:
        reader.refuse("titles", "党小组组长请在“所在组织”写明党小组。")
    if reader.faults or since is None:
        return None, tuple(reader.faults)
    held = tuple(title for title in titles if title)
    return MemberDraft(name, unit_id, STANDINGS[standing], since, held, appointed), ()


def _title(said: str, reader: Reader) -> Title | None:
    if said not in TITLES:
        reader.refuse("titles", f"不认识职务“{said[:20]}”，可写：{'、'.join(TITLES_ZH.values())}。")
    return TITLES.get(said)
