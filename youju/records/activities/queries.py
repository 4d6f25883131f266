"""Questions about sessions: who is expected, one record whole, lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from youju.journal.models import Revision
from youju.kit.refusal import Refusal
from youju.kit.telling import Telling
from youju.people.members.queries import memberships_on
from youju.people.members.values import Standing
from youju.people.models import Member, Unit
from youju.people.posts.queries import committee_on
from youju.people.units.queries import ledger_unit
from youju.people.units.values import UnitKind
from youju.people.written_once import Rows, growing_once, written_once
from youju.prose.vocabulary import KINDS
from youju.records.activities.contents import body_from, contents_of
from youju.records.activities.guest_words import say_guest
from youju.records.activities.models import RosterRow, Session, SessionSet
from youju.records.activities.rules import (
    Parts,
    RosterCount,
    Tally,
    count_roster,
    expects_committee,
    expects_everybody_listed,
    judge_vote,
)
from youju.records.activities.values import CAME, Attendance, Expected, LeaveCategory, Status
from youju.records.facets.rules import facets_from, say_words
from youju.records.facets.values import Facet, Facets
from youju.records.sources.rules import say
from youju.records.sources.values import Said


def expected_at(unit: Unit, kinds: tuple[str, ...], day: date) -> list[Expected]:
    """应到名单 of a session of these kinds hosted by ``unit`` on ``day``, in roster order.

    A committee meeting expects the committee, everything else the members of the unit (with its groups).
    """
    if expects_committee(kinds):
        posts = committee_on(unit, day)
        seen: dict[int, Expected] = {}
        for post in posts:
            seen.setdefault(
                post.member_id, Expected(post.member_id, post.member.name, unit.pk, unit.short_name, True, False)
            )
        return list(seen.values())
    return [
        Expected(
            row.member_id, row.member.name, row.unit_id, row.unit.short_name,
            votes=row.standing == Standing.FORMAL, probationary=row.standing == Standing.PROBATIONARY,
        )
        for row in memberships_on(unit, day)
    ]  # fmt: skip


@dataclass(frozen=True)
class Written:
    """The roster of a record as it was first written: it is never computed again."""

    kinds: tuple[str, ...]
    joining: frozenset[int]
    people: dict[int, Expected]


def written_roster(session: Session) -> Written:
    """Who stood on the roster when it was written: a correction years later does not lose those who have left since."""
    people = {
        row.member_id: Expected(row.member_id, row.member.name, row.unit_id, "", row.votes, not row.votes, row.expected)
        for row in session.roster.select_related("member")
    }
    joining = frozenset(session.joining.values_list("pk", flat=True))
    return Written(tuple(row.kind for row in session.kind_rows.all()), joining, people)


def roster_of(
    unit: Unit, joining: Sequence[Unit], kinds: tuple[str, ...], day: date, *, listed: set[int], written: Written | None
) -> dict[int, Expected]:
    """How each person counts who may stand on the roster. Raises Refusal on ``roster``.

    Everyone expected must be listed, come or not. Whoever else of the branch is listed sits in, without a vote.
    """
    settled = _settled(joining, written)
    unsettled = [other for other in joining if not (written and other.pk in written.joining)]
    computed = settled | _expected_of([unit], unsettled, kinds, day)
    people, needed = dict(computed), set(computed)
    if written and written.people and _same_footing(written.kinds, kinds):
        fresh = [other for other in joining if other.pk not in written.joining]
        left = written.joining - {other.pk for other in joining}
        gone = {pk for other in Unit.objects.filter(pk__in=left) for pk in _units_below(other)}
        kept = {pk: person for pk, person in written.people.items() if person.unit_id not in gone}
        added = _expected_of([], fresh, kinds, day)
        people = (added if expects_everybody_listed(kinds) else computed) | kept
        needed = {pk for pk, person in kept.items() if person.counts} | set(added)
    missing = [people[pk] for pk in people if pk in needed - listed]
    if missing and expects_everybody_listed(kinds):
        raise Refusal("roster", f"名单缺{len(missing)}人{_named(missing, joining)}，没来的请选请假或缺席。")
    if listed - people.keys():
        people |= _sitting_in([unit, *joining], day, listed - people.keys(), written)
    return people


def _expected_of(
    hosts: Iterable[Unit], joining: Iterable[Unit], kinds: tuple[str, ...], day: date
) -> dict[int, Expected]:
    """Who is expected. Members of a joining unit take part, but the host's votes are the host's own."""
    people = {person.member_id: person for host in hosts for person in expected_at(host, kinds, day)}
    guests = (replace(person, votes=False) for other in joining for person in expected_at(other, kinds, day))
    return {person.member_id: person for person in guests} | people


def _settled(joining: Sequence[Unit], written: Written | None) -> dict[int, Expected]:
    """Who stands on the roster for a unit that joined already: the host corrects his record and not their list."""
    if written is None:
        return {}
    theirs = {pk for other in joining if other.pk in written.joining for pk in _units_below(other)}
    return {pk: person for pk, person in written.people.items() if person.unit_id in theirs}


def _named(missing: Sequence[Expected], joining: Sequence[Unit]) -> str:
    """Three of the host's own names; those of a unit that joins are not the host's to read."""
    theirs = {pk for other in joining for pk in _units_below(other)}
    names = [person.name for person in missing if person.unit_id not in theirs]
    return f"（{'、'.join(names[:3])}{'等' if len(missing) > len(names[:3]) else ''}）" if names else ""


def _same_footing(before: tuple[str, ...], now: tuple[str, ...]) -> bool:
    """Whether the kinds expect the same circle as before: a committee meeting that was a 党员大会 needs a new roster."""
    return (expects_committee(before), expects_everybody_listed(before)) == (
        expects_committee(now),
        expects_everybody_listed(now),
    )


def _units_below(unit: Unit) -> list[int]:
    return list(Unit.objects.below(unit).values_list("pk", flat=True))


def _sitting_in(hosts: list[Unit], day: date, wanted: set[int], written: Written | None) -> dict[int, Expected]:
    """Members of the branch who were not expected (at the committee, at another group) are kept without a vote there."""
    known = [person for host in hosts for person in expected_at(ledger_unit(host), (), day)]
    known += written.people.values() if written else ()
    found = {
        person.member_id: replace(person, votes=False, counts=False) for person in known if person.member_id in wanted
    }
    if wanted - found.keys():
        raise Refusal("roster", "名单里有人当天不在本组织，请刷新后重选。")
    return found


@dataclass(frozen=True)
class Joined:
    """A unit that took part, in numbers: its names stand in its own hands."""

    name: str
    came: int
    listed: int

    @property
    def said(self) -> str:
        return f"{self.name}（到{self.came}人）" if self.listed else self.name


@dataclass(frozen=True)
class Record:
    """One session with everything written with it, loaded once."""

    session: Session
    kinds: tuple[str, ...]
    roster: tuple[RosterRow, ...]
    count: RosterCount

    @property
    def kinds_zh(self) -> str:
        return "、".join(KINDS[kind].zh for kind in self.kinds)

    @property
    def own(self) -> tuple[RosterRow, ...]:
        """The roster of the ledger's own people; of a session loaded by ``with_parts``."""
        return tuple(row for row in self.roster if row.unit.path.startswith(self.session.ledger.path))

    @property
    def joined(self) -> tuple[Joined, ...]:
        """Each unit that took part, without a name."""
        found = []
        for other in self.session.joining.all():
            rows = [row for row in self.roster if row.unit.path.startswith(other.path)]
            found.append(Joined(other.short_name, sum(row.attendance in CAME for row in rows), len(rows)))
        return tuple(found)

    @property
    def lecturers(self) -> str:
        """授课人: of the branch's own, and who was asked in."""
        own = [self.session.lecturer.name] if self.session.lecturer else []
        return "、".join([*own, *(say_guest(guest) for guest in self.session.guests.all() if guest.lectured)])

    @property
    def voices(self) -> list[tuple[str, str]]:
        """Who led and who spoke, each under its name; of the units that took part only how many."""
        found = []
        for name, rows in (("领学", self.leaders), ("发言", self.speakers)):
            own = self.own_names(rows)
            theirs = [f"参加组织{len(rows) - len(own)}人"] if len(rows) > len(own) else []
            if rows:
                found.append((name, "、".join([*own, *theirs])))
        return found

    @property
    def leaders(self) -> list[RosterRow]:
        return [row for row in self.roster if row.led]

    @property
    def speakers(self) -> list[RosterRow]:
        return [row for row in self.roster if row.spoke]

    def own_names(self, rows: Iterable[RosterRow]) -> list[str]:
        """Those of the ledger's own people."""
        return [row.member.name for row in rows if row.unit.path.startswith(self.session.ledger.path)]

    @property
    def facets(self) -> Facets:
        """Forms, topics, groups and business; of a session loaded by ``with_parts``."""
        return facets_from((row.facet, row.value) for row in self.session.facets.all())

    @property
    def studied(self) -> tuple[Said, ...]:
        return tuple(Said(row.title, row.part_title) for row in self.session.studied.all())

    @property
    def told(self) -> list[tuple[str, str]]:
        """What the record says beside its kinds, each under its name: (专题, 二十大精神、廉政)."""
        facets = self.facets
        values = (facets.forms, facets.topics, facets.groups, facets.business)
        found = [(facet.zh, say_words(words, facet)) for facet, words in zip(Facet, values, strict=True) if words]
        return [*found, *([("学习材料", "；".join(map(say, self.studied)))] if self.studied else [])]

    @property
    def material(self) -> Parts:
        """The record in numbers, for 材料检查."""
        return _parts(self.session, self.kinds, self.roster)

    def tallies(self) -> list[tuple[str, Tally]]:
        """Each resolution's text with its vote as judged when it was written."""
        return [
            (
                resolution.text,
                judge_vote(
                    rule=resolution.rule, expected=resolution.votes_expected, present=resolution.votes_present,
                    yes=resolution.yes, no=resolution.no, abstain=resolution.abstain, written_yes=resolution.written_yes,
                ),
            )
            for item in self.session.agenda.all()
            for resolution in item.resolutions.all()
        ]  # fmt: skip


