"""Helpers of tests that drive the browser. The browser itself, ``page`` and ``phone`` come from tests/conftest.py."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

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
#: The fewest that show what may go wrong: the clerk's desk, a phone at night, and a phone in the largest type.
LOOKS = [(DESKTOP, "light", ""), (PHONE, "dark", ""), (PHONE, "light", "xl")]
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


#: What theme and type decide; all other rules say the same of a page in every look of one window.
BY_LOOK = {"type": "rule", "values": ["color-contrast", "link-in-text-block", "target-size"]}


class Window(NamedTuple):
    """A size, and the (theme, text size) in which a page is looked at in it."""

    size: tuple[int, int]
    dresses: list[tuple[str, str]]


def windows(looks: Iterable[tuple[tuple[int, int], str, str]] = LOOKS) -> list[Window]:
    found: dict[tuple[int, int], Window] = {}
    for size, theme, type in looks:
        found.setdefault(size, Window(size, [])).dresses.append((theme, type))
    return list(found.values())


def look_over(
    page: Page,
    base: str,
    pages: Mapping[str, str],
    name: str,
    looks: Iterable[tuple[tuple[int, int], str, str]] = LOOKS,
) -> None:
    """Each of these pages in each look, as the reader who is signed in."""
    for window in windows(looks):
        turn_to(page, base, window)
        for one, path in pages.items():
            page.goto(base + path)
            look(page, window, "-".join(filter(None, (name, one))))


def turn_to(page: Page, base: str, window: Window) -> None:
    """What is opened next comes in the window's first look."""
    at(page, base, window.size, *window.dresses[0])


def look(page: Page, window: Window, name: str) -> None:
    """The page that is open, in every look of its window: it is held to everything in the first, and the others are put on
    where it stands."""
    for theme, type in window.dresses:
        if (theme, type) == window.dresses[0]:
            axe(page)
        else:
            dress(page, theme, type)
            axe(page, BY_LOOK)
        no_sideways_scroll(page)
        shot(page, "-".join(filter(None, (name, str(window.size[0]), theme, type))))
    if len(window.dresses) > 1:
        dress(page, *window.dresses[0])


def dress(page: Page, theme: str, type: str) -> None:
    """Another theme and text size of the page that is open: the server would write the same two words into it."""
    page.emulate_media(reduced_motion="reduce")  # else colours would still be on their way from one theme to the other
    for name, value in (("data-theme", theme), ("data-size", type)):
        page.evaluate(
            "([name, value]) => document.documentElement.toggleAttribute(name, value !== '')"
            " && document.documentElement.setAttribute(name, value)",
            [name, value],
        )


def axe(page: Page, only: object = AXE_TAGS) -> None:
    """No violation of WCAG 2.2 AA or of good practice, or of some rules alone."""
    known = page.evaluate("'axe' in window")
    options = {"runOnly": only, "resultTypes": ["violations"]}
    found: dict[str, Any] = Axe(*(["0"] if known else [])).run(page, options=options).response
    told = [
        f"{fault['id']}: {fault['help']}\n" + "\n".join(f"    {node['html'][:160]}" for node in fault["nodes"][:4])
        for fault in found["violations"]
    ]
    assert not told, f"{page.url}\n" + "\n".join(told)


def no_sideways_scroll(page: Page) -> None:
    """The page is no wider than its window."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} is {wide}px wider than its window"


def shot(page: Page, name: str) -> None:
    """A picture for a person to look at, where the environment names a folder for it: YOUJU_SHOTS."""
    if not os.environ.get("YOUJU_SHOTS"):
        return
    folder = Path(os.environ["YOUJU_SHOTS"])
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{name}.png"
    try:
        page.screenshot(path=file)
    except PlaywrightError as error:
        if "Unable to capture" not in str(error):
            raise
        page.screenshot(path=file)  # of a busy machine Chromium has at times no frame to give at once
