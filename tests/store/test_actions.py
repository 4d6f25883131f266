"""Bytes kept once, without what a camera adds, and erased for good."""

import io
import zipfile
from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageOps, PngImagePlugin

from tests import make
from youju.journal.models import Line
from youju.kit.refusal import Refusal
from youju.store import actions
from youju.store.models import StoredFile
from youju.store.queries import damaged, left_behind, path_of, read
from youju.store.rules import DOCX, MAX_BYTES, OLD_OFFICE, SUFFIXES, media_type

pytestmark = pytest.mark.django_db
AT = make.moment(date(2026, 3, 5))
SECRET = "CameraOfOldWang"


def exif(*, orientation=1, taken="2026:03:05 10:20:30"):
    found = Image.Exif()
    found[0x010F], found[0x0112] = SECRET, orientation
    found.get_ifd(0x8769)[0x9003] = taken
    found.get_ifd(0x8825).update({1: "N", 2: (30.0, 15.0, 20.0), 3: "E", 4: (114.0, 5.0, 6.0)})
    return found


def picture(mode="RGB", kind="JPEG", size=(40, 20), **words):
    image = Image.new(mode, size)
    out = io.BytesIO()
    image.save(out, kind, **words)
    return out.getvalue()


def docx(*names):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name in names or ("[Content_Types].xml", "word/document.xml"):
            package.writestr(name, "<x/>")
    return out.getvalue()


def keep(data):
    return actions.keep(data=data, by=None, at=AT)


def refusal(data):
    with pytest.raises(Refusal) as caught:
        keep(data)
    assert caught.value.field == "file" and not StoredFile.objects.exists()
    return caught.value.sentence


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_place_and_camera_are_gone_and_the_time_stays(kind):
    data = picture(kind=kind, exif=exif())
    assert SECRET.encode() in data
    row = keep(data)
    bare = Image.open(io.BytesIO(read(row)))
    assert SECRET.encode() not in read(row) and b"Exif" not in read(row)
    assert not bare.getexif() and not bare.getexif().get_ifd(0x8825)
    assert row.taken_at == datetime(2026, 3, 5, 10, 20, 30, tzinfo=make.SHANGHAI)


def test_comments_and_text_parts_are_gone():
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", SECRET)
    text.add_itxt("XML:com.adobe.xmp", SECRET)
    assert SECRET.encode() not in read(keep(picture(kind="PNG", pnginfo=text)))
    assert SECRET.encode() not in read(keep(picture(comment=SECRET.encode())))
    assert SECRET.encode() not in read(keep(picture() + SECRET.encode()))


def test_a_picture_taken_sideways_stands_upright():
    assert Image.open(io.BytesIO(read(keep(picture(exif=exif(orientation=6)))))).size == (20, 40)


@pytest.mark.parametrize("taken", ["0001:01:01 00:00:00", "0000:00:00 00:00:00", "gestern", ""])
def test_an_impossible_time_is_no_time(taken):
    assert keep(picture(exif=exif(taken=taken))).taken_at is None


@pytest.mark.parametrize(
    ("mode", "kind"),
    [
        ("P", "PNG"),
        ("RGBA", "PNG"),
        ("LA", "PNG"),
        ("1", "PNG"),
        ("I;16", "PNG"),
        ("L", "PNG"),
        ("CMYK", "JPEG"),
        ("L", "JPEG"),
    ],
)
def test_every_kind_of_picture_keeps_its_pixels(mode, kind):
    image = Image.new(mode, (4, 4))
    sign = {"P": 3, "RGBA": (10, 20, 30, 40), "LA": (9, 99), "1": 1, "I;16": 40000, "CMYK": (0, 0, 0, 0)}.get(mode, 200)
    if mode == "P":
        image.putpalette([n for i in range(256) for n in (i, 255 - i, 7)])
    image.paste(sign, (0, 0, 4, 4))
    out = io.BytesIO()
    image.save(out, kind)
    before, after = Image.open(io.BytesIO(out.getvalue())), Image.open(io.BytesIO(read(keep(out.getvalue()))))
    assert (after.mode, after.size) == (before.mode, before.size)
    one, two = before.convert("RGBA").getpixel((1, 1)), after.convert("RGBA").getpixel((1, 1))
    assert max(abs(a - b) for a, b in zip(one, two, strict=True)) <= (0 if kind == "PNG" else 3)


