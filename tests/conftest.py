"""Fixtures every test may ask for. Made-up people and records come from tests/make.py and tests/cast.py."""

import itertools
import os
import shutil
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from django.core.servers.basehttp import WSGIServer

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
# No sandbox, since CI runs as root; the rest keeps the browser from calling home.
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


# The test server's own queue of ten would turn phones away that a real server lets wait.
WSGIServer.request_queue_size = 1024


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """A test database need not survive a power cut; everything else is as in service."""
    from django.db import connections

    options = connections["default"].settings_dict.get("OPTIONS", {})
    if "init_command" in options:
        options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")
    elif connections["default"].vendor == "postgresql":
        connections["default"].settings_dict["OPTIONS"] = {**options, "options": "-c synchronous_commit=off -c jit=off"}


@pytest.fixture(autouse=True)
def no_index_left() -> Iterator[None]:
    """An index of the library goes with its test, and what a process folded: in the next one the same numbers are other texts."""
    folder = Path(os.environ["YOUJU_DATA"]) / "index"
    yield
    queries = sys.modules.get("youju.library.search.queries")
    if queries is not None:
        queries.forget_entries()
    if folder.is_dir():
        from youju.library.passages.store import store_in
        from youju.library.search.queries import index_in

        store_in.cache_clear()
        index_in.cache_clear()
        shutil.rmtree(folder)


@pytest.fixture(scope="session", autouse=True)
def evening() -> Iterator[None]:
    """On a day that a test names it is evening when the tests begin, and time goes on: what a page records at some hour of
    that day has been by then. Else a test would pass by day and fail by night."""
    from django.utils import timezone

    from youju.web.shared import clock

    began = timezone.now()
    ahead = timezone.localtime(began).replace(hour=20, minute=0, second=0, microsecond=0) - began

    def now() -> datetime:
        return timezone.now() + (ahead if os.environ.get("YOUJU_TODAY") else timedelta())

    with pytest.MonkeyPatch.context() as patch:
        here = SimpleNamespace(now=now, localtime=timezone.localtime, localdate=timezone.localdate)
        patch.setattr(clock, "timezone", here)
        yield


#: Numbers of folders for files: none is ever used again, so that no late request finds what belongs to another test.
_folders = itertools.count(1)


@pytest.fixture(scope="class", autouse=True)
def files_of_its_own() -> Iterator[None]:
    """Each test keeps its files in a folder of its own, and a class what it made once: a night sweeps away files that no row
    names, and the rows of other tests are not there. Nothing is made until something is kept."""
    from django.conf import settings

    folder = Path(os.environ["YOUJU_TEST_FOLDER"]) / "files" / str(next(_folders))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "FILES", folder)
        yield
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def nobody_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    """On PostgreSQL a thread of the test server may still hold its connection, and the test database could not be dropped."""
    if os.environ.get("YOUJU_TEST_ON") != "postgresql":
        yield
        return
    request.getfixturevalue("django_db_setup")
    blocker = request.getfixturevalue("django_db_blocker")
    yield
    from django.db import connection

    with blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of seed reports beside the checkout; without it the test says that it was not run."""
    if not SHARED.is_dir():
        pytest.skip("没有 ../shared：种子报告的核对只在有它的地方做")
    return SHARED


def chromium_path() -> str | None:
    """The system's Chromium, or the one that YOUJU_CHROMIUM names."""
    return os.environ.get("YOUJU_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), None)


@pytest.fixture(scope="session")
def chromium() -> "Iterator[Browser]":
    """One browser a test process."""
    path = chromium_path()
    if path is None:
        pytest.skip("没有找到 Chromium（Debian：apt-get install chromium fonts-noto-cjk）")
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread, which Django would take for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()
    os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE")


def open_page(context: "BrowserContext") -> "Iterator[Page]":
    """A page on which an error of the page's own script, or a call to another host, fails the test."""
    page = context.new_page()
    page.set_default_timeout(30_000)  # on a busy machine the first page may take ten seconds
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(f"script error: {error}"))
    page.on(
        "request",
        lambda request: errors.append(f"left the machine: {request.url}") if is_outside(request.url) else None,
    )
    yield page
    context.close()
    assert not errors, errors


def is_outside(url: str) -> bool:
    """Whether a request went anywhere but to this machine."""
    return url.startswith("http") and url.split("/")[2].split(":")[0] not in {"localhost", "127.0.0.1"}


@pytest.fixture
def page(chromium: "Browser") -> "Iterator[Page]":
    """A desktop window, 1440×900."""
    yield from open_page(chromium.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN"))


@pytest.fixture
def phone(chromium: "Browser") -> "Iterator[Page]":
    """A phone, 390×844, with touch."""
    screen = {"width": 390, "height": 844}
    yield from open_page(chromium.new_context(viewport=screen, has_touch=True, is_mobile=True, locale="zh-CN"))
