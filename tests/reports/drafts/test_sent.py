"""A stored draft goes out, is written on elsewhere, and is known when it comes back."""

from datetime import date

import pytest

from tests import make
from tests.cast import standing_cast
from tests.web.report.ledger import MATTERS, THEMES, busy_year
from youju.paper.reading import ReadText, read_bytes
from youju.reports.back import How, has_tags, record_words, returned_citations
from youju.reports.docx import as_docx
from youju.reports.drafts import actions
from youju.reports.drafts.paper import docx_of
from youju.reports.drafts.sent import known_copy, sent_of
from youju.reports.drafts.values import TextDraft
from youju.reports.queries import report_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


def test_its_figures_and_its_words_of_records_are_matched_by_their_tags():
    cast = standing_cast()
    for month in range(1, 12):
        make.activity(cast.branch, "committee_meeting", date(2026, month, 5))
    make.activity(cast.branch, "visit", date(2026, 6, 3), title="走访老社员", outcome="解决困难3个")
    make.activity(cast.branch, "research", date(2026, 6, 4), title="农资调研")
    draft = actions.start(unit=cast.branch, year=2026, as_of=TODAY, by=None, at=make.moment(TODAY))
    document = read_bytes(docx_of(draft), "稿.docx")
    assert has_tags(document)
    found = returned_citations(document, sent_of(document, cast.branch))
    assert {one.how for one in found} == {How.SAME}
    assert "支委会次数" in {one.figure for one in found}
    assert any("解决困难3个" in document.text[start:end] for start, end in record_words(document))
    assert sent_of(document, cast.other) == ()


class TestKnownByItsWords:
    """The same as bytes, the same without a tag, and what was written in the draft since."""

    @pytest.fixture
    def cast(self):
        return busy_year()

    def drafted(self, cast, outline="grassroots"):
        return actions.start(unit=cast.branch, year=2026, as_of=TODAY, outline=outline, by=None, at=make.moment(TODAY))

    def test_of_several_drafts_the_one_it_was_made_of(self, cast):
        drafts = [self.drafted(cast, outline) for outline in ("grassroots", "learning", "thirds")]
        for draft in drafts:
            known = known_copy(bare(docx_of(draft)), cast.branch)
            assert (known.draft_id, known.share.percent) == (draft.pk, 100)
        text = bare(docx_of(drafts[0])).text.replace("支委会11次", "支委会13次").encode()
        assert changed(read_bytes(text, "稿.txt"), cast.branch) == ["支委会次数：导出时是11次，稿子里改成了13次。"]

    def test_another_branch_s_report_by_the_same_outline_on_the_same_matters_is_not_ours(self, cast):
        self.drafted(cast)
        for month in range(1, 12):
            make.activity(cast.other, "committee_meeting", date(2026, month, 5), title=f"研究{MATTERS[month - 1]}")
            make.activity(cast.other, "theme_day", date(2026, month, 12), title=THEMES[month - 1])
        theirs = as_docx(report_of(cast.other, 2026, as_of=TODAY))
        assert known_copy(bare(theirs), cast.branch) is None
        assert known_copy(read_bytes(theirs, "稿.docx"), cast.branch) is None
        assert known_copy(bare(theirs), cast.other) is not None  # composed anew, though no draft of it is stored

    @pytest.mark.parametrize("tags", [True, False])
    def test_what_the_draft_says_since_is_no_change_of_the_file(self, cast, tags):
        draft = self.drafted(cast)
        data = docx_of(draft)
        document = read_bytes(data, "稿.docx") if tags else bare(data)
        make.activity(cast.branch, "committee_meeting", date(2026, 11, 25), title="研究年终总结")
        actions.update_citations(draft=draft, on=date(2026, 12, 1), by=None, at=make.moment(date(2026, 12, 1)))
        row = draft.passages.filter(text__contains="〔=党员大会次数〕").get()
        actions.edit_passage(
            passage=row, draft=TextDraft("这一段重写了。", row.version), by=None, at=make.moment(TODAY)
        )
        assert "第1版" in known_copy(document, cast.branch).copy.name
        assert changed(document, cast.branch) == []
        draft.refresh_from_db()
        assert "第3版" in known_copy(bare(docx_of(draft)), cast.branch).copy.name

    def test_a_sheet_that_was_not_stored_is_composed_anew(self, cast):
        """Half of its tags are left: what has none is no new number."""
        data = as_docx(report_of(cast.branch, 2026, as_of=TODAY))
        document = read_bytes(data, "稿.docx")
        half = ReadText(document.text, "docx", tags=document.tags[::2])
        assert changed(half, cast.branch) == changed(bare(data), cast.branch) == []

    def test_nothing_is_known_where_nothing_went_out(self, cast):
        assert known_copy(ReadText("召开支委会12次。", "txt"), cast.branch) is None
        assert sent_of(ReadText("", "txt"), cast.branch) == ()

    def test_many_versions_cost_no_more_queries(self, cast, django_assert_max_num_queries):
        draft = self.drafted(cast)
        document = bare(docx_of(draft))
        for n in range(12):
            actions.insert_passage(draft=draft, after=None, level=0, text=f"第{n}段。", by=None, at=make.moment(TODAY))
        with django_assert_max_num_queries(20):
            assert "第1版" in known_copy(document, cast.branch).copy.name


def bare(data):
    """As an office program may leave it: the words, and not a tag."""
    return ReadText(read_bytes(data, "稿.docx").text, "docx")


def changed(document, unit):
    found = returned_citations(document, sent_of(document, unit))
    assert found
    return [one.sentence for one in found if one.how is not How.SAME]
