"""Whose eyes a page of the library reads with, and what he may change there."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from youju.accounts.models import User
from youju.kit.refusal import NotAllowed
from youju.library.documents.queries import document_for
from youju.library.entitlements.queries import reader_of
from youju.library.entitlements.values import Reader
from youju.library.models import Document
from youju.people.models import Unit
from youju.people.roles.rules import Right, rights_of
from youju.web.shared import clock
from youju.web.shared.home import held

_KEY = "youju_library_reader"


def rights_anywhere(request: HttpRequest) -> frozenset[Right]:
    return rights_of(held(request).anywhere)


def account(request: HttpRequest) -> User:
    """Who is signed in: no page of the library is open to strangers."""
    assert isinstance(request.user, User)
    return request.user


def reader(request: HttpRequest) -> Reader:
    """Asked once a page. Raises NotAllowed for who has no right in any library."""
    kept = vars(request).get(_KEY)
    if not isinstance(kept, Reader):
        if Right.READ_LIBRARY not in rights_anywhere(request):
            raise NotAllowed("您还没有看素材库的权限，请找党务工作者或站点管理员。")
        kept = reader_of(account(request), on=clock.today())
        vars(request)[_KEY] = kept
    return kept


@dataclass(frozen=True)
class Circle:
    """范围: for whom a document may be kept. ``unit`` None is the whole site."""

    unit: Unit | None

    @property
    def value(self) -> str:
        return str(self.unit.pk) if self.unit else ""

    @property
    def zh(self) -> str:
        return f"{self.unit.name}及下级" if self.unit else "全站"


def circles(request: HttpRequest) -> list[Circle]:
    """The circles for which he may put documents in and that reach him, his own unit's first: what was kept for a unit
    below, neither its keeper's eyes nor his corrections would find again."""
    units = held(request).units_with(Right.WRITE_LIBRARY).filter(pk__in=reader(request).scopes or ())
    found = [Circle(unit) for unit in units]
    return [*found, Circle(None)] if may_manage(request) else found


def may_manage(request: HttpRequest) -> bool:
    return Right.MANAGE_LIBRARY in rights_anywhere(request)


def may_change(request: HttpRequest, document: Document) -> bool:
    """Whether he keeps the circle of this document."""
    if document.unit is None:
        return may_manage(request)
    return Right.WRITE_LIBRARY in held(request).rights_in(document.unit)


def document_to_change(request: HttpRequest, document_id: int) -> Document:
    """Raises NotYours when it does not reach him, NotAllowed when it does and is not his to change."""
    document = document_for(reader(request), document_id)
    if not may_change(request, document):
        raise NotAllowed("这篇素材不归您管，可以看，不能改。")
    return document


def require_manager(request: HttpRequest) -> None:
    """Raises NotAllowed."""
    reader(request)
    if not may_manage(request):
        raise NotAllowed("签发口令和看下载记录要有素材库的管理权限，请找站点管理员。")
