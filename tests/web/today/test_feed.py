"""日历订阅: an address told once, a calendar without names, and no more answer once it is closed or the right is gone."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client
from icalendar import Calendar

from tests import make
from tests.cast import standing_cast
from tests.web.forms import signed_in
from tests.web.today.test_home import busy
from youju.duties.feeds.models import Feed
from youju.journal.models import Line
from youju.kit.digests import sha256_hex
from youju.people.roles.actions import withdraw
from youju.people.roles.models import Grant
from youju.records.activities.actions import plan_session
from youju.records.activities.values import PlanDraft

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch):
    monkeypatch.setenv("YOUJU_TODAY", ON.isoformat())


def opened(user) -> str:
    """The path of the address that the page tells."""
    page = signed_in(user).post("/today/feed/").content.decode()
    (path,) = re.findall(r'value="https?://[^/"]+(/today/feed/[^"]+\.ics)"', page)
    return path


def titles(path: str) -> list[str]:
    response = Client().get(path)
    assert response.status_code == 200 and response["Content-Type"].startswith("text/calendar")
    return [str(event["summary"]) for event in Calendar.from_ical(response.content).walk("VEVENT")]


def test_who_may_open_one():
    cast = standing_cast()
    where = f"/today/feed/?unit={cast.branch.pk}"
    wanted = dict.fromkeys(("clerk", "secretary", "committee"), 200) | dict.fromkeys(("member", "superior"), 403)
    wanted |= dict.fromkeys(("other_clerk", "stranger", "admin"), 404)
    for who, status in wanted.items():
        client = signed_in(getattr(cast, who))
        assert client.get(where).status_code == status, who
        assert client.post(where).status_code == status, who
        closing = client.post(where.replace("feed/", "feed/close/")).status_code
        assert closing == (302 if status == 200 else status), who
    assert Client().get(where).status_code == 302 and Client().post("/today/feed/close/").status_code == 302
    assert not Feed.objects.filter(revoked_at__isnull=True).exists()


def test_it_tells_what_is_due_and_what_is_planned_and_names_nobody():
    cast = busy()
    plan = PlanDraft(("heart_talk",), "与欧阳青谈心", make.moment(date(2026, 11, 27)))
    plan_session(unit=cast.branch, draft=plan, by=None, at=make.moment(ON, 8))
    path = opened(cast.clerk)
    found = titles(path)
    assert "逾期：党课（第三季度）" in found and "逾期：整改措施" in found
    assert "主题党日：仓储安全隐患随手查" in found and "谈心谈话" in found
    whole = Client().get(path).content.decode()
    assert "欧阳青" not in whole and not any(person.name in whole for person in cast.people)
    events = Calendar.from_ical(Client().get(path).content).walk("VEVENT")
    assert len({str(event["uid"]) for event in events}) == len(events)
    (theme,) = [event for event in events if "随手查" in str(event["summary"])]
    assert theme["dtstart"].dt == make.moment(date(2026, 11, 25))


def test_the_address_is_told_once_and_kept_as_a_digest():
    cast = standing_cast()
    path = opened(cast.clerk)
    token = path.removeprefix("/today/feed/").removesuffix(".ics")
    assert Feed.objects.get().digest == sha256_hex(token.encode())
    assert token not in signed_in(cast.clerk).get("/today/feed/").content.decode()
    assert not Line.objects.filter(summary__contains=token).exists()


def test_opened_anew_the_earlier_address_answers_nothing():
    cast = standing_cast()
    before, now = opened(cast.clerk), opened(cast.clerk)
    assert Client().get(before).status_code == 404 and Client().get(now).status_code == 200
    assert signed_in(cast.clerk).post("/today/feed/close/").status_code == 302
    assert Client().get(now).status_code == 404
    assert signed_in(cast.clerk).post("/today/feed/close/").status_code == 302  # nothing left to close: said, no fault
    assert Client().get("/today/feed/nonsense.ics").status_code == 404
    assert Client().post(now).status_code == 405


def test_who_loses_the_right_or_the_account_loses_the_calendar():
    cast = standing_cast()
    clerks, secretarys = opened(cast.clerk), opened(cast.secretary)
    withdraw(row=Grant.objects.get(user=cast.clerk), on=ON, by=None, at=make.moment(ON))
    assert Client().get(clerks).status_code == 404 and Client().get(secretarys).status_code == 200
    type(cast.secretary).objects.filter(pk=cast.secretary.pk).update(is_active=False)
    assert Client().get(secretarys).status_code == 404
