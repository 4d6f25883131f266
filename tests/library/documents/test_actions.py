"""A document is kept once in its circle, reaches whom it may reach, and its changes are followed by their numbers."""

import pytest
from django.db import connection

from tests import make
from tests.cast import standing_cast
from tests.library.making import AT, DAY, document, new
from tests.records.together import in_thread, together
from youju.journal.models import Line
from youju.kit.refusal import NotYours, Refusal
from youju.library.documents import actions
from youju.library.documents.actions import add_copies, add_documents, describe, remove
from youju.library.documents.queries import document_for, last_serial, shown_many, shown_to, visible_to
from youju.library.documents.values import Description, NewCopy, Origin, Span, Taken
from youju.library.entitlements.queries import reader_of
from youju.library.entitlements.values import NOBODY, OWNER, Reader
from youju.library.models import Copy, Document
from youju.people.roles.rules import Role

pytestmark = pytest.mark.django_db
SECRET = "今年共签订托管合同三百份。其中受限的一句。明年扩面。"
HIDDEN = Span(SECRET.index("其中"), SECRET.index("明年"))


@pytest.fixture
def cast():
    return standing_cast()


def found_by(user):
    return set(visible_to(reader_of(user, on=DAY)))


def test_a_document_of_the_site_reaches_everybody_who_has_a_unit(cast):
    row = document("全站都能看的一篇。")
    assert row in found_by(cast.clerk) and row in found_by(cast.member) and row in found_by(cast.other_clerk)


def test_one_of_the_committee_reaches_the_branches_below_it(cast):
    row = document("工委下发的一篇。", unit=cast.above)
    assert row in found_by(cast.superior) and row in found_by(cast.clerk) and row in found_by(cast.other_clerk)


def test_one_of_a_branch_reaches_neither_the_other_branch_nor_the_committee(cast):
    row = document("青禾支部自己的一篇。", unit=cast.branch)
    assert row in found_by(cast.clerk)
    for user in (cast.other_clerk, cast.superior):
        assert row not in found_by(user)
        with pytest.raises(NotYours):
            document_for(reader_of(user, on=DAY), row.pk)


def test_a_stranger_reads_what_is_for_the_site_at_most(cast):
    row = document("青禾支部自己的一篇。", unit=cast.branch)
    assert reader_of(cast.stranger, on=DAY) == NOBODY
    assert row not in visible_to(NOBODY) and row in visible_to(OWNER)


def test_the_same_words_are_one_document_with_two_copies():
    (first, fresh), (second, again) = add_documents(
        news=[new("同一篇。", path="甲/一.txt"), new("同一篇。", path="乙/二.txt")], by=None, at=AT
    )
    assert first == second and fresh and not again
    third, _ = add_documents(news=[new("同一篇。", path="丙.txt")], by=None, at=AT)[0]
    assert third == first
    assert list(Copy.objects.order_by("pk").values_list("path", flat=True)) == ["甲/一.txt", "乙/二.txt", "丙.txt"]


def test_the_same_words_in_two_circles_are_two_documents(cast):
    assert document("同一篇。", unit=cast.branch) != document("同一篇。", unit=cast.other)


def test_the_same_file_twice_leaves_one_copy():
    first = new("同一篇。")
    add_documents(news=[first], by=None, at=AT)
    add_documents(news=[first], by=None, at=AT)
    assert Copy.objects.count() == Document.objects.count() == 1


def test_nothing_left_after_cleaning_is_refused_and_nothing_of_the_batch_is_kept():
    with pytest.raises(Refusal) as refused:
        add_documents(news=[new("有字。"), new(" \n")], by=None, at=AT)
    assert refused.value.field == "text" and Document.objects.count() == 0 and last_serial() == 0


def test_what_was_taken_off_and_marked_is_kept_beside():
    row = document(
        "正文□□次。", raw="广告\n正文□□次。", removals=(Taken("advert", 0, 2),), marks=(Taken("blank", 2, 4),)
    )
    assert [(one.kind, one.start, one.end) for one in row.removals.all()] == [("advert", 0, 2)]
    assert [(one.kind, one.start, one.end) for one in row.marks.all()] == [("blank", 2, 4)]


