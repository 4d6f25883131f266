"""我的: what is kept of the reader, on a page and to take along. Nobody opens another's."""

from __future__ import annotations

import json
from datetime import date
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from youju.kit.refusal import NotYours
from youju.people.members.queries import member_of
from youju.people.models import Member
from youju.study.selftests.queries import waiting_for
from youju.web.me.leave import coming_card
from youju.web.me.pages import everything, me_page, plain, sections_of
from youju.web.shared import clock
from youju.web.shared.sheets import Cell, book_response


def own_member(request: HttpRequest) -> Member | None:
    return member_of(request.user.pk)


def _own(request: HttpRequest) -> Member:
    member = own_member(request)
    if member is None:
        raise NotYours("这个账号没有关联党员，没有可以导出的内容。")
    return member


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    member = own_member(request)
    waiting = waiting_for(request.user.pk, on=clock.today())
    page = me_page(member, whole="all" in request.GET)
    return render(request, "me/me.html", {"page": page, "coming": coming_card(member), "waiting": waiting})


@require_safe
def export_json(request: HttpRequest) -> HttpResponse:
    member = _own(request)
    text = json.dumps(everything(member), ensure_ascii=False, indent=2, default=plain)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'{member.name}的记录')}.json"
    return response


@require_safe
def export_xlsx(request: HttpRequest) -> HttpResponse:
    member = _own(request)
    sheets = [
        (section.name, section.headings, [[_cell(value) for value in row] for row in section.rows])
        for section in sections_of(everything(member))
    ]
    return book_response(name=f"{member.name}的记录", sheets=sheets, widths=(20, 20, 36, 14))


def _cell(value: object) -> Cell:
    return value if value is None or isinstance(value, str | int | float | date) else str(value)
