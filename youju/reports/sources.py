"""数据出处表 by itself, as docx and as a workbook: each figure with its question, and each record once more in a line."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from youju.figures.values import Row
from youju.kit.periods import chinese_date
from youju.paper import writing
from youju.reports.docx import source_line, sources_table
from youju.reports.values import Cited, Report

NOUNS = {
    "activity": "活动", "resolution": "决议", "first_topic": "第一议题", "member": "党员", "committee": "委员",
    "problem": "问题", "measure": "整改措施", "term": "换届",
}  # fmt: skip
UNSEEN = "（无权查看）"


def sources_docx(report: Report, *, preset: writing.Preset = writing.STANDARD) -> bytes:
    """The table as a document of its own."""
    table = sources_table(map(source_line, report.citations), as_of=report.as_of)
    bare = writing.Table(table.header, table.rows, table.widths)
    said = f"本表列出《{report.title}》中每个数字的出处，台账截至{chinese_date(report.as_of)}。"
    blocks: tuple[writing.Block, ...] = (writing.Paragraph((said,)), bare)
    return writing.write_docx(writing.Paper(title="数据出处表", byline=report.byline, blocks=blocks, preset=preset))


def sources_xlsx(report: Report, *, open_units: Collection[int] | None = None) -> bytes:
    """Two sheets: the figures, and every row behind them. Of a unit not in ``open_units`` only numbers are shown."""
    figures = [
        (cited.number, cited.answer.figure.id, cited.text, cited.answer.period.label,
         chinese_date(cited.answer.as_of), len(cited.answer.rows), "、".join(_numbers(cited)))
        for cited in report.citations
    ]  # fmt: skip
    return writing.write_xlsx(
        (
            writing.Sheet(
                "数据出处表", ("序号", "指标", "得数", "时段", "台账截至", "条数", "记录编号"), figures,
                (6, 20, 10, 14, 16, 8, 60),
            ),
            writing.Sheet(
                "逐条记录", ("序号", "指标", "类别", "编号", "日期", "题目", "说明"), list(_lines(report, open_units)),
                (6, 20, 10, 18, 14, 40, 14),
            ),
        )
    )  # fmt: skip


def _numbers(cited: Cited) -> list[str]:
    return list(dict.fromkeys(row.number for row in cited.answer.rows if row.number))


def _lines(report: Report, open_units: Collection[int] | None) -> Iterator[tuple[str | int, ...]]:
    for cited in report.citations:
        for row in sorted(cited.answer.rows, key=lambda row: (row.day, row.id)):
            seen = open_units is None or row.unit_id in open_units
            yield (cited.number, cited.answer.figure.id, NOUNS.get(row.noun, row.noun), row.number, *_told(row, seen))


def _told(row: Row, seen: bool) -> tuple[str, str, str]:
    return (chinese_date(row.day), row.title, row.note) if seen else ("", UNSEEN, "")
