"""Nothing is left out silently, and no test sees a person's ledger."""

import os
import tempfile
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

from django.conf import settings

from tests.house.plugin import not_run_lines, reasons


def skipped(nodeid: str, why: str) -> SimpleNamespace:
    return SimpleNamespace(nodeid=nodeid, longrepr=("file.py", 3, f"Skipped: {why}"))


def test_reasons_are_counted_once_a_test() -> None:
    """A whole file that was skipped is reported by every worker."""
    reports = [
        skipped("a", "没有 Chromium"),
        skipped("b", "没有 Chromium"),
        skipped("f.py", "无"),
        skipped("f.py", "无"),
    ]
    assert reasons(reports) == Counter({"没有 Chromium": 2, "无": 1})


def test_the_account_is_printed_even_when_it_is_empty() -> None:
    assert not_run_lines(Counter()) == ["未运行：0 项"]
    assert not_run_lines(Counter({"甲": 2, "乙": 1})) == ["未运行：3 项", "  2 项：甲", "  1 项：乙"]


def test_the_data_folder_is_thrown_away() -> None:
    folder = Path(os.environ["YOUJU_DATA"])
    assert Path(tempfile.gettempdir()) in folder.parents
    assert folder.resolve() in Path(settings.FILES).parents
