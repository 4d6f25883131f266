"""找: a page of its own, and the part of it that the box of Ctrl K shows while one types."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from youju.kit.refusal import Refusal
from youju.people.roles.rules import Right
from youju.web.find.sources import Group, found
from youju.web.shared import place

LONGEST = 60


@dataclass(frozen=True)
class FindPage:
    words: str
    groups: tuple[Group, ...]

    @property
    def many(self) -> int:
        return sum(len(group.hits) for group in self.groups)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """``?words=``: what this reader may open that is called so. Asked by htmx, only the list comes."""
    _stand(request)
    words = " ".join(request.GET.get("words", "")[:LONGEST].replace("\x00", "").split())
    page = FindPage(words, found(request, words))
    template = "find/_found.html" if request.headers.get("HX-Request") else "find/index.html"
    return render(request, template, {"page": page})


def _stand(request: HttpRequest) -> None:
    """The unit the reader was last at, for what is done there; who has none looks through the pages alone."""
    for right in (Right.READ_RECORDS, Right.READ_NUMBERS):
        try:
            place.unit_of(request, right)
        except Refusal:
            continue
        return
