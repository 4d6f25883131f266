"""Which notices reach which units, and who has replied."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Q

from youju.duties.notices import rules
from youju.duties.notices.models import Notice, NoticeReach, NoticeSet
from youju.duties.notices.values import Counted
from youju.duties.replies.models import DueRecord
from youju.people.listed import Listed, ListedWords
from youju.people.models import Unit
from youju.people.units.models import UnitSet
from youju.people.units.values import UnitKind, ancestors
from youju.people.written_once import Rows, written_once
from youju.records.activities.values import HAPPENED

OPEN = ("opened_on", "closed_on")
Spans = Counter[tuple[date | None, date | None]]


def sent_by(sender: Unit) -> NoticeSet:
    """All that a unit has sent, the latest day first."""
    return Notice.objects.filter(sender=sender).order_by("-due_on", "-pk")


def reached_by(notice: Notice) -> UnitSet:
    """The branches that owe a reply, in tree order; asked anew each time, so a branch opened later is among them.

    One that stands under somebody else by now owes nothing here, chosen or not, and its records are not shown here.
    """
    units = Unit.objects.branches().filter(
        Q(opened_on__isnull=True) | Q(opened_on__lte=notice.due_on),
        Q(closed_on__isnull=True) | Q(closed_on__gt=notice.due_on),
    )
    units = units.below(notice.sender).exclude(pk=notice.sender_id).order_by("path")
    return units if notice.wide else units.filter(pk__in=notice.reach.values("unit_id"))


def for_units(units: Iterable[Unit], *, since: date, until: date | None) -> dict[int, list[Notice]]:
    """The notices due in these days that each unit owes, soonest first; three queries for any number of units."""
    branches = [unit for unit in units if unit.kind == UnitKind.BRANCH]
    over = {path for unit in branches for path in ancestors(unit.path)[:-1]}
    days = (since, until or date.max)
    reached = list(_chosen(Listed(unit.pk for unit in branches), *days))
    sent = {pk for (pk,) in _wide(ListedWords(over), *days)} | {pk for _, pk in reached}
    rows = Notice.objects.filter(pk__in=Listed(sent)).select_related("sender").defer("text") if sent else ()
    notices = {notice.pk: notice for notice in rows}
    wide: defaultdict[str, list[Notice]] = defaultdict(list)
    for notice in notices.values():
        if notice.wide:
            wide[notice.sender.path].append(notice)
    chosen: defaultdict[int, list[Notice]] = defaultdict(list)
    for unit_id, notice_id in reached:
        chosen[unit_id].append(notices[notice_id])
    found = {}
    for unit in branches:
        above = ancestors(unit.path)[:-1]
        mine = [notice for notice in chosen[unit.pk] if notice.sender.path in above]
        mine += [notice for path in above for notice in wide.get(path, ())]
        owed = [n for n in mine if rules.reaches(unit.opened_on, unit.closed_on, due_on=n.due_on)]
        found[unit.pk] = sorted(owed, key=lambda notice: (notice.due_on, notice.pk))
    return found


@written_once
def _chosen(units: Listed, since: date, until: date) -> Rows:
    rows = NoticeReach.objects.filter(unit_id__in=units, notice__withdrawn_at__isnull=True)
    return rows.filter(notice__due_on__gte=since, notice__due_on__lte=until).values_list("unit_id", "notice_id")


@written_once
def _wide(senders: ListedWords, since: date, until: date) -> Rows:
    rows = Notice.objects.standing().filter(wide=True, sender__path__in=senders)
    return rows.filter(due_on__gte=since, due_on__lte=until).values_list("pk")


def counted(sender: Unit, notices: Collection[Notice]) -> dict[int, Counted]:
    """How many branches each notice of one sender reaches and how many have replied; a fixed number of queries.

    A branch that has replied and was closed or moved away since is in neither number.
    """
    below = Unit.objects.branches().below(sender).exclude(pk=sender.pk).order_by()
    spans = _summed((None, *row) for row in below.values_list(*OPEN).annotate(Count("pk")))[None]
    chosen = [notice.pk for notice in notices if not notice.wide]
    reach = NoticeReach.objects.filter(notice__in=chosen, unit__in=below).order_by()
    reached = _summed(reach.values_list("notice_id", *(f"unit__{name}" for name in OPEN)).annotate(Count("pk")))
    replied = _replied(notices, below)
    return {
        notice.pk: Counted(
            reached=_owing(notice, spans if notice.wide else reached[notice.pk]),
            replied=_owing(notice, replied[notice.key]),
        )
        for notice in notices
    }


def _replied(notices: Collection[Notice], below: UnitSet) -> defaultdict[Any, Spans]:
    """Only who was asked counts: a key may name a chosen branch and nobody else."""
    rows = DueRecord.objects.filter(session__status__in=HAPPENED, unit__in=below).order_by()
    asked = NoticeReach.objects.filter(notice__in=[notice.pk for notice in notices if not notice.wide])
    wide = Q(key__in=[notice.key for notice in notices if notice.wide])
    chosen = Q(key__in=[notice.key for notice in notices if not notice.wide], unit__in=asked.values("unit_id"))
    spans = rows.filter(wide | chosen).values_list("key", *(f"unit__{name}" for name in OPEN))
    return _summed(spans.annotate(Count("unit", distinct=True)))


def _summed(rows: Iterable[tuple[Any, ...]]) -> defaultdict[Any, Spans]:
    """From when until when branches are open, and how many of each: few lines even for very many branches."""
    found: defaultdict[Any, Spans] = defaultdict(Counter)
    for key, since, until, many in rows:
        found[key][since, until] += many
    return found


def _owing(notice: Notice, spans: Spans) -> int:
    return sum(many for (since, until), many in spans.items() if rules.reaches(since, until, due_on=notice.due_on))


def replied_to(notice: Notice) -> UnitSet:
    """Those of the reached that have replied."""
    rows = DueRecord.objects.filter(key=notice.key, session__status__in=HAPPENED)
    return reached_by(notice).filter(pk__in=rows.values("unit_id"))


def not_replied_to(notice: Notice) -> UnitSet:
    rows = DueRecord.objects.filter(key=notice.key, session__status__in=HAPPENED)
    return reached_by(notice).exclude(pk__in=rows.values("unit_id"))


def choosable(sender: Unit, *, on: date) -> UnitSet:
    """The open branches below a unit that it may send to."""
    below = Unit.objects.branches().below(sender).exclude(pk=sender.pk)
    return below.open_on(on).order_by("path")
