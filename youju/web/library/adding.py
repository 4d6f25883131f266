"""放进素材: files, a ZIP or pasted words; what becomes of them is told by the report of the run."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler, TemporaryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.datastructures import MultiValueDict
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from youju.kit.refusal import NotAllowed, Refusal
from youju.library.documents.values import Origin
from youju.library.intake.models import Intake
from youju.library.intake.queries import place_for
from youju.library.intake.receiving import receive_files, receive_text, token_for
from youju.library.intake.tasks import go_on
from youju.people.models import Unit
from youju.web.library.reader import Circle, account, circles, reader
from youju.web.shared import clock
from youju.web.shared.bounded import Bounded
from youju.web.shared.refusals import put_in

MEGABYTE = 1024 * 1024
ALL_BYTES = 200 * MEGABYTE
FILES = settings.DATA_UPLOAD_MAX_NUMBER_FILES
TEXT_CHARACTERS = 400_000  # of three bytes, each sent as nine signs: below what a form may hold
A_FEW = 20  # are read before the page is answered; more are read while it is looked at
KINDS = ".docx,.txt,.pdf,.html,.htm,.md,.xlsx,.zip"
TOO_LARGE = f"一次最多放 {ALL_BYTES // MEGABYTE} MB，这些没有收下；请分几次放，更多的请管理员用 youju library import。"
TOO_MANY = f"一次最多选 {FILES} 个文件，这些没有收下；请打成一个 ZIP 再放。"
TOO_LONG = f"粘贴的文字太长（{TEXT_CHARACTERS // 10_000} 万字以内），没有收下；请存成文件再放。"

reads_and_posts = require_http_methods(["GET", "HEAD", "POST"])


class Wide(Bounded):
    """A whole year's papers may come in one ZIP."""

    most = ALL_BYTES


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; the first that is wrong says what is wrong with all."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        if not data:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if any(file.size and file.size > ALL_BYTES for file in data):
            raise forms.ValidationError(TOO_LARGE)
        return list(data)


class CircleForm(forms.Form):
    """What both ways ask: who may read it, and where it comes from. ``page`` is what a second press is known by."""

    circle = forms.ChoiceField(
        label="谁能看", required=False, error_messages={"invalid_choice": "谁能看，请在列出的里面选。"}
    )
    origin = forms.ChoiceField(
        label="来源", choices=[(one.value, one.zh) for one in Origin], initial=Origin.WEB.value,
        error_messages={"required": "请选来源。", "invalid_choice": "来源请在列出的里面选。"},
    )  # fmt: skip
    page = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(self, *args: Any, offered: Sequence[Circle], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["circle"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one.value, one.zh) for one in offered]
        field.required = all(one.unit for one in offered)
        field.error_messages["required"] = "请选谁能看。"
        self.fields["page"].initial = uuid.uuid4().hex


class FilesForm(CircleForm):
    papers = FilesField(
        label="文件", widget=FilesInput(attrs={"accept": KINDS, "multiple": True}), error_messages={"required": "请选文件。"}
    )  # fmt: skip


class PasteForm(CircleForm):
    title = forms.CharField(label="标题", max_length=300, error_messages={"required": "请写标题。"})
    text = forms.CharField(
        label="正文", max_length=TEXT_CHARACTERS, widget=forms.Textarea(attrs={"rows": 14}),
        error_messages={"required": "请粘贴正文。", "max_length": TOO_LONG},
    )  # fmt: skip


@dataclass(frozen=True)
class AddPage:
    """``pasting`` says which of the two ways is shown."""

    pasting: bool


@csrf_exempt
@reads_and_posts
def add(request: HttpRequest) -> HttpResponse:
    """The form's token is looked at by ``_add``, when it is known how much may come in."""
    offered = _offered(request)
    request.upload_handlers = [
        Wide(request), MemoryFileUploadHandler(request), TemporaryFileUploadHandler(request),
    ]  # fmt: skip
    try:
        answer: HttpResponse = _add(request, offered)
    except TooManyFilesSent:
        return _wrong(request, FilesForm(MultiValueDict(), MultiValueDict(), offered=offered), "papers", TOO_MANY)
    return answer


@csrf_exempt
@reads_and_posts
def paste(request: HttpRequest) -> HttpResponse:
    offered = _offered(request)
    try:
        answer: HttpResponse = _paste(request, offered)
    except RequestDataTooBig:
        return _wrong(request, PasteForm(MultiValueDict(), offered=offered), "text", TOO_LONG)
    return answer


@csrf_protect
def _add(request: HttpRequest, offered: Sequence[Circle]) -> HttpResponse:
    form = FilesForm(*_sent(request), offered=offered)
    if request.method == "POST" and form.is_valid():
        files = [(file.name or "", file.chunks()) for file in form.cleaned_data["papers"]]
        try:
            return _report(request, receive_files(files=files, **_put_for(request, form)))
        except Refusal as refusal:
            put_in(form, refusal)
    return _show(request, form)


@csrf_protect
def _paste(request: HttpRequest, offered: Sequence[Circle]) -> HttpResponse:
    form = PasteForm(*_sent(request), offered=offered)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            intake = receive_text(title=data["title"], text=data["text"], **_put_for(request, form))
            return redirect("library:intake", intake.pk)
        except Refusal as refusal:
            put_in(form, refusal)
    return _show(request, form)


def _report(request: HttpRequest, intake: Intake) -> HttpResponse:
    """To the report: of a few files it is whole at once, of many it is watched being written."""
    if intake.rows.count() <= A_FEW:
        with suppress(Refusal):  # the report says so when it is asked to go on
            go_on(intake, at=clock.now())
    return redirect("library:intake", intake.pk)


def _put_for(request: HttpRequest, form: CircleForm) -> dict[str, Any]:
    """For whom, from where, by whom. Raises NotYours or NotAllowed."""
    data = form.cleaned_data
    user = account(request)
    unit: Unit | None = place_for(user, int(data["circle"]) if data["circle"] else None, on=clock.today())
    return {
        "unit": unit, "origin": Origin(data["origin"]), "token": token_for(user, data["page"] or uuid.uuid4().hex),
        "by": user, "at": clock.now(),
    }  # fmt: skip


def _offered(request: HttpRequest) -> list[Circle]:
    """Asked before anything of the body is read."""
    reader(request)
    offered = circles(request)
    if not offered:
        raise NotAllowed("放进素材要由党务工作者、书记或素材管理员来做；您可以看和下载。")
    return offered


def _sent(request: HttpRequest) -> tuple[Any, ...]:
    return (request.POST, request.FILES) if request.method == "POST" else ()


def _wrong(request: HttpRequest, form: CircleForm, field: str, sentence: str) -> HttpResponse:
    """Of a form that could not be read only the fault is known."""
    form.full_clean()
    form.errors.clear()
    form.add_error(field, sentence)
    return _show(request, form)


def _show(request: HttpRequest, form: CircleForm) -> HttpResponse:
    context = {"page": AddPage(pasting=isinstance(form, PasteForm)), "form": form}
    return render(request, "library/add.html", context, status=422 if form.errors else 200)
