"""学以致用 on paper: one use as a form."""

from __future__ import annotations

from collections.abc import Iterator

from youju.kit.periods import chinese_date
from youju.paper import writing
from youju.records.activities.models import Session
from youju.study.uses.models import Use
from youju.study.uses.queries import Work

Pair = tuple[str, str]


def use_docx(use: Use, *, preset: writing.Preset = writing.STANDARD) -> bytes:
    """学以致用记录 of one use, its material, its work and its file being loaded."""
    form = writing.Form(title="学以致用记录", rows=tuple(_rows(use)), foot=f"{use.number}　第{use.revision}次修订")
    paper = writing.Paper(title=f"{use.ledger.name}\n学以致用记录", blocks=(form,), preset=preset)
    return writing.write_docx(paper)


def _rows(use: Use) -> Iterator[tuple[Pair, ...]]:
    yield (("编号", use.number), ("日期", chinese_date(use.day)))
    yield (("学习材料", use.studied),)
    yield (("用在哪里", f"{use.place.zh}　{use.work.number}　{titled(use.work)}"),)
    yield (("成效", use.outcome),)
    yield (("佐证", "有文件" if use.shown_file else "没有附文件"),)


def titled(work: Work) -> str:
    """What a reader of heads sees of the record."""
    return work.head_title if isinstance(work, Session) else work.title
