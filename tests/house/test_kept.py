"""A cast put back is the cast that was made: the same rows in every table, the same files, and its ledger goes on from there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from tests import make
from tests.cast import standing_cast
from tests.house import kept as house
from tests.house.kept import kept
from youju.kit.digests import sha256_hex
from youju.people.models import Unit
from youju.store.actions import keep, sweep
from youju.store.models import StoredFile
from youju.store.queries import path_of, read

pytestmark = pytest.mark.django_db


@contextmanager
def undone() -> Iterator[None]:
    """As between two tests."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def builds() -> tuple[list[int], object]:
    ran: list[int] = []

    @kept
    def two_units(*, members: int = 0) -> Unit:
        ran.append(members)
        unit = make.unit()
        make.members(unit, members)
        make.activity(unit, "self_study_check", date(2026, 3, 5), roster=())
        return unit

    return ran, two_units


def test_what_is_put_back_is_what_was_made() -> None:
    ran, unit = builds()
    with undone():
        first, rows = unit(members=2), house._read()
    with undone():
        again, same = unit(members=2), house._read()
        assert (first, rows) == (again, same)
        assert first is not again
        assert {"people_unit", "people_member", "records_session", "journal_line", "journal_revision"} <= set(rows)
        connection.check_constraints()
    assert ran == [2]


@pytest.mark.parametrize("elsewhere", [False, True])
def test_files_come_back_with_the_rows_that_name_them(elsewhere: bool, settings: Any, tmp_path: Path) -> None:
    """Also where a night has swept them away since, which knows no rows but its own, and in another folder."""

    @kept
    def proof() -> StoredFile:
        return keep(data=b"proof", by=None, at=make.START)

    with undone():
        assert read(proof()) == b"proof"
    if elsewhere:
        settings.FILES = tmp_path
    else:
        assert sweep(before=make.moment(date(2100, 1, 1))) == 1
    with undone():
        assert read(proof()) == b"proof"


@pytest.mark.parametrize("number", [1, 2])
def test_no_test_finds_files_of_another(number: int) -> None:
    file = StoredFile(sha256=sha256_hex(b"left behind"))
    assert not path_of(file.sha256).exists()
    keep(data=b"left behind", by=None, at=make.START)
    assert read(file) == b"left behind"


def test_other_words_are_another_thing() -> None:
    ran, unit = builds()
    for members in (1, 2, 1):
        with undone():
            unit(members=members)
    assert ran == [1, 2]


def test_where_something_stands_already_it_is_made_for_real() -> None:
    ran, unit = builds()
    for _ in range(2):
        with undone():
            make.user()
            unit()
    with undone():
        assert unit() != unit()
    assert ran == [0, 0, 0, 0]


def test_ids_go_on_after_what_was_put_back() -> None:
    _, unit = builds()
    with undone():
        unit(members=3)
    with undone():
        last = max(unit(members=3).pk, *Unit.objects.values_list("pk", flat=True))
        assert make.unit().pk == last + 1


def test_no_id_of_one_table_stands_in_another() -> None:
    cast = standing_cast(groups=2)
    ids = {unit.pk for unit in (cast.above, cast.branch, *cast.groups)}
    assert not ids & {person.pk for person in cast.people}
    assert not {person.pk for person in cast.people} & {cast.clerk.pk, cast.secretary.pk}


def test_what_is_put_back_is_held_to_the_same_constraints() -> None:
    _, unit = builds()
    with undone():
        twice = unit()
    with undone(), pytest.raises(IntegrityError), transaction.atomic():
        unit()
        Unit.objects.bulk_create([Unit(code=twice.code, path="0", opened_on=make.LONG_AGO)])
