"""Helpers of tests that drive the browser. The browser itself, ``page`` and ``phone`` come from tests/conftest.py."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Error as PlaywrightError

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from youju.accounts.models import User

DESKTOP = (1440, 900)
PHONE = (390, 844)
#: size of the window, theme, text size: what every page is looked at in
VARIANTS = [
    (DESKTOP, "light", ""),
    (DESKTOP, "dark", ""),
    (DESKTOP, "light", "l"),
    (PHONE, "light", ""),
    (PHONE, "dark", ""),
    (PHONE, "light", "l"),
]
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def sign_in(page: Page, base: str, user: User) -> None:
    """Give the browser a session of ``user``, as signing in would."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session.session_key or "", "url": base}])


def at(page: Page, base: str, size: tuple[int, int] = DESKTOP, theme: str = "light", type: str = "") -> None:
    """Set window, theme (light, dark) and text size ("", l, xl) for what is opened next."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.context.clear_cookies(name="theme")
    page.context.clear_cookies(name="size")
    for name, value in (("theme", theme), ("size", type)):
        if value:
            page.context.add_cookies([{"name": name, "value": value, "url": base}])


def axe(page: Page) -> None:
    """No violation of WCAG 2.2 AA or of good practice."""
    found: dict[str, Any] = Axe().run(page, options={"runOnly": AXE_TAGS, "resultTypes": ["violations"]}).response
    told = [
        f"{fault['id']}: {fault['help']}\n" + "\n".join(f"    {node['html'][:160]}" for node in fault["nodes"][:4])
        for fault in found["violations"]
    ]
    assert not told, f"{page.url}\n" + "\n".join(told)


def no_sideways_scroll(page: Page) -> None:
    """The page is no wider than its window."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} is {wide}px wider than its window"


def walk(
    page: Page, base: str, pages: Mapping[str, str], looks: Iterable[tuple[tuple[int, int], str, str]], *, of: str
) -> None:
    """Each page in each look: nothing is wrong with it, it fits, and a picture is there to be looked at."""
    for size, theme, type_size in looks:
        at(page, base, size, theme, type_size)
        for name, path in pages.items():
            page.goto(base + path)
            axe(page)
            no_sideways_scroll(page)
            shot(page, f"{of}-{name}-{size[0]}-{theme}{'-' + type_size if type_size else ''}")


def shot(page: Page, name: str) -> Path:
    """A picture for a person to look at, in the folder YOUJU_SHOTS (or the throw-away folder of the tests)."""
    folder = Path(os.environ.get("YOUJU_SHOTS") or Path(os.environ["YOUJU_TEST_FOLDER"]) / "shots")
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{name}.png"
    try:
        page.screenshot(path=file)
    except PlaywrightError as error:
        if "Unable to capture" not in str(error):
            raise
        page.screenshot(path=file)  # of a busy machine Chromium has at times no frame to give at once
    return file
