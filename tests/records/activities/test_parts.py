"""What is late, and that a form counts once."""

from dataclasses import replace
from datetime import date

import pytest

from tests import make
from youju.people.models import Unit
from youju.records.activities import actions
from youju.records.activities.actions import record_activity
from youju.records.activities.models import Session
from youju.records.activities.rules import days_late
from youju.records.activities.values import ActivityDraft


@pytest.mark.parametrize(("day", "late"), [(5, 0), (12, 0), (13, 8)])
def test_a_week_is_in_time(day: int, late: int) -> None:
    assert days_late(held_on=date(2026, 11, 5), entered_on=date(2026, 11, day)) == late


@pytest.mark.django_db
def test_one_form_records_once_and_another_unit_learns_nothing_of_it() -> None:
    ours, theirs = make.unit(), make.unit(name="别的支部")
    draft = ActivityDraft(("visit",), "走访", make.moment(date(2026, 11, 5)))
    at = make.moment(date(2026, 11, 5), 20)
    first = record_activity(unit=ours, draft=draft, by=None, at=at, form_key="k1")
    assert record_activity(unit=ours, draft=replace(draft, title="再来"), by=None, at=at, form_key="k1") == first
    assert Session.objects.get().title == "走访"
    with pytest.raises(Exception, match=r"(?i)unique|duplicate"):
        record_activity(unit=theirs, draft=draft, by=None, at=at, form_key="k1")
    record_activity(unit=ours, draft=draft, by=None, at=at)
    record_activity(unit=ours, draft=draft, by=None, at=at)
    assert Session.objects.count() == 3


@pytest.mark.django_db
def test_of_two_that_come_at_once_the_second_gets_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither has seen the other when it begins: the key is unique in the table, and that decides."""
    unit = make.unit()
    draft = ActivityDraft(("visit",), "走访", make.moment(date(2026, 11, 5)))
    at = make.moment(date(2026, 11, 5), 20)
    first = record_activity(unit=unit, draft=draft, by=None, at=at, form_key="k1")
    real, looks = actions._made_with, []

    def blind_at_first(unit: Unit, form_key: str | None) -> Session | None:
        looks.append(form_key)
        return None if len(looks) == 1 else real(unit, form_key)

    monkeypatch.setattr(actions, "_made_with", blind_at_first)
    assert record_activity(unit=unit, draft=draft, by=None, at=at, form_key="k1") == first
    assert Session.objects.count() == 1
    assert len(looks) == 2
