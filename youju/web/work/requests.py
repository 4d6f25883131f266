"""诉求: the list grouped by how they stand, one request, and each step from asking to its end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from youju.journal.queries import lines_of
from youju.journal.values import Owner
from youju.kit.periods import Period
from youju.kit.refusal import Refusal
from youju.people.models import Member, Unit
from youju.people.roles.rules import Right
from youju.records.activities.models import Session
from youju.records.activities.queries import chairs_for
from youju.records.registers.queries import standing_on
from youju.records.requests.actions import answer, arrange, close_request, erase_request, raise_request
from youju.records.requests.models import Request
from youju.records.requests.queries import find, requests_of
from youju.records.requests.rules import Stage, stage
from youju.records.requests.values import RequestDraft
from youju.records.visits.queries import meant, visits_of
from youju.web.shared import clock, place
from youju.web.shared.fields import number_in, typed
from youju.web.shared.home import held
from youju.web.shared.refusals import put_in
from youju.web.shared.sheets import Cell, table_response
from youju.web.work.requests_forms import ActionForm, EndForm, ReplyForm, RequestForm
from youju.web.work.tabs import Frame, frame
from youju.web.work.visits import MOST_OFFERED, record_url

reads_and_posts = require_http_methods(["GET", "HEAD", "POST"])
MARKS = {Stage.OVERDUE: "late", Stage.TODO: "todo", Stage.GOING: "half", Stage.ANSWERED: "done", Stage.CLOSED: "done"}
MOST_VISITS = 60


@dataclass(frozen=True)
class Row:
    request: Request
    stage: Stage
    mark: str
    whose: str
    days: int
    url: str


@dataclass(frozen=True)
class Group:
    stage: Stage
    rows: tuple[Row, ...]

    @property
    def heading(self) -> str:
        return "逾期，先办这些" if self.stage is Stage.OVERDUE else self.stage.zh


@dataclass(frozen=True)
class ListPage:
    frame: Frame
    unit: Unit
    groups: tuple[Group, ...]
    total: int
    overdue: int
    may_write: bool


@dataclass(frozen=True)
class Trace:
    verb: str
    at: object


@dataclass(frozen=True)
class RequestPage:
    unit: Unit
    request: Request
    row: Row
    visit_url: str
    subject_url: str
    traces: tuple[Trace, ...]
    ending: EndForm
    may_write: bool
    list_url: str

    @property
    def may_end(self) -> bool:
        return self.may_write and self.row.stage is Stage.ANSWERED


@dataclass(frozen=True)
class StepPage:
    unit: Unit
    request: Request | None
    form: RequestForm | ActionForm | ReplyForm
    heading: str
    verb: str
    back: str
    offered: tuple[str, ...] = ()
    revision: object = None


def url_of(request: Request, page: str = "request") -> str:
    return reverse(f"work:{page}", args=[request.unit_id, request.number])


def list_url(unit: Unit) -> str:
    return f"{reverse('work:requests')}?unit={unit.pk}"


def row_of(request: Request, on: date) -> Row:
    stands = stage(
        planned=bool(request.plan or request.owner_id), due_on=request.due_on, replied_on=request.replied_on,
        closed_on=request.closed_on, on=on,
    )  # fmt: skip
    days = abs((request.due_on - on).days) if request.due_on else 0
    return Row(request, stands, MARKS[stands], request.subject.said if request.subject else "", days, url_of(request))


def _desk(request: HttpRequest, right: Right) -> Unit:
    return place.ledger_of(request, right)


def request_for(request: HttpRequest, unit_id: int, number: str, right: Right) -> Request:
    """The request of a unit in which the reader has the right; to anybody else there is none."""
    return place.kept_in(request, unit_id, right, lambda unit: find(unit, number), "没有这件诉求。")


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    unit, day = _desk(request, Right.READ_RECORDS), clock.today()
    rows = [row_of(one, day) for one in requests_of(unit)]
    groups = []
    for stands in Stage:
        found = [row for row in rows if row.stage is stands]
        if stands in (Stage.ANSWERED, Stage.CLOSED):
            found.sort(key=lambda row: row.request.closed_on or row.request.replied_on or day, reverse=True)
        else:
            found.sort(key=lambda row: (row.request.due_on or date.max, row.request.pk))
        if found:
            groups.append(Group(stands, tuple(found)))
    page = ListPage(
        frame=frame(unit, "work:requests"),
        unit=unit,
        groups=tuple(groups),
        total=len(rows),
        overdue=sum(row.stage is Stage.OVERDUE for row in rows),
        may_write=Right.WRITE_RECORDS in held(request).rights_in(unit),
    )
    return render(request, "work/requests/list.html", {"page": page})


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    unit, day = _desk(request, Right.READ_RECORDS), clock.today()
    rows: list[list[Cell]] = [
        [
            row.request.number, row.request.said, row.whose, row.request.session.number if row.request.session else "",
            row.request.raised_on, row.stage.zh, row.request.plan, row.request.owner.name if row.request.owner else "",
            row.request.due_on, row.request.reply, row.request.replied_on, row.request.closed_on,
        ]
        for row in (row_of(one, day) for one in requests_of(unit))
    ]  # fmt: skip
    headings = [
        "编号",
        "诉求",
        "谁提的",
        "走访",
        "提出日期",
        "状态",
        "办理措施",
        "责任人",
        "时限",
        "答复",
        "答复日期",
        "办结日期",
    ]
    return table_response(
        name=f"{unit.short_name}诉求清单", headings=headings, rows=rows,
        widths=(16, 36, 22, 16, 12, 10, 36, 12, 12, 36, 12, 12),
    )  # fmt: skip


@reads_and_posts
def new(request: HttpRequest) -> HttpResponse:
    """登记诉求. ``?session=`` is the visit at which it came up."""
    unit, day = _desk(request, Right.WRITE_RECORDS), clock.today()
    visits = list(visits_of(unit, Period(date(day.year - 1, 1, 1), day))[:MOST_VISITS])
    wanted = number_in(request.GET.get("session"), otherwise=0, most=10**9)
    at_visit = next((row for row in visits if row.pk == wanted), None) or _visit(unit, wanted)
    if at_visit and at_visit not in visits:
        visits.insert(0, at_visit)
    reached = [row.subject for row in at_visit.coverage.select_related("subject__place")] if at_visit else []
    likely = {
        "raised_on": at_visit.held_on if at_visit else day, "session": at_visit.pk if at_visit else None,
        "subject": reached[0].said if len(reached) == 1 else "",
    }  # fmt: skip
    form = RequestForm(typed(request), visits=visits, initial=likely)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            found = meant(unit, data["subject"], on=data["raised_on"], field="subject")
            if len(found) > 1:
                raise Refusal("subject", "一件诉求写一个对象。")
            draft = RequestDraft(data["text"], data["raised_on"], data["session"], found[0].pk if found else None)
            made = raise_request(unit=unit, draft=draft, by=request.user, at=clock.now())
            messages.success(request, f"已登记诉求，编号 {made.number}。")
            return redirect(url_of(made))
        except Refusal as refusal:
            put_in(form, refusal)
    offered = tuple(row.said for row in standing_on(unit, day)[:MOST_OFFERED])
    page = StepPage(unit, None, form, "登记诉求", "登记", list_url(unit), offered)
    return _step(request, page)


def _visit(unit: Unit, pk: int) -> Session | None:
    return Session.objects.happened().filter(pk=pk, ledger=unit).first()


def _step(request: HttpRequest, page: StepPage) -> HttpResponse:
    status = 422 if page.form.errors else 200
    return render(request, "work/requests/step.html", {"page": page, "form": page.form}, status=status)


@require_safe
def request(request: HttpRequest, unit_id: int, number: str) -> HttpResponse:
    return _show(request, request_for(request, unit_id, number, Right.READ_RECORDS), None)


def _show(http: HttpRequest, found: Request, ending: EndForm | None) -> HttpResponse:
    day = clock.today()
    subject = found.subject
    page = RequestPage(
        unit=found.unit,
        request=found,
        row=row_of(found, day),
        visit_url=record_url(found.session) if found.session else "",
        subject_url=reverse("work:subject", args=[subject.unit_id, subject.kind, subject.code]) if subject else "",
        traces=tuple(Trace(line.verb, line.at) for line in lines_of(Owner("records", "request", found.pk))),
        ending=ending or EndForm(initial={"closed_on": day}),
        may_write=Right.WRITE_RECORDS in held(http).rights_in(found.unit) and found.erased_at is None,
        list_url=list_url(found.unit),
    )
    status = 422 if page.ending.errors else 200
    return render(http, "work/requests/request.html", {"page": page, "form": page.ending}, status=status)


@reads_and_posts
def plan(request: HttpRequest, unit_id: int, number: str) -> HttpResponse:
    """定办理措施."""
    found = request_for(request, unit_id, number, Right.WRITE_RECORDS)
    people: list[Member] = chairs_for(found.unit, clock.today())
    if found.owner and found.owner not in people:
        people.append(found.owner)
    likely = {"plan": found.plan, "owner": found.owner_id, "due_on": found.due_on, "revision": found.revision}
    form = ActionForm(typed(request), people=people, initial=likely)
    seen: object = request.POST.get("revision", found.revision)
    if request.method == "POST" and form.is_valid():
        try:
            read = form.cleaned_data["revision"] or found.revision
            arrange(request=found, draft=form.draft(), revision=read, by=request.user, at=clock.now())
            messages.success(request, "办理措施已记下。")
            return redirect(url_of(found))
        except Refusal as refusal:
            put_in(form, refusal)
            if not refusal.field:  # of the whole: somebody was quicker; having read it, a second save is meant
                seen = find(found.unit, number).revision  # type: ignore[union-attr]
    return _step(request, StepPage(found.unit, found, form, "定办理措施", "保存措施", url_of(found), (), seen))


@reads_and_posts
def reply(request: HttpRequest, unit_id: int, number: str) -> HttpResponse:
    """答复."""
    found = request_for(request, unit_id, number, Right.WRITE_RECORDS)
    likely = {"reply": found.reply, "replied_on": found.replied_on or clock.today(), "revision": found.revision}
    form = ReplyForm(typed(request), initial=likely)
    seen: object = request.POST.get("revision", found.revision)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            answer(
                request=found, reply=data["reply"], on=data["replied_on"], revision=data["revision"] or found.revision,
                by=request.user, at=clock.now(),
            )  # fmt: skip
            messages.success(request, "答复已记下。对方没有别的意见，就可以办结。")
            return redirect(url_of(found))
        except Refusal as refusal:
            put_in(form, refusal)
            if not refusal.field:
                seen = find(found.unit, number).revision  # type: ignore[union-attr]
    return _step(request, StepPage(found.unit, found, form, "答复", "保存答复", url_of(found), (), seen))


@require_POST
def close(request: HttpRequest, unit_id: int, number: str) -> HttpResponse:
    """办结."""
    found = request_for(request, unit_id, number, Right.WRITE_RECORDS)
    form = EndForm(request.POST)
    if form.is_valid():
        try:
            close_request(request=found, on=form.cleaned_data["closed_on"], by=request.user, at=clock.now())
            messages.success(request, f"{found.number} 已办结。")
            return redirect(url_of(found))
        except Refusal as refusal:
            put_in(form, refusal)
    return _show(request, found, form)


@reads_and_posts
def erase(request: HttpRequest, unit_id: int, number: str) -> HttpResponse:
    """清除诉求内容, asked once more before it is done: what is erased cannot be brought back."""
    found = request_for(request, unit_id, number, Right.WRITE_RECORDS)
    if request.method == "POST":
        try:
            erase_request(request=found, by=request.user, at=clock.now())
            messages.success(request, "内容已清除，件数和日期保留。")
        except Refusal as refusal:
            messages.info(request, refusal.sentence)
        return redirect(url_of(found))
    page = {"unit": found.unit, "request": found, "back": url_of(found)}
    return render(request, "work/requests/erase.html", {"page": page})


ONE = "requests/<int:unit_id>/<str:number>/"
URLS = [
    path("requests/", index, name="requests"),
    path("requests/export.xlsx", export, name="requests_export"),
    path("requests/new/", new, name="request_new"),
    path(ONE, request, name="request"),
    path(ONE + "plan/", plan, name="request_plan"),
    path(ONE + "reply/", reply, name="request_reply"),
    path(ONE + "close/", close, name="request_close"),
    path(ONE + "erase/", erase, name="request_erase"),
]
