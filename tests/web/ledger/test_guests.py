"""列席和来宾 in the form, on the record and in the table; nothing of it to a superior."""

from __future__ import annotations

from datetime import date

import pytest

from tests import make
from tests.cast import Cast, standing_cast
from tests.web.forms import Fields, signed_in
from tests.web.tables import cells
from youju.records.activities.models import Session
from youju.records.activities.values import GuestDraft, GuestKind

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 5)
NEW = "/ledger/new/"
URL = NEW + "?kinds=party_meeting&on=2026-11-05"


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_TODAY", "2026-11-20")


@pytest.fixture
def cast() -> Cast:
    return standing_cast(groups=2)


def filled(cast: Cast, **typed: object) -> dict[str, object]:
    page = signed_in(cast.clerk).get(URL).content.decode()
    return Fields(page).data | {"title": "讨论计划", "start": "14:30"} | typed


def test_they_are_kept_as_typed_and_nobody_else(cast: Cast) -> None:
    typed = {"g0-kind": "invited", "g0-name": "柯来宾", "g0-unit": "县妇联", "g1-kind": "masses", "g1-count": "5"}
    signed_in(cast.clerk).post(NEW, filled(cast, **typed))
    rows = [(row.kind, row.name, row.unit_words, row.count) for row in Session.objects.get().guests.all()]
    assert rows == [("invited", "柯来宾", "县妇联", 1), ("masses", "", "", 5)]


def test_empty_rows_are_nobody(cast: Cast) -> None:
    signed_in(cast.clerk).post(NEW, filled(cast))
    assert not Session.objects.get().guests.exists()


def test_without_a_script_rows_are_added_by_a_button(cast: Cast) -> None:
    page = signed_in(cast.clerk).post(NEW, filled(cast, **{"g0-name": "柯来宾", "redo": "guests"})).content.decode()
    again = Fields(page).data
    assert again["guests"] == ["5"] and again["g0-name"] == ["柯来宾"]
    assert 'id="part-guests" open' in page
    assert not Session.objects.exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"g0-count": "0"}, "来宾人数请填 1 以上的整数。"),
        ({"g0-count": "几"}, "来宾人数请填 1 以上的整数。"),
        ({"g0-unit": "县妇联"}, "写了单位，请写姓名或人数。"),
        ({"g0-name": "长" * 41}, "来宾姓名最多 40 字。"),
        ({"g0-name": "甲", "g0-kind": "旁人"}, "来宾身份请重新选择。"),
    ],
)
def test_a_fault_is_shown_where_it_is_and_the_fold_is_open(cast: Cast, typed: dict[str, str], sentence: str) -> None:
    answer = signed_in(cast.clerk).post(NEW, filled(cast, **typed))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count(sentence) >= 2
    assert 'id="part-guests" open' in page
    assert not Session.objects.exists()


def test_a_correction_begins_with_them(cast: Cast) -> None:
    session = make.activity(cast.branch, "party_meeting", DAY, guests=(GuestDraft(GuestKind.LEAGUE, "岳团员"),))
    client = signed_in(cast.clerk)
    url = f"/ledger/{cast.branch.pk}/{session.number}/correct/"
    typed = Fields(client.get(url).content.decode()).data
    assert (typed["g0-kind"], typed["g0-name"], typed["g0-count"]) == (["league"], ["岳团员"], [""])
    client.post(url, typed | {"g0-count": "3", "reason": "漏了两人"})
    assert session.guests.get().count == 3


def test_they_stand_on_the_page_and_in_the_table_but_not_before_a_superior(cast: Cast) -> None:
    session = make.activity(
        cast.branch, "party_meeting", DAY, guests=(GuestDraft(name="柯来宾"), GuestDraft(GuestKind.MASSES, count=5))
    )
    url = f"/ledger/{cast.branch.pk}/{session.number}/"
    assert "柯来宾" in signed_in(cast.committee).get(url).content.decode()
    assert "特邀" not in signed_in(cast.superior).get(url).content.decode()
    assert "柯来宾" not in signed_in(cast.superior).get(url).content.decode()
    assert "列席：柯来宾；群众：5人" in signed_in(cast.clerk).get(url + "print/").content.decode()
    heads, row = cells(signed_in(cast.clerk).get("/ledger/export.xlsx").content)[-2:]
    assert row[heads.index("列席和来宾")] == "列席：柯来宾；群众：5人"  # as an import reads them
    above = cells(signed_in(cast.superior).get(f"/ledger/export.xlsx?unit={cast.branch.pk}").content)
    assert not any("列席和来宾" in line for line in above)


def test_a_name_is_erased_after_a_second_question(cast: Cast) -> None:
    session = make.activity(cast.branch, "party_meeting", DAY, guests=(GuestDraft(name="柯来宾", unit="县妇联"),))
    client = signed_in(cast.clerk)
    url = f"/ledger/{cast.branch.pk}/{session.number}/"
    erase = f"{url}guests/{session.guests.get().pk}/erase/"
    assert erase.removeprefix(url) in client.get(url).content.decode()
    assert erase.removeprefix(url) not in signed_in(cast.committee).get(url).content.decode()
    assert "不能恢复" in client.get(erase).content.decode()
    assert session.guests.get().name == "柯来宾"
    client.post(erase)
    page = client.get(url).content.decode()
    assert "柯来宾" not in page and "县妇联" not in page and "<dt>列席</dt><dd>1人</dd>" in page
