"""名册: the list with its filters, one entry with what reached it, entering and changing, Excel both ways."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from youju.journal.queries import lines_of
from youju.journal.values import Owner
from youju.kit.refusal import NotYours, Refusal
from youju.people.imports.values import Table
from youju.people.members.queries import memberships_on
from youju.people.models import Member, Unit
from youju.people.roles.rules import Right
from youju.prose.vocabulary import KINDS
from youju.records.activities.models import Session
from youju.records.registers.actions import change_subject, enter_subject, erase_subject, import_subjects
from youju.records.registers.importing import judge_subjects
from youju.records.registers.kinds import REGISTERS, RegisterKind
from youju.records.registers.models import Subject, SubjectSet
from youju.records.registers.queries import find, register, standing_on
from youju.records.registers.values import SUBJECT_COLUMNS
from youju.records.requests.models import Request
from youju.records.visits.queries import reached_by
from youju.web.shared import clock, place
from youju.web.shared.fields import typed
from youju.web.shared.home import held
from youju.web.shared.import_page import Importer
from youju.web.shared.importing import views as import_views
from youju.web.shared.refusals import put_in
from youju.web.shared.saving import pressed
from youju.web.shared.sheets import Cell, table_response
from youju.web.work.registers_forms import MOST_PLACES, RegisterFilter, SubjectForm
from youju.web.work.tabs import Frame, frame

reads_and_posts = require_http_methods(["GET", "HEAD", "POST"])
A_PAGE = 50


@dataclass(frozen=True)
class Row:
    subject: Subject
    kind: RegisterKind
    place: str
    paired: str
    url: str


@dataclass(frozen=True)
class Count:
    kind: RegisterKind
    count: int
    url: str
    current: bool


@dataclass(frozen=True)
class ListPage:
    frame: Frame
    unit: Unit
    filters: RegisterFilter
    counts: tuple[Count, ...]
    rows: tuple[Row, ...]
    pages: Page[Subject]
    filtered: bool
    may_write: bool
    new_kind: str


@dataclass(frozen=True)
class Trace:
    verb: str
    at: object


@dataclass(frozen=True)
class SubjectPage:
    unit: Unit
    row: Row
    reached: tuple[tuple[Session, str, str], ...]
    requests: tuple[tuple[Request, str], ...]
    traces: tuple[Trace, ...]
    list_url: str
    may_write: bool


@dataclass(frozen=True)
class FormPage:
    unit: Unit
    kind: RegisterKind
    kinds: tuple[tuple[str, str, bool], ...]
    subject: Subject | None
    form: SubjectForm
    back: str

    @property
    def heading(self) -> str:
        return f"更正{self.kind.zh}" if self.subject else f"列入{self.kind.zh}"


def subject_for(request: HttpRequest, unit_id: int, kind: str, code: str, right: Right) -> Subject:
    """The entry of a register of a unit in which the reader has the right; to anybody else there is none."""
    return place.kept_in(request, unit_id, right, lambda unit: find(unit, kind, code), "名册里没有这个对象。")


def url_of(subject: Subject, page: str = "subject") -> str:
    return reverse(f"work:{page}", args=[subject.unit_id, subject.kind, subject.code])


def list_url(unit: Unit, kind: str = "") -> str:
    return f"{reverse('work:registers')}?{urlencode({'unit': unit.pk} | ({'kind': kind} if kind else {}))}"


def row_of(subject: Subject, on: date) -> Row:
    paired = "、".join(filter(None, (subject.partner.name if subject.partner else "", subject.paired_words)))
    over = subject.paired_until is not None and subject.paired_until <= on
    where = (subject.place.name or subject.place.code) if subject.place else ""
    return Row(subject, REGISTERS[subject.kind], where, f"{paired}（已结束）" if over else paired, url_of(subject))


def chosen(unit: Unit, filters: RegisterFilter, on: date) -> SubjectSet:
    rows = register(unit, filters.value("kind"), words=filters.value("words"))
    standing = filters.value("on")
    if standing == "left":
        return rows.filter(until__lte=on)
    return rows if standing == "all" else rows.standing(on)


def _desk(request: HttpRequest, right: Right) -> Unit:
    return place.ledger_of(request, right)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    unit, day = _desk(request, Right.READ_RECORDS), clock.today()
    filters = RegisterFilter(request.GET)
    pages = Paginator(chosen(unit, filters, day), A_PAGE).get_page(request.GET.get("page"))
    counted: dict[str, int] = {}
    for kind in Subject.objects.filter(unit=unit).standing(day).values_list("kind", flat=True):
        counted[kind] = counted.get(kind, 0) + 1
    kind = filters.value("kind")
    page = ListPage(
        frame=frame(unit, "work:registers"),
        unit=unit,
        filters=filters,
        counts=tuple(
            Count(one, counted.get(one.id, 0), list_url(unit, one.id), one.id == kind) for one in REGISTERS.values()
        ),
        rows=tuple(row_of(subject, day) for subject in pages),
        pages=pages,
        filtered=any(filters.value(name) for name in ("words", "kind", "on")),
        may_write=Right.WRITE_RECORDS in held(request).rights_in(unit),
        new_kind=kind or next(iter(REGISTERS)),
    )
    return render(request, "work/registers/list.html", {"page": page})


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The filtered list in the columns of the template: what was taken out can be brought in again."""
    unit, day = _desk(request, Right.READ_RECORDS), clock.today()
    rows: list[list[Cell]] = [
        [
            row.kind.zh, row.subject.code, row.subject.name, row.subject.place.code if row.subject.place else "",
            row.subject.since, row.subject.until, row.subject.partner.name if row.subject.partner else "",
            row.subject.paired_words, row.subject.paired_since, row.subject.note,
        ]
        for row in (row_of(subject, day) for subject in chosen(unit, RegisterFilter(request.GET), day))
    ]  # fmt: skip
    return table_response(
        name=f"{unit.short_name}名册",
        headings=[column.zh for column in SUBJECT_COLUMNS],
        rows=rows,
        widths=[column.width for column in SUBJECT_COLUMNS],
    )


