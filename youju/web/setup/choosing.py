"""规则: each rule with its source, how sure it is, who goes by it and how often it was met; switched on and off from a day."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from youju.duties.choices.actions import change_rule, choose_rule, end_rule, make_rule
from youju.duties.choices.queries import known_rule
from youju.duties.models import LocalRule
from youju.kit.refusal import NotAllowed, NotYours, Refusal
from youju.people.models import Unit
from youju.people.roles.rules import Right, Role
from youju.people.units.values import UnitKind
from youju.web.setup.rule_forms import ChooseForm, EndForm, RuleForm
from youju.web.setup.rule_pages import RuleFormPage, RulesPage, rule_page, rules_page
from youju.web.shared import clock, place
from youju.web.shared.fields import typed
from youju.web.shared.home import held
from youju.web.shared.refusals import put_in
from youju.web.shared.sheets import Cell, table_response
from youju.web.shared.switching import SwitchForm, switched

reads_and_posts = require_http_methods(["GET", "HEAD", "POST"])
SWITCH_ID = "switch_%s"


def may_choose(request: HttpRequest, unit: Unit) -> bool:
    """The secretary for his own unit; the superior for what he looks over, not for one branch of it."""
    mine = held(request)
    above = Role.SUPERIOR in mine.roles_in(unit) and unit.kind != UnitKind.BRANCH
    return above or Right.SIGN_OFF in mine.rights_in(unit)


def _chooser(request: HttpRequest) -> Unit:
    unit = place.unit_of(request, Right.READ_NUMBERS)
    if not may_choose(request, unit):
        raise NotAllowed("规则由书记设置，上级组织的规则由上级设置。")
    return unit


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    unit = place.unit_of(request, Right.READ_NUMBERS)
    return render(request, "setup/rules.html", {"page": _page(request, unit)})


@require_safe
def printed(request: HttpRequest) -> HttpResponse:
    unit = place.unit_of(request, Right.READ_NUMBERS)
    return render(request, "setup/rules_print.html", {"page": _page(request, unit)})


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The table as Excel."""
    unit = place.unit_of(request, Right.READ_NUMBERS)
    rows: list[list[Cell]] = [
        [
            group.title, row.rule.title, row.rule.rhythm_zh or "状态", "一般" if row.rule.soft else "应当", row.rule.basis,
            row.rule.wording, row.rule.seen_zh, "是" if row.rule.verified else "否", "启用" if row.on else "停用", row.word, row.met,
        ]
        for group in _page(request, unit).groups
        for row in group.rows
    ]  # fmt: skip
    headings = [
        "来源",
        "规则",
        "频次",
        "刚柔",
        "依据",
        "原文关键词",
        "原文见到什么程度",
        "人工核对",
        "现在",
        "谁说的",
        "今年",
    ]
    return table_response(
        name=f"{unit.short_name}规则", headings=headings, rows=rows, widths=(18, 22, 16, 8, 30, 34, 18, 10, 8, 36, 18)
    )


@reads_and_posts
def rule(request: HttpRequest, rule_id: str) -> HttpResponse:
    """One rule with its history; switching it is posted here."""
    unit = _chooser(request) if request.method == "POST" else place.unit_of(request, Right.READ_NUMBERS)
    if known_rule(unit, rule_id) is None:
        raise NotYours("没有这条规则。")
    form = ChooseForm(typed(request), initial={"since": clock.today()})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            choose_rule(
                unit=unit, rule_id=rule_id, on=data["on"] == "on", basis=data["basis"], since=data["since"],
                by=request.user, at=clock.now(),
            )  # fmt: skip
        except Refusal as refusal:
            put_in(form, refusal)
        else:
            messages.success(request, "已记下，从那一天起照这个算；以前的不变。")
            return redirect(_url(unit, rule_id))
    return _rule(request, unit, rule_id, form, SwitchForm(initial={"since": clock.today()}, auto_id=SWITCH_ID))


