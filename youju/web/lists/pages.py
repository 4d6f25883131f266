"""What each page of 清单与制度 shows: one frozen dataclass a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.urls import reverse

from youju.people.models import Unit
from youju.people.roles.rules import Right
from youju.records.activities.models import Session
from youju.records.activities.queries import own_ledger
from youju.records.lists.kinds import LIST_KINDS, ListKind
from youju.records.lists.models import ItemCheck, ItemVersion, ListItem
from youju.records.lists.queries import items_of, linked, owed_of, stage_of
from youju.records.lists.rules import current
from youju.records.lists.values import Rhythm, Stage
from youju.web.lists.forms import ListFilter
from youju.web.shared.files import Trace, traces_of

MARKS = {Stage.LATE: "late", Stage.OPEN: "todo", Stage.DONE: "done", Stage.QUIET: "half", Stage.ENDED: "waived"}
HEADINGS = {
    Stage.LATE: "逾期，先查这些",
    Stage.OPEN: "待检查",
    Stage.DONE: "这一期已检查",
    Stage.QUIET: "在用",
    Stage.ENDED: "已停用",
}
MOST_OFFERED = 200


@dataclass(frozen=True)
class Row:
    """One item as it stands on a day."""

    item: ListItem
    stage: Stage
    due: date | None
    days: int
    last: date | None
    url: str
    check_url: str

    @property
    def mark(self) -> str:
        return MARKS[self.stage]

    @property
    def rhythm(self) -> str:
        return Rhythm(self.item.rhythm).zh

    @property
    def words(self) -> tuple[tuple[str, str], ...]:
        """Its further words in the order of its list."""
        said = {word.field: word.text for word in self.item.words.all()}
        return tuple((field.zh, said[field.id]) for field in self.item.of.fields if field.id in said)

    @property
    def cells(self) -> tuple[str, ...]:
        """The same, one for each column of its list."""
        said = {word.field: word.text for word in self.item.words.all()}
        return tuple(said.get(field.id, "") for field in self.item.of.fields)

    @property
    def who(self) -> str:
        name = self.item.owner.name if self.item.owner else ""
        return f"{self.item.post_zh} {name}".strip()


@dataclass(frozen=True)
class Group:
    stage: Stage
    rows: tuple[Row, ...]

    @property
    def heading(self) -> str:
        return HEADINGS[self.stage]


@dataclass(frozen=True)
class Line:
    """One list in the overview of all."""

    kind: ListKind
    count: int
    late: int
    open: int
    ended: int
    url: str


@dataclass(frozen=True)
class IndexPage:
    unit: Unit
    lines: tuple[Line, ...]
    total: int
    late: int
    open: int
    may_write: bool


@dataclass(frozen=True)
class ListPage:
    unit: Unit
    kind: ListKind
    kinds: tuple[tuple[str, str, int, bool], ...]
    filters: ListFilter
    groups: tuple[Group, ...]
    total: int
    late: int
    open: int
    filtered: bool
    query: str
    index_url: str
    may_write: bool
    on: date

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for group in self.groups for row in group.rows)


@dataclass(frozen=True)
class Checked:
    check: ItemCheck
    record: str
    record_url: str
    file_url: str
    drop_url: str


@dataclass(frozen=True)
class Versioned:
    version: ItemVersion
    state: str  # 现行 · 未施行 · 已被替代
    file_url: str

    @property
    def now(self) -> bool:
        return self.state == "现行"


@dataclass(frozen=True)
class ItemPage:
    unit: Unit
    item: ListItem
    kind: ListKind
    row: Row
    checks: tuple[Checked, ...]
    versions: tuple[Versioned, ...]
    traces: tuple[Trace, ...]
    list_url: str
    may_write: bool


@dataclass(frozen=True)
class FormPage:
    """A page that is one form about one item, or about a new one."""

    unit: Unit
    kind: ListKind
    item: ListItem | None
    form: forms.Form
    heading: str
    verb: str
    back: str
    revision: object = None
    kinds: tuple[tuple[str, str, bool], ...] = ()
    offered: Sequence[Session] = ()
    now: str = ""  # what stands there now, for who was not the first to save


def url_of(item: ListItem, page: str = "item", *more: int) -> str:
    return reverse(f"lists:{page}", args=[item.unit_id, item.number, *more])


def list_url(unit: Unit, kind: str) -> str:
    return f"{reverse('lists:list', args=[kind])}?{urlencode({'unit': unit.pk})}"


def index_url(unit: Unit) -> str:
    return f"{reverse('lists:index')}?{urlencode({'unit': unit.pk})}"


def row_of(item: ListItem, on: date) -> Row:
    how = stage_of(item, on)
    waiting = [] if how is Stage.ENDED else [one for one in owed_of(item, on.year) if one.done_on is None]
    due = min((one.owed_by for one in waiting), default=None)
    last = max((check.done_on for check in item.checks.all()), default=None)
    return Row(item, how, due, abs((due - on).days) if due else 0, last, url_of(item), url_of(item, "check"))


def index_page(*, unit: Unit, rights: frozenset[Right], on: date) -> IndexPage:
    rows = [row_of(item, on) for item in items_of(unit)]
    lines = []
    for kind in LIST_KINDS.values():
        stages = [row.stage for row in rows if row.item.kind == kind.id]
        ended = stages.count(Stage.ENDED)
        lines.append(
            Line(
                kind, len(stages) - ended, stages.count(Stage.LATE), stages.count(Stage.OPEN), ended,
                list_url(unit, kind.id),
            )
        )  # fmt: skip
    return IndexPage(
        unit=unit,
        lines=tuple(lines),
        total=sum(line.count for line in lines),
        late=sum(line.late for line in lines),
        open=sum(line.open for line in lines),
        may_write=Right.WRITE_RECORDS in rights,
    )


def list_page(*, unit: Unit, kind: ListKind, rights: frozenset[Right], on: date, asked: QueryDict) -> ListPage:
    everything = items_of(unit)
    items = [item for item in everything if item.kind == kind.id]
    filters = ListFilter(asked, owners=sorted({(i.owner_id, i.owner.name) for i in items if i.owner and i.owner_id}))
    rows = [row for row in (row_of(item, on) for item in items) if _chosen(row, filters)]
    groups = []
    for stage in Stage:
        found = [row for row in rows if row.stage is stage]
        found.sort(key=lambda row: (row.due or date.max, row.item.pk))
        if found:
            groups.append(Group(stage, tuple(found)))
    counts = {one.id: sum(i.kind == one.id and not i.ended_on(on) for i in everything) for one in LIST_KINDS.values()}
    chosen = {name: filters.value(name) for name in ("words", "stage", "owner") if filters.value(name)}
    return ListPage(
        unit=unit,
        kind=kind,
        kinds=tuple((one.zh, list_url(unit, one.id), counts[one.id], one is kind) for one in LIST_KINDS.values()),
        filters=filters,
        groups=tuple(groups),
        total=len(items),
        late=sum(row.stage is Stage.LATE for row in rows),
        open=sum(row.stage is Stage.OPEN for row in rows),
        filtered=bool(chosen),
        query=urlencode({"unit": unit.pk, "kind": kind.id} | chosen),
        index_url=index_url(unit),
        may_write=Right.WRITE_RECORDS in rights,
        on=on,
    )


def _chosen(row: Row, filters: ListFilter) -> bool:
    words, stage, owner = (filters.value(name) for name in ("words", "stage", "owner"))
    item = row.item
    if (stage and row.stage != stage) or (owner and str(item.owner_id) != owner):
        return False
    said = " ".join([item.number, item.title, item.requirement, item.note, row.who, *(text for _, text in row.words)])
    return all(word in said for word in words.split())


def item_page(*, item: ListItem, rights: frozenset[Right], on: date) -> ItemPage:
    versions = list(item.versions.all())
    now = current((version.in_force for version in versions), on)
    return ItemPage(
        unit=item.unit,
        item=item,
        kind=item.of,
        row=row_of(item, on),
        checks=tuple(_checked(item, check) for check in reversed(item.checks.all())),
        versions=tuple(_versioned(item, version, now, on) for version in reversed(versions)),
        traces=traces_of("item", item.pk),
        list_url=list_url(item.unit, item.kind),
        may_write=Right.WRITE_RECORDS in rights,
    )


def _checked(item: ListItem, check: ItemCheck) -> Checked:
    session = check.session if linked(check) else None
    return Checked(
        check=check,
        record=session.number if session else "",
        record_url=reverse("ledger:record", args=[session.ledger_id, session.number]) if session else "",
        file_url=url_of(item, "file", check.file_id) if check.file_id else "",
        drop_url=url_of(item, "check_drop", check.pk),
    )


def _versioned(item: ListItem, version: ItemVersion, now: date | None, on: date) -> Versioned:
    state = "现行" if version.in_force == now else "未施行" if version.in_force > on else "已被替代"
    return Versioned(version, state, url_of(item, "file", version.file_id) if version.file_id else "")


def offered(item: ListItem) -> tuple[Session, ...]:
    """The records of the unit's own ledger since the item stands on its list, latest first. No talk: it may not be linked."""
    rows = own_ledger(item.unit).happened().beside_talks().filter(held_on__gte=item.since)
    return tuple(rows.order_by("-held_on", "-pk")[:MOST_OFFERED])
