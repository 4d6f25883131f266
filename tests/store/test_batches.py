"""A batch is kept once and whole; what an undone change left lying goes, and nothing that has a row."""

import errno
import os
from datetime import date, timedelta

import pytest
from django.db import transaction

from tests import make
from youju.journal.models import Line
from youju.store import actions
from youju.store.models import StoredFile
from youju.store.queries import arriving, damaged, path_of, unnamed
from youju.store.values import Incoming

pytestmark = pytest.mark.django_db
AT = make.moment(date(2026, 3, 5))
LONG_AGO = 1_000_000_000


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.FILES = tmp_path
    return tmp_path


def text(words):
    return Incoming(words.encode(), "text/plain")


def keep(*words):
    return actions.keep_many(files=[text(one) for one in words], by=None, at=AT)


def lying(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_a_batch_is_kept_with_one_line_and_the_same_bytes_once(own_folder):
    first = keep("甲", "乙", "甲")
    assert {row.sha256 for row in first.values()} == set(lying(own_folder)) == {text("甲").digest, text("乙").digest}
    again = keep("乙", "丙")
    assert again[text("乙").digest] == first[text("乙").digest] and StoredFile.objects.count() == 3
    assert Line.objects.filter(verb="存入文件").count() == 2 and not damaged()


def test_bytes_that_were_erased_do_not_come_back(own_folder):
    row = keep("甲")[text("甲").digest]
    with transaction.atomic():
        actions.erase(row=row, by=None, at=AT)
    path_of(row.sha256).unlink()  # a test's transaction is never certain, so nothing went by itself
    assert set(keep("甲", "乙")) == {text("乙").digest} and lying(own_folder) == [text("乙").digest]


def test_a_damaged_file_is_written_anew():
    row = keep("甲")[text("甲").digest]
    path_of(row.sha256).write_bytes(b"half")
    assert damaged() == [row]
    keep("甲")
    assert not damaged()


def test_a_picture_is_no_part_of_a_batch():
    with pytest.raises(ValueError, match="picture"):
        actions.keep_many(files=[Incoming(b"\xff\xd8\xff", "image/jpeg")], by=None, at=AT)


def test_a_full_disk_leaves_nothing_half_written(own_folder, monkeypatch):
    waited = []

    def fsync(handle):
        waited.append(handle)
        if len(waited) == 2:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(OSError, match="No space"):
        keep("甲", "乙", "丙")
    assert len(waited) >= 2 and lying(own_folder) == [] and not StoredFile.objects.exists()


def test_what_an_undone_change_left_lying_goes_and_what_has_a_row_stays(own_folder):
    keep("甲")
    with pytest.raises(RuntimeError), transaction.atomic():
        keep("甲", "乙")
        raise RuntimeError
    assert set(lying(own_folder)) == {text("甲").digest, text("乙").digest}
    assert actions.let_go(digests=[text("甲").digest, text("乙").digest]) == 1
    assert lying(own_folder) == [text("甲").digest]


def test_the_nightly_sweep_takes_only_what_has_lain_there_for_long(own_folder):
    keep("甲")
    arriving().mkdir(exist_ok=True)
    for file in (arriving() / "half", arriving() / "fresh", path_of(text("乙").digest), path_of(text("丙").digest)):
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(b"x")
    for file in (arriving() / "half", path_of(text("乙").digest), path_of(text("甲").digest)):
        os.utime(file, (LONG_AGO, LONG_AGO))
    before = AT - timedelta(days=1)
    assert unnamed(before=before) == [text("乙").digest]
    assert actions.sweep(before=before) == 2
    assert lying(own_folder) == sorted(["fresh", text("甲").digest, text("丙").digest])
