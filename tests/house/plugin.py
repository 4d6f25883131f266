"""A throw-away data folder for every test process, and an account of what was not run.

Named by `-p` in pyproject.toml, because it must act before pytest-django loads the settings.
"""

import atexit
import json
import os
import shutil
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

# Where `run.py test` wants the account written, since it adds up several runs.
ACCOUNT = os.environ.get("YOUJU_TEST_ACCOUNT")
ON_POSTGRESQL = os.environ.get("YOUJU_TEST_ON") == "postgresql"
BROWSER = {"page", "phone", "chromium"}
USES_DATABASE = {"db", "transactional_db", "live_server", "client", "django_db_setup"}


def choose_folder() -> None:
    """A fresh folder a process, so that no test ever sees a person's ledger."""
    folder = tempfile.mkdtemp(prefix="youju-test-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ["YOUJU_DATA"] = os.environ["YOUJU_TEST_FOLDER"] = folder
    for name in ("YOUJU_TODAY", "YOUJU_DATABASE_URL"):
        os.environ.pop(name, None)
    if ON_POSTGRESQL:
        os.environ["YOUJU_DATABASE_URL"] = os.environ["YOUJU_TEST_DATABASE_URL"]


choose_folder()


def pytest_configure(config: pytest.Config) -> None:
    """Cheap passwords, since who may sign in is tested and not how slowly a password is hashed; patient hypothesis."""
    import hypothesis
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # A busy machine is no fault of the code, and what CI sees must be seen again at home.
    hypothesis.settings.register_profile("house", deadline=None, derandomize=bool(os.environ.get("CI")))
    hypothesis.settings.load_profile("house")


def uses_database(item: pytest.Item) -> bool:
    """Whether a test touches tables, so that a second database could answer differently."""
    in_browser = item.get_closest_marker("browser") or BROWSER & set(getattr(item, "fixturenames", ()))
    if in_browser and "stories" not in item.path.parts:
        return False  # how a page looks does not depend on the database; the walk of the main line does
    return item.get_closest_marker("django_db") is not None or bool(
        USES_DATABASE & set(getattr(item, "fixturenames", ()))
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what touches the database runs again."""
    if ON_POSTGRESQL:
        leave = [item for item in items if not uses_database(item)]
        items[:] = [item for item in items if uses_database(item)]
        config.hook.pytest_deselected(items=leave)


def why_skipped(report: Any) -> str:
    """The reason a test or a whole file gave for not running."""
    longrepr = report.longrepr
    reason = longrepr[2] if isinstance(longrepr, tuple) else str(longrepr)
    return str(reason).removeprefix("Skipped: ")


def reasons(skipped: list[Any]) -> Counter[str]:
    """How many were not run for each reason. A file skipped in every worker counts once."""
    return Counter(why for _, why in {(report.nodeid, why_skipped(report)) for report in skipped})


def not_run_lines(counted: Counter[str]) -> list[str]:
    """The closing account: how many were not run, and why."""
    return [f"未运行：{counted.total()} 项", *(f"  {number} 项：{why}" for why, number in counted.most_common())]


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say what was not run, or hand it to `run.py`. Workers report to the one that started them."""
    if os.environ.get("PYTEST_XDIST_WORKER"):
        return
    stats = terminalreporter.stats
    counted = reasons(stats.get("skipped", []))
    if ACCOUNT:
        kinds = {
            "passed": len(stats.get("passed", [])),
            "failed": len(stats.get("failed", [])) + len(stats.get("error", [])),
            "not_run": dict(counted),
        }
        with Path(ACCOUNT).open("a", encoding="utf-8") as account:
            account.write(json.dumps(kinds, ensure_ascii=False) + "\n")
    else:
        terminalreporter.section("未运行", sep="-")
        for line in not_run_lines(counted):
            terminalreporter.write_line(line)
