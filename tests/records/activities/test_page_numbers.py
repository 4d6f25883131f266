"""A record and a year on paper bear page numbers as GB/T 9704 wants them: 4号半角宋体, one character in, outside."""

import io
from datetime import date

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt

from tests import make
from youju.paper.writing import PRESETS
from youju.records.activities.onpaper import record_docx, year_docx
from youju.records.activities.queries import find

pytestmark = pytest.mark.django_db


def papers():
    unit = make.unit()
    make.members(unit, 3)
    for month in (3, 4):
        made = make.activity(unit, "party_meeting", date(2026, month, 5))
    session = find(unit, made.number)
    for preset in PRESETS.values():
        yield record_docx(session, preset=preset)
        yield year_docx(unit, 2026, preset=preset)


def test_every_page_of_a_record_and_of_a_year_is_numbered():
    for data in papers():
        paper = Document(io.BytesIO(data))
        assert len(paper.sections) == 1 and paper.settings.odd_and_even_pages_header_footer
        section = paper.sections[0]
        assert not section.different_first_page_header_footer  # the first page bears its number as well
        odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
        for foot in (odd, even):
            assert foot.text == "— 1 —" and " PAGE " in foot._p.xml
            assert foot.style.font.size == Pt(14)
            assert {
                run._r.rPr.rFonts.get(qn(f"w:{script}")) for run in foot.runs for script in ("ascii", "eastAsia")
            } == {"宋体"}
        assert (odd.style.element.pPr.jc.get(qn("w:val")), even.style.element.pPr.jc.get(qn("w:val"))) == (
            "right",
            "left",
        )
        assert odd.style.paragraph_format.right_indent == even.style.paragraph_format.left_indent == Pt(14)
