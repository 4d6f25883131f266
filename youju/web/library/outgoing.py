"""What leaves the library: one document as Word, plain text or original; a selection as ZIP; and the log of it all."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from youju.kit.refusal import NotYours, Refusal
from youju.library.documents.onpaper import document_docx, file_name, plain_text, selection_zip
from youju.library.documents.queries import Shown, may_have_file, shown_many, shown_to
from youju.library.saved.actions import note_download
from youju.library.saved.queries import downloads
from youju.library.search.names import GENRES_ZH
from youju.paper.writing import PRESETS, STANDARD
from youju.web.library.reader import reader, require_manager
from youju.web.shared import clock
from youju.web.shared.files import sent_file
from youju.web.shared.sheets import docx_response

MOST_CHOSEN = 200
LOG_ROWS = 300


@require_safe
def as_docx(request: HttpRequest, document_id: int) -> HttpResponse:
    """In the layout of GB/T 9704, as this reader has it."""
    shown = shown_to(reader(request), document_id)
    preset = PRESETS.get(request.GET.get("preset", ""), STANDARD)
    data = document_docx(shown, preset=preset)
    _note(request, [shown], "Word")
    return docx_response(data, name=file_name(shown))


@require_safe
def as_text(request: HttpRequest, document_id: int) -> HttpResponse:
    shown = shown_to(reader(request), document_id)
    _note(request, [shown], "纯文本")
    response = HttpResponse(plain_text(shown), content_type="text/plain; charset=utf-8")
    return _attached(response, f"{file_name(shown)}.txt")


@require_safe
def original(request: HttpRequest, document_id: int, copy_id: int) -> HttpResponseBase:
    """The file as it came in. It holds all of it, so only who reads the document whole may have it."""
    eyes = reader(request)
    shown = shown_to(eyes, document_id)
    copy = shown.document.copies.filter(pk=copy_id).select_related("file").first()
    if copy is None or not may_have_file(shown, eyes):
        raise NotYours("没有这份原件。")
    response = sent_file(copy.file, name=file_name(shown))
    _note(request, [shown], "原件")
    return response


@require_POST
def selection(request: HttpRequest) -> HttpResponse:
    """The documents ticked in the list, each as Word, with an index."""
    wanted = [
        int(one) for one in request.POST.getlist("document")[: MOST_CHOSEN + 1] if one.isdecimal() and len(one) < 19
    ]
    if len(wanted) > MOST_CHOSEN:
        raise Refusal("document", f"一次最多下载 {MOST_CHOSEN} 篇，请分几次。")
    found = shown_many(reader(request), wanted)
    chosen = [found[one] for one in dict.fromkeys(wanted) if one in found]
    if not chosen:
        raise Refusal("document", "先勾选要下载的素材。")
    data = selection_zip(chosen, genres=GENRES_ZH, at=clock.now())
    _note(request, chosen, "打包")
    return _attached(HttpResponse(data, content_type="application/zip"), f"素材{len(chosen)}篇.zip")


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """Who took what, the latest first, of the documents that reach who keeps the library."""
    require_manager(request)
    rows = downloads(reader(request), most=LOG_ROWS)
    return render(request, "library/downloads.html", {"rows": rows})


def _note(request: HttpRequest, chosen: list[Shown], form: str) -> None:
    note_download(documents=[shown.document for shown in chosen], form=form, by=request.user, at=clock.now())


def _attached(response: HttpResponse, name: str) -> HttpResponse:
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    response["X-Content-Type-Options"] = "nosniff"
    return response
