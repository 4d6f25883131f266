"""From what is owed to a saved record in eight taps at most: two people away with their categories, and one agenda item.

Typing is no tap. Opening a list is one and choosing in it is another, so a choice counts two.
"""

from datetime import date

import pytest

from tests import make
from tests.cast import standing_cast
from tests.web.browser import sign_in
from youju.records.models import Session
from youju.web.shared import clock

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
MOST_TAPS = 8


class Thumb:
    """Does what a hand does on a page, and counts it."""

    def __init__(self, page):
        self.page = page
        self.taps = 0

    def tap(self, target):
        self.taps += 1
        target.click()

    def choose(self, target, label):
        self.taps += 2
        target.select_option(label=label)

    def write(self, target, words):
        """Into the field one has tapped, key by key as a hand would."""
        self.tap(target)
        self.page.keyboard.type(words)


@pytest.fixture
def scene(live_server, monkeypatch):
    """青禾 in the evening of 20 November 2026: the committee and the members met every month but this one."""
    monkeypatch.setenv("YOUJU_TODAY", "2026-11-20")
    monkeypatch.setattr(clock, "now", lambda: make.moment(date(2026, 11, 20), 20))
    cast = standing_cast()
    for month in range(1, 11):
        make.activity(cast.branch, "committee_meeting", date(2026, month, 5), title="研究当月工作")
        make.activity(cast.branch, "theme_day", date(2026, month, 6), title="当月主题党日")
    return live_server.url, cast


@pytest.mark.parametrize("window", ["page", "phone"])
def test_a_month_is_recorded_in_eight_taps(window, scene, request):
    base, cast = scene
    page = request.getfixturevalue(window)
    sign_in(page, base, cast.clerk)
    thumb = Thumb(page)
    page.goto(base)
    owed = page.get_by_role("listitem").filter(has_text="主题党日").filter(has_text="记一次")
    thumb.tap(owed.get_by_role("link", name="记一次"))
    thumb.write(page.get_by_label("主题", exact=True), "仓储安全")
    thumb.choose(page.get_by_label(cast.people[2].name, exact=True), "公出")
    thumb.choose(page.get_by_label(cast.people[5].name, exact=True), "病假")
    thumb.write(page.get_by_label("议题", exact=True).first, "学习安全生产条例")
    thumb.tap(page.get_by_role("button", name="保存").locator("visible=true"))
    page.get_by_role("heading", name="仓储安全").wait_for()

    made = Session.objects.get(title="仓储安全")
    away = {row.member_id: row.leave_category for row in made.roster.exclude(attendance="present")}
    assert away == {cast.people[2].pk: "duty", cast.people[5].pk: "sick"}
    assert [item.title for item in made.agenda.all()] == ["学习安全生产条例"]
    assert (made.place, made.chair_id, made.ends_at is not None) == ("二楼会议室", cast.people[0].pk, True)
    assert thumb.taps <= MOST_TAPS, f"{thumb.taps} taps"
