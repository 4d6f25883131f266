"""The main line in the browser: what is owed → recorded once → no longer owed → in the report → back to the record."""

from datetime import date

import pytest

from tests import make
from tests.cast import standing_cast
from tests.web.browser import axe
from youju.people.roles.rules import Role

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "qinghe-sunny-day"


@pytest.fixture
def base(live_server, monkeypatch):
    """青禾 on 20 November 2026: the committee met every month but this one."""
    monkeypatch.setenv("YOUJU_TODAY", "2026-11-20")
    cast = standing_cast()
    for month in range(1, 11):
        make.activity(cast.branch, "committee_meeting", date(2026, month, 5), title="研究当月工作")
    make.user("陈望舒", unit=cast.branch, role=Role.CLERK, password=PASSWORD, username="chenwangshu")
    return live_server.url


def test_from_what_is_owed_to_the_record_behind_a_figure(page, base):
    page.goto(base)
    page.get_by_label("登录名").fill("chenwangshu")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()

    owed = page.get_by_role("listitem").filter(has_text="支部委员会会议")
    assert "还有" in owed.inner_text()
    assert figure(page, base) == "10次"

    page.goto(base)
    owed = page.get_by_role("listitem").filter(has_text="支部委员会会议")
    owed.get_by_role("link", name="记一次").click()
    assert page.get_by_role("checkbox", name="支委会").is_checked()
    page.get_by_label("日期").fill("2026-11-19")
    page.get_by_label("主题", exact=True).fill("研究冬季农资储备")
    axe(page)
    page.get_by_role("button", name="保存").first.click()
    page.get_by_role("heading", name="研究冬季农资储备").wait_for()
    assert "2026-支委-11" in page.inner_text("main")

    page.goto(base)
    done = page.get_by_role("listitem").filter(has_text="支部委员会会议")
    assert "还有" not in done.inner_text()
    assert "11月19日" in done.inner_text()

    assert figure(page, base) == "11次"
    page.get_by_role("link", name="11次").click()
    panel = page.get_by_label("数字出处")
    panel.get_by_role("link", name="研究冬季农资储备").click()
    page.get_by_role("heading", name="研究冬季农资储备").wait_for()
    assert "2026-支委-11" in page.inner_text("main")


def figure(page, base):
    """How often the committee met, as the report of the year says it."""
    page.goto(f"{base}/report/")
    text = page.locator("article").inner_text()
    return text.split("召开支委会", 1)[1].split("。", 1)[0]
