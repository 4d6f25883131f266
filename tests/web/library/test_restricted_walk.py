"""Words that a reader has no right to, looked for at every address of the site, in every form: as if there were none.

A library holds a document with restricted spans, a copy of them in a circle that reaches nobody here, and a report handed
in there with the same words. Its twin holds none of it. Whoever has no right hears the same from both; whoever has, hears
the words, so that these tests can fail. An address that is new is walked without a word here; one that asks for something
unknown, or that nobody opens, fails.
"""

from __future__ import annotations

from difflib import unified_diff
from typing import Any
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from tests.web.library.planted import (
    ACROSS,
    INTO_IT,
    OUT_OF_IT,
    PLANTED,
    SECOND,
    TELLING,
    TODAY,
    WORDS,
    Library,
    library,
)
from tests.web.library.walking import Atlas, Walk, asked_in, numbers, posts, routes
from tests.web.rights_of_pages import OWN, PAGES
from youju.library.entitlements.queries import reader_of

pytestmark = pytest.mark.django_db
#: Who goes everywhere; the others have the same right, or none at all, and go where the library is asked something.
EVERYWHERE = ("secretary", "member", "other_clerk", "superior", "admin", "nobody")
THE_REST = ("stranger", "lapsed", "revoked")
#: Readers that are all there are as far as the library goes: each of the others is one of these by another name.
KINDS = ("clerk", "other_clerk", "admin")
NEAR = ("library:", "find:", "report:idea")
#: Doors: they ask who is there before they know it, or end it.
DOORS = {"account_logout", "login_first", "login_password", "login_invited", "login_enter"}
OPEN_TO_HIM = (PLANTED, f"“{INTO_IT}”", f"“{OUT_OF_IT}”", f"“{ACROSS}”", "鹭鸶", "小标题:账外", "13900001234")
TABS = ("", "?tab=check", "?tab=material", "?tab=alike", "?tab=alike&all=1")


@pytest.fixture(autouse=True)
def on_that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_TODAY", TODAY.isoformat())


def addresses(made: Library, *begin: str) -> list[str]:
    """All of the site, or those whose names begin so; who scans the code first comes to the pages behind it."""
    atlas = Atlas(made)
    named = sorted(routes(), key=scan_first)
    known = [(name, url) for name, route in named for url in atlas.urls(name, route)]
    tabs = [("report:draft", f"{reverse('report:draft', args=[made.draft.pk])}{tab}") for tab in TABS]
    tabs += [("report:handed", f"{reverse('report:handed', args=[made.handed.pk])}{tab}") for tab in TABS[-2:]]
    wanted = [one for one in (*known, *tabs) if one[0].startswith(begin or "")]
    return [url for name, url in wanted if name != "account_logout"]


def scan_first(route: tuple[str, str]) -> tuple[bool, str]:
    return route[0] != "signin:scan", route[0]


def telling(heard: dict[str, str]) -> list[tuple[str, str]]:
    """Pieces of the planted words in answers that were not asked for them."""
    found = []
    for url, text in heard.items():
        asked = asked_in(url)
        found += [(url, piece) for piece in TELLING if piece in text and piece not in asked]
    return found


def told_apart(walk: Walk, twin: Walk) -> list[tuple[str, list[str]]]:
    """Addresses at which the reader could tell the one library from the other, and by which lines."""
    return [
        (
            url,
            [line[:400] for line in unified_diff(walk.heard[url].splitlines(), text.splitlines(), n=0, lineterm="")][
                3:9
            ],
        )
        for url, text in twin.heard.items()
        if walk.heard[url] != text and "/original/" not in url
    ]


@pytest.mark.parametrize("who", (*EVERYWHERE, *THE_REST))
def test_nothing_of_it_at_any_address(who: str) -> None:
    begin = () if who in EVERYWHERE else NEAR
    with library(secret=True, indexed=True) as made:
        walk = Walk.of(made, who)
        for url in addresses(made, *begin):
            walk.get(url, follow=True)
    assert telling(walk.heard) == []
    with library(secret=False, indexed=True) as made:
        twin = Walk.of(made, who)
        addresses(made)  # what pages need is made there, too
        for url in walk.near:
            twin.get(url)
    assert told_apart(walk, twin) == []
    if who not in ("nobody", "stranger"):
        assert reverse("library:index") in walk.near and made.restricted.title in walk.heard[reverse("library:index")]


