"""取思路: a passage of the library on its way into a draft, with its numbers as blanks."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from youju.accounts.models import User
from youju.kit.refusal import NotAllowed, NotYours
from youju.library.documents.queries import Shown, shown_to
from youju.library.entitlements.queries import reader_of
from youju.people.roles.rules import Right
from youju.reports.drafts.models import Draft
from youju.reports.drafts.values import MOST_TEXT, Status
from youju.reports.ideas import idea_of
from youju.web.shared import clock
from youju.web.shared.fields import number_in
from youju.web.shared.home import held

MOST_TAKEN = 1500
LARGEST = 10**9


@dataclass(frozen=True)
class Taken:
    """A stretch of a document, as its reader has it."""

    shown: Shown
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.shown.text[self.start : self.end].strip()

    @property
    def address(self) -> str:
        return urlencode({"document": self.shown.document.pk, "start": self.start, "end": self.end})


@dataclass(frozen=True)
class Goal:
    draft: Draft
    url: str


@dataclass(frozen=True)
class IdeaPage:
    taken: Taken
    idea: str
    goals: tuple[Goal, ...]
    start_url: str


@require_safe
def idea(request: HttpRequest) -> HttpResponse:
    """What the passage becomes, and into which draft it may go."""
    taken = taken_in(request)
    if taken is None:
        raise NotYours("没有选中素材里的一段。")
    units = held(request).units_with(Right.WRITE_DRAFTS)
    if not units.exists():
        raise NotAllowed("写述职稿要有本组织的权限，请找党务工作者或书记。")
    drafts = Draft.objects.filter(unit__in=units, status=Status.DRAFT).select_related("unit").order_by("-year", "-pk")
    goals = tuple(Goal(one, f"{reverse('report:insert', args=[one.pk])}?{taken.address}") for one in drafts[:30])
    page = IdeaPage(taken, idea_of(taken.text), goals, reverse("report:drafts"))
    return render(request, "report/idea.html", {"page": page})


def taken_in(request: HttpRequest) -> Taken | None:
    """The stretch that the address names: ``?document=&start=&end=``. Raises NotYours when the document is not his."""
    number = number_in(request.GET.get("document"), otherwise=0, most=LARGEST)
    if not number:
        return None
    assert isinstance(request.user, User)
    shown = shown_to(reader_of(request.user, on=clock.today()), number)
    start = min(number_in(request.GET.get("start"), otherwise=0, most=LARGEST), len(shown.text))
    end = number_in(request.GET.get("end"), otherwise=len(shown.text), most=LARGEST)
    taken = Taken(shown, start, max(start, min(end, len(shown.text), start + MOST_TAKEN)))
    return taken if taken.text else None


def idea_in(request: HttpRequest) -> str:
    """The text with which a new passage begins: empty where nothing was taken from the library."""
    taken = taken_in(request)
    return " ".join(idea_of(taken.text).split("\n"))[:MOST_TEXT] if taken else ""
