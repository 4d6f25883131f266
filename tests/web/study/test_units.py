"""学习安排 on its pages: drafted from the topics, recorded from the unit, made up by records, and seen by the branch alone."""

from __future__ import annotations

import io
import re
from datetime import date

import pytest
from openpyxl import load_workbook

from tests import make
from tests.cast import Cast, standing_cast
from tests.web.forms import signed_in
from youju.records.facets.values import Facets
from youju.records.readings.actions import note_reading
from youju.records.sources.actions import enter_source
from youju.records.sources.values import Said, SourceDraft
from youju.study.curriculum.actions import add_topic
from youju.study.curriculum.values import TopicDraft
from youju.study.models import StudyUnit
from youju.study.units.actions import add_unit
from youju.study.units.values import UnitDraft

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
AT = make.moment(TODAY)


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_TODAY", TODAY.isoformat())


@pytest.fixture
def cast() -> Cast:
    return standing_cast()


def unit(cast: Cast) -> StudyUnit:
    source = enter_source(unit=cast.branch, draft=SourceDraft("青禾读本"), by=None, at=make.START)
    topic = add_topic(unit=cast.branch, draft=TopicDraft("廉政"), parent_id=None, by=None, at=AT)
    draft = UnitDraft(
        "学青禾读本", date(2026, 11, 1), date(2026, 11, 30), "seminar", topic.pk, (source.pk,), cast.people[0].pk
    )
    return add_unit(unit=cast.branch, draft=draft, by=None, at=AT)


def at(cast: Cast, found: StudyUnit) -> str:
    return f"/study/units/{cast.branch.pk}/{found.pk}/"


def test_a_year_is_drafted_with_one_button(cast: Cast) -> None:
    clerk = signed_in(cast.clerk)
    empty = clerk.get("/study/units/?year=2027").content.decode()
    assert "2027年还没有学习安排" in empty and "建好学习体系，就能一次排全年" in empty
    assert "先建学习体系" in clerk.post("/study/units/plan/?year=2027", follow=True).content.decode()
    add_topic(unit=cast.branch, draft=TopicDraft("廉政"), parent_id=None, by=None, at=AT)
    answer = clerk.post(f"/study/units/plan/?unit={cast.branch.pk}&year=2027", follow=True).content.decode()
    assert "学了 0 / 12 个单元" in answer and "2027年的单元已排好" in answer and StudyUnit.objects.count() == 12
    assert "已经排了学习单元" in clerk.post("/study/units/plan/?year=2027", follow=True).content.decode()
    assert "从学习体系排全年" not in signed_in(cast.committee).get("/study/units/?year=2025").content.decode()


def test_the_record_form_begins_with_what_the_unit_says(cast: Cast) -> None:
    found, clerk = unit(cast), signed_in(cast.clerk)
    page = clerk.get(at(cast, found)).content.decode()
    (link,) = {piece.split('"')[0].replace("&amp;", "&") for piece in page.split('href="') if "kinds=seminar" in piece}
    form = clerk.get(link).content.decode()
    assert 'value="学青禾读本"' in form and 'value="《青禾读本》"' in form
    assert re.search(r'name="f-topics"[^>]*value="廉政"[^>]*checked', form)
    (agenda,) = {piece.split('"')[0].replace("&amp;", "&") for piece in page.split('href="') if "first_topic=" in piece}
    form = clerk.get(agenda).content.decode()
    assert 'name="a0-title" value="学青禾读本"' in form and 'name="a0-first_topic"' in form


def test_what_fulfils_it_and_who_makes_it_up(cast: Cast) -> None:
    found, clerk = unit(cast), signed_in(cast.clerk)
    assert "正在时段里" in clerk.get(at(cast, found)).content.decode()
    day = date(2026, 11, 5)
    roster = make.everyone(cast.branch, ("seminar",), day, absent=cast.people[:2])
    make.activity(cast.branch, "seminar", day, title="研讨读本", roster=roster, studied=(Said("青禾读本"),))
    page = signed_in(cast.committee).get(at(cast, found)).content.decode()
    assert "研讨读本" in page and "还有 2 人" in page and cast.people[0].name in page
    note_reading(member=cast.people[0], read_on=date(2026, 11, 9), title="青禾读本", by=None, at=AT)
    page = clerk.get(at(cast, found)).content.decode()
    assert "11-09 已补" in page and "还有 1 人" in page
    listed = clerk.get("/study/units/").content.decode()
    assert "学了 1 / 1 个单元" in listed and "还有 1 人没补学" in listed
    sheet = load_workbook(io.BytesIO(clerk.get("/study/units/export.xlsx").content)).active
    assert sheet and [cell.value for cell in sheet[2]][7:11] == ["已学", "2026-研讨-01", 2, 1]


def test_changed_dropped_and_nothing_typed_is_lost(cast: Cast) -> None:
    found, clerk = unit(cast), signed_in(cast.clerk)
    sent = {
        "title": "学读本第二章", "starts_on": "2026-12-01", "ends_on": "2026-12-31", "kind": "group_study",
        "sources": [found.sources.get().pk], "revision": "1",
    }  # fmt: skip
    wrong = clerk.post(at(cast, found) + "change/", sent | {"ends_on": "2026-11-01"})
    assert (
        wrong.status_code == 422
        and "不能早于开始" in wrong.content.decode()
        and "学读本第二章" in wrong.content.decode()
    )
    assert clerk.post(at(cast, found) + "change/", sent).status_code == 302
    stale = clerk.post(at(cast, found) + "change/", sent | {"title": "旧的人又改"})
    assert (
        stale.status_code == 422
        and "刚刚被别人改过" in stale.content.decode()
        and "旧的人又改" in stale.content.decode()
    )
    assert clerk.post(at(cast, found) + "drop/", {"reason": "", "revision": "2"}).status_code == 422
    assert clerk.post(at(cast, found) + "drop/", {"reason": "上级另有安排", "revision": "2"}).status_code == 302
    assert "这个单元已取消：上级另有安排" in clerk.get(at(cast, found)).content.decode()
    assert "还没有学习安排" in clerk.get("/study/units/").content.decode()
    sent |= {"title": "自己加的"}
    assert clerk.post(f"/study/units/new/?unit={cast.branch.pk}", sent).status_code == 302
    assert clerk.post("/study/units/new/", sent | {"sources": []}).status_code == 422


def test_another_branch_sees_none_of_it(cast: Cast) -> None:
    found, other = unit(cast), signed_in(cast.other_clerk)
    assert other.get(at(cast, found)).status_code == 404
    assert other.post(at(cast, found) + "drop/", {"reason": "别人的"}).status_code == 404
    assert "学青禾读本" not in other.get("/study/units/").content.decode()


def test_a_word_of_the_address_that_is_no_text_of_the_register_fills_nothing(cast: Cast) -> None:
    unit(cast)
    form = signed_in(cast.clerk).get("/ledger/new/?kinds=seminar&text=别处的书").content.decode()
    assert "《别处的书》" not in form


def test_a_topic_said_by_its_other_word_fulfils_it(cast: Cast) -> None:
    found = unit(cast)
    make.activity(cast.branch, "group_study", date(2026, 11, 6), title="警钟长鸣", facets=Facets(topics=("廉政教育",)))
    assert "警钟长鸣" in signed_in(cast.clerk).get(at(cast, found)).content.decode()
