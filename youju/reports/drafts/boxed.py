"""What goes out beside a stored draft: its table of sources with every row, and what its 佐证盒 is made of."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from youju.figures.values import Row
from youju.paper import writing
from youju.records.models import Measure, Problem
from youju.reports.boxed import Contents, behind_topics, campaigns_in, held_for, items_in, projects_in
from youju.reports.docx import SourceLine, Sources
from youju.reports.drafts.models import Citation, CitedRow, Draft
from youju.reports.drafts.paper import docx_of, line_of, state_of
from youju.reports.drafts.queries import asker_on, citations_of, sheet_of
from youju.reports.drafts.resolving import Asker
from youju.reports.drafts.values import MOST_ROWS
from youju.reports.sources import sources_docx, sources_xlsx


def sources_of(draft: Draft) -> Sources:
    """Each figure as it was answered, with those of its rows that the ledger still has."""
    asker, cited = asker_on(draft, draft.as_of), _cited(draft)
    lines = tuple(_line(citation, asker, cited.get(citation.pk, set())) for citation in citations_of(draft))
    return Sources(draft.title, draft.byline, draft.as_of, lines, state_of(draft))


def contents_of(
    draft: Draft, *, open_units: Collection[int], preset: writing.Preset = writing.STANDARD
) -> Contents:  # fmt: skip
    """The box of a draft: the records it cited when it was asked, whatever the ledger has by now."""
    rows = CitedRow.objects.filter(passage__draft=draft, passage__removed=False)
    sessions = rows.exclude(session_id=None).values_list("session_id", flat=True)
    measures = Measure.objects.filter(pk__in=rows.filter(noun="measure").values("row_id"))
    problems = {
        *rows.filter(noun="problem").values_list("row_id", flat=True),
        *measures.values_list("problem_id", flat=True),
    }
    campaigns = campaigns_in(rows.values_list("noun", "row_id"))
    sources, uses = sources_of(draft), set(rows.filter(noun="use").values_list("row_id", flat=True))
    topics = rows.filter(noun="topic").values_list("row_id", flat=True)
    studied = behind_topics(topics, draft.year, as_of=draft.as_of)
    return Contents(
        unit=draft.unit.name,
        year=draft.year,
        as_of=draft.as_of,
        title=draft.title + state_of(draft),
        report=docx_of(draft, preset=preset),
        tables=(
            ("数据出处表.docx", sources_docx(sources, preset=preset)),
            ("数据出处表.xlsx", sources_xlsx(sources, open_units=open_units)),
        ),
        sessions=tuple(
            sorted(
                {*(pk for pk in sessions if pk is not None), *held_for(campaigns, draft.as_of), *studied["activity"]}
            )
        ),
        problems=tuple(sorted(problems)),
        gaps=tuple(_gaps(draft, problems)),
        projects=tuple(sorted(projects_in(rows.values_list("noun", "row_id")))),
        items=tuple(sorted(items_in(rows.values_list("noun", "row_id")))),
        campaigns=tuple(sorted(campaigns)),
        uses=tuple(sorted(uses | studied["use"])),
        publications=tuple(sorted(set(rows.filter(noun="publication").values_list("row_id", flat=True)))),
    )


def _gaps(draft: Draft, problems: set[int]) -> Iterator[str]:
    for gap in sheet_of(draft).gaps:
        yield f"报告里写着缺：{gap.text.removeprefix('〔缺：').removesuffix('〕')}。"
    for citation in citations_of(draft):
        if citation.value is None:
            yield f"{citation.figure}没有记录。"
        elif citation.rows > MOST_ROWS:
            yield f"{citation.figure}出自{citation.rows}条记录，报告只记下了总数，请到台账里导出。"
    rows = CitedRow.objects.filter(passage__draft=draft, passage__removed=False)
    measures = set(rows.filter(noun="measure").values_list("row_id", flat=True))
    lost = len(problems) - Problem.objects.filter(pk__in=problems).count()
    lost += len(measures) - Measure.objects.filter(pk__in=measures).count()
    if lost:
        yield f"引用过的问题和措施有{lost}条已经不在清单，装不进来。"
    if rows.filter(noun="told", session_id=None).exists():
        yield "有引自记录的话，原记录已经找不到。"


def _cited(draft: Draft) -> dict[int, set[tuple[str, int]]]:
    found: dict[int, set[tuple[str, int]]] = {}
    rows = CitedRow.objects.filter(passage__draft=draft, citation__isnull=False)
    for citation, noun, row in rows.values_list("citation_id", "noun", "row_id"):
        if citation is not None:
            found.setdefault(citation, set()).add((noun, row))
    return found


def _line(citation: Citation, asker: Asker, cited: set[tuple[str, int]]) -> SourceLine:
    answer = asker.again(citation.figure, citation.period, as_of=citation.as_of)
    each: tuple[Row, ...] = tuple(row for row in answer.rows if (row.noun, row.id) in cited) if answer else ()
    return replace(line_of(citation), each=each)
