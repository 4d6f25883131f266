"""A slip is written once, in one statement, under the seal; after the line under the list there is none."""

import threading
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction

from tests import make
from tests.records.together import in_thread, together
from youju.journal.actions import end_slips, seal, write_slip
from youju.journal.models import Line, Slip
from youju.journal.queries import breaks, own_slip, slip_of, slips_about, slips_of
from youju.journal.values import Means
from youju.kit import turns

pytestmark = pytest.mark.django_db
AT = make.moment(date(2026, 3, 5))


def write(member, *, session=7, device=None, place=0, at=AT):
    means = Means.PROXY if place else Means.SCAN
    return write_slip(
        session_id=session, member_id=member, device=device or f"d{member}", place=place, means=means, at=at
    )


def test_it_is_one_statement_and_its_own_journal_line(django_assert_num_queries):
    with django_assert_num_queries(1) as seen:
        assert write(5)
    assert seen.captured_queries[0]["sql"].strip().startswith("INSERT INTO journal_slip")
    assert not Line.objects.exists()


def test_a_second_tap_is_harmless_and_changes_nothing():
    assert write(5)
    assert not write(5, at=AT + timedelta(minutes=9))
    assert not write(5, device="another phone")
    assert [(row.member_id, row.at) for row in slips_of(7)] == [(5, AT)]


def test_one_member_signs_in_to_each_session():
    assert write(5) and write(5, session=8)
    assert len(slips_about(5)) == 2 and slip_of(7, 5).session_id == 7 and slip_of(7, 6) is None


def test_one_phone_writes_one_slip_a_place():
    assert write(5, device="d")
    assert not write(6, device="d")
    assert write(6, device="d", place=1)
    assert not write(8, device="d", place=1)
    assert own_slip(7, "d").member_id == 5


@pytest.mark.parametrize(("place", "means"), [(4, Means.PROXY), (0, Means.PROXY), (1, Means.SCAN)])
def test_a_place_that_there_is_not_is_refused_by_the_table(place, means):
    with pytest.raises(IntegrityError), transaction.atomic():
        Slip.objects.create(session_id=7, member_id=5, at=AT, by_device="d", place=place, means=means)


def test_under_the_line_nothing_is_written():
    write(5)
    assert end_slips(session_id=7, at=AT)
    assert not end_slips(session_id=7, at=AT)
    assert not write(6)
    assert write(6, session=8)
    assert [row.member_id for row in slips_of(7)] == [5]


def test_slips_are_under_the_next_seal():
    write(5)
    first = seal(at=AT, occasion="每夜封存")
    assert first.last_slip == Slip.objects.get().pk
    assert seal(at=AT, occasion="每夜封存") is None
    write(6)
    assert seal(at=AT, occasion="每夜封存").last_slip > first.last_slip
    assert breaks() == []
    Slip.objects.filter(member_id=6).update(at=AT + timedelta(seconds=1))
    assert len(breaks()) == 1


@pytest.mark.django_db(transaction=True)
def test_many_at_once_are_written_once_each():
    def tap(member):
        return lambda: [write(member), write(member)]

    told = together(*(tap(member) for member in (5, 6, 7, 8) for _ in range(2)))
    assert sum(map(sum, told)) == 4
    assert sorted(row.member_id for row in slips_of(7)) == [5, 6, 7, 8]


@pytest.mark.django_db(transaction=True)
def test_who_comes_while_the_line_is_drawn_is_above_it_or_not_in():
    """The line is drawn in a transaction that stays open: who taps meanwhile waits, and is told that it is over."""
    drawn, go = threading.Event(), threading.Event()
    seen = []

    def draw():
        with transaction.atomic():
            end_slips(session_id=7, at=AT)
            seen.extend(row.member_id for row in slips_of(7))
            drawn.set()
            go.wait(10)

    write(5)
    drawer = in_thread(draw)
    assert drawn.wait(10)
    late = in_thread(lambda: write(6))
    late.thread.join(0.3)
    assert late.thread.is_alive(), connection.vendor
    go.set()
    drawer.result()
    assert late.result() is False
    assert seen == [5] == [row.member_id for row in slips_of(7)]


@pytest.mark.skipif(not turns.KNOWN, reason="这个系统没有 flock")
@pytest.mark.django_db(transaction=True)
def test_on_sqlite_slips_queue_and_whoever_is_in_a_transaction_does_not():
    """Else the writer would wait for a queue that waits for the writer."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL 不排队")
    written = []
    with turns.turn(Path(f"{connection.settings_dict['NAME']}-turn")):
        with transaction.atomic():
            assert write(5)
        queued = in_thread(lambda: written.append(write(6)))
        queued.thread.join(0.2)
        assert queued.thread.is_alive() and not written
    queued.result()
    assert written == [True]
