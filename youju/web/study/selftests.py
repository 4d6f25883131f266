"""自测 as the unit runs it: draw up, publish, remind, and the numbers it may know. Nothing here can say who answered what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from youju.kit.refusal import Refusal
from youju.people.models import Unit
from youju.people.roles.rules import Right
from youju.study.models import Question, Reminder, SelfTest
from youju.study.questions.values import QuestionKind
from youju.study.selftests import actions
from youju.study.selftests.queries import (
    Often,
    Participation,
    find,
    of_ledger,
    often_missed,
    participation,
    questions_of,
)
from youju.study.selftests.rules import LONGEST_TITLE
from youju.study.selftests.values import MOST_QUESTIONS, Stage, TestDraft
from youju.web.shared import clock, place
from youju.web.shared.fields import day_field, number_in
from youju.web.shared.home import held
from youju.web.shared.refusals import put_in
from youju.web.shared.saving import button, by_now, filled, pressed, seen
from youju.web.study.asking import list_page
from youju.web.study.narrowing import Narrow, narrow
from youju.web.study.tabs import frame

USUAL_DAYS, MOST_OFFERED = 14, 500


class TestForm(forms.Form):
    """出自测; of a published one only the name and the last day."""

    __test__ = False

    title = forms.CharField(
        label="名称", max_length=LONGEST_TITLE,
        error_messages={"required": "请写名称。", "max_length": f"名称最多 {LONGEST_TITLE} 字。"},
    )  # fmt: skip
    opens_on = day_field("开始日期")
    closes_on = day_field("截止日期", help_text="这一天也能答。截止后满五人答完，才看得到哪些题常错。")
    questions = forms.TypedMultipleChoiceField(
        label="题目", coerce=int, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=f"5 到 10 道正好，最多 {MOST_QUESTIONS} 道，按这里排的次序问。",
        error_messages={"invalid_choice": "有的题目不在题库里，请重新选。"},
    )  # fmt: skip

    def __init__(
        self, *args: Any, bank: list[Question], published: bool = False, over: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["questions"]
        assert isinstance(chosen, forms.TypedMultipleChoiceField)
        chosen.choices = [(one.pk, f"{one.stem}（{QuestionKind(one.kind).zh}）") for one in bank]
        if published:
            del self.fields["questions"], self.fields["opens_on"]
        if over:
            self.fields["closes_on"].disabled = True
            self.fields["closes_on"].help_text = "已经截止，不能再改；要再测，请另出一次。"

    def draft(self, test: SelfTest | None = None) -> TestDraft:
        data = self.cleaned_data
        opens_on = data.get("opens_on") or (test.opens_on if test else data["closes_on"])
        return TestDraft(data["title"], opens_on, data["closes_on"], tuple(data.get("questions") or ()))


@dataclass(frozen=True)
class Row:
    test: SelfTest
    stage: Stage
    url: str


@dataclass(frozen=True)
class TestPage:
    __test__ = False

    test: SelfTest
    stage: Stage
    questions: tuple[Question, ...]
    took_part: Participation
    missed: tuple[Often, ...] | None  # None: not to be told
    reminders: tuple[Reminder, ...]
    list_url: str
    may_write: bool

    @property
    def reminded_today(self) -> bool:
        return bool(self.reminders) and self.reminders[0].on == clock.today()


@dataclass(frozen=True)
class FormPage:
    unit: Unit
    form: TestForm
    heading: str
    back: str
    revision: int = 0
    test: SelfTest | None = None
    narrow: Narrow | None = None  # none where the questions stay as they are
    ticked: int = 0

    @property
    def list_url(self) -> str:
        return f"{reverse('study:tests')}?unit={self.unit.pk}"


def _one(request: HttpRequest, ledger_id: int, pk: int, right: Right) -> SelfTest:
    return place.kept_in(request, ledger_id, right, lambda unit: find(unit, pk), "没有这次自测。")


def url_of(test: SelfTest, page: str = "test") -> str:
    return reverse(f"study:{page}", args=[test.ledger_id, test.pk])


@dataclass(frozen=True)
class Choosing:
    """Choosing questions: those that are ticked first, then what else is found. Narrowing sends the form and saves nothing."""

    narrow: Narrow
    bank: list[Question]
    ticked: int
    typed: QueryDict | None  # what is to be saved
    kept: dict[str, Any]  # what was typed before narrowing


def _choosing(request: HttpRequest, unit: Unit, asked: list[Question]) -> Choosing:
    sent = request.POST if request.method == "POST" else None
    looking = sent is not None and "narrow" in sent
    found = narrow(unit, request.GET if sent is None else sent)
    ticked = asked
    if sent is not None:
        ids = [int(pk) for pk in sent.getlist("questions") if pk.isascii() and pk.isdigit() and len(pk) < 18]
        there = Question.objects.filter(ledger=unit).in_bulk(ids[:MOST_OFFERED])
        ticked = [there[pk] for pk in ids if pk in there]
    kept: dict[str, Any] = {}
    if sent is not None and looking:
        kept = {key: sent[key] for key in ("title", "opens_on", "closes_on") if key in sent}
        kept["questions"] = [one.pk for one in ticked]
    bank = list(dict.fromkeys([*ticked, *asked, *found.rows[:MOST_OFFERED]]))
    return Choosing(found, bank, len(ticked), None if looking else sent, kept)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    unit, on = place.ledger_of(request, Right.READ_RECORDS), clock.today()
    rows = (Row(test, test.stage_on(on), url_of(test)) for test in of_ledger(unit))
    page = list_page(request, unit, frame(unit, "study:tests"), rows)
    return render(request, "study/tests.html", {"page": page})


@require_safe
def test(request: HttpRequest, ledger_id: int, pk: int) -> HttpResponse:
    one, on = _one(request, ledger_id, pk, Right.READ_RECORDS), clock.today()
    missed = often_missed(one)
    page = TestPage(
        test=one, stage=one.stage_on(on), questions=tuple(questions_of(one)), took_part=participation(one, on=on),
        missed=None if missed is None else tuple(missed), reminders=tuple(one.reminders.all()),
        list_url=f"{reverse('study:tests')}?unit={ledger_id}",
        may_write=Right.WRITE_RECORDS in held(request).rights_in(one.ledger),
    )  # fmt: skip
    return render(request, "study/test.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    unit, today = place.ledger_of(request, Right.WRITE_RECORDS), clock.today()
    initial = {"opens_on": today, "closes_on": today + timedelta(days=USUAL_DAYS), "title": f"{today.month}月学习自测"}
    choosing = _choosing(request, unit, [])
    form = TestForm(choosing.typed, bank=choosing.bank, initial=initial | choosing.kept)
    if choosing.typed is not None and form.is_valid():
        try:
            made = actions.draw_up_test(unit=unit, draft=form.draft(), by=request.user, at=clock.now())
            messages.success(request, "已存。看一遍再发布，发布后党员才看得到。")
            return redirect(url_of(made))
        except Refusal as refusal:
            put_in(form, refusal)
    page = FormPage(
        unit,
        form,
        "出一次自测",
        f"{reverse('study:tests')}?unit={unit.pk}",
        narrow=choosing.narrow,
        ticked=choosing.ticked,
    )
    return render(request, "study/test_form.html", {"page": page, "form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, ledger_id: int, pk: int) -> HttpResponse:
    one = _one(request, ledger_id, pk, Right.WRITE_RECORDS)
    asked, published = questions_of(one), one.published_at is not None
    choosing = _choosing(request, one.ledger, asked)
    initial = {
        "title": one.title, "opens_on": one.opens_on, "closes_on": one.closes_on, "questions": [q.pk for q in asked],
    }  # fmt: skip
    over = one.stage_on(clock.today()) is Stage.CLOSED
    form = TestForm(choosing.typed, bank=choosing.bank, published=published, over=over, initial=initial | choosing.kept)

    def save(data: dict[str, Any]) -> str:
        actions.change_test(
            test=one, draft=form.draft(one), revision=number_in(request.POST.get("revision"), otherwise=0, most=10**8),
            by=request.user, at=clock.now(),
        )  # fmt: skip
        return "已改。"

    page = FormPage(
        one.ledger,
        form,
        "改自测",
        url_of(one),
        one.revision,
        one,
        None if published else choosing.narrow,
        choosing.ticked,
    )
    return filled(request, page, save, template="study/test_form.html")


@require_POST
def publish(request: HttpRequest, ledger_id: int, pk: int) -> HttpResponse:
    one = _one(request, ledger_id, pk, Right.WRITE_RECORDS)

    def do() -> None:
        actions.publish_test(test=one, revision=seen(request, one.revision), **by_now(request))

    return pressed(request, "已发布，党员在“我的”里就能答。", do, back=url_of(one))


drop = button(
    _one, lambda one, by, at: actions.drop_test(test=one, by=by, at=at), said=lambda one: f"“{one.title}”已撤下。",
    back=lambda one: f"{reverse('study:tests')}?unit={one.ledger_id}",
)  # fmt: skip


@require_POST
def remind(request: HttpRequest, ledger_id: int, pk: int) -> HttpResponse:
    one = _one(request, ledger_id, pk, Right.WRITE_RECORDS)
    try:
        count = actions.remind(test=one, by=request.user, at=clock.now())
        messages.success(request, f"已提醒：还有 {count} 人没答完，他们打开系统就看得到。")
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    return redirect(url_of(one))


ONE = "tests/<int:ledger_id>/<int:pk>/"
URLS = [
    path("tests/", index, name="tests"),
    path("tests/new/", new, name="test_new"),
    path(ONE, test, name="test"),
    path(ONE + "change/", change, name="test_change"),
    path(ONE + "publish/", publish, name="test_publish"),
    path(ONE + "drop/", drop, name="test_drop"),
    path(ONE + "remind/", remind, name="test_remind"),
]
