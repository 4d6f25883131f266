"""The day on which the pages of 学习 are looked at, and the branch that is looked at."""

from __future__ import annotations

import pytest

from tests.cast import Cast, standing_cast
from tests.web.days import TODAY


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_TODAY", TODAY.isoformat())


@pytest.fixture
def cast() -> Cast:
    return standing_cast()
