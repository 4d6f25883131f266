"""清稿: a text as it may be handed in elsewhere. What is pasted is not kept; nothing is sent anywhere."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import quote

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from youju.audit.submission import CleanCopy, Name, clean_copy, width_of, with_names
from youju.audit.values import Finding
from youju.kit.refusal import Refusal
from youju.kit.wording import needed
from youju.paper import writing
from youju.people.models import Unit
from youju.people.roles.rules import Right
from youju.records.activities.queries import chairs_for
from youju.records.publicity.actions import MOST_TEXT
from youju.records.publicity.models import Publication
from youju.web.shared import clock, place
from youju.web.shared.fields import typed
from youju.web.shared.refusals import put_in
from youju.web.shared.sheets import docx_response
from youju.web.work.publicity_pages import lacks_consent, url_of
from youju.web.work.tabs import Frame, frame

LONGEST_NAME = 40


class CleanForm(forms.Form):
    text = forms.CharField(
        label="稿子", widget=forms.Textarea(attrs={"rows": 14}), strip=False,
        help_text=f"第一行是题目。最多 {MOST_TEXT} 字。贴在这里的文字不保存，也不发到别处。",
        error_messages={"required": "请把稿子贴进来。"},
    )  # fmt: skip


@dataclass(frozen=True)
class Choice:
    """One member's name with what was decided: kept, hidden, or nothing yet."""

    name: Name
    field: str
    decided: Literal["keep", "hide", ""]


@dataclass(frozen=True)
class CleanPage:
    frame: Frame
    one: Publication | None
    form: CleanForm
    copy: CleanCopy | None
    choices: tuple[Choice, ...]
    back: str
    lacks_consent: bool
    wanted: str = ""  # what was asked for and cannot be had yet

    @property
    def undecided(self) -> int:
        return sum(not choice.decided for choice in self.choices)

    @property
    def refuses(self) -> tuple[Finding, ...]:
        return self.copy.refuses if self.copy else ()

    @property
    def ready(self) -> bool:
        return bool(self.copy) and not self.refuses and not self.lacks_consent and not self.undecided

    @property
    def characters(self) -> int:
        return width_of(self.copy.text) if self.copy else 0


@require_http_methods(["GET", "HEAD", "POST"])
def pasted(request: HttpRequest) -> HttpResponse:
    """Of any text that is pasted."""
    unit = place.ledger_of(request, Right.WRITE_RECORDS)
    whole = frame(unit, "work:publicity")
    return _cleaned(request, unit, one=None, start="", back=whole.url)


def of_publication(request: HttpRequest, row: Publication) -> HttpResponse:
    """Of one that is kept: looked at when the page opens, so that the first view already says what is wrong."""
    card = (("做法", row.practice), ("成效", row.outcome), ("适用范围", row.use))
    parts = [row.said, row.text, *(f"{name}：{text}" for name, text in card if text)]
    return _cleaned(request, row.unit, one=row, start="\n".join(part for part in parts if part), back=url_of(row))


def _cleaned(request: HttpRequest, unit: Unit, *, one: Publication | None, start: str, back: str) -> HttpResponse:
    sent = typed(request)
    form = CleanForm(sent if sent is not None else {"text": start} if start else None)
    copy: CleanCopy | None = None
    choices: tuple[Choice, ...] = ()
    if form.is_bound and form.is_valid():
        try:
            text = needed(form.cleaned_data["text"], field="text", name="稿子", most=MOST_TEXT)
            first = _copy(text, unit)
            choices = tuple(_choice(request, name) for name in first.names)
            out = with_names(first.text, {one.name.name: one.decided != "hide" for one in choices})
            copy = replace(first, text=out)  # judged before names are hidden: 李某 is ours and no gap in the text
        except Refusal as refusal:
            put_in(form, refusal)
    wanted = request.POST.get("as", "")
    page = CleanPage(
        frame(unit, "work:publicity"), one, form, copy, choices, back, bool(one and lacks_consent(one)),
        wanted if wanted in ("txt", "docx") else "",
    )  # fmt: skip
    if copy and page.wanted and page.ready:
        return _file(copy.text, page.wanted, one)
    shown = CleanForm({"text": copy.text}) if copy else form
    faulty = bool(form.errors) or bool(page.wanted)
    return render(
        request, "work/publicity/clean.html", {"page": page, "form": shown if not form.errors else form},
        status=422 if faulty else 200,
    )  # fmt: skip


def _copy(text: str, unit: Unit) -> CleanCopy:
    day = clock.today()
    return clean_copy(text, names=[member.name for member in chairs_for(unit, day)], today=day)


def _choice(request: HttpRequest, name: Name) -> Choice:
    field = f"name-{name.name}"[:LONGEST_NAME]
    said = request.POST.get(field, "")
    return Choice(name, field, "keep" if said == "keep" else "hide" if said == "hide" else "")


def _file(text: str, kind: str, one: Publication | None) -> HttpResponse:
    title, _, body = text.partition("\n")
    name = f"{one.number if one else '报送稿'} {title[:40]}"
    if kind == "docx":
        blocks = tuple(writing.Paragraph((line,)) for line in body.split("\n") if line)
        return docx_response(writing.write_docx(writing.Paper(title=title, blocks=blocks)), name=name)
    response = HttpResponse(text + "\n", content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}.txt"
    return response
