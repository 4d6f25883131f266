"""Pages of 知识竞赛: the list, drawing one, its questions, the paper, and the screen on the wall, one question at a time."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from youju.kit.drawing import DIGEST_SHOWN
from youju.kit.refusal import NotYours, Refusal
from youju.people.models import Unit
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
from youju.web.shared.fields import typed
from youju.web.shared.files import Trace, traces_of
from youju.web.shared.home import held
from youju.web.shared.refusals import put_in
from youju.web.shared.saving import by_now, seen
from youju.web.shared.sheets import docx_response
from youju.web.shared.uses import work_url
from youju.web.study.asking import list_page
from youju.web.study.contests_forms import ContestForm
from youju.web.study.steps import FormPage, RecordForm, Thing, linked, with_reason
from youju.web.study.tabs import Frame, frame

reads_and_posts = require_http_methods(["GET", "HEAD", "POST"])
KIND_ZH = "知识竞赛"


@dataclass(frozen=True)
class Row:
    contest: Contest
    url: str
    record_url: str  # empty where it was not held


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
    asked: tuple[Asked, ...]
    digest: str
    same: bool  # computed again just now
    traces: tuple[Trace, ...]
    may_write: bool
    new_record_url: str  # 记一次; empty for who may not, before its day, and where it is held
    offered: tuple[Session, ...]
    link_form: RecordForm


@dataclass(frozen=True)
class NewPage(FormPage):
    bank: int = 0  # questions


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


def frame_of(unit: Unit) -> Frame:
    """The tab is 自测; what leads back is the list of contests."""
    return replace(frame(unit, "study:tests"), heading=KIND_ZH, url=f"{reverse('study:contests')}?unit={unit.pk}")


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
    page = list_page(request, unit, frame_of(unit), map(row_of, contests_of(unit)))
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
    here = frame_of(unit)
    page = NewPage(here, form, "办一次知识竞赛", "抽题", here.url, bank=many)
    return render(request, "study/contests/form.html", {"page": page, "form": form}, status=422 if form.errors else 200)


@require_safe
def contest(request: HttpRequest, unit_id: int, pk: int) -> HttpResponse:
    return _show(request, contest_for(request, unit_id, pk, Right.READ_RECORDS))


def _show(request: HttpRequest, found: Contest, form: RecordForm | None = None) -> HttpResponse:
    writes = Right.WRITE_RECORDS in held(request).rights_in(found.ledger) and found.stage is not Stage.DROPPED
    to_record = writes and found.stage is Stage.DRAWN and found.day <= clock.today()
    page = ContestPage(
        frame=frame_of(found.ledger),
        row=row_of(found),
        asked=tuple(map(Asked, found.asked.all())),
        digest=found.pool_digest[:DIGEST_SHOWN],
        same=recomputed(found),
        traces=traces_of("contest", found.pk, room="study"),
        may_write=writes,
        new_record_url=record_url(found) if to_record else "",
        offered=tuple(records_offered(found)) if writes else (),
        link_form=form or RecordForm(kind=KIND_ZH),
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
    form = RecordForm(request.POST, kind=KIND_ZH)

    def do(number: str) -> None:
        actions.link(contest=found, number=number, revision=seen(request, found.revision), **by_now(request))

    return linked(
        request,
        form,
        do=do,
        said="已关联，这次竞赛已办。",
        back=url_of(found),
        show=lambda: _show(request, found, form),
    )


@reads_and_posts
def drop(request: HttpRequest, unit_id: int, pk: int) -> HttpResponse:
    """作废, with the reason; then another may be drawn."""
    found = contest_for(request, unit_id, pk)
    thing = Thing(frame_of(found.ledger), url_of(found), (found.title,), found.revision)

    def do(reason: str) -> None:
        actions.drop(contest=found, revision=seen(request, found.revision), reason=reason, **by_now(request))

    return with_reason(
        request, thing, "作废这次竞赛", verb="作废", do=do, said="已作废，可以重新抽题。",
        hint="作废的竞赛留着能看到，再抽是另一次。",
    )  # fmt: skip


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
