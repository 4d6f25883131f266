"""落实事项: the list over all records, its Excel file, and one task until it is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django import forms
from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from youju.kit.refusal import NotYours, Refusal
from youju.people.models import Unit
from youju.people.roles.queries import require
from youju.people.roles.rules import Right
from youju.records.followups.actions import finish_task, reopen_task
from youju.records.followups.models import Task, TaskSet
from youju.records.followups.queries import find, tasks_in
from youju.records.followups.rules import stage
from youju.records.followups.values import Stage
from youju.web.ledger.forms import ReasonForm
from youju.web.ledger.listing import PAGE_SIZE
from youju.web.ledger.pages import url_of
from youju.web.shared import clock, place
from youju.web.shared.fields import day_field, typed
from youju.web.shared.home import held
from youju.web.shared.refusals import put_in
from youju.web.shared.sheets import Cell, table_response


class TaskFilter(forms.Form):
    """The filters live in the address. A value that is none of them filters nothing."""

    stage = forms.ChoiceField(
        label="状态", required=False, choices=[("", "全部"), *((kind.value, kind.zh) for kind in Stage)]
    )
    year = forms.TypedChoiceField(label="期限年度", coerce=int, empty_value=None, required=False)
    words = forms.CharField(label="事项或编号", required=False, max_length=60)

    def __init__(self, *args: object, years: Sequence[int], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        year = self.fields["year"]
        assert isinstance(year, forms.TypedChoiceField)
        year.choices = [("", "全部"), *((n, f"{n}年") for n in years)]
        self.is_valid()


class FinishForm(forms.Form):
    done_on = day_field("落实日期")
    word = forms.CharField(
        label="落实情况",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写落实情况。"},
    )
    record = forms.CharField(
        label="佐证记录的编号",
        required=False,
        max_length=40,
        help_text="有一条记录能说明的，写它的编号，如：2026-党日-05。",
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)


@dataclass(frozen=True)
class Row:
    task: Task
    stage: Stage
    url: str
    record_url: str


@dataclass(frozen=True)
class TasksPage:
    unit: Unit
    filters: TaskFilter
    pages: Page[Task]
    rows: tuple[Row, ...]
    filtered: bool


@dataclass(frozen=True)
class TaskPage:
    unit: Unit
    row: Row
    form: FinishForm | ReasonForm
    may_write: bool
    revision: int


def _filters(request: HttpRequest, unit: Unit) -> TaskFilter:
    years = {day.year for day in tasks_in(unit).filter(due_on__isnull=False).order_by().dates("due_on", "year")}
    return TaskFilter(request.GET, years=sorted(years, reverse=True))


def _chosen(unit: Unit, filters: TaskFilter, on: date) -> TaskSet:
    found, rows = filters.cleaned_data, tasks_in(unit)
    wanted = found.get("stage")
    if wanted == Stage.DONE:
        rows = rows.filter(done_on__lte=on)
    elif wanted:
        rows = rows.exclude(done_on__lte=on)
        rows = rows.filter(due_on__lt=on) if wanted == Stage.LATE else rows.exclude(due_on__lt=on)
    if found.get("year"):
        rows = rows.filter(due_on__year=found["year"])
    for word in (found.get("words") or "").split():
        rows = rows.filter(Q(text__icontains=word) | Q(session__number__icontains=word))
    return rows


def _row(task: Task, on: date) -> Row:
    how = stage(due_on=task.due_on, done_on=task.done_on, on=on)
    return Row(task, how, reverse("ledger:task", args=[task.session.ledger_id, task.pk]), url_of(task.session))


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    unit, on = place.unit_of(request, Right.READ_RECORDS), clock.today()
    filters = _filters(request, unit)
    pages = Paginator(_chosen(unit, filters, on), PAGE_SIZE).get_page(request.GET.get("page", ""))
    rows = tuple(_row(task, on) for task in pages.object_list)
    page = TasksPage(unit, filters, pages, rows, any(filters.cleaned_data.values()))
    return render(request, "ledger/tasks.html", {"page": page})


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The filtered list as an Excel file."""
    unit, on = place.unit_of(request, Right.READ_RECORDS), clock.today()
    rows: list[list[Cell]] = []
    for task in _chosen(unit, _filters(request, unit), on):
        row = _row(task, on)
        rows.append([
            task.session.number, task.session.held_on, task.text, task.owner.name if task.owner else None, task.due_on,
            row.stage.zh, task.done_on, task.word, task.record.number if task.record else None,
        ])  # fmt: skip
    headings = ["记录编号", "决议日期", "落实事项", "责任人", "期限", "状态", "落实日期", "落实情况", "佐证记录"]
    return table_response(
        name=f"{unit.short_name}落实事项", headings=headings, rows=rows, widths=(16, 12, 40, 12, 12, 10, 12, 40, 16)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def task(request: HttpRequest, ledger_id: int, task_id: int) -> HttpResponse:
    """One task: 落实 it, or open it again with a reason."""
    right = Right.WRITE_RECORDS if request.method == "POST" else Right.READ_RECORDS
    ledger = require(request.user, ledger_id, right, on=clock.today())
    found = find(ledger, task_id)
    if found is None:
        raise NotYours("没有这一项落实事项，或者它已经撤销。")
    place.stand_in(request, ledger)
    form = _form(request, found)
    if request.method == "POST" and form.is_valid():
        try:
            _settle(request, found, form)
            return redirect("ledger:task", ledger_id, task_id)
        except Refusal as refusal:
            put_in(form, refusal)
    may = Right.WRITE_RECORDS in held(request).rights_in(ledger)
    page = TaskPage(ledger, _row(found, clock.today()), form, may, found.revision)
    return render(request, "ledger/task.html", {"page": page, "form": form}, status=422 if form.errors else 200)


def _form(request: HttpRequest, task: Task) -> FinishForm | ReasonForm:
    """What is asked next. Somebody may have been quicker: what was sent is read as what it is."""
    sent = typed(request)
    if sent is not None and "reason" in sent:
        return ReasonForm(sent)
    if sent is not None or task.done_on is None:
        return FinishForm(sent, initial={"done_on": clock.today(), "revision": task.revision})
    return ReasonForm()


def _settle(request: HttpRequest, task: Task, form: FinishForm | ReasonForm) -> None:
    data, at = form.cleaned_data, clock.now()
    if isinstance(form, ReasonForm):
        reopen_task(task=task, reason=data["reason"], revision=task.revision, by=request.user, at=at)
        messages.success(request, "已重新打开，原来写的留在修改痕迹里。")
        return
    finish_task(
        task=task, word=data["word"], on=data["done_on"], record_number=data["record"], revision=data["revision"],
        by=request.user, at=at,
    )  # fmt: skip
    messages.success(request, "已记下落实情况。")
