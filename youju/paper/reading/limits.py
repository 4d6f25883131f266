"""How much is read, in one place. Wide enough for any report, narrow enough that no file can tie up the machine."""

from __future__ import annotations

MEGABYTE = 1024 * 1024

FILE_BYTES = 20 * MEGABYTE
"""The file itself, looked at before a byte of it is read."""

PACKAGE_ENTRIES = 5_000
DIRECTORY_BYTES = 2 * MEGABYTE
"""The zip's list of entries, looked at before it is parsed."""

PACKAGE_BYTES = 400 * MEGABYTE
"""All entries unpacked, as the list of entries promises. Pictures count here though they are never unpacked."""

PACKAGE_RATIO = 200
RATIO_FLOOR = 16 * MEGABYTE
"""Unpacked to packed; honest XML stays below 60. Small packages may have any ratio."""

PART_BYTES = 48 * MEGABYTE
"""One part, counted while it is unpacked, whatever the list of entries promised."""

ELEMENTS = 3_000_000
DEPTH = 240
PARAGRAPHS = 100_000
CHARACTERS = 3_000_000
"""Of one file, empty paragraphs counted as they come: the library takes whole books. How much of a text is audited is
said in ``youju/audit/values.py``."""

PDF_PAGES = 600
PDF_CPU_SECONDS = 30.0
"""Looked at before every drawing: also a single page that draws itself slowly comes to an end."""

PDF_PAGE_BYTES = 16 * MEGABYTE
"""One page's drawings, unpacked; taking them apart comes before the first of them is drawn."""

SHEET_ROWS = 5_000
SHEET_ROWS_ABOVE = 10
"""Rows of a table, and how far down its headings are looked for: units put a title above them."""

SHEET_COLUMNS = 60
