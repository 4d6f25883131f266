"""素材 beside a draft: what the library holds of some words, each with its passage to be taken along as a shape."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from youju.accounts.models import User
from youju.library.documents.queries import Shown, shown_many, visible_to
from youju.library.entitlements.queries import reader_of
from youju.library.entitlements.values import Reader
from youju.library.search.asked import Asked
from youju.library.search.queries import find, snippet_in
from youju.web.shared import clock
from youju.web.shared.marking import cut

MOST_FOUND = 8
MOST_WORDS = 60


@dataclass(frozen=True)
class Offer:
    shown: Shown
    snippet: SafeString
    section: str
    url: str
    idea_url: str


@dataclass(frozen=True)
class Materials:
    """``words`` as they were typed; without any, what came in last."""

    words: str
    total: int
    offers: tuple[Offer, ...]
    all_url: str


def reader(request: HttpRequest) -> Reader:
    assert isinstance(request.user, User)
    return reader_of(request.user, on=clock.today())


def has_library(request: HttpRequest) -> bool:
    """Whether anything of the library reaches him: a tab with nothing behind it is not offered."""
    return visible_to(reader(request)).exists()


def materials(request: HttpRequest) -> Materials:
    eyes = reader(request)
    words = request.GET.get("q", "").replace("\x00", "").strip()[:MOST_WORDS]
    found = find(eyes, Asked(words=words), on=clock.today(), limit=MOST_FOUND)
    shown = shown_many(eyes, [hit.document for hit in found.hits])
    offers = []
    for hit in found.hits:
        one = shown.get(hit.document)
        if one is None:
            continue
        snippet = snippet_in(found.query, one)
        here = snippet.section
        start, end = (here.start, here.end) if here else (snippet.start, snippet.end)
        taken = urlencode({"document": one.document.pk, "start": start, "end": end})
        offers.append(
            Offer(
                shown=one, snippet=cut(one.text, snippet.start, snippet.end, snippet.marks),
                section=here.heading if here else "", url=reverse("library:document", args=[one.document.pk]),
                idea_url=f"{reverse('report:idea')}?{taken}",
            )
        )  # fmt: skip
    all_url = f"{reverse('library:index')}?{urlencode({'q': words})}" if words else reverse("library:index")
    return Materials(words, found.total, tuple(offers), all_url)
