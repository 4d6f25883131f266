"""Pages of the problems: the list, one problem, and each step from naming it to closing it."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from youju.accounts.models import User
from youju.kit.refusal import NotYours, Refusal
from youju.paper.writing import PRESETS, STANDARD
from youju.people.models import Unit
from youju.people.roles.rules import Right
from youju.records.activities.queries import chairs_for
from youju.records.problems.actions import (
    add_measure,
    amend_problem,
    ask_to_close,
    close_problem,
    finish_measure,
    raise_problem,
    return_problem,
)
from youju.records.problems.actions import amend_measure as change_measure
from youju.records.problems.models import Measure, Problem
from youju.records.problems.onpaper import lists_docx, three_lists
from youju.records.problems.queries import find
from youju.web.problems.forms import (
    AmendForm,
    AmendMeasureForm,
    AskForm,
    MeasureForm,
    ProblemForm,
    ProgressForm,
    ReturnForm,
)
from youju.web.problems.pages import NewPage, StepPage, filters_of, list_page, offered, problem_page, rows_of, url_of
from youju.web.shared import clock, place
from youju.web.shared.fields import number_in, typed
from youju.web.shared.files import kept_file, sent_file
from youju.web.shared.home import held
from youju.web.shared.refusals import put_in
from youju.web.shared.sheets import book_response, docx_response

reads_and_posts = require_http_methods(["GET", "HEAD", "POST"])


def problem_for(request: HttpRequest, unit_id: int, number: str, right: Right) -> Problem:
    """The problem of a unit in which the reader has the right; to anybody else there is none."""
    return place.kept_in(request, unit_id, right, lambda unit: find(unit, number), "没有这个问题。")


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The list as the address filters it; ``?open=`` shows one problem beside it."""
    unit = place.unit_of(request, Right.READ_RECORDS)
    page = list_page(
        unit=unit,
        rights=held(request).rights_in(unit),
        on=clock.today(),
        filters=filters_of(unit, request.GET),
        open_at=request.GET.get("open", ""),
    )
    return render(request, "problems/list.html", {"page": page})


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """问题清单, 责任清单, 整改清单 of what the list shows, a sheet each."""
    unit = place.unit_of(request, Right.READ_RECORDS)
    lists = three_lists(_shown(request, unit))
    sheets = [(one.title, one.heads, one.rows) for one in lists]
    return book_response(name=f"{unit.short_name}问题责任整改清单", sheets=sheets, widths=(16, 36, 36, 28, 14, 24))


@require_safe
def lists_as_docx(request: HttpRequest) -> HttpResponse:
    """The same three lists as one Word file."""
    unit = place.unit_of(request, Right.READ_RECORDS)
    preset = PRESETS.get(request.GET.get("preset", ""), STANDARD)
    data = lists_docx(unit.name, _shown(request, unit), preset=preset)
    return docx_response(data, name=f"{unit.short_name}问题责任整改清单")


def _shown(request: HttpRequest, unit: Unit) -> list[Problem]:
    return [row.problem for row in rows_of(unit, filters_of(unit, request.GET), on=clock.today())]


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
    return _show(request, problem_for(request, unit_id, number, Right.READ_RECORDS))


def _show(
    request: HttpRequest, problem: Problem, *, asking: AskForm | None = None, returning: ReturnForm | None = None
) -> HttpResponse:
    day = clock.today()
    assert isinstance(request.user, User)  # problem_for let him in
    page = problem_page(
        problem=problem,
        rights=held(request).rights_in(problem.unit),
        reader=request.user,
        on=day,
        asking=asking or AskForm(initial={"closed_on": day}),
        returning=returning or ReturnForm(),
    )
    faulty = asking or returning
    return render(request, "problems/problem.html", {"page": page, "form": faulty}, status=422 if faulty else 200)


@reads_and_posts
def amend(request: HttpRequest, unit_id: int, number: str) -> HttpResponse:
    """改问题: its words."""
    problem = problem_for(request, unit_id, number, Right.WRITE_RECORDS)
    likely = {"title": problem.title, "source_note": problem.source_note, "cause": problem.cause}
    form = AmendForm(typed(request), initial=likely | {"revision": problem.revision})
    revision: object = request.POST.get("revision", problem.revision)
    if request.method == "POST" and form.is_valid():
        try:
            amend_problem(problem=problem, **form.cleaned_data, by=request.user, at=clock.now())
            messages.success(request, "已改。改前的内容留在修订里。")
            return redirect(url_of(problem))
        except Refusal as refusal:
            put_in(form, refusal)
            if not refusal.field:
                revision = problem.revision
    page = StepPage(problem.unit, problem, None, form, "改问题", "保存", url_of(problem), revision)
    return render(request, "problems/step.html", {"page": page, "form": form}, status=422 if form.errors else 200)


