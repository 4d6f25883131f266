"""党费: whether each paid, month by month, and never how much."""

from __future__ import annotations

from datetime import date

import pytest

from tests import make
from tests.cast import Cast, standing_cast
from youju.figures.queries import ask
from youju.journal.models import Line
from youju.kit.periods import Period
from youju.kit.refusal import Refusal
from youju.people.units.queries import version
from youju.records.fees.actions import mark_month
from youju.records.fees.models import FeeMark
from youju.records.fees.queries import sheet_of
from youju.records.fees.values import FeeState
from youju.records.queries import about
from youju.upkeep.verify import faults
from youju.web.report.panel import how

pytestmark = pytest.mark.django_db
AT = make.moment(date(2026, 11, 20))


@pytest.fixture
def cast() -> Cast:
    return standing_cast()


def mark(cast: Cast, month: int, states: dict[int, FeeState], *, revision: int = 0, year: int = 2026) -> None:
    mark_month(unit=cast.branch, year=year, month=month, marks=states, revision=revision, by=cast.clerk, at=AT)


def everybody(cast: Cast, state: FeeState = FeeState.PAID) -> dict[int, FeeState]:
    return {person.pk: state for person in cast.people}


def test_a_month_is_marked_once_and_put_right_by_a_revision(cast: Cast) -> None:
    before = version(cast.branch, 2026), Line.objects.count()
    states = everybody(cast) | {cast.people[0].pk: FeeState.UNPAID, cast.people[1].pk: FeeState.EXEMPT}
    mark(cast, 3, states)
    mark(cast, 3, states | {cast.people[0].pk: FeeState.PAID}, revision=1)
    sheet = sheet_of(cast.branch, 2026)
    first = next(row for row in sheet.rows if row.member_id == cast.people[0].pk)
    assert (first.states[2], sheet.revisions[2], FeeMark.objects.count()) == (FeeState.PAID, 2, len(cast.people))
    assert (version(cast.branch, 2026), Line.objects.count()) == (before[0] + 2, before[1] + 2)
    assert faults() == []


def test_the_share_counts_who_has_to_pay_and_the_months_that_were_marked(cast: Cast) -> None:
    people = cast.people
    mark(cast, 3, everybody(cast) | {people[0].pk: FeeState.UNPAID, people[1].pk: FeeState.EXEMPT})
    mark(cast, 4, everybody(cast))
    year, on = Period.year(2026), date(2026, 11, 20)
    owing = 2 * len(people) - 1
    assert ask("党费登记次数", cast.branch, year, as_of=on).value == 2
    assert ask("党费交纳率", cast.branch, year, as_of=on).value == round(100 * (owing - 1) / owing, 1)
    assert not ask("党费交纳率", cast.branch, Period.year(2025), as_of=on).known
    names = {person.name for person in people}
    answer = ask("党费交纳率", cast.branch, year, as_of=on)
    assert not [row for row in answer.rows if row.title in names]
    assert [(line.label, line.value) for line in how(answer)] == [
        ("已交", f"{owing - 1}人次"),
        ("应交", f"{owing}人次"),
    ]


def test_a_committee_marks_its_own_and_not_the_members_of_its_branches(cast: Cast) -> None:
    own = make.member(cast.above)
    assert [row.member_id for row in sheet_of(cast.above, 2026).rows] == [own.pk]
    marks = {own.pk: FeeState.PAID, cast.people[0].pk: FeeState.UNPAID}
    with pytest.raises(Refusal):
        mark_month(unit=cast.above, year=2026, month=3, marks=marks, revision=0, by=None, at=AT)


def test_one_is_expected_in_the_months_at_whose_end_he_belonged_here(cast: Cast) -> None:
    newcomer = make.member(cast.branch, since=date(2026, 4, 30))
    make.leave(cast.people[2], on=date(2026, 5, 31))
    rows = {row.member_id: row for row in sheet_of(cast.branch, 2026).rows}
    assert rows[newcomer.pk].expected == (False,) * 3 + (True,) * 9
    assert rows[cast.people[2].pk].expected == (True,) * 4 + (False,) * 8


@pytest.mark.parametrize(
    ("year", "month", "field"), [(2026, 12, "month"), (2027, 1, "month"), (2026, 13, "month"), (1900, 1, "month")]
)
def test_a_month_that_has_not_begun_is_refused(cast: Cast, year: int, month: int, field: str) -> None:
    with pytest.raises(Refusal) as caught:
        mark(cast, month, everybody(cast), year=year)
    assert caught.value.field == field and not FeeMark.objects.exists()


def test_a_stranger_nobody_and_a_second_hand_are_refused(cast: Cast) -> None:
    stranger = make.member(cast.other)
    with pytest.raises(Refusal, match="不在本组织"):
        mark(cast, 3, {stranger.pk: FeeState.PAID})
    with pytest.raises(Refusal, match="还没有给任何一位"):
        mark(cast, 3, {})
    mark(cast, 3, everybody(cast))
    with pytest.raises(Refusal, match="刚刚被别人登记过"):
        mark(cast, 3, everybody(cast, FeeState.UNPAID))
    assert not FeeMark.objects.filter(state=FeeState.UNPAID).exists()


def test_a_month_that_was_marked_by_mistake_is_emptied_and_owed_again(cast: Cast) -> None:
    year, on = Period.year(2026), date(2026, 11, 20)
    mark(cast, 3, everybody(cast))
    with pytest.raises(Refusal, match="刚刚被别人登记过"):
        mark(cast, 3, {})
    mark(cast, 3, {}, revision=1)
    assert not FeeMark.objects.exists() and sheet_of(cast.branch, 2026).revisions[2] == 2
    assert ask("党费登记次数", cast.branch, year, as_of=on).value == 0
    assert not ask("党费交纳率", cast.branch, year, as_of=on).known
    assert Line.objects.latest("pk").verb == "清空党费登记" and faults() == []
    with pytest.raises(Refusal, match="还没有给任何一位"):
        mark(cast, 3, {}, revision=2)
    mark(cast, 3, everybody(cast), revision=2)
    assert ask("党费登记次数", cast.branch, year, as_of=on).value == 1


def test_a_member_reads_what_was_marked_of_him(cast: Cast) -> None:
    mark(cast, 3, everybody(cast))
    assert about(cast.people[0])["党费交纳"] == [{"组织": cast.branch.name, "月份": "2026年3月", "交纳": "已交"}]
