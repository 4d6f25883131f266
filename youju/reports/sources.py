"""数据出处表 by itself, as docx and as a workbook: each figure with its question, and each record once more in a line."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from youju.figures.values import Row
from youju.kit.periods import chinese_date
from youju.paper import writing
from youju.reports.docx import Sources, sources_table

NOUNS = {
    "activity": "活动", "resolution": "决议", "first_topic": "第一议题", "member": "党员", "committee": "委员", "learner": "党员",
    "problem": "问题", "measure": "整改措施", "term": "换届", "project": "项目", "milestone": "项目节点", "campaign": "专项活动",
    "campaign_task": "专项任务", "publication": "宣传材料", "pair": "谈心谈话", "item": "清单事项", "check": "清单检查",
    "subject": "名册对象", "reach": "走访对象", "request": "诉求", "fee": "党费", "reading": "自学", "use": "学以致用", "make_up": "补学", "topic": "专题",
    "delivery": "送学上门", "brought": "送学到的党员", "hours": "学时",
}  # fmt: skip
UNSEEN = "（无权查看）"


def sources_docx(sources: Sources, *, preset: writing.Preset = writing.STANDARD) -> bytes:
    """The table as a document of its own."""
    table = sources_table(sources)
    bare = writing.Table(table.header, table.rows, table.widths)
    said = f"本表列出《{sources.title}》中每个数字的出处，台账截至{chinese_date(sources.as_of)}{sources.state}。"
    blocks: tuple[writing.Block, ...] = (writing.Paragraph((said,)), bare)
    return writing.write_docx(writing.Paper(title="数据出处表", byline=sources.byline, blocks=blocks, preset=preset))


def sources_xlsx(sources: Sources, *, open_units: Collection[int] | None = None) -> bytes:
    """Two sheets: the figures, and every row behind them. Of a unit not in ``open_units`` only numbers are shown."""
    figures = [
        (place, line.figure, line.text, line.period, chinese_date(line.as_of), line.rows, "、".join(line.numbers))
        for place, line in enumerate(sources.lines, 1)
    ]  # fmt: skip
    return writing.write_xlsx(
        (
            writing.Sheet(
                "数据出处表", ("序号", "指标", "得数", "时段", "台账截至", "条数", "记录编号"), figures,
                (6, 20, 10, 14, 16, 8, 60),
            ),
            writing.Sheet(
                "逐条记录", ("序号", "指标", "类别", "编号", "日期", "题目", "说明"), list(_lines(sources, open_units)),
                (6, 20, 10, 18, 14, 40, 14),
            ),
        )
    )  # fmt: skip


def _lines(sources: Sources, open_units: Collection[int] | None) -> Iterator[tuple[str | int, ...]]:
    for place, line in enumerate(sources.lines, 1):
        for row in sorted(line.each, key=lambda row: (row.day, row.id)):
            seen = open_units is None or row.unit_id in open_units
            yield (place, line.figure, NOUNS.get(row.noun, row.noun), row.number, *_told(row, seen))


def _told(row: Row, seen: bool) -> tuple[str, str, str]:
    return (chinese_date(row.day), row.title, row.note) if seen else ("", UNSEEN, "")
