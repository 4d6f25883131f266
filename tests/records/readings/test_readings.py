"""自学: said by the member himself or for him, counted without a name, withdrawn and never deleted."""

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
from youju.records.queries import about
from youju.records.readings.actions import note_reading, withdraw_reading
from youju.records.readings.models import Reading

pytestmark = pytest.mark.django_db
DAY, TODAY = date(2026, 11, 5), date(2026, 11, 20)
AT = make.moment(TODAY)


@pytest.fixture
def cast() -> Cast:
    return standing_cast(groups=1)


def read(cast: Cast, who: int = 0, title: str = "《支部工作》", day: date = DAY) -> Reading:
    return note_reading(member=cast.people[who], read_on=day, title=title, by=cast.clerk, at=AT)


def count(cast: Cast) -> int | float:
    return ask("自学登记篇数", cast.branch, Period.year(2026), as_of=TODAY).value


def test_each_reading_counts_once_and_a_withdrawn_one_no_more(cast: Cast) -> None:
    before = version(cast.branch, 2026)
    reading = read(cast)
    assert read(cast) == reading  # a double click
    read(cast, 1)
    assert count(cast) == 2 and version(cast.branch, 2026) == before + 2
    withdraw_reading(reading=reading, by=cast.clerk, at=AT)
    lines = Line.objects.count()
    withdraw_reading(reading=reading, by=cast.clerk, at=AT)
    assert count(cast) == 1 and Line.objects.count() == lines
    read(cast)
    assert count(cast) == 2


def test_a_row_of_the_figure_names_nobody(cast: Cast) -> None:
    read(cast)
    (row,) = ask("自学登记篇数", cast.branch, Period.year(2026), as_of=TODAY).rows
    assert cast.people[0].name not in f"{row.title}{row.note}{row.number}"


@pytest.mark.parametrize(
    ("title", "day", "field"),
    [
        (" ", DAY, "title"), ("长" * 121, DAY, "title"), ("甲", date(2026, 11, 21), "read_on"),
        ("甲", date(2019, 1, 1), "read_on"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(cast: Cast, title: str, day: date, field: str) -> None:
    with pytest.raises(Refusal) as caught:
        read(cast, title=title, day=day)
    assert caught.value.field == field and not Reading.objects.exists()


def test_before_he_belonged_here_nothing_can_be_noted(cast: Cast) -> None:
    newcomer = make.member(cast.branch, since=date(2026, 11, 10))
    with pytest.raises(Refusal, match="还不在本组织"):
        note_reading(member=newcomer, read_on=DAY, title="甲", by=None, at=AT)


def test_a_member_reads_what_is_kept_of_him(cast: Cast) -> None:
    withdraw_reading(reading=read(cast), by=None, at=AT)
    (row,) = about(cast.people[0])["自学登记"]  # type: ignore[misc]
    assert (row["学习内容"], row["谁填的"], row["情况"]) == ("《支部工作》", "党务工作者", "已撤回")


def test_nobody_writes_into_the_ledger_of_another_unit(cast: Cast) -> None:
    """A member who came over in the year read something before: that stands where he was, and he may say it himself."""
    person = make.member(cast.other)
    with pytest.raises(Refusal) as caught:
        note_reading(member=person, read_on=DAY, title="章程", keeper=cast.branch, by=cast.clerk, at=AT)
    assert caught.value.field == "read_on" and not Reading.objects.exists()
    assert note_reading(member=person, read_on=DAY, title="章程", by=None, at=AT).ledger == cast.other
