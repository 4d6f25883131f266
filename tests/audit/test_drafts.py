"""核对 of a stored draft: its own figures stand, a typed number is judged, and each finding leads to its passage."""

from __future__ import annotations

import pytest

from tests import make
from tests.cast import Cast
from tests.web.report.ledger import TODAY, busy_year
from youju.audit.drafts import DraftAudit, Noted, audit_draft
from youju.audit.ignored.actions import ignore
from youju.audit.values import Verdict
from youju.reports.drafts import actions
from youju.reports.drafts.models import Draft, Passage
from youju.reports.drafts.queries import sheet_of
from youju.reports.drafts.values import TextDraft

pytestmark = pytest.mark.django_db
AT = make.moment(TODAY)


@pytest.fixture
def cast() -> Cast:
    return busy_year()


@pytest.fixture
def draft(cast: Cast) -> Draft:
    return actions.start(unit=cast.branch, year=2026, as_of=TODAY, by=None, at=AT)


def audited(draft: Draft) -> DraftAudit:
    return audit_draft(draft, sheet_of(draft), today=TODAY)


def typed(draft: Draft, text: str) -> Passage:
    return actions.insert_passage(draft=draft, after=draft.passages.first(), level=0, text=text, by=None, at=AT)


def of(found: DraftAudit, passage: Passage) -> list[Noted]:
    return [noted for noted in found.noted if noted.passage_id == passage.pk and noted.judged]


def test_the_figures_of_a_fresh_draft_stand_on_records(draft: Draft) -> None:
    found = audited(draft)
    assert found.count(Verdict.DIFFERS, Verdict.NO_RECORDS) == 0
    assert found.claims


def test_a_number_told_by_a_record_is_no_claim_of_the_draft(draft: Draft) -> None:
    passage = typed(draft, "会上〔据2026-走访-01〕收集意见十一条，办结九条〔完〕。")
    plain = typed(draft, "收集意见十余条。")
    found = audited(draft)
    assert not [noted for noted in found.noted if noted.passage_id == passage.pk]
    assert [noted for noted in found.noted if noted.passage_id == plain.pk]


def test_a_typed_number_leads_to_its_passage_and_to_its_figure(draft: Draft) -> None:
    passage = typed(draft, "全年召开党员大会5次，讨论发展规划。")
    [noted] = of(audited(draft), passage)
    assert (noted.verdict, noted.start, noted.end) == (Verdict.DIFFERS, 8, 10)
    assert noted.fix
    assert (noted.fix.shown, noted.fix.source) == ("3次", "全年召开党员大会〔=党员大会次数〕，讨论发展规划。")
    new = TextDraft(noted.fix.source, noted.fix.base)
    actions.edit_passage(passage=passage, draft=new, by=None, at=AT)
    assert of(audited(draft), passage) == []


def test_what_is_ignored_is_set_aside_until_its_words_change(cast: Cast, draft: Draft) -> None:
    passage = typed(draft, "全年召开党员大会5次。")
    [noted] = of(audited(draft), passage)
    ignore(unit=cast.branch, year=2026, key=noted.key, reason="两次是与他支部联合开的", by=None, at=AT)
    found = audited(draft)
    assert of(found, passage) == []
    assert "两次是与他支部联合开的" in [one.ignored.reason for one in found.ignored if one.ignored]
    actions.edit_passage(passage=passage, draft=TextDraft("全年召开党员大会6次。", 1), by=None, at=AT)
    assert len(of(audited(draft), passage)) == 1


def test_a_figure_that_has_moved_is_not_typed_over(cast: Cast, draft: Draft) -> None:
    make.activity(cast.branch, "party_meeting", TODAY, title="补记", entered=make.moment(TODAY, 21))
    moved = [noted for noted in audited(draft).noted if noted.citation and noted.citation.figure == "党员大会次数"]
    assert moved and all(noted.fix is None for noted in moved)
