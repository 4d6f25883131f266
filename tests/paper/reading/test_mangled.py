"""Whatever the bytes, reading gives a text or an UnreadableFile, and never anything else."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.paper.reading.make import body, p, package, pdf, r, sdt
from youju.paper.reading import UnreadableFile, read_bytes

SOUND = package(
    body(p(r("召开支委会"), sdt("c1", r("12次"))) + f"<w:tbl><w:tr><w:tc>{p(r('甲'))}</w:tc></w:tr></w:tbl>")
)
QUICK = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


def reads_or_refuses(data: bytes, name: str) -> None:
    try:
        found = read_bytes(data, name)
    except UnreadableFile as refused:
        assert refused.sentence.endswith("。")
    else:
        assert all(found.text[span.start : span.end].strip() for span in found.paragraphs)


@QUICK
@given(st.lists(st.tuples(st.integers(0, len(SOUND) - 1), st.integers(0, 255)), min_size=1, max_size=12))
def test_bytes_of_a_docx_changed(changes: list[tuple[int, int]]) -> None:
    data = bytearray(SOUND)
    for at, value in changes:
        data[at] = value
    reads_or_refuses(bytes(data), "a.docx")


@QUICK
@given(st.integers(0, len(SOUND)), st.integers(0, len(SOUND)), st.binary(max_size=40))
def test_a_stretch_of_a_docx_replaced(start: int, end: int, new: bytes) -> None:
    reads_or_refuses(SOUND[: min(start, end)] + new + SOUND[max(start, end) :], "a.docx")


NAMES = "w:p w:r w:t w:tbl w:tr w:tc w:sdt w:del w:footnote w:rPr mc:AlternateContent mc:Choice mc:Fallback"
TAGS = st.sampled_from(
    [
        *(f"<{name}>" for name in NAMES.split()),
        *(f"</{name}>" for name in NAMES.split()),
        *("<w:tag/>", "<w:br/>", "12次", "&amp;", "&x;"),
    ]
)


@QUICK
@given(st.lists(TAGS, max_size=30))
def test_elements_in_any_order(tags: list[str]) -> None:
    reads_or_refuses(package(body("".join(tags))), "a.docx")


def wrapped(inner: list[str]) -> st.SearchStrategy[str]:
    return st.sampled_from(NAMES.split()).map(lambda name: f"<{name}>{''.join(inner)}</{name}>")


@QUICK
@given(st.recursive(st.just(r("12次")), lambda inner: st.lists(inner, max_size=3).flatmap(wrapped), max_leaves=12))
def test_wellformed_elements_in_any_nesting(inner: str) -> None:
    reads_or_refuses(package(body(inner)), "a.docx")


@QUICK
@given(st.binary(max_size=200), st.sampled_from(["a.txt", "a.docx", "a.pdf", "a", "无名.wps"]))
def test_any_bytes_under_any_name(data: bytes, name: str) -> None:
    reads_or_refuses(data, name)


@pytest.mark.parametrize("step", [7, 31])
def test_bytes_of_a_pdf_changed(step: int) -> None:
    data = pdf(["Held 12 meetings."], ["Next."])
    for at in range(0, len(data), step):
        reads_or_refuses(data[:at] + b"\xff" + data[at + 1 :], "a.pdf")