def _parts(session: Session, kinds: tuple[str, ...], roster: tuple[RosterRow, ...]) -> Parts:
    items = list(session.agenda.all())
    resolutions = [row for item in items for row in item.resolutions.all()]
    return Parts(
        kinds=kinds,
        listed=len(roster),
        leave=sum(row.attendance == Attendance.LEAVE for row in roster),
        leave_unexplained=sum(row.attendance == Attendance.LEAVE and not row.leave_category for row in roster),
        has_chair=session.chair_id is not None,
        has_recorder=session.recorder_id is not None,
        has_end=session.ends_at is not None,
        has_place=bool(session.place),
        has_outcome=bool(session.outcome),
        items=len(items),
        bare_items=sum(not item.note and not item.resolutions.all() for item in items),
        resolutions=len(resolutions),
        untallied=sum(row.yes is None for row in resolutions),
        evidence=len(session.evidence.all()),
        filed=session.status == Status.FILED,
    )


def with_heads(sessions: SessionSet) -> SessionSet:
    """What a list shows of each session, in a fixed number of queries: ``record_of`` works on them, names apart."""
    return sessions.select_related("ledger", "unit").prefetch_related(
        "kind_rows", "roster", "agenda__resolutions", "evidence"
    )


def with_parts(sessions: SessionSet) -> SessionSet:
    """The sessions with roster, kinds, agenda and resolutions in a fixed number of queries."""
    return sessions.select_related("ledger", "unit", "chair", "recorder", "lecturer").prefetch_related(
        "kind_rows",
        "roster__member",
        "roster__unit",
        "agenda__resolutions",
        "evidence__file",
        "joining",
        "guests",
        "facets",
        "studied",
    )


