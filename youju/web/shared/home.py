"""Where a person lands: who writes or reads a ledger on 本月应做, a member on 我的, a superior on 总览, a site admin on 账号."""

from __future__ import annotations

from django.http import HttpRequest

from youju.people.roles.queries import Held, held_by
from youju.people.roles.rules import Right, Role, rights_of
from youju.web.shared import clock
from youju.web.shared.navigation import address

_KEY = "youju_held"


def held(request: HttpRequest) -> Held:
    """What the reader holds today; asked once for a page."""
    kept = vars(request).get(_KEY)
    if not isinstance(kept, Held):
        kept = held_by(request.user, on=clock.today())
        vars(request)[_KEY] = kept
    return kept


def roles_anywhere(request: HttpRequest) -> frozenset[Role]:
    """The roles the reader holds in any unit today."""
    return held(request).anywhere


def home_url(request: HttpRequest) -> str:
    """The address of the reader's first page among those that exist; 更多 when none is his."""
    roles = roles_anywhere(request)
    wishes = []
    if Right.READ_RECORDS in rights_of(roles):
        wishes.append("today:index")
    if Role.SUPERIOR in roles:
        wishes.append("overview:index")
    if Role.MEMBER in roles:
        wishes.append("me:index")
    if Role.SITE_ADMIN in roles:
        wishes.append("people:accounts")
    return next((url for url in map(address, wishes) if url), address("shared:more"))
