"""What each page of publicity shows: one frozen dataclass a page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import QueryDict
from django.urls import reverse

from youju.people.models import Unit
from youju.people.roles.rules import Right
from youju.records.activities.models import Session
from youju.records.activities.queries import own_ledger
from youju.records.activities.rules import TALK_KINDS
from youju.records.publicity.kinds import PERSONS, PUBLICITY_KINDS
from youju.records.publicity.models import Publication
from youju.records.publicity.onpaper import Pair, consent, sheet
from youju.records.publicity.queries import publications_of
from youju.records.publicity.rules import link_fault
from youju.records.publicity.values import Status
from youju.web.shared.fields import number_in
from youju.web.shared.files import Trace, traces_of
from youju.web.work.publicity_forms import FileForm, PublicationForm, RecordForm
from youju.web.work.tabs import Frame, frame

MARKS = {Status.PUBLISHED: "done", Status.DRAFT: "half", Status.UNUSED: "waived"}
MOST_OFFERED = 200
A_WHILE = timedelta(days=92)  # what is written about was mostly held in the months before


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed to; each stands in the address."""

    kind: str = ""
    status: str = ""
    year: int = 0

    @property
    def any(self) -> bool:
        return bool(self.kind or self.status or self.year)

    def let_through(self, row: Publication) -> bool:
        return (
            self.kind in ("", row.kind)
            and self.status in ("", row.status)
            and self.year in (0, row.dated_on.year)
        )  # fmt: skip


def filters_in(query: QueryDict) -> Filters:
    """A word that says nothing here narrows nothing."""
    kind, status = query.get("kind", ""), query.get("status", "")
    return Filters(
        kind if kind in PUBLICITY_KINDS else "",
        status if status in set(Status) else "",
        number_in(query.get("year"), otherwise=0, most=9999),
    )


@dataclass(frozen=True)
class Row:
    one: Publication
    url: str

    @property
    def mark(self) -> str:
        return MARKS[Status(self.one.status)]

    @property
    def lacks_consent(self) -> bool:
        return lacks_consent(self.one)


@dataclass(frozen=True)
class Group:
    year: int
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class ListPage:
    frame: Frame
    groups: tuple[Group, ...]
    kinds: tuple[tuple[str, str, int], ...]
    statuses: tuple[tuple[str, str], ...]
    years: tuple[int, ...]
    filters: Filters
    total: int
    published: int
    whole: int
    may_write: bool


@dataclass(frozen=True)
class Linked:
    name: str
    title: str
    url: str
    remove_url: str
    picture: bool = False


@dataclass(frozen=True)
class PublicationPage:
    frame: Frame
    one: Publication
    row: Row
    link: str  # only where it is one that may be followed
    consent: str
    told: tuple[Linked, ...]
    files: tuple[Linked, ...]
    traces: tuple[Trace, ...]
    record_form: RecordForm
    file_form: FileForm
    offered: tuple[Session, ...]
    may_write: bool
    sheet: tuple[tuple[Pair, ...], ...]
    on: date

    @property
    def faulty(self) -> bool:
        return bool(self.record_form.errors or self.file_form.errors)

    @property
    def of_person(self) -> bool:
        return self.one.kind in PERSONS


@dataclass(frozen=True)
class FormPage:
    frame: Frame
    one: Publication | None
    form: PublicationForm
    heading: str
    verb: str
    back: str
    revision: object = None


def lacks_consent(row: Publication) -> bool:
    return row.kind in PERSONS and row.consent_on is None and row.erased_at is None


def url_of(row: Publication, page: str = "publication", *more: int) -> str:
    return reverse(f"work:{page}", args=[row.unit_id, row.number, *more])


def list_page(*, unit: Unit, rights: frozenset[Right], filters: Filters) -> ListPage:
    whole = publications_of(unit)
    rows = [row for row in whole if filters.let_through(row)]
    years = sorted({row.dated_on.year for row in rows}, reverse=True)
    kinds = [(one.id, one.zh, sum(row.kind == one.id for row in whole)) for one in PUBLICITY_KINDS.values()]
    return ListPage(
        frame=frame(unit, "work:publicity"),
        groups=tuple(
            Group(year, tuple(Row(row, url_of(row)) for row in rows if row.dated_on.year == year)) for year in years
        ),
        kinds=tuple(one for one in kinds if one[2]),
        statuses=tuple((status.value, status.zh) for status in Status),
        years=tuple(sorted({row.dated_on.year for row in whole}, reverse=True)),
        filters=filters,
        total=len(rows),
        published=sum(row.status == Status.PUBLISHED for row in rows),
        whole=len(whole),
        may_write=Right.WRITE_RECORDS in rights,
    )


def publication_page(
    *,
    row: Publication,
    rights: frozenset[Right],
    on: date,
    record: RecordForm | None = None,
    file: FileForm | None = None,
) -> PublicationPage:
    may_write = Right.WRITE_RECORDS in rights and row.erased_at is None
    return PublicationPage(
        frame=frame(row.unit, "work:publicity"),
        one=row,
        row=Row(row, url_of(row)),
        link="" if link_fault(row.link) else row.link,
        consent=consent(row),
        told=tuple(
            Linked(
                one.session.number, one.session.head_title,
                reverse("ledger:record", args=[one.session.ledger_id, one.session.number]),
                url_of(row, "publication_unlink", one.pk),
            )
            for one in row.told.all()
        ),
        files=tuple(
            Linked(
                one.caption, one.caption, url_of(row, "publication_file", one.file_id),
                url_of(row, "publication_file_remove", one.pk), one.file.media_type.startswith("image/"),
            )
            for one in row.files.all()
        ),
        traces=traces_of("publication", row.pk),
        record_form=record or RecordForm(),
        file_form=file or FileForm(),
        offered=_offered(row) if may_write else (),
        may_write=may_write,
        sheet=tuple(sheet(row)),
        on=on,
    )  # fmt: skip


def _offered(row: Publication) -> tuple[Session, ...]:
    """Records of the unit's own ledger up to the day of the publication, latest first; who spoke with whom is no news."""
    rows = own_ledger(row.unit).happened().filter(held_on__lte=row.dated_on, held_on__gte=row.dated_on - A_WHILE)
    rows = rows.exclude(publications__publication=row).exclude(kind_rows__kind__in=TALK_KINDS)
    return tuple(rows.order_by("-held_on", "-pk")[:MOST_OFFERED])
