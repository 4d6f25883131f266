"""Questions about spot checks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet

from youju.journal import queries as journal
from youju.kit.drawing import digest_of, drawn
from youju.people.members.models import Member
from youju.people.models import Unit
from youju.people.written_once import rows_once
from youju.records.activities.models import Session
from youju.records.activities.values import CAME, HAPPENED
from youju.study.spotchecks.models import RosterPlace, SpotCheck

KIND = "self_study_check"


def with_parts(rows: QuerySet[SpotCheck]) -> QuerySet[SpotCheck]:
    places = Prefetch("places", queryset=RosterPlace.objects.select_related("member").order_by("number"))
    return rows.select_related("ledger", "session").prefetch_related(places, "session__roster")


def checks_of(ledger: Unit, *, year: int) -> list[SpotCheck]:
    """Of a year, latest first; those that were dropped too."""
    return list(with_parts(SpotCheck.objects.filter(ledger=ledger, year=year)))


def find(ledger: Unit, pk: int) -> SpotCheck | None:
    return with_parts(SpotCheck.objects.filter(ledger=ledger, pk=pk)).first()


def standing_in(ledger: Unit, day: date) -> SpotCheck | None:
    """That of the day's quarter, unless it was dropped."""
    rows = SpotCheck.objects.filter(ledger=ledger, year=day.year, quarter=(day.month + 2) // 3, dropped_at__isnull=True)
    return with_parts(rows).first()


def met(check: SpotCheck) -> int:
    """How many of those drawn were met: counted from the roster of its record, the check being loaded with its parts."""
    if check.record is None:
        return 0
    came = {row.member_id for row in check.record.roster.all() if row.attendance in CAME}
    return sum(place.picked and place.member_id in came for place in check.places.all())


def recomputed(check: SpotCheck) -> bool:
    """Whether seed and roster give the same places again."""
    places = sorted(check.places.all(), key=lambda place: place.number)
    same = tuple(place.number for place in places if place.picked) == drawn(check.seed, len(places), check.size)
    return same and digest_of([place.member_id for place in places]) == check.roster_digest


def records_offered(check: SpotCheck) -> list[Session]:
    """Records of 自学抽查 since the drawing that belong to no check yet, latest first."""
    rows = Session.objects.filter(ledger=check.ledger_id, status__in=HAPPENED, held_on__gte=check.drawn_on)
    return list(rows.filter(kind_rows__kind=KIND, spot_check__isnull=True).order_by("-held_on", "-pk")[:20])


def body_of(check: SpotCheck) -> tuple[dict[str, Any], dict[str, str]]:
    """What a revision of a check holds: plain data and texts by key; members as ids."""
    places = sorted(check.places.all(), key=lambda place: place.number)
    body = {
        "ledger": check.ledger_id, "year": check.year, "quarter": check.quarter, "seed": check.seed,
        "size": check.size, "drawn_on": check.drawn_on, "roster_digest": check.roster_digest,
        "session": check.session_id, "dropped": check.dropped_at is not None,
        "places": [[place.member_id, place.picked] for place in places],
    }  # fmt: skip
    return body, {"reason": check.reason}


def torn() -> Iterator[str]:
    """Sentences about checks that do not read like their newest revision, or that the seed does not give again."""
    kept = journal.newest(room="study", noun="spot_check")
    for check in SpotCheck.objects.prefetch_related("places").order_by("pk").iterator(chunk_size=500):
        written = kept.pop(check.pk, None)
        if written is None:
            yield f"{check.title}没有修订记录。"
        elif written.number != check.revision or written.unlike(*body_of(check)):
            yield f"{check.title}与最后一次修订不一致。"
        elif not recomputed(check):
            yield f"{check.title}抽中的人与种子算出来的不一致。"
    yield from ("一次自学抽查只剩下修订记录。" for _ in kept)


@rows_once
def _drawn_of(member: int) -> QuerySet[RosterPlace]:
    rows = RosterPlace.objects.filter(member_id=member, picked=True, spot_check__dropped_at__isnull=True)
    return rows.select_related("spot_check__ledger").order_by("spot_check__drawn_on", "pk")


def about(member: Member) -> dict[str, object]:
    """When a member was drawn."""
    return {
        "自学抽查抽到": [
            {"抽查": row.spot_check.title, "组织": row.spot_check.ledger.name, "抽样日期": row.spot_check.drawn_on}
            for row in _drawn_of(member.pk)
        ]
    }
