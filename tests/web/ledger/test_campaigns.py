"""记一次 and 专项活动: those open on the day are offered, a correction keeps them, and the record names them."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from tests import make
from tests.cast import Cast, standing_cast
from tests.web.forms import Fields, signed_in
from youju.people.models import Unit
from youju.records.activities.actions import plan_session
from youju.records.activities.models import Session
from youju.records.activities.values import PlanDraft
from youju.records.campaigns.actions import start_campaign, tag_session
from youju.records.campaigns.models import Campaign
from youju.records.campaigns.queries import campaigns_with
from youju.records.campaigns.values import CampaignDraft
from youju.records.models import CampaignSession

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
NEW = "/ledger/new/?kinds=visit&on=2026-11-05"


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_TODAY", TODAY.isoformat())


@pytest.fixture
def cast() -> Cast:
    return standing_cast()


def campaign(unit: Unit, title: str, month: int) -> Campaign:
    draft = CampaignDraft("visiting_drive", title, date(2026, month, 1), date(2026, month, 28))
    return start_campaign(unit=unit, draft=draft, by=None, at=make.moment(TODAY))


def form_of(client: Client, url: str) -> dict[str, list[str]]:
    return Fields(client.get(url).content.decode()).data


def url_of(session: Session, page: str = "") -> str:
    return f"/ledger/{session.ledger_id}/{session.number}/{page}"


def recorded(cast: Cast, **typed: object) -> Session:
    client = signed_in(cast.clerk)
    given = form_of(client, NEW) | {"title": "进村走访", "start": "14:30", f"r_{cast.people[1].pk}": "present"}
    client.post(NEW, given | typed)
    return Session.objects.get()


def test_those_open_on_the_day_are_offered_and_the_record_names_them(cast: Cast) -> None:
    november, june = campaign(cast.branch, "集中走访月", 11), campaign(cast.branch, "六月走访", 6)
    campaign(cast.other, "别处的走访", 11)
    client = signed_in(cast.clerk)
    page = client.get(NEW).content.decode()
    assert "集中走访月" in page and "六月走访" not in page and "别处的走访" not in page
    assert "六月走访" in client.get(NEW.replace("-11-", "-06-")).content.decode()
    session = recorded(cast, **{"c-chosen": str(november.pk)})
    assert campaigns_with(session) == [november]
    seen = client.get(url_of(session)).content.decode()
    assert "集中走访月" in seen and reverse("work:campaign", args=[cast.branch.pk, november.number]) in seen
    above = signed_in(cast.superior).get(url_of(session)).content.decode()
    assert "集中走访月" not in above
    assert june.tagged.count() == 0


def test_a_correction_keeps_them_and_takes_out_only_what_it_showed(cast: Cast) -> None:
    one, other = campaign(cast.branch, "集中走访月", 11), campaign(cast.branch, "党员回访", 11)
    session, client = recorded(cast, **{"c-chosen": str(one.pk)}), signed_in(cast.clerk)
    form = form_of(client, url_of(session, "correct/")) | {"reason": "补写"}
    assert form["c-chosen"] == [str(one.pk)]
    client.post(url_of(session, "correct/"), form)
    assert campaigns_with(Session.objects.get()) == [one]
    form = form_of(client, url_of(session, "correct/")) | {"reason": "移出", "c-chosen": [], "c-offered": str(one.pk)}
    tag_session(campaign=other, session=session, by=None, at=make.moment(TODAY))  # since the form was opened
    client.post(url_of(session, "correct/"), form)
    assert campaigns_with(session) == [other]


def test_a_plan_that_is_held_keeps_its_campaign(cast: Cast) -> None:
    one = campaign(cast.branch, "集中走访月", 11)
    draft = PlanDraft(("visit",), "进村走访", make.moment(date(2026, 11, 19)))
    session = plan_session(unit=cast.branch, draft=draft, by=None, at=make.moment(date(2026, 11, 1)))
    tag_session(campaign=one, session=session, by=None, at=make.moment(TODAY))
    client = signed_in(cast.clerk)
    assert "集中走访月" in client.get(url_of(session)).content.decode()
    form = form_of(client, url_of(session, "hold/")) | {f"r_{cast.people[1].pk}": "present"}
    assert client.post(url_of(session, "hold/"), form).status_code == 302
    assert campaigns_with(session) == [one]


@pytest.mark.parametrize("chosen", ["999999", "abc", "other", "june"])
def test_what_is_not_offered_is_refused_beside_its_field_and_nothing_is_written(cast: Cast, chosen: str) -> None:
    ids = {"other": campaign(cast.other, "别处的走访", 11).pk, "june": campaign(cast.branch, "六月走访", 6).pk}
    client = signed_in(cast.clerk)
    given = form_of(client, NEW) | {"title": "进村走访", "start": "14:30", f"r_{cast.people[1].pk}": "present"}
    answer = client.post(NEW, given | {"c-chosen": str(ids.get(chosen, chosen)), "c-offered": chosen})
    seen = answer.content.decode()
    assert (
        answer.status_code == 422 and "不在这一天的时段里" in seen and "进村走访" in seen and "别处的走访" not in seen
    )
    assert not Session.objects.exists() and not CampaignSession.objects.exists()


def test_a_talk_stands_alone_so_that_nobody_reads_of_it_with_another_activity(cast: Cast) -> None:
    client = signed_in(cast.clerk)
    pair = {f"r_{person.pk}": "present" for person in cast.people[:2]}
    given = form_of(client, NEW) | {"title": "走访并与石禾谈心", "start": "14:30"} | pair
    answer = client.post(NEW, given | {"kinds": ["visit", "heart_talk"]})
    assert answer.status_code == 422 and "谈心谈话请单独记一条" in answer.content.decode()
    assert "走访并与石禾谈心" in answer.content.decode() and not Session.objects.exists()
    client.post(NEW, given | {"kinds": ["heart_talk"]})
    session = Session.objects.get()
    for who in (cast.committee, cast.superior):
        seen = signed_in(who).get(url_of(session)).content.decode()
        assert "石禾" not in seen and cast.people[1].name not in seen
