"""PDF with a text layer; what has none says so."""

from __future__ import annotations

import io

import pypdf
import pytest

from tests.paper.reading.make import pdf
from youju.paper.reading import UnreadableFile, read_bytes

LONG = "The branch met in every month of the year and"


def test_a_line_broken_by_the_page_is_joined() -> None:
    found = read_bytes(pdf([LONG, "held 12 lectures.", "Next."]), "a.pdf")
    assert found.kind == "pdf"
    assert found.text == f"{LONG} held 12 lectures.\nNext."


def test_a_sentence_goes_on_over_the_page_and_its_number() -> None:
    found = read_bytes(pdf([LONG, "- 1 -"], ["held 12 lectures."]), "a.pdf")
    assert found.text == f"{LONG} held 12 lectures."
    place = found.place_at(found.text.index("held"))
    assert place is not None
    assert (place.part, place.paragraph, place.char) == ("page 2", 0, 0)


def test_padding_is_one_space_and_places_hold() -> None:
    found = read_bytes(pdf(["a     b  c"]), "a.pdf")
    assert found.text == "a b c"
    places = [found.place_at(offset) for offset in range(5)]
    assert [place.char for place in places if place] == [0, 1, 6, 7, 9]


def test_a_numbered_line_begins_a_paragraph() -> None:
    assert read_bytes(pdf([LONG, "2.Plans"]), "a.pdf").text == f"{LONG}\n2.Plans"


def test_a_scan_is_refused_with_the_way_out() -> None:
    with pytest.raises(UnreadableFile, match="扫描件；请上传"):
        read_bytes(pdf([], []), "a.pdf")


def test_a_locked_pdf_is_refused() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(["text"])))
    writer.encrypt("secret", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    with pytest.raises(UnreadableFile, match="取消密码"):
        read_bytes(buffer.getvalue(), "a.pdf")


def test_a_cut_pdf_is_refused() -> None:
    with pytest.raises(UnreadableFile):
        read_bytes(b"%PDF-1.7\nnothing more", "a.pdf")


def test_more_pages_than_anybody_writes_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("youju.paper.reading.limits.PDF_PAGES", 1)
    with pytest.raises(UnreadableFile, match="拆成几份"):
        read_bytes(pdf(["a"], ["b"]), "a.pdf")


def test_one_page_that_draws_for_ever_comes_to_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = 0

    def clock() -> float:
        nonlocal asked
        asked += 1
        return float(asked)

    monkeypatch.setattr("youju.paper.reading.pdf.time.process_time", clock)
    with pytest.raises(UnreadableFile, match="拆成几份"):
        read_bytes(pdf(["a"] * 5000), "a.pdf")
    assert asked < 50


def test_a_page_of_too_many_drawings_is_not_taken_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("youju.paper.reading.limits.PDF_PAGE_BYTES", 100)
    with pytest.raises(UnreadableFile, match="拆成几份"):
        read_bytes(pdf(["a"] * 50), "a.pdf")


@pytest.mark.parametrize(("fault", "said"), [(MemoryError, "拆成几份"), (ZeroDivisionError, "PDF 损坏")])
def test_what_stopped_the_reading_is_told_and_logged(
    fault: type[Exception], said: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr("pypdf.PdfReader", broken)
    with pytest.raises(UnreadableFile, match=said):
        read_bytes(pdf([LONG]), "a.pdf")
    logged = "a PDF was refused: ZeroDivisionError at paper/reading/pdf.py:" in caplog.text
    assert logged is (fault is ZeroDivisionError)