def body_of(session: Session) -> tuple[dict[str, Any], dict[str, str]]:
    """What a revision of a session holds, for one loaded by ``with_parts``: plain data with persons as ids, texts by key."""
    return body_from(session, contents_of(session))


def record_of(session: Session) -> Record:
    """The record of a session loaded by ``with_parts``."""
    roster = tuple(session.roster.all())
    return Record(
        session,
        tuple(row.kind for row in session.kind_rows.all()),
        roster,
        count_roster([(Attendance(row.attendance), row.expected, row.votes) for row in roster]),
    )


def digests_of(sessions: Iterable[Session]) -> dict[int, str]:
    """The digest of the newest revision of each session, by its id: what a paper of it can be checked against."""
    numbers = {session.pk: session.revision for session in sessions}
    rows = Revision.objects.filter(room="records", noun="session", object_id__in=numbers.keys())
    found = rows.values_list("object_id", "number", "digest")
    return {object_id: digest for object_id, number, digest in found if numbers[object_id] == number}


def find(ledger: Unit, number: str) -> Session | None:
    """The session with this number in a ledger, with its parts."""
    return with_parts(Session.objects.filter(ledger=ledger, number=number).exclude(status=Status.REMOVED)).first()


def own_ledger(unit: Unit) -> SessionSet:
    """What stands in the unit's own ledger (of a group: what it hosts there), and nothing that a unit below keeps."""
    if unit.path == unit.ledger_path:
        return Session.objects.filter(ledger=unit)  # by its index: a ledger of twenty thousand is read a page at a time
    return Session.objects.kept_by(unit).filter(ledger__path=unit.ledger_path)


