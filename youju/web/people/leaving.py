"""到期遗忘: members who left so long ago that their names are due to go. Listed by rule, done by a person, reported without names."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from youju.kit.refusal import NotYours, Refusal
from youju.people.leavers.queries import forgettings_of, leaver_now
from youju.people.leavers.values import Leaver
from youju.people.models import Forgetting, Member, Unit
from youju.people.roles.queries import require, units_with
from youju.people.roles.rules import Right
from youju.upkeep.forgetting import Report, due_to_be_forgotten, forget_leaver, report_of
from youju.upkeep.mentions import Mention
from youju.upkeep.retention import RETENTION
from youju.web.shared import clock, place
from youju.web.shared.fields import typed
from youju.web.shared.home import held
from youju.web.shared.refusals import put_in

#: Where a mention of each kind is read.
PAGES = {
    "记录": "ledger:record", "问题": "problems:problem", "项目": "work:project", "专项活动": "work:campaign", "诉求": "work:request",
    "宣传材料": "work:publication", "学习材料": "ledger:source", "清单事项": "lists:item",
    "学以致用": "study:use", "送学上门": "study:delivery", "学习单元": "study:unit", "自学抽查": "study:check",
}  # fmt: skip


class ForgetForm(forms.Form):
    sure = forms.BooleanField(label="已核对，确认遗忘，不能恢复", error_messages={"required": "请先核对，再勾选确认。"})


@dataclass(frozen=True)
class LeaversPage:
    unit: Unit
    rule: str
    leavers: tuple[Leaver, ...]
    reports: tuple[Forgetting, ...]


@dataclass(frozen=True)
class Place:
    """One record whose text may name him; who may not read records is told how many there are and not which."""

    mention: Mention
    url: str


@dataclass(frozen=True)
class ForgetPage:
    unit: Unit
    rule: str
    report: Report
    places: tuple[Place, ...]


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    unit = place.unit_of(request, Right.FORGET)
    units = reach(request, unit)
    page = LeaversPage(
        unit=unit,
        rule=RETENTION.leavers.sentence,
        leavers=tuple(due_to_be_forgotten(at=clock.now(), units=units)),
        reports=tuple(forgettings_of(units)),
    )
    return render(request, "people/leavers.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def forget(request: HttpRequest, member_id: int) -> HttpResponse:
    """What would go and what stays of one leaver; a tick and a button make it so."""
    unit, leaver = _due(request, member_id)
    form = ForgetForm(typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            done = forget_leaver(member_id=member_id, by=request.user, at=clock.now())
            messages.success(request, f"编号 {member_id} 已遗忘，报告已留存。")
            if done.by_hand:
                messages.warning(request, f"还有 {len(done.by_hand)} 处文字可能写到他，见报告。")
            return redirect(f"{reverse('people:leavers')}?unit={unit.pk}")
        except Refusal as refusal:
            put_in(form, refusal)
    report = report_of(leaver)
    reads = Right.READ_RECORDS in held(request).rights_in(unit)
    places = tuple(Place(one, _url(one, unit)) for one in report.by_hand) if reads else ()
    page = ForgetPage(unit, RETENTION.leavers.sentence, report, places)
    return render(request, "people/forget.html", {"page": page, "form": form}, status=422 if form.errors else 200)


def reach(request: HttpRequest, unit: Unit) -> set[int]:
    """The units under this one whose leavers the reader may let go: a secretary's own, a site admin's whole subtree."""
    below = Unit.objects.below(unit).values("pk")
    return set(
        units_with(request.user, Right.FORGET, on=clock.today()).filter(pk__in=below).values_list("pk", flat=True)
    )


def _due(request: HttpRequest, member_id: int) -> tuple[Unit, Leaver]:
    member = Member.objects.filter(pk=member_id).first()
    leaver = leaver_now(member, on=clock.today(), years=RETENTION.leavers.years) if member else None
    if leaver is None:
        raise NotYours("没有这名到期的党员，或者已经遗忘。")
    unit = require(request.user, leaver.unit_id, Right.FORGET, on=clock.today())
    return place.stand_in(request, unit), leaver


def _url(mention: Mention, unit: Unit) -> str:
    if mention.unit_id != unit.pk:
        return ""
    if mention.what == "名册":
        return reverse("work:subject", args=[unit.pk, mention.within, mention.number])
    if mention.what == "自学登记":
        return f"{reverse('ledger:readings')}?unit={unit.pk}&year={mention.within}"
    page = PAGES.get(mention.what)
    return reverse(page, args=[unit.pk, mention.number]) if page else ""
