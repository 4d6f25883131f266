"""Every file is taken once, and only it fails when it fails; whatever stops a run, the next one goes on from there."""

import errno
import os

import pytest
from django.db import DataError, OperationalError

from tests import make
from tests.cast import standing_cast
from tests.library.intake.making import AT, DAY, lying, outcomes, report, taken, taken_from, whole, write
from youju.journal.models import Line
from youju.kit.refusal import NotAllowed, NotYours, Refusal
from youju.library.documents.actions import remove
from youju.library.documents.values import Origin
from youju.library.intake import actions, preparing
from youju.library.intake.listing import Listing, of_paths
from youju.library.intake.queries import counts_of, intakes_of, place_for
from youju.library.intake.values import Counts, Offer, State, Way
from youju.library.models import Copy, Document, Intake, IntakeRow
from youju.people.roles.rules import Role
from youju.store.actions import erase
from youju.store.models import StoredFile
from youju.store.queries import damaged, path_of, read

pytestmark = pytest.mark.django_db
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.fixture(autouse=True)
def store(settings, tmp_path_factory):
    settings.FILES = tmp_path_factory.mktemp("files")
    return settings.FILES


@pytest.fixture
def five(tmp_path):
    return write(tmp_path / "资料", {f"{number}.txt": report(number) for number in range(5)})


def states(intake):
    return [state for state, _ in outcomes(intake).values()]


def test_a_folder_becomes_documents_with_their_originals(five, store):
    said = []
    with of_paths([str(five)]) as listing:
        words = {"way": Way.PATHS, "given": "资料", "unit": None, "origin": Origin.SUPERIOR, "by": None, "at": AT}
        intake = actions.begin(offers=listing.offers, passed_over=3, **words)
        assert counts_of(intake) == Counts(waiting=5)
        intake = actions.take(intake=intake, offers=listing.offers, by=None, at=AT, say=said.append)
    assert said == [Counts(added=5)] and counts_of(intake) == Counts(added=5)
    assert intake.finished_at == AT and intake.passed_over == 3
    row = Document.objects.get(copies__path=f"{five}/3.txt")
    copy = row.copies.get()
    assert read(copy.file).decode() == report(3) and row.text.raw == report(3) and row.origin == "superior"
    assert whole(store) and not damaged()
    assert list(Line.objects.filter(room="library").order_by("pk").values_list("verb", flat=True)) == [
        "开始入库",
        "素材入库",
        "入库完成",
    ]


def test_the_same_folder_again_takes_nothing(five):
    first = taken_from(five)
    again = taken_from(five)
    assert again != first and states(again) == [State.KNOWN] * 5
    assert again.kept_counts == Counts(known=5) and Document.objects.count() == Copy.objects.count() == 5
    assert set(again.rows.values_list("document", flat=True)) == set(Document.objects.values_list("pk", flat=True))


def test_the_same_bytes_at_another_place_are_one_more_copy(five, store):
    taken_from(five)
    write(five.parent / "别处", {"另存.txt": report(2)})
    again = taken_from(five.parent / "别处")
    assert states(again) == [State.COPY] and Document.objects.count() == 5
    assert Document.objects.get(copies__path__endswith="另存.txt").copies.count() == 2
    assert whole(store) and StoredFile.objects.count() == 5


def test_the_same_bytes_and_the_same_words_in_one_folder_are_one_document(tmp_path, store):
    write(tmp_path / "资料", {"a.txt": report(1), "b.txt": report(1), "c.txt": report(1).encode("gb18030")})
    intake = taken_from(tmp_path / "资料")
    assert outcomes(intake) == {"a.txt": ("added", ""), "b.txt": ("copy", ""), "c.txt": ("copy", "")}
    assert Document.objects.get().copies.count() == 3 and whole(store)


def test_in_another_circle_they_are_another_document(five):
    cast = standing_cast()
    taken_from(five)
    assert states(taken_from(five, unit=cast.branch)) == [State.ADDED] * 5
    assert states(taken_from(five, unit=cast.branch)) == [State.KNOWN] * 5
    assert states(taken_from(five)) == [State.KNOWN] * 5
    assert Document.objects.count() == 10 and Document.objects.filter(unit=cast.branch).count() == 5


def test_what_was_taken_out_may_come_again(five):
    taken_from(five)
    for row in Document.objects.all():
        remove(document=row, by=None, at=AT)
    assert states(taken_from(five)) == [State.ADDED] * 5


def test_a_file_that_cannot_be_read_fails_alone_with_its_sentence(tmp_path, store):
    write(
        tmp_path / "资料",
        {
            "a.txt": report(1), "旧.doc": OLD_WORD, "照片.jpg": b"\xff\xd8\xff" + b"x" * 50, "空.txt": "", "空白.txt": " \n",
            "包.zip": b"PK\x03\x04broken", "假.docx": "不是", "b.txt": report(2),
        },
    )  # fmt: skip
    found = outcomes(taken_from(tmp_path / "资料"))
    assert {name for name, (state, _) in found.items() if state == "added"} == {"a.txt", "b.txt"}
    assert (
        "另存为 .docx" in found["旧.doc"][1]
        and found["照片.jpg"][0] == "refused"
        and "压缩包已经损坏" in found["包.zip"][1]
    )
    assert all(sentence.endswith("。") for state, sentence in found.values() if state == "refused")
    assert Document.objects.count() == 2 and whole(store)


