"""Codes (口令): issued and revoked by who keeps the library, entered and used by a reader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from youju.kit.refusal import NotYours, Refusal
from youju.library.documents.queries import document_for
from youju.library.entitlements.actions import enter, issue, open_whole, revoke
from youju.library.entitlements.models import Code
from youju.library.entitlements.queries import codes_of, issued
from youju.web.library.reader import account, may_manage, reader, require_manager
from youju.web.shared import clock
from youju.web.shared.fields import day_field, typed
from youju.web.shared.refusals import put_in
from youju.web.shared.saving import pressed

reads_and_posts = require_http_methods(["GET", "HEAD", "POST"])


class IssueForm(forms.Form):
    quota = forms.IntegerField(
        label="可打开篇数",
        initial=20,
        widget=forms.NumberInput(attrs={"class": "short"}),
        error_messages={"required": "请填可打开篇数。", "invalid": "可打开篇数请写数字。"},
    )
    until = day_field("有效至")
    note = forms.CharField(label="用途", max_length=60, required=False, help_text="给谁、做什么用，自己看的。")


class EnterForm(forms.Form):
    code = forms.CharField(
        label="口令",
        max_length=60,
        help_text="形如 ABCD-EFGH-JKMN-PQRS，大小写都行。",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": "请填口令。"},
    )


@dataclass(frozen=True)
class CodesPage:
    """``issued`` is only for who keeps the library; ``words`` are told once, right after a code was issued."""

    mine: list[Code]
    issued: list[Code]
    may_manage: bool
    today: date
    words: str = ""


@require_safe
def codes(request: HttpRequest) -> HttpResponse:
    """My codes, and for who keeps the library all that were issued."""
    return render(request, "library/codes.html", {"page": _page(request), "form": EnterForm()})


@reads_and_posts
def issue_code(request: HttpRequest) -> HttpResponse:
    require_manager(request)
    form = IssueForm(typed(request))
    if request.method == "POST" and form.is_valid():
        data: dict[str, Any] = form.cleaned_data
        try:
            _, words = issue(**data, by=request.user, at=clock.now())
            page = _page(request, words=words)
            return render(request, "library/codes.html", {"page": page, "form": EnterForm()})
        except Refusal as refusal:
            put_in(form, refusal)
    return render(request, "library/issue.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
def enter_code(request: HttpRequest) -> HttpResponse:
    reader(request)
    form = EnterForm(request.POST)
    if form.is_valid():
        try:
            code = enter(words=form.cleaned_data["code"], user=account(request), at=clock.now())
            messages.success(request, f"口令已启用，可打开 {code.left} 篇全文，到 {code.until:%Y-%m-%d} 为止。")
            return redirect("library:codes")
        except Refusal as refusal:
            put_in(form, refusal)
    return render(request, "library/codes.html", {"page": _page(request), "form": form}, status=422)


@require_POST
def revoke_code(request: HttpRequest, code_id: int) -> HttpResponse:
    require_manager(request)
    code = Code.objects.filter(pk=code_id).first()
    if code is None:
        raise NotYours("没有这个口令。")
    return pressed(
        request, "口令已撤销，用它打开的全文也收回了。",
        lambda: revoke(code=code, by=request.user, at=clock.now()), back=reverse("library:codes"),
    )  # fmt: skip


@require_POST
def open_document(request: HttpRequest, document_id: int) -> HttpResponse:
    """Spends one of a code. It answers alike whether or not there is more to read than he has."""
    document = document_for(reader(request), document_id)
    return pressed(
        request, "已打开全文。",
        lambda: open_whole(document=document, user=account(request), at=clock.now()),
        back=reverse("library:document", args=[document_id]),
    )  # fmt: skip


def _page(request: HttpRequest, *, words: str = "") -> CodesPage:
    reader(request)
    manages = may_manage(request)
    return CodesPage(
        mine=codes_of(account(request), on=clock.today()), issued=issued() if manages else [], may_manage=manages,
        today=clock.today(), words=words,
    )  # fmt: skip
