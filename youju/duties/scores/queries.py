"""Reading scores: what is stored, with what is stale computed anew; nothing is stored by reading."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import islice

from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import Length, Substr

from youju.duties.scores.computing import Computed, computed
from youju.duties.scores.models import ScoreSet, ScoreTotal, UnitScore
from youju.duties.scores.packing import score_from, tally_from
from youju.duties.scores.values import Score, Tally
from youju.duties.scores.words import digest_over, packs, words_around
from youju.people.listed import Listed
from youju.people.models import Unit, UnitYear
from youju.people.units.models import UnitSet, UnitYearSet
from youju.people.units.values import SEGMENT, UnitKind, after_subtree, ancestors

MOST_COMPUTED = 200  # stale units that one page computes; above, it shows what is stored and says so
YEARS = 5  # that are followed: this one and those before it
MOST_REGIONS = 40


@dataclass(frozen=True)
class Stale:
    """Units whose stored score is not what the ledger says. ``ids`` only as long as there are few."""

    ids: frozenset[int]
    many: int

    @property
    def few(self) -> bool:
        return self.many <= MOST_COMPUTED


def stale_below(path: str, year: int) -> Stale:
    """Of the unit of this path and all under it. When nothing is, this costs a look into an empty index."""
    ahead = _ahead_branches(path, year)
    many = ahead.count()
    ids = set(ahead.values_list("unit_id", flat=True)[: MOST_COMPUTED + 1])
    whole = followed_packs(year) == packs()
    # Once all of a year has been followed, a branch without a score is one just opened, and that one is ahead.
    missing = None if whole else missing_below(path, year)
    for found in (missing, _unheard(path, year, whole=whole)):
        if found is None:
            continue
        rows = set(islice(found.values_list("pk", flat=True), MOST_COMPUTED + 1))
        many = len(ids | rows) if many <= MOST_COMPUTED >= len(rows) else max(many, found.count())
        ids |= rows
    return Stale(frozenset(ids) if many <= MOST_COMPUTED else frozenset(), many)


def _ahead_branches(path: str, year: int) -> UnitYearSet:
    return UnitYear.objects.ahead(year).filter(
        unit__kind=UnitKind.BRANCH, unit__path__gte=path, unit__path__lt=after_subtree(path)
    )


def _branches(path: str) -> UnitSet:
    return Unit.objects.branches().filter(path__gte=path, path__lt=after_subtree(path))


def missing_below(path: str, year: int) -> UnitSet:
    """Branches without a score, as on the first of January."""
    return _branches(path).exclude(Exists(UnitScore.objects.filter(unit_id=OuterRef("pk"), year=year))).order_by("path")


def _unheard(path: str, year: int, *, whole: bool) -> UnitSet | None:
    """Branches whose score does not know the last word from above, or the packs; None when none was said lately."""
    if not whole:
        return unheard_below([path], year)
    over = Q(unit__path__in=ancestors(path)) | Q(unit__path__gte=path, unit__path__lt=after_subtree(path))
    ahead = UnitYear.objects.ahead(year).filter(over).exclude(unit__kind=UnitKind.BRANCH)
    speakers = list(ahead.values_list("unit__path", flat=True)[: MOST_REGIONS + 1])
    if not speakers:
        return None
    narrow = len(speakers) <= MOST_REGIONS and not any(path.startswith(over) for over in speakers)
    return unheard_below(speakers if narrow else [path], year)


def followed_packs(year: int) -> str | None:
    return ScoreTotal.objects.filter(year=year, path="").values_list("packs", flat=True).first()


def unheard_below(paths: Iterable[str], year: int) -> UnitSet | None:
    """Branches under these paths whose stored score carries another digest than the words over them now give."""
    wrong: set[tuple[str, str]] = set()
    for path in paths:
        words = words_around(path, year)
        rows = UnitScore.objects.filter(year=year).below(path).order_by()
        over = Substr("path", 1, Length("path") - SEGMENT)
        for above, rules in (
            rows.annotate(over=over).values_list("over", "rules").annotate(Count("pk")).values_list("over", "rules")
        ):
            if rules != digest_over(above + "0" * SEGMENT, words):
                wrong.add((above, rules))
    if not wrong:
        return None
    by_rules: defaultdict[str, list[str]] = defaultdict(list)
    for above, rules in wrong:
        by_rules[rules].append(above)
    ids: set[int] = set()
    for rules, parents in by_rules.items():
        units = Unit.objects.branches().filter(scores__year=year, scores__rules=rules)
        for some in _chunks(parents, 500):
            under = Q(parent__path__in=some) | (Q(parent=None) if "" in some else Q())
            ids.update(units.filter(under).values_list("pk", flat=True))
    return Unit.objects.filter(pk__in=Listed(ids)).order_by("path") if ids else None


def _chunks(rows: Collection[str], size: int) -> Iterator[list[str]]:
    left = iter(sorted(rows))
    while some := list(islice(left, size)):
        yield some


def stored_tallies(paths: Collection[str], year: int) -> dict[str, Tally]:
    """Of these units and all under each. A branch has no total beside its score, which is all there is to add up."""
    found = stored_totals(paths, year)
    alone = [path for path in paths if path not in found]
    for row in UnitScore.objects.filter(year=year, path__in=alone) if alone else ():
        found.setdefault(row.path, Tally()).add(as_score(row))
    return found


def stored_totals(paths: Collection[str], year: int) -> dict[str, Tally]:
    rows = ScoreTotal.objects.filter(year=year, path__in=list(paths)).values_list("path", "body")
    return {path: tally_from(body, year) for path, body in rows}


def stored_scores(unit_ids: Iterable[int], year: int) -> dict[int, Score]:
    return {row.unit_id: as_score(row) for row in rows_of(unit_ids, year)}


def rows_of(unit_ids: Iterable[int], year: int) -> ScoreSet:
    return UnitScore.objects.filter(unit_id__in=Listed(unit_ids), year=year)


def as_score(row: UnitScore) -> Score:
    return score_from(row.body, unit_id=row.unit_id, path=row.path, year=row.year, since=row.since, until=row.until)


@dataclass(frozen=True)
class Late:
    """A unit that is behind, and since when."""

    unit_id: int
    overdue_from: date
    path: str


@dataclass(frozen=True)
class View:
    """The subtree of one unit in a year, as its reader sees it: stored, put right where that is quickly done."""

    path: str
    year: int
    stale: Stale
    fresh: dict[int, Computed] = field(default_factory=dict)

    @property
    def updating(self) -> int:
        """How many units are shown as they were stored; 0 when all is as the ledger says."""
        return 0 if self.stale.few else self.stale.many

    @cached_property
    def _before(self) -> dict[int, Score]:
        """What is stored of the units that were computed anew."""
        return stored_scores(self.fresh, self.year) if self.fresh else {}

    def tallies(self, paths: Collection[str]) -> dict[str, Tally]:
        """Of each of these subtrees of the view."""
        found = {path: Tally() for path in paths} | stored_tallies(paths, self.year)
        for score in self._before.values():
            for path in ancestors(score.path):
                if path in found:
                    found[path].add(score, -1)
        for one in self.fresh.values():
            for path in ancestors(one.score.path):
                if path in found:
                    found[path].add(one.score)
        return found

    def scores(self, unit_ids: Collection[int]) -> dict[int, Score]:
        """Of single branches, few enough for one page."""
        found = stored_scores([pk for pk in unit_ids if pk not in self.fresh], self.year)
        found |= {pk: self.fresh[pk].score for pk in unit_ids if pk in self.fresh}
        lacking = [] if self.updating else [pk for pk in unit_ids if pk not in found][:MOST_COMPUTED]
        return found | {pk: one.score for pk, one in computed(lacking, self.year).items()} if lacking else found

    @property
    def _everything(self) -> bool:
        """Whether nothing stands outside: it is the one unit without a unit above it."""
        return not Unit.objects.filter(parent__isnull=True).exclude(path=self.path).exists()

    def worst(self, on: date, most: int) -> list[Late]:
        """Those that are behind for the longest time, first."""
        rows = UnitScore.objects.filter(year=self.year, overdue_from__lte=on)
        if not self._everything:  # asked of all, the index by lateness gives the first fifty and stops
            rows = rows.below(self.path)
        rows = rows.filter(Q(until__isnull=True) | Q(until__gt=min(on, date(self.year, 12, 31))))
        columns = rows.order_by("overdue_from", "path").values_list("unit_id", "overdue_from", "path")
        found = [
            Late(pk, since, path)
            for pk, since, path in columns[: most + len(self.fresh)]
            if pk not in self.fresh and since is not None
        ]
        for pk, one in self.fresh.items():
            first = one.score.overdue_from
            if first and first <= on and one.score.listed(on):
                found.append(Late(pk, first, one.score.path))
        return sorted(found, key=lambda late: (late.overdue_from, late.path))[:most]


def view(unit: Unit, year: int) -> View:
    """What is to be seen of a unit and all under it in a year."""
    stale = stale_below(unit.path, year)
    return View(unit.path, year, stale, computed(stale.ids, year) if stale.ids else {})
