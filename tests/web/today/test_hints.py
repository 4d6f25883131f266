"""What the home page says beside the days: the workday before a last day that nobody works, and what waits to be filed."""

from __future__ import annotations

from datetime import date

import pytest

from tests import make
from tests.cast import standing_cast
from tests.web.forms import signed_in
from tests.web.today.test_home import text
from youju.duties.notices.actions import send_notice
from youju.duties.notices.values import NoticeDraft
from youju.duties.workdays.actions import set_day
from youju.records.activities.actions import file_activity

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch):
    monkeypatch.setenv("YOUJU_TODAY", ON.isoformat())


def test_a_last_day_that_is_a_sunday_names_the_friday_before():
    cast = standing_cast()
    draft = NoticeDraft("报送总结", "", date(2026, 11, 29))
    send_notice(sender=cast.above, draft=draft, by=None, at=make.moment(ON, 8))
    said = text(signed_in(cast.clerk).get("/"))
    assert "到期日是周日，前一个工作日 11月27日" in said and "11月29日前" in said


def test_a_workday_needs_no_hint_until_the_site_says_it_is_off():
    cast = standing_cast()
    draft = NoticeDraft("报送总结", "", date(2026, 11, 27))
    send_notice(sender=cast.above, draft=draft, by=None, at=make.moment(ON, 8))
    assert "前一个工作日" not in text(signed_in(cast.clerk).get("/"))
    set_day(day=date(2026, 11, 27), off=True, name="县庆", basis="县政府通知", by=None, at=make.moment(ON))
    assert "到期日是县庆，前一个工作日 11月26日" in text(signed_in(cast.clerk).get("/"))


def test_what_waits_to_be_filed_is_told_with_the_third_workday():
    cast = standing_cast()
    waiting = make.activity(cast.branch, "theme_day", date(2026, 11, 13))
    make.activity(cast.branch, "party_lecture", date(2026, 11, 18))
    assert "2 场还没归档" in text(signed_in(cast.clerk).get("/"))
    assert "最早一场应在 11月18日前归档" in text(signed_in(cast.clerk).get("/"))  # 16, 17 and 18 November
    file_activity(session=waiting, by=None, at=make.moment(ON))
    assert "1 场还没归档" in text(signed_in(cast.clerk).get("/"))
