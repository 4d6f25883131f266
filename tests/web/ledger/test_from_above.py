"""The list of a committee: who acts for its own ledger reads nothing of its branches', who looks down reads heads."""

from __future__ import annotations

import io
from datetime import date

import docx
import pytest
from django.test import Client

from tests import make
from tests.cast import Cast, standing_cast
from tests.web.forms import signed_in
from tests.web.tables import cells
from youju.people.roles.rules import Role
from youju.records.problems.actions import raise_problem
from youju.records.problems.values import ProblemDraft, Source

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 5)
TALK, OWN, THEIRS = "与某同志谈心", "工委自己的会", "仓储安全"


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_TODAY", "2026-11-20")


@pytest.fixture
def cast() -> Cast:
    cast = standing_cast(groups=2)
    roster = make.everyone(cast.branch, ["theme_day"], DAY, leave=[cast.people[8]])
    make.activity(cast.branch, "theme_day", DAY, title=THEIRS, roster=roster)
    make.activity(cast.branch, "heart_talk", DAY, title=TALK, roster=())
    make.activity(cast.above, "deployment_meeting", DAY, title=OWN, roster=())
    return cast


def clerk_above(cast: Cast, *also: Role) -> Client:
    user = make.user("工委党务员", unit=cast.above, role=Role.CLERK)
    for role in also:
        make.grant(user=user, unit=cast.above, role=role, since=make.LONG_AGO, by=None, at=make.START)
    return signed_in(user)


def text_of(data: bytes) -> str:
    document = docx.Document(io.BytesIO(data))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def named(table: list) -> list[dict]:  # type: ignore[type-arg]
    """The rows of a sheet by the words of its head: a new column changes nothing here."""
    head, *rows = table
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_the_clerk_of_the_committee_reads_its_own_ledger_only(cast: Cast) -> None:
    client = clerk_above(cast)
    page = client.get(f"/ledger/?unit={cast.above.pk}").content.decode()
    table = cells(client.get(f"/ledger/export.xlsx?unit={cast.above.pk}").content)
    year = text_of(client.get(f"/ledger/year.docx?unit={cast.above.pk}&year=2026").content)
    assert OWN in page and OWN in year
    assert [row["主题"] for row in named(table)] == [OWN]
    for said in (page, year):
        assert TALK not in said and THEIRS not in said and cast.people[8].name not in said and "公出" not in said


def test_who_also_looks_down_reads_heads_there_and_his_own_whole(cast: Cast) -> None:
    client = clerk_above(cast, Role.SUPERIOR)
    page = client.get(f"/ledger/?unit={cast.above.pk}").content.decode()
    assert OWN in page and THEIRS in page and TALK not in page
    table = cells(client.get(f"/ledger/export.xlsx?unit={cast.above.pk}").content)
    places = {row["主题"]: row["地点"] for row in named(table)}
    assert places[OWN] and places[THEIRS] is None and TALK not in places
    assert TALK not in client.get(f"/ledger/?unit={cast.above.pk}&words=某同志").content.decode()
    assert THEIRS not in text_of(client.get(f"/ledger/year.docx?unit={cast.above.pk}&year=2026").content)


def test_problems_of_a_branch_are_not_in_the_committees_list(cast: Cast) -> None:
    draft = ProblemDraft(title="学习不够深入", source=next(iter(Source)), found_on=DAY, for_year=2026)
    raise_problem(unit=cast.branch, draft=draft, by=None, at=make.moment(DAY))
    client = clerk_above(cast)
    assert "学习不够深入" not in client.get(f"/problems/?unit={cast.above.pk}").content.decode()
    assert len(cells(client.get(f"/problems/export.xlsx?unit={cast.above.pk}").content)) == 1
