"""Leave from asking to the record, and what stands beside it, as a member on his phone and a clerk at his desk see them."""

from datetime import date

import pytest

from tests import make
from tests.cast import standing_cast
from tests.web.browser import DESKTOP, PHONE, at, axe, no_sideways_scroll, shot, sign_in
from youju.records.activities.actions import plan_session
from youju.records.activities.values import PlanDraft
from youju.records.models import Session
from youju.web.shared import clock

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
LOOKS = [(DESKTOP, "light", ""), (PHONE, "dark", ""), (PHONE, "light", "xl")]
DAY = date(2026, 11, 20)


@pytest.fixture
def cast(monkeypatch):
    monkeypatch.setenv("YOUJU_TODAY", DAY.isoformat())
    monkeypatch.setattr(clock, "now", lambda: make.moment(DAY, 9))
    return standing_cast(groups=2)


def looked_at(page, base, path, name):
    for size, theme, type_size in LOOKS:
        at(page, base, size, theme, type_size)
        page.goto(base + path)
        axe(page)
        no_sideways_scroll(page)
        shot(page, f"{name}-{size[0]}-{theme}{type_size}")
    at(page, base)


def test_from_asking_to_the_record(page, live_server, cast, monkeypatch):
    base = live_server.url
    plan = PlanDraft(("theme_day",), "仓储安全", make.moment(DAY), "二楼会议室")
    session = plan_session(unit=cast.branch, draft=plan, by=None, at=make.moment(date(2026, 11, 1)))
    record = f"/ledger/{cast.branch.pk}/{session.number}/"

    sign_in(page, base, cast.member)
    looked_at(page, base, "/me/", "me-coming")
    page.goto(base + "/me/")
    row = page.get_by_role("listitem").filter(has_text="仓储安全")
    row.get_by_label("请假类别").select_option(label="外出流动")
    row.get_by_role("button", name="请假").click()
    page.get_by_text("已请假：外出流动").wait_for()

    sign_in(page, base, cast.clerk)
    page.goto(base + record)
    page.get_by_label("谁请假").select_option(label=cast.people[1].name)
    page.get_by_label("类别", exact=True).select_option(label="病假")
    page.get_by_role("button", name="记请假").click()
    page.locator("#leave").get_by_text("党务工作者代记").wait_for()
    looked_at(page, base, record, "leave")
    page.goto(base)
    assert "2 人请假" in page.inner_text("main")

    monkeypatch.setattr(clock, "now", lambda: make.moment(DAY, 20))
    page.goto(base + record + "hold/")
    page.get_by_role("button", name="保存").locator("visible=true").click()
    page.get_by_text("已记下").wait_for()
    away = {row.member_id: row.leave_category for row in Session.objects.get().roster.filter(attendance="leave")}
    assert away == {cast.people[-1].pk: "away", cast.people[1].pk: "sick"}


def test_what_is_not_looked_at_goes(page, live_server, cast):
    base = live_server.url
    made = make.activity(cast.branch, "party_meeting", date(2026, 11, 5))
    sign_in(page, base, cast.secretary)
    looked_at(page, base, "/setup/", "setup")
    page.goto(f"{base}/ledger/{cast.branch.pk}/{made.number}/")
    assert "还没有照片或文件" in page.inner_text("main")
    page.goto(base)
    page.get_by_role("navigation", name="主导航").get_by_role("link", name="设置").click()
    page.get_by_role("group", name="佐证材料").get_by_text("不看", exact=True).click()
    page.get_by_role("button", name="保存").click()
    page.get_by_text("已保存").wait_for()
    page.goto(f"{base}/ledger/{cast.branch.pk}/{made.number}/")
    assert "还没有照片或文件" not in page.inner_text("main")