@pytest.mark.parametrize(
    ("who", "indexed"), [("clerk", True), ("clerk", False), ("other_clerk", True), ("admin", False)]
)
def test_nothing_of_it_whatever_is_asked(who: str, indexed: bool) -> None:
    """Every form of words, through the index and by the direct look: hits, their order, counts of filters, snippets."""
    found = []
    for secret in (True, False):
        with library(secret=secret, indexed=indexed) as made:
            walk = Walk.of(made, who)
            for url in questions(made):
                walk.get(url)
            found.append(walk)
    assert told_apart(*found) == []
    # Asked for what they may have, they are told: else the twins would be alike because nothing is found at all.
    assert "找到 <b>1</b> 篇" in found[0].heard[f"{reverse('library:index')}?{urlencode({'q': f'“{ACROSS}”'})}"]


def questions(made: Library) -> list[str]:
    index = reverse("library:index")
    filters = (
        {"year": "2021"},
        {"genre": "summary"},
        {"added": "today"},
        {"sort": "newest"},
        {"page": "2"},
        {"year": "0000"},
    )
    asked = [{"q": words} for words in WORDS]
    asked += [{"q": words, **more} for words in ("储备粮", "暗线订单", "") for more in filters]
    asked += [{"q": "储备粮", "open": str(number)} for number in numbers(made)[-2:]]
    inside = [
        reverse(f"library:{name}", args=[made.restricted.pk]) + f"?{urlencode({'q': words})}"
        for name in ("document", "preview")
        for words in (PLANTED, INTO_IT, ACROSS, "账外")
    ]
    return [*(f"{index}?{urlencode(one)}" for one in asked), *inside]


def test_the_others_read_with_the_same_eyes() -> None:
    """So that what three were told holds for all."""
    with library(secret=True, indexed=False) as made:
        eyes = {who: reader_of(user, on=TODAY) for who, user in made.readers.items() if user}
    same = {who: next((kind for kind in KINDS if eyes[kind] == one), None) for who, one in eyes.items()}
    assert same.pop("stranger") is None and not eyes["stranger"].scopes
    assert set(same.values()) == set(KINDS)


@pytest.mark.parametrize("who", ("clerk", "admin", "lapsed"))
def test_nothing_of_it_for_what_is_sent(who: str) -> None:
    found = []
    sent: list[tuple[str, str, dict[str, Any]]] = []
    for secret in (True, False):
        with library(secret=secret, indexed=True) as made:
            walk = Walk.of(made, who)
            sent = sent or posts(made)  # what was cleaned off within a span is named in the twin, too
            for name, url, data in sent:
                walk.post(name, url, data)
            found.append(walk)
    assert telling(found[0].heard) == []
    assert told_apart(*found) == []


@pytest.mark.parametrize("who", ("keeper", "opener"))
def test_who_has_the_right_reads_it_everywhere(who: str) -> None:
    """By his role, or by what he opened with a code. Else the tests above would find nothing because nothing is there."""
    with library(secret=True, indexed=True) as made:
        walk = Walk.of(made, who)
        for url in addresses(made, "library:", "report:idea"):
            walk.get(url, follow=True)
        draft = f"{reverse('report:draft', args=[made.draft.pk])}?tab=alike"
        asked = {words: f"{reverse('library:index')}?{urlencode({'q': words})}" for words in OPEN_TO_HIM}
        for url in (draft, *asked.values()):
            walk.get(url)
        walk.post("library:selection", reverse("library:selection"), {"document": [made.restricted.pk]})
        document = {
            name: reverse(f"library:{name}", args=[made.restricted.pk])
            for name in ("document", "preview", "docx", "text")
        }
        idea = f"{reverse('report:idea')}?document={made.restricted.pk}"
    said = {url for url, _ in telling(walk.heard)}
    assert {*document.values(), idea} <= said and any("selection" in url for url in said)
    assert any("original" in url for url in said)
    assert made.restricted.title in walk.heard[draft]
    for words, url in asked.items():
        assert ("找到 <b>1</b> 篇" in walk.heard[url]) is (ACROSS not in words), words
    assert SECOND.partition("\n")[0] in walk.heard[document["document"]]


def test_every_address_is_opened_by_somebody() -> None:
    """So that no page is passed over because what it needs was never there. One that only takes what is sent says so."""
    left = [
        one for one in routes() if one[0] not in {*PAGES, *OWN, *DOORS}
    ]  # who opens those, tests/web/test_access says
    with library(secret=True, indexed=True) as made:
        atlas = Atlas(made)
        for who in ("clerk", "keeper", "superior", "admin", "member"):
            walk = Walk.of(made, who)
            for name, route in sorted(left, key=scan_first):
                for url in atlas.urls(name, route):
                    walk.get(url)
                if name in walk.opened or all(walk.heard[url].startswith("405") for url in atlas.urls(name, route)):
                    left.remove((name, route))
    assert left == [], "nobody opens these: give walking.Atlas what they need"
