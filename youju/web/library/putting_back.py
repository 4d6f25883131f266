"""What cleaning took off a document, put back into its text or taken off again."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from youju.library.removals.actions import put_back, take_off
from youju.library.removals.queries import removal_for
from youju.web.library.reader import account, reader
from youju.web.shared import clock
from youju.web.shared.saving import pressed


@require_POST
def back(request: HttpRequest, removal_id: int) -> HttpResponse:
    return _settle(request, removal_id, take_off=False)


@require_POST
def off(request: HttpRequest, removal_id: int) -> HttpResponse:
    return _settle(request, removal_id, take_off=True)


def _settle(request: HttpRequest, removal_id: int, *, take_off: bool) -> HttpResponse:
    reader(request)
    row = removal_for(account(request), removal_id, on=clock.today())
    act, said = _ACTS[take_off]
    place = reverse("library:document", args=[row.document_id])
    return pressed(
        request, said, lambda: act(removal=row, by=account(request), at=clock.now()), back=f"{place}#removals"
    )


_ACTS = {True: (take_off, "已再次清除。"), False: (put_back, "已放回正文。")}
