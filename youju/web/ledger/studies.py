"""学习: which topics reached whom, and the register of what is studied with how far it has come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from youju.figures.topics import TopicReach, topics_reached
from youju.kit.periods import Period
from youju.kit.refusal import Refusal
from youju.library.models import Document
from youju.people.models import Unit
from youju.people.roles.rules import Right
from youju.records.sources.actions import correct_source, enter_source
from youju.records.sources.models import Source
from youju.records.sources.packs import PACKS
from youju.records.sources.queries import Progress, find, register_of
from youju.records.sources.values import SOURCE_KINDS, SourceDraft
from youju.study.curriculum.queries import topics_of
from youju.study.models import Question
from youju.study.questions.queries import bank_of
from youju.web.shared import clock, place
from youju.web.shared.fields import day_field, number_in, typed
from youju.web.shared.home import held
from youju.web.shared.originals import original
from youju.web.shared.refusals import put_in
from youju.web.shared.sheets import Cell, table_response

EARLIEST = 1921
MOST_QUESTIONS = 5


class SourceForm(forms.Form):
    """登记学习材料. ``parts`` has one 学习篇目 a line."""

    title = forms.CharField(
        label="材料名称",
        max_length=120,
        error_messages={"required": "请写材料名称。", "max_length": "材料名称最多 120 字。"},
    )
    kind = forms.ChoiceField(
        label="种类", choices=[(kind.id, kind.zh) for kind in SOURCE_KINDS.values()],
        error_messages={"invalid_choice": "种类请重新选择。", "required": "请选种类。"},
    )  # fmt: skip
    issued_on = day_field("发布日期", required=False)
    origin = forms.CharField(
        label="来源", max_length=60, required=False, help_text="谁发的、谁写的、哪一级的制度。",
        error_messages={"max_length": "来源最多 60 字。"},
    )  # fmt: skip
    linked = forms.BooleanField(label="", required=False, initial=True)
    parts = forms.CharField(
        label="学习篇目", required=False, widget=forms.Textarea(attrs={"rows": 6}),
        help_text="要逐篇学的，一行写一篇；记学习时写“《名称》篇目”，进度就会算出来。",
    )  # fmt: skip

    def __init__(self, *args: Any, original: Document | None = None, kept: int | None = None, **kwargs: Any) -> None:
        """``original``: what it may be linked to; ``kept``: what it is linked to and this editor may not read."""
        super().__init__(*args, **kwargs)
        self.original, self.kept = original, kept
        if original is None:
            del self.fields["linked"]
        else:
            self.fields["linked"].label = f"原文是素材库里的《{original.title}》"

    def draft(self) -> SourceDraft:
        data = self.cleaned_data
        return SourceDraft(
            data["title"],
            data["kind"],
            data.get("issued_on"),
            data.get("origin", ""),
            tuple(data["parts"].splitlines()),
            self.original.pk if self.original and data["linked"] else self.kept,
        )


class CorrectSourceForm(SourceForm):
    revision = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label="更正的原因", max_length=200, error_messages={"required": "请写明更正的原因。"})


@dataclass(frozen=True)
class Text:
    """A text of the register as its line shows it."""

    progress: Progress
    url: str


@dataclass(frozen=True)
class StudiesPage:
    unit: Unit
    year: int
    years: tuple[int, ...]
    topics: tuple[TopicReach, ...]
    chosen: TopicReach | None
    texts: tuple[Text, ...]
    may_write: bool


@dataclass(frozen=True)
class SourcePage:
    unit: Unit
    progress: Progress
    parts: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]  # (篇目, ((编号, address), …))
    sessions: tuple[tuple[str, str], ...]
    original: Document | None  # if this reader may read it
    topics: tuple[tuple[str, str], ...]  # at which it stands in 学习体系
    questions: tuple[Question, ...]  # the latest asked of it
    more_questions: int
    questions_url: str
    may_write: bool


@dataclass(frozen=True)
class SourceFormPage:
    unit: Unit
    form: SourceForm
    heading: str
    back: str
    source: Source | None = None
    packs: tuple[tuple[str, str], ...] = ()  # what may be begun with: its name, its address


def source_url(source: Source, page: str = "source") -> str:
    return reverse(f"ledger:{page}", args=[source.ledger_id, source.number])


def _desk(request: HttpRequest, right: Right) -> Unit:
    return place.ledger_of(request, right)


def _year(request: HttpRequest) -> int:
    today = clock.today().year
    year = number_in(request.GET.get("year"), otherwise=today, most=today)
    return year if year >= EARLIEST else today


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """``?year=`` and ``?topic=``: whom a topic did not reach yet."""
    unit = _desk(request, Right.READ_RECORDS)
    year, today = _year(request), clock.today()
    topics = topics_reached(unit, Period.year(year), as_of=today)
    asked = request.GET.get("topic", "")
    page = StudiesPage(
        unit=unit, year=year, years=tuple(range(today.year, today.year - 5, -1)), topics=tuple(topics),
        chosen=next((one for one in topics if one.topic == asked), None),
        texts=tuple(Text(progress, source_url(progress.source)) for progress in register_of(unit)),
        may_write=Right.WRITE_RECORDS in held(request).rights_in(unit),
    )  # fmt: skip
    return render(request, "ledger/studies.html", {"page": page})


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The register with its progress as an Excel file."""
    unit = _desk(request, Right.READ_RECORDS)
    rows: list[list[Cell]] = []
    for one in register_of(unit):
        head: list[Cell] = [one.source.number, one.source.title, one.kind, one.source.issued_on, one.source.origin]
        rows += [
            [*head, title, "、".join(number for number, _ in sessions)]
            for title, sessions in [("", one.sessions), *((part.title, part.sessions) for part in one.parts)]
        ]
    headings = ["编号", "材料名称", "种类", "发布日期", "来源", "学习篇目", "学过的记录"]
    return table_response(
        name=f"{unit.short_name}学习材料", headings=headings, rows=rows, widths=(16, 36, 12, 12, 20, 30, 36)
    )


