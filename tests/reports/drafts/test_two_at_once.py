"""Two who press in the same moment, on connections of their own; and a process that dies in the middle."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tests import make
from tests.cast import Cast, standing_cast
from tests.records.together import together
from youju.journal.queries import breaks
from youju.kit.refusal import Refusal
from youju.people.models import Unit
from youju.records.models import Submission
from youju.reports.drafts import actions
from youju.reports.drafts.actions import writing
from youju.reports.drafts.models import Alternative, Draft, Passage
from youju.reports.drafts.queries import sheet_of, torn
from youju.reports.drafts.values import Status, TextDraft

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = date(2026, 11, 20)
AT = make.moment(TODAY)


@pytest.fixture
def cast() -> Cast:
    cast = standing_cast()
    make.activity(cast.branch, "committee_meeting", date(2026, 3, 5), title="研究春耕")
    return cast


def start(unit: Unit) -> Draft:
    return actions.start(unit=unit, year=2026, as_of=TODAY, by=None, at=AT)


def first(draft: Draft) -> Passage:
    return Passage.objects.filter(draft=draft, level=0).order_by("position")[0]


def saying(passage: Passage, text: str) -> Callable[[], Alternative | None]:
    return lambda: actions.edit_passage(passage=passage, draft=TextDraft(text, passage.version), by=None, at=AT)


def test_two_who_start_get_one_draft(cast: Cast) -> None:
    one, two = together(lambda: start(cast.branch), lambda: start(cast.branch))
    assert one.pk == two.pk
    assert Draft.objects.count() == 1
    assert list(torn()) == []


def test_two_who_write_the_same_passage_are_both_kept(cast: Cast) -> None:
    passage = first(start(cast.branch))
    found = together(saying(passage, "甲写的，会〔=支委会次数〕。"), saying(passage, "乙写的，会〔=支委会次数〕。"))
    beside = Alternative.objects.get()
    passage.refresh_from_db()
    assert sorted([passage.text[0], beside.text[0]]) == ["乙", "甲"]
    assert sum(one is None for one in found) == 1
    assert passage.citations.get().shown == "1次"
    assert list(torn()) == []


def test_two_who_write_two_passages_do_not_hinder_each_other(cast: Cast) -> None:
    draft = start(cast.branch)
    one, two = Passage.objects.filter(draft=draft, level=0).order_by("position")[:2]
    together(saying(one, "甲写的。"), saying(two, "乙写的。"))
    assert not Alternative.objects.exists()
    assert {"甲写的。", "乙写的。"} <= {passage.text for passage in sheet_of(draft).passages}
    assert list(torn()) == []


def test_of_two_who_hand_in_one_does(cast: Cast) -> None:
    draft = start(cast.branch)
    actions.finalise(draft=draft, base=draft.version, by=None, at=AT)

    def hand_in() -> str:
        try:
            return actions.hand_in(draft=draft, by=None, at=AT).number
        except Refusal as refusal:
            return refusal.sentence

    assert sorted(together(hand_in, hand_in)) == ["2026-述职-01", "这份报告已经报送过了。"]
    assert Submission.objects.count() == 1
    assert list(torn()) == []


def test_who_writes_while_another_finalises_is_in_or_is_told(cast: Cast) -> None:
    draft = start(cast.branch)
    passage = first(draft)

    def final() -> str:
        try:
            return actions.finalise(draft=draft, base=draft.version, by=None, at=AT).status
        except Refusal as refusal:
            return refusal.sentence

    def write() -> str:
        try:
            saying(passage, "最后一刻写的。")()
        except Refusal as refusal:
            return refusal.sentence
        return "写进去了"

    ended, written = together(final, write)
    passage.refresh_from_db()
    draft.refresh_from_db()
    if ended == Status.FINAL:
        assert "已经定稿" in written and passage.text != "最后一刻写的。"
    else:
        assert "刚刚被别人改过" in ended and written == "写进去了" and draft.status == Status.DRAFT
    assert list(torn()) == [] and breaks() == []


class Killed(BaseException):
    """What no `except Exception` catches, as nothing catches a kill."""


@pytest.mark.parametrize("where", ["cite", "note"])
def test_a_process_that_dies_leaves_the_old_text_whole(cast: Cast, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    passage = first(start(cast.branch))
    old = passage.text
    real = getattr(writing, where)

    def dies(*given: object, **named: object) -> None:
        real(*given, **named)
        raise Killed

    monkeypatch.setattr(writing, where, dies)
    with pytest.raises(Killed):
        saying(passage, "没写完。")()
    monkeypatch.undo()
    passage.refresh_from_db()
    assert (passage.text, passage.version) == (old, 1)
    assert list(torn()) == []
    saying(passage, "写完了。")()
    assert list(torn()) == []
