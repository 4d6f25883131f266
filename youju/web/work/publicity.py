"""宣传: the list, one publication on one page, what it tells of, and its files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from youju.kit.refusal import NotYours, Refusal
from youju.people.models import Member, Unit
from youju.people.roles.rules import Right
from youju.records.activities.queries import chairs_for
from youju.records.projects.models import Project
from youju.records.publicity import actions
from youju.records.publicity.kinds import PUBLICITY_KINDS
from youju.records.publicity.models import Publication
from youju.records.publicity.onpaper import publication_docx
from youju.records.publicity.queries import find, publications_of
from youju.records.publicity.values import Status
from youju.web.shared import clock, place
from youju.web.shared.fields import typed
from youju.web.shared.files import kept_file, sent_file
from youju.web.shared.home import held
from youju.web.shared.refusals import put_in
from youju.web.shared.saving import pressed
from youju.web.shared.sheets import Cell, docx_response, table_response
from youju.web.work import publicity_clean
from youju.web.work.publicity_forms import FileForm, PublicationForm, RecordForm, likely
from youju.web.work.publicity_pages import FormPage, filters_in, list_page, publication_page, url_of
from youju.web.work.tabs import frame

reads_and_posts = require_http_methods(["GET", "HEAD", "POST"])
HEADINGS = "编号 种类 题目 日期 状态 渠道类别 渠道名称 链接 典型人物 本人同意 做法 成效 适用范围 项目 关联记录 正文"
WIDTHS = (16, 12, 34, 12, 10, 12, 22, 30, 14, 12, 30, 30, 24, 22, 26, 50)


def publication_for(request: HttpRequest, unit_id: int, number: str, right: Right = Right.WRITE_RECORDS) -> Publication:
    """The publication of a unit in which the reader has the right; to anybody else there is none."""
    return place.kept_in(request, unit_id, right, lambda unit: find(unit, number), "没有这份宣传材料。")


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    unit = place.ledger_of(request, Right.READ_RECORDS)
    page = list_page(unit=unit, rights=held(request).rights_in(unit), filters=filters_in(request.GET))
    return render(request, "work/publicity/list.html", {"page": page})


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    unit = place.ledger_of(request, Right.READ_RECORDS)
    filters = filters_in(request.GET)
    rows: list[list[Cell]] = [
        [
            row.number, row.kind_zh, row.said, row.dated_on, row.status_zh, row.channel_zh, row.channel_name, row.link,
            row.who, row.consent_on, row.practice, row.outcome, row.use, row.project.number if row.project else "",
            "\n".join(f"{one.session.number} {one.session.head_title}" for one in row.told.all()), row.text,
        ]
        for row in publications_of(unit)
        if filters.let_through(row)
    ]  # fmt: skip
    return table_response(name=f"{unit.short_name}宣传清单", headings=HEADINGS.split(), rows=rows, widths=WIDTHS)


@reads_and_posts
def new(request: HttpRequest) -> HttpResponse:
    """登记. ``?kind=`` says where the form starts."""
    unit = place.ledger_of(request, Right.WRITE_RECORDS)
    kind = request.GET.get("kind", "")
    start = {
        "kind": kind if kind in PUBLICITY_KINDS else "report", "dated_on": clock.today(), "status": Status.DRAFT.value,
    }  # fmt: skip
    people = chairs_for(unit, clock.today())
    form = PublicationForm(typed(request), people=people, projects=_projects(unit), initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.enter_publication(unit=unit, draft=form.draft(), **_by(request))
            messages.success(request, f"已登记，编号 {row.number}。")
            return redirect(url_of(row))
        except Refusal as refusal:
            put_in(form, refusal)
    whole = frame(unit, "work:publicity")
    page = FormPage(whole, None, form, "登记宣传材料", "登记", whole.url)
    return render(request, "work/publicity/form.html", {"page": page, "form": form}, status=422 if form.errors else 200)


@reads_and_posts
def change(request: HttpRequest, unit_id: int, number: str) -> HttpResponse:
    """更正, also to 已发布 or 未采用."""
    row = publication_for(request, unit_id, number)
    people: list[Member] = chairs_for(row.unit, clock.today())
    people += [one for one in (row.person, row.consent_by) if one and one not in people]
    form = PublicationForm(typed(request), people=people, projects=_projects(row.unit), initial=likely(row))
    seen: object = request.POST.get("revision", row.revision)
    if request.method == "POST" and form.is_valid():
        try:
            read = form.cleaned_data["revision"] or row.revision
            actions.change_publication(publication=row, draft=form.draft(), revision=read, **_by(request))
            messages.success(request, "更正已保存。")
            return redirect(url_of(row))
        except Refusal as refusal:
            put_in(form, refusal)
            if not refusal.field:  # of the whole: somebody was quicker
                seen = row.revision  # having seen the sentence, a second save is meant
    page = FormPage(frame(row.unit, "work:publicity"), row, form, "更正宣传材料", "保存更正", url_of(row), seen)
    return render(request, "work/publicity/form.html", {"page": page, "form": form}, status=422 if form.errors else 200)


@require_safe
def publication(request: HttpRequest, unit_id: int, number: str) -> HttpResponse:
    return _show(request, publication_for(request, unit_id, number, Right.READ_RECORDS))


def _show(request: HttpRequest, row: Publication, **filled: Any) -> HttpResponse:
    rights = held(request).rights_in(row.unit)
    page = publication_page(row=row, rights=rights, on=clock.today(), **filled)
    return render(request, "work/publicity/publication.html", {"page": page}, status=422 if page.faulty else 200)


@require_safe
def printed(request: HttpRequest, unit_id: int, number: str) -> HttpResponse:
    row = publication_for(request, unit_id, number, Right.READ_RECORDS)
    page = publication_page(row=row, rights=frozenset(), on=clock.today())
    return render(request, "work/publicity/print.html", {"page": page})


@require_safe
def as_docx(request: HttpRequest, unit_id: int, number: str) -> HttpResponse:
    row = publication_for(request, unit_id, number, Right.READ_RECORDS)
    return docx_response(publication_docx(row), name=f"{row.number} {row.said}")


@require_POST
def link(request: HttpRequest, unit_id: int, number: str) -> HttpResponse:
    """关联记录."""
    row = publication_for(request, unit_id, number)
    form = RecordForm(request.POST)
    if form.is_valid():
        try:
            actions.link_record(publication=row, number=form.cleaned_data["record"], **_by(request))
            messages.success(request, "记录已关联。")
            return redirect(url_of(row) + "#records")
        except Refusal as refusal:
            put_in(form, refusal)
    return _show(request, row, record=form)


@require_POST
def unlink(request: HttpRequest, unit_id: int, number: str, pk: int) -> HttpResponse:
    row = publication_for(request, unit_id, number)
    told = row.told.filter(pk=pk).first()
    if told is None:
        raise NotYours("没有这条关联。")
    return _done(request, row, "已取消关联，记录还在台账里。", lambda: actions.unlink_record(link=told, **_by(request)))


@require_POST
def file_add(request: HttpRequest, unit_id: int, number: str) -> HttpResponse:
    """存附件."""
    row = publication_for(request, unit_id, number)
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            file = kept_file(request, form.cleaned_data["file"])
            assert file is not None  # the form wants one
            actions.add_file(publication=row, file=file, caption=form.cleaned_data["caption"], **_by(request))
            messages.success(request, "附件已存入。")
            return redirect(url_of(row) + "#files")
        except Refusal as refusal:
            put_in(form, refusal)
    return _show(request, row, file=form)


@require_POST
def file_remove(request: HttpRequest, unit_id: int, number: str, pk: int) -> HttpResponse:
    row = publication_for(request, unit_id, number)
    kept = row.files.filter(pk=pk).first()
    if kept is None:
        raise NotYours("没有这份附件。")
    return _done(request, row, "附件已取消。", lambda: actions.remove_file(kept=kept, **_by(request)))


@require_safe
def file(request: HttpRequest, unit_id: int, number: str, file_id: int) -> FileResponse:
    row = publication_for(request, unit_id, number, Right.READ_RECORDS)
    kept = next((one for one in row.files.all() if one.file_id == file_id), None)
    return sent_file(kept.file if kept else None, name=f"{row.number}-{kept.caption if kept else ''}")


@reads_and_posts
def erase(request: HttpRequest, unit_id: int, number: str) -> HttpResponse:
    """清除内容, asked once more before it is done: what is erased cannot be brought back."""
    row = publication_for(request, unit_id, number)
    if request.method == "POST":
        return _done(
            request, row, "内容已清除，编号、日期和渠道保留。",
            lambda: actions.erase_publication(publication=row, **_by(request)),
        )  # fmt: skip
    page = publication_page(row=row, rights=frozenset(), on=clock.today())
    return render(request, "work/publicity/erase.html", {"page": page})


# -- parts ------------------------------------------------------------------------------------------------------------


def _projects(unit: Unit) -> list[Project]:
    return list(Project.objects.filter(unit=unit).order_by("-since", "-pk"))


def _by(request: HttpRequest) -> dict[str, Any]:
    return {"by": request.user, "at": clock.now()}


def _done(request: HttpRequest, row: Publication, said: str, do: Callable[[], None]) -> HttpResponse:
    return pressed(request, said, do, back=url_of(row))


@reads_and_posts
def clean(request: HttpRequest, unit_id: int, number: str) -> HttpResponse:
    """清稿 of one publication."""
    return publicity_clean.of_publication(request, publication_for(request, unit_id, number))


ONE = "publicity/<int:unit_id>/<str:number>/"
URLS = [
    path("publicity/", index, name="publicity"),
    path("publicity/export.xlsx", export, name="publicity_export"),
    path("publicity/new/", new, name="publication_new"),
    path("publicity/clean/", publicity_clean.pasted, name="publicity_clean"),
    path(ONE, publication, name="publication"),
    path(ONE + "print/", printed, name="publication_print"),
    path(ONE + "publication.docx", as_docx, name="publication_docx"),
    path(ONE + "change/", change, name="publication_change"),
    path(ONE + "clean/", clean, name="publication_clean"),
    path(ONE + "records/", link, name="publication_link"),
    path(ONE + "records/<int:pk>/remove/", unlink, name="publication_unlink"),
    path(ONE + "files/", file_add, name="publication_file_add"),
    path(ONE + "files/<int:pk>/remove/", file_remove, name="publication_file_remove"),
    path(ONE + "files/<int:file_id>/", file, name="publication_file"),
    path(ONE + "erase/", erase, name="publication_erase"),
]
