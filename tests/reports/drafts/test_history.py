"""Every save is a version with a readable difference."""

from __future__ import annotations

from datetime import date

import pytest

from tests import make
from tests.cast import standing_cast
from youju.reports.drafts import actions
from youju.reports.drafts.history import difference_of, versions_of
from youju.reports.drafts.models import Draft, Passage
from youju.reports.drafts.values import Part, TextDraft

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
AT = make.moment(TODAY)


@pytest.fixture
def draft() -> Draft:
    return actions.start(unit=standing_cast().branch, year=2026, as_of=TODAY, by=None, at=AT)


def first(draft: Draft) -> Passage:
    return Passage.objects.filter(draft=draft, removed=False).order_by("position")[0]


def changed(draft: Draft) -> list[tuple[str, tuple[Part, ...]]]:
    draft.refresh_from_db()
    return [(change.label, change.parts) for change in difference_of(draft, draft.version)]


def test_a_save_says_what_went_and_what_came(draft: Draft) -> None:
    for version, text in enumerate(("讲党课4次，年底总结。", "讲党课3次，年底总结。"), 1):
        actions.edit_passage(passage=first(draft), draft=TextDraft(text, version), by=None, at=AT)
    parts = (Part("same", "讲党课"), Part("out", "4"), Part("in", "3"), Part("same", "次，年底总结。"))
    assert changed(draft) == [("第1段", parts)]
    assert [(one.number, one.reason) for one in versions_of(draft)] == [(3, "改段落"), (2, "改段落"), (1, "起草")]


def test_the_first_version_is_all_new(draft: Draft) -> None:
    assert {part.kind for _, parts in changed(draft) for part in parts} == {"in"}


def test_what_was_added_moved_and_deleted(draft: Draft) -> None:
    new = actions.insert_passage(draft=draft, after=first(draft), level=0, text="添的。", by=None, at=AT)
    assert changed(draft) == [("第2段（新添）", (Part("in", "添的。"),))]
    actions.move_passage(passage=new, up=True, by=None, at=AT)
    assert changed(draft) == [("段落换了次序", ())]
    actions.remove_passage(passage=new, base=1, by=None, at=AT)
    assert changed(draft) == [("删去的一段", (Part("out", "添的。"),))]


def test_the_head_is_compared_too(draft: Draft) -> None:
    seen = (draft.title, draft.byline)
    actions.edit_head(draft=draft, title="新的标题", byline=draft.byline, seen=seen, by=None, at=AT)
    assert [label for label, _ in changed(draft)] == ["标题和署名"]
