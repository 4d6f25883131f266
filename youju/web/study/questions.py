"""题库: the bank as a list and a file, one question, writing and correcting one, and the import of a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from youju.people.imports.values import Table
from youju.people.models import Unit
from youju.people.roles.rules import Right
from youju.records.facets.values import LISTS
from youju.records.sources.models import Source
from youju.study.models import Question, SelfTest
from youju.study.questions import actions
from youju.study.questions.importing import judge_questions
from youju.study.questions.queries import find, topics_of
from youju.study.questions.rules import LONGEST_TOPIC, letters, read_answer
from youju.study.questions.values import LETTERS, QUESTION_COLUMNS, QuestionDraft, QuestionKind
from youju.study.selftests.queries import tests_asking
from youju.web.shared import clock, place
from youju.web.shared.fields import number_in, typed, word_in
from youju.web.shared.home import held
from youju.web.shared.import_page import Importer
from youju.web.shared.importing import views as import_views
from youju.web.shared.saving import button, filled
from youju.web.shared.sheets import Cell, table_response
from youju.web.study.narrowing import Narrow, narrow
from youju.web.study.tabs import Frame, frame

PER_PAGE = 50


class QuestionForm(forms.Form):
    """出题. ``choices`` has one choice a line, ``correct`` their letters."""

    kind = forms.ChoiceField(
        label="题型", choices=[(kind.value, kind.zh) for kind in QuestionKind], widget=forms.RadioSelect,
        error_messages={"required": "请选题型。", "invalid_choice": "请选题型。"},
    )  # fmt: skip
    stem = forms.CharField(
        label="题干", widget=forms.Textarea(attrs={"rows": 3}), error_messages={"required": "请写题干。"}
    )
    choices = forms.CharField(
        label="选项", required=False, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=f"一行一个，从 A 排起，2 到 {len(LETTERS)} 个，不用写字母；判断题不填。",
    )  # fmt: skip
    correct = forms.CharField(
        label="答案", max_length=20, widget=forms.TextInput(attrs={"class": "short"}),
        help_text="写字母，如 B；多选写成 ABD；判断题写正确或错误。", error_messages={"required": "请写答案。"},
    )  # fmt: skip
    explanation = forms.CharField(
        label="解析", required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="答完马上给本人看。写明依据，答错的人也学到了。",
    )  # fmt: skip
    source = forms.ModelChoiceField(
        label="学习材料", queryset=Source.objects.none(), required=False, empty_label="不属于哪一份",
        error_messages={"invalid_choice": "请从登记过的学习材料里选。"},
    )  # fmt: skip
    topic = forms.CharField(label="专题", required=False, widget=forms.TextInput(attrs={"list": "topics"}))

    def __init__(self, *args: Any, unit: Unit, question: Question | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        source = self.fields["source"]
        assert isinstance(source, forms.ModelChoiceField)
        source.queryset = Source.objects.filter(ledger=unit)
        if question:
            del self.fields["kind"]
            self.fields["choices"].help_text = "可以改字，不要换次序：以前的回答记的是第几个选项。个数不能变。"
            self.fields["reason"] = forms.CharField(
                label="更正的原因", max_length=200, required=False, error_messages={"max_length": "最多 200 字。"}
            )

    def draft(self, kind: str = "") -> QuestionDraft:
        """Raises Refusal where the answer cannot be read."""
        data = self.cleaned_data
        lines = tuple(line.strip() for line in data["choices"].strip().splitlines())
        correct, _ = read_answer(data["correct"], choices=len(lines))
        return QuestionDraft(
            kind or data["kind"], data["stem"], lines, correct, data["explanation"], data["source"].pk if data["source"] else None,
            data["topic"],
        )  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One question as its line in the bank."""

    question: Question
    url: str

    @property
    def answer(self) -> str:
        return letters(self.question.kind, self.question.correct)


@dataclass(frozen=True)
class BankPage:
    frame: Frame
    rows: tuple[Row, ...]
    pages: Page[Question]
    narrow: Narrow
    query: str
    may_write: bool


@dataclass(frozen=True)
class QuestionPage:
    question: Question
    choices: tuple[tuple[str, str, bool], ...]  # (letter, text, is it right)
    tests: tuple[SelfTest, ...]
    list_url: str
    may_write: bool


@dataclass(frozen=True)
class FormPage:
    unit: Unit
    form: QuestionForm
    heading: str
    back: str
    revision: int = 0
    question: Question | None = None

    @property
    def list_url(self) -> str:
        return f"{reverse('study:questions')}?unit={self.unit.pk}"

    @property
    def topics(self) -> list[str]:
        return list(dict.fromkeys([*topics_of(self.unit), *LISTS.topics]))


def desk(request: HttpRequest, right: Right) -> Unit:
    return place.ledger_of(request, right)


def _one(request: HttpRequest, ledger_id: int, pk: int, right: Right) -> Question:
    return place.kept_in(request, ledger_id, right, lambda unit: find(unit, pk), "没有这道题。")