@require_safe
def subject(request: HttpRequest, unit_id: int, kind: str, code: str) -> HttpResponse:
    row = subject_for(request, unit_id, kind, code, Right.READ_RECORDS)
    lines = lines_of(Owner("records", "subject", row.pk))
    page = SubjectPage(
        unit=row.unit,
        row=row_of(row, clock.today()),
        reached=tuple(
            (
                session,
                reverse("ledger:record", args=[session.ledger_id, session.number]),
                "、".join(KINDS[one.kind].zh for one in session.kind_rows.all()),
            )
            for session in reached_by(row)
        ),
        requests=tuple(
            (one, reverse("work:request", args=[one.unit_id, one.number]))
            for one in Request.objects.filter(subject=row).order_by("-raised_on", "-pk")
        ),
        traces=tuple(Trace(line.verb, line.at) for line in lines),
        list_url=list_url(row.unit, row.kind),
        may_write=Right.WRITE_RECORDS in held(request).rights_in(row.unit),
    )
    return render(request, "work/registers/subject.html", {"page": page})


def _form(
    request: HttpRequest, unit: Unit, kind: RegisterKind, kept: Subject | None = None
) -> SubjectForm:  # fmt: skip
    day = clock.today()
    places = [row for row in standing_on(unit, day) if row.kind == kind.place][:MOST_PLACES]
    people: list[Member] = [row.member for row in memberships_on(unit, day)]
    if kept and kept.place and kept.place not in places:
        places.append(kept.place)
    if kept and kept.partner and kept.partner not in people:
        people.append(kept.partner)
    initial: dict[str, object] = {"since": day}
    if kept:
        initial = {
            "code": kept.code, "name": kept.name, "place": kept.place_id, "since": kept.since, "until": kept.until,
            "partner": kept.partner_id, "paired_words": kept.paired_words, "paired_since": kept.paired_since,
            "paired_until": kept.paired_until, "note": kept.note, "revision": kept.revision,
        }  # fmt: skip
    return SubjectForm(typed(request), kind=kind, places=places, people=people, initial=initial)


