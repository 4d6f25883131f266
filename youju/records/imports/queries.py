"""Names of a row matched with the roster of its day, and what stands in the ledger already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from functools import cached_property

from django.db.models import Q

from youju.kit.refusal import Refusal
from youju.kit.zone import SHANGHAI
from youju.people.imports.rules import pieces
from youju.people.imports.values import Fault
from youju.people.members.models import Membership
from youju.people.members.queries import memberships_on
from youju.people.units.models import Unit
from youju.people.units.queries import groups_of
from youju.records.activities.guest_words import read_guests
from youju.records.activities.models import Session
from youju.records.activities.queries import expected_at
from youju.records.activities.rules import expects_everybody_listed
from youju.records.activities.values import CAME, ActivityDraft, Attendance, Expected, GuestDraft, RosterEntry, Status
from youju.records.imports.rules import key_of
from youju.records.imports.values import Reading, SessionRow

#: Up to so many rows are looked up one by one; of more, the whole ledger is read once.
FEW = 200


@dataclass
class Ledger:
    """A ledger while its rows are being judged: what is asked for many rows is asked once."""

    unit: Unit
    _days: dict[date, dict[str, list[int]]] = field(default_factory=dict)

    def named(self, day: date) -> dict[str, list[int]]:
        """Ids of the members on a day by name."""
        if day not in self._days:
            found: dict[str, list[int]] = defaultdict(list)
            for row in memberships_on(self.unit, day):
                found[row.member.name].append(row.member_id)
            self._days[day] = found
        return self._days[day]

    def host(self, said: str, day: date) -> Unit | None:
        """The unit that is meant by its name; the keeper of the ledger where nothing is said."""
        if not said or said in (self.unit.short_name, self.unit.name, "支部", "党支部"):
            return self.unit
        for group in groups_of(self.unit, on=day):
            if said in (group.short_name, group.name, group.code, group.short_name.removesuffix("党小组")):
                return group
        return None

    def has_groups(self, day: date) -> bool:
        return bool(groups_of(self.unit, on=day))

    def keys(self, rows: Sequence[SessionRow]) -> dict[str, Session]:
        """Sessions of this ledger by what makes a row the same: as they read now, and as they were imported.

        Of a few rows only what could be the same is asked for, so that a part of a large table does not read the ledger.
        """
        sessions = Session.objects.filter(ledger=self.unit)
        if len(rows) <= FEW:
            days = {row.draft.starts_at.astimezone(SHANGHAI).date() for row in rows}
            sessions = sessions.filter(Q(held_on__in=days) | Q(form_key__in=[row.key for row in rows]))
        found: dict[str, Session] = {}
        for session in sessions.prefetch_related("kind_rows").order_by("pk"):
            if session.form_key:
                found[session.form_key] = session
            if session.status in (Status.HELD, Status.FILED):
                start = session.starts_at.astimezone(SHANGHAI).time()
                kinds = [row.kind for row in session.kind_rows.all()]
                key = key_of(
                    unit_id=session.unit_id, day=session.held_on, start=start, title=session.title, kinds=kinds
                )
                found[key] = session
        return found

    @cached_property
    def ever(self) -> set[str]:
        """Everybody's name who was ever a member here."""
        return set(Membership.objects.in_unit(self.unit).values_list("member__name", flat=True))


def row_of(ledger: Ledger, said: Reading) -> tuple[SessionRow | None, tuple[Fault, ...]]:
    """The row with persons instead of names, as far as they are known, and its faults.

    A name that is nobody's or several persons' is a fault. Which row it is can be said all the same, so that one that
    stands in the ledger already is passed over, whatever has become of its people since.
    """
    faults: list[Fault] = []
    host = ledger.host(said.host, said.day)
    if host is None:
        return None, (Fault("host", f"没有“{said.host[:20]}”这个党小组，请写支部或党小组的简称。"),)
    if said.kinds == ("group_meeting",) and host.pk == ledger.unit.pk and ledger.has_groups(said.day):
        faults.append(Fault("host", "党小组会请在“主办”写明是哪个党小组开的。"))
    guests, lecturer = _lecturing(_guests(said, faults), said.lecturer)
    named = {
        column: _person(ledger, name, said.day, column, faults)
        for column, name in (("chair", said.chair), ("recorder", said.recorder), ("lecturer", lecturer))
    }
    roster = _with_voices(ledger, host, said, _roster(ledger, host, said, faults), faults)
    draft = ActivityDraft(
        kinds=said.kinds, title=said.title, starts_at=_moment(said.day, said.start),
        ends_at=_moment(said.day, said.end) if said.end else None, place=said.place, chair_id=named["chair"],
        recorder_id=named["recorder"], lecturer_id=named["lecturer"],
        for_year=said.for_year if said.for_year != said.day.year else None, roster=roster, agenda=said.agenda,
        outcome=said.outcome, guests=guests, facets=said.facets, studied=said.studied, transcribed_from=said.transcribed_from,
    )  # fmt: skip
    key = key_of(unit_id=host.pk, day=said.day, start=said.start, title=said.title, kinds=said.kinds)
    return SessionRow(host.pk, draft, key), tuple(faults)


def _guests(said: Reading, faults: list[Fault]) -> tuple[GuestDraft, ...]:
    try:
        return read_guests(said.guests)
    except Refusal as refusal:
        faults.append(Fault("guests", refusal.sentence))
        return ()


