"""The roster of 记一次: who is expected, how each is marked, and whether those present may decide."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from youju.kit.digests import canonical, sha256_hex
from youju.people.models import Unit
from youju.people.units.queries import ledger_unit
from youju.people.units.values import UnitKind
from youju.records.activities.models import RosterRow, Session
from youju.records.activities.queries import expected_at
from youju.records.activities.rules import (
    Quorum,
    RosterCount,
    count_roster,
    expects_committee,
    expects_everybody_listed,
    judge_vote,
)
from youju.records.activities.values import Attendance, Expected, LeaveCategory, RosterEntry
from youju.records.joining.queries import rows_of

PRESENT = Attendance.PRESENT.value

#: One choice a person, in groups as the list shows them: leave carries its category, so nobody opens a second list.
MARKS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    ("", ((PRESENT, Attendance.PRESENT.zh), (Attendance.LATE.value, Attendance.LATE.zh))),
    (
        Attendance.LEAVE.zh,
        (
            *((f"leave:{c.value}", c.zh) for c in LeaveCategory if c is not LeaveCategory.OTHER),
            (f"leave:{LeaveCategory.OTHER.value}", "其他请假"),
            ("leave:", "原因未写"),
        ),
    ),
    ("", ((Attendance.ABSENT.value, Attendance.ABSENT.zh), (Attendance.EXEMPT.value, Attendance.EXEMPT.zh))),
)
_KNOWN = {value for _, choices in MARKS for value, _ in choices}


@dataclass(frozen=True)
class Line:
    """One person of the roster; ``mark`` is empty for who is not on it."""

    person: Expected
    mark: str
    led: bool = False
    spoke: bool = False

    @property
    def name(self) -> str:
        return f"r_{self.person.member_id}"

    @property
    def here(self) -> bool:
        return self.mark in (PRESENT, Attendance.LATE.value)

    @property
    def aside(self) -> str:
        """What stands small beside the name: 预备, or the group."""
        return "预备" if self.person.probationary else ""

    def entry(self) -> RosterEntry:
        attendance, _, category = self.mark.partition(":")
        kept = LeaveCategory(category) if category else None
        return RosterEntry(self.person.member_id, Attendance(attendance), kept, self.led, self.spoke)


@dataclass(frozen=True)
class Roster:
    """应到名单 as it stands in the form. ``open``: whoever took part; otherwise everybody expected is named."""

    lines: tuple[Line, ...]
    guests: tuple[Line, ...]
    open: bool
    signature: str
    signed: bool = False  # who signed in is marked, the rest are for the clerk to mark
    on_leave: int = 0  # how many asked for leave beforehand and are marked so
    carried: tuple[RosterEntry, ...] = ()  # of units that joined, as they stand
    choices: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = MARKS

    @property
    def voiced(self) -> bool:
        """Whether anybody is marked as having led or spoken."""
        return any(line.led or line.spoke for line in (*self.lines, *self.guests))

    @property
    def unmarked(self) -> int:
        """Who has signed nowhere and is not marked yet."""
        return 0 if self.open else sum(not line.mark for line in self.lines)

    def entries(self, *, talk: bool = False) -> tuple[RosterEntry, ...]:
        """Of a ``talk`` nobody says who led or spoke."""
        found = (line.entry() for line in (*self.lines, *self.guests) if line.mark)
        return tuple(replace(entry, led=False, spoke=False) if talk else entry for entry in found)

    @property
    def groups(self) -> list[tuple[str, list[Line]]]:
        """Lines by the unit they stand in, in roster order; one heading only where there is more than one unit."""
        found: dict[str, list[Line]] = {}
        for line in self.lines:
            found.setdefault(line.person.unit_name, []).append(line)
        return list(found.items())

    @property
    def count(self) -> RosterCount:
        entries = {entry.member_id: entry.attendance for entry in self.entries()}
        people = [line.person for line in (*self.lines, *self.guests) if line.mark]
        return count_roster([(entries[p.member_id], p.counts, p.votes) for p in people])

    def quorums(self, rules: Iterable[str]) -> list[Quorum]:
        """到会 judged for each rule that a resolution of this form uses; none for an open roster."""
        if self.open or not self.lines:
            return []
        count = self.count
        return [
            judge_vote(rule=rule, expected=count.votes_expected, present=count.votes_present, yes=None).quorum
            for rule in dict.fromkeys(rules)
        ]


def roster_for(
    *, host: Unit, kinds: tuple[str, ...], day: date, typed: Mapping[str, str] | None, signed: Mapping[int, Attendance] | None = None,
    leave: Mapping[int, LeaveCategory] | None = None, named: Sequence[int] = (), led: Sequence[int] = (),
) -> Roster:  # fmt: skip
    """Who is expected of these kinds on that day, marked as typed; nobody typed for is present.

    With a sign-in list, ``signed`` says who came; ``leave`` who asked for it beforehand and did not come after all.
    Of the others nothing is said until the clerk says it. ``led``: who was to lead.
    """
    is_open = bool(kinds) and not expects_everybody_listed(kinds)
    people = expected_at(host, kinds, day)
    known = {person.member_id for person in people}
    narrow = expects_committee(kinds) or host.kind == UnitKind.GROUP
    beyond = [p for p in expected_at(ledger_unit(host), (), day) if p.member_id not in known] if narrow else []
    signature = _signature(is_open, people)
    mark, did = _reader(typed, signature), _doing(typed, dict.fromkeys(led, (True, False)))
    asked = {} if is_open or leave is None else leave

    def otherwise(person: Expected) -> str:
        if signed is not None and person.member_id in signed:
            return signed[person.member_id].value
        if person.member_id in asked:
            return f"leave:{asked[person.member_id].value}"
        if is_open and person.member_id in named:
            return PRESENT
        return "" if is_open or signed is not None else PRESENT

    return Roster(
        lines=tuple(_line(person, mark(person, otherwise(person)), did(person), free=is_open) for person in people),
        guests=tuple(
            _line(replace(person, votes=False, counts=False), mark(person, ""), did(person), free=True)
            for person in beyond
        ),
        open=is_open,
        signature=signature,
        signed=signed is not None,
        on_leave=sum(otherwise(person).startswith("leave:") for person in people),
    )


def roster_kept(session: Session, *, kinds: tuple[str, ...], typed: Mapping[str, str] | None) -> Roster:
    """The roster of a record that is being corrected: written once, never computed again.

    Who did not stand on it may be added: as one who took part where the roster is open, else as one who sat in.
    """
    own: list[RosterRow] = []
    theirs: list[RosterRow] = []
    for row in session.roster.all():  # who came for a unit that joined is neither shown here nor changed
        (own if row.unit.path.startswith(session.ledger.path) else theirs).append(row)
    roster = _written(own, home=session.ledger, kinds=kinds, day=session.held_on, typed=typed)
    return replace(roster, carried=tuple(_entry_of(row) for row in theirs))


def roster_of_part(session: Session, unit: Unit, *, kinds: tuple[str, ...], typed: Mapping[str, str] | None) -> Roster:
    """The own people of a unit that joined, as they stand in the host's record; nobody else is shown."""
    return _written(rows_of(session, unit), home=unit, kinds=kinds, day=session.held_on, typed=typed, votes=False)


