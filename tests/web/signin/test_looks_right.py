"""The screen and the phone in every window, theme and size; the phone without a script; the screen that follows by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import make
from tests.cast import standing_cast
from tests.web.browser import DESKTOP, PHONE, VARIANTS, at, axe, look_over, no_sideways_scroll, shot, sign_in
from tests.web.signin.rooms import TODAY, code_of, meeting
from youju.journal.models import Slip
from youju.records.signin.actions import sign_in as sign
from youju.web.shared import clock

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_TODAY", TODAY.isoformat())


def seen(page: Page, name: str, looks: str) -> None:
    shot(page, f"signin-{name}-{looks}")
    axe(page)
    no_sideways_scroll(page)


def test_the_pages_hold_to_axe_and_to_their_window(page: Page, live_server: LiveServer) -> None:
    room = meeting()
    for person in room.cast.people[:4]:
        sign(session_id=room.session.pk, member_id=person.pk, device=f"d{person.pk}", at=clock.now())
    clerk = {
        "screen": room.url("screen"), "desk": room.url("desk"), "index": "/signin/", "settings": "/signin/settings/",
        "record": f"/ledger/{room.session.ledger_id}/{room.session.number}/",
    }  # fmt: skip
    sign_in(page, live_server.url, room.cast.clerk)
    look_over(page, live_server.url, clerk, "signin", VARIANTS)


@pytest.mark.parametrize(("theme", "size"), [("light", ""), ("dark", ""), ("light", "l"), ("light", "xl")])
def test_a_phone_from_scan_to_signed_without_a_script(
    chromium: Browser, live_server: LiveServer, theme: str, size: str
) -> None:
    room = meeting()
    person = make.member(room.cast.groups[1], "马春和")
    context = chromium.new_context(
        viewport={"width": PHONE[0], "height": PHONE[1]}, java_script_enabled=False, has_touch=True, locale="zh-CN"
    )
    page = context.new_page()
    at(page, live_server.url, PHONE, theme, size)
    looks = f"{theme}-{size or 'm'}"
    page.goto(f"{live_server.url}/signin/s/{code_of(room.session)}/")
    shot(page, f"signin-pick-{looks}")
    page.get_by_role("button", name="马春和").click()
    shot(page, f"signin-phone-{looks}")
    page.get_by_role("button", name="我到了").click()
    page.get_by_text("已签到").wait_for()
    shot(page, f"signin-done-{looks}")
    page.get_by_role("link", name="给别人代签").click()
    page.get_by_role("button", name=room.cast.people[0].name, exact=True).click()
    page.get_by_text(f"已为{room.cast.people[0].name}代签").wait_for()
    assert list(Slip.objects.order_by("pk").values_list("member_id", "means")) == [
        (person.pk, "scan"), (room.cast.people[0].pk, "proxy"),
    ]  # fmt: skip
    context.close()


def test_the_phone_holds_to_axe(phone: Page, live_server: LiveServer) -> None:
    room = meeting(hour=0, minute=1)
    phone.goto(f"{live_server.url}/signin/s/{code_of(room.session)}/")
    seen(phone, "axe-pick", "m")
    phone.get_by_role("button", name=room.cast.people[2].name, exact=True).click()
    seen(phone, "axe-late", "m")
    phone.get_by_role("button", name="我到了").click()
    seen(phone, "axe-done", "m")
    phone.get_by_role("link", name="给别人代签").click()
    seen(phone, "axe-other", "m")
    phone.context.clear_cookies()
    for path in (room.at(), "/signin/s/1.1.x/"):
        phone.goto(live_server.url + path)
        seen(phone, "axe-nothing", "m")


def test_the_screen_follows_by_itself(page: Page, live_server: LiveServer) -> None:
    room = meeting()
    sign_in(page, live_server.url, room.cast.clerk)
    at(page, live_server.url, DESKTOP)
    page.goto(live_server.url + room.url("screen"))
    assert "0/ 9 人已签到" in page.locator(".cntr").inner_text().replace("\n", "")
    person = room.cast.people[3]
    sign(session_id=room.session.pk, member_id=person.pk, device="d", at=clock.now())
    page.get_by_text(person.name, exact=True).wait_for()
    assert "1/ 9 人已签到" in page.locator(".cntr").inner_text().replace("\n", "")


def test_inviting_holds_to_axe(page: Page, live_server: LiveServer) -> None:
    """The invitation is shown on the answer to a button, so it is pressed in each look."""
    cast = standing_cast(groups=2)
    for size, theme, type_size in (VARIANTS[0], VARIANTS[4], VARIANTS[5]):
        page.context.clear_cookies()
        sign_in(page, live_server.url, cast.clerk)
        at(page, live_server.url, size, theme, type_size)
        page.goto(f"{live_server.url}/people/{cast.people[0].pk}/")
        page.get_by_role("button", name="邀请").click()
        page.get_by_role("img", name="邀请二维码").wait_for()
        looks = f"{size[0]}-{theme}-{type_size or 'm'}"
        seen(page, "invitation", looks)
        page.goto(live_server.url + "/people/invitations/")
        seen(page, "invitations", looks)
