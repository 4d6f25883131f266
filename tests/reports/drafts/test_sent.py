"""A stored draft goes out, is written on elsewhere, and is known when it comes back."""

from datetime import date

import pytest

from tests import make
from tests.cast import standing_cast
from youju.paper.reading import read_bytes
from youju.reports.back import How, has_tags, record_words, returned_citations
from youju.reports.drafts import actions
from youju.reports.drafts.paper import docx_of
from youju.reports.drafts.sent import sent_of

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
