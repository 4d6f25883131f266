"""总览: who is behind and by what, for who looks over them, and for nobody else."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.test import Client
from openpyxl import load_workbook

from tests import make
from tests.cast import standing_cast
from tests.house.kept import kept
from tests.web.today.test_home import client, text
from youju.duties.choices.actions import make_rule
from youju.duties.choices.values import RuleDraft
from youju.people.roles.actions import grant
from youju.people.roles.rules import Role
from youju.people.units.values import UnitKind
from youju.records.problems.actions import raise_problem
from youju.records.problems.values import MeasureDraft, ProblemDraft, Source

pytestmark = pytest.mark.django_db
ON = date(2026, 3, 20)


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch):
    monkeypatch.setenv("YOUJU_TODAY", ON.isoformat())


@kept
def two_branches():
    cast = standing_cast()
    for month in (1, 2, 3):
        make.activity(cast.branch, ("committee_meeting", "theme_day"), date(2026, month, 6))
    make.activity(cast.other, "theme_day", date(2026, 1, 6))
    return cast


def test_it_says_who_is_behind_and_by_what():
    cast = two_branches()
    response = client(cast.superior).get("/overview/")
    assert "2 个支部中有 1 个落在后面" in text(response)
    lines = {line.unit: line for line in response.context["page"].lines}
    assert lines[cast.branch].behind == "" and lines[cast.other].behind == "主题党日缺1次"


def test_where_a_period_wants_several_it_tells_periods_and_not_times(monkeypatch):
    cast = two_branches()
    draft = RuleDraft("读书会", "集中学习次数", "monthly", 3, "hard", "支委会决议")
    make_rule(unit=cast.other, draft=draft, since=date(2026, 1, 1), by=None, at=make.moment(date(2026, 1, 2)))
    lines = {line.unit: line for line in client(cast.superior).get("/overview/").context["page"].lines}
    assert lines[cast.other].behind == "主题党日缺1次、读书会有2期没有办齐"
    monkeypatch.setenv("YOUJU_TODAY", "2027-01-02")
    lines = {line.unit: line for line in client(cast.superior).get("/overview/?year=2026").context["page"].lines}
    assert "学时有1期没有办齐" in lines[cast.other].behind and "学时缺" not in lines[cast.other].behind


def test_a_month_shows_its_own_dues_and_a_year_adds_them_up():
    cast = two_branches()

    def cell(query: str, unit, label: str):
        page = client(cast.superior).get(f"/overview/{query}").context["page"]
        column = [matter.label for matter in page.matters].index(label)
        return next(line for line in page.lines if line.unit == unit).cells[column]

    assert cell("?month=2", cast.branch, "主题党日").shape == "done"
    assert cell("?month=2", cast.other, "主题党日").shape == "late"
    assert cell("?month=1", cast.other, "主题党日").shape == "done"
    assert cell("?month=0", cast.other, "主题党日").count == "1/3"
    assert cell("?month=0", cast.other, "主题党日").shape == "late"
    assert cell("?month=2", cast.other, "支委会").shape == ""  # it has no committee, so nothing is owed


def test_overdue_measures_count_and_their_words_stay_below():
    cast = two_branches()
    draft = ProblemDraft("班子谈话走过场", Source.SELF, date(2026, 1, 5), 2025)
    measure = MeasureDraft("每季度谈一次", date(2026, 3, 1))
    raise_problem(unit=cast.branch, draft=draft, measures=(measure,), by=None, at=make.moment(date(2026, 1, 6)))
    body = client(cast.superior).get("/overview/").content.decode()
    assert "整改逾期1项" in body and "走过场" not in body and "每季度谈一次" not in body


def test_numbers_only_no_names_no_titles():
    cast = two_branches()
    make.activity(cast.branch, "party_meeting", date(2026, 3, 18), title="讨论处分某同志")
    body = client(cast.superior).get("/overview/").content.decode()
    assert "处分" not in body and not any(person.name in body for person in cast.people)


def test_every_cell_and_row_opens():
    cast = two_branches()
    superior = client(cast.superior)
    page = superior.get("/overview/").context["page"]
    urls = [cell.url for line in page.lines for cell in line.cells if cell.url]
    urls += [line.ledger_url for line in page.lines]
    assert len(urls) > 10
    for url in urls:
        assert superior.get(url).status_code == 200, url


@pytest.mark.parametrize("path", ["/overview/", "/overview/export.xlsx"])
@pytest.mark.parametrize("who", ["clerk", "secretary", "committee", "member", "admin", "other_clerk", "stranger"])
def test_it_is_for_superiors(who, path):
    cast = two_branches()
    assert client(getattr(cast, who)).get(path).status_code == 403
    assert client(getattr(cast, who)).get(f"{path}?unit={cast.above.pk}").status_code in (403, 404)


def test_a_superior_sees_his_own_subtree_only():
    cast = two_branches()
    elsewhere = make.unit(name="邻县支部")
    assert client(cast.superior).get(f"/overview/?unit={elsewhere.pk}").status_code == 404
    page = client(cast.superior).get(f"/overview/?unit={cast.other.pk}").context["page"]
    assert [line.unit for line in page.lines] == [cast.other]


def test_a_stranger_signs_in_first():
    assert Client().get("/overview/").status_code == 302


@pytest.mark.parametrize("query", ["?year=abc", "?year=99999", "?month=13", "?year=1800&month=-1", "?year=²"])
def test_a_wrong_filter_falls_back(query):
    page = client(two_branches().superior).get(f"/overview/{query}").context["page"]
    assert page.filters.year == 2026 and page.filters.month == 3


def test_a_past_year_is_shown_whole():
    page = client(two_branches().superior).get("/overview/?year=2025").context["page"]
    assert (page.filters.year, page.filters.month) == (2025, 0)
    assert all(line.late == 0 for line in page.lines)  # their ledgers begin in 2026


def test_a_closed_branch_is_not_listed_and_an_empty_committee_says_so():
    cast = two_branches()
    cast.other.closed_on = date(2026, 2, 1)
    cast.other.save()
    page = client(cast.superior).get("/overview/").context["page"]
    assert [line.unit for line in page.lines] == [cast.branch]
    cast.branch.closed_on = date(2026, 2, 1)
    cast.branch.save()
    assert "还没有下属党支部" in text(client(cast.superior).get("/overview/"))


def test_the_matrix_as_an_excel_file():
    cast = two_branches()
    response = client(cast.superior).get("/overview/export.xlsx?month=2")
    rows = list(load_workbook(io.BytesIO(response.content)).active.iter_rows(values_only=True))
    assert rows[0][0] == "党支部" and len(rows) == 3
    assert "主题党日缺1次" in rows[2]


def test_it_opens_on_all_he_looks_over_whatever_he_read_last():
    cast = two_branches()
    reader = client(cast.superior)
    reader.get(f"/ledger/?unit={cast.branch.pk}")
    assert len(reader.get("/overview/").context["page"].lines) == 2


def test_who_writes_one_ledger_and_looks_over_others_has_both_pages():
    cast = two_branches()
    above = make.unit(name="柳溪镇党委", kind=UnitKind.COMMITTEE)
    make.unit(name="柳溪镇中心学校党支部", parent=above)
    grant(user=cast.clerk, unit=above, role=Role.SUPERIOR, since=make.LONG_AGO, by=None, at=make.START)
    reader = client(cast.clerk)
    assert reader.get("/overview/").context["page"].unit == above
    assert reader.get(f"/overview/?unit={cast.branch.pk}").status_code == 403
    assert reader.get("/").status_code == 200