@require_POST
def switch(request: HttpRequest, rule_id: str) -> HttpResponse:
    """本地启停 of one requirement of the talks, for the unit and all under it."""
    unit = _chooser(request)
    known = known_rule(unit, rule_id)
    if known is None or not known.talks:
        raise NotYours("没有这条规则。")
    form = SwitchForm(typed(request), auto_id=SWITCH_ID)
    if form.is_valid() and switched(request, unit, rule_id, form):
        return redirect(_url(unit, rule_id))
    return _rule(request, unit, rule_id, ChooseForm(initial={"since": clock.today()}), form)


def _rule(request: HttpRequest, unit: Unit, rule_id: str, form: ChooseForm, switch: SwitchForm) -> HttpResponse:
    page = rule_page(
        unit, rule_id, on=clock.today(), may_choose=may_choose(request, unit), rights=_rights(request, unit)
    )
    said = {"page": page, "form": form, "switch": switch}
    return render(request, "setup/rule.html", said, status=422 if form.errors or switch.errors else 200)


@reads_and_posts
def new(request: HttpRequest) -> HttpResponse:
    """加一条本地规定."""
    unit = _chooser(request)
    form = RuleForm(typed(request), initial={"since": clock.today(), "target": 1})
    if request.method == "POST" and form.is_valid():
        try:
            row = make_rule(
                unit=unit, draft=form.draft, since=form.cleaned_data["since"], by=request.user, at=clock.now()
            )
        except Refusal as refusal:
            put_in(form, refusal)
        else:
            messages.success(request, "规定已加上，本组织和下级都照它算。")
            return redirect(_url(unit, row.rule_id))
    page = RuleFormPage(unit, form, "加一条本地规定", "加上", _list_url(unit))
    return _form(request, page)


@reads_and_posts
def change(request: HttpRequest, rule_id: str) -> HttpResponse:
    """改本地规定 from a day on."""
    unit, row = _own(request, rule_id)
    form = RuleForm(typed(request), initial={**row.body, "basis": row.basis, "since": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            if request.POST.get("seen", str(row.pk)) != str(row.pk):
                raise Refusal("", "这条规定刚刚被别人改过，请看过现在的内容再改。")
            change_rule(
                version=row, draft=form.draft, since=form.cleaned_data["since"], by=request.user, at=clock.now()
            )
        except Refusal as refusal:
            put_in(form, refusal)
        else:
            messages.success(request, "已改，新的要求从下一期起算；以前的照当时的规定。")
            return redirect(_url(unit, rule_id))
    return _form(request, RuleFormPage(unit, form, "改这条规定", "保存", _url(unit, rule_id), row.pk))


@require_POST
def end(request: HttpRequest, rule_id: str) -> HttpResponse:
    """停用本地规定."""
    unit, row = _own(request, rule_id)
    form = EndForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            end_rule(version=row, on=data["since"], basis=data["basis"], by=request.user, at=clock.now())
        except Refusal as refusal:
            put_in(form, refusal)
        else:
            messages.success(request, "已停用；以前应做的和办过的都保留。")
            return redirect(_url(unit, rule_id))
    page = RuleFormPage(unit, form, "停用这条规定", "停用", _url(unit, rule_id))
    return _form(request, page)


def _own(request: HttpRequest, rule_id: str) -> tuple[Unit, LocalRule]:
    """The version in force of a rule that this very unit made."""
    unit = _chooser(request)
    rows = LocalRule.objects.filter(unit=unit, rule_id=rule_id, withdrawn_at__isnull=True, ended_on__isnull=True)
    row = rows.select_related("unit").first()
    if row is None:
        raise NotYours("没有这条规定，或者已经停用。")
    return unit, row


def _rights(request: HttpRequest, unit: Unit) -> frozenset[Right]:
    return held(request).rights_in(unit)


def _page(request: HttpRequest, unit: Unit) -> RulesPage:
    return rules_page(unit, on=clock.today(), may_choose=may_choose(request, unit), rights=_rights(request, unit))


def _list_url(unit: Unit) -> str:
    return f"{reverse('setup:rules')}?unit={unit.pk}"


def _url(unit: Unit, rule_id: str) -> str:
    return f"{reverse('setup:rule', args=[rule_id])}?unit={unit.pk}"


def _form(request: HttpRequest, page: RuleFormPage) -> HttpResponse:
    status = 422 if page.form.errors else 200
    return render(request, "setup/rule_form.html", {"page": page, "form": page.form}, status=status)
