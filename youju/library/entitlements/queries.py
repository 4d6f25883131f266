"""What an account may have of the library."""

from __future__ import annotations

from datetime import date

from youju.accounts.models import User
from youju.library.documents.models import Document
from youju.library.entitlements.models import Code, Opening
from youju.library.entitlements.values import Reader
from youju.people.roles.queries import held_by
from youju.people.roles.rules import RIGHTS, Right
from youju.people.units.models import Unit
from youju.people.units.values import ancestors


def reader_of(user: User, *, on: date) -> Reader:
    """Documents of his units and of all above them reach him; restricted spans by role, in what his own unit keeps, or by code."""
    held = held_by(user, on=on)
    reading = [path for role, path in held.grants if Right.READ_LIBRARY in RIGHTS[role]]
    scopes = frozenset(
        Unit.objects.filter(path__in={above for path in reading for above in ancestors(path)}).values_list(
            "pk", flat=True
        )
    )
    whole = any(Right.READ_RESTRICTED in RIGHTS[role] for role, _ in held.grants)
    return Reader(scopes=scopes, reads_whole=whole, opened=frozenset() if whole else _opened(user, on=on))


def _opened(user: User, *, on: date) -> frozenset[int]:
    """What he opened with a code that still holds, and what the units whose library he keeps have put in themselves."""
    by_code = Opening.objects.filter(code__in=codes_of(user, on=on)).values_list("document_id", flat=True)
    kept = held_by(user, on=on).units_with(Right.WRITE_LIBRARY)
    own = Document.objects.standing().filter(has_restricted=True, unit__in=kept).values_list("pk", flat=True)
    return frozenset(by_code) | frozenset(own)


def codes_of(user: User, *, on: date) -> list[Code]:
    """His codes that hold on a day, those first that end first."""
    return list(Code.objects.filter(holder=user, revoked_at__isnull=True, until__gte=on).order_by("until", "pk"))


def issued() -> list[Code]:
    """Every code that was issued, the latest first."""
    return list(Code.objects.select_related("holder", "issued_by").order_by("-pk"))


def left_to_open(user: User, *, on: date) -> int:
    """How many documents his codes still open."""
    return sum(code.left for code in codes_of(user, on=on))
