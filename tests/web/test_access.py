"""Every address of the ledger, the problems, the people and 我的, walked by everyone who must not pass.

A page that ``rights_of_pages`` does not name fails the first test, so a new page cannot be forgotten.
"""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from tests.web.days import TODAY
from tests.web.forms import signed_in
from tests.web.one_of_each import Scene, one_of_each
from tests.web.rights_of_pages import (
    ANSWERED,
    ANSWERS,
    ASKED,
    INSIDE,
    LEADS,
    LIBRARY,
    OUTSIDE,
    OWN,
    PAGES,
    PHONE,
    REPORT,
    SITE,
)
from youju.web.ledger import urls as ledger_urls
from youju.web.library import urls as library_urls
from youju.web.lists import urls as lists_urls
from youju.web.me import urls as me_urls
from youju.web.people import urls as people_urls
from youju.web.plan import urls as plan_urls
from youju.web.problems import urls as problems_urls
from youju.web.report import urls as report_urls
from youju.web.setup import urls as setup_urls
from youju.web.signin import urls as signin_urls
from youju.web.study import urls as study_urls
from youju.web.work import urls as work_urls

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(monkeypatch: pytest.MonkeyPatch) -> Scene:
    monkeypatch.setenv("YOUJU_TODAY", TODAY.isoformat())
    return one_of_each()


def names() -> set[str]:
    jobs = {
        "ledger": ledger_urls,
        "plan": plan_urls,
        "problems": problems_urls,
        "people": people_urls,
        "me": me_urls,
        "setup": setup_urls,
        "signin": signin_urls,
        "report": report_urls,
        "study": study_urls,
        "work": work_urls,
        "lists": lists_urls,
        "library": library_urls,
    }
    return {f"{job}:{p.name}" for job, urls in jobs.items() for p in urls.urlpatterns if isinstance(p, URLPattern)}


def answer(client: Client, method: str, url: str) -> int:
    return (client.get(url) if method == "GET" else client.post(url)).status_code


def test_every_page_is_named() -> None:
    assert names() == set(PAGES) | OWN | ASKED | ANSWERED | PHONE | SITE | REPORT | LEADS | set(LIBRARY)


@pytest.mark.parametrize("name", sorted(PAGES))
def test_who_does_not_pass(scene: Scene, name: str) -> None:
    url = scene.url(name)
    for method, may in zip(("GET", "POST"), PAGES[name], strict=True):
        for who in (*INSIDE, *OUTSIDE):
            if may is None:
                wanted = 405
            elif who in may:
                continue
            else:
                wanted = 404 if who in OUTSIDE else 403
            assert answer(signed_in(getattr(scene.cast, who)), method, url) == wanted, (who, method, url)


@pytest.mark.parametrize(("name", "who"), [(name, who) for name, (get, _) in PAGES.items() for who in get or ()])
def test_who_may_read(scene: Scene, name: str, who: str) -> None:
    assert answer(signed_in(getattr(scene.cast, who)), "GET", scene.url(name)) == 200


@pytest.mark.parametrize(("name", "who"), [(name, who) for name, (_, post) in PAGES.items() for who in post or ()])
def test_who_may_write(scene: Scene, name: str, who: str) -> None:
    """An empty form comes back with its faults, or is taken; an invitation or password is shown there and then, once."""
    shown = ("people:invite", "people:account_password", "report:preview")
    taken = (200,) if name in shown else (302, 422)
    assert answer(signed_in(getattr(scene.cast, who)), "POST", scene.url(name)) in taken


@pytest.mark.parametrize("name", sorted(set(PAGES) | OWN))
def test_a_stranger_is_asked_to_sign_in(scene: Scene, name: str) -> None:
    for method in ("GET", "POST"):
        client = Client()
        found = client.get(scene.url(name)) if method == "GET" else client.post(scene.url(name))
        assert found.status_code in (302, 405)
        assert found.status_code == 405 or found["Location"].startswith("/login/")


@pytest.mark.parametrize("name", sorted(PAGES))
def test_what_is_not_there_is_not_there(scene: Scene, name: str) -> None:
    """The record of one unit under the address of another, and ids that do not exist."""
    method = "GET" if PAGES[name][0] is not None else "POST"
    url = scene.url(name)
    wrong = url.replace(f"={scene.cast.branch.pk}", "=999999").replace(f"/{scene.cast.branch.pk}/", "/999999/", 1)
    if name.startswith("people:") and "?" not in url:
        wrong = url.replace(f"/people/{scene.cast.people[0].pk}/", "/people/999999/")
    if name.startswith("people:account"):
        wrong = wrong.replace(f"/accounts/{scene.cast.clerk.pk}/", "/accounts/999999/")
    if name == "people:correction":
        wrong = url.replace(f"/{scene.correction.pk}/", "/999999/")
    if name == "people:forget":
        wrong = url.replace(f"/{scene.leaver.pk}/", "/999999/")
    if name in ("people:term_extend", "people:term_withdraw", "plan:line", *ANSWERS):
        wrong = reverse(name, args=[999999])
    if name.startswith("report:") and wrong == url:
        wrong = re.sub(r"/(draft|handed)/\d+/", r"/\1/999999/", url)
    if name == "people:revoke_invitation":
        wrong = url.replace(f"/{scene.invitation.pk}/", "/999999/")
    assert wrong != url
    assert answer(signed_in(scene.cast.clerk), method, wrong) == 404


@pytest.mark.parametrize("name", sorted(OWN))
def test_one_sees_oneself_and_nobody_else(scene: Scene, name: str) -> None:
    own = signed_in(scene.cast.member).get(reverse(name))
    assert own.status_code == 200
    if name == "me:export_json":
        said = own.content.decode()
        assert scene.cast.people[-1].name in said
        assert scene.cast.people[0].name not in said
    for who in ("stranger", "clerk"):  # accounts that are no member's own
        other = signed_in(getattr(scene.cast, who)).get(reverse(name))
        assert other.status_code == (200 if name == "me:index" else 404)
        assert scene.cast.people[-1].name not in other.content.decode()
