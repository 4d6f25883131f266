"""通知 for who looks over branches: what was sent, sending, who has replied, another day, withdrawing."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from youju.duties.notices.actions import move_notice, send_notice, withdraw_notice
from youju.duties.notices.models import Notice
from youju.duties.notices.queries import choosable, sent_by
from youju.duties.notices.values import MOST_CHOSEN
from youju.kit.refusal import NotYours, Refusal
from youju.people.models import Unit
from youju.people.roles.queries import require
from youju.people.roles.rules import Right
from youju.web.notices.forms import MoveForm, NoticeForm, WithdrawForm
from youju.web.notices.pages import lines_of, list_page, notice_page, rows_of, units_of
from youju.web.notices.senders import sender_of
from youju.web.shared import clock, place
from youju.web.shared.fields import number_in, typed
from youju.web.shared.refusals import put_in
from youju.web.shared.sheets import Cell, table_response

MOST_ROWS = 5000  # of an Excel file; a longer list is asked for in parts


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    page = list_page(
        sender_of(request), on=clock.today(), show=request.GET.get("show", ""),
        page=number_in(request.GET.get("page"), otherwise=1, most=9999),
    )  # fmt: skip
    return render(request, "notices/list.html", {"page": page})


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    sender = sender_of(request)
    rows: list[list[Cell]] = [
        [
            row.notice.title, row.notice.basis, row.notice.sent_on, row.notice.due_on, row.reach, row.counted.reached,
            row.counted.replied, row.counted.missing, row.state,
        ]
        for row in rows_of(sender, list(sent_by(sender)[:MOST_ROWS]), on=clock.today())
    ]  # fmt: skip
    return table_response(
        name=f"{sender.short_name}通知",
        headings=["标题", "文号或依据", "发出日期", "期限", "范围", "应回应", "已回应", "还差", "状态"],
        rows=rows,
        widths=(40, 24, 12, 12, 16, 8, 8, 8, 14),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """发通知."""
    sender = sender_of(request)
    branches = list(choosable(sender, on=clock.today())[: MOST_CHOSEN + 1])
    many = len(branches) > MOST_CHOSEN
    form = NoticeForm(typed(request), branches=branches if not many else [], many=many)
    if request.method == "POST" and form.is_valid():
        try:
            sent = send_notice(
                sender=sender, draft=form.draft(_named(sender, form.lines())), by=request.user, at=clock.now(),
                form_key=form.cleaned_data["form_key"] or None,
            )  # fmt: skip
            messages.success(request, "通知已发出，各党支部的应做清单里已列出。")
            return redirect("notices:notice", sent.pk)
        except Refusal as refusal:
            put_in(form, Refusal("names" if many and refusal.field == "units" else refusal.field, refusal.sentence))
    page = {"unit": sender, "branches": len(branches), "many": many}
    return render(request, "notices/new.html", {"page": page, "form": form}, status=422 if form.errors else 200)


def _named(sender: Unit, lines: list[str]) -> list[int]:
    """The branches meant by names or codes. Raises Refusal on ``names`` for a line that names none or several."""
    if len(lines) > MOST_CHOSEN:
        raise Refusal("names", f"一次最多写{MOST_CHOSEN}个党支部，更多的请发给全部。")
    below = choosable(sender, on=clock.today())
    wanted = Q(name__in=lines) | Q(short_name__in=lines) | Q(code__in=lines)
    found: dict[str, set[int]] = {line: set() for line in lines}
    for unit in below.filter(wanted):
        for word in {unit.name, unit.short_name, unit.code} & found.keys():
            found[word].add(unit.pk)
    for line, meant in found.items():
        if len(meant) != 1:
            raise Refusal("names", f"下属党支部里{'没有' if not meant else '不止一个'}“{line[:40]}”，请写全称或代码。")
    return [pk for meant in found.values() for pk in meant]


@require_safe
def notice(request: HttpRequest, notice_id: int) -> HttpResponse:
    return _show(request, _notice(request, notice_id))


@require_safe
def export_replies(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Who has replied with what, as an Excel file."""
    notice = _notice(request, notice_id)
    units = list(units_of(notice, request.GET.get("show", ""), request.GET.get("words", ""))[:MOST_ROWS])
    rows: list[list[Cell]] = [
        [
            line.unit.name, "已回应" if line.replies else "没有回应",
            "\n".join(f"{reply.number} {reply.title}" for reply, _ in line.replies),
            line.replies[0][0].held_on if line.replies else None,
        ]
        for line in lines_of(notice, units, on=clock.today())
    ]  # fmt: skip
    return table_response(
        name=f"{notice.title}回应情况",
        headings=["党支部", "状态", "回应的记录", "日期"],
        rows=rows,
        widths=(36, 12, 50, 12),
    )


@require_POST
def move(request: HttpRequest, notice_id: int) -> HttpResponse:
    """改期."""
    notice = _notice(request, notice_id)
    form = MoveForm(request.POST)
    done = _changed(request, notice, form, move_notice, "期限已改，各党支部看到的是新的期限。")
    return done or _show(request, notice, moving=form)


@require_POST
def withdraw(request: HttpRequest, notice_id: int) -> HttpResponse:
    """撤回."""
    notice = _notice(request, notice_id)
    form = WithdrawForm(request.POST)
    done = _changed(request, notice, form, withdraw_notice, "通知已撤回，各党支部不再需要回应。")
    return done or _show(request, notice, withdrawing=form)


def _changed(
    request: HttpRequest, notice: Notice, form: MoveForm | WithdrawForm, act: Callable[..., object], said: str
) -> HttpResponse | None:
    """Back to the notice when the change was made; None when the form has something to say."""
    if form.is_valid():
        try:
            act(notice=notice, **form.cleaned_data, by=request.user, at=clock.now())
            messages.success(request, said)
            return redirect("notices:notice", notice.pk)
        except Refusal as refusal:
            put_in(form, refusal)
    return None


def _show(
    request: HttpRequest, notice: Notice, moving: MoveForm | None = None, withdrawing: WithdrawForm | None = None
) -> HttpResponse:
    form = moving or withdrawing
    page = notice_page(
        notice, on=clock.today(), show=request.GET.get("show", ""), words=request.GET.get("words", ""),
        page=number_in(request.GET.get("page"), otherwise=1, most=99999), moving=moving, withdrawing=withdrawing,
    )  # fmt: skip
    return render(
        request, "notices/notice.html", {"page": page, "form": form}, status=422 if form and form.errors else 200
    )


def _notice(request: HttpRequest, notice_id: int) -> Notice:
    """The notice, for who looks over its sender; to anybody else there is none."""
    found = Notice.objects.select_related("sender").filter(pk=notice_id).first()
    if found is None:
        raise NotYours("没有这份通知。")
    place.stand_in(request, require(request.user, found.sender_id, Right.SEND_NOTICES, on=clock.today()))
    return found
