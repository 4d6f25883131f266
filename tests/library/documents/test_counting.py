"""How much there is, for each reader only of what he may have."""

import pytest

from tests.cast import standing_cast
from tests.library.making import AT, DAY, document, new
from youju.library.documents.actions import add_documents, remove
from youju.library.documents.counting import stock_of
from youju.library.documents.values import Origin, Span, Taken
from youju.library.entitlements.queries import reader_of
from youju.library.entitlements.values import NOBODY, OWNER

pytestmark = pytest.mark.django_db
WORDS = "今年共签订托管合同三百份。其中受限的一句。明年扩面。"


@pytest.fixture
def cast():
    cast = standing_cast()
    secret = {
        "restricted": (Span(13, 21),), "marks": (Taken("placeholder", 3, 5), Taken("place", 15, 17)), "genre": "summary",
        "removals": (Taken("marker", 0, 2),), "year": 2025,
    }  # fmt: skip
    document(WORDS, **secret)
    add_documents(news=[new(WORDS, path="另一处.txt")], by=None, at=AT)
    document("支部自己的。", unit=cast.branch, origin=Origin.OWN)
    remove(document=document("移出的。"), by=None, at=AT)
    return cast


def test_the_owner_counts_all_of_it(cast):
    assert stock_of(OWNER).as_row() == {
        "documents": 2, "characters": len(WORDS) + 6, "copies": 3, "genres": {"": 1, "summary": 1}, "years": {"2025": 1},
        "origins": {"own": 1, "web": 1}, "marks": {"place": 1, "placeholder": 1}, "restricted": 1, "removals": {"marker": 1},
        "removed": 1,
    }  # fmt: skip


def test_to_who_has_no_right_the_span_and_what_stands_in_it_are_not_there(cast):
    stock = stock_of(reader_of(cast.other_clerk, on=DAY))
    assert (stock.documents, stock.characters, stock.restricted) == (1, len(WORDS) - 8, 0)
    assert stock.marks == {"placeholder": 1} and "removals" not in stock.as_row() and "removed" not in stock.as_row()
    assert stock_of(NOBODY).characters == len(WORDS) - 8


def test_the_clerk_counts_what_his_branch_has_put_in(cast):
    assert stock_of(reader_of(cast.clerk, on=DAY)).origins == {"own": 1, "web": 1}
