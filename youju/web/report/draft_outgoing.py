"""What leaves the house of a stored draft: Word, PDF, the table of sources, and the 佐证盒, in the words it holds."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_safe

from youju.kit.refusal import Refusal
from youju.paper.writing import NoPdf
from youju.people.roles.rules import Right
from youju.reports.drafts.boxed import contents_of, sources_of
from youju.reports.drafts.models import Draft
from youju.reports.drafts.paper import docx_of, paper_of, pdf_of
from youju.reports.drafts.values import Status
from youju.reports.sources import sources_docx, sources_xlsx
from youju.reports.unit_templates.queries import in_template
from youju.web.report.drafting import draft_for
from youju.web.report.outgoing import XLSX, download, open_units, packed, preset_of
from youju.web.report.views import DOCX
from youju.web.shared import looked


@require_safe
def docx(request: HttpRequest, pk: int) -> HttpResponse:
    """导出 Word in one of the two layouts, or with ``?preset=unit`` in the unit's own template."""
    draft = draft_for(request, pk, Right.READ_DRAFTS)
    if request.GET.get("preset") == "unit":
        data = in_template(draft.unit, paper_of(draft))
    else:
        data = docx_of(draft, preset=preset_of(request))
    return download(data, DOCX, f"{_name(draft)}.docx")


@require_safe
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    draft = draft_for(request, pk, Right.READ_DRAFTS)
    try:
        data = pdf_of(draft, preset=preset_of(request))
    except NoPdf as fault:
        raise Refusal("", fault.sentence) from fault
    return download(data, "application/pdf", f"{_name(draft)}.pdf")


@require_safe
def sources(request: HttpRequest, pk: int) -> HttpResponse:
    """数据出处表 by itself: a workbook, or a document with ``?as=docx``. What the reader may not open is a number."""
    draft = draft_for(request, pk, Right.READ_DRAFTS)
    name = f"{_name(draft)}数据出处表"
    if request.GET.get("as") == "docx":
        return download(sources_docx(sources_of(draft), preset=preset_of(request)), DOCX, f"{name}.docx")
    return download(sources_xlsx(sources_of(draft), open_units=open_units(request)), XLSX, f"{name}.xlsx")


@require_safe
def box(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """佐证盒 of the words that stand in the draft. Who took it along is noted as for a year's 台账."""
    draft = draft_for(request, pk, Right.READ_DRAFTS)
    may_open = open_units(request)
    contents = contents_of(draft, open_units=may_open, preset=preset_of(request))
    looked.note_year(request, draft.unit, draft.year)
    return packed(request, contents, f"{_name(draft)}佐证盒.zip", may_open)


def _name(draft: Draft) -> str:
    unfinished = "（未定稿）" if draft.status == Status.DRAFT else ""
    return f"{draft.unit.name}{draft.title}{unfinished}"
