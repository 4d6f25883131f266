"""更正请求: what members say is wrong, for who keeps the ledger; each is answered once, with a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from youju.duties.workdays.queries import workdays
from youju.duties.workdays.rules import Workdays
from youju.kit.refusal import NotYours, Refusal
from youju.kit.zone import local_day
from youju.people.corrections.actions import answer
from youju.people.corrections.models import Correction
from youju.people.corrections.queries import ABOUT_HIMSELF, corrections_of
from youju.people.corrections.rules import too_long, working_days
from youju.people.corrections.values import MOST_SIGNS, PATIENCE, Outcome
from youju.people.models import Unit
from youju.people.roles.queries import require
from youju.people.roles.rules import Right
from youju.records.activities.queries import find as find_session
from youju.records.campaigns.queries import find as find_campaign
from youju.records.problems.queries import find as find_problem
from youju.records.projects.queries import find as find_project
from youju.records.publicity.queries import find as find_publication
from youju.web.shared import clock, place
from youju.web.shared.fields import typed
from youju.web.shared.refusals import put_in


class AnswerForm(forms.Form):
    outcome = forms.ChoiceField(
        label="处理",
        choices=[(one.value, one.zh) for one in Outcome],
        widget=forms.RadioSelect,
        error_messages={"required": "请选已改还是不改。", "invalid_choice": "请选已改还是不改。"},
    )
    answer = forms.CharField(
        label="答复",
        max_length=MOST_SIGNS,
        help_text="改了什么，或者为什么不改。他本人会看到。",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写答复。", "max_length": f"最多 {MOST_SIGNS} 字，请写短一些。"},
    )


@dataclass(frozen=True)
class Row:
    """One request as it stands today."""

    correction: Correction
    about: str
    waited: int
    late: bool

    @property
    def open(self) -> bool:
        return self.correction.answered_at is None


@dataclass(frozen=True)
class CorrectionsPage:
    unit: Unit
    rows: tuple[Row, ...]
    patience: int = PATIENCE

    @property
    def open(self) -> int:
        return sum(row.open for row in self.rows)

    @property
    def late(self) -> int:
        return sum(row.late for row in self.rows)


@dataclass(frozen=True)
class CorrectionPage:
    unit: Unit
    row: Row
    record_url: str


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    unit = place.unit_of(request, Right.WRITE_ROSTER)
    on, calendar = clock.today(), workdays()
    rows = tuple(_row(correction, on, calendar) for correction in corrections_of(unit))
    return render(request, "people/corrections.html", {"page": CorrectionsPage(unit, rows)})


@require_http_methods(["GET", "HEAD", "POST"])
def correction(request: HttpRequest, correction_id: int) -> HttpResponse:
    """One request, and the form that answers it."""
    found = Correction.objects.select_related("member").filter(pk=correction_id).first()
    if found is None:
        raise NotYours("没有这条更正请求。")
    unit = place.stand_in(request, require(request.user, found.unit_id, Right.WRITE_ROSTER, on=clock.today()))
    form = AnswerForm(typed(request))
    if request.method == "POST" and form.is_valid():
        outcome, text = Outcome(form.cleaned_data["outcome"]), form.cleaned_data["answer"]
        try:
            answer(correction=found, outcome=outcome, text=text, by=request.user, at=clock.now())
            messages.success(request, f"已答复“{outcome.zh}”，他本人能看到。")
            return redirect("people:corrections")
        except Refusal as refusal:
            put_in(form, refusal)
    page = CorrectionPage(unit, _row(found, clock.today(), workdays()), _record_url(unit, found.record))
    status = 422 if form.errors else 200
    return render(request, "people/correction.html", {"page": page, "form": form}, status=status)


def _row(correction: Correction, on: date, calendar: Workdays) -> Row:
    asked, ended = local_day(correction.asked_at), correction.answered_at
    until = local_day(ended) if ended else on
    waited = working_days(asked, until, off=calendar.off)
    return Row(correction, correction.record or ABOUT_HIMSELF, waited, ended is None and too_long(waited))


def _record_url(unit: Unit, number: str) -> str:
    """Where the record is that he means; empty for himself, and when it was removed meanwhile."""
    if number and find_session(unit, number):
        return reverse("ledger:record", args=[unit.pk, number])
    beside = {
        "problems:problem": find_problem,
        "work:project": find_project,
        "work:campaign": find_campaign,
        "work:publication": find_publication,
    }
    page = next((page for page, find in beside.items() if number and find(unit, number)), "")
    return reverse(page, args=[unit.pk, number]) if page else ""
