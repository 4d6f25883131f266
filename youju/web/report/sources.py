"""The records behind a number, as this reader may see them: what he may open is a link, the rest is counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.db.models import Model, Q
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse

from youju.figures.figure import Figure
from youju.figures.values import Answer, Row
from youju.people.roles.rules import Right
from youju.people.units.models import Unit
from youju.people.units.values import UnitKind, after_subtree
from youju.records.activities.rules import TALK_KINDS, talk_title
from youju.records.campaigns.actions import CODE as CAMPAIGN_CODE
from youju.records.lists.kinds import LIST_KINDS
from youju.records.models import Campaign, ListItem, Problem, Project, Publication, Request, Session, SessionKind
from youju.records.projects.actions import CODE as PROJECT_CODE
from youju.records.publicity.actions import CODE as PUBLICITY_CODE
from youju.records.requests.actions import CODE as REQUEST_CODE
from youju.reports.values import Told
from youju.study.deliveries.actions import CODE as DELIVERY_CODE
from youju.study.deliveries.models import Delivery
from youju.study.uses.actions import CODE as USE_CODE
from youju.study.uses.models import Use
from youju.web.shared.home import held
from youju.web.shared.navigation import address

PERSONS = frozenset({"member", "committee", "learner"})
ELSEWHERE = "别处的台账"
PROBLEMS = frozenset({"problem", "measure"})
SUBJECTS = frozenset({"subject", "reach"})
#: Rows of 项目与走访 → the list they stand in.
OF_WORK = {
    "subject": "work:registers",
    "reach": "work:visits",
    "request": "work:requests",
    "pair": "ledger:talks",
    "make_up": "study:units",
    "topic": "study:map",
    "brought": "study:deliveries",
}
#: What stands beside the sessions and has pages of its own: the page of one and the list of all, by noun.
WORK = {
    "project": ("work:project", "work:projects"), "milestone": ("work:project", "work:projects"),
    "campaign": ("work:campaign", "work:campaigns"), "campaign_task": ("work:campaign", "work:campaigns"),
    "publication": ("work:publication", "work:publicity"),
    "item": ("lists:item", "lists:index"), "check": ("lists:item", "lists:index"), "use": ("study:use", "study:uses"),
    "delivery": ("study:delivery", "study:deliveries"),
}  # fmt: skip
#: What a number may be of beside a record and a problem: its table, its code, its page, its words, its day, who keeps it.
NUMBERED: tuple[tuple[type[Model], str, str, str, str | Combinable, str], ...] = (
    (Project, PROJECT_CODE, "work:project", "title", "since", "unit"),
    (Campaign, CAMPAIGN_CODE, "work:campaign", "title", "since", "unit"),
    (Request, REQUEST_CODE, "work:request", "text", "raised_on", "unit"),
    (Publication, PUBLICITY_CODE, "work:publication", "title", "dated_on", "unit"),
    (Use, USE_CODE, "study:use", "outcome", Coalesce("used_on", "session__held_on"), "ledger"),
    (Delivery, DELIVERY_CODE, "study:delivery", "text", "brought_on", "ledger"),
    *((ListItem, kind.code, "lists:item", "title", "since", "unit") for kind in LIST_KINDS.values()),
)
#: Rows whose words are the title of a record, and rows that are a part of one.
RECORDS, PARTS = frozenset({"activity"}), frozenset({"resolution", "first_topic"})
KEEPER = Mapping[int, int]  # unit → the unit that keeps its ledger, for units whose records the reader may read


@dataclass(frozen=True)
class Source:
    """One row that makes a number."""

    day: date
    number: str
    title: str
    url: str
    note: str
    late: bool


@dataclass(frozen=True)
class Sight:
    """What a reader sees of the records of some units: those he reads whole, and those of which he reads the heads.

    ``whole`` and ``heads`` give the unit that keeps the ledger.
    """

    whole: KEEPER
    heads: KEEPER


def keepers(request: HttpRequest, unit_ids: Iterable[int], right: Right = Right.READ_RECORDS) -> KEEPER:
    """Of these units, those in which the reader has the right, each with the unit that keeps its ledger. One query."""
    units = held(request).units_with(right).filter(pk__in=set(unit_ids))
    return {
        pk: parent if kind == UnitKind.GROUP and parent else pk
        for pk, parent, kind in units.values_list("pk", "parent_id", "kind")
    }


def sight_of(request: HttpRequest, unit_ids: Iterable[int]) -> Sight:
    ids = set(unit_ids)
    return Sight(keepers(request, ids), keepers(request, ids, Right.READ_HEADS))


def told_urls(request: HttpRequest, told: Iterable[Told]) -> dict[int, str]:
    """Session → address of its record, for the told words of a report. Two queries."""
    ids = {span.session_id for span in told}
    rows = list(Session.objects.filter(pk__in=ids).values_list("pk", "ledger_id", "unit_id", "number"))
    open_to = keepers(request, (unit_id for _, _, unit_id, _ in rows))
    return {pk: record_url(ledger, number) for pk, ledger, unit_id, number in rows if unit_id in open_to}


def sources(answer: Answer, open_to: KEEPER) -> tuple[tuple[Source, ...], int]:
    """The rows the reader may open, newest first, and how many others there are."""
    late = frozenset(answer.entered_late)
    shown = tuple(
        Source(row.day, row.number, row.title, _url(row, open_to[row.unit_id]), row.note, row in late)
        for row in sorted(answer.rows, key=lambda row: (row.day, row.id), reverse=True)
        if row.unit_id in open_to
    )
    return shown, len(answer.rows) - len(shown)


def every_source(answer: Answer, sight: Sight) -> tuple[tuple[Source, ...], int]:
    """All rows that he may know of, newest first, and how many others there are."""
    late = frozenset(answer.entered_late)
    rows = sorted(answer.rows, key=lambda row: (row.day, row.id), reverse=True)
    seen = (_seen(row, sight, late=row in late) for row in rows)
    shown = tuple(source for source in seen if source)
    return shown, len(rows) - len(shown)


def _seen(row: Row, sight: Sight, *, late: bool) -> Source | None:
    """A row in full, as the head of its record, or by its number where another ledger keeps it and he only reads along.

    A person, a problem, or a measure is no head of a record.
    """
    if row.unit_id in sight.whole:
        return Source(row.day, row.number, row.title, _url(row, sight.whole[row.unit_id]), row.note, late)
    if not row.number or row.noun not in RECORDS | PARTS:
        return None
    if row.unit_id not in sight.heads:
        return Source(row.day, row.number, row.number, "", ELSEWHERE, late)
    title = _head(row.title, row.kinds) if row.noun in RECORDS else row.number
    return Source(row.day, row.number, title, record_url(sight.heads[row.unit_id], row.number), row.note, late)


def _head(title: str, kinds: Iterable[str]) -> str:
    """The title of a record as its head tells it: that of a talk may say with whom."""
    return talk_title(kinds) if set(kinds) <= TALK_KINDS else title


@dataclass(frozen=True)
class Named:
    """A record that a finding names: what is shown of it, the unit whose it is and the ledger that keeps it.

    ``head`` is what a head tells of it; empty for what has none.
    """

    source: Source
    unit_id: int
    head: str = ""


def named_records(unit: Unit, numbers: set[str]) -> dict[str, Named]:
    """The records and problems of these numbers that the unit held, joined or raised. Three queries; its own go first.
    Projects, campaigns, requests, publications and uses are looked for where a number reads like theirs.

    Ledgers number alike: of a committee's branches a number that several have names none of their records.
    """
    if not numbers:
        return {}
    within = Q(unit__path__gte=unit.path, unit__path__lt=after_subtree(unit.path)) | Q(joining=unit)
    rows = Session.objects.filter(within, number__in=sorted(numbers), held_on__isnull=False).distinct()
    fields = ("pk", "number", "title", "held_on", "unit_id", "ledger_id")
    found: dict[str, list[tuple[int, str, date, int, int]]] = {}
    for pk, number, *rest in rows.order_by("pk").values_list(*fields):
        found.setdefault(number, []).append((pk, *rest))
    chosen = {number: own for number, those in found.items() if (own := _own(unit, those))}
    kinds = _kinds_of(pk for pk, *_ in chosen.values())
    named = {
        number: Named(
            Source(day, number, (head := _head(title, kinds[pk])), record_url(ledger_id, number), "", False),
            unit_id,
            head,
        )
        for number, (pk, title, day, unit_id, ledger_id) in chosen.items()
    }
    problems = Problem.objects.filter(unit=unit, number__in=sorted(numbers))
    for number, title, day in problems.values_list("number", "title", "found_on"):
        named[number] = Named(Source(day, number, title, problem_url(unit.pk, number), "", False), unit.pk)
    for table, code, page, words, dated, keeper in NUMBERED:
        asked = sorted(number for number in numbers if f"-{code}-" in number)
        rows_of = (
            table._default_manager.filter(number__in=asked, **{keeper: unit})
            if asked
            else table._default_manager.none()
        )
        for number, title, day in rows_of.values_list("number", words, dated):
            url = reverse(page, args=(unit.pk, number))
            named[number] = Named(Source(day, number, title or number, url, "", False), unit.pk)
    return named


def _own(unit: Unit, those: Sequence[tuple[int, str, date, int, int]]) -> tuple[int, str, date, int, int] | None:
    """Of records with one number that of the unit's own ledger, else the only one."""
    own = [one for one in those if one[-1] == unit.pk]
    return own[0] if own else those[0] if len(those) == 1 else None