def test_a_reader_that_breaks_down_costs_only_that_file(five, monkeypatch, store):
    def broken(data, name):
        if name == "3.txt":
            raise RecursionError
        return reading(data, name)

    reading = preparing.read_material
    monkeypatch.setattr(preparing, "read_material", broken)
    intake = taken_from(five)
    assert outcomes(intake)["3.txt"] == ("refused", preparing.TROUBLE) and intake.kept_counts == Counts(
        added=4, refused=1
    )
    monkeypatch.undo()
    assert outcomes(taken_from(five))["3.txt"] == ("added", "")


def test_the_log_tells_the_whole_way_to_a_fault_and_nothing_of_the_file(five, monkeypatch, caplog):
    """So that a fault of ours within a library's own call is not told as a broken file."""
    monkeypatch.setattr(preparing, "clean", lambda raw: int(raw))
    intake = taken_from(five)
    assert intake.refused == 5 and intake.added == 0
    told = [record.getMessage() for record in caplog.records if record.name == preparing.__name__]
    assert len(told) == 5 and all(
        "ValueError at library/intake/preparing.py:" in line and "test_actions.py:" in line for line in told
    )
    assert not any("党" in line or "年" in line for line in told)


def test_a_document_the_database_refuses_costs_only_that_file(five, monkeypatch, store):
    def refusing(*, news, **words):
        if any(new.path.endswith("3.txt") for new in news):
            raise DataError("not a value")
        return adding(news=news, **words)

    adding = actions.add_documents
    monkeypatch.setattr(actions, "add_documents", refusing)
    found = outcomes(taken_from(five))
    assert found.pop("3.txt") == ("refused", actions.NOT_KEPT) and set(found.values()) == {("added", "")}
    assert whole(store) and StoredFile.objects.count() == 4


def test_bytes_that_were_erased_are_refused(five):
    intake = taken_from(five)
    row = Document.objects.get(copies__path__endswith="3.txt")
    remove(document=row, by=None, at=AT)
    erase(row=row.copies.get().file, by=None, at=AT)
    assert outcomes(taken_from(five))["3.txt"] == ("refused", actions.ERASED) and intake.kept_counts == Counts(added=5)


class Killed(BaseException):
    """What no code of ours catches."""


def killed_after(monkeypatch, parts):
    """A run that ends without a word once it has written so many parts."""

    def writing(part):
        if len(done) == parts:
            raise Killed
        done.append(part)
        written(part)

    done = []
    written = actions._write_rows
    monkeypatch.setattr(actions, "A_PART", 2)
    monkeypatch.setattr(actions, "_write_rows", writing)


def test_a_run_that_was_killed_goes_on_where_it_was(five, monkeypatch, store):
    killed_after(monkeypatch, 1)
    with pytest.raises(Killed):
        taken_from(five)
    begun = Intake.objects.get()
    assert (
        counts_of(begun) == Counts(waiting=3, added=2) and begun.finished_at is None and Document.objects.count() == 2
    )
    monkeypatch.undo()
    write(five, {"新.txt": report(9)})
    assert taken_from(five) == begun
    begun.refresh_from_db()
    assert begun.kept_counts == Counts(added=6) and begun.rows.count() == 6
    assert Document.objects.count() == Copy.objects.count() == 6 and whole(store)


def test_what_changed_or_went_meanwhile_is_looked_at_again(five, monkeypatch):
    killed_after(monkeypatch, 1)
    with pytest.raises(Killed):
        taken_from(five)
    monkeypatch.undo()
    write(five, {"0.txt": report(10)})
    (five / "4.txt").unlink()
    found = outcomes(taken_from(five))
    assert found["0.txt"] == found["1.txt"] == ("added", "") and found["4.txt"] == ("refused", actions.GONE)
    assert Document.objects.count() == 5


def test_a_refused_file_is_tried_again_when_the_run_goes_on(five, monkeypatch):
    write(five, {"0.txt": OLD_WORD})
    killed_after(monkeypatch, 1)
    with pytest.raises(Killed):
        taken_from(five)
    assert IntakeRow.objects.get(path__endswith="0.txt").state == State.REFUSED
    monkeypatch.undo()
    write(five, {"0.txt": report(0)})
    assert outcomes(taken_from(five))["0.txt"] == ("added", "")


