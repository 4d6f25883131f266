"""Lines and revisions are added and never changed; a seal shows where somebody did."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from tests import make
from youju.journal.actions import erase_texts, seal, write_line, write_revision, write_slip
from youju.journal.models import Line, Revision, RevisionText, Seal, Slip
from youju.journal.queries import breaks, lines_of, revisions_of
from youju.journal.values import Means, Owner

pytestmark = pytest.mark.django_db
AT = make.moment(date(2026, 3, 5))
THING = Owner("records", "session", 7)


def line(summary="2026-支委-01"):
    return write_line(by=None, at=AT, verb="记录", room="records", noun="session", object_id=7, summary=summary)


def revise(text="讨论了采购", **body):
    return write_revision(owner=THING, body={"number": "2026-支委-01", **body}, texts={"title": text}, by=None, at=AT)


def sealed():
    return seal(at=AT, occasion="每夜封存")


def slip(member):
    return write_slip(session_id=7, member_id=member, device=f"d{member}", place=0, means=Means.SCAN, at=AT)


def test_revisions_count_from_one_for_each_thing():
    assert [revise().number, revise().number] == [1, 2]
    other = write_revision(owner=Owner("records", "problem", 7), body={}, texts={}, by=None, at=AT)
    assert other.number == 1
    assert [row.number for row in revisions_of(THING)] == [2, 1]


def test_a_text_stands_in_the_body_only_as_a_digest():
    assert "采购".encode() not in bytes(revise().body)
    assert RevisionText.objects.get().text == "讨论了采购"


def test_the_same_text_twice_has_two_digests():
    assert revise().digest != revise().digest


def test_the_newest_line_of_a_thing_comes_first():
    line("一"), line("二")
    assert [row.summary for row in lines_of(THING)] == ["二", "一"]


def test_nothing_new_makes_no_seal():
    assert sealed() is None
    line()
    assert sealed() is not None
    assert sealed() is None


def test_each_seal_stands_on_the_one_before():
    line(), revise()
    first = sealed()
    line()
    second = sealed()
    assert (first.last_line, first.last_revision) != (second.last_line, second.last_revision)
    assert len(second.short) == 8 and breaks() == []


def test_erasing_texts_leaves_digests_and_seals_whole():
    revise(), revise("再议采购")
    sealed()
    assert erase_texts(owner=THING, keys=("title",)) == 2
    assert not RevisionText.objects.exists() and breaks() == []


@pytest.mark.parametrize(
    "tamper",
    [
        lambda: Line.objects.update(summary="改过"),
        lambda: Line.objects.update(at=AT + timedelta(seconds=1)),
        lambda: Line.objects.all().delete(),
        lambda: Revision.objects.update(reason="改过"),
        lambda: Revision.objects.update(body=b"{}"),
        lambda: Revision.objects.update(body=b"no json at all"),
        lambda: Revision.objects.update(body=b"[]"),
        lambda: RevisionText.objects.update(text="改过"),
        lambda: RevisionText.objects.update(salt="x"),
        lambda: Seal.objects.update(digest="0" * 64),
        lambda: Seal.objects.update(last_slip=0),
        lambda: Slip.objects.update(at=AT + timedelta(minutes=1)),
        lambda: Slip.objects.update(member_id=6),
        lambda: Slip.objects.filter(member_id=5).delete(),
    ],
)
def test_what_was_changed_behind_the_journal_is_found(tamper):
    line(), revise(), slip(5)
    sealed()
    assert breaks() == []
    tamper()
    assert breaks()


def test_sealing_again_does_not_cover_up_that_lines_are_gone():
    line(), line()
    sealed()
    Line.objects.order_by("-pk").first().delete()
    assert sealed() is None
    line()
    sealed()
    assert len(breaks()) == 1


def test_a_revision_number_cannot_be_given_twice():
    revise()
    with pytest.raises(IntegrityError), transaction.atomic():
        Revision.objects.create(room="records", noun="session", object_id=7, number=1, at=AT, body=b"{}", digest="x")


@pytest.mark.django_db(transaction=True)
def test_two_seals_at_once_are_one_after_the_other():
    from tests.records.together import together

    line(), revise()
    made = together(sealed, sealed)
    assert sum(found is not None for found in made) == 1
    assert Seal.objects.count() == 1 and breaks() == []


@pytest.mark.django_db(transaction=True)
def test_on_postgresql_a_seal_waits_for_an_open_writer():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite 一次只有一个写入者，封存本来就等")
    import threading

    from tests.records.together import in_thread

    ready, go = threading.Event(), threading.Event()

    def write():
        with transaction.atomic():
            line("慢")
            ready.set()
            go.wait(10)

    writer = in_thread(write)
    assert ready.wait(10)
    sealer = in_thread(sealed)
    sealer.thread.join(0.3)
    assert sealer.thread.is_alive()
    go.set()
    writer.result()
    assert sealer.result().last_line == Line.objects.get().pk
