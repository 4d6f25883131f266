"""Reads docx, txt and PDF with a text layer into plain text in which every character knows its place; for the library
also html, md and xlsx.

What cannot be read is refused with one sentence that says what to do. Scanned pages, old .doc/.wps and pictures are
not read; nothing is written here.
"""

from youju.paper.reading.door import read_bytes, read_document
from youju.paper.reading.material import read_material
from youju.paper.reading.values import ParagraphSpan, Place, ReadText, TagSpan, UnreadableFile

__all__ = [
    "ParagraphSpan",
    "Place",
    "ReadText",
    "TagSpan",
    "UnreadableFile",
    "read_bytes",
    "read_document",
    "read_material",
]
