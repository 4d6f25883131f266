"""问题整改 on paper: one problem with its measures as a form."""

from __future__ import annotations

from collections.abc import Iterator

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
    source = Source(problem.source).zh
    yield (("编号", problem.number), ("所属年度", f"{problem.for_year}年"))
    yield (("问题", problem.title),)
    yield (
        ("来源", f"{source}（{problem.source_note}）" if problem.source_note else source),
        ("发现日期", chinese_date(problem.found_on)),
    )
    yield (("原因", problem.cause or "没有填写"),)
    for measure in problem.measures.all():
        yield (("整改措施", measure.text),)
        yield (("责任人", measure.owner.name if measure.owner else "没有填写"), ("时限", _when(measure)))
        yield (("落实情况", _proof(measure)),)
    yield (("销号", chinese_date(problem.closed_on) if problem.closed_on else "还没有销号"),)


def _when(measure: Measure) -> str:
    return chinese_date(measure.due_on) if measure.due_on else "没有填写"


def _proof(measure: Measure) -> str:
    if measure.done_on is None:
        return "还没有完成"
    return f"{chinese_date(measure.done_on)}完成。{measure.proof}"
