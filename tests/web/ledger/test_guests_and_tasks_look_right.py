"""Guests and tasks as a person sees them: folded in the form, on the record, in the list, and one until it is done."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests import make
from tests.cast import Cast, standing_cast
from tests.web.browser import axe, look_over, shot, sign_in
from youju.records.activities.models import Session
from youju.records.activities.values import AgendaDraft, GuestDraft, GuestKind, ResolutionDraft
from youju.records.followups.values import TaskDraft

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DAY = date(2026, 11, 5)


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_TODAY", "2026-11-20")


def record(cast: Cast) -> Session:
    """A joint meeting with guests, and with a task that is late, one that is not and one without a day."""
    tasks = (
        TaskDraft("买四具灭火器装在粮库两侧", cast.people[1].pk, date(2026, 11, 10)),
        TaskDraft("请消防队来讲一次", cast.people[2].pk, date(2026, 12, 30)),
        TaskDraft("以后每季检查一次"),
    )
    guests = (GuestDraft(GuestKind.INVITED, "柯来宾", "县消防救援大队"), GuestDraft(GuestKind.MASSES, count=5))
    roster = (*make.everyone(cast.branch, ("theme_day",), DAY), *make.everyone(cast.other, ("theme_day",), DAY))
    agenda = (AgendaDraft("粮库消防", "看了两处", resolutions=(ResolutionDraft("装灭火器", yes=9, tasks=tasks),)),)
    return make.activity(
        cast.branch, "theme_day", DAY, roster=roster, joining_unit_ids=(cast.other.pk,), guests=guests, agenda=agenda
    )


def test_guests_and_tasks(page: Page, live_server: LiveServer) -> None:
    cast = standing_cast(groups=2)
    session = record(cast)
    task = session.tasks.order_by("pk")[0]
    whole = f"/ledger/{cast.branch.pk}/{session.number}/"
    pages = {
        "record": whole,
        "correct": whole + "correct/",
        "print": whole + "print/",
        "erase": f"{whole}guests/{session.guests.get(name='柯来宾').pk}/erase/",
        "tasks": "/ledger/tasks/",
        "nothing-found": "/ledger/tasks/?stage=done",
        "task": f"/ledger/tasks/{cast.branch.pk}/{task.pk}/",
    }
    sign_in(page, live_server.url, cast.clerk)
    look_over(page, live_server.url, pages, "")


def test_rows_are_added_where_one_types(page: Page, live_server: LiveServer) -> None:
    """What was typed stays while rows come, and the fold stays open."""
    cast = standing_cast(groups=2)
    sign_in(page, live_server.url, cast.clerk)
    page.goto(live_server.url + "/ledger/new/?kinds=theme_day&on=2026-11-05")
    page.get_by_text("列席和来宾（不计应到").click()
    page.locator("#id_g0-name").fill("柯来宾")
    page.get_by_role("button", name="再加几行").click()
    page.locator("#id_g4-name").wait_for()
    assert page.locator("#id_g0-name").input_value() == "柯来宾"
    page.locator("#id_a0r0-text").fill("装灭火器")
    page.locator("#id_a0r0t0-text").fill("买来")
    page.get_by_role("button", name="加落实事项").click()
    page.locator("#id_a0r0t1-text").wait_for()
    assert page.locator("#id_a0r0t0-text").input_value() == "买来"
    axe(page)
    shot(page, "new")
