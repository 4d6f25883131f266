"""Pages of units and members, and the changes of who belongs where."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from youju.kit.refusal import NotYours, Refusal
from youju.people.looks.values import Place
from youju.people.members.actions import admit_member, change_membership, end_membership
from youju.people.members.values import Standing
from youju.people.models import Member, Membership, Post, Unit
from youju.people.posts.actions import appoint, relieve
from youju.people.posts.values import Title
from youju.people.roles.queries import require
from youju.people.roles.rules import Right
from youju.people.units.queries import groups_of, ledger_unit
from youju.upkeep.forgetting import due_to_be_forgotten
from youju.web.people.forms import AdmitForm, AppointForm, ChangeForm, LeaveForm, RelieveForm
from youju.web.people.pages import FormPage, member_page, unit_page
from youju.web.shared import clock, looked, place
from youju.web.shared.fields import typed
from youju.web.shared.home import held
from youju.web.shared.refusals import put_in
from youju.web.shared.sheets import Cell, table_response

reads_and_posts = require_http_methods(["GET", "HEAD", "POST"])


def member_for(request: HttpRequest, member_id: int, right: Right) -> tuple[Unit, Member, Membership]:
    """(the unit that keeps his roster, the member, where he belongs or last belonged); none to whom he is none of."""
    # Asked for by its own key: a number that no key can be is none, where a foreign key would stop the database.
    person = Member.objects.filter(pk=member_id, forgotten_at__isnull=True).first()
    rows = Membership.objects.filter(member=person) if person else Membership.objects.none()
    row = rows.select_related("member", "unit__parent").order_by("-since").first()
    if row is None:
        raise NotYours("没有这名党员。")
    unit = require(request.user, ledger_unit(row.unit).pk, right, on=clock.today())
    place.stand_in(request, unit)
    return unit, row.member, row


def _units(unit: Unit) -> list[Unit]:
    return [unit, *groups_of(unit, on=clock.today())]


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    unit = place.unit_of(request, Right.READ_ROSTER)
    day = clock.today()
    rights = held(request).rights_in(unit)
    page = unit_page(unit=unit, rights=rights, on=day)
    if Right.FORGET in rights:
        due = due_to_be_forgotten(at=clock.now(), units={unit.pk})
        page = replace(page, may_forget=True, due=len(due))
    return render(request, "people/unit.html", {"page": page})


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """花名册 as an Excel file."""
    unit = place.unit_of(request, Right.READ_ROSTER)
    page = unit_page(unit=unit, rights=frozenset(), on=clock.today())
    rows: list[list[Cell]] = [
        [
            number, person.membership.member.name, group.unit.short_name, person.membership.get_standing_display(),
            person.posts, person.membership.since,
        ]
        for number, (group, person) in enumerate(((g, p) for g in page.groups for p in g.people), start=1)
    ]  # fmt: skip
    shown = [person.membership.member_id for group in page.groups for person in group.people]
    looked.note(request, Place.ROSTER, unit=unit, member_ids=shown)
    headings = ["序号", "姓名", "所在组织", "类别", "职务", "自"]
    return table_response(
        name=f"{unit.short_name}党员名册", headings=headings, rows=rows, widths=(6, 12, 24, 12, 20, 12)
    )


@require_safe
def member(request: HttpRequest, member_id: int) -> HttpResponse:
    unit, person, _ = member_for(request, member_id, Right.READ_ROSTER)
    looked.note(request, Place.MEMBER, unit=unit, member_ids=[person.pk])
    page = member_page(unit=unit, member=person, rights=held(request).rights_in(unit))
    return render(request, "people/member.html", {"page": page})


@reads_and_posts
def add(request: HttpRequest) -> HttpResponse:
    """党员转入或接收."""
    unit = place.unit_of(request, Right.WRITE_ROSTER)
    form = AdmitForm(typed(request), units=_units(unit), initial={"since": clock.today()})

    def write() -> str:
        data = form.cleaned_data
        person = admit_member(
            name=data["name"], unit=form.chosen, standing=Standing(data["standing"]), since=data["since"],
            by=request.user, at=clock.now(),
        )  # fmt: skip
        messages.success(request, f"{person.name}已入册。")
        return reverse("people:index")

    page = FormPage(
        unit,
        None,
        form,
        "加党员",
        "入册",
        "转入、接收预备党员都在这里。只要姓名，不要身份证号。",
        reverse("people:index"),
    )
    return _form(request, page, write)


@reads_and_posts
def change(request: HttpRequest, member_id: int) -> HttpResponse:
    """转正, 转组."""
    unit, person, row = member_for(request, member_id, Right.WRITE_ROSTER)
    likely = {"unit": row.unit_id, "standing": row.standing, "since": clock.today()}
    form = ChangeForm(typed(request), units=_units(unit), initial=likely)

    def write() -> str:
        data = form.cleaned_data
        if (form.chosen.pk, data["standing"]) == (row.unit_id, row.standing) and row.until is None:
            raise Refusal("", "组织和类别都没有变，不用保存。")
        change_membership(
            member=person, unit=form.chosen, standing=Standing(data["standing"]), since=data["since"],
            by=request.user, at=clock.now(),
        )  # fmt: skip
        messages.success(request, f"{person.name}的组织关系已改。")
        return _url(person)

    hint = "转正、换党小组、转回本支部都在这里。以前的会议名单不受影响。"
    return _form(request, FormPage(unit, person, form, "转正、转组", "保存", hint, _url(person)), write)


@reads_and_posts
def leave(request: HttpRequest, member_id: int) -> HttpResponse:
    """转出."""
    unit, person, _ = member_for(request, member_id, Right.WRITE_ROSTER)
    form = LeaveForm(typed(request), initial={"until": clock.today()})

    def write() -> str:
        end_membership(member=person, on=form.cleaned_data["until"], by=request.user, at=clock.now())
        messages.success(request, f"{person.name}已转出。")
        return reverse("people:index")

    hint = "转出后不再列入应到名单，以前参加过的活动照旧。还在任的职务请先免去。"
    return _form(request, FormPage(unit, person, form, "转出", "转出", hint, _url(person)), write)


@reads_and_posts
def appoint_member(request: HttpRequest, member_id: int) -> HttpResponse:
    """任职."""
    unit, person, row = member_for(request, member_id, Right.WRITE_ROSTER)
    likely = {"unit": unit.pk, "since": clock.today(), "title": Title.GROUP_LEADER if row.unit != unit else None}
    form = AppointForm(typed(request), units=_units(unit), initial=likely)

    def write() -> str:
        data = form.cleaned_data
        title = Title(data["title"])
        if (title is Title.GROUP_LEADER) == (form.chosen.pk == unit.pk):
            raise Refusal("unit", "党小组组长请选党小组，其他职务请选支部。")
        appoint(member=person, unit=form.chosen, title=title, since=data["since"], by=request.user, at=clock.now())
        messages.success(request, f"{person.name}任{title.zh}已记下。")
        return _url(person)

    hint = "任职从这一天起算，支委会的应到名单随之变化。"
    return _form(request, FormPage(unit, person, form, "任职", "保存任职", hint, _url(person)), write)


@reads_and_posts
def relieve_member(request: HttpRequest, member_id: int, post_id: int) -> HttpResponse:
    """免职."""
    unit, person, _ = member_for(request, member_id, Right.WRITE_ROSTER)
    below = Unit.objects.below(unit)
    post = Post.objects.filter(pk=post_id, member=person, unit__in=below, until__isnull=True).first()
    if post is None:
        raise NotYours("没有这个职务，或者已经免去。")
    form = RelieveForm(typed(request), initial={"until": clock.today()})

    def write() -> str:
        relieve(post=post, on=form.cleaned_data["until"], by=request.user, at=clock.now())
        messages.success(request, f"{person.name}的{Title(post.title).zh}职务已免去。")
        return _url(person)

    heading = f"免去{Title(post.title).zh}"
    return _form(request, FormPage(unit, person, form, heading, "保存免职", "", _url(person)), write)


def _url(person: Member) -> str:
    return reverse("people:member", args=[person.pk])


def _form(request: HttpRequest, page: FormPage, write: Callable[[], str]) -> HttpResponse:
    """The common way of a small form: write and go on, or come back with what was typed and the sentence."""
    form: forms.Form = page.form
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(write())
        except Refusal as refusal:
            put_in(form, refusal)
    return render(request, "people/form.html", {"page": page, "form": form}, status=422 if form.errors else 200)
