"""A document of the library that something of the ledger names, as far as the reader may read it."""

from __future__ import annotations

from django.http import HttpRequest

from youju.accounts.models import User
from youju.library.documents.queries import visible_to
from youju.library.entitlements.queries import reader_of
from youju.library.models import Document
from youju.people.roles.rules import Right, rights_of
from youju.web.shared import clock
from youju.web.shared.home import held


def original(request: HttpRequest, document_id: int | None) -> Document | None:
    """None for who may not read it: to him there is none."""
    if document_id is None or Right.READ_LIBRARY not in rights_of(held(request).anywhere):
        return None
    if not isinstance(request.user, User):
        return None
    return visible_to(reader_of(request.user, on=clock.today())).filter(pk=document_id).first()
