"""A publication on paper: one sheet with what it is, where it appeared, and its text."""

from __future__ import annotations

from collections.abc import Iterator

from youju.kit.periods import chinese_date
from youju.paper import writing
from youju.records.publicity.kinds import PERSONS
from youju.records.publicity.models import Publication

Pair = tuple[str, str]
NOT_SAID = "没有填写"


def publication_docx(row: Publication, *, preset: writing.Preset = writing.STANDARD) -> bytes:
    """The sheet of one publication, loaded with its parts."""
    form = writing.Form(
        title=f"{row.kind_zh}登记表", rows=tuple(sheet(row)), foot=f"{row.number}　第{row.revision}次修订"
    )
    paper = writing.Paper(title=f"{row.unit.name}\n{row.kind_zh}登记表", blocks=(form,), preset=preset)
    return writing.write_docx(paper)


def sheet(row: Publication) -> Iterator[tuple[Pair, ...]]:
    """Its lines, for the page that prints and for Word alike."""
    yield (("编号", row.number), ("状态", row.status_zh))
    yield (("题目", row.said),)
    yield (("日期", chinese_date(row.dated_on)), ("渠道", row.where or NOT_SAID))
    if row.link:
        yield (("链接", row.link),)
    if row.kind in PERSONS:
        yield (("典型人物", row.who or NOT_SAID), ("本人同意", consent(row)))
    for name, text in (("做法", row.practice), ("成效", row.outcome), ("适用范围", row.use)):
        if text:
            yield ((name, text),)
    if row.project:
        yield (("项目", f"{row.project.number} {row.project.title}"),)
    links = [f"{one.session.number} {one.session.head_title}" for one in row.told.all()]
    if links:
        yield (("关联记录", "；".join(links)),)
    if row.files.all():
        yield (("附件", "；".join(one.caption for one in row.files.all())),)
    if row.text:
        yield (("正文", row.text),)


def consent(row: Publication) -> str:
    if row.consent_on is None:
        return "还没有"
    by = f"，{row.consent_by.name}征求" if row.consent_by else ""
    return f"{chinese_date(row.consent_on)}{by}"
