"""What a browser without scripts would send back from a page, so that a test types into the page itself."""

from __future__ import annotations

from html.parser import HTMLParser

from django.http import HttpResponse
from django.test import Client

from youju.accounts.models import User


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def refused(answer: HttpResponse) -> str:
    """The page of a form that came back: it says so in its title."""
    page = answer.content.decode()
    assert answer.status_code == 422 and "<title>错误：" in page, answer.status_code
    return page


class Fields(HTMLParser):
    """``data``: the fields of the page's own form (the first one with ``data-once``) as they stand, by name."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.data: dict[str, list[str]] = {}
        self._inside = False
        self._select = ""
        self._area = ""
        self.feed(text)

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        attrs = {key: value or "" for key, value in pairs}
        if tag == "form":
            self._inside = "data-once" in attrs
        if not self._inside:
            return
        name = attrs.get("name", "")
        if tag == "input" and name:
            self._input(name, attrs)
        elif tag == "select":
            self._select = name
        elif tag == "option":
            if "selected" in attrs:
                self.data[self._select] = [attrs["value"]]
            else:
                self.data.setdefault(self._select, [attrs["value"]])  # the first one, until one is selected
        elif tag == "textarea":
            self._area = name
            self.data[name] = [""]

    def _input(self, name: str, attrs: dict[str, str]) -> None:
        if attrs.get("type") not in ("checkbox", "radio"):
            self.data.setdefault(name, []).append(attrs.get("value", ""))
        elif "checked" in attrs:
            self.data.setdefault(name, []).append(attrs.get("value", "on"))

    def handle_data(self, data: str) -> None:
        if self._area:
            self.data[self._area][0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area:
            self.data[self._area][0] = self.data[self._area][0].removeprefix("\n")
            self._area = ""
        elif tag == "form":
            self._inside = False
