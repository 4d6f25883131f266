"""What is sent to the pages of 学习 by hand: every answer is a page or a sentence."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from tests.study.making import questions
from tests.web.forms import signed_in

pytestmark = pytest.mark.django_db
PAGES = ("questions", "questions/export.xlsx", "questions/new", "tests/new", "units", "units/plan", "units/new", "uses/new",
         "deliveries", "deliveries/new", "contests", "contests/new", "checks")  # fmt: skip
ASKED = {
    "questions": ("q", "source", "topic", "kind", "page"), "tests/new": ("q", "source", "topic"),
    "units/new": ("point", "year"), "units/plan": ("pace", "year"), "uses/new": ("work", "source"),
    "deliveries/new": ("plan", "member"), "questions/new": ("source", "topic"),
}  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_a_strange_question_is_a_page(cast: Cast, page: str) -> None:
    questions(cast.branch, 2)
    client = signed_in(cast.clerk)
    client.raise_request_exception = False
    address = f"/study/{page}" + ("" if "." in page else "/")
    for name in ASKED.get(page, ("year", "page")):
        for value in ("-1", "²", "٣", "9" * 5000, "\x00", "😀", "<script>"):
            assert client.get(address, {name: value}).status_code == 200, (name, value[:20])