def test_a_restricted_span_is_not_there_for_who_has_no_right(cast):
    row = document(SECRET, restricted=(HIDDEN,))
    mine = shown_to(reader_of(cast.clerk, on=DAY), row.pk)
    assert "受限" not in mine.text and mine.text == "今年共签订托管合同三百份。明年扩面。" and not mine.whole
    whole = shown_to(Reader(opened=frozenset({row.pk})), row.pk)
    assert whole.text == SECRET and whole.whole


def test_the_library_keeper_and_the_unit_that_put_it_in_read_it_whole(cast):
    row = document(SECRET, restricted=(HIDDEN,), unit=cast.branch)
    assert shown_to(reader_of(cast.clerk, on=DAY), row.pk).whole
    assert not shown_to(reader_of(cast.member, on=DAY), row.pk).whole
    site = document(SECRET, restricted=(HIDDEN,))
    keeper = make.user("素材员", unit=cast.above, role=Role.LIBRARIAN)
    assert shown_to(reader_of(keeper, on=DAY), site.pk).whole
    assert not shown_to(reader_of(cast.admin, on=DAY), site.pk).whole


def test_many_at_once_are_those_that_reach_him(cast):
    ours, theirs = document("我们的。", unit=cast.branch), document("他们的。", unit=cast.other)
    shown = shown_many(reader_of(cast.clerk, on=DAY), [ours.pk, theirs.pk])
    assert {key: one.text for key, one in shown.items()} == {ours.pk: "我们的。"}


def test_each_change_has_a_number_of_its_own_and_is_followed(cast):
    first, second = document("甲。"), document("乙。")
    assert [first.changed, second.changed, last_serial()] == [1, 2, 2]
    words = Description("新题", "report", 2025, "", Origin.OWN, DAY, cast.branch.pk)
    describe(document=first, description=words, by=cast.clerk, at=AT)
    remove(document=second, by=cast.clerk, at=AT)
    assert [row.pk for row in Document.objects.changed_since(2)] == [first.pk, second.pk]
    first.refresh_from_db()
    assert (first.title, first.year, first.unit) == ("新题", 2025, cast.branch)
    assert second not in visible_to(OWNER)
    assert set(Line.objects.filter(room="library").values_list("verb", flat=True)) == {
        "素材入库",
        "更正素材",
        "移出素材",
    }


def test_what_was_taken_out_is_not_changed_any_more_and_may_come_again():
    row = document("甲。")
    remove(document=row, by=None, at=AT)
    with pytest.raises(Refusal):
        remove(document=row, by=None, at=AT)
    assert document("甲。") != row


def test_a_description_without_a_title_or_with_a_twin_is_refused(cast):
    row, twin = document("甲。"), document("甲。", unit=cast.branch)
    with pytest.raises(Refusal) as refused:
        describe(document=row, description=Description(" ", "", None, "", Origin.WEB, None, None), by=None, at=AT)
    assert refused.value.field == "title"
    with pytest.raises(Refusal) as refused:
        describe(document=twin, description=Description("题", "", None, "", Origin.WEB, None, None), by=None, at=AT)
    assert refused.value.field == "unit"


@pytest.mark.django_db(transaction=True)
def test_who_takes_a_document_out_does_not_hold_up_who_writes_down_a_copy_of_it(monkeypatch):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    row = document("两个人同时动的一篇。")
    serials = actions.next_serials

    def noted_meanwhile():
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '5s'")
        add_copies(copies=[NewCopy(row.pk, "另一处.txt", "0" * 64)], by=None, at=AT)

    def slowly(count):
        in_thread(noted_meanwhile).result()
        return serials(count)

    monkeypatch.setattr(actions, "next_serials", slowly)
    remove(document=row, by=None, at=AT)
    assert Copy.objects.filter(document=row).count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_who_give_twins_to_one_circle_at_once_the_second_is_told():
    cast = standing_cast()
    twins = [document("一字不差的一篇。", unit=unit) for unit in (cast.branch, cast.other)]

    def to_the_site(row):
        try:
            describe(document=row, description=Description("题", "", None, "", Origin.OWN, None, None), by=None, at=AT)
        except Refusal as refusal:
            return refusal.field
        return "moved"

    assert sorted(together(*(lambda row=row: to_the_site(row) for row in twins))) == ["moved", "unit"]
