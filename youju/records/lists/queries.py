"""Questions about lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet

from youju.kit.periods import Period
from youju.people.members.models import Member
from youju.people.models import Unit
from youju.people.written_once import rows_once
from youju.records.activities.values import HAPPENED
from youju.records.lists.models import ItemCheck, ItemVersion, ListItem
from youju.records.lists.rules import owed, stage
from youju.records.lists.values import Owed, Rhythm, Stage


def with_parts(rows: QuerySet[ListItem]) -> QuerySet[ListItem]:
    """With all a page shows; checks that were taken back are left out."""
    checks = ItemCheck.objects.filter(dropped_on__isnull=True).select_related("file", "session")
    return rows.select_related("unit", "owner").prefetch_related(
        "words",
        Prefetch("checks", queryset=checks.order_by("done_on", "pk")),
        Prefetch("versions", queryset=ItemVersion.objects.select_related("file").order_by("in_force")),
    )


def items_of(unit: Unit, kind: str = "") -> list[ListItem]:
    rows = ListItem.objects.filter(unit=unit)
    return list(with_parts(rows.filter(kind=kind) if kind else rows).order_by("kind", "since", "pk"))


def find(unit: Unit, number: str) -> ListItem | None:
    return with_parts(ListItem.objects.filter(unit=unit, number=number)).first()


def owed_of(item: ListItem, year: int) -> list[Owed]:
    """What is owed of an item in a year, it being loaded with its checks; done once, whatever year it is owed in."""
    asked = Period.year(year)
    if item.rhythm == Rhythm.ONCE and item.first_due:
        asked = Period(min(asked.start, item.first_due), max(asked.end, item.first_due))
    return owed(
        rhythm=Rhythm(item.rhythm), since=item.since, first=item.first_due, until=item.until,
        checks=[check.done_on for check in item.checks.all()], asked=asked,
    )  # fmt: skip


def stage_of(item: ListItem, on: date) -> Stage:
    return stage(times=owed_of(item, on.year), ended=item.ended_on(on), on=on)


def linked(check: ItemCheck) -> bool:
    """Whether the record a check names still stands in the ledger."""
    return check.session is not None and check.session.status in HAPPENED


def check_days(item_ids: Iterable[int]) -> dict[int, list[date]]:
    """The days of the checks of each item, in order. One query."""
    found: defaultdict[int, list[date]] = defaultdict(list)
    rows = ItemCheck.objects.filter(item__in=list(item_ids), dropped_on__isnull=True).order_by("done_on")
    for pk, day in rows.values_list("item_id", "done_on"):
        found[pk].append(day)
    return found


def whole(rows: QuerySet[ListItem]) -> QuerySet[ListItem]:
    """With every part there is, also what was taken back: as a revision keeps it."""
    return rows.prefetch_related("words", "versions__file", "checks__file")


def body_of(item: ListItem) -> tuple[dict[str, Any], dict[str, str]]:
    """What a revision of an item holds, all its parts being loaded: plain data and texts by key."""
    texts = {"title": item.title, "requirement": item.requirement, "note": item.note, "reason": item.reason}
    words = sorted(item.words.all(), key=lambda word: word.field)
    texts |= {f"word.{word.field}": word.text for word in words}
    versions = sorted(item.versions.all(), key=lambda one: one.pk)
    for version in versions:
        texts[f"version.{version.pk}"], texts[f"change.{version.pk}"] = version.text, version.change
    checks = sorted(item.checks.all(), key=lambda one: one.pk)
    texts |= {f"check.{check.pk}": check.text for check in checks}
    body = {
        "number": item.number, "unit": item.unit_id, "kind": item.kind, "owner": item.owner_id, "post": item.post,
        "rhythm": item.rhythm, "first_due": item.first_due, "since": item.since, "until": item.until,
        "versions": [[one.pk, one.in_force, one.file.sha256 if one.file else None] for one in versions],
        "checks": [
            [one.pk, one.done_on, one.file.sha256 if one.file else None, one.session_id, one.dropped_on]
            for one in checks
        ],
    }  # fmt: skip
    return body, texts


@rows_once
def _owned_by(member: int) -> QuerySet[ListItem]:
    return ListItem.objects.filter(owner_id=member).order_by("since", "pk")


def about(member: Member) -> dict[str, object]:
    """Items a member answers for."""
    return {
        "负责的清单事项": [
            {"编号": row.number, "清单": row.of.zh, "事项": row.title, "列入": row.since, "停用": row.until}
            for row in _owned_by(member.pk)
        ]
    }
