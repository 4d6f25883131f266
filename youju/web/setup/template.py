"""报告模板: a unit's own Word template, looked at when it is handed in; a sample to begin from."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from youju.kit.refusal import NotYours, Refusal
from youju.paper.writing.template import MOST_BYTES
from youju.people.models import Unit
from youju.people.roles.rules import Right
from youju.reports.unit_templates.actions import drop_template, keep_template
from youju.reports.unit_templates.models import ReportTemplate
from youju.reports.unit_templates.queries import PLACEHOLDERS, sample_template, template_of
from youju.store.queries import read
from youju.web.setup.tabs import Frame, frame
from youju.web.shared import clock, place
from youju.web.shared.refusals import put_in

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class TemplateForm(forms.Form):
    file = forms.FileField(
        label="模板文件",
        error_messages={"required": "请选一个 Word 文件。", "empty": "文件是空的。"},
        widget=forms.FileInput(attrs={"accept": ".docx"}),
        help_text=f"docx，{MOST_BYTES // 1024 // 1024} MB 以内，不带宏。",
    )


@dataclass(frozen=True)
class TemplatePage:
    frame: Frame
    form: TemplateForm
    current: ReportTemplate | None
    faults: tuple[str, ...]
    placeholders: tuple[tuple[str, str], ...]

    @property
    def unit(self) -> Unit:
        return self.frame.unit


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    unit = place.unit_of(request, Right.WRITE_DRAFTS)
    sent = request.method == "POST"
    form = TemplateForm(request.POST, request.FILES) if sent else TemplateForm()
    faults: tuple[str, ...] = ()
    if sent and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            if upload.size > MOST_BYTES:
                raise Refusal("file", f"模板超过 {MOST_BYTES // 1024 // 1024} MB，请压缩或删去里面的图片。")
            keep_template(unit=unit, data=upload.read(), name=upload.name, by=request.user, at=clock.now())
            messages.success(request, "模板已存入，导出 Word 时可以选“本单位模板”。")
            return _back(unit)
        except Refusal as refusal:
            first, *rest = refusal.sentence.split("\n")
            faults = tuple(rest)
            put_in(form, Refusal(refusal.field, first))
    marks = tuple((f"{{{{ {name} }}}}", words) for name, words in PLACEHOLDERS.items())
    page = TemplatePage(frame(unit, "setup:template"), form, template_of(unit), faults, marks)
    return render(request, "setup/template.html", {"page": page, "form": form}, status=422 if form.errors else 200)


@require_POST
def drop(request: HttpRequest) -> HttpResponse:
    unit = place.unit_of(request, Right.WRITE_DRAFTS)
    drop_template(unit=unit, by=request.user, at=clock.now())
    messages.success(request, "已不用模板，导出照标准版式。")
    return _back(unit)


@require_safe
def file(request: HttpRequest) -> HttpResponse:
    """The template as it was handed in."""
    unit = place.unit_of(request, Right.WRITE_DRAFTS)
    row = template_of(unit)
    if row is None:
        raise NotYours("还没有模板。")
    try:
        return _docx(read(row.file), row.name)
    except OSError as error:
        raise NotYours("模板文件找不到了，请重新上传。") from error


@require_safe
def sample(request: HttpRequest) -> HttpResponse:
    place.unit_of(request, Right.WRITE_DRAFTS)
    return _docx(sample_template(), "报告模板样例.docx")


def _docx(data: bytes, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=DOCX)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def _back(unit: Unit) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse('setup:template')}?unit={unit.pk}")
