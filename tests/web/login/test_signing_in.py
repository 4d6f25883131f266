"""登录与退出: who gets in, where he lands, what wrong tries cost, and links of a demonstration."""

from __future__ import annotations

import json

import pytest
from django.core.cache import cache
from django.test import Client

from tests.cast import Cast, standing_cast
from youju.accounts.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.shared.gallery")]

PASSWORD = "green-field-0713"


@pytest.fixture(autouse=True)
def no_tries_yet() -> None:
    cache.clear()


@pytest.fixture
def cast() -> Cast:
    cast = standing_cast()
    for user in (cast.clerk, cast.member, cast.superior):
        user.set_password(PASSWORD)
        user.save()
    return cast


def enter(client: Client, user: User, password: str = PASSWORD, **more: str) -> tuple[int, str]:
    answer = client.post("/login/", {"login": user.username, "password": password, **more})
    return answer.status_code, answer.headers.get("Location", "")


def test_a_clerk_lands_on_what_is_owed(cast: Cast) -> None:
    client = Client()
    assert enter(client, cast.clerk) == (302, "/")
    assert client.get("/").status_code == 200
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == 8 * 3600


def test_where_no_page_is_his_he_lands_on_more(cast: Cast) -> None:
    """The gallery has neither 我的 nor 总览."""
    assert enter(Client(), cast.member) == (302, "/shared/more/")
    assert enter(Client(), cast.superior) == (302, "/shared/more/")


def test_next_is_followed_inside_the_site_only(cast: Cast) -> None:
    assert enter(Client(), cast.clerk, next="/form/") == (302, "/form/")
    assert enter(Client(), cast.clerk, next="https://elsewhere.example/") == (302, "/")
    assert enter(Client(), cast.clerk, next="//elsewhere.example/") == (302, "/")


def test_next_survives_a_wrong_password(cast: Cast) -> None:
    page = Client().post("/login/", {"login": cast.clerk.username, "password": "wrong", "next": "/form/"})
    assert '<input type="hidden" name="next" value="/form/">' in page.content.decode()


def test_a_wrong_password_keeps_the_name_and_says_what_to_do(cast: Cast) -> None:
    answer = Client().post("/login/", {"login": cast.clerk.username, "password": "wrong"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "登录名或密码不对" in page
    assert f'value="{cast.clerk.username}"' in page
    assert "wrong" not in page


def test_an_unknown_name_reads_the_same(cast: Cast) -> None:
    page = Client().post("/login/", {"login": "nobody", "password": "wrong"}).content.decode()
    assert "登录名或密码不对" in page


def test_an_account_that_was_closed_does_not_get_in(cast: Cast) -> None:
    cast.clerk.is_active = False
    cast.clerk.save()
    client = Client()
    enter(client, cast.clerk)
    assert client.get("/").status_code == 302


def test_five_wrong_tries_close_the_name_for_a_while(cast: Cast) -> None:
    client = Client()
    for _ in range(5):
        assert enter(client, cast.clerk, "wrong")[0] == 422
    answer = client.post("/login/", {"login": cast.clerk.username, "password": PASSWORD})
    assert answer.status_code == 422
    assert "试错次数太多" in answer.content.decode()
    assert enter(Client(), cast.member)[0] == 302  # another name at the same address is not shut out


def test_tries_count_whatever_the_site_is_called(cast: Cast) -> None:
    for number in range(5):
        Client(HTTP_HOST=f"h{number}.example").post("/login/", {"login": cast.clerk.username, "password": "wrong"})
    answer = Client().post("/login/", {"login": cast.clerk.username.upper(), "password": PASSWORD})
    assert "试错次数太多" in answer.content.decode()


def test_who_is_signed_in_needs_no_form(cast: Cast) -> None:
    client = Client()
    enter(client, cast.clerk)
    answer = client.get("/login/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")


def test_leaving_takes_a_post(cast: Cast) -> None:
    client = Client()
    enter(client, cast.clerk)
    assert client.get("/login/out/").status_code == 405
    assert client.get("/").status_code == 200
    assert client.post("/login/out/").headers["Location"] == "/login/"
    assert client.get("/").status_code == 302


def test_nobody_signs_up_by_himself() -> None:
    for address in ("/login/signup/", "/signup/", "/accounts/signup/", "/accounts/login/"):
        assert Client().get(address).status_code == 404


def test_a_link_of_the_demonstration_signs_in(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_SIGNIN_TOKENS", json.dumps({"a-long-token": cast.clerk.username}))
    client = Client()
    assert client.get("/login/enter/a-long-token/").headers["Location"] == "/"
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("address", ["10.1.2.3", "192.168.1.9", "::2", "not an address", ""])
def test_a_link_works_on_this_machine_only(address: str, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_SIGNIN_TOKENS", json.dumps({"a-long-token": cast.clerk.username}))
    answer = Client().get("/login/enter/a-long-token/", REMOTE_ADDR=address, HTTP_X_FORWARDED_FOR="127.0.0.1")
    assert answer.status_code == 404


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"])
def test_a_link_does_not_work_through_a_proxy(header: str, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_SIGNIN_TOKENS", json.dumps({"a-long-token": cast.clerk.username}))
    assert Client().get("/login/enter/a-long-token/", headers={header: "127.0.0.1"}).status_code == 404


@pytest.mark.parametrize("tokens", [None, "", "not json", "[]", '{"other": "clerk"}', '{"a-long-token": "nobody"}'])
def test_without_its_token_a_link_is_nothing(tokens: str | None, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    if tokens is None:
        monkeypatch.delenv("YOUJU_SIGNIN_TOKENS", raising=False)
    else:
        monkeypatch.setenv("YOUJU_SIGNIN_TOKENS", tokens)
    assert Client().get("/login/enter/a-long-token/").status_code == 404


@pytest.mark.urls("youju.config.urls")
def test_the_real_addresses_carry_our_pages(cast: Cast) -> None:
    assert "用本组织发给您的登录名和密码" in Client().get("/login/").content.decode()
    client = Client()
    client.force_login(cast.clerk)
    missing = client.get("/no/such/page/")
    assert missing.status_code == 404
    assert "没有这个页面" in missing.content.decode()
    assert client.get("/shared/more/").status_code == 200


@pytest.mark.urls("youju.config.urls")
def test_an_address_that_asks_too_often_is_told_to_wait(settings: object) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip"}  # type: ignore[attr-defined]
    answers = [Client().post("/login/", {"login": "x", "password": "y"}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [422, 422, 429]
    assert "请稍候再试" in answers[-1].content.decode()
