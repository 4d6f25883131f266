"""The day on which the pages of reports are looked at, and a branch with some months behind it."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from tests.web.report.ledger import TODAY, busy_year


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_TODAY", TODAY.isoformat())


@pytest.fixture
def cast() -> Cast:
    return busy_year(months=4)
