"""Pages of 知识竞赛: the list, drawing one, its questions, the paper, and the screen on the wall, one question at a time."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from youju.kit.drawing import DIGEST_SHOWN
from youju.kit.refusal import NotYours, Refusal
from youju.people.roles.rules import Right
from youju.records.activities.models import Session
from youju.study.contests import actions
from youju.study.contests.models import Contest, ContestQuestion
from youju.study.contests.onpaper import contest_docx
from youju.study.contests.queries import FORM, contests_of, find, recomputed, records_offered
from youju.study.contests.values import USUAL_QUESTIONS, Stage
from youju.study.models import Question
from youju.study.questions.queries import bank_of
from youju.study.questions.rules import letters
from youju.study.questions.values import LETTERS, QuestionKind
from youju.web.shared import clock, place
from youju.web.shared.fields import number_in, typed
from youju.web.shared.files import Trace, traces_of
from youju.web.shared.home import held
from youju.web.shared.refusals import put_in
from youju.web.shared.saving import filled
from youju.web.shared.sheets import docx_response
from youju.web.shared.uses import work_url
from youju.web.study.contests_forms import ContestForm, DropForm, LinkForm
from youju.web.study.tabs import Frame, frame

reads_and_posts = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True)
class Row:
    contest: Contest
    url: str
    record_url: str  # empty where it was not held


@dataclass(frozen=True)
class ListPage:
    frame: Frame
    rows: tuple[Row, ...]
    any_questions: bool
    may_write: bool


@dataclass(frozen=True)
class Choice:
    letter: str  # empty where the question is to be judged
    text: str
    right: bool


@dataclass(frozen=True)
class Asked:
    """One question as it is read out."""

    row: ContestQuestion

    @property
    def question(self) -> Question:
        return self.row.question

    @property
    def kind(self) -> str:
        return QuestionKind(self.question.kind).zh

    @property
    def answer(self) -> str:
        return letters(self.question.kind, self.question.correct)

    @property
    def choices(self) -> list[Choice]:
        judged = self.question.kind == QuestionKind.JUDGE
        return [
            Choice("" if judged else LETTERS[at], text, at in self.question.correct)
            for at, text in enumerate(self.question.choices)
        ]


@dataclass(frozen=True)
class ContestPage:
    frame: Frame
    row: Row
    list_url: str
    asked: tuple[Asked, ...]
    digest: str
    same: bool  # computed again just now
    traces: tuple[Trace, ...]
    may_write: bool
    new_record_url: str  # 记一次; empty for who may not, before its day, and where it is held
    offered: tuple[Session, ...]
    link_form: LinkForm


@dataclass(frozen=True)
class FormPage:
    frame: Frame
    contest: Contest | None
    form: forms.Form
    heading: str
    verb: str
    back: str
    list_url: str
    revision: object = None
    bank: int = 0


@dataclass(frozen=True)
class ScreenPage:
    contest: Contest
    asked: Asked
    shown: bool  # the answer
    back: str
    before: str  # addresses; empty at either end
    after: str
    turn: str  # the same question with the answer, or again without it


def contest_for(request: HttpRequest, unit_id: int, pk: int, right: Right = Right.WRITE_RECORDS) -> Contest:
    """The contest of a ledger in which the reader has the right; to anybody else there is none."""
    return place.kept_in(request, unit_id, right, lambda unit: find(unit, pk), "没有这次知识竞赛。")


def url_of(contest: Contest, page: str = "contest") -> str:
    return reverse(f"study:{page}", args=[contest.ledger_id, contest.pk])


def list_url(ledger_id: int) -> str:
    return f"{reverse('study:contests')}?unit={ledger_id}"


def screen_url(contest: Contest, position: int) -> str:
    return reverse("study:contest_screen", args=[contest.ledger_id, contest.pk, position])


def record_url(contest: Contest) -> str:
    """记一次 of the contest: its form, its name, its day and what it was about are there already."""
    asked: dict[str, Any] = {
        "unit": contest.ledger_id, "form": FORM, "title": contest.title, "on": contest.day.isoformat(),
    }  # fmt: skip
    asked |= {"topic": contest.topic} if contest.topic else {}
    asked |= {"text": contest.source.title} if contest.source else {}
    return f"{reverse('ledger:new')}?{urlencode(asked)}"


def row_of(contest: Contest) -> Row:
    return Row(contest, url_of(contest), work_url(contest.record) if contest.record else "")


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    unit = place.ledger_of(request, Right.READ_RECORDS)
    page = ListPage(
        frame(unit, "study:tests"), tuple(map(row_of, contests_of(unit))), bank_of(unit).exists(),
        Right.WRITE_RECORDS in held(request).rights_in(unit),
    )  # fmt: skip
    return render(request, "study/contests/list.html", {"page": page})


@reads_and_posts
def new(request: HttpRequest) -> HttpResponse:
    """抽题. The seed is chance and nobody's choice."""
    unit, today = place.ledger_of(request, Right.WRITE_RECORDS), clock.today()
    many = bank_of(unit).count()
    initial = {"title": f"{today.month}月知识竞赛", "day": today, "size": min(many, USUAL_QUESTIONS) or 1}
    form = ContestForm(typed(request), ledger=unit, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.draw(
                unit=unit, draft=form.draft(), seed=secrets.token_hex(4), by=request.user, at=clock.now()
            )
            messages.success(request, f"已抽 {made.size} 道题，种子 {made.seed}。")
            return redirect(url_of(made))
        except Refusal as refusal:
            put_in(form, refusal)
    back = list_url(unit.pk)
    page = FormPage(frame(unit, "study:tests"), None, form, "办一次知识竞赛", "抽题", back, back, bank=many)
    return render(request, "study/contests/form.html", {"page": page, "form": form}, status=422 if form.errors else 200)


@require_safe
def contest(request: HttpRequest, unit_id: int, pk: int) -> HttpResponse:
    return _show(request, contest_for(request, unit_id, pk, Right.READ_RECORDS))


def _show(request: HttpRequest, found: Contest, form: LinkForm | None = None) -> HttpResponse:
    writes = Right.WRITE_RECORDS in held(request).rights_in(found.ledger) and found.stage is not Stage.DROPPED
    to_record = writes and found.stage is Stage.DRAWN and found.day <= clock.today()
    page = ContestPage(
        frame=frame(found.ledger, "study:tests"),
        row=row_of(found),
        list_url=list_url(found.ledger_id),
        asked=tuple(map(Asked, found.asked.all())),
        digest=found.pool_digest[:DIGEST_SHOWN],
        same=recomputed(found),
        traces=traces_of("contest", found.pk, room="study"),
        may_write=writes,
        new_record_url=record_url(found) if to_record else "",
        offered=tuple(records_offered(found)) if writes else (),
        link_form=form or LinkForm(),
    )
    return render(
        request, "study/contests/contest.html", {"page": page, "form": form}, status=422 if form else 200
    )  # fmt: skip


@require_safe
def paper(request: HttpRequest, unit_id: int, pk: int) -> HttpResponse:
    """试卷, with the answers on a page of their own."""
    found = contest_for(request, unit_id, pk, Right.READ_RECORDS)
    return docx_response(contest_docx(found), name=f"{found.title}试卷")


@require_safe
def screen(request: HttpRequest, unit_id: int, pk: int, position: int) -> HttpResponse:
    """The projector: one question, and with ``?show=1`` what is right."""
    found = contest_for(request, unit_id, pk, Right.READ_RECORDS)
    row = next((row for row in found.asked.all() if row.position == position), None)
    if row is None:
        raise NotYours("没有这道题。")
    shown, here = request.GET.get("show") == "1", screen_url(found, position)
    page = ScreenPage(
        contest=found, asked=Asked(row), shown=shown, back=url_of(found),
        before=screen_url(found, position - 1) if position > 1 else "",
        after=screen_url(found, position + 1) if position < found.size else "",
        turn=here if shown else f"{here}?show=1",
    )  # fmt: skip
    return render(request, "study/contests/screen.html", {"page": page})


@require_POST
def link(request: HttpRequest, unit_id: int, pk: int) -> HttpResponse:
    """The record that held it."""
    found = contest_for(request, unit_id, pk)
    form = LinkForm(request.POST)
    if form.is_valid():
        try:
            actions.link(
                contest=found, number=form.cleaned_data["record"], revision=_seen(request, found), by=request.user,
                at=clock.now(),
            )  # fmt: skip
            messages.success(request, "已关联，这次竞赛已办。")
            return redirect(url_of(found))
        except Refusal as refusal:
            put_in(form, refusal)
    return _show(request, found, form)


@reads_and_posts
def drop(request: HttpRequest, unit_id: int, pk: int) -> HttpResponse:
    """作废, with the reason; then another may be drawn."""
    found = contest_for(request, unit_id, pk)
    form = DropForm(typed(request))
    page = FormPage(
        frame(found.ledger, "study:tests"), found, form, "作废这次竞赛", "作废", url_of(found),
        list_url(found.ledger_id), found.revision,
    )  # fmt: skip

    def save(data: dict[str, Any]) -> str:
        actions.drop(
            contest=found, revision=_seen(request, found), reason=data["reason"], by=request.user, at=clock.now()
        )
        return "已作废，可以重新抽题。"

    return filled(request, page, save, template="study/contests/form.html")


def _seen(request: HttpRequest, found: Contest) -> int:
    return number_in(request.POST.get("revision"), otherwise=found.revision, most=10**9)


CONTEST = "contests/<int:unit_id>/<int:pk>/"
URLS = [
    path("contests/", index, name="contests"),
    path("contests/new/", new, name="contest_new"),
    path(CONTEST, contest, name="contest"),
    path(CONTEST + "paper.docx", paper, name="contest_paper"),
    path(CONTEST + "screen/<int:position>/", screen, name="contest_screen"),
    path(CONTEST + "link/", link, name="contest_link"),
    path(CONTEST + "drop/", drop, name="contest_drop"),
]
