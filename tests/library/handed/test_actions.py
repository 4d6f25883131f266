"""The text of a report handed in is kept once, and reaches who may read what was handed in."""

import pytest

from tests.cast import standing_cast
from tests.library.making import AT, DAY
from youju.library.handed.actions import keep_handed
from youju.library.handed.models import HandedText
from youju.library.handed.queries import handed_to

pytestmark = pytest.mark.django_db


def test_it_is_kept_once_and_reaches_the_branch_and_the_committee_above():
    cast = standing_cast()
    words = {
        "unit": cast.branch,
        "submission": 7,
        "year": 2026,
        "title": "述职报告",
        "handed_on": DAY,
        "text": "正文。",
    }
    row = keep_handed(**words, by=cast.secretary, at=AT)
    assert keep_handed(**words, by=cast.secretary, at=AT) == row and HandedText.objects.count() == 1
    for user, reaches in ((cast.clerk, True), (cast.superior, True), (cast.other_clerk, False), (cast.member, False)):
        assert (row in handed_to(user, on=DAY)) is reaches
