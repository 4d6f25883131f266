"""An item of a list on paper: what it asks, who answers, its versions and how it was looked at."""

from __future__ import annotations

from collections.abc import Iterator

from youju.kit.periods import chinese_date
from youju.paper import writing
from youju.records.lists.models import ItemCheck, ListItem
from youju.records.lists.queries import linked
from youju.records.lists.values import Rhythm

Pair = tuple[str, str]


def item_docx(item: ListItem, *, preset: writing.Preset = writing.STANDARD) -> bytes:
    """One sheet of an item, loaded with its parts."""
    form = writing.Form(title=item.of.zh, rows=tuple(_rows(item)), foot=f"{item.number}　第{item.revision}次修订")
    paper = writing.Paper(title=f"{item.unit.name}\n{item.of.zh}", blocks=(form,), preset=preset)
    return writing.write_docx(paper)


def _rows(item: ListItem) -> Iterator[tuple[Pair, ...]]:
    yield (("编号", item.number), ("周期", Rhythm(item.rhythm).zh))
    yield (("事项", item.title),)
    yield (("要求", item.requirement or "没有填写"),)
    owner = f"{item.post_zh} {item.owner.name if item.owner else ''}".strip()
    yield ((item.of.owner, owner or "没有填写"), ("列入日期", chinese_date(item.since)))
    said = {word.field: word.text for word in item.words.all()}
    for field in item.of.fields:
        if field.id in said:
            yield ((field.zh, said[field.id]),)
    for version in item.versions.all():
        text = "，".join(filter(None, (version.change, "有文件" if version.file else "")))
        yield ((f"{chinese_date(version.in_force)}起施行", text or "存有正文"),)
    yield (("检查", "；".join(_check(one) for one in item.checks.all()) or "还没有"),)
    if item.until:
        yield (("停用", f"{chinese_date(item.until)}。{item.reason}"),)


def _check(check: ItemCheck) -> str:
    record = f"（{check.session.number}）" if check.session and linked(check) else ""
    return f"{chinese_date(check.done_on)}：{check.text}{record}"
