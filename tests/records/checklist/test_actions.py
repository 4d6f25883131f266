"""A unit says what it looks at; what it leaves open it takes from above."""

import pytest

from tests import make
from tests.cast import standing_cast
from tests.records.together import together
from youju.journal.models import Line
from youju.kit.refusal import Refusal
from youju.people.models import UnitYear
from youju.records.checklist.actions import choose_items
from youju.records.checklist.queries import choices_of, items_by_ledger, items_of, mark_of
from youju.records.checklist.values import ITEMS
from youju.records.models import ChecklistChoice

pytestmark = pytest.mark.django_db
AT = make.START
DEFAULT = [item.id for item in ITEMS.values() if item.default]


@pytest.fixture
def cast():
    return standing_cast(groups=1)


def looked_at(unit):
    return [item.id for item in items_of(unit)]


def choose(unit, **wanted):
    return choose_items(unit=unit, wanted=wanted, by=None, at=AT)


def test_nothing_said_is_the_default(cast):
    assert looked_at(cast.branch) == DEFAULT
    assert all(chosen.own is None and not chosen.above_name for chosen in choices_of(cast.branch))


def test_the_nearest_word_holds_and_a_group_follows_its_branch(cast):
    choose(cast.above, outcome=True, filed=False)
    assert "outcome" in looked_at(cast.branch) and "filed" not in looked_at(cast.other)
    choose(cast.branch, outcome=False)
    assert "outcome" not in looked_at(cast.branch) and "outcome" in looked_at(cast.other)
    assert looked_at(cast.groups[0]) == looked_at(cast.branch)
    found = {chosen.item.id: chosen for chosen in choices_of(cast.groups[0])}
    assert (found["outcome"].own, found["outcome"].above, found["outcome"].above_name) == (
        False, True, cast.above.short_name,
    )  # fmt: skip
    choose(cast.branch, outcome=None)
    assert "outcome" in looked_at(cast.branch) and ChecklistChoice.objects.count() == 2


def test_one_save_is_one_line_and_no_version(cast):
    versions = list(UnitYear.objects.values_list())
    assert choose(cast.branch, outcome=True, filed=False, evidence=None)
    assert not choose(cast.branch, outcome=True, filed=False)
    line = Line.objects.get(noun="checklist")
    assert (line.verb, line.summary, line.unit_id) == ("改材料检查", "要看成效；不看书记审签", cast.branch.pk)
    assert list(UnitYear.objects.values_list()) == versions


def test_who_was_slower_is_told_and_an_unknown_item_is_refused(cast):
    seen = mark_of(cast.branch)
    choose(cast.branch, filed=False)
    with pytest.raises(Refusal, match="刚刚被别人改过"):
        choose_items(unit=cast.branch, wanted={"outcome": True}, seen=seen, by=None, at=AT)
    with pytest.raises(Refusal, match="没有这项检查"):
        choose(cast.branch, smile=True)
    assert Line.objects.filter(noun="checklist").count() == 1


def test_many_ledgers_cost_one_query(cast, django_assert_num_queries):
    choose(cast.above, filed=False)
    with django_assert_num_queries(1):
        found = items_by_ledger([cast.branch, cast.other, cast.above])
    assert set(found) == {cast.branch.pk, cast.other.pk, cast.above.pk}


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_is_told(cast):
    seen = mark_of(cast.branch)

    def save(item):
        try:
            return choose_items(unit=cast.branch, wanted={item: False}, seen=seen, by=None, at=AT)
        except Refusal:
            return "refused"

    assert sorted(map(str, together(lambda: save("filed"), lambda: save("agenda")))) == ["True", "refused"]
