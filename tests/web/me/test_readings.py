"""自学 on 我的 and in the ledger: one's own by oneself, others' by who keeps the ledger."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook

from tests.cast import Cast, standing_cast
from tests.web.forms import Fields, signed_in
from youju.records.readings.models import Reading

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setenv("YOUJU_TODAY", "2026-11-20")
    return standing_cast()


def test_a_member_notes_his_own_and_takes_it_back(cast: Cast) -> None:
    client = signed_in(cast.member)
    typed = Fields(client.get("/me/readings/").content.decode()).data
    assert typed["read_on"] == ["2026-11-20"]
    refused = client.post("/me/readings/", typed | {"read_on": ["2026-11-19"]})
    assert refused.status_code == 422 and "请写学习内容。" in refused.content.decode()
    assert Fields(refused.content.decode()).data["read_on"] == ["2026-11-19"]
    client.post("/me/readings/", typed | {"title": ["支部工作条例释义"]})
    assert "支部工作条例释义" in client.get("/me/readings/").content.decode()
    reading = Reading.objects.get()
    assert reading.member == cast.people[-1]
    client.post(f"/me/readings/{reading.pk}/withdraw/")
    reading.refresh_from_db()
    assert reading.withdrawn_at


def test_who_keeps_the_ledger_notes_for_others_and_nobody_else_sees_who(cast: Cast) -> None:
    client, who = signed_in(cast.clerk), cast.people[2]
    where = f"/ledger/readings/?unit={cast.branch.pk}"
    client.post(where, {"member": who.pk, "title": "线上微课", "read_on": "2026-11-18"})
    page = client.get(where).content.decode()
    assert "线上微课" in page and "党务工作者" in page
    sheet = load_workbook(io.BytesIO(client.get("/ledger/readings/export.xlsx").content)).active
    assert [cell.value for cell in sheet[2]][1:] == [who.name, "线上微课", "党务工作者"]  # type: ignore[index]
    assert (
        "请从名单里选党员。"
        in client.post(where, {"member": 10**9, "title": "甲", "read_on": "2026-11-18"}).content.decode()
    )
    reading = Reading.objects.get()
    assert signed_in(cast.committee).get(where).status_code == 403
    assert signed_in(cast.member).post(f"/me/readings/{reading.pk}/withdraw/").status_code == 404
    assert (
        signed_in(cast.other_clerk).post(f"/ledger/readings/{cast.branch.pk}/{reading.pk}/withdraw/").status_code == 404
    )