def source_for(request: HttpRequest, ledger_id: int, number: str, right: Right) -> Source:
    """The text of a ledger in which the reader has the right; to anybody else there is none."""
    return place.kept_in(request, ledger_id, right, lambda unit: find(unit, number), "没有这份学习材料。")


@require_safe
def source(request: HttpRequest, ledger_id: int, number: str) -> HttpResponse:
    found = source_for(request, ledger_id, number, Right.READ_RECORDS)
    progress = next(one for one in register_of(found.ledger) if one.source.pk == found.pk)

    def linked(sessions: tuple[tuple[str, object], ...]) -> tuple[tuple[str, str], ...]:
        return tuple((number, reverse("ledger:record", args=[ledger_id, number])) for number, _ in sessions)

    asked = bank_of(found.ledger, source=found)
    questions = tuple(asked[:MOST_QUESTIONS])
    page = SourcePage(
        unit=found.ledger, progress=progress, sessions=linked(progress.sessions),
        parts=tuple((part.title, linked(part.sessions)) for part in progress.parts),
        original=original(request, found.document_id),
        topics=tuple((one.title, reverse("study:topic", args=[ledger_id, one.pk])) for one in topics_of(found)),
        questions=questions, more_questions=asked.count() - len(questions),
        questions_url=f"{reverse('study:questions')}?{urlencode({'unit': str(ledger_id), 'source': number})}",
        may_write=Right.WRITE_RECORDS in held(request).rights_in(found.ledger),
    )  # fmt: skip
    return render(request, "ledger/source.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """``?document=``: the original in the library, which then says what it can. ``?pack=``: one of those issued together."""
    unit = _desk(request, Right.WRITE_RECORDS)
    known = original(request, number_in(request.GET.get("document"), otherwise=0, most=10**9) or None)
    form = SourceForm(typed(request), original=known, initial=_likely(known) or _packed(request))
    if request.method == "POST" and form.is_valid():
        try:
            source = enter_source(unit=unit, draft=form.draft(), by=request.user, at=clock.now())
            messages.success(request, f"已登记，编号 {source.number}。")
            return redirect(source_url(source))
        except Refusal as refusal:
            put_in(form, refusal)
    here = f"{request.path}?unit={unit.pk}&pack="
    packs = () if known else tuple((pack.title, f"{here}{pack.id}") for pack in PACKS.values())
    page = SourceFormPage(unit, form, "登记学习材料", reverse("ledger:studies"), packs=packs)
    return _form(request, page)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, ledger_id: int, number: str) -> HttpResponse:
    """更正, with its reason."""
    source = source_for(request, ledger_id, number, Right.WRITE_RECORDS)
    initial = {
        "title": source.title, "kind": source.kind, "issued_on": source.issued_on, "origin": source.origin,
        "parts": "\n".join(part.title for part in source.parts.all()), "revision": source.revision,
    }  # fmt: skip
    known = original(request, source.document_id)
    form = CorrectSourceForm(
        typed(request), original=known, kept=None if known else source.document_id, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            correct_source(
                source=source, draft=form.draft(), revision=data["revision"], reason=data["reason"], by=request.user,
                at=clock.now(),
            )  # fmt: skip
            messages.success(request, f"{source.number} 已更正。")
            return redirect(source_url(source))
        except Refusal as refusal:
            put_in(form, refusal)
            if not refusal.field:  # of the whole: somebody was quicker
                again = request.POST.copy()
                again["revision"] = str(source.revision)  # having seen the sentence, a second save is meant
                form.data = again
    return _form(request, SourceFormPage(source.ledger, form, f"更正 {source.number}", source_url(source), source))


def _likely(known: Document | None) -> dict[str, Any]:
    """What a form begins with that is opened from a document."""
    return {"title": known.title[:120], "issued_on": known.dated, "kind": "document"} if known else {}


def _packed(request: HttpRequest) -> dict[str, Any]:
    """What a form begins with that is opened from a pack."""
    pack = PACKS.get(request.GET.get("pack", ""))
    if pack is None:
        return {}
    words = {"title": pack.title, "kind": pack.kind, "issued_on": pack.issued_on, "origin": pack.origin}
    return words | {"parts": "\n".join(pack.parts)}


def _form(request: HttpRequest, page: SourceFormPage) -> HttpResponse:
    status = 422 if page.form.errors else 200
    return render(request, "ledger/source_form.html", {"page": page, "form": page.form}, status=status)
