"""Where 找 looks, a function a noun: each begins with the units in which the reader has the right to open what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import and_
from urllib.parse import urlencode

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse

from youju.people.members.models import Membership
from youju.people.roles.queries import Held
from youju.people.roles.rules import Right
from youju.people.units.models import UnitSet
from youju.prose.vocabulary import KINDS
from youju.records.activities.models import Session
from youju.records.activities.rules import TALK_KINDS
from youju.records.activities.values import Status
from youju.records.models import Campaign, ListItem, Project, Publication, Request, Subject
from youju.records.problems.models import Problem
from youju.study.models import Delivery, StudyPoint, Use
from youju.web.find.inner import inner_pages
from youju.web.shared import clock, place
from youju.web.shared.home import held, roles_anywhere
from youju.web.shared.navigation import navigation

MOST = 6  # of a noun: who wants more goes to its list
MOST_OF_WORK = MOST_OF_STUDY = 4  # of each of the nouns that share one heading

#: The nouns that share one heading: table, what it is called by, its day, where it opens, its icon.
WORK = (
    (Project, "title", "since", "work:project", "flag"),
    (Campaign, "title", "since", "work:campaign", "calendar-range"),
    (Request, "text", "raised_on", "work:request", "message-square-quote"),
    (Publication, "title", "dated_on", "work:publication", "megaphone"),
    (ListItem, "title", "since", "lists:item", "clipboard-check"),
)


@dataclass(frozen=True)
class Hit:
    """One thing found: what it is called, what stands beside it small, and where it opens."""

    title: str
    note: str
    url: str
    icon: str


@dataclass(frozen=True)
class Group:
    name: str
    hits: tuple[Hit, ...]


@dataclass(frozen=True)
class Looking:
    """One search: the words, and who looks."""

    request: HttpRequest
    words: tuple[str, ...]

    @cached_property
    def held(self) -> Held:
        return held(self.request)

    def units(self, right: Right) -> UnitSet:
        return self.held.units_with(right)

    def named(self, *fields: str) -> Q:
        """Every word stands in one of these fields."""
        return reduce(and_, (_any_of(Q(**{f"{field}__icontains": word}) for field in fields) for word in self.words))

    def in_text(self, text: str) -> bool:
        return all(word.casefold() in text.casefold() for word in self.words)


def _any_of(conditions: Iterable[Q]) -> Q:
    found = Q()
    for one in conditions:
        found |= one
    return found


def pages(looking: Looking) -> Iterator[Hit]:
    """The pages that this reader has: those of the rail, and those behind them."""
    request = looking.request
    unit = place.standing_in(request)
    rights = looking.held.rights_in(unit) if unit else frozenset[Right]()
    for item in navigation(rights=rights, roles=roles_anywhere(request), path="").all:
        if looking.in_text(item.label):
            yield Hit(item.label, "页面", item.url, item.icon)
    for label, url in inner_pages(unit, rights) if unit else ():
        if looking.in_text(label):
            yield Hit(label, "页面", url, "file-text")


def kinds(looking: Looking) -> Iterator[Hit]:
    """A kind of activity: to record one for who writes here, else its list."""
    unit = place.standing_in(looking.request)
    rights = looking.held.rights_in(unit) if unit else frozenset[Right]()
    for kind_id, kind in KINDS.items():
        if not looking.in_text(f"{kind.zh} {' '.join(kind.words)}"):
            continue
        if unit and Right.WRITE_RECORDS in rights:
            query = urlencode({"unit": unit.pk, "kinds": kind_id})
            yield Hit(f"记一次{kind.zh}", "记一次", f"{reverse('ledger:new')}?{query}", "plus")
        if unit and Right.READ_HEADS in rights:
            query = urlencode({"unit": unit.pk, "kind": kind_id})
            yield Hit(f"{kind.zh}的记录", "台账", f"{reverse('ledger:index')}?{query}", "book-open-text")


def records(looking: Looking) -> Iterator[Hit]:
    """Sessions by title or number. The title of a talk may say with whom, so only who writes the ledger finds it by that."""
    mine = looking.units(Right.READ_RECORDS)
    rows = Session.objects.exclude(status=Status.REMOVED).filter(unit__in=mine).filter(looking.named("title", "number"))
    talks = rows.exclude(unit__in=looking.units(Right.WRITE_RECORDS)).filter(kind_rows__kind__in=TALK_KINDS)
    rows = rows.exclude(pk__in=talks.values("pk")).order_by("-held_on", "-pk")
    for number, title, day, ledger_id, unit_name in rows.values_list(
        "number", "title", "held_on", "ledger_id", "unit__short_name"
    )[:MOST]:
        yield Hit(title, f"{number}　{day:%Y-%m-%d}　{unit_name}", _at("ledger:record", ledger_id, number), "file-text")


def problems(looking: Looking) -> Iterator[Hit]:
    rows = Problem.objects.filter(unit__in=looking.units(Right.READ_RECORDS)).filter(looking.named("title", "number"))
    for number, title, unit_id in rows.order_by("-found_on", "-pk").values_list("number", "title", "unit_id")[:MOST]:
        yield Hit(title, number, _at("problems:problem", unit_id, number), "list-checks")


def work(looking: Looking) -> Iterator[Hit]:
    """Projects, campaigns, requests, publicity and items of lists by their words or number."""
    mine = looking.units(Right.READ_RECORDS)
    for table, words, day, page, icon in WORK:
        rows = table._default_manager.filter(unit__in=mine).filter(looking.named(words, "number"))
        named = rows.order_by(f"-{day}", "-pk").values_list("number", words, "unit_id", "unit__short_name")
        for number, said, unit_id, unit_name in named[:MOST_OF_WORK]:
            note = f"{table._meta.verbose_name}　{number}　{unit_name}"
            yield Hit(said or "（内容已清除）", note, _at(page, unit_id, number), icon)


def study(looking: Looking) -> Iterator[Hit]:
    """What was put to use, what was brought to members, and for a superior what he asks to be studied."""
    yield from _uses(looking)
    yield from _deliveries(looking)
    yield from _points(looking)


def _uses(looking: Looking) -> Iterator[Hit]:
    """By material, outcome or number."""
    rows = Use.objects.standing().filter(ledger__in=looking.units(Right.READ_RECORDS))
    rows = rows.filter(looking.named("source__title", "outcome", "number")).select_related("source", "part", "ledger")
    for use in rows.order_by("-pk")[:MOST_OF_STUDY]:
        note = f"学以致用　{use.number}　{use.ledger.short_name}"
        yield Hit(use.studied, note, _at("study:use", use.ledger_id, use.number), "lightbulb")


def _deliveries(looking: Looking) -> Iterator[Hit]:
    """By text, by whom it was brought to, or by number."""
    rows = Delivery.objects.standing().filter(ledger__in=looking.units(Right.READ_RECORDS))
    rows = rows.filter(looking.named("sources__title", "text", "member__name", "number")).distinct()
    rows = rows.select_related("ledger", "member").prefetch_related("sources").order_by("-brought_on", "-pk")
    for one in rows[:MOST_OF_STUDY]:
        note = f"送学上门　{one.number}　{one.member.name}　{one.ledger.short_name}"
        yield Hit(one.studied, note, _at("study:delivery", one.ledger_id, one.number), "hand-helping")


def _points(looking: Looking) -> Iterator[Hit]:
    rows = StudyPoint.objects.standing().filter(sender__in=looking.units(Right.SEND_NOTICES))
    rows = rows.filter(looking.named("title", "topic", "text", "basis")).select_related("sender")
    for one in rows.order_by("-starts_on", "-pk")[:MOST_OF_STUDY]:
        note = f"学习重点　{one.year}年　{one.sender.short_name}"
        yield Hit(one.title, note, _at("notices:point", one.pk), "graduation-cap")


def subjects(looking: Looking) -> Iterator[Hit]:
    """Entries of the registers that stand on them, by name or number."""
    rows = Subject.objects.filter(unit__in=looking.units(Right.READ_RECORDS)).filter(looking.named("name", "code"))
    for row in rows.filter(until__isnull=True).select_related("place", "unit").order_by("kind", "code", "pk")[:MOST]:
        note = f"名册　{row.code}　{row.unit.short_name}"
        yield Hit(row.said, note, _at("work:subject", row.unit_id, row.kind, row.code), "map-pin")


def persons(looking: Looking) -> Iterator[Hit]:
    """Members of today by name."""
    rows = Membership.objects.on(clock.today()).filter(unit__in=looking.units(Right.READ_ROSTER))
    rows = rows.filter(looking.named("member__name")).order_by("unit__path", "member__rank", "pk")
    for member_id, name, unit_name in rows.values_list("member_id", "member__name", "unit__short_name")[:MOST]:
        yield Hit(name, unit_name, _at("people:member", member_id), "user-round")


def units(looking: Looking) -> Iterator[Hit]:
    """Units to sit at, and for a superior those he looks over."""
    named = looking.named("name", "short_name")
    mine = place.desks_of(looking.request, Right.READ_RECORDS).filter(named)
    for pk, name in mine.values_list("pk", "name")[:MOST]:
        yield Hit(name, "换到这个组织", f"{reverse('today:index')}?unit={pk}", "network")
    over = place.desks_of(looking.request, Right.SEND_NOTICES).filter(named).exclude(pk__in=mine.values("pk"))
    for pk, name in over.values_list("pk", "name")[:MOST]:
        yield Hit(name, "总览", f"{reverse('overview:index')}?unit={pk}", "grid-2x2-check")


def _at(name: str, *given: object) -> str:
    return reverse(name, args=given)


#: What is looked through, in the order in which it is shown.
SOURCES: Sequence[tuple[str, Callable[[Looking], Iterator[Hit]]]] = (
    ("页面", pages),
    ("种类", kinds),
    ("台账", records),
    ("问题", problems),
    ("项目与走访", work),
    ("学习", study),
    ("名册", subjects),
    ("党员", persons),
    ("组织", units),
)


def _most(source: Callable[[Looking], Iterator[Hit]]) -> int:
    if source is work:
        return len(WORK) * MOST_OF_WORK
    return 3 * MOST_OF_STUDY if source is study else MOST


def found(request: HttpRequest, words: str) -> tuple[Group, ...]:
    """What this reader may open, by noun; nothing for no words."""
    looking = Looking(request, tuple(words.split())[:5])
    if not looking.words:
        return ()
    groups = (Group(name, tuple(source(looking))[: _most(source)]) for name, source in SOURCES)
    return tuple(group for group in groups if group.hits)
