"""Who has left, and since when he is due to be forgotten."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from youju.people.leavers.models import Forgetting
from youju.people.leavers.rules import years_after
from youju.people.leavers.values import Leaver
from youju.people.members.models import Member, Membership
from youju.people.posts.models import Post
from youju.people.roles.models import Grant
from youju.people.roles.rules import Role
from youju.people.units.models import Unit
from youju.people.units.queries import ledger_unit

STILL_ACTS = "他的账号还有别的权限，请先由站点管理员收回。"
STILL_IN_OFFICE = "他还有职务没有免去，请先免职。"


def leavers(*, on: date, years: int, units: Collection[int] | None = None) -> list[Leaver]:
    """Who left at least so many years before ``on`` and came back nowhere; the longest gone first."""
    latest = date(on.year - years, 12, 31)  # a sieve; the day itself is judged below
    left = Member.objects.annotate(left_on=Max("memberships__until")).filter(forgotten_at=None, left_on__lte=latest)
    if units is not None:
        there = Membership.objects.filter(Q(unit__in=units) | Q(unit__parent__in=units))
        left = left.filter(pk__in=there.values("member"))
    found = [_leaver(member, on, years) for member in _gone(left, on)]
    due = [leaver for leaver in found if leaver.due_on <= on and (units is None or leaver.unit_id in units)]
    return sorted(due, key=lambda leaver: (leaver.due_on, leaver.member_id))


def leaver_now(member: Member, *, on: date, years: int) -> Leaver | None:
    """One of them; None who is still here, came back, or is not due yet."""
    if member.forgotten_at or not _gone(Member.objects.filter(pk=member.pk), on):
        return None
    if not member.memberships.exists():
        return None
    leaver = _leaver(member, on, years)
    return leaver if leaver.due_on <= on else None


def forgettings_of(units: Collection[int]) -> list[Forgetting]:
    """The reports that were kept, latest first."""
    return list(Forgetting.objects.filter(unit__in=units).select_related("unit").order_by("-at", "-pk"))


def _gone(members: QuerySet[Member], on: date) -> list[Member]:
    """Those with no membership that still holds or begins later."""
    here = Membership.objects.filter(member=OuterRef("pk")).filter(Q(until__isnull=True) | Q(until__gt=on))
    return list(members.exclude(Exists(here)).order_by("pk"))


def _leaver(member: Member, on: date, years: int) -> Leaver:
    last = member.memberships.select_related("unit__parent").latest("until")
    assert last.until is not None  # none of his is open
    unit: Unit = ledger_unit(last.unit)
    return Leaver(
        member_id=member.pk, name=member.name, unit_id=unit.pk, unit_name=unit.short_name, left_on=last.until,
        due_on=years_after(last.until, years), held_back=_held_back(member, on),
    )  # fmt: skip


def _held_back(member: Member, on: date) -> str:
    still = Q(until__isnull=True) | Q(until__gt=on)
    if member.user_id and Grant.objects.filter(still, user=member.user_id).exclude(role=Role.MEMBER).exists():
        return STILL_ACTS
    return STILL_IN_OFFICE if Post.objects.filter(still, member=member).exists() else ""
