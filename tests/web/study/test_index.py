"""The first page of 学习: the year's numbers lead to their records, and nothing is told of another year or unit."""

from __future__ import annotations

from datetime import date

import pytest

from tests import make
from tests.cast import Cast
from tests.web.forms import signed_in
from youju.records.facets.values import Facets
from youju.records.sources.actions import enter_source
from youju.records.sources.values import Said, SourceDraft
from youju.study.curriculum.actions import add_topic
from youju.study.curriculum.models import Topic
from youju.study.curriculum.values import TopicDraft
from youju.study.units.actions import add_unit
from youju.study.units.values import UnitDraft

pytestmark = pytest.mark.django_db


def test_an_empty_year_says_what_to_do(cast: Cast) -> None:
    page = signed_in(cast.clerk).get("/study/").content.decode()
    assert "2026年还没有学习的记录" in page and "还没有登记学习材料" in page and "kinds=group_study" in page
    assert "kinds=group_study" not in signed_in(cast.committee).get("/study/").content.decode()


def test_the_year_at_a_glance(cast: Cast) -> None:
    draft = SourceDraft("青禾读本", parts=("第一章", "第二章"))
    enter_source(unit=cast.branch, draft=draft, by=None, at=make.moment(date(2026, 1, 5)))
    for month in (3, 4):
        day = date(2026, month, 5)
        roster = make.everyone(cast.branch, ("group_study",), day, absent=cast.people[:2])
        make.activity(
            cast.branch, "group_study", day, roster=roster, facets=Facets(topics=("廉政",)), studied=(Said("青禾读本", "第一章"),)
        )  # fmt: skip
    make.activity(cast.other, "seminar", date(2026, 5, 5))
    page = signed_in(cast.committee).get("/study/").content.decode()
    assert "<b>2<small>次</small></b><span>集中学习" in page
    assert "<b>0<small>次</small></b><span>专题研讨" in page
    assert f"/ledger/?unit={cast.branch.pk}&amp;year=2026&amp;kind=group_study" in page
    assert "7 / 9" in page and "1 / 2 篇" in page and "<b>28<small>学时" in page
    before = signed_in(cast.committee).get("/study/?year=2025").content.decode()
    assert "2025年还没有学习的记录" in before and "没有写明专题" in before


def test_the_units_that_wait_are_told_first(cast: Cast) -> None:
    assert "学习安排：" not in signed_in(cast.clerk).get("/study/").content.decode()
    when = {"by": None, "at": make.moment(date(2026, 1, 5))}
    for title, month in (("学党章", 3), ("学廉政", 4), ("学宪法", 11), ("年末回读", 12)):
        draft = UnitDraft(title, date(2026, month, 1), date(2026, month, 28), topic_id=one_topic(cast, title).pk)
        add_unit(unit=cast.branch, draft=draft, **when)
    make.activity(cast.branch, "group_study", date(2026, 3, 5), facets=Facets(topics=("学党章",)))
    client = signed_in(cast.clerk)
    page = client.get("/study/").content.decode()
    assert "学习安排：学了 1 / 4 个单元" in page and "过了时间还没学" in page and "正在时段里" in page
    assert "学廉政" in page and "学宪法" in page and "年末回读" not in page
    assert "该学的单元都学了" not in page and "学习安排：" not in client.get("/study/?year=2025").content.decode()


def one_topic(cast: Cast, title: str) -> Topic:
    draft = TopicDraft(title)
    return add_topic(unit=cast.branch, draft=draft, parent_id=None, by=None, at=make.moment(date(2026, 1, 5)))


def test_the_tree_and_the_inbox_at_a_glance(cast: Cast) -> None:
    client = signed_in(cast.clerk)
    assert "还没有学习体系" in client.get("/study/").content.decode()
    one_topic(cast, "学党章")
    enter_source(unit=cast.branch, draft=SourceDraft("青禾读本"), by=None, at=make.moment(date(2026, 1, 5)))
    make.activity(cast.branch, "seminar", date(2026, 3, 5), facets=Facets(topics=("学党章",)))
    page = client.get("/study/").content.decode()
    assert "研讨过</span><b>1</b>" in page and "收件箱里有 1 份材料没放到专题" in page


def test_only_who_may_open_the_readings_is_led_there(cast: Cast) -> None:
    make.activity(cast.branch, "group_study", date(2026, 3, 5))
    assert "/ledger/readings/" in signed_in(cast.clerk).get("/study/").content.decode()
    assert "/ledger/readings/" not in signed_in(cast.committee).get("/study/").content.decode()


@pytest.mark.parametrize("year", ["3000", "x", "-1", "1", "99999999999"])
def test_a_year_that_is_none_is_this_one(cast: Cast, year: str) -> None:
    page = signed_in(cast.clerk).get("/study/", {"year": year})
    assert page.status_code == 200 and "2026年还没有学习的记录" in page.content.decode()


def test_the_rail_leads_here_for_who_may_read(cast: Cast) -> None:
    assert 'href="/study/"' in signed_in(cast.clerk).get("/ledger/").content.decode()
    assert 'href="/study/"' not in signed_in(cast.member).get("/me/").content.decode()
