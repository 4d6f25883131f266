"""请求更正 on 我的: the reader says what is wrong about himself, or in one record that names him."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from youju.kit.periods import chinese_date
from youju.kit.refusal import NotYours, Refusal
from youju.people.corrections.actions import ask
from youju.people.corrections.values import MOST_SIGNS
from youju.people.models import Member, Membership, Unit
from youju.people.units.queries import ledger_unit
from youju.records.activities.values import Status
from youju.records.models import Campaign, Problem, Project, Publication, RosterRow, Session
from youju.web.me.views import own_member
from youju.web.shared import clock
from youju.web.shared.fields import typed
from youju.web.shared.refusals import put_in

MOST_RECORD = 40  # signs of a record's name that a request keeps
HIMSELF = ("", "本人情况（姓名、组织关系、职务）")


@dataclass(frozen=True)
class About:
    """What a request may be about: who keeps it, its number, and its line in the list to choose from."""

    unit_id: int
    number: str
    line: str

    @property
    def key(self) -> str:
        return f"{self.unit_id}/{self.number}"


class CorrectionForm(forms.Form):
    about = forms.ChoiceField(
        label="关于", required=False, error_messages={"invalid_choice": "请从列表里选一条有您的记录。"}
    )
    text = forms.CharField(
        label="哪里不对，应当是什么",
        max_length=MOST_SIGNS,
        help_text=f"写清楚就好，最多 {MOST_SIGNS} 字；不要写身份证号、病情等。",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "请写哪里不对。", "max_length": f"最多 {MOST_SIGNS} 字，请写短一些。"},
    )

    def __init__(self, *args: object, records: list[About], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["about"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [HIMSELF, *((one.key, one.line) for one in records)]


def records_of(member: Member) -> list[About]:
    """Every record that names him, the latest first.

    Where his own unit joined another's, it keeps its list: the host reads no name of it and could not mend it.
    """
    joined = {
        row.session_id: ledger_unit(row.unit)
        for row in RosterRow.objects.filter(member=member).select_related("unit__parent", "session__ledger")
        if not row.unit.path.startswith(row.session.ledger.path)
    }
    his = Q(roster__member=member) | Q(chair=member) | Q(recorder=member) | Q(lecturer=member)
    sessions = Session.objects.filter(pk__in=Session.objects.filter(his).values("pk")).exclude(status=Status.REMOVED)
    found = [_about(row, joined.get(row.pk)) for row in sessions.select_related("ledger").order_by("-starts_at", "-pk")]
    problems = Problem.objects.filter(pk__in=Problem.objects.filter(measures__owner=member).values("pk"))
    led = Q(pk__in=Project.objects.filter(Q(owner=member) | Q(milestones__owner=member)).values("pk"))
    given = Q(pk__in=Campaign.objects.filter(tasks__owner=member).values("pk"))
    beside = [
        *problems.order_by("-found_on", "-pk"),
        *Project.objects.filter(led).order_by("-since", "-pk"),
        *Campaign.objects.filter(given).order_by("-since", "-pk"),
        *Publication.objects.filter(person=member, erased_at__isnull=True).order_by("-dated_on", "-pk"),
    ]
    return found + [About(row.unit_id, row.number, f"{row.number} {row.title}") for row in beside]


def _about(session: Session, joined: Unit | None) -> About:
    """``joined`` is his unit where it took part; a number alone would be one of its own ledger there."""
    number = f"{session.number}（{session.ledger.short_name}主办）"[:MOST_RECORD] if joined else session.number
    return About(
        joined.pk if joined else session.ledger_id, number, f"{number} {chinese_date(session.held_on)} {session.title}"
    )


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    member = own_member(request)
    rows = (
        Membership.objects.filter(member=member).select_related("unit__parent") if member else Membership.objects.none()
    )
    home = rows.order_by("-since").first()
    if member is None or home is None:
        raise NotYours("这个账号没有关联党员，没有可以更正的内容。")
    records = records_of(member)
    form = CorrectionForm(typed(request), records=records, initial={"about": request.GET.get("about", "")})
    if request.method == "POST" and form.is_valid():
        chosen = next((one for one in records if one.key == form.cleaned_data["about"]), None)
        unit = Unit.objects.get(pk=chosen.unit_id) if chosen else ledger_unit(home.unit)
        try:
            ask(
                member=member, unit=unit, record=chosen.number if chosen else "", text=form.cleaned_data["text"],
                by=request.user, at=clock.now(),
            )  # fmt: skip
            messages.success(request, f"已提交给{unit.short_name}的党务工作者，答复会显示在这里。")
            return redirect("me:index")
        except Refusal as refusal:
            put_in(form, refusal)
    return render(request, "me/correct.html", {"form": form}, status=422 if form.errors else 200)
