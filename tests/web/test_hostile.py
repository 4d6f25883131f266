"""What is sent by hand, or by mistake: every answer is a page or a sentence, and nothing breaks."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import quote

import pytest
from django.test import Client

from tests import make
from tests.cast import Cast, standing_cast
from tests.house.kept import kept
from tests.web.forms import Fields, signed_in
from youju.people.roles.actions import grant
from youju.people.roles.rules import Role
from youju.records.activities.models import Session
from youju.records.problems.actions import raise_problem
from youju.records.problems.models import Problem
from youju.records.problems.values import ProblemDraft, Source

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
DAY = date(2026, 11, 5)
LONG = "9" * 5000  # more digits than Python reads as a number
IDS = ["0", "999999", "9" * 19, "9" * 30, LONG]
WORDS = ["x", "\x00", "a\x00b", "\u202e", "😀", "..", "2026-13", "0001-01", "2026-Q9", "<b>", "x" * 3000]


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_TODAY", TODAY.isoformat())


@pytest.fixture
def cast() -> Cast:
    return recorded_and_raised()


@kept
def recorded_and_raised() -> Cast:
    cast = standing_cast(groups=2)
    make.activity(cast.branch, "party_meeting", DAY)
    draft = ProblemDraft("自学没有抽查", Source.SELF, DAY, 2026)
    raise_problem(unit=cast.branch, draft=draft, by=None, at=make.moment(DAY, 20))
    return cast


def careful(cast: Cast) -> Client:
    """The secretary, whose client reports a broken page as a visitor would see it."""
    client = signed_in(cast.secretary)
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize(
    "address",
    [
        "/people/{id}/", "/people/{id}/change/", "/people/{id}/relieve/{id}/", "/people/{person}/relieve/{id}/",
        "/ledger/{id}/{record}/", "/ledger/{unit}/{word}/", "/ledger/{unit}/{record}/evidence/{id}/",
        "/problems/{id}/{problem}/", "/problems/{unit}/{word}/", "/problems/{unit}/{problem}/progress/{id}/",
        "/report/{id}/2026/", "/report/{unit}/{id}/", "/today/{word}/{word}/", "/today/theme_day/{word}/", "/login/enter/{word}/",
    ],
)  # fmt: skip
def test_an_address_of_nothing_is_not_found(cast: Cast, address: str) -> None:
    client = careful(cast)
    known = {
        "unit": cast.branch.pk, "person": cast.people[0].pk,
        "record": quote(Session.objects.get().number), "problem": quote(Problem.objects.get().number),
    }  # fmt: skip
    for number in IDS if "{id}" in address else IDS[:1]:
        for word in WORDS if "{word}" in address else WORDS[:1]:
            url = address.format(**known, id=number, word=quote(word, safe=""))
            assert client.get(url).status_code == 404, url[:80]


NEW = "/ledger/new/"
PLAN = "/ledger/plan/"
PROBLEM = "/problems/new/"
PERSON = "/people/add/"


@pytest.mark.parametrize(
    ("page", "sent"),
    [
        (NEW, {"agenda": LONG}), (NEW, {"a0-votes": LONG}), (NEW, {"chair": LONG}), (NEW, {"title": "x" * 10_000}),
        (NEW, {"on": "0001-01-01", "start": "00:00"}), (NEW, {"on": "9999-12-31"}), (NEW, {"title": "甲\x0b乙"}),
        (NEW, {"title": "\u200b"}), (NEW, {"title": "\u202e乙甲"}), (NEW, {"outcome": "甲\x01"}), (NEW, {"form_key": "x" * 99}),
        (NEW, {"a0-title": "议题", "a0r0-text": "决议", "a0r0-yes": "9" * 30}), (NEW, {"a0-title": "甲\x0c乙"}),
        (PLAN, {"on": "0001-01-01", "start": "00:00"}), (PLAN, {"on": "9999-12-31", "start": "23:59"}), (PLAN, {"title": "甲\x0b乙"}),
        (PROBLEM, {"for_year": LONG}), (PROBLEM, {"found_on": "0001-01-01"}), (PROBLEM, {"title": "甲\x0b乙"}),
        (PROBLEM, {"cause": "甲\x01"}), (PROBLEM, {"measure-text": "抽查", "measure-due_on": "9999-12-31"}),
        (PERSON, {"since": "0001-01-01"}), (PERSON, {"since": "9999-12-31"}), (PERSON, {"name": "张\x0b三"}), (PERSON, {"name": "\u200b"}),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_comes_back_with_a_sentence(cast: Cast, page: str, sent: dict[str, str]) -> None:
    client = careful(cast)
    opened = Fields(client.get(page + "?kinds=party_meeting&on=2026-11-05").content.decode()).data
    likely = {"title": "讨论下年计划", "start": "14:30", "end": "16:00", "name": "新人"}
    answer = client.post(page, opened | {name: text for name, text in likely.items() if name in opened} | sent)
    assert answer.status_code == 422 or sent.keys() & {"agenda", "a0-votes"}, answer.status_code
    if answer.status_code == 422:
        assert "<title>错误：" in answer.content.decode()


@pytest.mark.parametrize("name", ["page", "kind", "year", "quarter", "status", "words", "on", "kinds", "for_year", "title", "show", "unit"])  # fmt: skip
def test_a_strange_question_is_a_page(cast: Cast, name: str) -> None:
    client = careful(cast)
    for page in ("/", "/ledger/", "/ledger/export.xlsx", NEW, PLAN, PROBLEM, "/people/", "/problems/"):
        for value in ("-1", "²", "٣", LONG, "\x00", "😀", "0001-01-01", "9999-12-31", "<script>"):
            assert client.get(page, {name: value}).status_code in (200, 404), (page, value[:20])


@pytest.mark.parametrize("page", [NEW, PLAN, PROBLEM, PERSON])
def test_a_form_goes_to_the_unit_it_was_opened_for(cast: Cast, page: str) -> None:
    """Whatever unit another window of the same person was opened at meanwhile."""
    grant(user=cast.clerk, unit=cast.other, role=Role.CLERK, since=make.LONG_AGO, by=None, at=make.START)
    client = signed_in(cast.clerk)
    client.get(f"/ledger/?unit={cast.branch.pk}")
    body = client.get(page).content.decode()
    client.get(f"/ledger/?unit={cast.other.pk}")
    action = re.search(rf'action="({page}[^"]*)"', body)
    assert action
    answer = client.post(action[1].replace("&amp;", "&"), Fields(body).data)
    assert answer.status_code == 422
    assert answer.context["page"].unit == cast.branch


def test_a_fault_in_the_agenda_of_a_plan_is_told_on_top(cast: Cast) -> None:
    client = signed_in(cast.clerk)
    typed = Fields(client.get(PLAN + "?kinds=party_meeting&on=2026-12-05").content.decode()).data
    answer = client.post(PLAN, typed | {"title": "讨论下年计划", "start": "14:30", "a0-title": "长" * 201})
    assert answer.status_code == 422
    assert "<title>错误：" in answer.content.decode()
    assert 'href="#id_a0-title"' in answer.content.decode()
