"""Every address of the site, asked by one reader: pages, what they link to, what their search forms answer, what leaves."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl, unquote_plus, urlencode, urljoin, urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve, reverse

from tests.web.forms import signed_in
from tests.web.library.planted import OPENING, PLANTED, Library
from tests.web.rights_of_pages import LIBRARY, OWN, PAGES
from tests.web.unpacked import said
from youju.library.models import Removal
from youju.web.shared import place

#: What differs from one asking to the next, whoever asks: tokens of forms, how long it took, a salted seal.
CHANGING = re.compile(
    r'name="(?:csrfmiddlewaretoken|page|token|form_key)" value="[^"]*"|nonce="?[^"\s]+|"X-CSRFToken": ?"[^"]+"|[\d.]+ 秒|封存 [0-9a-f]{8}'
)
TOLD = ("Content-Type", "Content-Disposition", "Location", "ETag", "Last-Modified")
#: An original is one file that holds all of it: it is given to who reads all of it, and there is none with less in it.
ORIGINAL_LINK = re.compile(r' <a class="link" href="[^"]*/original/\d+/">原件</a>')


def routes(patterns: Sequence[Any] | None = None, before: str = "", space: str = "") -> list[tuple[str, str]]:
    """(name, route) of every address of the house."""
    found: list[tuple[str, str]] = []
    for one in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(one, URLResolver):
            inside = f"{space}{one.namespace}:" if one.namespace else space
            found += routes(one.url_patterns, before + str(one.pattern), inside)
        elif isinstance(one, URLPattern):
            found.append((f"{space}{one.name}", before + str(one.pattern)))
    return sorted(found)


@dataclass(frozen=True)
class Atlas:
    """Addresses of one library: of each named address one, of those of the library one a document."""

    made: Library

    def urls(self, name: str, route: str) -> list[str]:
        if name in LIBRARY:
            return self._library(name, route)
        if name in PAGES or name in OWN:
            return [self.made.scene.url(name)]
        known = self._known(name)
        keys = re.findall(r"<(?:\w+:)?(\w+)>", route)
        unknown = [key for key in keys if key not in known]
        assert not unknown, f"{name} asks for {unknown}: say in Atlas._known what that is, so that it is walked"
        url = reverse(name, kwargs={key: known[key] for key in keys})
        return [f"{url}?{urlencode(self._asked(name))}"]

    def _known(self, name: str) -> dict[str, Any]:
        scene = self.made.scene
        known = {"rule_id": "heart_talk", "session_id": scene.signing.pk, "reading_id": 999_999, **self.made.keys}
        if name.startswith("login"):
            return known | {"code": "AAAA-AAAA", "token": "0" * 43}
        return known if name == "signin:scan" else known | {"code": "2026"}

    def _asked(self, name: str) -> dict[str, object]:
        if name == "report:idea":
            return {"document": self.made.restricted.pk}
        if name.startswith("notices"):
            return {"unit": self.made.scene.cast.above.pk}
        more = {"key": f"notice/{self.made.keys['notice_id']}"} if name == "today:single" else {}
        return {"unit": self.made.scene.cast.branch.pk, **more}

    def _library(self, name: str, route: str) -> list[str]:
        key = (re.findall(r"<int:(\w+)>", route) or [""])[0]
        made = self.made
        documents = [*numbers(made), 999_999]
        if name == "library:original":
            copies = {row.pk: row.copies.first() for row in (made.restricted, *made.plain)}
            return [reverse(name, args=[pk, copy.pk]) for pk, copy in copies.items() if copy]
        given: dict[str, Sequence[int]] = {
            "": (), "document_id": documents, "intake_id": [made.intake.pk], "code_id": [made.code.pk],
            "removal_id": [*Removal.objects.order_by("pk").values_list("pk", flat=True)] or [1],
            "search_id": [made.searches[one].pk for one in ("clerk0", "member0")],
        }  # fmt: skip
        assert key in given, f"{name} asks for {key}: say in Atlas._library what that is, so that it is walked"
        return [reverse(name, args=[pk]) for pk in given[key]] if key else [reverse(name)]


def numbers(made: Library) -> list[int]:
    """Of the documents, those that reach nobody here too: in the twin, where they never came, they are the next ones."""
    last = made.restricted.pk
    return [last, *(row.pk for row in made.plain), last + 1, last + 2]


class Links(HTMLParser):
    """The addresses a page leads to, and its forms that ask: where to, and by which field of words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.hrefs: list[str] = []
        self.asking: list[tuple[str, str]] = []
        self._action: str | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        attrs = {key: value or "" for key, value in pairs}
        if tag == "a" and attrs.get("href"):
            self.hrefs.append(unescape(attrs["href"]))
        self.hrefs += [unescape(attrs[name]) for name in ("hx-get", "data-href") if attrs.get(name)]
        if tag == "form":
            self._action = attrs.get("action", "") if attrs.get("method", "get").lower() == "get" else None
        if tag == "input" and self._action is not None and attrs.get("type", "text") in ("text", "search"):
            self.asking.append((self._action, attrs.get("name", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._action = None


@dataclass
class Walk:
    """One reader on his way. ``heard``: what each address answered, as it would be compared."""

    made: Library
    who: str
    client: Client
    heard: dict[str, str] = field(default_factory=dict)
    opened: set[str] = field(default_factory=set)
    near: list[str] = field(default_factory=list)  # those whose answer asked the library something
    asked: set[tuple[str, str]] = field(default_factory=set)

    @classmethod
    def of(cls, made: Library, who: str) -> Walk:
        user = {**made.readers, **made.entitled}[who]
        return cls(made, who, signed_in(user) if user else Client())

    def get(self, url: str, *, follow: bool = False) -> None:
        """Asks once; with ``follow`` the pages to which one of the library leads as well, each shape once."""
        if url in self.heard:
            return
        self.client.cookies.pop(place.COOKIE, None)  # where he was last is no matter of the library
        with noticing() as asked:
            answer = self.client.get(url)
            text = self.heard[url] = heard(answer)
        if asked:
            self.near.append(url)
        if answer.status_code < 400 and not answer.get("Location", "").startswith("/login/"):
            self.opened.add(resolve(urlsplit(url).path).view_name)
        if answer.status_code != 200 or "html" not in answer["Content-Type"]:
            return
        links = Links(text)
        for action, name in links.asking:
            self._ask(urljoin(url, action or urlsplit(url).path), name)
        if follow and asked:
            for href in links.hrefs:
                self._go(urljoin(url, href))

    def _ask(self, action: str, name: str) -> None:
        """What a page offers to look for, it is asked for."""
        if name and (urlsplit(action).path, name) not in self.asked:
            self.asked.add((urlsplit(action).path, name))
            for words in (PLANTED, "暗线订单", "青萝滩") if "library" in action or "find" in action else ("暗线订单",):
                given = dict(parse_qsl(urlsplit(action).query)) | {name: words}
                self.get(f"{urlsplit(action).path}?{urlencode(given)}")

    def _go(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.netloc or not parts.path.startswith("/"):
            return
        try:
            view = resolve(parts.path).view_name
        except Resolver404:
            return
        if view == "account_logout":
            return
        query = dict(parse_qsl(parts.query))
        shape = (
            view,
            "&".join(
                f"{key}={query[key] if key in ('tab', 'added', 'sort', 'all', 'state') else ''}"
                for key in sorted(query)
            ),
        )
        if shape not in self.asked:
            self.asked.add(shape)
            self.get(url.partition("#")[0])

    def post(self, name: str, url: str, data: dict[str, Any]) -> None:
        """What a form sent answers; what it changed is undone."""
        for file in data.values():
            if isinstance(file, SimpleUploadedFile):
                file.seek(0)
        with undone():
            answer = self.client.post(url, data, follow=True)
            text = heard(answer)
        typed = {key: value for key, value in data.items() if not isinstance(value, SimpleUploadedFile)}
        self.heard[f"{name} POST {url} {typed}"] = "\n".join([str(answer.redirect_chain), text])  # type: ignore[attr-defined]


@contextmanager
def noticing() -> Iterator[list[str]]:
    """The questions to tables of the library meanwhile: what asks none knows nothing of it."""
    asked: list[str] = []

    def look(execute: Callable[..., Any], sql: str, *args: Any) -> Any:
        if '"library_' in sql:
            asked.append(sql)
        return execute(sql, *args)

    with connection.execute_wrapper(look):
        yield asked


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def heard(answer: HttpResponse) -> str:
    """An answer as it is compared: its code, what it says of itself, all words of it."""
    told = [f"{name}: {answer[name]}" for name in TOLD if name in answer]
    text = CHANGING.sub("…", ORIGINAL_LINK.sub("", said(answer)))
    return "\n".join([str(answer.status_code), *told, text])


def posts(made: Library) -> list[tuple[str, str, dict[str, Any]]]:
    """Forms that are sent: every one of the library empty, and those that answer with texts filled in."""
    atlas = Atlas(made)
    found: list[tuple[str, str, dict[str, Any]]] = [
        (name, url, {}) for name, route in routes() if name in LIBRARY and LIBRARY[name][0] != "GET" for url in atlas.urls(name, route)
    ]  # fmt: skip
    known = numbers(made)
    found += [
        ("library:selection", reverse("library:selection"), {"document": known}),
        ("library:selection", reverse("library:selection"), {"document": known[-2:]}),
        ("library:save", reverse("library:save"), {"name": "搜", "address": f"q={PLANTED}"}),
        ("library:enter_code", reverse("library:enter_code"), {"code": "AAAA-AAAA-AAAA-AAAA"}),
        ("report:preview", reverse("report:preview", args=[made.draft.pk]), {"text": f"听说{OPENING}。"}),
        ("report:audit", reverse("report:audit"), {"file": SimpleUploadedFile("稿.txt", f"述职报告\n听说{OPENING}。".encode())}),
    ]  # fmt: skip
    return found


def asked_in(url: str) -> str:
    """The words of an address, which its answer says again."""
    return unquote_plus(url)
