"""What is written is read again: the same paragraphs, and each cited figure as a span with its tag."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.paper.writing.make import report
from youju.paper.reading import read_bytes
from youju.paper.writing import PRESETS, Cited, Heading, Paper, Paragraph, Table, write_docx


def lines(paper: Paper) -> list[str]:
    """The paper as reading should give it, said without any Word."""
    said = [paper.byline] if paper.byline else []
    for block in paper.blocks:
        if isinstance(block, Heading):
            said.append(block.text)
        elif isinstance(block, Paragraph):
            said.append("".join(span if isinstance(span, str) else span.text for span in block.spans))
        else:
            said += table_lines(block, block.title)
    if paper.signed_by:
        said.append(paper.signed_by)
    if paper.signed_on:
        said.append(f"{paper.signed_on.year}年{paper.signed_on.month}月{paper.signed_on.day}日")
    if paper.appendix_table:
        said += table_lines(paper.appendix_table, paper.appendix_table.title or "附：数据出处表")
    return said


def table_lines(table: Table, title: str) -> list[str]:
    return [*([title] if title else []), *("\t".join(row) for row in (table.header, *table.rows))]


def test_a_report_comes_back_in_both_presets() -> None:
    for preset in PRESETS.values():
        paper = report(preset=preset)
        found = read_bytes(write_docx(paper), "述职报告.docx")
        title, _, rest = found.text.partition("\n青禾")
        assert title.replace("\n", "") == paper.title
        assert f"青禾{rest}".split("\n") == lines(paper)
        cited = [s for b in paper.blocks if isinstance(b, Paragraph) for s in b.spans if isinstance(s, Cited)]
        assert [(found.text[span.start : span.end], span.tag) for span in found.tags] == [
            (c.text, c.tag) for c in cited
        ]
        assert len(cited) == 24


PRINTABLE = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=12)
SPANS = st.one_of(PRINTABLE, st.builds(Cited, PRINTABLE, PRINTABLE, st.booleans()))
BLOCKS = st.one_of(
    st.builds(Heading, st.sampled_from([1, 2]), PRINTABLE),
    st.builds(Paragraph, st.lists(SPANS, min_size=1, max_size=5).map(tuple)),
    st.tuples(PRINTABLE, PRINTABLE).map(lambda row: Table(row, (row, row), (1, 2))),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(BLOCKS, max_size=6))
def test_any_paper_comes_back(blocks: list[Heading | Paragraph | Table]) -> None:
    paper = Paper(title="题", blocks=tuple(blocks))
    found = read_bytes(write_docx(paper), "a.docx")
    assert found.text.split("\n") == ["题", *lines(paper)]
    cited = [s for b in blocks if isinstance(b, Paragraph) for s in b.spans if isinstance(s, Cited)]
    assert [(found.text[span.start : span.end], span.tag) for span in found.tags] == [(c.text, c.tag) for c in cited]
    for span in found.paragraphs:
        assert "\n" not in found.text[span.start : span.end]
