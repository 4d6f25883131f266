"""The plan on paper: a sheet to print, a Word table in the layout of GB/T 9704, and Excel."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from youju.duties.plans.queries import plan_of
from youju.kit.periods import chinese_date
from youju.kit.refusal import NotYours
from youju.paper.writing import PRESETS, STANDARD, Paper, Paragraph, Table, write_docx
from youju.people.roles.rules import Right
from youju.store.rules import DOCX
from youju.web.plan.pages import PlanPage, PlanRow, may_see, plan_page
from youju.web.plan.views import year_in
from youju.web.shared import clock, place
from youju.web.shared.home import held
from youju.web.shared.sheets import Cell, table_response


def _page(request: HttpRequest) -> PlanPage:
    """The plan this reader may see; none is no paper."""
    unit = place.unit_of(request, Right.READ_NUMBERS)
    year, rights = year_in(request), held(request).rights_in(unit)
    plan = plan_of(unit, year)
    if not may_see(plan, rights):
        raise NotYours(f"{unit.short_name}还没有{year}年的计划。")
    return plan_page(unit=unit, year=year, plan=plan, rights=rights, on=clock.today(), offer=None)


@require_safe
def printed(request: HttpRequest) -> HttpResponse:
    return render(request, "plan/print.html", {"page": _page(request)})


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    page = _page(request)
    rows: list[list[Cell]] = [
        [
            row.number, row.line.heading, row.line.title, row.progress.often, row.progress.planned, _shown(row.this), _shown(row.last),
            row.progress.state, row.progress.sentence, row.owner, row.line.source.zh, row.line.source_note, row.note,
        ]
        for row in page.rows
    ]  # fmt: skip
    return table_response(
        name=f"{page.unit.short_name}{page.year}年度计划",
        headings=[
            "序号", "类别", "事项", "要求", "全年次数", "已办", f"{page.year - 1}年", "状态", "差在哪里", "责任人", "来源", "来源说明", "备注",
        ],
        rows=rows,
        widths=(6, 14, 36, 16, 10, 8, 8, 10, 30, 12, 12, 30, 40),
    )  # fmt: skip


@require_safe
def as_docx(request: HttpRequest) -> HttpResponse:
    page = _page(request)
    response = HttpResponse(write_docx(paper_of(page, preset=request.GET.get("preset", ""))), content_type=DOCX)
    name = quote(f"{page.unit.short_name}{page.year}年度计划", safe="")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}.docx"
    return response


def paper_of(page: PlanPage, *, preset: str = "") -> Paper:
    """Title, how it was adopted, one table; what was done so far stands in it once the plan is in force."""
    names = any(row.owner for row in page.rows)
    header = ["序号", "类别", "事项", "要求", *(["责任人"] if names else []), *(["进展"] if page.in_force else [])]
    widths = [0.5, 1.0, 2.6, 1.5, *([0.8] if names else []), *([1.3] if page.in_force else [])]
    rows = tuple(
        (
            str(row.number), row.line.heading, row.line.title, row.progress.often,
            *((row.owner,) if names else ()), *((_done(row),) if page.in_force else ()),
        )
        for row in page.rows
    )  # fmt: skip
    table = Table(header=tuple(header), rows=rows, widths=tuple(widths))
    plan = page.plan
    return Paper(
        title=f"{page.unit.name}{page.year}年度计划",
        blocks=(Paragraph((_adopted(page),)), table),
        signed_by=page.unit.name,
        signed_on=plan.adopted_on if plan and page.in_force else page.on,
        preset=PRESETS.get(preset, STANDARD),
    )


def _adopted(page: PlanPage) -> str:
    plan = page.plan
    if plan is None or plan.adopted_by is None or plan.adopted_on is None or not page.in_force:
        return f"本计划为草案，共{len(page.rows)}项，尚待会议讨论通过。"
    kind = plan.adopted_by.title
    progress = f"进展截至{chinese_date(page.on)}。"
    return f"本计划共{len(page.rows)}项，经{chinese_date(plan.adopted_on)}会议（{plan.adopted_by.number}，{kind}）通过。{progress}"


def _done(row: PlanRow) -> str:
    """已办10次，按进度 · 已完成."""
    unit = row.progress.unit
    done = f"已办{row.this}{unit}" if row.this is not None else ""
    return "，".join(part for part in (done, row.progress.state) if part) or "—"


def _shown(value: int | float | None) -> Cell:
    return value
