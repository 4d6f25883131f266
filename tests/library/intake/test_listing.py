"""What is offered: everything below a folder or in an archive, nothing a link leads to, nothing hidden."""

import os
import stat
import sys
import zipfile

import pytest

from tests.library.intake.making import packed, write
from youju.kit.refusal import Refusal
from youju.library.intake import archives
from youju.library.intake.listing import CHANGED, Listing, of_paths
from youju.library.intake.values import NotTaken
from youju.paper.reading import limits

POSIX_ONLY = pytest.mark.skipif(sys.platform == "win32", reason="只在 POSIX 上有这样的文件")


def offered(*paths, **more):
    """What is offered, by its path, as bytes or as the sentence that refuses it; and how many were passed over."""
    with of_paths([str(path) for path in paths], **more) as listing:
        found = {}
        for offer in listing.offers:
            try:
                found[offer.path] = offer.read()
            except NotTaken as refused:
                found[offer.path] = refused.sentence
        return found, listing.passed_over


def sentence_of(data, tmp_path):
    (tmp_path / "资料.zip").write_bytes(data)
    found, _ = offered(tmp_path / "资料.zip")
    return list(found.values())


def test_a_folder_is_offered_in_order_with_paths_as_they_were_given(tmp_path, monkeypatch):
    write(tmp_path, {"资料/乙/二.txt": "二", "资料/甲.txt": "一", "资料/乙/深/三.md": "三"})
    monkeypatch.chdir(tmp_path)
    found, _ = offered("./资料")
    assert list(found.items()) == [
        ("./资料/甲.txt", b"\xe4\xb8\x80"),
        ("./资料/乙/二.txt", "二".encode()),
        ("./资料/乙/深/三.md", "三".encode()),
    ]


def test_hidden_files_and_those_of_systems_are_passed_over_and_counted(tmp_path):
    write(tmp_path, {"a.txt": "a", ".b.txt": "b", "Thumbs.db": "c", ".git/d.txt": "d", "~$a.docx": "e"})
    found, passed_over = offered(tmp_path)
    assert list(found.values()) == [b"a"] and passed_over == 4


@POSIX_ONLY
def test_links_and_pipes_are_not_followed(tmp_path):
    write(tmp_path, {"外面/秘密.txt": "秘密", "里面/a.txt": "a"})
    (tmp_path / "里面" / "链接.txt").symlink_to(tmp_path / "外面" / "秘密.txt")
    (tmp_path / "里面" / "目录").symlink_to(tmp_path / "外面")
    (tmp_path / "里面" / "回环").symlink_to(tmp_path / "里面")
    os.mkfifo(tmp_path / "里面" / "管道.txt")
    found, passed_over = offered(tmp_path / "里面")
    assert list(found.values()) == [b"a"] and passed_over == 4


@POSIX_ONLY
def test_a_file_that_becomes_a_link_or_a_pipe_after_it_was_listed_is_not_read(tmp_path):
    write(tmp_path, {"秘密": "秘密", "里面/a.txt": "a", "里面/b.txt": "b"})
    with of_paths([str(tmp_path / "里面")]) as listing:
        for name in ("a.txt", "b.txt"):
            (tmp_path / "里面" / name).unlink()
        (tmp_path / "里面" / "a.txt").symlink_to(tmp_path / "秘密")
        os.mkfifo(tmp_path / "里面" / "b.txt")
        for offer, sentence in zip(listing.offers, ("打不开", CHANGED), strict=True):
            with pytest.raises(NotTaken, match=sentence):
                offer.read()


def test_a_link_that_somebody_names_is_what_it_points_to(tmp_path):
    write(tmp_path, {"里面/a.txt": "a"})
    (tmp_path / "链接").symlink_to(tmp_path / "里面")
    assert offered(tmp_path / "链接")[0] == {f"{tmp_path}/链接/a.txt": b"a"}


def test_the_data_folder_inside_a_folder_is_left_out(tmp_path):
    write(tmp_path, {"var/data/files/ab/abcd": "原件", "a.txt": "a"})
    assert offered(tmp_path, leave_out=tmp_path / "var" / "data") == ({f"{tmp_path}/a.txt": b"a"}, 1)


def test_a_path_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(Refusal, match=r"找不到.*没有的") as refused:
        of_paths([str(tmp_path / "没有的")])
    assert refused.value.field == "path"


def test_a_file_too_large_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "FILE_BYTES", 3)
    write(tmp_path, {"大.txt": "1234", "小.txt": "123"})
    assert [value[:2] for value in offered(tmp_path)[0].values()] == ["文件", b"12"]


def test_the_files_of_an_archive_are_offered_below_its_name(tmp_path):
    write(tmp_path, {"资料.zip": packed({"甲/一.txt": "一", "二.txt": "二", "甲/": "", "__MACOSX/一.txt": "x"})})
    found, passed_over = offered(tmp_path)
    assert found == {f"{tmp_path}/资料.zip/甲/一.txt": "一".encode(), f"{tmp_path}/资料.zip/二.txt": "二".encode()}
    assert passed_over == 1


