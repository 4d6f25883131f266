"""首次启用 in the browser: everything leads there while nobody has an account, on this machine only, and once."""

from __future__ import annotations

import pytest
from django.test import Client

from tests import make
from tests.web.browser import DESKTOP, PHONE, VARIANTS, at, axe, look, no_sideways_scroll, shot, turn_to, windows
from youju.accounts.models import User
from youju.people.models import Member, Unit

HERE = {"HTTP_HOST": "127.0.0.1:8000"}
TYPED = {
    "branch": "青禾县供销社机关党支部",
    "short_name": "供销社支部",
    "above": "青禾县直机关工委",
    "name": "程远",
    "since": "",
    "username": "chengyuan",
    "password": "a-green-field-0713",
    "again": "a-green-field-0713",
}


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/ledger/", "/people/", "/report/", "/login/"])
def test_every_page_leads_there(address: str) -> None:
    answer = Client(**HERE).get(address, follow=True)
    assert answer.request["PATH_INFO"] == "/login/first/"
    assert "首次启用" in answer.content.decode()


@pytest.mark.django_db
def test_from_the_form_to_the_roster() -> None:
    client = Client(**HERE)
    answer = client.post("/login/first/", TYPED, follow=True)
    assert answer.request["PATH_INFO"] == "/people/"
    page = answer.content.decode()
    assert "下一步" in page and "供销社支部" in page and "程远" in page
    assert client.get("/").status_code == 200
    again = Client(**HERE).post("/login/first/", {**TYPED, "username": "another"}, follow=True)
    assert again.request["PATH_INFO"] == "/login/"
    assert "已经有人启用" in again.content.decode()
    assert Client(**HERE).get("/login/first/")["Location"] == "/login/"
    assert (User.objects.count(), Member.objects.count(), Unit.objects.count()) == (1, 1, 2)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"branch": ""}, "请写党支部全称。"),
        ({"name": ""}, "请写姓名。"),
        ({"username": ""}, "请写登录名。"),
        ({"password": "", "again": ""}, "请填写密码。"),
        ({"again": "another-field-0713"}, "两次输入的密码不一样"),
        ({"password": "1234567890", "again": "1234567890"}, "太常见"),
        ({"since": "2099-01-01"}, "转入日期不能晚于今天。"),
    ],
)
def test_a_fault_keeps_what_was_typed_but_the_password(change: dict[str, str], sentence: str) -> None:
    answer = Client(**HERE).post("/login/first/", {**TYPED, **change})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page and "青禾县直机关工委" in page
    assert "field-0713" not in page
    assert not User.objects.exists() and not Unit.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "elsewhere",
    [
        {"REMOTE_ADDR": "10.1.2.3"},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_FORWARDED": "for=127.0.0.1"},
        {"HTTP_X_REAL_IP": "127.0.0.1"},
        {"HTTP_VIA": "1.1 proxy"},
        {"HTTP_HOST": "ledger.example:8000"},  # a foreign name that leads to this machine
        {"HTTP_HOST": "127.0.0.1.example"},
    ],
)
def test_elsewhere_it_only_says_where_to_go(elsewhere: dict[str, str]) -> None:
    client = Client(**{**HERE, **elsewhere})
    for answer in (client.get("/login/first/"), client.post("/login/first/", TYPED)):
        assert answer.status_code == 403
        page = answer.content.decode()
        assert (
            "请在那台机器上启用" in page and "youju account first" in page and "<input" not in page.split("footer")[0]
        )
    assert not User.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1", "[::1]:8000", "[::1]"])
def test_this_machine_has_several_names(host: str) -> None:
    assert Client(HTTP_HOST=host).get("/login/first/").status_code == 200


@pytest.mark.django_db
def test_it_needs_its_token() -> None:
    assert Client(enforce_csrf_checks=True, **HERE).post("/login/first/", TYPED).status_code == 403
    assert not User.objects.exists()


@pytest.mark.django_db
def test_own_password() -> None:
    user = make.user("程远", password="a-green-field-0713")
    client, elsewhere = Client(), Client()
    for one in (client, elsewhere):
        one.force_login(user)
    typed = {"old": "a-green-field-0713", "password": "a-blue-river-1024", "again": "a-blue-river-1024"}
    for change, sentence in (
        ({"old": "wrong"}, "现在的密码不对"),
        ({"old": ""}, "请填写现在的密码"),
        ({"again": "x"}, "两次输入的密码不一样"),
        ({"password": "short", "again": "short"}, "至少要 10 个字符"),
    ):
        answer = client.post("/login/password/", {**typed, **change})
        assert answer.status_code == 422 and sentence in answer.content.decode(), change
    assert client.post("/login/password/", typed)["Location"] == "/shared/more/"
    assert "密码已更改" in client.get("/shared/more/").content.decode()
    assert elsewhere.get("/shared/more/").status_code == 302  # signed out by the change
    user.refresh_from_db()
    assert user.check_password("a-blue-river-1024")


@pytest.mark.django_db
def test_own_password_is_for_who_has_one() -> None:
    client = Client()
    assert client.get("/login/password/")["Location"].startswith("/login/")
    client.force_login(make.user())
    assert client.get("/login/password/").status_code == 404
    assert "更改密码" not in client.get("/shared/more/").content.decode()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_first_page_looks_right(page, live_server):  # type: ignore[no-untyped-def]
    for window in windows(VARIANTS):
        turn_to(page, live_server.url, window)
        page.goto(live_server.url)
        assert page.url.endswith("/login/first/")
        look(page, window, "first")
        page.get_by_role("button", name="启用").click()
        page.get_by_text("请写党支部全称。").first.wait_for()
        look(page, window, "first-faults")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_from_an_empty_folder_to_the_roster_by_hand(page, live_server, size):  # type: ignore[no-untyped-def]
    at(page, live_server.url, size)
    page.goto(live_server.url)
    for label, text in (
        ("党支部全称", TYPED["branch"]), ("姓名", TYPED["name"]), ("登录名", TYPED["username"]),
        ("再输一次密码", TYPED["again"]),
    ):  # fmt: skip
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_label("密码", exact=True).fill(TYPED["password"])
    page.get_by_role("button", name="启用").click()
    page.wait_for_url("**/people/")
    shot(page, f"first-roster-{size[0]}")
    axe(page)
    page.goto(f"{live_server.url}/login/password/")
    shot(page, f"password-{size[0]}")
    axe(page)
    no_sideways_scroll(page)
