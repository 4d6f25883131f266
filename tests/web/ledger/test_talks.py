"""谈心谈话: the matrix and the list for clerk and secretary, their own for others who read, counts for who looks from above."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from tests import make
from tests.cast import Cast, standing_cast
from tests.web.forms import signed_in
from youju.duties.models import RuleChoice
from youju.people.models import Member, Unit
from youju.records.activities.values import RosterEntry

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 4)


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setenv("YOUJU_TODAY", "2026-11-20")
    cast = standing_cast(formal=7)
    for index, person in enumerate(cast.people):
        person.name = f"青青名{index}"
        person.save(update_fields=["name"])
    between(cast.branch, *cast.people[:2])
    between(cast.branch, cast.people[2], cast.people[5])
    return cast


def between(unit: Unit, *people: Member) -> None:
    roster = tuple(RosterEntry(person.pk) for person in people)
    make.activity(unit, "heart_talk", DAY, title="两人谈话", roster=roster, chair_id=people[0].pk)


def page(user: object, unit: Unit, name: str = "ledger:talks", more: str = "") -> str:
    return signed_in(user).get(f"{reverse(name)}?unit={unit.pk}{more}").content.decode()  # type: ignore[arg-type]


def test_the_clerk_sees_who_with_whom_what_is_missing_first_and_writes_it_down(cast: Cast) -> None:
    body = page(cast.clerk, cast.branch)
    assert "1 / 10 对" in body and "1 / 2 人" in body and "4 / 7 人" in body
    assert "青青名0与青青名1：3月4日谈过" in body and "青青名0与青青名2：还没谈" in body
    assert body.index('title nw">青青名6') < body.index('title nw">青青名5')  # who lacks nothing stands last
    pair = f"people={cast.people[0].pk}%2C{cast.people[2].pk}"
    assert pair in body
    form = signed_in(cast.clerk).get(f"{reverse('ledger:new')}?unit={cast.branch.pk}&kinds=heart_talk&{pair}")
    entry = form.context["page"].entry
    assert [row.member_id for row in entry.roster.entries()] == [cast.people[0].pk, cast.people[2].pk]
    assert entry.form.initial["chair"] == cast.people[0].pk


def test_only_clerk_and_secretary_see_names(cast: Cast) -> None:
    for name in ("ledger:talks", "ledger:talks_print"):
        assert all("青青名3" in page(who, cast.branch, name) for who in (cast.clerk, cast.secretary))
        for who in (cast.committee, cast.superior):
            body = page(who, cast.branch, name)
            assert "青青名" not in body and "两人谈话" not in body and "委员之间" in body
    Member.objects.filter(pk=cast.people[5].pk).update(user=cast.committee)
    own = page(cast.committee, cast.branch)
    assert own.count("两人谈话") == 1 and "青青名0" not in own  # the one he took part in
    answer = signed_in(cast.clerk).get(f"{reverse('ledger:talks_export')}?unit={cast.branch.pk}")
    book = load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["谈心谈话", "委员之间", "每名党员"]
    answer = signed_in(cast.superior).get(f"{reverse('ledger:talks_export')}?unit={cast.branch.pk}")
    assert load_workbook(io.BytesIO(answer.content)).sheetnames == ["谈心谈话"]


def test_not_yours_not_your_right_and_no_branch(cast: Cast) -> None:
    url = reverse("ledger:talks")
    assert signed_in(cast.other_clerk).get(f"{url}?unit={cast.branch.pk}").status_code == 404
    assert signed_in(cast.member).get(f"{url}?unit={cast.branch.pk}").status_code == 403
    assert signed_in(cast.superior).get(f"{url}?unit={cast.above.pk}").status_code == 404


def test_the_secretary_leaves_one_requirement_with_its_basis(cast: Cast) -> None:
    url = f"{reverse('ledger:talks_choose')}?unit={cast.branch.pk}"
    given = {"requirement": "committee", "on": "off", "since": "2026-01-01", "basis": ""}
    assert signed_in(cast.clerk).post(url, given).status_code == 403
    wrong = signed_in(cast.secretary).post(url, given)
    assert wrong.status_code == 422 and "请写明依据。" in wrong.content.decode() and not RuleChoice.objects.exists()
    assert signed_in(cast.secretary).post(url, {**given, "basis": "支委会第3次"}).status_code == 302
    body = page(cast.clerk, cast.branch)
    assert "本组织不要求" in body and "支委会第3次" in body and "青青名0与青青名2：不要求" in body
    assert "委员青青名" not in body  # no pair is missing any more


def test_an_empty_branch_and_odd_words_in_the_address(cast: Cast) -> None:
    empty = make.unit(name="新支部", parent=cast.above)
    assert "0 / 0 对" in page(cast.superior, empty)
    assert "2026年" in page(cast.clerk, cast.branch, more="&year=abc")
    assert "0 / 10 对" in page(cast.clerk, cast.branch, more="&year=2025")


@pytest.mark.parametrize("year", ["0", "1", "1920", "9999", "-1", "²"])
def test_a_strange_year_is_a_page(cast: Cast, year: str) -> None:
    answer = signed_in(cast.clerk).get(f"{reverse('ledger:talks')}?unit={cast.branch.pk}&year={year}")
    assert answer.status_code == 200 and answer.context["page"].year == 2026