def next_planned(ledger: Unit, *, on: date) -> Session | None:
    """下一场: the next planned session of a ledger from a day on."""
    return (
        Session.objects.filter(ledger=ledger, status=Status.PLANNED, held_on__gte=on)
        .prefetch_related("kind_rows")
        .order_by("starts_at")
        .first()
    )


def last_like(ledger: Unit, kind: str, *, before: date) -> Session | None:
    """The latest activity of a kind in a ledger: where and when one usually meets."""
    return (
        Session.objects.filter(ledger=ledger)
        .happened()
        .of_kinds((kind,))
        .filter(held_on__lte=before)
        .order_by("-starts_at")
        .first()
    )


def last_recorder_id(ledger: Unit, *, before: date) -> int | None:
    """Who wrote the latest record of a ledger."""
    rows = Session.objects.filter(ledger=ledger, recorder__isnull=False, held_on__lte=before).happened()
    return rows.order_by("-starts_at").values_list("recorder_id", flat=True).first()


def chairs_for(unit: Unit, day: date) -> list[Member]:
    """Who may chair, record or lecture: members of the keeping unit on that day, in roster order."""
    home = unit.parent if unit.kind == UnitKind.GROUP and unit.parent else unit
    return [row.member for row in memberships_on(home, day)]


def about(member: Member) -> dict[str, object]:
    """Every session a member stands in."""
    return {
        "到会情况": Telling(_stood_in(member.pk), _say_stood),
        "领学": [number for (number,) in _did(member.pk, what="led")],
        "发言": [number for (number,) in _did(member.pk, what="spoke")],
        "主持": [number for (number,) in _was(member.pk, what="chair_id")],
        "记录": [number for (number,) in _was(member.pk, what="recorder_id")],
        "授课": [number for (number,) in _was(member.pk, what="lecturer_id")],
    }


def times_at(member: Member) -> tuple[int, int]:
    """At how many of them he was expected, and to how many he came."""
    return next(_times(member.pk), (0, 0))


@written_once
def _times(member: int) -> QuerySet[RosterRow, tuple[int, int]]:
    rows = RosterRow.objects.filter(member_id=member).exclude(session__status=Status.REMOVED)
    each = rows.exclude(attendance=Attendance.EXEMPT).order_by().values("member_id")
    counts = each.annotate(asked=Count("pk"), came=Count("pk", filter=Q(attendance__in=CAME)))
    return counts.values_list("asked", "came")


@growing_once
def _stood_in(member: int) -> Rows:
    rows = RosterRow.objects.filter(member_id=member).exclude(session__status=Status.REMOVED)
    heads = ("session__number", "session__held_on", "session__title", "attendance", "leave_category")
    return rows.order_by("session__starts_at", "pk").values_list(*heads)


def _say_stood(number: str, day: date, title: str, attendance: str, leave: str) -> dict[str, object]:
    return {
        "编号": number, "日期": day, "主题": title, "到会": Attendance(attendance).zh,
        "请假类别": LeaveCategory(leave).zh if leave else "",
    }  # fmt: skip


@written_once
def _did(member: int, *, what: str) -> Rows:
    rows = RosterRow.objects.filter(member_id=member, **{what: True}).exclude(session__status=Status.REMOVED)
    return rows.order_by("session__starts_at", "pk").values_list("session__number")


@written_once
def _was(member: int, *, what: str) -> Rows:
    rows = Session.objects.filter(**{what: member}).exclude(status=Status.REMOVED)
    return rows.order_by("starts_at").values_list("number")
