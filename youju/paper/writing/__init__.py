"""Writes a document of headings, paragraphs with cited figures, and tables as a docx or PDF in the layout of GB/T 9704.

What stands in the document is the caller's business; here is only how it stands on paper.
"""

from youju.paper.writing.docx import write_docx
from youju.paper.writing.pdf import NoPdf, write_pdf
from youju.paper.writing.presets import BRANCH, PRESETS, STANDARD, Preset
from youju.paper.writing.values import Block, Cited, Form, Heading, Paper, Paragraph, Span, Table
from youju.paper.writing.xlsx import Sheet, write_xlsx

__all__ = [
    "BRANCH",
    "PRESETS",
    "STANDARD",
    "Block",
    "Cited",
    "Form",
    "Heading",
    "NoPdf",
    "Paper",
    "Paragraph",
    "Preset",
    "Sheet",
    "Span",
    "Table",
    "write_docx",
    "write_pdf",
    "write_xlsx",
]
