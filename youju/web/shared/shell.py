"""What base.html asks about the page and its reader. Asked lazily: a page without the rail costs no query."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest

from youju.accounts.models import User
from youju.kit.refusal import Refusal
from youju.people.roles.rules import ROLES_ZH, Right, Role, rights_of
from youju.people.units.models import Unit
from youju.people.units.values import UnitKind
from youju.web.shared import place
from youju.web.shared.home import held, home_url, roles_anywhere
from youju.web.shared.looks import Looks, looks_of
from youju.web.shared.navigation import Navigation, NavItem, address, badges_of, navigation, phone_tabs

#: A person with more units than this chooses among them on 总览, not in a list of links.
MOST_DESKS = 12


@dataclass(frozen=True)
class Desk:
    """A unit in the switcher."""

    name: str
    url: str
    current: bool


class Shell:
    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def unit(self) -> Unit | None:
        """The unit the page is about; the reader's own where the page did not say."""
        unit = place.standing_in(self._request)
        if unit is not None or not self._signed_in:
            return unit
        roles = roles_anywhere(self._request)
        for right in (Right.READ_RECORDS, Right.READ_NUMBERS, Right.SEE_UNIT):
            if right in rights_of(roles):
                try:
                    return place.unit_of(self._request, right)
                except Refusal:
                    continue
        return None

    @cached_property
    def units(self) -> list[Desk]:
        if Right.READ_RECORDS not in rights_of(roles_anywhere(self._request)):
            return []
        here = self.unit.pk if self.unit else None
        rows = list(place.desks_of(self._request, Right.READ_RECORDS)[: MOST_DESKS + 1])
        if len(rows) > MOST_DESKS:
            return []
        return [Desk(name=row.short_name, url=f"{self.home_url}?unit={row.pk}", current=row.pk == here) for row in rows]

    @cached_property
    def rights(self) -> frozenset[Right]:
        if self.unit is None:
            return frozenset()
        return held(self._request).rights_in(self.unit)

    @cached_property
    def nav(self) -> Navigation:
        return navigation(
            rights=self.rights,
            roles=roles_anywhere(self._request),
            path=self._request.path,
            badges=badges_of(self._request),
        )

    @cached_property
    def tabs(self) -> tuple[NavItem, ...]:
        return phone_tabs(self.nav, record_url=self.record_url, path=self._request.path) if self._signed_in else ()

    @cached_property
    def record_url(self) -> str:
        """Where 记一次 leads, for who may write here."""
        return address("ledger:new") if Right.WRITE_RECORDS in self.rights else ""

    @cached_property
    def find_url(self) -> str:
        """找: for everybody who is signed in; it finds what he may open."""
        return address("find:index") if self._signed_in else ""

    @cached_property
    def audit_url(self) -> str:
        """Where a file dropped anywhere goes, to be held against the unit the page is about.

        A superior's page about several units names none: whose report it is, the text says, or he.
        """
        url = address("report:audit") if Right.READ_NUMBERS in self.rights else ""
        if not url or self.unit is None:
            return ""
        below = held(self._request).reaches_below(self.unit, Right.READ_NUMBERS)
        over_several = below and self.unit.kind not in (UnitKind.BRANCH, UnitKind.GROUP)
        return url if over_several else f"{url}?unit={self.unit.pk}"

    @cached_property
    def home_url(self) -> str:
        return home_url(self._request) if self._signed_in else "/"

    @property
    def person(self) -> str:
        user = self._request.user
        return user.name if isinstance(user, User) else ""

    @cached_property
    def roles(self) -> str:
        """书记、党员: what he is in this unit, in the order of the table of roles."""
        roles = roles_anywhere(self._request)
        if self.unit is not None:
            roles = held(self._request).roles_in(self.unit) or roles
        return "、".join(ROLES_ZH[role] for role in Role if role in roles)

    @property
    def _signed_in(self) -> bool:
        return self._request.user.is_authenticated


def shell(request: HttpRequest) -> dict[str, Shell | Looks]:
    """Context processor: ``shell`` and ``looks`` in every template."""
    return {"shell": Shell(request), "looks": looks_of(request)}
