"""任期: when the committee was elected and for how many years; from that 换届 is reckoned."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from youju.kit.refusal import NotYours, Refusal
from youju.people.models import Term, Unit
from youju.people.roles.queries import require
from youju.people.roles.rules import Right
from youju.people.terms.actions import LONGEST_BASIS, extend_term, state_term, withdraw_term
from youju.people.terms.queries import stated
from youju.web.people.pages import FormPage
from youju.web.shared import clock, place
from youju.web.shared.fields import day_field, typed
from youju.web.shared.home import held
from youju.web.shared.refusals import put_in

TEMPORARY = "0"
YEARS = [
    ("3", "3年（一般）"),
    ("5", "5年（村、社区）"),
    ("4", "4年"),
    ("2", "2年"),
    ("1", "1年"),
    (TEMPORARY, "临时党支部，不换届"),
]
reads_and_posts = require_http_methods(["GET", "HEAD", "POST"])


def _basis_field(label: str, help_text: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST_BASIS,
        help_text=help_text,
        error_messages={"required": f"请写{label}。", "max_length": f"{label}最多 {LONGEST_BASIS} 字。"},
    )


class TermForm(forms.Form):
    elected_on = day_field("选举日期", help_text="选出这一届支委会（或书记）的那一天。临时党支部填批准成立的那一天。")
    years = forms.ChoiceField(label="任期", choices=YEARS, error_messages={"invalid_choice": "任期请重新选择。"})
    basis = _basis_field("依据", "例如上级关于选举结果的批复。")


class ExtensionForm(forms.Form):
    until = day_field("延期至", help_text="延长期限一般不超过1年，要经上级批准。")
    basis = _basis_field("批准延期的依据", "哪一级党组织的哪份批复。")


@dataclass(frozen=True)
class TermsPage:
    unit: Unit
    terms: list[Term]
    may_write: bool


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    unit = place.unit_of(request, Right.READ_ROSTER)
    may_write = Right.WRITE_ROSTER in held(request).rights_in(unit)
    return render(request, "people/terms.html", {"page": TermsPage(unit, stated(unit), may_write)})


@reads_and_posts
def new(request: HttpRequest) -> HttpResponse:
    """登记任期."""
    unit = place.unit_of(request, Right.WRITE_ROSTER)
    form = TermForm(typed(request))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        years = None if data["years"] == TEMPORARY else int(data["years"])
        try:
            state_term(
                unit=unit,
                elected_on=data["elected_on"],
                years=years,
                basis=data["basis"],
                by=request.user,
                at=clock.now(),
            )
        except Refusal as refusal:
            put_in(form, refusal)
        else:
            messages.success(request, "任期已登记。")
            return redirect(_url(unit))
    hint = "登记后，届满前6个月开始提醒换届。以前各届也可以补登。"
    return _form(request, FormPage(unit, None, form, "登记任期", "登记", hint, _url(unit)))


@reads_and_posts
def extend(request: HttpRequest, term_id: int) -> HttpResponse:
    """延期换届."""
    unit, term = _term_for(request, term_id)
    form = ExtensionForm(typed(request))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            extend_term(term=term, until=data["until"], basis=data["basis"], by=request.user, at=clock.now())
        except Refusal as refusal:
            put_in(form, refusal)
        else:
            messages.success(request, "延期已记下。")
            return redirect(_url(unit))
    return _form(request, FormPage(unit, None, form, "延期换届", "记下", "", _url(unit)))


@require_POST
def withdraw(request: HttpRequest, term_id: int) -> HttpResponse:
    """撤回 what was stated by mistake."""
    unit, term = _term_for(request, term_id)
    try:
        withdraw_term(term=term, by=request.user, at=clock.now())
        messages.success(request, "已撤回。")
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
    return redirect(_url(unit))


def _term_for(request: HttpRequest, term_id: int) -> tuple[Unit, Term]:
    term = Term.objects.filter(pk=term_id).select_related("unit").first()
    if term is None:
        raise NotYours("没有这条任期。")
    unit = require(request.user, term.unit_id, Right.WRITE_ROSTER, on=clock.today())
    return place.stand_in(request, unit), term


def _url(unit: Unit) -> str:
    return f"{reverse('people:terms')}?unit={unit.pk}"


def _form(request: HttpRequest, page: FormPage) -> HttpResponse:
    status = 422 if page.form.errors else 200
    return render(request, "people/form.html", {"page": page, "form": page.form}, status=status)
