"""Pages of the problems: the list, one problem, and each step from naming it to closing it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from youju.kit.refusal import NotYours, Refusal
from youju.people.roles.queries import require
from youju.people.roles.rules import Right
from youju.records.activities.queries import chairs_for
from youju.records.problems.actions import add_measure, close_problem, finish_measure, raise_problem
from youju.records.problems.models import Problem
from youju.records.problems.queries import find
from youju.store.actions import keep
from youju.store.rules import MAX_BYTES
from youju.web.problems.forms import CloseForm, MeasureForm, ProblemForm, ProgressForm
from youju.web.problems.pages import NewPage, StepPage, list_page, problem_page, rows_of, url_of
from youju.web.shared import clock, place
from youju.web.shared.fields import number_in, typed
from youju.web.shared.home import held
from youju.web.shared.refusals import put_in
from youju.web.shared.sheets import Cell, table_response

reads_and_posts = require_http_methods(["GET", "HEAD", "POST"])


def problem_for(request: HttpRequest, unit_id: int, number: str, right: Right) -> Problem:
    """The problem of a unit in which the reader has the right; to anybody else there is none."""
    unit = require(request.user, unit_id, right, on=clock.today())
    problem = find(unit, number)
    if problem is None:
        raise NotYours("没有这个问题。")
    place.stand_in(request, unit)
    return problem


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    unit = place.unit_of(request, Right.READ_RECORDS)
    day = clock.today()
    page = list_page(unit=unit, rights=held(request).rights_in(unit), on=day)
    return render(request, "problems/list.html", {"page": page})


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    unit = place.unit_of(request, Right.READ_RECORDS)
    rows: list[list[Cell]] = [
        [
            row.problem.number, row.problem.title, row.source, row.problem.source_note, row.problem.cause,
            "\n".join(m.text for m in row.problem.measures.all()), row.owners, row.pace.next_due, row.pace.stage.zh,
            "\n".join(m.proof for m in row.problem.measures.all() if m.proof), row.problem.found_on, row.problem.closed_on,
        ]
        for row in rows_of(unit, on=clock.today())
    ]  # fmt: skip
    return table_response(
        name=f"{unit.short_name}问题整改清单",
        headings=[
            "编号",
            "问题",
            "来源",
            "来源说明",
            "原因",
            "措施",
            "责任人",
            "时限",
            "状态",
            "落实情况",
            "发现日期",
            "销号日期",
        ],
        rows=rows,
        widths=(16, 36, 14, 18, 28, 36, 14, 12, 10, 36, 12, 12),
    )


@reads_and_posts
def new(request: HttpRequest) -> HttpResponse:
    """列入问题清单, with its first measure if there is one. ``?title=&source=&for_year=`` say where the form starts."""
    unit = place.unit_of(request, Right.WRITE_RECORDS)
    day = clock.today()
    sent = typed(request)
    given = request.GET
    likely = {"title": given.get("title", "")[:200], "source": given.get("source", "self"), "found_on": day}
    year = number_in(given.get("for_year"), otherwise=day.year, most=9999)
    form = ProblemForm(sent, initial=likely | {"for_year": year})
    measure = MeasureForm(sent, prefix="measure", people=chairs_for(unit, day), wanted=False)
    if sent is not None and all([form.is_valid(), measure.is_valid()]):
        draft = measure.draft()
        try:
            problem = raise_problem(
                unit=unit, draft=form.draft(), measures=(draft,) if draft else (), by=request.user, at=clock.now()
            )
            messages.success(request, f"已列入问题清单，编号 {problem.number}。")
            return redirect(url_of(problem))
        except Refusal as refusal:
            put_in(form, refusal)
    status = 422 if form.errors or measure.errors else 200
    return render(request, "problems/new.html", {"page": NewPage(unit, form, measure), "form": form}, status=status)


@require_safe
def problem(request: HttpRequest, unit_id: int, number: str) -> HttpResponse:
    return _show(request, problem_for(request, unit_id, number, Right.READ_RECORDS), None)


def _show(request: HttpRequest, problem: Problem, closing: CloseForm | None) -> HttpResponse:
    day = clock.today()
    page = problem_page(
        problem=problem,
        rights=held(request).rights_in(problem.unit),
        on=day,
        closing=closing or CloseForm(initial={"closed_on": day}),
    )
    status = 422 if page.closing.errors else 200
    return render(request, "problems/problem.html", {"page": page, "form": page.closing}, status=status)


@reads_and_posts
def measure(request: HttpRequest, unit_id: int, number: str) -> HttpResponse:
    """定整改措施."""
    problem = problem_for(request, unit_id, number, Right.WRITE_RECORDS)
    form = MeasureForm(typed(request), people=chairs_for(problem.unit, clock.today()))
    if request.method == "POST" and form.is_valid():
        draft = form.draft()
        assert draft is not None  # the form wants a text
        try:
            add_measure(problem=problem, draft=draft, by=request.user, at=clock.now())
            messages.success(request, "已加整改措施。")
            return redirect(url_of(problem))
        except Refusal as refusal:
            put_in(form, refusal)
    page = StepPage(problem.unit, problem, None, form, "加整改措施", "保存措施", url_of(problem))
    return render(request, "problems/step.html", {"page": page, "form": form}, status=422 if form.errors else 200)


@reads_and_posts
def progress(request: HttpRequest, unit_id: int, number: str, position: int) -> HttpResponse:
    """填进展 of one measure."""
    problem = problem_for(request, unit_id, number, Right.WRITE_RECORDS)
    step = next((row for row in problem.measures.all() if row.position == position), None)
    if step is None:
        raise NotYours("没有这条措施。")
    likely = {"proof": step.proof, "done_on": step.done_on or clock.today(), "revision": problem.revision}
    revision: object = request.POST.get("revision", problem.revision)
    form = ProgressForm(typed(request), request.FILES or None, initial=likely)
    if request.method == "POST" and form.is_valid():
        data, at = form.cleaned_data, clock.now()
        try:
            file = step.file
            if data["file"]:
                if data["file"].size > MAX_BYTES:
                    raise Refusal("file", f"文件超过 {MAX_BYTES // 1024 // 1024} MB，请压缩或拆分后再传。")
                file = keep(data=data["file"].read(), by=request.user, at=at)
            finish_measure(
                measure=step, proof=data["proof"], on=data["done_on"], file=file, revision=data["revision"],
                by=request.user, at=at,
            )  # fmt: skip
            messages.success(request, "进展已记下。")
            return redirect(url_of(problem))
        except Refusal as refusal:
            put_in(form, refusal)
            revision = problem.revision  # having seen the sentence, a second save is meant
    page = StepPage(problem.unit, problem, step, form, "填进展", "保存进展", url_of(problem), revision)
    return render(request, "problems/step.html", {"page": page, "form": form}, status=422 if form.errors else 200)


@require_POST
def close(request: HttpRequest, unit_id: int, number: str) -> HttpResponse:
    """销号."""
    problem = problem_for(request, unit_id, number, Right.WRITE_RECORDS)
    form = CloseForm(request.POST)
    if form.is_valid():
        try:
            close_problem(problem=problem, on=form.cleaned_data["closed_on"], by=request.user, at=clock.now())
            messages.success(request, f"{problem.number} 已销号。")
            return redirect(f"{reverse('problems:index')}")
        except Refusal as refusal:
            put_in(form, refusal)
    return _show(request, problem, form)
