"""Every address of the library, walked by everyone who must not pass and by everyone who may."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast, standing_cast
from tests.house.kept import kept
from tests.library.making import AT, DAY
from tests.web.forms import signed_in
from tests.web.rights_of_pages import INSIDE, LIBRARY, LIBRARY_PASSES, OUTSIDE
from youju.library.documents.values import Origin
from youju.library.entitlements.actions import issue
from youju.library.intake.receiving import receive_files
from youju.library.intake.tasks import go_on
from youju.library.models import Code, Document, Intake, SavedSearch
from youju.library.saved.actions import save_search

pytestmark = pytest.mark.django_db
PAPER = "青禾支部总结\n一、做法\n走访社员九十户。\n更多精品公文范文请关注公众号\n"


@dataclass(frozen=True)
class Shelf:
    """One document of 青禾 with something cleaned off, the run that brought it, and what the clerk and the admin keep."""

    cast: Cast
    document: Document
    intake: Intake
    search: SavedSearch
    code: Code

    def url(self, name: str) -> str:
        page = name.partition(":")[2]
        of_document = {"preview", "document", "docx", "text", "open_whole", "describe", "remove"}
        args: list[int] = []
        if page in of_document:
            args = [self.document.pk]
        elif page == "original":
            args = [self.document.pk, self.document.copies.get().pk]
        elif page in ("put_back", "take_off"):
            args = [self.document.removals.get().pk]
        elif page in ("intake", "resume"):
            args = [self.intake.pk]
        elif page in ("open_saved", "drop"):
            args = [self.search.pk]
        elif page == "revoke_code":
            args = [self.code.pk]
        return reverse(name, args=args)


@kept
def shelf() -> Shelf:
    cast = standing_cast()
    files = [("总结.txt", [PAPER.encode()])]
    intake = receive_files(files=files, unit=cast.branch, origin=Origin.OWN, token="一页", by=cast.clerk, at=AT)
    intake = go_on(intake, at=AT)
    search = save_search(user=cast.clerk, name="走访", address="q=走访", at=AT)
    code, _ = issue(quota=3, until=date(2027, 1, 1), note="", by=cast.admin, at=AT)
    return Shelf(cast, Document.objects.get(), intake, search, code)


@pytest.fixture(autouse=True)
def on_that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_TODAY", DAY.isoformat())


def answer(client: Client, method: str, url: str) -> int:
    return (client.get(url) if method == "GET" else client.post(url)).status_code


@pytest.mark.parametrize("name", sorted(LIBRARY))
def test_who_passes(name: str) -> None:
    standing = shelf()
    only, who_passes = LIBRARY[name]
    refused = LIBRARY_PASSES[who_passes]
    url = standing.url(name)
    for method in ("GET", "POST"):
        for who in sorted((*INSIDE, *OUTSIDE), key=lambda one: one not in refused):  # who changes something comes last
            found = answer(signed_in(getattr(standing.cast, who)), method, url)
            if only and method != only:
                assert found == 405, (who, method)
            elif who in refused:
                assert found == refused[who], (who, method, found)
            elif method == "GET":
                assert found == 200, (who, found)
            else:
                # The one removed it, so the next finds it gone; empty forms come back with their faults.
                assert found in (200, 302, 400, 422) or (found == 404 and name in ("library:remove", "library:drop"))


@pytest.mark.parametrize("name", sorted(LIBRARY))
def test_nobody_comes_in_without_signing_in(name: str) -> None:
    url = shelf().url(name)
    for method in ("GET", "POST"):
        found = Client().get(url) if method == "GET" else Client().post(url)
        assert found.status_code == 405 or (found.status_code == 302 and found["Location"].startswith("/login/"))


def test_what_is_not_there_is_not_there() -> None:
    standing = shelf()
    client = signed_in(standing.cast.clerk)
    for name in ("intake", "document", "text", "describe"):
        assert client.get(reverse(f"library:{name}", args=[999_999])).status_code == 404
    for name in ("resume", "put_back", "take_off", "remove"):
        assert client.post(reverse(f"library:{name}", args=[999_999])).status_code == 404


def test_what_was_cleaned_off_is_put_back_and_taken_off_again_from_the_page() -> None:
    standing = shelf()
    client = signed_in(standing.cast.clerk)
    page = reverse("library:document", args=[standing.document.pk])
    assert "放回" in client.get(page).content.decode()
    back = client.post(standing.url("library:put_back"), follow=True).content.decode()
    article = back.partition("<article")[2].partition("</article>")[0]
    assert "已放回正文。" in back and "更多精品公文范文" in article and "再次清除" in back
    again = client.post(standing.url("library:put_back"), follow=True).content.decode()
    assert "这一处已经放回了。" in again
    off = client.post(standing.url("library:take_off"), follow=True).content.decode()
    assert "更多精品公文范文" not in off.partition("<article")[2].partition("</article>")[0]
