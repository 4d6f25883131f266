"""我的自测和温故: one question a screen, explained at once. Every page is the reader's own; no address names a member.

Where he stands is kept with each answer, so a lost connection loses nothing and a form sent twice changes nothing. No
address and no message says what was picked: both are written into logs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from youju.kit.refusal import NotYours, Refusal
from youju.people.members.queries import member_of
from youju.people.models import Member
from youju.study.models import Question
from youju.study.questions.rules import is_right, letters
from youju.study.questions.values import LETTERS, QuestionKind
from youju.study.selftests.actions import answer, erase_own, refresh
from youju.study.selftests.queries import (
    Asked,
    Mine,
    due_on,
    has_answered,
    how_many,
    mine,
    next_due,
    of_member,
    recalled,
    sheet_of,
    taken_off,
)
from youju.web.shared import clock
from youju.web.study.mine_more import own_study

LATEST = 12  # of the tests that wait no more


@dataclass(frozen=True)
class Choice:
    """One choice on the screen: before the answer to be picked, after it marked."""

    at: int
    letter: str
    text: str
    picked: bool
    right: bool


@dataclass(frozen=True)
class Screen:
    """One question on one screen. ``of`` is 0 where nobody counts (温故)."""

    heading: str
    question: Question
    position: int
    of: int
    done: int
    picks: tuple[int, ...] | None
    back: str
    action: str
    next: str
    again_on: date | None = None
    error: str = ""

    @property
    def kind(self) -> str:
        return QuestionKind(self.question.kind).zh

    @property
    def several(self) -> bool:
        return self.question.kind == QuestionKind.MULTIPLE

    @property
    def right(self) -> bool:
        return self.picks is not None and is_right(self.question.correct, self.picks)

    @property
    def answer(self) -> str:
        return letters(self.question.kind, self.question.correct)

    @property
    def choices(self) -> list[Choice]:
        judged = self.question.kind == QuestionKind.JUDGE
        return [
            Choice(at, "" if judged else LETTERS[at], text, at in (self.picks or ()), at in self.question.correct)
            for at, text in enumerate(self.question.choices)
        ]


@dataclass(frozen=True)
class MinePage:
    tests: tuple[Mine, ...]
    more: int  # earlier ones
    due: int
    next_due: date | None
    kept: bool  # anything that could be erased


@dataclass(frozen=True)
class SheetPage:
    mine: Mine
    sheet: tuple[Asked, ...]
    next: str

    @property
    def right(self) -> int:
        return sum(bool(one.right) for one in self.sheet)

    @property
    def shown(self) -> bool:
        """Erased answers are not there to be counted."""
        return all(one.picks is not None for one in self.sheet)


class TakenOff(Exception):
    """The unit took the test off while he was at it."""


P = ParamSpec("P")


def unless_taken_off(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Leads who is at a test that is no more back to his own first page, and says so."""

    @wraps(view)
    def led(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except TakenOff:
            messages.info(request, "这次自测已经撤下，不用再答。")
            return redirect("study:mine")

    return led


def _member(request: HttpRequest) -> Member:
    member = member_of(request.user.pk)
    if member is None or member.forgotten_at:
        raise NotYours("这个账号没有关联党员，没有自测。")
    return member


def _mine(member: Member, test_id: int) -> Mine:
    found = mine(member, test_id, on=clock.today())
    if found is None:
        if taken_off(member, test_id, on=clock.today()):
            raise TakenOff
        raise NotYours("没有这次自测，或者不是给您的。")
    return found


def _picks(request: HttpRequest) -> list[int]:
    """What was ticked; what no form of ours sends is as if not there."""
    return [int(said) for said in request.POST.getlist("pick") if said.isdecimal() and len(said) < 3]


@require_safe
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    member, today = _member(request), clock.today()
    shown = of_member(member, on=today, latest=None if "all" in request.GET else LATEST)
    later = next_due(member)
    page = MinePage(
        tuple(shown), how_many(member, on=today) - len(shown), due_on(member, on=today).count(), later,
        kept=later is not None or has_answered(member),
    )  # fmt: skip
    return render(request, "study/mine.html", {"page": page, "more": own_study(member, on=today)})


@require_safe
@never_cache
@unless_taken_off
def sheet(request: HttpRequest, test_id: int) -> HttpResponse:
    member = _member(request)
    found = _mine(member, test_id)
    asked = tuple(sheet_of(member, found.test))
    return render(request, "study/sheet.html", {"page": SheetPage(found, asked, _next(found, asked, 0))})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@unless_taken_off
def ask(request: HttpRequest, test_id: int, position: int) -> HttpResponse:
    """One question: to be answered, or with its answer and why."""
    member = _member(request)
    found = _mine(member, test_id)
    asked = sheet_of(member, found.test)
    one = next((each for each in asked if each.position == position), None)
    if one is None:
        raise NotYours("这次自测没有这道题。")
    here, error = reverse("study:ask", args=[test_id, position]), ""
    if request.method == "POST":
        try:
            answer(member=member, test_id=test_id, question_id=one.question.pk, picks=_picks(request), at=clock.now())
            return redirect(here)
        except Refusal as refusal:
            if isinstance(refusal, NotYours):
                raise
            error = refusal.sentence
    screen = Screen(
        heading=found.test.title, question=one.question, position=position, of=len(asked),
        done=sum(each.picks is not None for each in asked), picks=one.picks, action=here, error=error,
        back=reverse("study:sheet", args=[test_id]), next=_next(found, asked, position),
    )  # fmt: skip
    if one.picks is None and not found.waits and not error:
        return redirect("study:sheet", test_id)
    return render(request, "study/ask.html", {"screen": screen}, status=422 if error else 200)


def _next(found: Mine, asked: list[Asked] | tuple[Asked, ...], after: int) -> str:
    """The next question that waits: behind this one, else from the first; none where all are answered or time is over."""
    waiting = [one.position for one in asked if one.picks is None] if found.waits else []
    if not waiting:
        return ""
    at = next((position for position in waiting if position > after), waiting[0])
    return reverse("study:ask", args=[found.test.pk, at])


@require_safe
@never_cache
def again(request: HttpRequest) -> HttpResponse:
    """温故: the question that has been due longest."""
    due = due_on(_member(request), on=clock.today()).first()
    if due is None:
        messages.success(request, "今天的温故做完了。")
        return redirect("study:mine")
    return redirect("study:again_one", due.question_id)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def again_one(request: HttpRequest, question_id: int) -> HttpResponse:
    member, today = _member(request), clock.today()
    here, error = reverse("study:again_one", args=[question_id]), ""
    if request.method == "POST":
        try:
            refresh(member=member, question_id=question_id, picks=_picks(request), at=clock.now())
            return redirect(here)
        except Refusal as refusal:
            if isinstance(refusal, NotYours):
                raise
            error = refusal.sentence
    recall = recalled(member, question_id, on=today)
    if recall is None:
        raise NotYours("这道题今天不用温。")
    told = recall.last_on == today
    waiting = due_on(member, on=today).count()
    screen = Screen(
        heading="温故", question=recall.question, position=0, of=0, done=waiting, picks=tuple(recall.picks) if told else None,
        action=here, error=error, back=reverse("study:mine"), next=reverse("study:again") if waiting else "",
        again_on=recall.due_on if told else None,
    )  # fmt: skip
    return render(request, "study/ask.html", {"screen": screen}, status=422 if error else 200)


@require_POST
def erase(request: HttpRequest) -> HttpResponse:
    erase_own(member=_member(request))
    messages.success(request, "您的作答和温故进度都已清除。")
    return redirect("study:mine")


URLS = [
    path("mine/", index, name="mine"),
    path("mine/erase/", erase, name="mine_erase"),
    path("mine/again/", again, name="again"),
    path("mine/again/<int:question_id>/", again_one, name="again_one"),
    path("mine/<int:test_id>/", sheet, name="sheet"),
    path("mine/<int:test_id>/<int:position>/", ask, name="ask"),
]
