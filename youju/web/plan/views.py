"""Pages of the plan: as it stands, what it may start from, changing its lines, adopting it, and one line with its records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from youju.duties.offers import offer_for
from youju.duties.plans.actions import CHANGED, adopt, begin, write_lines
from youju.duties.plans.models import Plan, PlanLine
from youju.duties.plans.queries import in_force, lines_of, meetings, plan_of
from youju.duties.plans.values import MOST_LINES, Line
from youju.kit.refusal import NotYours, Refusal
from youju.people.members.queries import memberships_on
from youju.people.models import Member, Unit
from youju.people.roles.queries import require
from youju.people.roles.rules import Right
from youju.people.units.values import UnitKind
from youju.web.plan.forms import HEADING_NAMES, AdoptForm, LineForm, ReasonForm, initial_of
from youju.web.plan.pages import AdoptPage, StartPage, line_page, may_see, plan_page, plan_url
from youju.web.shared import clock, place
from youju.web.shared.fields import number_in, typed
from youju.web.shared.home import held
from youju.web.shared.navigation import address
from youju.web.shared.refusals import put_in

reads_and_posts = require_http_methods(["GET", "HEAD", "POST"])
EMPTY_LINES = 3


def year_in(request: HttpRequest) -> int:
    """``?year=``, else this one; nobody plans further than the next."""
    this = clock.today().year
    year = number_in(request.GET.get("year"), otherwise=this, most=9999)
    if not this - 20 <= year <= this + 1:
        raise NotYours(f"没有{year}年的计划。")
    return year


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    unit = place.unit_of(request, Right.READ_NUMBERS)
    year, rights = year_in(request), held(request).rights_in(unit)
    plan = plan_of(unit, year)
    offered = offer_for(unit, year, None, on=clock.today()) if plan is None and Right.WRITE_DRAFTS in rights else None
    page = plan_page(unit=unit, year=year, plan=plan, rights=rights, on=clock.today(), offer=offered)
    return render(request, "plan/index.html", {"page": page})


@require_safe
def line(request: HttpRequest, line_id: int) -> HttpResponse:
    """One line: its dues, and the records behind this year's and last year's number."""
    row = PlanLine.objects.filter(pk=line_id).present().select_related("plan").first()
    if row is None:
        raise NotYours("没有这件计划事项。")
    unit = require(request.user, row.plan.unit_id, Right.READ_NUMBERS, on=clock.today())
    rights = held(request).rights_in(unit)
    plan = plan_of(unit, row.plan.year)
    if plan is None or not may_see(plan, rights):
        raise NotYours("没有这件计划事项。")
    place.stand_in(request, unit)
    page = line_page(plan=plan, line_id=line_id, rights=rights, on=clock.today())
    return render(request, "plan/line.html", {"page": page, "back": plan_url(unit, plan.year)})


@reads_and_posts
def start(request: HttpRequest) -> HttpResponse:
    """从规则、上年未完成的问题、上级要点起草; of a plan that is begun, what it does not have yet."""
    unit = place.unit_of(request, Right.WRITE_DRAFTS)
    year = year_in(request)
    plan = plan_of(unit, year)
    offered = offer_for(unit, year, plan, on=clock.today())
    wanted = plan is not None and in_force(plan)
    form = ReasonForm(typed(request), wanted=wanted)
    chosen = frozenset(request.POST.getlist("take"))
    if request.method == "POST" and form.is_valid():
        try:
            begin(
                unit=unit, year=year, lines=offered.named(chosen), reason=form.cleaned_data["reason"], by=request.user,
                at=clock.now(),
            )  # fmt: skip
            messages.success(request, "已起草，逐项看一遍、改一改，再请会议通过。" if plan is None else "已加进计划。")
            return redirect(plan_url(unit, year, "edit"))
        except Refusal as refusal:
            put_in(form, refusal)
    page = StartPage(unit=unit, year=year, offer=offered, needs_reason=wanted, exists=plan is not None)
    context = {
        "page": page,
        "form": form,
        "back": plan_url(unit, year),
        "chosen": chosen,
        "all": request.method != "POST",
    }
    return render(request, "plan/start.html", context, status=422 if form.errors else 200)


# -- changing ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class EditPage:
    unit: Unit
    year: int
    plan: Plan
    revision: int
    forms: tuple[LineForm, ...]
    shows_faults: bool
    may_grow: bool
    headings: tuple[str, ...]
    sends_down: bool
    adopted: bool

    @property
    def faulty(self) -> int:
        return sum(bool(form.errors) for form in self.forms) if self.shows_faults else 0


@reads_and_posts
def edit(request: HttpRequest) -> HttpResponse:
    """The whole table in one form, so that it is changed, moved and shortened at once, without a script."""
    unit = place.unit_of(request, Right.WRITE_DRAFTS)
    year = year_in(request)
    plan = plan_of(unit, year)
    if plan is None:
        return redirect(plan_url(unit, year, "start"))
    lines = lines_of(plan)
    adopted = in_force(plan)
    revision = number_in(request.POST.get("revision"), otherwise=plan.revision, most=10**9)
    if request.method != "POST":
        forms = _forms(request, unit, plan, lines, len(lines) + (0 if lines else EMPTY_LINES))
        return _show(request, unit, plan, forms, ReasonForm(wanted=adopted), revision)
    count = min(number_in(request.POST.get("lines"), otherwise=len(lines), most=MOST_LINES * 2), MOST_LINES * 2)
    forms = _forms(request, unit, plan, lines, count)
    reason = ReasonForm(request.POST, wanted=adopted)
    if "more" in request.POST:
        more = _blank(unit, plan, count, EMPTY_LINES)
        bare = ReasonForm(initial={"reason": request.POST.get("reason", "")}, wanted=adopted)
        return _show(request, unit, plan, [*forms, *more], bare, revision, faults=False)
    if all([reason.is_valid(), *(form.is_valid() for form in forms)]):
        standing = sorted(
            (form for form in forms if form.is_line), key=lambda form: form.cleaned_data["order"] or 10**6
        )
        try:
            _refuse_vanished(request, forms)
            write_lines(
                plan=plan, lines=[form.draft() for form in standing], revision=revision,
                reason=reason.cleaned_data["reason"], by=request.user, at=clock.now(),
            )  # fmt: skip
            messages.success(request, "计划已保存。")
            return redirect(plan_url(unit, plan.year))
        except Refusal as refusal:
            _put(refusal, standing, reason)
            revision = plan.revision if refusal.sentence == CHANGED else revision
    return _show(request, unit, plan, forms, reason, revision)


def _refuse_vanished(request: HttpRequest, forms: Sequence[LineForm]) -> None:
    """A line that somebody took out meanwhile comes back as a new one; he who typed is told before that happens."""
    if any(form.kept is None and request.POST.get(f"{form.prefix}-id") for form in forms):
        raise Refusal("", CHANGED)


def _put(refusal: Refusal, forms: Sequence[LineForm], reason: ReasonForm) -> None:
    position, colon, field = refusal.field.partition(":")
    if not colon:
        put_in(reason, refusal)
        return
    form = forms[int(position)]
    form.add_error(field if field in form.fields else None, refusal.sentence)


def _forms(request: HttpRequest, unit: Unit, plan: Plan, lines: Sequence[Line], count: int) -> list[LineForm]:
    """The forms as sent, or those of the lines as they stand."""
    sent, people = typed(request), _people(unit, plan)
    sends_down = unit.kind != UnitKind.BRANCH
    by_id = {line.id: line for line in lines}
    found = []
    for at in range(count):
        if sent is None:
            kept = lines[at] if at < len(lines) else None
            initial = initial_of(kept, at + 1) if kept else {"order": at + 1}
        else:
            kept = by_id.get(number_in(sent.get(f"{at}-id"), otherwise=0, most=10**18))
            initial = {}
        found.append(LineForm(sent, prefix=str(at), initial=initial, people=people, kept=kept, sends_down=sends_down))
    return found


def _blank(unit: Unit, plan: Plan, since: int, count: int) -> list[LineForm]:
    people, sends_down = _people(unit, plan), unit.kind != UnitKind.BRANCH
    return [
        LineForm(prefix=str(at), initial={"order": at + 1}, people=people, kept=None, sends_down=sends_down)
        for at in range(since, since + count)
    ]


def _people(unit: Unit, plan: Plan) -> list[Member]:
    """Who may answer for a line: the members of today, or of the year's last day once it is over."""
    day = min(clock.today(), clock.today().replace(year=plan.year, month=12, day=31))
    return [row.member for row in memberships_on(unit, day)] if unit.kind == UnitKind.BRANCH else []


