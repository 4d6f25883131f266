"""The day of the pages."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from youju.web.shared import clock


def test_the_day_may_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_TODAY", "2026-11-20")
    assert clock.today() == date(2026, 11, 20)
    assert timezone.localtime(clock.now()).date() == date(2026, 11, 20)


def test_on_a_day_that_a_test_names_it_is_evening(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_TODAY", "2026-11-20")
    first = timezone.localtime(clock.now())
    assert first.hour >= 20 and clock.now() > first
    monkeypatch.delenv("YOUJU_TODAY")
    assert abs(clock.now() - timezone.now()) < timedelta(hours=1)  # of a day that it is, it is the hour that it is


def test_a_wrong_day_says_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_TODAY", "20. November")
    with pytest.raises(ImproperlyConfigured, match="YOUJU_TODAY"):
        clock.today()


def test_otherwise_it_is_the_day_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("YOUJU_TODAY", raising=False)
    assert abs((clock.today() - timezone.localtime(clock.now()).date()).days) <= 1
