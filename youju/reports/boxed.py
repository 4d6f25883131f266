"""What goes into a 佐证盒: the report, its tables, and the records behind its figures and told words."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from youju.figures.of_lists import item_of
from youju.figures.study_map import study_maps
from youju.figures.values import Row
from youju.paper import writing
from youju.people.models import Unit
from youju.records.models import AgendaItem, CampaignTask, Measure, Milestone, Resolution, Session
from youju.reports.docx import as_docx, sources_in
from youju.reports.sources import sources_docx, sources_xlsx
from youju.reports.values import Report, Told


@dataclass(frozen=True)
class Contents:
    """What a box is made of: the report as bytes, the records it cites, and what it says is missing."""

    unit: str
    year: int
    as_of: date
    title: str
    report: bytes
    tables: tuple[tuple[str, bytes], ...]
    sessions: tuple[int, ...]
    problems: tuple[int, ...]
    gaps: tuple[str, ...]
    projects: tuple[int, ...] = ()
    publications: tuple[int, ...] = ()
    items: tuple[int, ...] = ()
    campaigns: tuple[int, ...] = ()
    uses: tuple[int, ...] = ()


def contents_of(
    report: Report, *, unit: str, open_units: Collection[int], preset: writing.Preset = writing.STANDARD
) -> Contents:
    """The box of a composed report."""
    rows = [row for cited in report.citations for row in cited.answer.rows]
    campaigns = campaigns_in((row.noun, row.id) for row in rows)
    studied = behind_topics((row.id for row in rows if row.noun == "topic"), report.year, as_of=report.as_of)
    told = [span for passage in report.passages for span in passage.spans if isinstance(span, Told)]
    return Contents(
        unit=unit,
        year=report.year,
        as_of=report.as_of,
        title=report.title,
        report=as_docx(report, preset=preset),
        tables=(
            ("数据出处表.docx", sources_docx(sources_in(report), preset=preset)),
            ("数据出处表.xlsx", sources_xlsx(sources_in(report), open_units=open_units)),
        ),
        sessions=tuple(
            sorted({
                *_sessions(rows), *(span.session_id for span in told), *held_for(campaigns, report.as_of),
                *studied["activity"],
            })
        ),
        problems=tuple(sorted(_problems(rows))),
        gaps=tuple(f"报告里写着缺：{gap.text}。" for gap in report.gaps),
        projects=tuple(sorted(projects_in((row.noun, row.id) for row in rows))),
        publications=tuple(sorted({row.id for row in rows if row.noun == "publication"})),
        items=tuple(sorted(items_in((row.noun, row.id) for row in rows))),
        campaigns=tuple(sorted(campaigns)),
        uses=tuple(sorted({*(row.id for row in rows if row.noun == "use"), *studied["use"]})),
    )  # fmt: skip


def _sessions(rows: Iterable[Row]) -> set[int]:
    ids: dict[str, set[int]] = {"activity": set(), "resolution": set(), "first_topic": set()}
    for row in rows:
        if row.noun in ids:
            ids[row.noun].add(row.id)
    decided = Resolution.objects.filter(pk__in=ids["resolution"]).values_list("item__session_id", flat=True)
    topics = AgendaItem.objects.filter(pk__in=ids["first_topic"]).values_list("session_id", flat=True)
    return ids["activity"] | set(decided) | set(topics)


def _problems(rows: Iterable[Row]) -> set[int]:
    rows = list(rows)
    measures = Measure.objects.filter(pk__in={row.id for row in rows if row.noun == "measure"})
    return {row.id for row in rows if row.noun == "problem"} | set(measures.values_list("problem_id", flat=True))


def items_in(cited: Iterable[tuple[str, int]]) -> set[int]:
    """The items of lists behind cited rows: themselves, and those whose checks are cited."""
    return {pk if noun == "item" else item_of(pk) for noun, pk in cited if noun in ("item", "check")}


def projects_in(cited: Iterable[tuple[str, int]]) -> set[int]:
    """The projects behind cited rows: themselves, and those of cited milestones."""
    cited = list(cited)
    steps = Milestone.objects.filter(pk__in={pk for noun, pk in cited if noun == "milestone"})
    return {pk for noun, pk in cited if noun == "project"} | set(steps.values_list("project_id", flat=True))


def campaigns_in(cited: Iterable[tuple[str, int]]) -> set[int]:
    """The campaigns behind cited rows: themselves, and those of cited tasks."""
    cited = list(cited)
    tasks = CampaignTask.objects.filter(pk__in={pk for noun, pk in cited if noun == "campaign_task"})
    return {pk for noun, pk in cited if noun == "campaign"} | set(tasks.values_list("campaign_id", flat=True))


def behind_topics(topics: Iterable[int], year: int, *, as_of: date) -> dict[str, set[int]]:
    """The records and the uses that touched these topics in a year, as the map of study shows them: ids by noun."""
    wanted = frozenset(topics)
    found: dict[str, set[int]] = {"activity": set(), "use": set()}
    for chart in study_maps(Unit.objects.filter(topics__in=wanted).distinct(), (year,), as_of=as_of).values():
        for topic in wanted:
            for touch in chart.cell(topic, year).touches:
                found.setdefault(touch.row.noun, set()).add(touch.row.id)
    return found


def held_for(campaigns: Collection[int], as_of: date) -> set[int]:
    """The records that belong to them and were held by the day."""
    rows = Session.objects.happened().filter(campaign_tags__campaign_id__in=campaigns, held_on__lte=as_of)
    return set(rows.values_list("pk", flat=True))
