"""What leaves the house of one report: Word, PDF, the table of sources, and the 佐证盒."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from youju.kit.refusal import Refusal
from youju.paper.writing import PRESETS, STANDARD, NoPdf, Preset
from youju.people.roles.queries import units_with
from youju.people.roles.rules import Right
from youju.reports.box import box as box_in_pieces
from youju.reports.boxed import Contents, contents_of
from youju.reports.docx import as_docx, as_pdf, paper_of, sources_in
from youju.reports.sources import sources_docx, sources_xlsx
from youju.reports.unit_templates.queries import in_template
from youju.web.report.pages import report_here
from youju.web.report.views import DOCX, report_unit
from youju.web.shared import clock, looked

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def docx(request: HttpRequest, unit_id: int, year: int) -> HttpResponse:
    """导出 Word in one of the two layouts, or with ``?preset=unit`` in the unit's own template."""
    unit = report_unit(request, unit_id, year)
    report = report_here(request, unit, year)
    if request.GET.get("preset") == "unit":
        data = in_template(unit, paper_of(report))
    else:
        data = as_docx(report, preset=preset_of(request))
    return download(data, DOCX, f"{unit.name}{report.title}.docx")


@require_safe
def pdf(request: HttpRequest, unit_id: int, year: int) -> HttpResponse:
    unit = report_unit(request, unit_id, year)
    report = report_here(request, unit, year)
    try:
        data = as_pdf(report, preset=preset_of(request))
    except NoPdf as fault:
        raise Refusal("", fault.sentence) from fault
    return download(data, "application/pdf", f"{unit.name}{report.title}.pdf")


@require_safe
def sources(request: HttpRequest, unit_id: int, year: int) -> HttpResponse:
    """数据出处表 by itself: a workbook, or a document with ``?as=docx``. What the reader may not open is a number."""
    unit = report_unit(request, unit_id, year)
    report = report_here(request, unit, year)
    name = f"{unit.name}{report.title}数据出处表"
    if request.GET.get("as") == "docx":
        return download(sources_docx(sources_in(report), preset=preset_of(request)), DOCX, f"{name}.docx")
    return download(sources_xlsx(sources_in(report), open_units=open_units(request)), XLSX, f"{name}.xlsx")


@require_safe
def box(request: HttpRequest, unit_id: int, year: int) -> StreamingHttpResponse:
    """佐证盒, sent while it is packed. Who took it along is noted as for a year's 台账: names stand in its records."""
    unit = report_unit(request, unit_id, year)
    report = report_here(request, unit, year)
    may_open = open_units(request)
    contents = contents_of(report, unit=unit.name, open_units=may_open, preset=preset_of(request))
    looked.note_year(request, unit, year)
    return packed(request, contents, f"{unit.name}{year}年佐证盒.zip", may_open)


def packed(
    request: HttpRequest, contents: Contents, name: str, may_open: frozenset[int]
) -> StreamingHttpResponse:  # fmt: skip
    talks_in = open_units(request, Right.WRITE_RECORDS)
    pieces = box_in_pieces(contents, open_units=may_open, talks_in=talks_in, at=clock.now())
    response = StreamingHttpResponse(pieces, content_type="application/zip")
    _name(response, name)
    return response


def open_units(request: HttpRequest, right: Right = Right.READ_RECORDS) -> frozenset[int]:
    """Units whose records the reader may open; whose talks, for who writes them."""
    rows = units_with(request.user, right, on=clock.today())
    return frozenset(rows.values_list("pk", flat=True))


def download(data: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=kind)
    _name(response, name)
    return response


def _name(response: HttpResponse | StreamingHttpResponse, name: str) -> None:
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"


def preset_of(request: HttpRequest) -> Preset:
    preset = PRESETS.get(request.GET.get("preset", STANDARD.id))
    if preset is None:
        raise Refusal("preset", "没有这种版式，请选国家标准或支部常用。")
    return preset