def test_a_disk_full_while_originals_are_written_stops_and_leaves_nothing_half_stored(five, monkeypatch, store):
    def fsync(handle):
        waited.append(handle)
        if len(waited) > 6:  # a file, its folder, and at first the folder above
            raise OSError(errno.ENOSPC, "No space left on device")

    waited = []
    monkeypatch.setattr(actions, "A_PART", 1)
    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(Refusal) as refused:
        taken_from(five)
    assert refused.value.field == "disk" and refused.value.sentence == actions.FULL
    assert 0 < Document.objects.count() < 5 and whole(store)
    monkeypatch.undo()
    assert states(taken_from(five)) == [State.ADDED] * 5 and Intake.objects.count() == 1 and whole(store)


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [("database or disk is full", actions.FULL), ("disk I/O error", actions.NOT_WRITTEN)],
)
def test_a_disk_full_while_rows_are_written_leaves_no_original_behind(five, monkeypatch, store, fault, sentence):
    def full(**words):
        assert len(lying(store)) == 5
        raise OperationalError(fault)

    monkeypatch.setattr(actions, "add_documents", full)
    with pytest.raises(Refusal, match=sentence):
        taken_from(five)
    assert lying(store) == set() and not StoredFile.objects.exists() and not Document.objects.exists()
    monkeypatch.undo()
    assert taken_from(five).kept_counts == Counts(added=5)


def test_a_folder_of_the_store_that_may_not_be_written_is_said(five, monkeypatch):
    def forbidden(**words):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(actions, "keep_many", forbidden)
    with pytest.raises(Refusal, match=actions.NOT_WRITTEN):
        taken_from(five)


def test_two_that_take_the_same_run_at_once_take_each_file_once(five):
    """The page and the worker: while one reads a part, the other has taken it."""
    with of_paths([str(five)]) as listing, of_paths([str(five)]) as other:
        words = {"way": Way.PATHS, "given": "资料", "unit": None, "origin": Origin.WEB, "by": None, "at": AT}
        intake = actions.begin(offers=listing.offers, **words)

        def meanwhile():
            if Document.objects.count() == 0:
                actions.take(intake=intake, offers=other.offers, by=None, at=AT)
            return listing.offers[0].read()

        first = Offer(listing.offers[0].path, 1, meanwhile)
        done = actions.take(intake=intake, offers=[first, *listing.offers[1:]], by=None, at=AT)
    assert done.kept_counts == Counts(added=5) and states(done) == [State.ADDED] * 5 and Document.objects.count() == 5


def test_only_so_many_are_taken_when_a_page_asks_for_a_part(five):
    with of_paths([str(five)]) as listing:
        words = {"way": Way.UPLOAD, "given": "资料", "unit": None, "origin": Origin.WEB, "by": None, "at": AT}
        intake = actions.begin(offers=listing.offers, token="页", **words)
        for done in (2, 4):
            intake = actions.take(intake=intake, offers=listing.offers, by=None, at=AT, most=2)
            assert counts_of(intake) == Counts(added=done, waiting=5 - done) and not intake.finished_at
        intake = actions.take(intake=intake, offers=listing.offers, by=None, at=AT, most=2)
        assert intake.finished_at and counts_of(intake) == Counts(added=5)
        assert actions.begin(offers=listing.offers, token="页", **words) == intake
        assert Intake.objects.count() == 1


def test_pasted_words_become_a_document_under_their_title():
    listing = Listing()
    listing.add_text("我的题目", report(1))
    intake = taken(listing, way=Way.PASTE, origin=Origin.OWN)
    row = Document.objects.get()
    assert (row.title, row.origin, intake.way) == ("我的题目", "own", "paste") and read(
        row.copies.get().file
    ).decode() == report(1)


def test_rows_that_say_nothing_new_are_let_go_after_a_while_and_the_counts_stay(five):
    first, again = taken_from(five), taken_from(five)
    assert actions.clear_rows(before=AT, by=None, at=AT) == 0
    assert actions.clear_rows(before=make.moment(DAY, 23), by=None, at=AT) == 5
    assert first.rows.count() == 5 and not again.rows.exists()
    again.refresh_from_db()
    assert counts_of(again) == Counts(known=5)


def test_who_may_put_where():
    cast = standing_cast()
    keeper = make.user("素材员", unit=cast.above, role=Role.LIBRARIAN)
    assert place_for(cast.clerk, cast.branch.pk, on=DAY) == cast.branch
    assert place_for(keeper, cast.branch.pk, on=DAY) == cast.branch and place_for(keeper, None, on=DAY) is None
    assert place_for(cast.admin, None, on=DAY) is None
    for user, unit in ((cast.clerk, None), (cast.member, cast.branch.pk), (cast.superior, cast.branch.pk)):
        with pytest.raises(NotAllowed):
            place_for(user, unit, on=DAY)
    for user, unit in ((cast.other_clerk, cast.branch.pk), (cast.stranger, None), (cast.clerk, 999_999)):
        with pytest.raises(NotYours):
            place_for(user, unit, on=DAY)


def test_a_run_is_seen_by_those_who_may_put_there(five):
    cast = standing_cast()
    ours, site = taken_from(five, unit=cast.branch), taken_from(five)
    keeper = make.user("素材员", unit=cast.above, role=Role.LIBRARIAN)
    assert list(intakes_of(cast.clerk, on=DAY)) == [ours] and list(intakes_of(keeper, on=DAY)) == [site, ours]
    assert list(intakes_of(cast.other_clerk, on=DAY)) == list(intakes_of(cast.member, on=DAY)) == []


def test_the_original_that_is_missing_is_found(five):
    taken_from(five)
    path_of(Copy.objects.first().digest).unlink()
    assert len(damaged()) == 1
