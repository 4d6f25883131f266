"""Each test of the store has a data folder of its own: what one has followed says nothing to another."""

from pathlib import Path

import pytest
from django.conf import settings


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "DATA", tmp_path)
    return tmp_path
