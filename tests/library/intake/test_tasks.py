"""The inbox takes what nobody is writing any more and lays it aside; what a page sent is taken turn by turn."""

import os
import sys
from datetime import timedelta

import pytest

from tests.library.intake.making import AT, packed, report, write
from youju.kit.refusal import Refusal
from youju.library.documents.values import Origin
from youju.library.intake import actions, inbox, tasks, waiting
from youju.library.intake.actions import begin
from youju.library.intake.queries import counts_of
from youju.library.intake.values import Counts, Offer, Way
from youju.library.models import Copy, Document, Intake, IntakeRow

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(seconds=30)
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.fixture(autouse=True)
def box(settings, tmp_path):
    settings.DATA, settings.FILES = tmp_path, tmp_path / "files"
    # Looks are made at times of the tests; files of this moment would seem long untouched, or not yet written.
    return tmp_path / "inbox"


def lay(box, files, *, at=AT):
    write(box, files)
    for name in files:
        os.utime(box / name, (at.timestamp(), at.timestamp()))


@pytest.fixture(autouse=True)
def written_now(monkeypatch):
    """A file's own times are the machine's; here nothing counts as long untouched."""
    monkeypatch.setattr(inbox, "LONG_SECONDS", 10**10)


def names(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file() and path.name[0] != ".")


def looked_twice():
    tasks.look_into_inbox(at=AT)
    return tasks.look_into_inbox(at=LATER)


def test_a_file_is_taken_once_nobody_writes_it_any_more(box):
    lay(box, {"总结.txt": report(1)})
    assert tasks.look_into_inbox(at=AT) == Counts()
    lay(box, {"总结.txt": report(1) * 2})  # it has grown
    assert tasks.look_into_inbox(at=LATER) == Counts()
    assert tasks.look_into_inbox(at=LATER + timedelta(seconds=5)) == Counts() and not Intake.objects.exists()
    assert tasks.look_into_inbox(at=LATER + timedelta(seconds=25)) == Counts(added=1)
    assert names(box) == ["已入库/入库清单.txt", "已入库/总结.txt"]
    assert "总结.txt：入库" in (box / "已入库" / "入库清单.txt").read_text(encoding="utf-8")
    assert tasks.look_into_inbox(at=LATER + timedelta(hours=1)) == Counts() and Intake.objects.count() == 1


def test_a_look_that_sees_nothing_new_writes_nothing(box):
    lay(box, {"甲.txt": report(1)})
    tasks.look_into_inbox(at=AT)
    seen = box / inbox.SEEN
    os.utime(seen, (1, 1))
    tasks.look_into_inbox(at=AT)
    assert seen.stat().st_mtime == 1


def test_at_a_single_look_by_night_what_was_not_touched_for_an_hour_is_whole(box, monkeypatch):
    monkeypatch.setattr(inbox, "LONG_SECONDS", -(10**10))
    lay(box, {"总结.txt": report(1)})
    assert tasks.look_into_inbox(at=AT) == Counts(added=1)


def test_what_cannot_be_taken_is_laid_aside_with_its_reason(box):
    lay(box, {"旧.doc": OLD_WORD, "新.txt": report(1)})
    assert looked_twice() == Counts(added=1, refused=1)
    assert names(box) == ["已入库/入库清单.txt", "已入库/新.txt", "没有入库/为什么没有入库.txt", "没有入库/旧.doc"]
    assert "旧.doc：" in (box / "没有入库" / "为什么没有入库.txt").read_text(encoding="utf-8")


def test_a_folder_says_where_its_files_come_from(box):
    lay(box, {"上级下发/通知.txt": report(1), "杂/别的.txt": report(2), "本单位": report(3)})
    assert looked_twice() == Counts(added=3)
    origins = {copy.path: copy.document.origin for copy in Copy.objects.select_related("document")}
    assert origins == {"上级下发/通知.txt": "superior", "杂/别的.txt": "web", "本单位": "web"}
    assert (box / "已入库" / "上级下发" / "通知.txt").is_file()


def test_of_an_archive_what_can_be_taken_is_taken_and_the_rest_is_named(box):
    lay(box, {"一批.zip": packed({"好.txt": report(1), "坏.doc": OLD_WORD}), "全坏.zip": packed({"坏.doc": OLD_WORD})})
    assert looked_twice() == Counts(added=1, refused=2)
    assert (box / "已入库" / "一批.zip").is_file() and (box / "没有入库" / "全坏.zip").is_file()
    assert "一批.zip/坏.doc：" in (box / "没有入库" / "为什么没有入库.txt").read_text(encoding="utf-8")


def test_a_name_that_was_there_before_is_not_written_over(box):
    for number in range(2):
        lay(box, {"总结.txt": report(number)})
        tasks.look_into_inbox(at=AT + timedelta(hours=number))
        tasks.look_into_inbox(at=AT + timedelta(hours=number, seconds=30))
    assert (
        names(box) == ["已入库/入库清单.txt", "已入库/总结 (2).txt", "已入库/总结.txt"]
        and Document.objects.count() == 2
    )


