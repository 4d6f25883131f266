"""走访: the coverage and who was not reached, 记一户 on the phone, and whom a record reached."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from django.contrib import messages
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from youju.kit.periods import chinese_date
from youju.kit.refusal import NotYours, Refusal
from youju.people.models import Member, Unit
from youju.people.roles.queries import require
from youju.people.roles.rules import Right
from youju.prose.vocabulary import KINDS
from youju.records.activities.models import Session
from youju.records.activities.queries import chairs_for, find
from youju.records.registers.models import Subject
from youju.records.registers.queries import standing_on
from youju.records.visits.actions import CHANGED, cover, record_visit
from youju.records.visits.queries import covered_by, may_cover, meant, revision_of, visited_on
from youju.records.visits.values import VisitDraft
from youju.store.actions import keep
from youju.store.models import StoredFile
from youju.store.rules import MAX_BYTES
from youju.web.shared import clock, place
from youju.web.shared.fields import number_in, typed
from youju.web.shared.home import held
from youju.web.shared.refusals import put_in
from youju.web.shared.sheets import Cell, table_response
from youju.web.work.visits_forms import CoverageFilter, ReachedForm, VisitForm
from youju.web.work.visits_pages import CoveragePage, Visit, coverage_page, recent

reads_and_posts = require_http_methods(["GET", "HEAD", "POST"])
MOST_OFFERED = 500
SALT = "visit-photo"


def _desk(request: HttpRequest, right: Right) -> Unit:
    return place.ledger_of(request, right)


def record_url(session: Session) -> str:
    return reverse("ledger:record", args=[session.ledger_id, session.number])


def _coverage(request: HttpRequest, *, whole: bool = False) -> CoveragePage:
    unit, day = _desk(request, Right.READ_RECORDS), clock.today()
    filters = CoverageFilter(request.GET, today=day)
    return coverage_page(unit, filters, on=day, number=request.GET.get("page"), whole=whole)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    page = _coverage(request)
    visits = [
        Visit(
            session,
            "、".join(KINDS[row.kind].zh for row in session.kind_rows.all()),
            record_url(session),
            len(session.coverage.all()),
        )
        for session in recent(page.unit, page.filters.period)
    ]
    shown = {
        "page": page,
        "visits": visits,
        "may_write": Right.WRITE_RECORDS in held(request).rights_in(page.unit),
    }
    return render(request, "work/visits/coverage.html", shown)


@require_safe
def printed(request: HttpRequest) -> HttpResponse:
    return render(request, "work/visits/print.html", {"page": _coverage(request, whole=True), "on": clock.today()})


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    page = _coverage(request, whole=True)
    rows: list[list[Cell]] = [
        [line.code, line.name, "走到了" if line.days else "还没走到", line.last, len(line.days)] for line in page.lines
    ]
    zh = page.open.kind.zh if page.open else "名册"
    return table_response(
        name=f"{page.unit.short_name}{page.filters.span}走访{zh}情况",
        headings=["编号", "对象", "走访", "最近一次", "次数"],
        rows=rows,
        widths=(14, 32, 12, 14, 8),
    )


@dataclass(frozen=True)
class VisitPage:
    unit: Unit
    form: VisitForm
    offered: tuple[str, ...]
    there: Session | None
    there_url: str
    photo_kept: bool


def _kept_photo(request: HttpRequest, form: VisitForm) -> StoredFile | None:
    """The photo of this form, or the one that came with it before it was asked what to do: nobody takes it twice."""
    photo = form.cleaned_data.get("photo")
    if photo:
        if photo.size > MAX_BYTES:
            raise Refusal("photo", f"照片超过 {MAX_BYTES // 1024 // 1024} MB，请缩小后再传。")
        try:
            return keep(data=photo.read(), by=request.user, at=clock.now())
        except Refusal as refusal:
            raise Refusal("photo", refusal.sentence) from refusal
    try:
        signed = Signer(salt=SALT).unsign(form.cleaned_data.get("kept") or "")
    except BadSignature:
        return None
    user, _, pk = signed.partition(".")
    return (
        StoredFile.objects.filter(pk=number_in(pk, otherwise=0, most=10**9)).first()
        if user == str(request.user.pk)
        else None
    )


@reads_and_posts
def new(request: HttpRequest) -> HttpResponse:
    """记一户. ``?who=`` is the entry of a register it begins with. A second visit of the day is asked about first."""
    unit, day = _desk(request, Right.WRITE_RECORDS), clock.today()
    subjects = standing_on(unit, day)
    people = chairs_for(unit, day)
    form = VisitForm(typed(request), request.FILES or None, people=people, initial=_likely(request, subjects, people))
    there: Session | None = None
    kept = ""
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            photo = _kept_photo(request, form)
            kept = Signer(salt=SALT).sign(f"{request.user.pk}.{photo.pk}") if photo else ""
            found = meant(unit, data["who"], on=data["day"], field="who")
            if len(found) != 1:
                raise Refusal("who", "一次记一户；走了几户请分开记，或在台账里记一次走访、写上走到的对象。")
            there = visited_on(found[0], data["day"])
            do = request.POST.get("do")
            again = there is not None and there.form_key == data["form_key"]
            if there is None or do in ("merge", "again") or again:
                session = record_visit(
                    unit=unit, draft=VisitDraft(found[0].pk, data["day"], tuple(data["went"]), data["said"]),
                    photo=photo, into=there if do == "merge" else None, again=do == "again",
                    form_key=data["form_key"] or None, by=request.user, at=clock.now(),
                )  # fmt: skip
                said = f"已合并到 {session.number}。" if do == "merge" else f"已记下，编号 {session.number}。"
                messages.success(request, f"{said}有要办的事，可以接着登记诉求。")
                return redirect(record_url(session))
        except Refusal as refusal:
            there = None
            put_in(form, refusal)
    if kept:  # shown again with the form, so that nobody takes the photo twice
        again_data = request.POST.copy()
        again_data["kept"] = kept
        form.data = again_data
    page = VisitPage(
        unit, form, tuple(row.said for row in subjects[:MOST_OFFERED]), there, record_url(there) if there else "",
        bool(kept or form["kept"].value()),
    )  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "work/visits/new.html", {"page": page, "form": form}, status=status)


def _likely(request: HttpRequest, subjects: list[Subject], people: list[Member]) -> dict[str, object]:
    wanted = number_in(request.GET.get("who"), otherwise=0, most=10**9)
    known = next((row.said for row in subjects if row.pk == wanted), "")
    own = Member.objects.filter(user=request.user.pk or 0).values_list("pk", flat=True).first()
    return {
        "who": known, "day": clock.today(), "form_key": secrets.token_hex(16),
        "went": [own] if own in {person.pk for person in people} else [],
    }  # fmt: skip


@dataclass(frozen=True)
class ReachedPage:
    unit: Unit
    session: Session
    form: ReachedForm
    offered: tuple[str, ...]
    back: str
    now: tuple[str, ...]  # whom it reached in the meantime, for who was not the first to save


def session_for(request: HttpRequest, ledger_id: int, number: str) -> Session:
    ledger = require(request.user, ledger_id, Right.WRITE_RECORDS, on=clock.today())
    session = find(ledger, number)
    if session is None or not may_cover(row.kind for row in session.kind_rows.all()):
        raise NotYours("没有这条走访记录，或者它已经删除。")
    place.stand_in(request, ledger)
    return session


@reads_and_posts
def reached(request: HttpRequest, ledger_id: int, number: str) -> HttpResponse:
    """Whom a record reached, as words one a line."""
    session = session_for(request, ledger_id, number)
    there = covered_by(session)
    seen = revision_of(session)
    form = ReachedForm(typed(request), initial={"reached": "\n".join(row.said for row in there), "revision": seen})
    now: tuple[str, ...] = ()
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            found = meant(session.ledger, data["reached"], on=session.held_on, field="reached", kept=there)
            cover(
                session=session, subject_ids=[row.pk for row in found], revision=data["revision"], by=request.user,
                at=clock.now(),
            )  # fmt: skip
            messages.success(request, f"{chinese_date(session.held_on)}走到 {len(found)} 个对象，已记下。")
            return redirect(record_url(session))
        except Refusal as refusal:
            put_in(form, refusal)
            if refusal.sentence == CHANGED:
                now = tuple(row.said for row in there)
                again = request.POST.copy()
                again["revision"] = str(seen)  # having seen the sentence, a second save is meant
                form.data = again
    offered = tuple(row.said for row in standing_on(session.ledger, session.held_on)[:MOST_OFFERED])
    page = ReachedPage(session.ledger, session, form, offered, record_url(session), now)
    status = 422 if form.errors else 200
    return render(request, "work/visits/reached.html", {"page": page, "form": form}, status=status)


URLS = [
    path("visits/", index, name="visits"),
    path("visits/print/", printed, name="visits_print"),
    path("visits/export.xlsx", export, name="visits_export"),
    path("visits/new/", new, name="visit_new"),
    path("visits/<int:ledger_id>/<str:number>/", reached, name="reached"),
]
