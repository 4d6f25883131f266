"""Which days are worked: as published, as this site says, and beyond what is published."""

from __future__ import annotations

from datetime import date

import pytest

from tests import make
from youju.duties.workdays.actions import clear_day, set_day
from youju.duties.workdays.models import DayOverride
from youju.duties.workdays.queries import overrides, workdays
from youju.duties.workdays.rules import PUBLISHED_UNTIL, Workdays, published
from youju.duties.workdays.values import Override
from youju.journal.models import Line
from youju.kit.refusal import Refusal

AT = make.moment(date(2026, 11, 20))
PLAIN = Workdays()


@pytest.mark.parametrize(
    ("day", "off", "name"),
    [
        (date(2026, 10, 1), True, "国庆节"),
        (date(2026, 10, 10), False, "调休上班"),  # a Saturday
        (date(2026, 11, 20), False, ""),
        (date(2026, 11, 21), True, ""),
        (date(2026, 6, 19), True, "端午节"),
    ],
)
def test_a_published_day(day, off, name):
    kind = PLAIN.of(day)
    assert (kind.off, kind.name) == (off, name)


def test_beyond_what_is_published_only_weekends_are_known():
    year = PUBLISHED_UNTIL + 1
    assert published(PUBLISHED_UNTIL) and not published(year) and not published(1999)
    for day in (date(year, 10, 1), date(1999, 10, 1)):
        assert PLAIN.of(day).off is (day.weekday() >= 5) and PLAIN.of(day).name == ""


def test_the_workday_before_and_the_third_after():
    assert PLAIN.last_before(date(2026, 10, 5)) == date(2026, 9, 30)
    assert PLAIN.last_before(date(2026, 11, 20)) == date(2026, 11, 20)
    assert PLAIN.after(date(2026, 9, 29), 3) == date(2026, 10, 9)  # 30 September, 8 and 9 October
    assert PLAIN.after(date(2026, 11, 20), 3) == date(2026, 11, 25)


def test_what_the_site_says_goes_first():
    day = date(2026, 11, 20)
    told = Workdays({day: Override(day, True, "县庆", "县政府通知")})
    assert told.off(day) and told.of(day).name == "县庆" and told.last_before(day) == date(2026, 11, 19)


@pytest.mark.django_db
def test_a_day_is_said_said_anew_and_taken_back(django_assert_num_queries):
    day = date(2027, 2, 6)
    set_day(day=day, off=True, name="春节", basis="国办通知", by=None, at=AT)
    set_day(day=day, off=False, name="", basis="县里安排值班", by=None, at=AT)
    assert overrides() == [Override(day, False, "", "县里安排值班")] and DayOverride.objects.count() == 1
    with django_assert_num_queries(1):
        found = workdays()
    assert not found.off(day) and found.of(day).name == "上班"
    clear_day(day=day, by=None, at=AT)
    assert workdays().off(day)
    assert list(Line.objects.filter(noun="day").values_list("verb", flat=True)) == [
        "登记放假",
        "登记上班",
        "撤销工作日登记",
    ]
    with pytest.raises(Refusal):
        clear_day(day=day, by=None, at=AT)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "field"),
    [({"basis": " "}, "basis"), ({"name": "长" * 21}, "name"), ({"day": date(1999, 1, 1)}, "day"), ({"basis": "长" * 121}, "basis")],
)  # fmt: skip
def test_what_is_wrong_is_refused(change, field):
    with pytest.raises(Refusal) as caught:
        set_day(**({"day": date(2027, 2, 6), "off": True, "name": "春节", "basis": "通知"} | change), by=None, at=AT)
    assert caught.value.field == field and not DayOverride.objects.exists()
