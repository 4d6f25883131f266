"""账号: a site admin opens accounts, grants and withdraws within his reach, and sees no record and no roster."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import make
from tests.cast import Cast, standing_cast
from tests.web.browser import VARIANTS, look, look_over, sign_in, turn_to, windows
from tests.web.forms import Fields, signed_in
from youju.accounts.models import User
from youju.journal.models import Line
from youju.people.models import Grant
from youju.people.roles.rules import Role

TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_TODAY", TODAY.isoformat())


@pytest.fixture
def cast(db: None) -> Cast:
    return standing_cast(groups=2)


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined, no-any-return]


def typed(cast: Cast, **changes: object) -> dict[str, object]:
    form = Fields(text(signed_in(cast.admin).get("/people/accounts/new/"))).data
    new = {"name": "周明", "username": "zhouming", "unit": cast.branch.pk, "role": "committee"}
    return {**form, **new, **changes}


def local_admin(cast: Cast) -> User:
    """One who keeps the accounts of 青禾 alone."""
    return make.user("支部管理员", unit=cast.branch, role=Role.SITE_ADMIN)


def test_a_new_account_signs_in_with_the_password_shown_once(cast: Cast) -> None:
    answer = signed_in(cast.admin).post("/people/accounts/new/", typed(cast))
    assert answer.status_code == 200 and "no-store" in answer["Cache-Control"]
    shown = re.search(r"<code>([a-z2-9]{4}(?:-[a-z2-9]{4}){2})</code>", text(answer))
    assert shown
    user = User.objects.get(username="zhouming")
    assert user.check_password(shown[1])
    assert (user.grants.get().unit, user.grants.get().role, user.grants.get().since) == (
        cast.branch,
        "committee",
        TODAY,
    )
    client = Client()
    assert client.post("/login/", {"login": "zhouming", "password": shown[1]})["Location"] == "/"
    assert shown[1] not in text(signed_in(cast.admin).get(reverse("people:account", args=[user.pk])))
    lines = Line.objects.order_by("-pk")[:2]
    assert [(line.verb, line.by_id) for line in lines] == [("授予权限", cast.admin.pk), ("建立账号", cast.admin.pk)]


def test_sent_twice_it_is_made_once(cast: Cast) -> None:
    client = signed_in(cast.admin)
    assert client.post("/people/accounts/new/", typed(cast)).status_code == 200
    again = client.post("/people/accounts/new/", typed(cast))
    assert again.status_code == 422 and "已经有人用了" in text(again) and "周明" in text(again)
    assert User.objects.filter(name="周明").count() == 1


def test_what_is_wrong_is_said_and_kept(cast: Cast) -> None:
    for change, sentence in (
        ({"name": ""}, "请写姓名。"),
        ({"username": "zhou ming"}, "登录名"),
        ({"role": "king"}, "权限请重新选择。"),
        ({"unit": 999999}, "所在组织请重新选择。"),
        ({"unit": "x"}, "所在组织请重新选择。"),
        ({"since": "某日"}, "请写成"),
        ({"link": "on"}, "名册里没有叫“周明”"),
    ):
        answer = signed_in(cast.admin).post("/people/accounts/new/", typed(cast, **change))
        assert answer.status_code == 422 and sentence in text(answer), change
    assert not User.objects.filter(name="周明").exists()
    assert not User.objects.filter(username="zhouming").exists()


def test_a_new_account_is_linked_to_its_namesake(cast: Cast) -> None:
    person = make.member(cast.groups[0], "周明")
    signed_in(cast.admin).post("/people/accounts/new/", typed(cast, role="member", link="on"))
    person.refresh_from_db()
    assert person.user == User.objects.get(username="zhouming")
    assert "周明" in text(signed_in(person.user).get("/me/"))


def test_two_namesakes_are_not_guessed_at(cast: Cast) -> None:
    make.member(cast.groups[0], "周明")
    make.member(cast.groups[1], "周明")
    answer = signed_in(cast.admin).post("/people/accounts/new/", typed(cast, link="on"))
    assert answer.status_code == 422 and "分不清" in text(answer)
    assert not User.objects.filter(username="zhouming").exists()


def test_an_account_is_linked_later_and_once(cast: Cast) -> None:
    person = make.member(cast.branch, cast.secretary.name)
    client, url = signed_in(cast.admin), reverse("people:account_link", args=[cast.secretary.pk])
    assert "已关联" in text(client.post(url, follow=True))
    person.refresh_from_db()
    assert person.user == cast.secretary
    assert "已经关联了" in text(client.post(url, follow=True))


def test_granting_and_withdrawing(cast: Cast) -> None:
    client, page = signed_in(cast.admin), reverse("people:account", args=[cast.committee.pk])
    url = reverse("people:account_grant", args=[cast.committee.pk])
    sent = {**Fields(text(client.get(url))).data, "unit": cast.other.pk, "role": "clerk"}
    assert client.post(url, sent)["Location"] == page
    row = Grant.objects.get(user=cast.committee, unit=cast.other)
    assert (row.role, row.since) == ("clerk", TODAY)
    again = client.post(url, sent)
    assert again.status_code == 422 and "已有党务工作者权限" in text(again)
    off = reverse("people:account_withdraw", args=[cast.committee.pk, row.pk])
    early = client.post(off, {"until": "2026-11-19"})
    assert early.status_code == 422 and "不能早于授予日期" in text(early)
    assert client.post(off, {"until": "2026-11-20"})["Location"] == page
    assert client.post(off, {"until": "2026-11-20"}).status_code == 422
    assert "已收回" in text(client.get(page))
    assert signed_in(cast.committee).get(f"/ledger/?unit={cast.other.pk}").status_code == 404
    verbs = [(line.verb, line.summary) for line in Line.objects.order_by("-pk")[:2]]
    assert verbs == [("收回权限", "党务工作者"), ("授予权限", "党务工作者")]


def test_nothing_is_granted_beyond_his_reach(cast: Cast) -> None:
    client = signed_in(local_admin(cast))
    sent = {"unit": cast.other.pk, "role": "clerk", "since": "2026-11-20"}
    for unit in (cast.other, cast.above):
        answer = client.post(reverse("people:account_grant", args=[cast.clerk.pk]), {**sent, "unit": unit.pk})
        assert answer.status_code == 422 and "请重新选择" in text(answer)
        assert unit.name not in text(answer) and unit.short_name not in text(answer)
    assert Grant.objects.filter(user=cast.clerk).count() == 1
    assert client.get(reverse("people:account", args=[cast.other_clerk.pk])).status_code == 404
    row = cast.other_clerk.grants.get()
    for account in (cast.other_clerk, cast.clerk):
        assert client.post(reverse("people:account_withdraw", args=[account.pk, row.pk])).status_code == 404
    listed = text(client.get("/people/accounts/"))
    assert cast.clerk.name in listed and cast.other_clerk.name not in listed and cast.superior.name not in listed


def test_who_also_works_elsewhere_keeps_his_password(cast: Cast) -> None:
    make.grant(user=cast.superior, unit=cast.branch, role=Role.COMMITTEE, since=make.LONG_AGO, by=None, at=make.START)
    before = cast.superior.password
    client = signed_in(local_admin(cast))
    page = text(client.get(reverse("people:account", args=[cast.superior.pk])))
    assert "您管不到的组织也有权限" in page and cast.above.short_name not in page and "重设密码</button>" not in page
    for verb in ("account_password", "account_close", "account_link"):
        answer = client.post(reverse(f"people:{verb}", args=[cast.superior.pk]), follow=True)
        assert "管不到" in text(answer)
    cast.superior.refresh_from_db()
    assert cast.superior.is_active and cast.superior.password == before


def test_closing_and_a_new_password_end_what_was_signed_in(cast: Cast) -> None:
    client = signed_in(cast.admin)
    clerk, secretary = signed_in(cast.clerk), signed_in(cast.secretary)
    reset = client.post(reverse("people:account_password", args=[cast.secretary.pk]))
    assert "密码已重设" in text(reset)
    assert secretary.get("/").status_code == 302
    closing = reverse("people:account_close", args=[cast.clerk.pk])
    assert "也不能恢复" in text(client.get(closing)) and clerk.get("/").status_code == 200
    assert "已停用" in text(client.post(closing, follow=True))
    assert clerk.get("/").status_code == 302
    assert "已经停用了" in text(client.post(closing, follow=True))
    grant = reverse("people:account_grant", args=[cast.clerk.pk])
    more = client.post(grant, {"unit": cast.other.pk, "role": "clerk", "since": "2026-11-20"})
    assert more.status_code == 422 and "已停用" in text(more)


def test_nobody_locks_himself_out(cast: Cast) -> None:
    client, own = signed_in(cast.admin), cast.admin.pk
    assert "不能停用自己的账号" in text(client.post(reverse("people:account_close", args=[own]), follow=True))
    assert "自己的密码" in text(client.post(reverse("people:account_password", args=[own]), follow=True))
    url = reverse("people:account_withdraw", args=[own, cast.admin.grants.get().pk])
    answer = client.post(url, {"until": "2026-11-20"})
    assert answer.status_code == 422 and "不能收回自己的站点管理员权限" in text(answer)
    assert client.get("/people/accounts/").status_code == 200


def test_he_sees_accounts_and_nothing_else(cast: Cast) -> None:
    client = signed_in(cast.admin)
    home = client.get("/", follow=True)
    assert home.request["PATH_INFO"] == "/people/accounts/"
    page = text(home)
    assert all(person.name not in page for person in cast.people)
    assert 'href="/people/accounts/" title="账号" aria-current="page"' in page
    assert 'href="/ledger/"' not in page and 'href="/people/"' not in page
    for path in ("/ledger/", "/people/", "/problems/", "/report/"):
        assert client.get(path).status_code in (403, 404), path
    assert "账号" not in text(signed_in(cast.clerk).get("/people/"))


def test_the_rail_marks_one_place(cast: Cast) -> None:
    make.grant(user=cast.clerk, unit=cast.branch, role=Role.SITE_ADMIN, since=make.LONG_AGO, by=None, at=make.START)
    for path, title in (("/people/", "组织与党员"), ("/people/accounts/", "账号"), ("/people/add/", "组织与党员")):
        page = text(signed_in(cast.clerk).get(path))
        assert f'href="{path.replace("add/", "")}" title="{title}" aria-current="page"' in page
        assert page.split("</header>")[0].count('aria-current="page"') == 1


def test_a_future_grant_is_listed_and_not_yet_held(cast: Cast) -> None:
    make.grant(user=cast.stranger, unit=cast.branch, role=Role.CLERK, since=date(2027, 1, 1), by=None, at=make.START)
    assert cast.stranger.username in text(signed_in(cast.admin).get("/people/accounts/"))
    assert signed_in(cast.stranger).get("/ledger/").status_code == 403


def test_a_longer_list_costs_no_more_queries(cast: Cast) -> None:
    client, asked = signed_in(cast.admin), []
    for number in range(2):
        for other in range(10):
            make.user(f"人{number}{other}", unit=cast.other, role=Role.COMMITTEE)
        with CaptureQueriesContext(connection) as queries:
            client.get("/people/accounts/")
        asked.append(len(queries))
    assert asked[0] == asked[1]


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_pages_look_right(page, live_server):  # type: ignore[no-untyped-def]
    cast = standing_cast(groups=2)
    sign_in(page, live_server.url, cast.admin)
    clerk = cast.clerk.pk
    pages = {
        "accounts": "/people/accounts/",
        "account": f"/people/accounts/{clerk}/",
        "account-new": "/people/accounts/new/",
        "account-grant": f"/people/accounts/{clerk}/grant/",
        "account-close": f"/people/accounts/{clerk}/close/",
        "account-withdraw": f"/people/accounts/{clerk}/withdraw/{cast.clerk.grants.get().pk}/",
    }
    look_over(page, live_server.url, pages, "", VARIANTS)
    for window in windows(VARIANTS):
        turn_to(page, live_server.url, window)
        page.goto(f"{live_server.url}/people/accounts/{clerk}/")
        page.get_by_role("button", name="重设密码").click()
        page.get_by_text("密码已重设").first.wait_for()
        look(page, window, "account-password")
