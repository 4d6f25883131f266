"""Questions about 送学上门: what was brought to whom, who is 免于要求, and what figures and units ask of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Max, QuerySet

from youju.journal import queries as journal
from youju.kit.periods import Period
from youju.people.listed import Listed
from youju.people.members.models import Member
from youju.people.members.queries import memberships_on
from youju.people.models import Unit
from youju.people.written_once import Rows, rows_once, written_once
from youju.records.activities.models import RosterRow
from youju.records.activities.values import HAPPENED, Attendance
from youju.study.deliveries.models import Delivery, DeliverySet
from youju.study.deliveries.values import said_of

#: How long a mark 免于要求 on a roster is remembered here: the year begins with those of the last one.
REMEMBERED = timedelta(days=365)


@dataclass(frozen=True)
class Delivered:
    """One delivery, as figures, units and the map of study ask."""

    delivery_id: int
    number: str
    ledger_id: int
    member_id: int
    day: date
    sources: tuple[tuple[int, str], ...]  # of the register: (id, title)
    text: str
    entered_at: datetime

    @property
    def source_ids(self) -> frozenset[int]:
        return frozenset(pk for pk, _ in self.sources)

    @property
    def studied(self) -> str:
        return said_of((title for _, title in self.sources), self.text)


def with_parts(rows: DeliverySet) -> DeliverySet:
    """With all a page shows."""
    return rows.select_related("ledger", "member", "bringer").prefetch_related("sources")


def deliveries_of(ledger: Unit, *, year: int) -> list[Delivery]:
    """What was brought in a year, newest first."""
    return list(with_parts(Delivery.objects.standing().filter(ledger=ledger, brought_on__year=year)))


def find(ledger: Unit, number: str) -> Delivery | None:
    """Also one that was withdrawn: its page says so."""
    return with_parts(Delivery.objects.filter(ledger=ledger, number=number)).first()


def last_brought(ledger: Unit, period: Period) -> dict[int, date]:
    """Member → when something was last brought to him within a period."""
    rows = Delivery.objects.standing().filter(ledger=ledger, brought_on__gte=period.start, brought_on__lte=period.end)
    return dict(rows.order_by().values_list("member_id").annotate(Max("brought_on")))


def exempt_on(ledger: Unit, day: date) -> list[Member]:
    """Of those who belong to the ledger on a day, whom a roster of the year before it excused (免于要求), whichever unit
    wrote it; in the order of the roster.
    """
    people = [row.member for row in memberships_on(ledger, day)]
    excused = excused_among((person.pk for person in people), day)
    return [person for person in people if person.pk in excused]


def excused_among(member_ids: Iterable[int], day: date) -> frozenset[int]:
    """Of these members, whom a roster of the year before a day excused (免于要求), whichever unit wrote it."""
    rows = RosterRow.objects.filter(
        member_id__in=Listed(member_ids), attendance=Attendance.EXEMPT, session__status__in=HAPPENED,
        session__held_on__gt=day - REMEMBERED, session__held_on__lte=day,
    )  # fmt: skip
    return frozenset(rows.order_by().values_list("member_id", flat=True))


def delivered_in(ledger_ids: Listed, period: Period) -> list[Delivered]:
    """What these ledgers brought in a period, by day. Two queries."""
    rows = list(_standing(ledger_ids, period.start, period.end))
    titles: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    for pk, source, title in _sources(Listed(row[0] for row in rows)) if rows else ():
        titles[pk].append((source, title))
    found = [
        Delivered(pk, number, ledger, member, day, tuple(sorted(titles[pk])), text, entered)
        for pk, number, ledger, member, day, text, entered in rows
    ]
    return sorted(found, key=lambda one: (one.day, one.delivery_id))


@written_once
def _standing(ledgers: Listed, start: date, end: date) -> Rows:
    rows = Delivery.objects.filter(
        ledger_id__in=ledgers, withdrawn_at__isnull=True, brought_on__gte=start, brought_on__lte=end
    )
    return rows.order_by().values_list("pk", "number", "ledger_id", "member_id", "brought_on", "text", "entered_at")


@written_once
def _sources(deliveries: Listed) -> Rows:
    rows = Delivery.sources.through.objects.filter(delivery_id__in=deliveries)
    return rows.order_by().values_list("delivery_id", "source_id", "source__title")


def body_of(delivery: Delivery) -> tuple[dict[str, Any], dict[str, str]]:
    """What a revision of a delivery holds: plain data and texts by key; persons as ids."""
    body = {
        "number": delivery.number, "ledger": delivery.ledger_id, "member": delivery.member_id,
        "brought_on": delivery.brought_on, "sources": sorted(one.pk for one in delivery.sources.all()),
        "way": delivery.way, "bringer": delivery.bringer_id, "withdrawn": delivery.withdrawn_at is not None,
    }  # fmt: skip
    texts = {
        "text": delivery.text, "bringer_words": delivery.bringer_words, "note": delivery.note,
        "reason": delivery.reason,
    }  # fmt: skip
    return body, texts


def torn() -> Iterator[str]:
    """Sentences about deliveries that do not read like their newest revision."""
    kept = journal.newest(room="study", noun="delivery")
    for delivery in Delivery.objects.prefetch_related("sources").order_by("pk").iterator(chunk_size=500):
        written = kept.pop(delivery.pk, None)
        if written is None:
            yield f"{delivery.number} 没有修订记录。"
        elif written.number != delivery.revision or written.unlike(*body_of(delivery)):
            yield f"{delivery.number} 与最后一次修订不一致。"
    yield from (f"{written.body.get('number', '一次送学')} 只剩下修订记录。" for written in kept.values())


@rows_once
def _brought_to(member: int) -> QuerySet[Delivery]:
    return with_parts(Delivery.objects.filter(member_id=member)).order_by("brought_on", "pk")


@rows_once
def _brought_by(member: int) -> QuerySet[Delivery]:
    return with_parts(Delivery.objects.standing().filter(bringer_id=member)).order_by("brought_on", "pk")


def about(member: Member) -> dict[str, object]:
    """What was brought to a member, withdrawn or not; and what he brought, which says not to whom."""
    return {
        "送学上门": [
            {
                "编号": row.number, "日期": row.brought_on, "学的什么": row.studied, "怎么送": row.way_zh,
                "谁送的": row.brought_by, "说明": row.note, "组织": row.ledger.name,
                "情况": "已撤回" if row.withdrawn_at else "",
            }
            for row in _brought_to(member.pk)
        ],
        "我送的学": [
            {"编号": row.number, "日期": row.brought_on, "学的什么": row.studied, "怎么送": row.way_zh}
            for row in _brought_by(member.pk)
        ],
    }  # fmt: skip