def _show(
    request: HttpRequest,
    unit: Unit,
    plan: Plan,
    forms: Sequence[LineForm],
    reason: ReasonForm,
    revision: int,
    *,
    faults: bool = True,
) -> HttpResponse:
    used = [form.kept.heading for form in forms if form.kept]
    page = EditPage(
        unit=unit, year=plan.year, plan=plan, revision=revision, forms=tuple(forms), shows_faults=faults and request.method == "POST",
        may_grow=len(forms) < MOST_LINES, headings=tuple(dict.fromkeys([*used, *HEADING_NAMES])),
        sends_down=unit.kind != UnitKind.BRANCH, adopted=in_force(plan),
    )  # fmt: skip
    wrong = page.faulty or (faults and reason.errors)
    context = {"page": page, "form": reason, "back": plan_url(unit, plan.year)}
    return render(request, "plan/edit.html", context, status=422 if wrong else 200)


# -- adoption ---------------------------------------------------------------------------------------------------------


@reads_and_posts
def adoption(request: HttpRequest) -> HttpResponse:
    """通过: which recorded meeting adopted the plan."""
    unit = place.unit_of(request, Right.SIGN_OFF)
    year = year_in(request)
    plan = plan_of(unit, year)
    if plan is None:
        messages.warning(request, "这一年的计划还没有起草，先起草再登记通过。")
        return redirect(plan_url(unit, year))
    found = tuple(meetings(unit, year, on=clock.today()))
    form = AdoptForm(typed(request), meetings=found, initial={"revision": plan.revision})
    if request.method == "POST" and form.is_valid():
        session = next(row for row in found if row.pk == form.cleaned_data["session"])
        try:
            adopt(plan=plan, session=session, revision=form.cleaned_data["revision"], by=request.user, at=clock.now())
            messages.success(request, f"{year}年度计划已由 {session.number} 通过，从现在起按它提醒。")
            return redirect(plan_url(unit, year))
        except Refusal as refusal:
            put_in(form, refusal)
    page = AdoptPage(
        unit=unit, year=year, plan=plan, lines=len(lines_of(plan)), meetings=found,
        record_url=f"{address('ledger:new')}?unit={unit.pk}&kinds=committee_meeting",
    )  # fmt: skip
    context = {"page": page, "form": form, "back": plan_url(unit, year), "revision": plan.revision}
    return render(request, "plan/adopt.html", context, status=422 if form.errors else 200)
