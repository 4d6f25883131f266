"""Pages of the ledger: the list, its Excel file, one record, and what may be done with it."""

from __future__ import annotations

import re
from urllib.parse import quote

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from youju.kit.refusal import NotAllowed, NotYours, Refusal
from youju.people.roles.queries import require
from youju.people.roles.rules import Right
from youju.people.units.queries import ledger_unit
from youju.records.activities.actions import (
    add_evidence,
    cancel_session,
    file_activity,
    remove_activity,
)
from youju.records.activities.guest_words import say_guests
from youju.records.activities.models import Session
from youju.records.activities.queries import find, record_of
from youju.records.activities.values import Status
from youju.records.facets.queries import known_words
from youju.records.facets.rules import say_words
from youju.records.facets.values import Facet
from youju.records.signin.queries import sheet_of
from youju.records.sources.rules import say
from youju.store.actions import keep
from youju.store.queries import path_of
from youju.store.rules import MAX_BYTES, PICTURES, SUFFIXES
from youju.web.ledger.facet_forms import LedgerFilter
from youju.web.ledger.forms import EvidenceForm, ReasonForm
from youju.web.ledger.leave import leave_card
from youju.web.ledger.listing import HeadPage, Reach, chosen, list_page, reach_of, row_of, rows_of, years_of
from youju.web.ledger.pages import ReasonPage, record_page, url_of
from youju.web.shared import clock, looked, place
from youju.web.shared.fields import number_in, typed
from youju.web.shared.home import held
from youju.web.shared.refusals import put_in
from youju.web.shared.sheets import Cell, table_response
from youju.web.shared.talks import looker_of, sees

OF_THE_TWO = "谁和谁谈，只有党务工作者、书记和谈话双方能看。"
#: What no system takes in the name of a file, or takes for a folder.
UNFIT_IN_NAMES = re.compile(r'[\x00-\x1f/\\:*?"<>|]+')


def _filters(request: HttpRequest, reach: Reach) -> LedgerFilter:
    topics = known_words(ledger_unit(reach.unit), Facet.TOPIC)
    return LedgerFilter(request.GET, years=years_of(reach, clock.today()), topics=topics)


def session_for(request: HttpRequest, ledger_id: int, number: str, right: Right) -> Session:
    """The session of a ledger in which the reader has the right; to anybody else there is none."""
    ledger = require(request.user, ledger_id, right, on=clock.today())
    session = find(ledger, number)
    if session is None:
        raise NotYours("没有这条记录，或者它已经删除。")
    place.stand_in(request, ledger)
    if right is Right.READ_RECORDS and not sees(session, looker_of(request.user, held(request).rights_in(ledger))):
        raise NotAllowed(OF_THE_TWO)
    return session


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    unit = place.unit_of(request, Right.READ_HEADS)
    reach = reach_of(request.user, held(request), unit)
    page = list_page(
        reach=reach,
        rights=held(request).rights_in(unit),
        filters=_filters(request, reach),
        number=request.GET.get("page", ""),
    )
    return render(request, "ledger/list.html", {"page": page})


def _told(session: Session) -> list[str]:
    """Facets and texts as an import reads them."""
    record = record_of(session)
    facets = record.facets
    values = (facets.forms, facets.topics, facets.groups, facets.business)
    said = [say_words(words, facet) for facet, words in zip(Facet, values, strict=True)]
    return [*said, "；".join(map(say, record.studied))]