def _written(
    rows: Iterable[RosterRow], *, home: Unit, kinds: tuple[str, ...], day: date, typed: Mapping[str, str] | None, votes: bool = True
) -> Roster:  # fmt: skip
    """Rows as they were written; ``votes`` whether these people could have one at that meeting."""
    kept, marked = [], {}
    for row in rows:
        person = Expected(
            row.member_id, row.member.name, row.unit_id, row.unit.short_name, row.votes,
            probationary=votes and not row.votes and row.expected, counts=row.expected,
        )  # fmt: skip
        leave = row.attendance == Attendance.LEAVE
        kept.append((person, f"leave:{row.leave_category}" if leave else row.attendance))
        marked[row.member_id] = row.led, row.spoke
    is_open = not expects_everybody_listed(kinds)
    known = {person.member_id for person, _ in kept}
    kept += [
        (replace(person, votes=votes and is_open and person.votes, counts=is_open), "")
        for person in expected_at(home, (), day)
        if person.member_id not in known
    ]
    signature = _signature(is_open, [person for person, _ in kept])
    mark, did = _reader(typed, signature), _doing(typed, marked)
    lines = tuple(
        _line(person, mark(person, otherwise), did(person), free=is_open or not person.counts)
        for person, otherwise in kept
    )
    return Roster(
        lines=tuple(line for line in lines if line.person.counts),
        guests=tuple(line for line in lines if not line.person.counts),
        open=is_open,
        signature=signature,
    )


def _entry_of(row: RosterRow) -> RosterEntry:
    category = LeaveCategory(row.leave_category) if row.leave_category else None
    return RosterEntry(row.member_id, Attendance(row.attendance), category, row.led, row.spoke)


def _line(person: Expected, mark: str, did: tuple[bool, bool], *, free: bool) -> Line:
    """Who led or spoke was there: where nobody need be on the list (``free``) that alone puts him on it."""
    return Line(person, mark or (PRESENT if free and any(did) else ""), *did)


def _signature(is_open: bool, people: Iterable[Expected]) -> str:
    """Which people were shown. When the answer was given to others, kinds or day were changed in between."""
    return sha256_hex(canonical([is_open, sorted(person.member_id for person in people)]))[:12]


def _reader(typed: Mapping[str, str] | None, signature: str) -> Callable[[Expected, str], str]:
    """How a person was marked. An unticked box sends nothing, so nothing means "not here" only for who was shown."""
    shown = typed is not None and typed.get("roster") == signature

    def mark(person: Expected, otherwise: str) -> str:
        given = typed.get(f"r_{person.member_id}") if typed is not None else None
        # A mark given on another roster stays a mark, but does not put anybody on a list where one begins with nobody.
        if given in _KNOWN and (shown or otherwise):
            return str(given)
        return "" if shown else otherwise

    return mark


def _doing(
    typed: Mapping[str, str] | None, otherwise: Mapping[int, tuple[bool, bool]]
) -> Callable[[Expected], tuple[bool, bool]]:
    """Whether a person (led, spoke)."""

    def did(person: Expected) -> tuple[bool, bool]:
        if typed is None:
            return otherwise.get(person.member_id, (False, False))
        return f"led_{person.member_id}" in typed, f"spoke_{person.member_id}" in typed

    return did
