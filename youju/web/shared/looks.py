"""Theme and text size, in two cookies that the server reads: the first paint is right and no script is needed."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

YEAR = 365 * 24 * 3600
SIZES = {"": "标准", "l": "大", "xl": "特大"}
THEMES = {"": "跟随系统", "light": "日间", "dark": "夜间"}
_NEXT_SIZE = {"": ("l", "大字"), "l": ("xl", "特大字"), "xl": ("standard", "标准字")}


@dataclass(frozen=True)
class Looks:
    """How this reader wants pages to look; empty means the standard size and the system's own theme."""

    theme: str
    size: str

    @property
    def next_size(self) -> str:
        return _NEXT_SIZE[self.size][0]

    @property
    def next_size_label(self) -> str:
        return _NEXT_SIZE[self.size][1]

    @property
    def next_theme(self) -> str:
        return "light" if self.theme == "dark" else "dark"


def looks_of(request: HttpRequest) -> Looks:
    theme = request.COOKIES.get("theme", "")
    size = request.COOKIES.get("size", "")
    return Looks(theme=theme if theme in THEMES else "", size=size if size in SIZES else "")


def keep(response: HttpResponse, *, name: str, value: str, secure: bool) -> None:
    """Keep one choice in its cookie; anything that is not a choice is the standard, which needs no cookie."""
    choices = SIZES if name == "size" else THEMES
    if value and value in choices:
        response.set_cookie(name, value, max_age=YEAR, samesite="Lax", httponly=True, secure=secure)
    else:
        response.delete_cookie(name, samesite="Lax")