@pytest.mark.skipif(sys.platform == "win32", reason="只在 POSIX 上有这样的链接")
def test_hidden_files_and_links_are_left_alone(box, tmp_path):
    write(tmp_path, {"秘密.txt": report(1)})
    lay(box, {".hidden.txt": report(2), "~$总结.docx": report(3)})
    (box / "链接.txt").symlink_to(tmp_path / "秘密.txt")
    assert looked_twice() == Counts() and (box / "链接.txt").is_symlink()


def test_a_file_that_cannot_be_moved_is_taken_once_and_then_left_alone(box, monkeypatch):
    lay(box, {"总结.txt": report(1)})

    def stuck(target):
        raise PermissionError

    monkeypatch.setattr(inbox, "_free", stuck)
    assert looked_twice() == Counts(added=1)
    assert tasks.look_into_inbox(at=LATER + timedelta(minutes=1)) == Counts() and Intake.objects.count() == 1


def test_a_full_disk_leaves_the_file_in_the_inbox_and_stops_only_the_intake(box, monkeypatch):
    lay(box, {"总结.txt": report(1)})

    def full(**words):
        raise Refusal("disk", actions.FULL)

    tasks.work(at=AT)
    monkeypatch.setattr(tasks, "take", full)
    assert tasks.work(at=LATER) == Counts() and names(box) == ["总结.txt"]
    monkeypatch.undo()
    monkeypatch.setattr(inbox, "LONG_SECONDS", 10**10)
    assert tasks.work(at=LATER + timedelta(seconds=60)) == Counts(added=1) and Intake.objects.count() == 1


def sent(token, files):
    waiting.put(token, [(name, [data if isinstance(data, bytes) else data.encode()]) for name, data in files.items()])
    with waiting.listing(token) as listing:
        return begin(
            way=Way.UPLOAD, given="、".join(files), token=token, offers=listing.offers, passed_over=listing.passed_over,
            unit=None, origin=Origin.OWN, by=None, at=AT,
        )  # fmt: skip


def test_what_a_page_sent_is_taken_turn_by_turn_and_then_let_go(monkeypatch, tmp_path):
    monkeypatch.setattr(tasks, "A_TURN", 2)
    intake = sent("页", {"总结.txt": report(0), "一批.zip": packed({f"{n}.txt": report(n) for n in range(1, 4)})})
    assert counts_of(intake) == Counts(waiting=4)
    intake = tasks.go_on(intake, at=AT)
    assert counts_of(intake) == Counts(added=2, waiting=2) and any((tmp_path / "waiting").iterdir())
    tasks.work(at=LATER)
    intake.refresh_from_db()
    assert intake.finished_at and intake.kept_counts == Counts(added=4) and not any((tmp_path / "waiting").iterdir())
    assert set(Copy.objects.values_list("path", flat=True)) == {"总结.txt", *(f"一批.zip/{n}.txt" for n in range(1, 4))}
    assert tasks.go_on(intake, at=LATER) == intake


@pytest.mark.parametrize("name", ["../../外面.txt", "/etc/外面.txt", "names.json", "C:\\外面.txt", "a\x00b.txt"])
def test_a_name_that_was_sent_is_never_a_place(tmp_path, name):
    sent("../../页", {name: report(1)})
    places = [path.relative_to(tmp_path).parts for path in tmp_path.rglob("*") if path.is_file()]
    assert sorted(parts[-1] for parts in places) == ["00000", "names.json"] and {parts[0] for parts in places} == {
        "waiting"
    }


def test_by_night_what_nobody_went_on_with_is_let_go(tmp_path):
    intake = sent("页", {"总结.txt": report(1)})
    for folder in (tmp_path / "waiting").iterdir():
        os.utime(folder, (AT.timestamp(), AT.timestamp()))
    tasks.tidy(at=AT + timedelta(hours=2))
    assert any((tmp_path / "waiting").iterdir())
    tasks.tidy(at=AT + timedelta(days=2))
    intake.refresh_from_db()
    assert not any((tmp_path / "waiting").iterdir()) and intake.kept_counts == Counts(refused=1)
    assert IntakeRow.objects.get().sentence == actions.GONE


@pytest.mark.parametrize(("way", "ends"), [(Way.PASTE, True), (Way.PATHS, False)])
def test_by_night_a_run_that_can_never_go_on_is_ended(way, ends):
    """Pasted words went with their page; paths may be given again."""
    offers = [Offer("走访", 3, lambda: b"abc")]
    intake = begin(way=way, given="走访", offers=offers, unit=None, origin=Origin.OWN, by=None, at=AT)
    tasks.tidy(at=AT + timedelta(hours=2))
    intake.refresh_from_db()
    assert intake.finished_at is None
    tasks.tidy(at=AT + timedelta(days=2))
    intake.refresh_from_db()
    assert (intake.finished_at is not None) is ends and counts_of(intake).refused == ends