@pytest.mark.parametrize("clear", [0, bytes([0, 128, 255])])
def test_what_is_clear_in_a_palette_stays_clear(clear):
    image = Image.new("P", (4, 4), 0)
    image.putpalette([1, 2, 3, 4, 5, 6, 7, 8, 9])
    out = io.BytesIO()
    image.save(out, "PNG", transparency=clear)
    assert Image.open(io.BytesIO(read(keep(out.getvalue())))).convert("RGBA").getpixel((0, 0)) == (1, 2, 3, 0)


def test_a_picture_of_too_many_pixels_is_refused(monkeypatch):
    monkeypatch.setattr(actions, "MAX_PIXELS", 100)
    assert "像素太大" in refusal(picture(size=(11, 10)))


@pytest.mark.parametrize("most", [300, 600])  # Pillow warns above its own limit and stops at twice of it
def test_a_decompression_bomb_is_refused(monkeypatch, most):
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", most)
    assert "像素太大" in refusal(picture(size=(40, 20), kind="PNG"))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "空的"),
        (b"x" * (MAX_BYTES + 1), "20 MB"),
        (b"MZ\x90\x00 program", "认不出"),
        (b"<html></html>", "认不出"),
        (b"GIF89a" + b"x" * 50, "存成 JPEG"),
        (b"\x00\x00\x00\x18ftypmp42" + b"x" * 50, "录像"),
        (b"#!/bin/sh\n", "认不出"),
        (b"\x00\x01\x02\xff\xfe", "认不出"),
        (b"\xff\xd8\xff\xe0 no jpeg", "照片打不开"),
        (b"\x89PNG\r\n\x1a\n no png", "照片打不开"),
        (docx("word/document.xml", "word/vbaProject.bin"), "带有宏"),
    ],
)
def test_what_may_not_be_stored_is_refused_with_a_sentence(data, words):
    assert words in refusal(data)


@pytest.mark.parametrize(
    ("data", "suffix"),
    [
        (docx("word/document.xml"), ".docx"),
        (docx("xl/workbook.xml"), ".xlsx"),
        (docx("ppt/presentation.xml"), ".pptx"),
        (docx("OFD.xml"), ".ofd"),
        (docx("照片说明.csv"), ".zip"),
        (OLD_OFFICE + "WordDocument".encode("utf-16-le"), ".doc"),
        (OLD_OFFICE + "Workbook".encode("utf-16-le"), ".xls"),
        ("签到说明\n第二行".encode(), ".txt"),
        ("签到说明".encode("gb18030"), ".txt"),
        (b"Rar!\x1a\x07\x01\x00", ".rar"),
    ],
)
def test_documents_of_the_office_are_kept_as_they_are(data, suffix):
    row = keep(data)
    assert SUFFIXES[row.media_type] == suffix and read(row) == data


def test_a_broken_picture_is_refused_and_never_a_traceback():
    refused = 0
    whole = picture(size=(64, 64), exif=exif())
    for end in range(20, len(whole) - 30, 37):
        with pytest.raises(Refusal):
            keep(whole[:end])
        refused += 1
    assert refused > 10


