"""What rail and tabs offer to whom, which unit a page is about, and the looks."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests import make
from tests.cast import Cast, standing_cast
from youju.accounts.models import User
from youju.people.roles.actions import grant
from youju.people.roles.rules import Role

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.shared.gallery")]


@pytest.fixture
def cast() -> Cast:
    return standing_cast(groups=2)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def rail(page: str) -> list[str]:
    nav = page.split('aria-label="主导航"')[1].split("</nav>")[0]
    return re.findall(r'title="([^"]+)"', nav)


def test_the_clerk_sees_the_ledger_and_may_record(cast: Cast) -> None:
    page = signed_in(cast.clerk).get("/shared/more/").content.decode()
    assert rail(page) == [
        "本月应做",
        "台账",
        "述职",
    ]  # only pages that the gallery has
    assert "记一次" in page


def test_the_committee_reads_and_does_not_record(cast: Cast) -> None:
    page = signed_in(cast.committee).get("/shared/more/").content.decode()
    assert rail(page) == ["本月应做", "台账", "述职"]
    assert "记一次" not in page


@pytest.mark.parametrize("who", ["member", "superior", "admin", "stranger"])
def test_others_see_no_ledger(who: str, cast: Cast) -> None:
    page = signed_in(getattr(cast, who)).get("/shared/more/").content.decode()
    assert rail(page) == []
    assert "记一次" not in page


def test_a_badge_is_said_in_words(cast: Cast) -> None:
    page = signed_in(cast.clerk).get("/").content.decode()
    assert '<span class="sr">2 项逾期</span>' in page


def test_one_unit_needs_no_switcher(cast: Cast) -> None:
    """The groups of a branch are no desks of their own."""
    assert "换一个组织" not in signed_in(cast.clerk).get("/").content.decode()


def test_who_serves_two_units_switches_by_a_link_and_stays(cast: Cast) -> None:
    grant(user=cast.clerk, unit=cast.other, role=Role.CLERK, since=make.LONG_AGO, by=None, at=make.START)
    client = signed_in(cast.clerk)
    assert f'href="/?unit={cast.other.pk}"' in client.get("/").content.decode()
    assert "<small>柳溪镇机关党支部</small>" in client.get(f"/?unit={cast.other.pk}").content.decode()
    assert "<small>柳溪镇机关党支部</small>" in client.get("/").content.decode()


@pytest.mark.parametrize("named", ["other", "nonsense", "99999999999999999999", "-1"])
def test_a_unit_that_is_not_his_does_not_exist(named: str, cast: Cast) -> None:
    value = cast.other.pk if named == "other" else named
    assert signed_in(cast.clerk).get(f"/?unit={value}").status_code == 404


def test_a_unit_without_the_right_is_refused(cast: Cast) -> None:
    assert signed_in(cast.member).get(f"/?unit={cast.branch.pk}").status_code == 403
    assert signed_in(cast.member).get("/").status_code == 403


def test_a_remembered_unit_that_is_no_longer_his_is_forgotten(cast: Cast) -> None:
    client = signed_in(cast.clerk)
    client.cookies["unit"] = str(cast.other.pk)
    assert "<small>青禾县供销社机关党支部</small>" in client.get("/").content.decode()


def test_looks_are_kept_and_read_by_the_server(cast: Cast) -> None:
    client = signed_in(cast.clerk)
    answer = client.post("/shared/looks/", {"size": "l", "theme": "dark", "next": "/form/"})
    assert answer.headers["Location"] == "/form/"
    assert '<html lang="zh-CN" data-theme="dark" data-size="l">' in client.get("/").content.decode()
    client.post("/shared/looks/", {"size": "standard", "theme": "", "next": "/"})
    assert '<html lang="zh-CN">' in client.get("/").content.decode()


@pytest.mark.parametrize("wanted", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", ""])
def test_looks_lead_nowhere_else(wanted: str) -> None:
    assert Client().post("/shared/looks/", {"size": "l", "next": wanted}).headers["Location"] == "/"


def test_looks_ignore_what_is_no_choice() -> None:
    client = Client()
    client.post("/shared/looks/", {"size": 'l" onload="x', "theme": "pink"})
    assert '<html lang="zh-CN">' in client.get("/login/first/").content.decode()


def test_the_shell_costs_few_queries(cast: Cast, django_assert_max_num_queries: object) -> None:
    client = signed_in(cast.clerk)
    with django_assert_max_num_queries(10):  # type: ignore[operator]
        client.get("/")
