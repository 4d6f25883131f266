"""The home page by role, its Excel file, one due, and its waiver."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from youju.duties.actions import waive, withdraw_waiver
from youju.duties.queries import ledgers_of, outlook, standing_of
from youju.duties.values import Standing
from youju.duties.workdays.queries import workdays
from youju.kit.refusal import NotYours, Refusal
from youju.people.models import Unit
from youju.people.roles.rules import Right, Role, rights_of
from youju.people.units.values import UnitKind
from youju.records.leave.queries import count_of
from youju.study.selftests.queries import waiting_for
from youju.web.shared import clock, place
from youju.web.shared.home import held, roles_anywhere
from youju.web.shared.navigation import address, badge
from youju.web.shared.refusals import put_in
from youju.web.shared.sheets import Cell, table_response
from youju.web.today.due_page import due_page
from youju.web.today.filing import unfiled_of
from youju.web.today.forms import WaiverForm
from youju.web.today.pages import home_page, sort_out
from youju.web.today.rows import SOURCES_ZH
from youju.web.today.verbs import due_url


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """本月应做 for who reads a ledger; everybody else is shown to his own first page."""
    roles = roles_anywhere(request)
    if Right.READ_RECORDS not in rights_of(roles):
        return _elsewhere(request, roles)
    unit = place.unit_of(request)
    if unit.kind != UnitKind.BRANCH:
        return render(request, "today/no_branch.html", {"unit": unit, "overview": address("overview:index")})
    on = clock.today()
    view = outlook(unit, on=on)
    days = workdays()
    page = home_page(
        view, rights=held(request).rights_in(unit), tab=request.GET.get("show", ""), days=days,
        unfiled=unfiled_of(unit, on=on, days=days),
    )  # fmt: skip
    if page.late:
        badge(request, "today", count=page.late, label=f"{page.late} 项逾期", hot=True)
    leave = count_of(view.coming.id) if view.coming else 0
    waiting = waiting_for(request.user.pk, on=on)
    return render(request, "today/index.html", {"page": page, "leave_asked": leave, "waiting": waiting})


def _elsewhere(request: HttpRequest, roles: frozenset[Role]) -> HttpResponse:
    """The first page of a superior, a member or a site admin; for who has none, whom to ask."""
    pages = ((Role.SUPERIOR, "overview:index"), (Role.MEMBER, "me:index"), (Role.SITE_ADMIN, "people:accounts"))
    for role, name in pages:
        if role in roles and address(name):
            return redirect(address(name))
    return render(request, "today/elsewhere.html", {"is_known": bool(roles)})


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The list of 本月应做 as an Excel file."""
    unit = place.unit_of(request)
    view = outlook(unit, on=clock.today())
    groups = sort_out(view)
    names = {"late": "逾期", "month": "本月待办", "later": "往后要办", "done": "已办"}
    rows = [_cells(names[key], standing) for key in names for standing in groups[key]]
    return table_response(
        name=f"{unit.short_name}应做清单{view.on:%Y%m%d}",
        headings=["分组", "事项", "所属期", "状态", "要求", "情况", "应于", "办结日期", "已办", "应办", "依据", "来源"],
        rows=rows,
        widths=(10, 28, 14, 10, 34, 44, 12, 12, 8, 8, 34, 10),
    )


def _cells(group: str, standing: Standing) -> list[Cell]:
    due = standing.due
    wording = due.rule.wording if due.rule else due.note
    said = f"已豁免：{standing.waived.reason}" if standing.waived else standing.sentence
    return [
        group, due.title, due.period.label if due.rhythm != "once" else "", standing.status.zh, wording, said,
        due.owed_by, standing.day, standing.done, standing.target, due.basis,
        SOURCES_ZH[due.source],
    ]  # fmt: skip


@require_safe
def due(request: HttpRequest, rule_id: str, code: str) -> HttpResponse:
    """Why one thing is owed and how it stands. Who reads numbers may look; names and records by right."""
    unit, standing = _standing(request, rule_id, code, Right.READ_NUMBERS)
    return _show(request, unit, standing, WaiverForm())


@require_POST
def waive_due(request: HttpRequest, rule_id: str, code: str) -> HttpResponse:
    """豁免 by who signs off."""
    unit, standing = _standing(request, rule_id, code, Right.SIGN_OFF)
    form = WaiverForm(request.POST)
    if form.is_valid():
        try:
            waive(unit=unit, due=standing.due, **form.cleaned_data, by=request.user, at=clock.now())
            messages.success(request, "已豁免，原因和依据已留痕。")
            return redirect(due_url(standing))
        except Refusal as refusal:
            if not refusal.field:  # waived meanwhile: there is no form to put it in
                messages.warning(request, refusal.sentence)
                return redirect(due_url(standing))
            put_in(form, refusal)
    return _show(request, unit, standing, form, status=422)


@require_POST
def withdraw(request: HttpRequest, rule_id: str, code: str) -> HttpResponse:
    """撤回豁免."""
    unit, standing = _standing(request, rule_id, code, Right.SIGN_OFF)
    try:
        withdraw_waiver(unit=unit, due=standing.due, by=request.user, at=clock.now())
        messages.success(request, "已撤回豁免，这件事重新列入应做。")
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
    return redirect(due_url(standing))


def _standing(request: HttpRequest, rule_id: str, code: str, right: Right) -> tuple[Unit, Standing]:
    unit = place.unit_of(request, right)
    standing = standing_of(unit, rule_id, code, on=clock.today())
    if standing is None:
        raise NotYours("没有这件应做的事：可能当时不具备条件，或规则没有启用。")
    return unit, standing


def _show(request: HttpRequest, unit: Unit, standing: Standing, form: WaiverForm, status: int = 200) -> HttpResponse:
    rights = held(request).rights_in(unit)
    page = due_page(unit=unit, standing=standing, rights=rights, ledgers=ledgers_of(unit), form=form)
    return render(request, "today/due.html", {"page": page, "form": page.form}, status=status)
