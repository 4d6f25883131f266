"""A path is shown so that nothing in it can play tricks, and is never anything but shown."""

import os

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from youju.library.intake.rules import PATH_CHARACTERS, is_system, last_name, shown, stem, zip_name


@pytest.mark.parametrize(
    "path",
    ["总结.txt", "./资料/2023 年/总结（终稿）.docx", "../../etc/passwd", "C:\\资料\\总结.txt", 'a\'b "c" $(d).txt'],
)
def test_an_ordinary_path_is_shown_as_it_was_given(path):
    assert shown(path) == path


@pytest.mark.parametrize(
    ("path", "seen"),
    [
        ("总结\x00.txt\n", "总结\ufffd.txt\ufffd"),
        ("总结\x1b[2J.txt", "总结\ufffd[2J.txt"),
        ("gnp\u202excod.txt", "gnp\ufffdxcod.txt"),
        (os.fsdecode("总结.txt".encode("gb18030")), "总结.txt"),
        ("\udcff总结.txt", "\ufffd总结.txt"),
        ("\ud800总结.txt", "\ufffd总结.txt"),
        ("\ud800\udcff总结.txt", "\ufffd\ufffd总结.txt"),
    ],
)
def test_what_would_move_the_cursor_or_is_in_no_encoding_is_a_sign_for_that(path, seen):
    assert shown(path) == seen


def test_a_path_too_long_keeps_its_end():
    assert shown("长/" * 900 + "总结.txt").endswith("/总结.txt") and len(shown("长" * 5000)) == PATH_CHARACTERS


@given(st.text(alphabet=st.characters(exclude_categories=())))
@example("\ud800")
def test_whatever_the_path_it_can_be_stored_and_shown(path):
    seen = shown(path)
    seen.encode("utf-8")
    assert "\x00" not in seen and "\n" not in seen and len(seen) <= PATH_CHARACTERS and shown(seen) == seen


def test_names_in_an_archive_are_utf8_or_what_windows_writes():
    assert zip_name("总结.txt".encode()) == zip_name("总结.txt".encode("gb18030")) == "总结.txt"


@pytest.mark.parametrize(
    "name", [".DS_Store", "Thumbs.db", "__MACOSX", "~$总结.docx", ".git", "总结.docx.tmp", "总结.lnk"]
)
def test_what_systems_and_programs_leave_is_nobodys_document(name):
    assert is_system(name)


@pytest.mark.parametrize("name", ["总结.txt", "thumbs.txt", "~总结.txt", "tmp"])
def test_other_names_are(name):
    assert not is_system(name)


def test_the_name_of_a_file_is_found_whichever_way_the_path_is_parted():
    assert last_name("甲/乙\\丙.txt") == "丙.txt" and stem("甲/2.1 版.docx") == "2.1 版" and stem("总结") == "总结"
