"""The night sweeps away files that no row names: the rows that other tests keep are not there, so it has a folder of its own."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def files_of_its_own(settings: Any, tmp_path: Path) -> None:
    settings.FILES = tmp_path / "files"
