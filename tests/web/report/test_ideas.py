"""From the library into a draft: the passage arrives with blanks, and only what its reader may have arrives."""

import pytest
from django.urls import reverse

from tests.cast import standing_cast
from tests.library.making import AT, DAY, document
from tests.web.forms import signed_in
from youju.library.documents.values import Span
from youju.reports.drafts.actions import start

pytestmark = pytest.mark.django_db
TEXT = "一、做法\n全年开展主题党日20余次，走访74户。受限的9户。"


@pytest.fixture(autouse=True)
def on_that_day(monkeypatch):
    monkeypatch.setenv("YOUJU_TODAY", DAY.isoformat())


@pytest.fixture
def cast():
    return standing_cast()


def begun(cast):
    return start(unit=cast.branch, year=2026, outline="grassroots", as_of=DAY, by=cast.clerk, at=AT)


def test_it_is_shown_as_it_was_and_as_it_would_be(cast):
    draft, row = begun(cast), document(TEXT)
    page = (
        signed_in(cast.clerk).get(reverse("report:idea"), {"document": row.pk, "start": 5, "end": 27}).content.decode()
    )
    assert "主题党日20余次" in page and "主题党日〔=主题党日次数〕，走访〔缺：几户〕" in page
    assert reverse("report:insert", args=[draft.pk]) in page


def test_the_new_passage_begins_with_it_and_keeps_no_number_of_the_other_unit(cast):
    draft, row = begun(cast), document(TEXT)
    client = signed_in(cast.clerk)
    page = client.get(
        reverse("report:insert", args=[draft.pk]), {"document": row.pk, "start": 5, "end": 27}
    ).content.decode()
    assert "〔=主题党日次数〕" in page and "20余次" not in page


def test_a_restricted_span_does_not_come_along(cast):
    begun(cast)
    row = document(TEXT, restricted=(Span(TEXT.index("受限"), len(TEXT)),))
    page = (
        signed_in(cast.clerk).get(reverse("report:idea"), {"document": row.pk, "start": 0, "end": 999}).content.decode()
    )
    assert "受限" not in page and "走访〔缺：几户〕" in page


def test_nothing_comes_of_a_document_of_another_branch_or_of_none(cast):
    draft = begun(cast)
    theirs = document("柳溪支部的一篇，3次。", unit=cast.other)
    client = signed_in(cast.clerk)
    assert client.get(reverse("report:idea"), {"document": theirs.pk}).status_code == 404
    assert client.get(reverse("report:insert", args=[draft.pk]), {"document": theirs.pk}).status_code == 404
    assert client.get(reverse("report:idea")).status_code == 404
    assert client.get(reverse("report:idea"), {"document": "x", "start": "-1"}).status_code == 404


def test_who_writes_no_report_takes_no_idea(cast):
    row = document(TEXT)
    assert signed_in(cast.member).get(reverse("report:idea"), {"document": row.pk}).status_code == 403
    assert "取思路" not in signed_in(cast.member).get(reverse("library:document", args=[row.pk])).content.decode()


def test_beside_a_draft_the_library_is_searched_and_its_passages_offered(cast):
    draft = begun(cast)
    client = signed_in(cast.clerk)
    address = reverse("report:draft", args=[draft.pk])
    assert "tab=material" not in client.get(address).content.decode()
    row = document("农资保供走在前。土地托管走访七十四户。", title="走访经验")
    document("柳溪支部的土地托管。", unit=cast.other)
    assert "tab=material" in client.get(address).content.decode()
    found = client.get(address, {"tab": "material", "q": "土地托管"}, headers={"HX-Target": "panel"}).content.decode()
    assert "找到 1 篇" in found and "<mark>土地托管</mark>" in found and "走访经验" in found
    assert f"{reverse('report:idea')}?document={row.pk}" in found
    assert "没有找到" in client.get(address, {"tab": "material", "q": "没有的词"}).content.decode()
    assert "最近放进来的" in client.get(address, {"tab": "material"}).content.decode()