def _kinds_of(session_ids: Iterable[int]) -> Mapping[int, list[str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    rows = SessionKind.objects.filter(session__in=list(session_ids)).values_list("session_id", "kind")
    for session_id, kind in rows:
        found[session_id].append(kind)
    return found


def opened(named: Named, open_to: KEEPER) -> Source:
    """The record as a reader of its branch's papers sees it: one he may not open is shown by its number."""
    if named.unit_id in open_to:
        return named.source
    return replace(named.source, title=named.source.number, url="", note=ELSEWHERE)


def seen(named: Named, sight: Sight) -> Source | None:
    """The same for whoever audits a text: whole, by its head, or by its number; None for what he may not know of."""
    if named.unit_id in sight.heads and named.unit_id not in sight.whole:
        return replace(named.source, title=named.head) if named.head else None
    return opened(named, sight.whole)


def _url(row: Row, ledger_id: int) -> str:
    """Where a row opens. Only records and problems have a page by their number; a term or a register's line has none here."""
    if row.noun in PROBLEMS:
        return problem_url(ledger_id, row.number)
    if row.noun == "request":
        return reverse("work:request", args=(ledger_id, row.number))
    if row.noun == "topic":
        return f"{reverse('study:topic', args=(ledger_id, row.id))}?{urlencode({'year': row.day.year})}"
    if row.noun in SUBJECTS:
        return _listed("work:registers", {"unit": ledger_id, "words": row.number, "on": "all"})
    if row.noun in WORK:
        return reverse(WORK[row.noun][0], args=(ledger_id, row.number))
    return record_url(ledger_id, row.number) if row.noun in RECORDS | PARTS else ""


def record_url(ledger_id: int, number: str) -> str:
    return reverse("ledger:record", args=(ledger_id, number))


def problem_url(unit_id: int, number: str) -> str:
    return reverse("problems:problem", args=(unit_id, number))


def rows_url(unit: Unit, figure: Figure, year: int) -> str:
    """在台账中打开: the ledger's own list of what a figure counts; empty where it has no list for it."""
    if figure.of in PROBLEMS:
        return _listed("problems:index", {"unit": unit.pk})
    if figure.of in WORK:
        return _listed(WORK[figure.of][1], {"unit": unit.pk})
    if figure.of in PERSONS:
        return _listed("people:index", {"unit": unit.pk})
    if figure.of in OF_WORK:
        return _listed(OF_WORK[figure.of], {"unit": unit.pk})
    given: dict[str, int | str] = {"unit": unit.pk, "year": year}
    if len(figure.kinds) == 1:
        given["kind"] = figure.kinds[0]
    return _listed("ledger:index", given)


def entry_url(unit: Unit, kinds: Sequence[str]) -> str:
    """去补录: the form of the ledger with its kinds ticked."""
    return _listed("ledger:new", {"unit": unit.pk, "kinds": ",".join(kinds)} if kinds else {"unit": unit.pk})


def _listed(name: str, given: Mapping[str, int | str]) -> str:
    url = address(name)
    return f"{url}?{urlencode(given)}" if url else ""
