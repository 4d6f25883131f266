"""素材 leaving the library: as Word in the layout of GB/T 9704, as plain text, several as one ZIP with an index.

Only what a reader may have goes in: every function here is given a reading, never a document's own text.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import datetime

from youju.library.documents.queries import Shown
from youju.paper import writing

#: What no system takes in the name of a file.
UNFIT = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')
NAME_CHARACTERS = 60
INDEX_HEADS = ("序号", "标题", "文件", "文种", "年度", "来源", "字数")
INDEX_WIDTHS = (6, 48, 52, 12, 8, 12, 10)


def file_name(shown: Shown) -> str:
    """A name that every system takes, without its ending."""
    name = UNFIT.sub("·", shown.document.title).strip(" .")[:NAME_CHARACTERS].strip(" .")
    return name or f"素材{shown.document.pk}"


def plain_text(shown: Shown) -> str:
    """The text with its title on top, where it does not begin with it."""
    body = "\n".join(lines_below_title(shown))
    return f"{shown.document.title}\n\n{body}\n"


def document_docx(shown: Shown, *, preset: writing.Preset = writing.STANDARD) -> bytes:
    """Title, headings of the first two levels, paragraphs."""
    headings = {one.heading: one.level for one in shown.sections if one.level in (1, 2)}
    blocks: list[writing.Block] = []
    for line in lines_below_title(shown):
        level = headings.get(line)
        if level == 1:
            blocks.append(writing.Heading(1, line))
        elif level == 2:
            blocks.append(writing.Heading(2, line))
        else:
            blocks.append(writing.Paragraph((line,)))
    return writing.write_docx(writing.Paper(title=shown.document.title, blocks=tuple(blocks), preset=preset))


def selection_zip(chosen: Sequence[Shown], *, genres: dict[str, str], at: datetime) -> bytes:
    """Each document as Word, numbered in the order chosen, and 目录.xlsx that names them."""
    out = io.BytesIO()
    stamp = (at.year, at.month, at.day, at.hour, at.minute, at.second)
    rows: list[tuple[str | int | None, ...]] = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for number, shown in enumerate(chosen, start=1):
            name = f"{number:03d} {file_name(shown)}.docx"
            package.writestr(zipfile.ZipInfo(name, stamp), document_docx(shown))
            one = shown.document
            rows.append(
                (
                    number,
                    one.title,
                    name,
                    genres.get(one.genre, ""),
                    one.year,
                    one.get_origin_display(),
                    len(shown.text),
                )
            )
        table = writing.Sheet("目录", INDEX_HEADS, rows, INDEX_WIDTHS)
        package.writestr(zipfile.ZipInfo("目录.xlsx", stamp), writing.write_xlsx([table]))
    return out.getvalue()


def lines_below_title(shown: Shown) -> list[str]:
    """The lines with something in them, without the title where the text begins with it."""
    lines = [line.strip() for line in shown.text.splitlines() if line.strip()]
    title = _bare(shown.document.title)
    begun = ""
    for count, line in enumerate(lines[:4], start=1):
        begun += _bare(line)
        if begun == title:
            return lines[count:]
    return lines


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)
