"""A code opens so many documents until a day, for the one account that entered it."""

from datetime import timedelta

import pytest

from tests.cast import standing_cast
from tests.library.making import AT, DAY, document
from youju.journal.models import Line
from youju.kit.refusal import Refusal
from youju.library.documents.queries import shown_to
from youju.library.documents.values import Span
from youju.library.entitlements.actions import enter, issue, open_whole, revoke
from youju.library.entitlements.queries import codes_of, reader_of

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=31)


@pytest.fixture
def cast():
    return standing_cast()


def restricted(number):
    return document(f"第{number}篇，受限。", restricted=(Span(4, 6),))


def given(cast, quota=2):
    return issue(quota=quota, until=DAY + timedelta(days=30), note="试用", by=cast.admin, at=AT)


def reads_whole(user, row, at=AT):
    return shown_to(reader_of(user, on=at.date()), row.pk).whole


def test_a_code_opens_as_many_documents_as_it_says(cast):
    code, words = given(cast)
    enter(words=words, user=cast.member, at=AT)
    first, second, third = restricted(1), restricted(2), restricted(3)
    assert not reads_whole(cast.member, first)
    open_whole(document=first, user=cast.member, at=AT)
    open_whole(document=first, user=cast.member, at=AT)
    open_whole(document=second, user=cast.member, at=AT)
    with pytest.raises(Refusal) as refused:
        open_whole(document=third, user=cast.member, at=AT)
    assert refused.value.field == "code"
    code.refresh_from_db()
    assert code.used == 2 and reads_whole(cast.member, first) and not reads_whole(cast.member, third)
    assert not reads_whole(cast.committee, first)


def test_when_it_ends_or_is_revoked_all_is_closed_again(cast):
    code, words = given(cast)
    enter(words=words, user=cast.member, at=AT)
    row = restricted(1)
    open_whole(document=row, user=cast.member, at=AT)
    assert not reads_whole(cast.member, row, LATER)
    revoke(code=code, by=cast.admin, at=AT)
    assert not reads_whole(cast.member, row) and codes_of(cast.member, on=DAY) == []


@pytest.mark.parametrize("how", ["wrong", "late", "revoked", "taken"])
def test_a_code_that_does_not_hold_is_refused_with_one_sentence(cast, how):
    code, words = given(cast)
    if how == "revoked":
        revoke(code=code, by=cast.admin, at=AT)
    if how == "taken":
        enter(words=words, user=cast.committee, at=AT)
    with pytest.raises(Refusal) as refused:
        enter(words="AAAA" if how == "wrong" else words, user=cast.member, at=LATER if how == "late" else AT)
    assert "口令不对" in refused.value.sentence
    assert codes_of(cast.member, on=DAY) == []


def test_it_may_be_typed_small_and_without_its_dashes(cast):
    _, words = given(cast)
    assert enter(words=f" {words.lower().replace('-', '')} ", user=cast.member, at=AT).holder == cast.member


@pytest.mark.parametrize(("quota", "days", "field"), [(0, 1, "quota"), (10_001, 1, "quota"), (1, -1, "until")])
def test_a_code_that_could_open_nothing_is_not_issued(cast, quota, days, field):
    with pytest.raises(Refusal) as refused:
        issue(quota=quota, until=DAY + timedelta(days=days), note="", by=cast.admin, at=AT)
    assert refused.value.field == field


def test_every_step_is_in_the_journal_and_the_words_are_not(cast):
    code, words = given(cast)
    enter(words=words, user=cast.member, at=AT)
    open_whole(document=restricted(1), user=cast.member, at=AT)
    revoke(code=code, by=cast.admin, at=AT)
    lines = Line.objects.filter(noun="code").order_by("pk")
    assert [line.verb for line in lines] == ["签发素材口令", "启用素材口令", "打开全文", "撤销素材口令"]
    assert words not in code.digest and not any(words in line.summary for line in lines)
