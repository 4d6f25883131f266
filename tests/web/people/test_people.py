"""A unit and its members, and the changes of who belongs where."""

from __future__ import annotations

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from tests import make
from tests.cast import Cast, standing_cast
from tests.web.forms import Fields, signed_in
from youju.people.members.queries import memberships_on
from youju.people.members.values import Standing
from youju.people.models import Member
from youju.people.posts.queries import committee_on

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_TODAY", TODAY.isoformat())


@pytest.fixture
def cast() -> Cast:
    return standing_cast(groups=2)


def test_the_unit_shows_committee_and_groups(cast: Cast) -> None:
    make.member(cast.groups[0], "新来的", standing=Standing.PROBATIONARY)
    page = signed_in(cast.committee).get("/people/").content.decode()
    assert "10 名党员，其中预备 1 名" in page
    assert page.index("第一党小组") < page.index("新来的") < page.index("第二党小组")
    assert "纪检委员" in page
    assert "加党员" not in page


def test_a_member_is_added_once(cast: Cast) -> None:
    client = signed_in(cast.clerk)
    typed = Fields(client.get("/people/add/").content.decode()).data
    typed |= {"name": ["林朝暮"], "unit": [str(cast.groups[0].pk)], "standing": ["probationary"]}
    client.post("/people/add/", typed)
    again = client.post("/people/add/", typed).content.decode()
    assert "已经加过同名的党员" in again
    row = Member.objects.get(name="林朝暮").memberships.get()
    assert (row.unit, row.standing, row.since) == (cast.groups[0], "probationary", TODAY)


def test_a_probationary_member_becomes_a_formal_one(cast: Cast) -> None:
    person = make.member(cast.groups[0], standing=Standing.PROBATIONARY)
    client = signed_in(cast.clerk)
    typed = Fields(client.get(f"/people/{person.pk}/change/").content.decode()).data
    assert "都没有变" in client.post(f"/people/{person.pk}/change/", typed).content.decode()
    client.post(f"/people/{person.pk}/change/", typed | {"standing": ["formal"], "since": ["2026-11-18"]})
    page = client.get(f"/people/{person.pk}/").content.decode()
    assert page.index("正式党员") < page.index("预备党员")
    assert person.memberships.filter(until__isnull=True).get().since == date(2026, 11, 18)


def test_who_leaves_is_no_longer_expected(cast: Cast) -> None:
    person = cast.people[6]
    client = signed_in(cast.clerk)
    assert "转出日期须晚于" in client.post(f"/people/{person.pk}/leave/", {"until": "2010-01-01"}).content.decode()
    client.post(f"/people/{person.pk}/leave/", {"until": "2026-11-20"})
    assert person.pk not in [row.member_id for row in memberships_on(cast.branch, TODAY)]
    assert "不在册" in client.get(f"/people/{person.pk}/").content.decode()


def test_offices_change_hands(cast: Cast) -> None:
    client = signed_in(cast.clerk)
    old, new = cast.people[1], cast.people[6]
    post = old.posts.get()
    sent = {"title": "secretary", "unit": str(cast.branch.pk), "since": "2026-11-20"}
    assert "已有书记" in client.post(f"/people/{new.pk}/appoint/", sent).content.decode()
    client.post(f"/people/{old.pk}/relieve/{post.pk}/", {"until": "2026-11-20"})
    client.post(f"/people/{new.pk}/appoint/", sent | {"title": "deputy"})
    titles = {row.member_id: row.title for row in committee_on(cast.branch, TODAY)}
    assert old.pk not in titles
    assert titles[new.pk] == "deputy"
    wrong = client.post(f"/people/{new.pk}/appoint/", sent | {"title": "group_leader"}).content.decode()
    assert "党小组组长请选党小组" in wrong


def test_the_post_of_another_cannot_be_ended_under_my_name(cast: Cast) -> None:
    post = cast.people[1].posts.get()
    assert signed_in(cast.clerk).get(f"/people/{cast.people[2].pk}/relieve/{post.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [({"name": " "}, "请写姓名。"), ({"since": "x"}, "日期请写成"), ({"unit": "999999"}, "所在组织请重新选择。")],
)
def test_a_fault_comes_back_with_everything_typed(cast: Cast, typed: dict[str, str], sentence: str) -> None:
    sent = {"name": "林朝暮", "unit": str(cast.branch.pk), "standing": "probationary", "since": "2026-11-01"} | typed
    page = signed_in(cast.clerk).post("/people/add/", sent).content.decode()
    assert page.count(sentence) == 2
    assert Fields(page).data["standing"] == ["probationary"]
    assert not Member.objects.filter(name="林朝暮").exists()


def test_a_member_of_another_unit_cannot_be_moved_here(cast: Cast) -> None:
    other = make.member(cast.other)
    client = signed_in(cast.clerk)
    sent = {"unit": str(cast.branch.pk), "standing": "formal", "since": "2026-11-01"}
    assert client.post(f"/people/{other.pk}/change/", sent).status_code == 404
    assert other.memberships.get().unit == cast.other


def test_the_roster_goes_to_excel(cast: Cast) -> None:
    book = load_workbook(io.BytesIO(signed_in(cast.clerk).get("/people/export.xlsx").content))
    rows = list(book.active.iter_rows(values_only=True))  # type: ignore[union-attr]
    assert len(rows) == 10
    assert "书记" in [row[4] for row in rows]


def test_the_page_costs_a_fixed_number_of_queries(cast: Cast, django_assert_max_num_queries: object) -> None:
    make.members(cast.groups[0], 20)
    client = signed_in(cast.clerk)
    with django_assert_max_num_queries(15):  # type: ignore[operator]
        client.get("/people/")
