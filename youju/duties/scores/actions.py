"""Storing scores. A follower: no change of the ledger, so no journal line, and nobody's name on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from operator import attrgetter

from django.db import transaction

from youju.duties.scores.computing import Computed, computed, versions_of
from youju.duties.scores.models import ScoreTotal, UnitScore
from youju.duties.scores.packing import packed_score, packed_tally
from youju.duties.scores.queries import as_score, missing_below, rows_of, stored_totals, unheard_below
from youju.duties.scores.values import Score, Tally
from youju.duties.scores.words import digest_over, packs, words_over
from youju.people.models import Unit, UnitYear
from youju.people.units.actions import followed
from youju.people.units.values import SEGMENT, UnitKind, ancestors

BATCH = 100  # units stored in one transaction: other writers wait for no more than these
EVERYTHING = ""


def follow(*, year: int, most: int | None = None) -> int:
    """Brings what is stored of a year up to the ledger; returns how many units were computed.

    ``most`` stops after so many. What changes meanwhile is left for the next time.
    """
    speakers = _speakers(year)
    before = packs()
    done = 0
    for find in (_ahead, _missing, _unheard):
        for ids in find(year, speakers):
            if most is not None and done >= most:
                return done
            refresh(unit_ids=ids, year=year)
            done += len(ids)
    followed(versions={(unit_id, year): version for unit_id, (version, _) in speakers.items()})
    _mark(year, before)
    return done


def refresh(*, unit_ids: Collection[int], year: int) -> int:
    """Computes the scores of these units and stores what is still true when it is stored; returns how many were."""
    found = computed(unit_ids, year)
    return _store(found, year)


Speakers = Mapping[int, tuple[int, str]]


def _speakers(year: int) -> Speakers:
    """Units that are no branches and in which something changed: perhaps a word to all below them. id → version, path"""
    rows = UnitYear.objects.ahead(year).exclude(unit__kind=UnitKind.BRANCH)
    return {pk: (version, path) for pk, version, path in rows.values_list("unit_id", "version", "unit__path")}


def _ahead(year: int, _: Speakers) -> Iterable[list[int]]:
    rows = UnitYear.objects.ahead(year).filter(unit__kind=UnitKind.BRANCH).order_by("unit__path")
    return _batches(list(rows.values_list("unit_id", flat=True)))


def _missing(year: int, _: Speakers) -> Iterable[list[int]]:
    roots = Unit.objects.filter(parent=None).values_list("path", flat=True)
    return _batches([pk for path in roots for pk in missing_below(path, year).values_list("pk", flat=True)])


def _unheard(year: int, speakers: Speakers) -> Iterable[list[int]]:
    state = ScoreTotal.objects.filter(year=year, path=EVERYTHING).values_list("packs", flat=True).first()
    if state != packs():
        paths = list(Unit.objects.filter(parent=None).values_list("path", flat=True))
    else:
        said = {path for _, path in speakers.values()}
        paths = [path for path in said if not said & set(ancestors(path)[:-1])]
    found = unheard_below(paths, year)
    return _batches(list(found.values_list("pk", flat=True))) if found is not None else ()


def _batches(ids: list[int]) -> Iterable[list[int]]:
    return (ids[at : at + BATCH] for at in range(0, len(ids), BATCH))


def _store(found: Mapping[int, Computed], year: int) -> int:
    with transaction.atomic():
        _lock(year)
        kept = _still_true(found, year)
        rows = [_row(one, year) for one in kept.values()]
        before = {row.unit_id: row for row in rows_of(kept, year)}
        changed = {row.unit_id for row in rows if not _says_the_same(row, before.get(row.unit_id))}
        _add(
            _deltas(
                [as_score(row) for unit_id, row in before.items() if unit_id in changed],
                [kept[unit_id].score for unit_id in changed],
            ),
            year,
        )
        _write(rows)
        followed(versions={(unit_id, year): one.version for unit_id, one in kept.items()})
    return len(kept)


def _says_the_same(row: UnitScore, before: UnitScore | None) -> bool:
    """Most changes of a ledger touch nothing that is owed: then only the version moves, and no total."""
    said = attrgetter("path", "since", "until", "body")
    return before is not None and said(row) == said(before)


def _deltas(before: Iterable[Score], now: Iterable[Score]) -> dict[str, Tally]:
    """What changes in the totals of all units over these: sisters are added up before they are handed on upward."""
    found: defaultdict[str, Tally] = defaultdict(Tally)
    for scores, times in ((before, -1), (now, 1)):
        for score in scores:
            found[score.path[:-SEGMENT]].add(score, times)
    for length in range(max(map(len, found), default=0), 0, -SEGMENT):
        for path in [path for path in found if len(path) == length]:
            found[path[:-SEGMENT]].merge(found[path])
    return found


def _lock(year: int) -> None:
    """Followers of a year come one after the other; those who write the ledger never come here."""
    ScoreTotal.objects.bulk_create(
        [ScoreTotal(year=year, path=EVERYTHING, body=packed_tally(Tally(), year))], ignore_conflicts=True
    )
    list(ScoreTotal.objects.filter(year=year, path=EVERYTHING).select_for_update())


def _still_true(found: Mapping[int, Computed], year: int) -> dict[int, Computed]:
    """Without what changed since it was computed: somebody else may have stored the newer already."""
    versions = versions_of(found, year)
    words = words_over((one.score.path for one in found.values()), year)
    return {
        unit_id: one
        for unit_id, one in sorted(found.items())
        if versions.get(unit_id, 0) == one.version and digest_over(one.score.path, words) == one.rules
    }


def _add(deltas: Mapping[str, Tally], year: int) -> None:
    stored = stored_totals(deltas, year)
    for path, delta in deltas.items():
        stored.setdefault(path, Tally()).merge(delta)
    rows = [ScoreTotal(year=year, path=path, body=packed_tally(tally, year)) for path, tally in stored.items()]
    ScoreTotal.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["year", "path"], update_fields=["body"], batch_size=100
    )


def _row(one: Computed, year: int) -> UnitScore:
    score = one.score
    return UnitScore(
        unit_id=score.unit_id,
        year=year,
        path=score.path,
        version=one.version,
        rules=one.rules,
        since=score.since,
        until=score.until,
        due=score.due,
        done=score.done,
        overdue_from=score.overdue_from,
        body=packed_score(score),
    )


def _write(rows: Iterable[UnitScore]) -> None:
    UnitScore.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["unit", "year"], batch_size=50,
        update_fields=["path", "version", "rules", "since", "until", "due", "done", "overdue_from", "body"],
    )  # fmt: skip


def _mark(year: int, packs_followed: str) -> None:
    with transaction.atomic():
        _lock(year)
        ScoreTotal.objects.filter(year=year, path=EVERYTHING).update(packs=packs_followed)
