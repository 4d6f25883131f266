"""工作日: the table of the whole site, for who speaks for the whole site."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from tests import make
from tests.cast import standing_cast
from tests.web.forms import signed_in
from youju.duties.workdays.actions import set_day
from youju.duties.workdays.models import DayOverride
from youju.duties.workdays.queries import workdays
from youju.people.roles.rules import Role
from youju.people.units.values import UnitKind

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 20)
FORM = {"day": "2027-02-06", "kind": "off", "name": "春节", "basis": "国办发明电〔2026〕9号"}


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch):
    monkeypatch.setenv("YOUJU_TODAY", ON.isoformat())


def test_only_who_speaks_for_the_whole_site_passes():
    cast = standing_cast()
    middle = make.unit(name="城关镇党委", kind=UnitKind.COMMITTEE, parent=cast.above)
    half = make.user("镇党委账号", unit=middle, role=Role.SUPERIOR)
    for user in (cast.admin, cast.superior):
        assert signed_in(user).get("/setup/days/").status_code == 200
    outside = [getattr(cast, who) for who in ("clerk", "secretary", "committee", "member", "other_clerk", "stranger")]
    for user in (*outside, half):
        assert signed_in(user).get("/setup/days/").status_code == 403
        assert signed_in(user).post("/setup/days/", FORM).status_code == 403
        assert signed_in(user).post("/setup/days/clear/", {"day": "2027-02-06"}).status_code == 403
    assert Client().get("/setup/days/").status_code == 302
    assert signed_in(cast.admin).get("/setup/days/clear/").status_code == 405
    assert not DayOverride.objects.exists()


def test_a_day_is_written_down_and_taken_back():
    cast = standing_cast()
    client = signed_in(cast.admin)
    assert client.post("/setup/days/", FORM).status_code == 302
    assert workdays().of(date(2027, 2, 6)).name == "春节"
    page = client.get("/setup/days/").content.decode()
    assert "2027年2月6日" in page and "国办发明电〔2026〕9号" in page
    assert client.post("/setup/days/clear/", {"day": "2027-02-06"}).status_code == 302
    assert not DayOverride.objects.exists()
    for day in ("2027-02-06", "", "x"):  # taken back already, or none at all
        assert client.post("/setup/days/clear/", {"day": day}).status_code == 302


def test_what_is_wrong_is_said_and_kept():
    client = signed_in(standing_cast().admin)
    for change, sentence in (
        ({"basis": ""}, "请写依据"),
        ({"day": "大年初一"}, "日期请写成"),
        ({"day": "1950-01-01"}, "日期请填2000年到2100年之间的日子"),
        ({"kind": "half"}, "请选放假还是上班"),
    ):
        response = client.post("/setup/days/", FORM | change)
        assert response.status_code == 422 and sentence in response.content.decode(), sentence
        assert 'value="春节"' in response.content.decode()
    assert not DayOverride.objects.exists()


def test_the_admin_finds_it_and_it_says_how_far_the_calendar_reaches():
    cast = standing_cast()
    set_day(day=ON, off=True, name="县庆", basis="县政府通知", by=None, at=make.moment(ON))
    page = signed_in(cast.admin).get("/people/accounts/").content.decode()
    assert 'href="/setup/days/"' in page
    assert "系统里有到" in signed_in(cast.admin).get("/setup/days/").content.decode()
    assert 'href="/setup/days/"' in signed_in(cast.superior).get("/notices/").content.decode()
    assert 'href="/setup/days/"' not in signed_in(cast.clerk).get("/").content.decode()
