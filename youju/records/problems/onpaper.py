"""问题整改 on paper: one problem with its measures as a form; the three lists 问题清单, 责任清单, 整改清单 of many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from youju.kit.periods import chinese_date
from youju.paper import writing
from youju.records.problems.models import Measure, Problem
from youju.records.problems.values import Source

Pair = tuple[str, str]


def problem_docx(problem: Problem, *, preset: writing.Preset = writing.STANDARD) -> bytes:
    """问题整改记录 of one problem, its unit, measures and owners being loaded."""
    form = writing.Form(
        title="问题整改记录", rows=tuple(_rows(problem)), foot=f"{problem.number}　第{problem.revision}次修订"
    )
    paper = writing.Paper(title=f"{problem.unit.name}\n问题整改记录", blocks=(form,), preset=preset)
    return writing.write_docx(paper)


def _rows(problem: Problem) -> Iterator[tuple[Pair, ...]]:
    yield (("编号", problem.number), ("所属年度", f"{problem.for_year}年"))
    yield (("问题", problem.title),)
    yield (
        ("来源", _source(problem)),
        ("发现日期", chinese_date(problem.found_on)),
    )
    yield (("原因", problem.cause or "没有填写"),)
    for measure in problem.measures.all():
        yield (("整改措施", measure.text),)
        yield (("责任人", measure.owner.name if measure.owner else "没有填写"), ("时限", _when(measure)))
        yield (("落实情况", _proof(measure)),)
    yield (("销号", _closed(problem)),)


def lists_docx(unit_name: str, problems: Sequence[Problem], *, preset: writing.Preset = writing.STANDARD) -> bytes:
    """The three lists of these problems, their measures, owners and files being loaded, one after the other."""
    tables = [
        writing.Table(
            one.heads, tuple(tuple(_cell(cell) for cell in row) for row in one.rows), one.shares, title=one.title
        )
        for one in three_lists(problems)
    ]
    paper = writing.Paper(title=f"{unit_name}\n问题、责任、整改清单", blocks=tuple(tables), preset=preset)
    return writing.write_docx(paper)


@dataclass(frozen=True)
class OneList:
    """One of the three lists: what stands in which column; ``shares`` are widths beside each other."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str | date | None, ...], ...]
    shares: tuple[float, ...]


def three_lists(problems: Sequence[Problem]) -> tuple[OneList, OneList, OneList]:
    """问题清单 what is wrong and why, 责任清单 who does what by when, 整改清单 what was done and who has looked."""
    steps = [(problem, measure) for problem in problems for measure in problem.measures.all()]
    return (
        OneList(
            "问题清单",
            ("编号", "问题", "原因", "来源", "发现日期", "年度"),
            tuple(
                (p.number, p.title, p.cause, _source(p), p.found_on, f"{p.for_year}") for p in problems
            ),
            (3, 6, 6, 4, 3, 2),
        ),
        OneList(
            "责任清单",
            ("编号", "问题", "整改措施", "责任人", "时限"),
            tuple((p.number, p.title, m.text, m.owner.name if m.owner else "", m.due_on) for p, m in steps),
            (3, 6, 8, 3, 3),
        ),
        OneList(
            "整改清单",
            ("编号", "整改措施", "落实情况", "完成日期", "佐证", "销号"),
            tuple(
                (p.number, m.text, m.proof, m.done_on, _shown_by(m), _closed(p) if p.closed_on else "")
                for p, m in steps
            ),
            (3, 6, 8, 3, 3, 4),
        ),
    )  # fmt: skip


def _cell(value: str | date | None) -> str:
    return chinese_date(value) if isinstance(value, date) else value or ""


def _source(problem: Problem) -> str:
    source = Source(problem.source).zh
    return f"{source}（{problem.source_note}）" if problem.source_note else source


def _closed(problem: Problem) -> str:
    if not problem.closed_on:
        return "还没有销号"
    who = f"，{problem.closed_by.name}核实" if problem.closed_by else ""
    return f"{chinese_date(problem.closed_on)}销号{who}"


def _when(measure: Measure) -> str:
    return chinese_date(measure.due_on) if measure.due_on else "没有填写"


def _proof(measure: Measure) -> str:
    if measure.done_on is None:
        return "还没有完成"
    shown = _shown_by(measure)
    return f"{chinese_date(measure.done_on)}完成。{measure.proof}{f'（佐证：{shown}）' if shown else ''}"


def _shown_by(measure: Measure) -> str:
    """文件、2026-支委-03: what proves it beside the words."""
    record = measure.shown_record
    return "、".join(filter(None, ("文件" if measure.shown_file else "", record.number if record else "")))
