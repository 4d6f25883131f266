"""What the pages of 学时 show: everybody's line, one member's rows, and what would close what is left."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from django.urls import reverse
from django.utils.http import urlencode

from youju.duties.hours.values import Ahead, HoursOfYear, Line, Stands
from youju.duties.queries import ledgers_of
from youju.duties.values import Planned
from youju.figures.conversion import HOURS
from youju.figures.rules import without_end
from youju.figures.values import Row, rounded
from youju.kit.zone import SHANGHAI
from youju.people.listed import Listed
from youju.people.models import Unit
from youju.people.written_once import Rows, written_once
from youju.prose.vocabulary import KINDS
from youju.records.models import Session
from youju.web.study.tabs import Frame
from youju.web.study.years import Year

#: Of each way to stand: the mark, and the words beside it.
SHOWN = {
    Stands.ENOUGH: ("done", "够了"),
    Stands.SHORT: ("half", "还差"),
    Stands.EXEMPT: ("waived", "免于要求"),
    Stands.WAIVED: ("waived", "这一年已豁免"),
    Stands.UNSAID: ("todo", "台账不是从年初开始，说不出够不够"),
    Stands.ELSEWHERE: ("waived", "已转到别的支部，学时也在那边算"),
    Stands.GONE: ("waived", "已不在册"),
    Stands.FREE: ("waived", "没有要求"),
}
CUT = f"一天最多计{HOURS.most_a_day}学时"
A_MINUTE_OR_TWO = Fraction(1, 30)  # what midnight cuts off
KINDS_ZH = "、".join(KINDS[kind].zh for kind in HOURS.kinds)


def in_words(hours: Fraction) -> str:
    """22.5; what is left is never said to be nothing."""
    return str(rounded(hours) or ("不到0.1" if hours else 0))


@dataclass(frozen=True)
class PersonLine:
    line: Line
    url: str

    @property
    def mark(self) -> str:
        return SHOWN[self.line.stands][0]

    @property
    def got(self) -> str:
        return in_words(self.line.reached.got)

    @property
    def bar(self) -> float:
        """How far the bar of what is owed is filled."""
        return min(float(self.line.reached.got), float(self.line.reached.owed))

    @property
    def gap(self) -> str:
        return in_words(self.line.reached.gap) if self.line.stands is Stands.SHORT else ""

    @property
    def said(self) -> str:
        """How it stands, in words: 还差9.5学时."""
        words = SHOWN[self.line.stands][1]
        return f"{words}{self.gap}学时" if self.gap else words

    @property
    def share(self) -> str:
        """按在册天数折算，全年32."""
        return f"按在册天数折算，全年{self.line.whole}" if self.line.in_proportion else ""

    @property
    def rule(self) -> str:
        """Which due it is, where there are several."""
        standing = self.line.standing
        return standing.due.label if standing and self.line.reached.owed else ""


class Unended(NamedTuple):
    """A session that counts nothing for want of an end; ``url`` is empty where the record is another unit's."""

    row: Row
    url: str


@dataclass(frozen=True)
class Closing:
    """What would close what is left of one member, or of all."""

    planned: tuple[Planned, ...]
    units: tuple[Ahead, ...]
    usual: str  # 按今年每次约2学时
    still: str  # 按今年每次约2学时，还要3次

    @property
    def any(self) -> bool:
        return bool(self.planned or self.units or self.usual)


@dataclass(frozen=True)
class ListPage:
    frame: Frame
    year: Year
    hours: HoursOfYear | None
    lines: tuple[PersonLine, ...]
    only_short: bool
    unended: tuple[Unended, ...]
    closing: Closing | None
    several: bool  # whether more than one rule asks for hours
    kinds: str = KINDS_ZH
    basis: str = HOURS.basis

    @property
    def sentences(self) -> list[tuple[str, str, str]]:
        """Of each due: its name, where it is written, and how it stands in the words of 本月应做."""
        standings = self.hours.standings if self.hours else ()
        return [(one.due.title, one.due.basis, one.sentence or one.status.zh) for one in standings]