def _lecturing(guests: tuple[GuestDraft, ...], said: str) -> tuple[tuple[GuestDraft, ...], str]:
    """授课人 may be a guest who stands in the row; who is left is one of the branch's own."""
    names = pieces(said)
    own = "、".join(name for name in names if all(guest.name != name for guest in guests))
    return tuple(replace(guest, lectured=guest.name in names) if guest.name else guest for guest in guests), own


def _with_voices(
    ledger: Ledger, host: Unit, said: Reading, roster: tuple[RosterEntry, ...], faults: list[Fault]
) -> tuple[RosterEntry, ...]:
    """The roster with who led and who spoke. Who is not on it, or did not come, is a fault."""
    if not (said.led or said.spoke) or (faults and not roster):  # of a list that could not be made that is said already
        return roster
    entries = {entry.member_id: entry for entry in roster}
    by_name: dict[str, set[int]] = defaultdict(set)
    for name, ids in ledger.named(said.day).items():
        by_name[name] |= set(ids) & entries.keys()
    for person in expected_at(host, said.kinds, said.day):  # a committee may have members from elsewhere
        by_name[person.name] |= {person.member_id} & entries.keys()
    for column, did, names in (("led", "领学", said.led), ("spoke", "发言", said.spoke)):
        for name in names:
            found = by_name.get(name, set())
            if len(found) > 1:
                faults.append(Fault(column, f"名单里有{len(found)}人叫“{name[:10]}”，请按名册上的写法区分。"))
            elif not found:
                faults.append(Fault(column, f"“{name[:10]}”不在这次的名单里，不能记{did}；来宾讲课的写在“授课人”。"))
            elif (entry := entries[min(found)]).attendance not in CAME:
                faults.append(Fault(column, f"“{name[:10]}”这一次没有到会，不能记{did}。"))
            else:
                entries[entry.member_id] = replace(
                    entry, led=entry.led or did == "领学", spoke=entry.spoke or did == "发言"
                )
    return tuple(entries.values())


def _moment(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, tzinfo=SHANGHAI)


def _person(ledger: Ledger, name: str, day: date, column: str, faults: list[Fault]) -> int | None:
    if not name:
        return None
    found = ledger.named(day).get(name, [])
    if len(found) == 1:
        return found[0]
    if found:
        faults.append(Fault(column, f"当天有{len(found)}名党员叫“{name[:10]}”，请按名册上的写法区分。"))
    elif name in ledger.ever:
        faults.append(Fault(column, f"“{name[:10]}”当天不在册，请核对日期，或先改名册里的转入、转出日期。"))
    else:
        faults.append(Fault(column, f"名册里没有“{name[:10]}”，请核对姓名，或先导入党员。"))
    return None


def _roster(ledger: Ledger, host: Unit, said: Reading, faults: list[Fault]) -> tuple[RosterEntry, ...]:
    marks = [(leave.name, "leave", Attendance.LEAVE, leave.category) for leave in said.leave]
    marks += [(name, "absent", Attendance.ABSENT, None) for name in said.absent]
    if not expects_everybody_listed(said.kinds):
        return _open_roster(ledger, said, faults)
    if said.present:
        faults.append(Fault("present", "有应到名单的会不填参加人员；没来的写在请假人员、缺席人员里。"))
    people = expected_at(host, said.kinds, said.day)
    if not people:
        faults.append(Fault("day", "名册里当天没有应到的人，请先导入党员和职务，日期写真实的日期。"))
        return ()
    by_name: dict[str, list[Expected]] = defaultdict(list)
    for person in people:
        by_name[person.name].append(person)
    away: dict[int, RosterEntry] = {}
    for name, column, attendance, category in marks:
        found = by_name.get(name, [])
        if len(found) != 1:
            _not_one(name, column, len(found), faults)
        elif found[0].member_id in away:
            faults.append(Fault(column, f"“{name[:10]}”写了两次。"))
        else:
            away[found[0].member_id] = RosterEntry(found[0].member_id, attendance, category)
    if said.expected is not None and said.expected != len(people):
        sentence = f"应到写的是{said.expected}人，名册当天应到{len(people)}人。请核对名册；以名册为准的把这一格留空。"
        faults.append(Fault("expected", sentence))
    return tuple(away.get(person.member_id, RosterEntry(person.member_id)) for person in people)


def _not_one(name: str, column: str, count: int, faults: list[Fault]) -> None:
    if count:
        faults.append(Fault(column, f"应到名单里有{count}人叫“{name[:10]}”，请按名册上的写法区分。"))
    else:
        faults.append(Fault(column, f"“{name[:10]}”不在当天的应到名单里，请核对姓名和日期。"))


def _open_roster(ledger: Ledger, said: Reading, faults: list[Fault]) -> tuple[RosterEntry, ...]:
    """Whoever took part: nobody is missing from a visit."""
    for column, names in (("leave", said.leave), ("absent", said.absent)):
        if names:
            faults.append(Fault(column, "这类活动没有应到名单，不记请假和缺席；参加的人写在“参加人员”里。"))
    found = [_person(ledger, name, said.day, "present", faults) for name in said.present]
    return tuple(RosterEntry(member_id) for member_id in dict.fromkeys(filter(None, found)))