@reads_and_posts
def amend_measure(request: HttpRequest, unit_id: int, number: str, position: int) -> HttpResponse:
    """改措施: words, owner, date."""
    problem = problem_for(request, unit_id, number, Right.WRITE_RECORDS)
    step = _measure_at(problem, position)
    people = list(chairs_for(problem.unit, clock.today()))
    if step.owner and step.owner not in people:
        people.append(step.owner)  # one who has left may stay what he was
    likely = {"text": step.text, "owner": step.owner_id, "due_on": step.due_on, "revision": problem.revision}
    form = AmendMeasureForm(typed(request), people=people, initial=likely)
    revision: object = request.POST.get("revision", problem.revision)
    if request.method == "POST" and form.is_valid():
        draft = form.draft()
        assert draft is not None  # the form wants a text
        try:
            change_measure(
                measure=step, draft=draft, revision=form.cleaned_data["revision"], by=request.user, at=clock.now()
            )
            messages.success(request, "措施已改。改前的内容留在修订里。")
            return redirect(url_of(problem))
        except Refusal as refusal:
            put_in(form, refusal)
            if not refusal.field:
                revision = problem.revision
    page = StepPage(problem.unit, problem, None, form, "改措施", "保存措施", url_of(problem), revision)
    return render(request, "problems/step.html", {"page": page, "form": form}, status=422 if form.errors else 200)


def _measure_at(problem: Problem, position: int) -> Measure:
    step = next((row for row in problem.measures.all() if row.position == position), None)
    if step is None:
        raise NotYours("没有这条措施。")
    return step


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
    step = _measure_at(problem, position)
    likely = {
        "proof": step.proof, "done_on": step.done_on or clock.today(), "revision": problem.revision,
        "record": step.shown_record.number if step.shown_record else "",
    }  # fmt: skip
    revision: object = request.POST.get("revision", problem.revision)
    form = ProgressForm(typed(request), request.FILES or None, initial=likely)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            finish_measure(
                measure=step, proof=data["proof"], on=data["done_on"],
                file=kept_file(request, data["file"]) or step.shown_file, record=data["record"],
                revision=data["revision"], by=request.user, at=clock.now(),
            )  # fmt: skip
            messages.success(request, "进展已记下。")
            return redirect(url_of(problem))
        except Refusal as refusal:
            put_in(form, refusal)
            if not refusal.field:  # of the whole: somebody was quicker
                revision = problem.revision  # having seen the sentence, a second save is meant
    page = StepPage(
        problem.unit, problem, step, form, "填进展", "保存进展", url_of(problem), revision, offered(problem)
    )
    return render(request, "problems/step.html", {"page": page, "form": form}, status=422 if form.errors else 200)


@require_safe
def file(request: HttpRequest, unit_id: int, number: str, position: int) -> FileResponse:
    """The file that proves a measure."""
    problem = problem_for(request, unit_id, number, Right.READ_RECORDS)
    return sent_file(_measure_at(problem, position).file, name=f"{problem.number}-佐证{position + 1}")


@require_POST
def ask(request: HttpRequest, unit_id: int, number: str) -> HttpResponse:
    """申请销号."""
    problem = problem_for(request, unit_id, number, Right.WRITE_RECORDS)
    form = AskForm(request.POST)
    if form.is_valid():
        try:
            ask_to_close(problem=problem, on=form.cleaned_data["closed_on"], by=request.user, at=clock.now())
            messages.success(request, f"{problem.number} 已申请销号，等另一位核实。")
            return redirect(url_of(problem))
        except Refusal as refusal:
            put_in(form, refusal)
    return _show(request, problem, asking=form)


@require_POST
def close(request: HttpRequest, unit_id: int, number: str) -> HttpResponse:
    """核实销号: by another than who asked."""
    problem = problem_for(request, unit_id, number, Right.WRITE_RECORDS)
    form = ReturnForm(request.POST)
    try:
        seen = number_in(request.POST.get("revision"), otherwise=problem.revision, most=10**9)
        close_problem(problem=problem, revision=seen, by=request.user, at=clock.now())
    except Refusal as refusal:
        form.errors.clear()
        put_in(form, refusal)
        return _show(request, problem, returning=form)
    messages.success(request, f"{problem.number} 已销号。")
    return redirect(reverse("problems:index"))


@require_POST
def send_back(request: HttpRequest, unit_id: int, number: str) -> HttpResponse:
    """退回销号申请, with the reason."""
    problem = problem_for(request, unit_id, number, Right.WRITE_RECORDS)
    form = ReturnForm(request.POST)
    if form.is_valid():
        try:
            return_problem(problem=problem, reason=form.cleaned_data["reason"], by=request.user, at=clock.now())
            messages.success(request, f"{problem.number} 的销号申请已退回。")
            return redirect(url_of(problem))
        except Refusal as refusal:
            put_in(form, refusal)
    return _show(request, problem, returning=form)