@dataclass(frozen=True)
class SessionLine:
    """One session of a member: what it gave him, and why it was less than its length."""

    row: Row
    url: str
    when: str
    kinds: str
    hours: str
    note: str


@dataclass(frozen=True)
class PersonPage:
    frame: Frame | None  # None on his own page
    year: Year
    person: PersonLine
    sessions: tuple[SessionLine, ...]
    closing: Closing | None
    basis: str = HOURS.basis
    kinds: str = KINDS_ZH


def url_of(unit: Unit, member_id: int, year: int) -> str:
    return f"{reverse('study:hours_of', args=[unit.pk, member_id])}?{urlencode({'year': year})}"


def list_page(*, frame: Frame, year: Year, hours: HoursOfYear | None, unit: Unit, only_short: bool) -> ListPage:
    lines = tuple(PersonLine(line, url_of(unit, line.person.id, year.chosen)) for line in hours.lines) if hours else ()
    own = ledgers_of(unit)
    return ListPage(
        frame=frame,
        year=year,
        hours=hours,
        lines=tuple(one for one in lines if one.line.stands is Stands.SHORT or not only_short),
        only_short=only_short,
        unended=tuple(Unended(row, _record_url(unit, row, own)) for row in hours.unended) if hours else (),
        closing=closing_of(hours) if hours and hours.short else None,
        several=len({one.due.source_id for one in hours.standings}) > 1 if hours else False,
    )


def closing_of(hours: HoursOfYear, gap: Fraction | None = None) -> Closing:
    """With ``gap``, of one member: how many more such sessions he would need."""
    typical = hours.typical
    usual = f"按今年每次约{rounded(typical.hours)}学时" if typical and hours.year == hours.on.year else ""
    return Closing(
        planned=hours.planned,
        units=hours.units,
        usual=usual and f"{usual}（{typical.sessions}次的中位数）" if typical else "",
        still=f"{usual}，还要{typical.times(gap)}次" if usual and gap and typical else "",
    )


def sessions_of(line: Line, hours: HoursOfYear, unit: Unit, *, opens: bool) -> tuple[SessionLine, ...]:
    """Where a member's hours come from, earliest first: the rows of the answer that judged him."""
    answer = line.standing.answer if line.standing and line.standing.answer else hours.answer
    mine = [(row, dict(row.shares)[line.person.id]) for row in answer.rows if _is_his(row, line)]
    times = {pk: (starts, ends) for pk, starts, ends in _times(Listed(row.id for row, _ in mine))}
    own = ledgers_of(unit)
    found = []
    for row, share in mine:
        starts, ends = times[row.id]
        given = Fraction(share).limit_denominator(HOURS.minutes_an_hour * 60)
        cut = ends is not None and HOURS.uncut(starts, ends) - given > A_MINUTE_OR_TWO
        begins, stops = starts.astimezone(SHANGHAI), ends.astimezone(SHANGHAI) if ends else None
        found.append(
            SessionLine(
                row=row,
                url=_record_url(unit, row, own) if opens else "",
                when=f"{begins:%H:%M}" + (f"—{stops:%H:%M}" if stops else ""),
                kinds="、".join(KINDS[kind].zh for kind in row.kinds),
                hours=in_words(given),
                note=row.note if without_end(row) else CUT if cut else "",
            )
        )
    return tuple(found)


@written_once
def _times(sessions: Listed) -> Rows:
    return Session.objects.filter(pk__in=sessions).values_list("pk", "starts_at", "ends_at")


def _is_his(row: Row, line: Line) -> bool:
    return any(who == line.person.id for who, _ in row.shares)


def _record_url(unit: Unit, row: Row, own: frozenset[int]) -> str:
    return reverse("ledger:record", args=[unit.pk, row.number]) if row.unit_id in own else ""