def test_names_that_windows_wrote_are_read(tmp_path):
    # zipfile writes what is not ASCII as UTF-8 and says so; Windows writes GBK and says nothing.
    plain = packed({"aaaa.txt": "正文"}).replace(b"aaaa.txt", "总结.txt".encode("gb18030"))
    write(tmp_path, {"资料.zip": plain})
    assert list(offered(tmp_path / "资料.zip")[0]) == [f"{tmp_path}/资料.zip/总结.txt"]


@pytest.mark.parametrize(
    "name", ["../../外面.txt", "/etc/外面.txt", "C:\\windows\\外面.txt", "..\\外面.txt", "a\x1b]0;外面.txt"]
)
def test_tricks_in_names_are_only_shown_and_nothing_is_written(tmp_path, name):
    (tmp_path / "里").mkdir()
    write(tmp_path / "里", {"资料.zip": packed({name: "正文"})})
    before = sorted(tmp_path.rglob("*"))
    found, _ = offered(tmp_path / "里")
    assert list(found.values()) == ["正文".encode()] and "\x1b" not in next(iter(found))
    assert sorted(tmp_path.rglob("*")) == before


def test_an_archive_in_an_archive_is_not_opened(tmp_path):
    inner = packed({"一.txt": "一"})
    assert sentence_of(packed({"里.zip": inner}), tmp_path) == [archives.NESTED]


def test_a_link_in_an_archive_is_not_read(tmp_path):
    link = zipfile.ZipInfo("链接.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert sentence_of(packed({link: "/etc/passwd"}), tmp_path) == [archives.LINK]


def test_a_locked_entry_and_one_packed_strangely_are_refused_alone(tmp_path):
    data = bytearray(packed({"a.txt": "a"}))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + flags] |= 1
    assert sentence_of(bytes(data), tmp_path) == [archives.LOCKED]
    assert sentence_of(packed({"a.txt": "a"}, method=zipfile.ZIP_LZMA), tmp_path) == [archives.PACKED]


def test_bombs_are_not_opened(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "RATIO_FLOOR", 1_000_000)
    assert sentence_of(packed({f"{n}.txt": b"\0" * 500_000 for n in range(4)}), tmp_path) == [archives.BOMB]
    monkeypatch.setattr(archives, "ENTRIES", 3)
    assert sentence_of(packed({f"{n}.txt": "a" for n in range(4)}), tmp_path) == [archives.TOO_MANY]
    monkeypatch.setattr(archives, "DIRECTORY_BYTES", 100)
    assert sentence_of(packed({f"{n}.txt": "a" for n in range(3)}), tmp_path) == [archives.TOO_MANY]
    monkeypatch.setattr(archives, "UNPACKED_BYTES", 100)
    assert sentence_of(packed({"a.txt": "a" * 101}), tmp_path) == [archives.TOO_MANY]


def test_entries_that_lie_over_each_other_are_a_bomb(tmp_path):
    """Many names for the same bytes: each is small, all together are not."""
    data = packed({"a.txt": os.urandom(2000)})
    central = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    directory = data[central:end] * 50
    tail = bytearray(data[end:])
    tail[8:10] = tail[10:12] = (50).to_bytes(2, "little")
    tail[12:16] = len(directory).to_bytes(4, "little")
    assert sentence_of(data[:central] + directory + bytes(tail), tmp_path) == [archives.BOMB]


def test_an_entry_larger_than_its_directory_promised_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "FILE_BYTES", 1000)
    assert sentence_of(packed({"a.txt": b"\0" * 5000}), tmp_path) == [archives.LARGE]
    lying = packed({"a.txt": b"\0" * 5000}).replace((5000).to_bytes(4, "little"), (500).to_bytes(4, "little"))
    assert sentence_of(lying, tmp_path) == [archives.DAMAGED]


@pytest.mark.parametrize("cut", [10, 60, -5])
def test_a_damaged_archive_says_so(tmp_path, cut):
    data = packed({"a.txt": os.urandom(500)})
    assert sentence_of(data[:cut], tmp_path) == [archives.DAMAGED]
    assert sentence_of(b"text", tmp_path) == [archives.DAMAGED]


def test_a_document_of_word_under_the_name_of_an_archive_is_offered_as_one_file(tmp_path):
    data = packed({"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"})
    write(tmp_path, {"总结.zip": data})
    assert offered(tmp_path)[0] == {f"{tmp_path}/总结.zip": data}


def test_pasted_words_are_offered_under_their_title():
    with Listing() as listing:
        listing.add_text("青禾工作总结", "正文")
    (offer,) = listing.offers
    assert (offer.path, offer.title, offer.read()) == ("青禾工作总结", "青禾工作总结", "正文".encode())
