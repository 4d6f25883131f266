"""Changes of office."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from youju.journal import actions as journal
from youju.journal.values import Actor
from youju.kit.refusal import Refusal
from youju.people.members.models import Member
from youju.people.posts.models import Post
from youju.people.posts.values import Title
from youju.people.units.actions import bump, years_from
from youju.people.units.models import Unit
from youju.people.units.queries import ledger_unit


def appoint(*, member: Member, unit: Unit, title: Title, since: date, by: Actor | None, at: datetime) -> Post:
    """任职. Raises Refusal on ``title`` when the unit already has a secretary, or the member already holds this office."""
    with transaction.atomic():
        Unit.objects.select_for_update().get(pk=unit.pk)  # two appointments at once come one after the other
        held = Post.objects.filter(unit=unit, title=title).filter(Q(until__isnull=True) | Q(until__gt=since))
        if title == Title.SECRETARY and held.exists():
            raise Refusal("title", "本组织那时已有书记，请先免去现任。")
        if held.filter(member=member).exists():
            raise Refusal("title", "这名党员已经担任这个职务。")
        post = Post.objects.create(member=member, unit=unit, title=title, since=since)
        _note(post, verb="任职", years=years_from(since, at), by=by, at=at)
    return post


def relieve(*, post: Post, on: date, by: Actor | None, at: datetime) -> None:
    """免职. Raises Refusal on ``until``."""
    with transaction.atomic():
        if Post.objects.select_for_update().get(pk=post.pk).until or on <= post.since:
            raise Refusal("until", "免职日期须晚于任职日期，且职务仍在任。")
        post.until = on
        post.save(update_fields=["until"])
        _note(post, verb="免职", years=years_from(on, at), by=by, at=at)


def forget(*, member: Member, by: Actor | None, at: datetime) -> None:
    """Posts hold no text of their own: the name they pointed to is erased with the member."""


def _note(post: Post, *, verb: str, years: set[int], by: Actor | None, at: datetime) -> None:
    keeper = ledger_unit(post.unit)
    bump(unit_id=keeper.pk, years=years, onward=True)
    journal.write_line(
        by=by,
        at=at,
        verb=verb,
        room="people",
        noun="post",
        object_id=post.pk,
        unit_id=keeper.pk,
        summary=post.get_title_display(),
    )
