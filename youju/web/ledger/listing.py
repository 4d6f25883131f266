"""The list of the ledger: what a reader reaches, what he filtered, and a line for each record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Max, Min, Q, QuerySet

from youju.kit.periods import Period
from youju.people.models import Unit
from youju.people.roles.queries import Held, Reader
from youju.people.roles.rules import Right
from youju.people.units.queries import ledger_unit
from youju.people.units.values import ABOVE_BRANCHES
from youju.records.activities.models import Session, SessionKind, SessionSet
from youju.records.activities.queries import own_ledger, record_of, with_heads
from youju.records.activities.rules import TALK_KINDS, Looker, RosterCount, is_talk, talk_title
from youju.records.activities.values import Status
from youju.records.checklist.queries import items_by_ledger
from youju.records.checklist.rules import check_parts
from youju.records.checklist.values import CheckItem, Part
from youju.records.joining.queries import waiting_of
from youju.records.joining.values import Waiting
from youju.web.ledger.facet_forms import LedgerFilter, narrowed
from youju.web.ledger.pages import late_by, url_of
from youju.web.shared.talks import looker_of, sees

PAGE_SIZE = 30


@dataclass(frozen=True)
class Row:
    """One line of the list. ``whole`` is whether this reader may read the record and not only its head."""

    session: Session
    kinds: str
    title: str
    count: RosterCount
    parts: tuple[Part, ...]
    late: int
    url: str
    whole: bool

    @property
    def happened(self) -> bool:
        return self.session.status in (Status.HELD, Status.FILED)

    @property
    def ready(self) -> int:
        return sum(part.there for part in self.parts)

    @property
    def lacking(self) -> str:
        return "、".join(part.name for part in self.parts if not part.there)


@dataclass(frozen=True)
class Chip:
    """A filter that holds; its link takes it out."""

    text: str
    name: str


@dataclass(frozen=True)
class ListPage:
    unit: Unit
    filters: LedgerFilter
    chips: tuple[Chip, ...]
    pages: Page[int]  # of ids: only those of one page are loaded whole
    rows: tuple[Row, ...]
    many_units: bool
    whole: bool
    may_write: bool
    joint: Waiting  # what other units have asked this one to join


@dataclass(frozen=True)
class HeadPage:
    """What a superior sees of a record: its head and how many came."""

    unit: Unit
    row: Row
    talk: bool = False  # of the reader's own ledger: a talk of others


@dataclass(frozen=True)
class Reach:
    """What a reader reads from a unit's list: ``own`` is its ledger if he reads that whole; ``below``: the heads of all
    that the units under it keep. Who acts for a committee's own ledger reads nothing of its branches'."""

    unit: Unit
    own: int | None
    below: bool
    looker: Looker

    def whole(self, session: Session) -> bool:
        """Of a talk only its head, except for who writes the ledger and for the two."""
        return session.ledger_id == self.own and sees(session, self.looker)

    @property
    def sessions(self) -> SessionSet:
        many = self.below and self.unit.kind in ABOVE_BRANCHES
        return Session.objects.kept_by(self.unit) if many else own_ledger(self.unit)


def reach_of(user: Reader, reader: Held, unit: Unit) -> Reach:
    own = ledger_unit(unit).pk if Right.READ_RECORDS in reader.rights_in(unit) else None
    return Reach(unit, own, reader.reaches_below(unit, Right.READ_HEADS), looker_of(user, reader.rights_in(unit)))


def chosen(reach: Reach, filters: LedgerFilter) -> SessionSet:
    """As ``found``, with all that a line of the list shows."""
    return with_heads(found(reach, filters))


def found(reach: Reach, filters: LedgerFilter) -> SessionSet:
    """The sessions that the filters let through, latest first.

    Where only heads are read, and by who does not write the ledger, no talk is found by words of its title: a hit would
    tell whose name stands there.
    """
    asked = filters.cleaned_data
    sessions = reach.sessions.exclude(status=Status.REMOVED)
    if asked.get("kind"):
        sessions = sessions.of_kinds((asked["kind"],))
    if asked.get("year"):
        year, quarter = asked["year"], asked.get("quarter")
        sessions = sessions.held_in(Period.quarter(year, quarter) if quarter else Period.year(year))
    if asked.get("status"):
        sessions = sessions.filter(status=asked["status"])
    sessions = narrowed(sessions, asked)
    for word in (asked.get("words") or "").split():
        sessions = sessions.named(word)
        kept = reach.own if reach.looker.writes else None
        if reach.below or kept is None:
            by_title = ~Q(number__icontains=word) & Q(pk__in=_only_talks(reach.unit))
            sessions = sessions.exclude(by_title if kept is None else by_title & ~Q(ledger_id=kept))
    # By the day first, though the hour says the same: so the index of the ledger gives the latest without sorting all.
    return sessions.order_by("-held_on", "-starts_at", "-pk")


def _only_talks(unit: Unit) -> QuerySet[SessionKind, int]:
    """Sessions that are a talk and nothing else."""
    rows = SessionKind.objects.filter(session__in=Session.objects.kept_by(unit))
    more = rows.exclude(kind__in=TALK_KINDS).values("session_id")
    return rows.filter(kind__in=TALK_KINDS).exclude(session_id__in=more).values_list("session_id", flat=True)


def years_of(reach: Reach, today: date) -> list[int]:
    """From the first year in which anything stands that he reads to the last, this one among them; latest first."""
    ends = reach.sessions.aggregate(first=Min("held_on"), last=Max("held_on"))
    first, last = ends["first"] or today, ends["last"] or today
    return list(range(max(last.year, today.year), min(first.year, today.year) - 1, -1))


def row_of(session: Session, *, whole: bool, items: Iterable[CheckItem] = ()) -> Row:
    """``items``: what its ledger looks at in a record, for who may read it whole."""
    record = record_of(session)
    return Row(
        session=session,
        kinds=record.kinds_zh,
        # The title of a talk may say with whom; a superior reads that one took place.
        title=session.title if whole or not is_talk(record.kinds) else talk_title(record.kinds),
        count=record.count,
        parts=check_parts(record.material, items) if whole else (),
        late=late_by(session),
        url=url_of(session),
        whole=whole,
    )


def rows_of(sessions: Sequence[Session], reach: Reach) -> tuple[Row, ...]:
    """The lines of several ledgers, each looked at by its own items."""
    items = items_by_ledger(session.ledger for session in sessions if reach.whole(session))
    return tuple(
        row_of(session, whole=reach.whole(session), items=items.get(session.ledger_id, ())) for session in sessions
    )


def list_page(*, reach: Reach, rights: frozenset[Right], filters: LedgerFilter, number: str) -> ListPage:
    unit = reach.unit
    pages = Paginator(found(reach, filters).values_list("pk", flat=True), PAGE_SIZE).get_page(number)
    ids = list(pages.object_list)
    loaded = {session.pk: session for session in with_heads(Session.objects.filter(pk__in=ids))}
    return ListPage(
        unit=unit,
        filters=filters,
        chips=tuple(_chips(filters)),
        pages=pages,
        rows=rows_of([loaded[pk] for pk in ids], reach),
        many_units=reach.below and unit.kind in ABOVE_BRANCHES,
        whole=reach.own is not None,
        may_write=Right.WRITE_RECORDS in rights,
        joint=waiting_of(unit) if Right.WRITE_RECORDS in rights else Waiting(0, 0),
    )


def _chips(filters: LedgerFilter) -> Iterable[Chip]:
    for name in ("kind", "year", "quarter", "status", "topic", "form", "group", "words"):
        value = filters.cleaned_data.get(name)
        if value and not (name == "quarter" and not filters.cleaned_data.get("year")):
            choices = dict(getattr(filters.fields[name], "choices", ()))
            yield Chip(str(choices.get(value, f"含“{value}”")), name)
