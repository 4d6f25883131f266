"""党费 through its pages: the table of a year, and one month filled in."""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from tests import make
from tests.cast import Cast, standing_cast
from tests.web.browser import DESKTOP, PHONE, at, axe, no_sideways_scroll, shot, sign_in
from tests.web.forms import Fields, signed_in
from youju.people.roles.rules import Role
from youju.records.fees.models import FeeMark

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_TODAY", date(2026, 11, 20).isoformat())


@pytest.fixture
def cast() -> Cast:
    return standing_cast()


def test_a_month_is_filled_in_and_stands_in_the_table_and_the_export(cast: Cast) -> None:
    client, who = signed_in(cast.clerk), cast.people[0]
    where = f"/people/fees/2026/3/?unit={cast.branch.pk}"
    typed = Fields(client.get(where).content.decode()).data
    assert typed[f"m_{who.pk}"] == ["paid"]  # mostly all have, so that is what is offered first
    assert client.post(where, typed | {f"m_{who.pk}": ["unpaid"]}).status_code == 302
    assert FeeMark.objects.get(member=who).state == "unpaid"
    page = client.get("/people/fees/?year=2026").content.decode()
    assert "已登记 1 个月" in page and page.count('aria-label="未交"') == 2  # his, and the legend
    book = load_workbook(io.BytesIO(client.get("/people/fees/export.xlsx?year=2026").content))
    assert [cell.value for cell in book.active[2]][:5] == [who.name, cast.branch.short_name, None, None, "未交"]  # type: ignore[index]


def test_a_fault_keeps_what_was_ticked(cast: Cast) -> None:
    client, who = signed_in(cast.clerk), cast.people[0]
    where = f"/people/fees/2026/3/?unit={cast.branch.pk}"
    typed = Fields(client.get(where).content.decode()).data
    client.post(where, typed)
    again = client.post(where, typed | {f"m_{who.pk}": ["exempt"]})
    assert again.status_code == 422 and "刚刚被别人登记过" in again.content.decode()
    assert Fields(again.content.decode()).data[f"m_{who.pk}"] == ["exempt"]
    assert client.get(f"/people/fees/2026/12/?unit={cast.branch.pk}").status_code == 200
    assert "还没有到" in client.post(f"/people/fees/2026/12/?unit={cast.branch.pk}", typed).content.decode()
    assert client.get(f"/people/fees/2026/13/?unit={cast.branch.pk}").status_code == 404


def test_a_month_is_emptied_and_one_member_is_unmarked(cast: Cast) -> None:
    client, who = signed_in(cast.clerk), cast.people[0]
    where = f"/people/fees/2026/3/?unit={cast.branch.pk}"
    fresh = client.get(where).content.decode()
    assert "清空" not in fresh and "不登记" not in fresh
    client.post(where, Fields(fresh).data)
    typed = Fields(client.get(where).content.decode()).data
    client.post(where, typed | {f"m_{who.pk}": [""]})
    assert FeeMark.objects.count() == len(cast.people) - 1 and not FeeMark.objects.filter(member=who).exists()
    typed = Fields(client.get(where).content.decode()).data
    assert client.post(where, typed | {"empty": ["1"]}).status_code == 302
    page = client.get("/people/fees/?year=2026").content.decode()
    assert not FeeMark.objects.exists() and "已登记 0 个月" in page and "登记已清空" in page


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_it_looks_right(page: Page, live_server: LiveServer) -> None:
    cast = standing_cast()
    client = signed_in(cast.clerk)
    for month in range(1, 11):
        where = f"/people/fees/2026/{month}/?unit={cast.branch.pk}"
        typed = Fields(client.get(where).content.decode()).data
        client.post(where, typed | ({f"m_{cast.people[3].pk}": ["exempt"]} if month < 5 else {}))
    for size, theme, type_size in [(DESKTOP, "light", ""), (PHONE, "dark", ""), (PHONE, "light", "xl")]:
        sign_in(page, live_server.url, cast.clerk)
        at(page, live_server.url, size, theme, type_size)
        for name, path in {
            "fees": "/people/fees/",
            "fee-month": f"/people/fees/2026/11/?unit={cast.branch.pk}",
        }.items():
            page.goto(live_server.url + path)
            axe(page)
            no_sideways_scroll(page)
            shot(page, f"{name}-{size[0]}-{theme}-{type_size}")


@pytest.mark.parametrize("page", ["people:fees", "work:projects", "work:campaigns", "work:publicity", "work:registers"])
def test_what_stands_in_a_ledger_is_shown_of_the_ledger(page: str) -> None:
    """A group has no ledger: asked of one it is the branch's, for who has the right there, and for nobody else."""
    cast = standing_cast(groups=1)
    of_the_group = make.user("小组账号", unit=cast.groups[0], role=Role.CLERK)
    address = f"{reverse(page)}?unit={cast.groups[0].pk}"
    shown = signed_in(cast.clerk).get(address).context["page"]
    assert getattr(shown, "unit", None) == cast.branch or shown.frame.unit == cast.branch
    assert signed_in(of_the_group).get(address).status_code in (403, 404)