def test_what_a_decoder_stumbled_over_is_named_in_the_log(monkeypatch, caplog):
    def mangled(*_, **__):
        raise ZeroDivisionError

    monkeypatch.setattr(ImageOps, "exif_transpose", mangled)
    caplog.set_level("INFO", logger="youju.store")
    assert keep(picture(exif=exif())).size
    assert any(line.startswith("a picture kept as it lies: ZeroDivisionError at ") for line in caplog.messages)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_flipped_bytes_are_kept_or_refused(data):
    kind = data.draw(st.sampled_from(["JPEG", "PNG"]))
    bytes_ = bytearray(picture(kind=kind, exif=exif()))
    for place in data.draw(st.lists(st.integers(8, len(bytes_) - 1), min_size=1, max_size=8)):
        bytes_[place] = data.draw(st.integers(0, 255))
    try:
        row = keep(bytes(bytes_))
    except Refusal:
        return
    assert Image.open(io.BytesIO(read(row))).size


def test_a_type_is_read_from_the_bytes():
    assert media_type(b"%PDF-1.7 ...") == "application/pdf"
    assert media_type(docx()) == DOCX


def test_the_same_bytes_are_stored_once_with_one_line():
    assert keep(docx()) == keep(docx())
    assert StoredFile.objects.count() == 1 and Line.objects.filter(noun="file").count() == 1


def test_an_erased_file_is_gone_and_stays_gone(django_capture_on_commit_callbacks):
    row = keep(docx())
    with django_capture_on_commit_callbacks(execute=True):
        actions.erase(row=row, by=None, at=AT)
    with pytest.raises(FileNotFoundError):
        read(row)
    with pytest.raises(Refusal, match="曾按规定清除"):
        keep(docx())
    with pytest.raises(Refusal, match="已经清除"):
        actions.erase(row=row, by=None, at=AT)
    assert damaged() == [] and left_behind() == []


def test_bytes_stay_while_their_erasure_may_still_be_undone(django_capture_on_commit_callbacks):
    row = keep(docx())
    with django_capture_on_commit_callbacks() as waiting:
        actions.erase(row=row, by=None, at=AT)
    assert read(row) and waiting and left_behind() == [row]


def test_a_crash_between_bytes_and_row_leaves_only_a_harmless_file(monkeypatch):
    def fail(**words):
        raise OSError("disk full")

    with monkeypatch.context() as broken:
        broken.setattr("youju.journal.actions.write_line", fail)
        with pytest.raises(OSError, match="disk full"):
            keep(docx())
    assert not StoredFile.objects.exists() and damaged() == []
    assert read(keep(docx())) == docx()


def test_lost_or_changed_bytes_are_found_and_mended_by_storing_again():
    row = keep(docx())
    path_of(row.sha256).write_bytes(b"rotten")
    assert damaged() == [row]
    keep(docx())
    assert damaged() == []
    path_of(row.sha256).unlink()
    assert damaged() == [row]


def test_a_fault_of_our_own_is_not_the_pictures(monkeypatch):
    def broken(*_, **__):
        raise ZeroDivisionError

    monkeypatch.setattr(actions, "_bare", broken)
    with pytest.raises(ZeroDivisionError):
        keep(picture())
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("damage", [lambda path: path.unlink(), lambda path: path.write_bytes(b"rotten")])
def test_of_a_lost_or_damaged_picture_there_is_no_small_one_and_the_log_says_why(damage, caplog):
    row = keep(picture())
    damage(path_of(row.sha256))
    assert actions.preview(row=row) is None
    assert f"no preview of {row.sha256[:8]}: " in caplog.text and "Error at youju/store/actions.py:" in caplog.text


def test_a_fault_of_our_own_is_not_told_as_a_damaged_picture(monkeypatch):
    def broken(*_, **__):
        raise ZeroDivisionError

    row = keep(picture())
    monkeypatch.setattr(actions, "_small", broken)
    with pytest.raises(ZeroDivisionError):
        actions.preview(row=row)


def test_a_mangled_time_costs_the_time_alone_and_is_logged(monkeypatch, caplog):
    def mangled(*_):
        raise OverflowError

    data = picture(exif=exif())
    monkeypatch.setattr(Image.Exif, "get_ifd", mangled)
    with caplog.at_level("INFO", logger="youju.store"):
        assert keep(data).taken_at is None
    assert "OverflowError" in caplog.text
