"""The talks of branches and years, with who belonged to them: five queries for any number of branches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from youju.kit.periods import Period
from youju.people.listed import Listed
from youju.people.models import Membership, Post
from youju.people.units.values import UnitKind
from youju.records.activities.models import RosterRow, Session, SessionKind
from youju.records.activities.values import CAME, HAPPENED, Attendance
from youju.records.talks.rules import year_of
from youju.records.talks.values import ALL, KIND, Person, Requirement, Talk, Year


@dataclass(frozen=True)
class Ledger:
    """What one branch's talks of a year are judged by."""

    people: tuple[Person, ...]
    committee: tuple[Person, ...]
    talks: tuple[Talk, ...]
    exempt: frozenset[int]

    def of(self, year: int, asked: Collection[Requirement] = ALL) -> Year:
        return year_of(
            year, people=self.people, committee=self.committee, talks=self.talks, exempt=self.exempt, asked=asked
        )  # fmt: skip


def ledgers_in(ledger_ids: Collection[int] | Listed, year: int, *, until: date | None = None) -> dict[int, Ledger]:
    """By branch; ``until``: what was held later is not seen. A branch without members is left out."""
    ids = ledger_ids if isinstance(ledger_ids, Listed) else Listed(ledger_ids)
    whole = Period.year(year)
    last = min(whole.end, until) if until else whole.end
    people, order = _people(ids, whole)
    committee = _committee(ids, whole)
    talks = _talks(ids, Period(whole.start, last)) if last >= whole.start else {}
    exempt = exempt_years({who for found in people.values() for who in found}, whole)
    return {
        pk: Ledger(
            tuple(Person(who, tuple(found[who])) for who in sorted(found, key=lambda one: order[one])),
            tuple(
                Person(who, tuple(spans))
                for who, spans in sorted(committee[pk].items(), key=lambda pair: order.get(pair[0], (0, pair[0])))
            ),
            tuple(talks.get(pk, ())),
            frozenset(who for who in found if year in exempt.get(who, ())),
        )
        for pk, found in people.items()
    }


Spans = defaultdict[int, defaultdict[int, list[tuple[date | None, date | None]]]]


def _spans() -> Spans:
    return defaultdict(lambda: defaultdict(list))


def _people(ids: Listed, year: Period) -> tuple[Spans, dict[int, tuple[int, int]]]:
    """Of the branch and its groups, all who belonged to it at any time of the year; and their places on the roster."""
    own = Membership.objects.filter(unit_id__in=ids)
    groups = Membership.objects.filter(unit__parent_id__in=ids, unit__kind=UnitKind.GROUP)
    found, order = _spans(), {}
    for rows, ledger in ((own, "unit_id"), (groups, "unit__parent_id")):
        there = rows.filter(since__lte=year.end).exclude(until__lte=year.start)
        for pk, who, since, until, rank in there.values_list(ledger, "member_id", "since", "until", "member__rank"):
            found[pk][who].append((since, until))
            order[who] = (rank, who)
    return found, order


def _committee(ids: Listed, year: Period) -> Spans:
    found = _spans()
    rows = Post.objects.of_committee().filter(unit_id__in=ids, since__lte=year.end).exclude(until__lte=year.start)
    for pk, who, since, until in rows.order_by("since").values_list("unit_id", "member_id", "since", "until"):
        found[pk][who].append((since, until))
    return found


def _talks(ids: Listed, period: Period) -> Mapping[int, list[Talk]]:
    rows = Session.objects.filter(ledger_id__in=ids, status__in=HAPPENED).held_in(period).of_kinds((KIND,))
    heads = list(rows.order_by("held_on", "pk").values_list("pk", "ledger_id", "held_on", "chair_id"))
    came: defaultdict[int, set[int]] = defaultdict(set)
    there = RosterRow.objects.filter(session_id__in=Listed(pk for pk, *_ in heads), attendance__in=CAME)
    for session_id, who in there.values_list("session_id", "member_id") if heads else ():
        came[session_id].add(who)
    found: defaultdict[int, list[Talk]] = defaultdict(list)
    for pk, ledger_id, day, chair in heads:
        found[ledger_id].append(Talk(day, frozenset(came[pk] | ({chair} if chair else set())), chair))
    return found


def exempt_years(who: Collection[int], period: Period) -> dict[int, frozenset[int]]:
    """Member → the years through which he was 免于要求: rosters excused him, whichever unit wrote them, and he came to nothing.

    One meeting's mark excuses from that meeting alone; a talk held with him at home does not ask him for another.
    """
    if not who:
        return {}
    rows = RosterRow.objects.filter(
        member_id__in=Listed(sorted(who)), session__status__in=HAPPENED,
        session__held_on__gte=period.start, session__held_on__lte=period.end,
    )  # fmt: skip
    excused = _years(rows.filter(attendance=Attendance.EXEMPT))
    if not excused:
        return {}
    talks = SessionKind.objects.filter(session_id=OuterRef("session_id"), kind=KIND)
    came = _years(rows.filter(~Exists(talks), member_id__in=Listed(sorted(excused)), attendance__in=CAME))
    return {pk: frozenset(years - came.get(pk, set())) for pk, years in excused.items()}


def _years(rows: QuerySet[RosterRow]) -> dict[int, set[int]]:
    found: defaultdict[int, set[int]] = defaultdict(set)
    for pk, year in rows.order_by().values_list("member_id", "session__held_on__year").distinct():
        found[pk].add(year)
    return dict(found)
