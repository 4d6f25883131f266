"""The pages of 学习 as a person sees them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from tests import make
from tests.cast import standing_cast
from tests.study.making import answered, published, question, questions
from tests.web.browser import look_over, sign_in
from youju.records.facets.values import Facets
from youju.records.models import Source
from youju.records.sources.actions import enter_source
from youju.records.sources.values import Said, SourceDraft
from youju.study.curriculum.actions import add_topic, adopt_template, place_source
from youju.study.curriculum.models import Topic
from youju.study.curriculum.values import TopicDraft

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_every_page(page: Page, live_server: LiveServer) -> None:
    cast = standing_cast()
    parts = tuple(f"第{n}章" for n in range(1, 8))
    draft = SourceDraft("青禾县供销合作社改革发展学习读本（第二辑）", "book", parts=parts)
    enter_source(unit=cast.branch, draft=draft, by=None, at=make.moment(date(2026, 1, 5)))
    for month in range(1, 11):
        facets = Facets(topics=(("廉政", "乡村振兴", "安全生产")[month % 3],))
        said = (Said(draft.title, parts[month % 5]),)
        make.activity(cast.branch, "group_study", date(2026, month, 5), facets=facets, studied=said)
    when = {"by": None, "at": make.moment(date(2026, 11, 1))}
    adopt_template(unit=cast.branch, **when)
    red = Topic.objects.get(title="红色教育")
    own = TopicDraft("青禾县供销合作社系统先进人物和支前老党员的故事", ("青禾故事",))
    add_topic(unit=cast.branch, draft=own, parent_id=red.pk, **when)
    place_source(source=Source.objects.get(), topic_ids=[red.pk], seen=[], **when)
    enter_source(unit=cast.branch, draft=SourceDraft("党史知识简明读本", "book", origin="县委党校"), **when)
    make.activity(cast.branch, "seminar", date(2026, 11, 5), facets=Facets(topics=("意识形态", "自己写的专题")))
    make.activity(cast.branch, "group_study", date(2024, 5, 5), facets=Facets(topics=("廉政",)))
    text, topic = Source.objects.first(), f"/study/curriculum/{cast.branch.pk}/{red.pk}/"
    pages = {
        "index": "/study/", "empty": "/study/?year=2023", "tree": "/study/curriculum/", "map": "/study/map/",
        "map-words": "/study/map/?as=words&years=10", "topic": topic, "topic-change": topic + "change/",
        "topic-merge": topic + "merge/", "inbox": "/study/inbox/",
        "places": f"/study/inbox/{cast.branch.pk}/{quote(text.number)}/",
    }  # fmt: skip
    sign_in(page, live_server.url, cast.clerk)
    look_over(page, live_server.url, pages, "study")


def test_questions_and_self_tests(page: Page, live_server: LiveServer) -> None:
    """The clerk's pages in every look, and the member's: before the answer, after it, and what it came to."""
    cast = standing_cast()
    text = enter_source(unit=cast.branch, draft=SourceDraft("支部工作条例"), by=None, at=make.moment(date(2026, 1, 5)))
    first = question(cast.branch, "党支部党员大会一般多长时间召开一次，由谁召集？", source_id=text.pk, topic="党章党规")
    asked = [first, question(cast.branch, "哪几项写在一起？", correct=(0, 2)), *questions(cast.branch, 6)]
    test = published(cast.branch, asked)
    past = published(cast.branch, asked[:3], title="十月学习自测", last=date(2026, 11, 5))
    for person in cast.people[:6]:
        answered(person, past, [2, 0, 1])
    answered(cast.people[-1], test, [2, 0])
    asked_, taken = f"/study/questions/{cast.branch.pk}/{first.pk}/", f"/study/tests/{cast.branch.pk}/"
    mine = f"/study/mine/{test.pk}/"
    clerk = {
        "bank": "/study/questions/", "question": asked_, "question-form": asked_ + "change/", "question-new": "/study/questions/new/",
        "tests": "/study/tests/", "test": f"{taken}{test.pk}/", "test-closed": f"{taken}{past.pk}/", "test-form": "/study/tests/new/",
    }  # fmt: skip
    member = {
        "mine": "/study/mine/",
        "sheet": mine,
        "ask": mine + "3/",
        "told": mine + "1/",
        "told-right": mine + "2/",
        "me": "/me/",
    }
    for user, pages in ((cast.clerk, clerk), (cast.member, member)):
        sign_in(page, live_server.url, user)
        look_over(page, live_server.url, pages, "study")
