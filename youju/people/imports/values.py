"""Plain values of an import: how a row was judged, the columns of the member table, one member as it says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, Generic, TypeVar

from youju.paper.reading import columns
from youju.paper.reading.columns import Column, Line
from youju.paper.reading.sheet import Sheet, SheetRow
from youju.people.members.values import Standing
from youju.people.posts.values import TITLES_ZH, Title

Draft = TypeVar("Draft")


class Table(StrEnum):
    """The tables that can be imported; a unit's own headings are remembered for each."""

    MEMBERS = "members"
    SESSIONS = "sessions"
    SUBJECTS = "subjects"
    LISTS = "lists"
    QUESTIONS = "questions"


@dataclass(frozen=True)
class Parcel:
    """A file as read: its sheet, the row in which its headings stand, and what each heading means."""

    name: str
    sheet: Sheet
    after: int
    meant: tuple[str, ...]

    @property
    def headings(self) -> tuple[str, ...]:
        return columns.headings(self.sheet.rows[self.after])

    def lines(self) -> list[Line]:
        return columns.lines(self.sheet, after=self.after, meant=self.meant)

    def only(self, numbers: Sequence[int]) -> Parcel:
        """The headings and these rows; the others are let go."""
        wanted = set(numbers)
        rows = (
            self.sheet.rows[: self.after + 1],
            [row for row in self.sheet.rows[self.after + 1 :] if row.number in wanted],
        )
        return replace(self, sheet=replace(self.sheet, rows=(*rows[0], *rows[1])))

    def plain(self) -> dict[str, Any]:
        rows = [[row.number, *row.cells] for row in self.sheet.rows]
        return {
            "name": self.name,
            "after": self.after,
            "from_1904": self.sheet.from_1904,
            "meant": self.meant,
            "rows": rows,
        }

    @classmethod
    def of(cls, plain: dict[str, Any]) -> Parcel:
        """Raises KeyError for what is no parcel."""
        sheet = Sheet(tuple(SheetRow(row[0], tuple(row[1:])) for row in plain["rows"]), plain["from_1904"])
        return cls(plain["name"], sheet, plain["after"], tuple(plain["meant"]))


@dataclass(frozen=True)
class Fault:
    """What is wrong in one row; ``column`` is the id of a column, or empty for the row as a whole."""

    column: str
    sentence: str


@dataclass(frozen=True)
class Judged(Generic[Draft]):
    """One row: it can be kept (a draft), stands there already (a note), or has faults."""

    line: Line
    draft: Draft | None = None
    note: str = ""
    faults: tuple[Fault, ...] = ()

    @property
    def good(self) -> bool:
        return self.draft is not None and not self.faults


@dataclass(frozen=True)
class Imported(Generic[Draft]):
    """What came of it: how many were kept, how many stood there, and the rows that were not taken."""

    kept: int
    skipped: int
    faulty: tuple[Judged[Draft], ...]


@dataclass(frozen=True)
class MemberDraft:
    name: str
    unit_id: int
    standing: Standing
    since: date
    titles: tuple[Title, ...] = ()
    appointed_on: date | None = None


MEMBER_COLUMNS = (
    Column("name", "姓名", ("党员姓名", "名字"), needed=True, hint="只要姓名。", example="周明远", width=12),
    Column(
        "unit", "所在组织", ("党小组", "所在党小组", "小组", "所在支部", "组织", "所属党小组"),
        hint="支部或党小组的简称；留空是支部。", example="", width=24,
    ),
    Column(
        "standing", "类别", ("党员类别", "人员类别", "党员状态"), hint="正式党员或预备党员；留空是正式党员。",
        example=Standing.FORMAL.zh, choices=tuple(s.zh for s in Standing), width=12,
    ),
    Column(
        "since", "转入日期", ("自", "转入时间", "进入支部日期", "组织关系转入日期", "入册日期"), kind="day", needed=True,
        hint="从哪一天起在本组织；往年的会议按它算应到。", example="2020-01-01", width=14,
    ),
    Column(
        "titles", "职务", ("党内职务", "支部职务", "任职"), hint="可多个，用顿号分开。", example=TITLES_ZH[Title.PUBLICITY],
        choices=tuple(TITLES_ZH.values()), width=18,
    ),
    Column("appointed_on", "任职日期", ("任职时间",), kind="day", hint="留空同转入日期。", example="2022-06-30", width=14),
)  # fmt: skip
