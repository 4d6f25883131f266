"""What stands beside a record is the unit's own choice; it never stands in the way."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from tests import make
from tests.cast import Cast, standing_cast
from tests.web.forms import Fields, signed_in
from youju.records.activities.actions import file_activity
from youju.records.checklist.actions import choose_items
from youju.records.checklist.queries import items_of
from youju.records.checklist.values import ITEMS

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 5)
DEFAULT = sum(item.default for item in ITEMS.values())


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setenv("YOUJU_TODAY", "2026-11-20")
    return standing_cast()


def looked_at(cast: Cast) -> set[str]:
    return {item.id for item in items_of(cast.branch)}


def test_what_is_switched_off_is_no_longer_missed(cast: Cast) -> None:
    session = make.activity(cast.branch, "party_meeting", DAY)
    client = signed_in(cast.clerk)
    record = reverse("ledger:record", args=[cast.branch.pk, session.number])
    before = client.get(record).content.decode()
    assert "还没有照片或文件" in before and "成效" not in before
    data = Fields(client.get("/setup/").content.decode()).data
    assert data["evidence"] == ["above"] and f"现在看 {DEFAULT} 项" in client.get("/setup/").content.decode()
    answer = client.post("/setup/", data | {"evidence": "off", "outcome": "on"}, follow=True)
    assert "已保存" in answer.content.decode()
    after = client.get(record).content.decode()
    assert "还没有照片或文件" not in after and "成效" in after
    listed = client.get(reverse("ledger:index")).content.decode()
    assert "佐证材料" not in listed and "成效" in listed
    assert looked_at(cast) >= {"outcome"} and "evidence" not in looked_at(cast)
    file_activity(session=session, by=None, at=make.moment(DAY, 21))  # it lacks a thing and is filed all the same


def test_what_the_unit_above_said_is_shown_and_followed(cast: Cast) -> None:
    choose_items(unit=cast.above, wanted={"outcome": True}, by=None, at=make.START)
    page = signed_in(cast.clerk).get("/setup/").content.decode()
    assert f"跟随上级（{cast.above.short_name}：要看）" in page and "outcome" in looked_at(cast)


def test_who_was_slower_is_told_and_keeps_what_he_chose(cast: Cast) -> None:
    client = signed_in(cast.clerk)
    data = Fields(client.get("/setup/").content.decode()).data
    choose_items(unit=cast.branch, wanted={"filed": False}, by=None, at=make.START)
    answer = client.post("/setup/", data | {"outcome": "on"})
    said = answer.content.decode()
    assert answer.status_code == 422 and "刚刚被别人改过" in said and "outcome" not in looked_at(cast)
    assert Fields(said).data["outcome"] == ["on"]
    assert client.post("/setup/", Fields(said).data).status_code == 302 and "outcome" in looked_at(cast)


def test_a_wrong_choice_is_said_beside_it(cast: Cast) -> None:
    answer = signed_in(cast.clerk).post("/setup/", dict.fromkeys(ITEMS, "above") | {"filed": "maybe"})
    assert answer.status_code == 422 and "“书记审签”请选一个。" in answer.content.decode()


def test_the_way_there(cast: Cast) -> None:
    for who in (cast.clerk, cast.secretary):
        assert 'href="/setup/" title="设置"' in signed_in(who).get("/").content.decode()
    assert "/setup/" not in signed_in(cast.committee).get("/").content.decode()
    page = signed_in(cast.clerk).get("/setup/").content.decode()
    assert f'/setup/?unit={cast.branch.pk}" aria-current="page"' in page and "/signin/settings/?unit=" in page
