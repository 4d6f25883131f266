"""Which notices reach which units, and who has replied."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Count, Q

from youju.duties.notices import rules
from youju.duties.notices.models import Notice, NoticeReach, NoticeSet
from youju.duties.notices.values import Counted
from youju.duties.replies.models import DueRecord
from youju.people.models import Unit
from youju.people.units.models import UnitSet
from youju.people.units.values import UnitKind, ancestors
from youju.records.activities.values import HAPPENED

Spans = Counter[tuple[date | None, date | None]]


def sent_by(sender: Unit) -> NoticeSet:
    """All that a unit has sent, the latest day first."""
    return Notice.objects.filter(sender=sender).order_by("-due_on", "-pk")


def reached_by(notice: Notice) -> UnitSet:
    """The branches that owe a reply, in tree order; asked anew each time, so a branch opened later is among them."""
    units = Unit.objects.branches().filter(
        Q(opened_on__isnull=True) | Q(opened_on__lte=notice.due_on),
        Q(closed_on__isnull=True) | Q(closed_on__gt=notice.due_on),
    )
    if notice.wide:
        return units.below(notice.sender).exclude(pk=notice.sender_id).order_by("path")
    return units.filter(pk__in=notice.reach.values("unit_id")).order_by("path")


def for_units(units: Iterable[Unit], *, since: date, until: date | None) -> dict[int, list[Notice]]:
    """The notices due in these days that each unit owes, soonest first; two queries for any number of units."""
    branches = [unit for unit in units if unit.kind == UnitKind.BRANCH]
    due = Q(due_on__gte=since) & (Q(due_on__lte=until) if until else Q())
    over = {path for unit in branches for path in ancestors(unit.path)[:-1]}
    rows = Notice.objects.standing().filter(due).select_related("sender").defer("text")
    wide: defaultdict[str, list[Notice]] = defaultdict(list)
    for notice in rows.filter(wide=True, sender__path__in=over):
        wide[notice.sender.path].append(notice)
    chosen: defaultdict[int, list[Notice]] = defaultdict(list)
    picked = NoticeReach.objects.filter(
        unit__in=branches, notice__in=Notice.objects.standing().filter(due).values("pk")
    )
    for row in picked.select_related("notice__sender"):
        chosen[row.unit_id].append(row.notice)
    found = {}
    for unit in branches:
        mine = [*chosen[unit.pk], *(notice for path in ancestors(unit.path)[:-1] for notice in wide.get(path, ()))]
        owed = [n for n in mine if rules.reaches(unit.opened_on, unit.closed_on, due_on=n.due_on)]
        found[unit.pk] = sorted(owed, key=lambda notice: (notice.due_on, notice.pk))
    return found


def counted(sender: Unit, notices: Collection[Notice]) -> dict[int, Counted]:
    """How many branches each notice of one sender reaches and how many have replied; a fixed number of queries."""
    spans = _spans(sender)
    reach = _chosen(notices)
    answered = dict(_answered(notices))
    return {
        notice.pk: Counted(
            reached=sum(
                many
                for (since, until), many in (spans if notice.wide else reach.get(notice.pk, Counter())).items()
                if rules.reaches(since, until, due_on=notice.due_on)
            ),
            replied=answered.get(notice.key, 0),
        )
        for notice in notices
    }


def _spans(sender: Unit) -> Spans:
    """From when until when the branches below are open, and how many of each: few lines even for very many branches."""
    below = Unit.objects.branches().below(sender).exclude(pk=sender.pk).order_by()
    rows = below.values_list("opened_on", "closed_on").annotate(Count("pk"))
    return Counter({(since, until): many for since, until, many in rows})


def _chosen(notices: Collection[Notice]) -> dict[int, Spans]:
    found: defaultdict[int, Spans] = defaultdict(Counter)
    rows = NoticeReach.objects.filter(notice__in=[notice.pk for notice in notices if not notice.wide])
    for pk, since, until in rows.values_list("notice_id", "unit__opened_on", "unit__closed_on"):
        found[pk][since, until] += 1
    return found


def _answered(notices: Collection[Notice]) -> Iterable[tuple[str, int]]:
    keys = [notice.key for notice in notices]
    rows = DueRecord.objects.filter(key__in=keys, session__status__in=HAPPENED)
    return rows.values_list("key").annotate(Count("unit", distinct=True))


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