def _taught(session: Session) -> list[str]:
    """授课人、领学人、发言人 as an import reads them: names, and none of a unit that joined."""
    record = record_of(session)
    lecturers = [session.lecturer.name] if session.lecturer else []
    lecturers += [guest.name for guest in session.guests.all() if guest.lectured]
    people = (lecturers, record.own_names(record.leaders), record.own_names(record.speakers))
    return ["、".join(filter(None, names)) for names in people]


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The filtered list as an Excel file; who reads heads only gets heads only."""
    unit = place.unit_of(request, Right.READ_HEADS)
    reach = reach_of(request.user, held(request), unit)
    whole = reach.own is not None
    headings = ["编号", "日期", "开始", "类型", "主题", "台账", "主办", "状态"]
    headings += ["应到", "实到", "请假", "缺席", "补录天数"]
    if whole:
        headings += ["列席和来宾", "地点", "转录自", "议题数", "佐证数", "还差"]
        headings += [*(facet.zh for facet in Facet), "学习材料", "授课人", "领学人", "发言人"]
    rows: list[list[Cell]] = []
    found = chosen(reach, _filters(request, reach))
    if whole:
        told = ("guests", "facets", "studied", "roster__member", "roster__unit")
        found = found.select_related("lecturer").prefetch_related(*told)
    for row in rows_of(list(found), reach):
        session, count = row.session, row.count
        cells: list[Cell] = [
            session.number, session.held_on, f"{timezone.localtime(session.starts_at):%H:%M}", row.kinds, row.title,
            session.ledger.short_name, session.unit.short_name, Status(session.status).zh,
            count.expected, count.came, count.leave, count.absent, row.late or None,
        ]  # fmt: skip
        if row.whole:
            cells += [
                say_guests(session.guests.all()),  # as an import reads them
                session.place,
                session.transcribed_from,
                len(session.agenda.all()),
                len(session.evidence.all()),
                row.lacking,
                *_told(session),
                *_taught(session),
            ]
        rows.append(cells)
    return table_response(
        name=f"{unit.short_name}台账", headings=headings, rows=rows,
        widths=(16, 12, 8, 18, 40, 18, 18, 10, 6, 6, 6, 6, 10, 24, 16, 20, 8, 8, 28, 16, 18, 14, 18, 28, 12, 16, 28),
    )  # fmt: skip


@require_safe
def record(request: HttpRequest, ledger_id: int, number: str) -> HttpResponse:
    session = session_for(request, ledger_id, number, Right.READ_HEADS)
    rights = held(request).rights_in(session.ledger)
    if Right.READ_RECORDS not in rights or not sees(session, looker_of(request.user, rights)):
        talk = Right.READ_RECORDS in rights
        head = HeadPage(unit=session.ledger, row=row_of(session, whole=False), talk=talk)
        return render(request, "ledger/head.html", {"page": head})
    looked.note_leave(request, session)
    page = record_page(session=session, rights=rights, upload=EvidenceForm(), on=clock.today())
    leave = leave_card(session, rights)
    if leave:
        looked.note_asked(request, session)
    return render(request, "ledger/record.html", {"page": page, "form": page.upload, "leave": leave})


@require_POST
def file(request: HttpRequest, ledger_id: int, number: str) -> HttpResponse:
    """归档."""
    session = session_for(request, ledger_id, number, Right.SIGN_OFF)
    try:
        seen = number_in(request.POST.get("revision"), otherwise=session.revision, most=10**9)
        file_activity(session=session, revision=seen, by=request.user, at=clock.now())
        messages.success(request, f"{session.number} 已归档。之后的改动须写原因。")
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
    return redirect(url_of(session))


@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, ledger_id: int, number: str) -> HttpResponse:
    """取消 a planned session, with its reason."""
    session = session_for(request, ledger_id, number, Right.WRITE_RECORDS)
    sheet = sheet_of(session)
    if session.status == Status.PLANNED and sheet and sheet.open:  # who has signed must not be called off unseen
        messages.info(request, "正在签到。先结束签到，再取消这一场。")
        return redirect("signin:desk", ledger_id, number)
    form = ReasonForm(typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            cancel_session(session=session, reason=form.cleaned_data["reason"], by=request.user, at=clock.now())
            messages.success(request, f"{session.number} 已取消，原因已留痕。")
            return redirect(url_of(session))
        except Refusal as refusal:
            put_in(form, refusal)
    page = ReasonPage(
        session.ledger, session, "取消这次排期", "取消后仍留在台账里，标明“取消”。", form, url_of(session)
    )
    return render(request, "ledger/reason.html", {"page": page, "form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, ledger_id: int, number: str) -> HttpResponse:
    """删除 a wrong record, with its reason."""
    session = session_for(request, ledger_id, number, Right.WRITE_RECORDS)
    form = ReasonForm(typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            remove_activity(session=session, reason=form.cleaned_data["reason"], by=request.user, at=clock.now())
            messages.success(request, f"{session.number} 已删除，编号不再使用，修改痕迹保留。")
            return redirect("ledger:index")
        except Refusal as refusal:
            put_in(form, refusal)
    warning = "删除后不再计数，编号不再使用；内容和原因留在修改痕迹里。写错了可以用“更正”，不必删除。"
    page = ReasonPage(session.ledger, session, "删除这条记录", warning, form, url_of(session))
    return render(request, "ledger/reason.html", {"page": page, "form": form}, status=422 if form.errors else 200)


@require_POST
def evidence(request: HttpRequest, ledger_id: int, number: str) -> HttpResponse:
    """佐证 for a record."""
    session = session_for(request, ledger_id, number, Right.WRITE_RECORDS)
    form = EvidenceForm(request.POST, request.FILES)
    if form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            if upload.size > MAX_BYTES:
                raise Refusal("file", f"文件超过 {MAX_BYTES // 1024 // 1024} MB，请压缩或拆分后再传。")
            at = clock.now()
            stored = keep(data=upload.read(), by=request.user, at=at)
            caption = form.cleaned_data["caption"]
            add_evidence(session=session, file=stored, caption=caption, by=request.user, at=at)
            messages.success(request, "佐证已存入。")
            return redirect(url_of(session))
        except Refusal as refusal:
            put_in(form, refusal)
    rights = held(request).rights_in(session.ledger)
    looked.note_leave(request, session)
    page = record_page(session=session, rights=rights, upload=form, on=clock.today())
    return render(request, "ledger/record.html", {"page": page, "form": form}, status=422)


@require_safe
def evidence_file(request: HttpRequest, ledger_id: int, number: str, evidence_id: int) -> FileResponse:
    """The bytes of one evidence, to be saved and never run: the browser is told not to guess what they are."""
    session = session_for(request, ledger_id, number, Right.READ_RECORDS)
    row = session.evidence.filter(pk=evidence_id, file__erased_at__isnull=True).select_related("file").first()
    if row is None or not path_of(row.file.sha256).is_file():
        raise NotYours("没有这份佐证，或者它已按规定清除。")
    kind = row.file.media_type
    caption = UNFIT_IN_NAMES.sub("·", row.caption or "佐证")
    name = f"{session.number}-{caption}-{row.file.sha256[:8]}{SUFFIXES.get(kind, '')}"
    response = FileResponse(
        path_of(row.file.sha256).open("rb"), content_type=kind if kind in PICTURES else "application/octet-stream"
    )
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=3600"
    return response
