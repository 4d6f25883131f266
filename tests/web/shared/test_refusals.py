"""A refusal becomes the right page, and a form keeps what was typed."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.cast import Cast, standing_cast

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.shared.gallery")]


@pytest.fixture
def cast() -> Cast:
    return standing_cast()


def signed_in(user: object) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user)  # type: ignore[arg-type]
    return client


@pytest.mark.parametrize(
    ("how", "status", "sentence"),
    [("yours", 404, "没有这个页面"), ("allowed", 403, "没有这项权限"), ("other", 400, "已经定稿，不能再改")],
)
def test_a_refusal_is_a_page(how: str, status: int, sentence: str, cast: Cast) -> None:
    answer = signed_in(cast.clerk).get(f"/refused/{how}/")
    assert answer.status_code == status
    assert sentence in answer.content.decode()


def test_a_fault_of_the_program_asks_nothing_of_the_database(cast: Cast) -> None:
    answer = signed_in(cast.clerk).get("/crash/")
    assert answer.status_code == 500
    assert "是程序的问题，不是您的操作" in answer.content.decode()
    assert "RuntimeError" not in answer.content.decode()


def test_a_form_comes_back_with_what_was_typed(cast: Cast) -> None:
    answer = signed_in(cast.clerk).post("/form/", {"title": "第三季度党员大会", "place": "b", "minutes": "大家发言"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>错误：记一次 · 有据</title>" in page
    assert 'value="第三季度党员大会"' in page
    assert ">大家发言</textarea>" in page.replace("\n", "")
    assert '<option value="b" selected>' in page
    assert '<a href="#id_held_on">请选召开日期。</a>' in page
    assert '<a href="#id_kinds_0">请至少选一类。</a>' in page
    assert 'aria-describedby="id_held_on-err"' in page


def test_a_refusal_of_an_action_stands_beside_its_field(cast: Cast) -> None:
    answer = signed_in(cast.clerk).post(
        "/form/", {"title": "会", "held_on": "2099-01-01", "place": "a", "kinds": ["c"]}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert '<a href="#id_held_on">这一天还没有到' in page
    assert 'value="2099-01-01"' in page


def test_a_form_without_its_token_is_told_why(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.clerk)
    answer = client.post("/form/", {"title": "会"})
    assert answer.status_code == 403
    assert "页面放得太久了" in answer.content.decode()


def test_every_page_carries_the_policy(cast: Cast) -> None:
    for address in ("/", "/nowhere/", "/login/", "/refused/allowed/"):
        policy = signed_in(cast.clerk).get(address, follow=True).headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy


def test_a_stranger_is_asked_to_sign_in() -> None:
    answer = Client().get("/form/")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/login/?next=/form/"
