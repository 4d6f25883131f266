"""What each page of sign-in shows: one frozen dataclass a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.utils.safestring import SafeString

from youju.people.models import Unit
from youju.prose.vocabulary import KINDS
from youju.records.activities.models import Session
from youju.records.activities.rules import expects_everybody_listed
from youju.records.signin.queries import kinds_of
from youju.records.signin.values import Choice, Person, Sheet, Signature

#: Names that one look at a list takes in; beyond it one chooses group and surname first.
FEW = 30
#: Names on the screen; the rest are counted.
ON_SCREEN = 48


@dataclass(frozen=True)
class Coming:
    """A planned session on the first page."""

    session: Session
    today: bool
    sheet: Sheet | None


@dataclass(frozen=True)
class IndexPage:
    unit: Unit
    choice: Choice
    sessions: tuple[Coming, ...]


@dataclass(frozen=True)
class SettingsPage:
    unit: Unit
    form: forms.Form


@dataclass(frozen=True)
class ListPage:
    """The list of one session, for the desk and for the screen. Who is missing is nowhere on it."""

    session: Session
    sheet: Sheet | None
    choice: Choice
    today: bool
    expected: int
    signed: tuple[Signature, ...]
    everybody: bool
    began: bool
    on_leave: int  # asked for leave and have not come; how many, and never on the screen

    @property
    def heading(self) -> str:
        """主题党日、党课 before the title, where the title does not say so itself."""
        return heading_of(self.session)

    @property
    def came(self) -> int:
        return len(self.signed)

    @property
    def rest(self) -> int:
        """Of whom nothing is known yet."""
        return max(0, self.expected - self.came - self.on_leave)

    @property
    def late(self) -> int:
        return sum(one.late for one in self.signed)

    @property
    def for_others(self) -> int:
        return sum(one.for_other for one in self.signed)

    @property
    def share(self) -> int:
        """Of a hundred, for the bar."""
        return min(100, round(100 * self.came / self.expected)) if self.expected else 0

    @property
    def latest(self) -> tuple[Signature, ...]:
        """Who came last stands first, so that he sees himself."""
        return self.signed[::-1][:ON_SCREEN]

    @property
    def more(self) -> int:
        return max(0, self.came - ON_SCREEN)


@dataclass(frozen=True)
class ScreenPage:
    """What the projector shows."""

    list: ListPage
    code: SafeString
    address: str
    here_only: bool  # opened as 127.0.0.1: no phone can follow


@dataclass(frozen=True)
class Picker:
    """One's name among many: all at once, or by group and surname."""

    groups: tuple[tuple[int, str], ...]
    families: tuple[str, ...]
    people: tuple[tuple[str, tuple[Person, ...]], ...]
    group: int | None
    family: str


@dataclass(frozen=True)
class PhonePage:
    """What one phone shows of one session. ``state``: pick, ready, stale, done, taken, closed, scan."""

    state: str
    session: Session | None = None
    sheet: Sheet | None = None
    person: Person | None = None
    signature: Signature | None = None
    picker: Picker | None = None
    late: bool = False
    may_pick: bool = False

    @property
    def heading(self) -> str:
        return heading_of(self.session) if self.session else ""


def heading_of(session: Session) -> str:
    kinds = "、".join(KINDS[kind].zh for kind in kinds_of(session))
    return session.title if kinds in session.title else f"{kinds}：{session.title}"


def list_page(
    *, session: Session, sheet: Sheet | None, choice: Choice, signed: Iterable[Signature], expected: int, leave: Iterable[int],
    at: datetime, today: bool,
) -> ListPage:  # fmt: skip
    came = tuple(signed)
    return ListPage(
        session=session, sheet=sheet, choice=choice, today=today, expected=expected, signed=came,
        on_leave=len(set(leave) - {one.member_id for one in came}),
        everybody=expects_everybody_listed(kinds_of(session)), began=session.starts_at <= at,
    )  # fmt: skip


def picker_of(people: list[Person], *, group: str, family: str) -> Picker:
    """The next step to one's name. Steps that would not make the list shorter are left out."""
    units = dict.fromkeys((person.unit_id, person.unit_name) for person in people)
    chosen = int(group) if group.isdecimal() and len(group) < 19 else None
    if len(people) <= FEW or len(units) == 1:
        chosen = None
    elif chosen is None:
        return Picker(tuple(units), (), (), None, "")
    here = [person for person in people if chosen in (None, person.unit_id)]
    families = tuple(dict.fromkeys(person.name[:1] for person in here))
    if len(here) > FEW and len(families) > 1:
        if family not in families:
            return Picker((), tuple(sorted(families)), (), chosen, "")
        here = [person for person in here if person.name.startswith(family)]
    else:
        family = ""
    named: dict[str, list[Person]] = {}
    for person in here:
        named.setdefault(person.unit_name, []).append(person)
    return Picker((), (), tuple((unit, tuple(found)) for unit, found in named.items()), chosen, family)
