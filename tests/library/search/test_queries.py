"""Questions to the library as pages ask them: what is found, and how much of it is new."""

import pytest

from tests.library.making import AT, DAY, changing, document, without_index
from youju.library.documents.queries import last_document
from youju.library.documents.values import Span
from youju.library.entitlements.values import OWNER
from youju.library.models import Document, Serial
from youju.library.search.asked import Asked
from youju.library.search.checking import differing
from youju.library.search.following import follow
from youju.library.search.queries import count_new, find, index

pytestmark = pytest.mark.django_db
WORDS = Asked("dkgz")  # initials of 党课工作, and what stands in one text as it is


@pytest.fixture(autouse=True)
def no_index() -> None:
    without_index()


def found(asked: Asked) -> set[int]:
    return {hit.document for hit in find(OWNER, asked, on=DAY).hits}


@pytest.mark.parametrize("indexed", [True, False])
def test_what_is_told_as_new_is_what_is_found(indexed: bool) -> None:
    """The words stand in an old text, so that a new one whose title only begins so is no hit, and not new either."""
    literal = document("编号 dkgz 的材料", title="编号")
    seen = last_document()
    document("全年上党课。", title="党课工作安排")
    if indexed:
        follow()
    assert found(WORDS) == {literal.pk} and count_new(OWNER, WORDS, seen=seen, on=DAY) == 0
    later = document("又一份编号 dkgz 的材料", title="编号二")
    assert found(WORDS) == {literal.pk, later.pk} and count_new(OWNER, WORDS, seen=seen, on=DAY) == 1


def test_initials_that_stand_nowhere_are_looked_for_in_titles_both_times() -> None:
    old = document("全年上党课。", title="党课工作安排")
    seen = last_document()
    assert count_new(OWNER, WORDS, seen=seen, on=DAY) == 0
    new = document("又上党课。", title="党课工作总结")
    assert found(WORDS) == {old.pk, new.pk} and count_new(OWNER, WORDS, seen=seen, on=DAY) == 1


def test_an_index_from_before_a_backup_was_put_back_is_asked_nothing_and_made_anew() -> None:
    for number in range(3):
        document(f"第{number}篇党课。")
    follow()
    Document.objects.all().delete()
    Serial.objects.update(last=1)  # as the library was when it was saved
    row = document("换回来的党课。")
    assert ["比素材库新" in sentence for sentence in differing()] == [True]
    for _ in range(2):
        assert found(Asked("党课")) == {row.pk} and find(OWNER, Asked("党课"), on=DAY).total == 1
        assert follow() in (1, 0) and index().serial() == 2 and list(differing()) == []


@pytest.mark.parametrize("whole", [True, False])
def test_documents_that_the_index_lacks_or_has_too_many_are_found(whole: bool) -> None:
    spans = () if whole else (Span(0, 2),)
    rows = [document(f"第{number}篇党课。", restricted=spans) for number in range(3)]
    follow()
    assert list(differing()) == []
    with index().writing() as writer:
        writer.remove([rows[0].pk])
        writer.commit(writer.serial or 0)
    Document.objects.filter(pk=rows[1].pk).update(removed_at=AT)
    assert ["缺 1 篇" in one or "多出 1 篇" in one for one in differing()] == [True, True]


def test_what_changes_while_it_is_looked_at_is_no_fault() -> None:
    row, gone = document("一篇党课。"), document("另一篇党课。")
    follow()
    with changing(row, gone):
        assert list(differing()) == []
    row.refresh_from_db()
    assert row.changed > (index().serial() or 0)  # else nothing had changed


def test_a_spoilt_file_of_the_index_is_found_and_what_was_not_followed_is_no_fault() -> None:
    document("一篇党课。")
    follow()
    document("又一篇党课。")
    assert list(differing()) == []
    folder = next(one for one in index().folder.iterdir() if one.is_dir())
    file = max((one for one in folder.iterdir() if one.suffix != ".json"), key=lambda one: one.stat().st_size)
    data = bytearray(file.read_bytes())
    data[0] ^= 0xFF
    beside = file.with_suffix(".spoilt")
    beside.write_bytes(data)
    beside.replace(file)  # what is mapped stays as it was
    (sentence,) = differing()
    assert file.name in sentence and "index/search" in sentence
