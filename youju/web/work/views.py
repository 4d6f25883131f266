"""The first page of 项目与走访 is that of its first tab."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from youju.kit.refusal import NotYours
from youju.people.roles.rules import Right
from youju.web.shared import place
from youju.web.work.tabs import pages


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    unit = place.unit_of(request, Right.READ_RECORDS)
    for _, _, url in pages():
        return redirect(f"{url}?unit={unit.pk}")
    raise NotYours("这里还没有页面。")