def url_of(question: Question, page: str = "question") -> str:
    return reverse(f"study:{page}", args=[question.ledger_id, question.pk])


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What the address narrows it by is said in ``narrow``."""
    unit = desk(request, Right.READ_RECORDS)
    narrowed = narrow(unit, request.GET)
    pages = Paginator(narrowed.rows, PER_PAGE).get_page(request.GET.get("page"))
    asked = request.GET.copy()
    asked["unit"] = str(unit.pk)
    page = BankPage(
        frame=frame(unit, "study:questions"), rows=tuple(Row(one, url_of(one)) for one in pages), pages=pages,
        narrow=narrowed, query=asked.urlencode(), may_write=Right.WRITE_RECORDS in held(request).rights_in(unit),
    )  # fmt: skip
    return render(request, "study/questions.html", {"page": page})


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The bank as the table that can be imported again, elsewhere too."""
    unit = desk(request, Right.READ_RECORDS)
    rows: list[list[Cell]] = []
    for one in narrow(unit, request.GET).rows:
        choices = [] if one.kind == QuestionKind.JUDGE else one.choices
        rows.append([
            QuestionKind(one.kind).zh, one.stem, *choices, *[""] * (len(LETTERS) - len(choices)),
            letters(one.kind, one.correct), one.explanation, one.source.title if one.source else "", one.topic,
        ])  # fmt: skip
    return table_response(
        name=f"{unit.short_name}题库", headings=[column.zh for column in QUESTION_COLUMNS], rows=rows,
        widths=[column.width for column in QUESTION_COLUMNS],
    )  # fmt: skip


@require_safe
def question(request: HttpRequest, ledger_id: int, pk: int) -> HttpResponse:
    one = _one(request, ledger_id, pk, Right.READ_RECORDS)
    choices = tuple((LETTERS[at], choice, at in one.correct) for at, choice in enumerate(one.choices))
    page = QuestionPage(
        one, choices, tuple(tests_asking(one)), f"{reverse('study:questions')}?unit={ledger_id}",
        may_write=Right.WRITE_RECORDS in held(request).rights_in(one.ledger),
    )  # fmt: skip
    return render(request, "study/question.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """``?source=``: the text the question is about, ``?topic=``: the word for its topic, as their own pages lead here."""
    unit = desk(request, Right.WRITE_RECORDS)
    source = Source.objects.filter(ledger=unit, number=word_in(request.GET.get("source"), most=40)).first()
    topic = word_in(request.GET.get("topic"), most=LONGEST_TOPIC)
    start = {"kind": QuestionKind.SINGLE, "source": source, "topic": topic}
    form = QuestionForm(typed(request), unit=unit, initial=start)
    beside = {"source": source.number if source else "", "topic": topic}
    back = f"{reverse('study:question_new')}?{urlencode({'unit': unit.pk} | {k: v for k, v in beside.items() if v})}"

    def save(data: dict[str, Any]) -> str:
        actions.write_question(unit=unit, draft=form.draft(), by=request.user, at=clock.now())
        return "已存进题库，可以接着出下一道。"

    return filled(request, FormPage(unit, form, "出题", back), save, template="study/question_form.html")


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, ledger_id: int, pk: int) -> HttpResponse:
    one = _one(request, ledger_id, pk, Right.WRITE_RECORDS)
    judged = one.kind == QuestionKind.JUDGE
    initial = {
        "stem": one.stem, "choices": "" if judged else "\n".join(one.choices), "explanation": one.explanation,
        "correct": letters(one.kind, one.correct).replace("、", ""), "source": one.source_id, "topic": one.topic,
    }  # fmt: skip
    form = QuestionForm(typed(request), unit=one.ledger, question=one, initial=initial)

    def save(data: dict[str, Any]) -> str:
        actions.correct_question(
            question=one, draft=form.draft(one.kind), revision=number_in(request.POST.get("revision"), otherwise=0, most=10**8), reason=data["reason"],
            by=request.user, at=clock.now(),
        )  # fmt: skip
        return "已更正。"

    page = FormPage(one.ledger, form, "更正题目", url_of(one), one.revision, one)
    return filled(request, page, save, template="study/question_form.html")


retire = button(
    _one, lambda one, by, at: actions.retire_question(question=one, by=by, at=at), back=url_of,
    said=lambda one: "已停用，新的自测不再选它。",
)  # fmt: skip
resume = button(
    _one, lambda one, by, at: actions.resume_question(question=one, by=by, at=at), back=url_of,
    said=lambda one: "已重新启用。",
)  # fmt: skip


IMPORT = import_views(
    Importer(
        table=Table.QUESTIONS,
        job="study",
        heading="导入题目",
        intro="用模板，或用手头的题库表格：一行一道，选项各占一列，答案写字母。题库里已有的题目会跳过，可以放心再导入一次。",
        columns=QUESTION_COLUMNS,
        what="题目",
        named_by=("kind", "stem"),
        unit_of=lambda request: desk(request, Right.WRITE_RECORDS),
        judge=judge_questions,
        keep=actions.import_questions,
        template_name="题目导入模板",
        choices=lambda unit: {"source": [source.title for source in Source.objects.filter(ledger=unit)]},
        first="study:questions",
    )
)

ONE = "questions/<int:ledger_id>/<int:pk>/"
URLS = [
    path("questions/", index, name="questions"),
    path("questions/export.xlsx", export, name="questions_export"),
    path("questions/new/", new, name="question_new"),
    *IMPORT.urls("questions/"),
    path(ONE, question, name="question"),
    path(ONE + "change/", change, name="question_change"),
    path(ONE + "retire/", retire, name="question_retire"),
    path(ONE + "resume/", resume, name="question_resume"),
]
