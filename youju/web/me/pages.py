"""What 我的 shows: everything the rooms keep of one member, as tables he can read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from youju.duties import queries as duties
from youju.duties.workdays.queries import workdays
from youju.kit.zone import local_day
from youju.people import queries as people
from youju.people.corrections.rules import too_long, working_days
from youju.people.models import Correction, Member
from youju.records import queries as records
from youju.study import queries as study
from youju.upkeep.retention import RETENTION
from youju.web.shared import clock

#: Each room that keeps something of a member says what; a new room adds its line here.
ROOMS: tuple[Callable[[Member], dict[str, object]], ...] = (people.about, records.about, study.about, duties.about)


#: Headings of the cell that says what a row is about.
LEADS = {"主题", "题目", "组织", "措施", "哪里不对", "看了什么"}
#: Of what grows for years, the page shows the latest so many of each thing; the exports and ``?all`` show every one.
MOST_ROWS = 30
LOOKS, CORRECTIONS = "谁看过", "更正请求"
WHAT_IS_A_LOOK = (
    "有人单独打开您的页面、导出有您姓名的名册或台账、看到您的请假类别时记一笔，同一账号一天一次，"
    "保存 {months} 个月；您自己看不记。"
)


@dataclass(frozen=True)
class Section:
    """One thing that is kept: a table, or a list of record numbers."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    note: str = ""
    more: int = 0  # earlier rows that this page leaves out

    @property
    def total(self) -> int:
        return len(self.rows) + self.more

    @property
    def lines(self) -> list[list[tuple[object, bool]]]:
        """Each row as (value, does it name the row), for cards on a phone."""
        pairs = [tuple(zip(self.headings, row, strict=True)) for row in self.rows]
        return [
            [("现在" if heading == "至" and cell is None else cell, heading in LEADS) for heading, cell in row]
            for row in pairs
        ]


@dataclass(frozen=True)
class MePage:
    """``member`` is None for an account that is nobody's own."""

    member: Member | None
    sections: tuple[Section, ...]
    came: int
    asked: int


def everything(member: Member) -> dict[str, object]:
    """All that is kept of a member, as each room says it."""
    kept: dict[str, object] = {}
    for about in ROOMS:
        kept |= about(member)
    return kept


def me_page(member: Member | None, *, whole: bool = False) -> MePage:
    if member is None:
        return MePage(None, (), 0, 0)
    kept = everything(member)
    attended = [row for row in _rows(kept.get("到会情况")) if row.get("到会") != "免于要求"]
    came = sum(row.get("到会") in ("到", "迟到") for row in attended)
    notes = {LOOKS: _of_looks(kept), CORRECTIONS: _of_corrections(member, on=clock.today())}
    sections = tuple(
        replace(section if whole else _latest(section), note=notes.get(section.name, ""))
        for section in sections_of(kept)
        if section.name != "姓名"  # it is the heading
    )
    return MePage(member, sections, came, len(attended))


def _latest(section: Section) -> Section:
    """The rows that came last, which stand first."""
    return replace(section, rows=section.rows[:MOST_ROWS], more=max(0, len(section.rows) - MOST_ROWS))


def _of_looks(kept: dict[str, object]) -> str:
    sentence = WHAT_IS_A_LOOK.format(months=RETENTION.looks.months)
    return sentence if kept.get(LOOKS) else f"{sentence}现在没有。"


def _of_corrections(member: Member, *, on: date) -> str:
    """Says plainly when an answer is late."""
    rows = list(Correction.objects.open().filter(member=member))
    off = workdays().off if rows else None
    days = [working_days(local_day(row.asked_at), on, off=off) for row in rows if off]
    late = [waited for waited in days if too_long(waited)]
    return f"有 {len(late)} 条已等了 {max(late)} 个工作日，还没有答复，可以直接找支部书记。" if late else ""


def sections_of(kept: dict[str, object]) -> list[Section]:
    """Tables as they are, latest first; single values and plain lists as a table of one column."""
    found = []
    for name, value in kept.items():
        rows = _rows(value)
        if rows:
            headings = tuple(rows[0])
            cells = tuple(tuple(row.get(heading) for heading in headings) for row in reversed(rows))
            found.append(Section(name, headings, cells))
        elif isinstance(value, list):
            found.append(Section(name, ("编号",), tuple((item,) for item in reversed(value))))
        else:
            found.append(Section(name, (name,), ((value,),)))
    return found


def _rows(value: object) -> list[dict[str, object]]:
    if not isinstance(value, list):
        return []
    return [row for row in value if isinstance(row, dict)]


def plain(value: object) -> object:
    """For JSON: days in ISO form."""
    return value.isoformat() if isinstance(value, date) else str(value)