@reads_and_posts
def new(request: HttpRequest) -> HttpResponse:
    """列入名册. ``?kind=`` says which register."""
    unit = _desk(request, Right.WRITE_RECORDS)
    kind = REGISTERS.get(request.GET.get("kind", "")) or next(iter(REGISTERS.values()))
    form = _form(request, unit, kind)
    if request.method == "POST" and form.is_valid():
        try:
            row = enter_subject(unit=unit, draft=form.draft(), by=request.user, at=clock.now())
            messages.success(request, f"{row.said} 已列入名册。")
            return redirect(url_of(row))
        except Refusal as refusal:
            put_in(form, refusal)
    kinds = tuple(
        (one.zh, f"{reverse('work:subject_new')}?{urlencode({'unit': unit.pk, 'kind': one.id})}", one.id == kind.id)
        for one in REGISTERS.values()
    )
    page = FormPage(unit, kind, kinds, None, form, list_url(unit, kind.id))
    status = 422 if form.errors else 200
    return render(request, "work/registers/form.html", {"page": page, "form": form}, status=status)


@reads_and_posts
def change(request: HttpRequest, unit_id: int, kind: str, code: str) -> HttpResponse:
    row = subject_for(request, unit_id, kind, code, Right.WRITE_RECORDS)
    form = _form(request, row.unit, REGISTERS[row.kind], row)
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["revision"] or row.revision
        try:
            now = change_subject(subject=row, draft=form.draft(), revision=seen, by=request.user, at=clock.now())
            messages.success(
                request, "名册已更正。" if not now.until else f"已记下移出日期，{now.said} 以前的走访照算。"
            )
            return redirect(url_of(now))
        except Refusal as refusal:
            put_in(form, refusal)
            if not refusal.field:  # of the whole: somebody was quicker
                again = request.POST.copy()
                again["revision"] = str(row.revision)  # having seen the sentence, a second save is meant
                form.data = again
    page = FormPage(row.unit, REGISTERS[row.kind], (), row, form, url_of(row))
    status = 422 if form.errors else 200
    return render(request, "work/registers/form.html", {"page": page, "form": form}, status=status)


@reads_and_posts
def erase(request: HttpRequest, unit_id: int, kind: str, code: str) -> HttpResponse:
    """清除姓氏和备注, asked once more before it is done: what is erased cannot be brought back."""
    row = subject_for(request, unit_id, kind, code, Right.WRITE_RECORDS)
    if not REGISTERS[row.kind].person:
        raise NotYours("这种名册没有要清除的姓氏。")
    if request.method == "POST":
        said = "姓氏和备注已清除，编号、走访和件数保留。"
        return pressed(
            request, said, lambda: erase_subject(subject=row, by=request.user, at=clock.now()), back=url_of(row)
        )
    page = {"row": row, "back": url_of(row)}
    return render(request, "work/registers/erase.html", {"page": page})


IMPORT = import_views(
    Importer(
        table=Table.SUBJECTS,
        job="work",
        heading="导入名册",
        intro="用模板，或用本组织自己的村、户、合作社名册。只读下面这几列；电话、证件号、收入等其他列不读，也不保存。村写在户的前面，编号已在名册上的跳过。",
        columns=SUBJECT_COLUMNS,
        what="名册",
        named_by=("kind", "code", "name"),
        unit_of=lambda request: _desk(request, Right.WRITE_RECORDS),
        judge=judge_subjects,
        keep=import_subjects,
        template_name="名册导入模板",
        choices=lambda unit: {"partner": [row.member.name for row in memberships_on(unit, clock.today())]},
        first="work:registers",
    )
)

ENTRY = "registers/<int:unit_id>/<str:kind>/<str:code>/"
URLS = [
    path("registers/", index, name="registers"),
    path("registers/export.xlsx", export, name="registers_export"),
    *IMPORT.urls("registers/"),
    path("registers/new/", new, name="subject_new"),
    path(ENTRY, subject, name="subject"),
    path(ENTRY + "change/", change, name="subject_change"),
    path(ENTRY + "erase/", erase, name="subject_erase"),
]
