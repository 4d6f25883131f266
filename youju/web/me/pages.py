"""What 我的 shows: everything the rooms keep of one member, as tables he can read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from youju.duties import queries as duties
from youju.duties.workdays.queries import workdays
from youju.kit.periods import chinese_date
from youju.kit.telling import Telling
from youju.kit.zone import local_day
from youju.people import queries as people
from youju.people.corrections.queries import waiting_of
from youju.people.corrections.rules import too_long, working_days
from youju.people.models import Member
from youju.records import queries as records
from youju.records.activities.queries import times_at
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
    def body(self) -> SafeString:
        """Its rows, as cards on a phone. Joined here: the template would take longer over them than all the questions."""
        starts = ['<td class="title">' if heading in LEADS else "<td>" for heading in self.headings]
        lines = (zip(starts, map(_cell, self.headings, row), strict=True) for row in self.rows)
        return mark_safe(
            "".join(f"<tr>{''.join(f'{start}{cell}</td>' for start, cell in line)}</tr>" for line in lines)
        )


def _cell(heading: str, value: object) -> str:
    """What stands in a cell, escaped."""
    if value is None:
        return "现在" if heading == "至" else ""
    return f'<span class="nw">{chinese_date(value)}</span>' if isinstance(value, date) else conditional_escape(value)  # type: ignore[arg-type]


@dataclass(frozen=True)
class MePage:
    """``member`` is None for an account that is nobody's own."""

    member: Member | None
    sections: tuple[Section, ...]
    came: int
    asked: int


def everything(member: Member) -> dict[str, object]:
    """All that is kept of a member, as each room says it: the whole of it."""
    return {name: list(value) if isinstance(value, Telling) else value for name, value in _kept(member).items()}


def _kept(member: Member) -> dict[str, object]:
    kept: dict[str, object] = {}
    for about in ROOMS:
        kept |= about(member)
    return kept


def me_page(member: Member | None, *, whole: bool = False) -> MePage:
    if member is None:
        return MePage(None, (), 0, 0)
    asked, came = times_at(member)
    found = sections_of(everything(member)) if whole else sections_of(_kept(member), most=MOST_ROWS)
    notes = {CORRECTIONS: _of_corrections(member, on=clock.today())}
    sections = tuple(
        replace(section, note=_of_looks(section) if section.name == LOOKS else notes.get(section.name, ""))
        for section in found
        if section.name != "姓名"  # it is the heading
    )
    return MePage(member, sections, came, asked)


def _of_looks(section: Section) -> str:
    sentence = WHAT_IS_A_LOOK.format(months=RETENTION.looks.months)
    return sentence if section.rows else f"{sentence}现在没有。"


def _of_corrections(member: Member, *, on: date) -> str:
    """Says plainly when an answer is late."""
    rows = waiting_of(member.pk)
    off = workdays().off if rows else None
    days = [working_days(local_day(row.asked_at), on, off=off) for row in rows if off]
    late = [waited for waited in days if too_long(waited)]
    return f"有 {len(late)} 条已等了 {max(late)} 个工作日，还没有答复，可以直接找支部书记。" if late else ""


def sections_of(kept: dict[str, object], *, most: int | None = None) -> list[Section]:
    """Tables as they are, latest first; single values and plain lists as a table of one column.

    With ``most``, no more rows of each than so many: those that came last.
    """
    found = []
    for name, value in kept.items():
        if not isinstance(value, list | Telling):
            found.append(Section(name, (name,), ((value,),)))
            continue
        rows, more = _last(value, most)
        tables = [row for row in rows if isinstance(row, dict)]
        if tables:
            headings = tuple(tables[0])
            cells = tuple(tuple(row.get(heading) for heading in headings) for row in reversed(tables))
            found.append(Section(name, headings, cells, more=more))
        else:
            found.append(Section(name, ("编号",), tuple((item,) for item in reversed(rows)), more=more))
    return found


def _last(value: list[object] | Telling, most: int | None) -> tuple[Sequence[object], int]:
    if most is None:
        return list(value), 0
    return value.last(most) if isinstance(value, Telling) else (value[-most:], max(0, len(value) - most))


def plain(value: object) -> object:
    """For JSON: days in ISO form."""
    return value.isoformat() if isinstance(value, date) else str(value)
