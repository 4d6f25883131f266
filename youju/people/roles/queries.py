"""May he? Every page and listing starts from here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from youju.accounts.models import User
from youju.kit.refusal import NotAllowed, NotYours
from youju.people.roles.models import Grant
from youju.people.roles.rules import RIGHTS, SUBTREE_ROLES, Right, Role, rights_of
from youju.people.units.models import Unit, UnitSet
from youju.people.units.values import UnitKind, after_subtree, ancestors

Reader = User | AnonymousUser


@dataclass(frozen=True)
class Held:
    """All that a user holds on one day, asked once: (role, path of the unit it is granted on)."""

    grants: tuple[tuple[Role, str], ...]

    @property
    def anywhere(self) -> frozenset[Role]:
        return frozenset(role for role, _ in self.grants)

    def roles_in(self, unit: Unit) -> frozenset[Role]:
        """By grants on the unit or its branch; those of the superior and the admin also by any unit above it."""
        above, own = set(ancestors(unit.path)), {unit.path, unit.ledger_path}
        return frozenset(role for role, path in self.grants if path in (above if role in SUBTREE_ROLES else own))

    def rights_in(self, unit: Unit) -> frozenset[Right]:
        return rights_of(self.roles_in(unit))

    def reaches_below(self, unit: Unit, right: Right) -> bool:
        """Whether he has the right in everything under the unit as well: whoever acts for one ledger has it there only."""
        return right in rights_of(self.roles_in(unit) & SUBTREE_ROLES)

    def units_with(self, right: Right) -> UnitSet:
        """Every unit in which these grants give the right, in tree order."""
        reach = Q(pk__in=[])
        for role, path in self.grants:
            if right not in RIGHTS[role]:
                continue
            if role in SUBTREE_ROLES:
                reach |= Q(path__gte=path, path__lt=after_subtree(path))
            else:
                reach |= Q(path=path) | Q(parent__path=path, kind=UnitKind.GROUP)
        return Unit.objects.filter(reach).order_by("path")


def held_by(user: Reader, *, on: date) -> Held:
    """Everything a user holds on a day; nothing for who is not signed in."""
    if not user.is_authenticated:
        return Held(())
    rows = Grant.objects.filter(user=user).on(on).values_list("role", "unit__path")
    return Held(tuple((Role(role), path) for role, path in rows))


def roles_in(user: Reader, unit: Unit, *, on: date) -> frozenset[Role]:
    """The roles a user has in a unit on a day (see ``Held.roles_in``)."""
    return held_by(user, on=on).roles_in(unit)


def rights_in(user: Reader, unit: Unit, *, on: date) -> frozenset[Right]:
    return rights_of(roles_in(user, unit, on=on))


def require(user: Reader, unit_id: int, right: Right, *, on: date) -> Unit:
    """The unit, if the user has the right in it.

    Raises NotYours when the unit is none of his, NotAllowed when it is but the right is not.
    """
    unit = Unit.objects.filter(pk=unit_id).first()
    if unit is None:
        raise NotYours
    rights = rights_in(user, unit, on=on)
    if right in rights:
        return unit
    if Right.SEE_UNIT in rights:
        raise NotAllowed
    raise NotYours


def units_with(user: Reader, right: Right, *, on: date) -> UnitSet:
    """Every unit in which the user has the right, in tree order."""
    return held_by(user, on=on).units_with(right)
