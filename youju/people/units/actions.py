"""Changes to the tree of units."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from youju.journal import actions as journal
from youju.journal.values import Actor
from youju.kit.periods import chinese_date
from youju.kit.refusal import Refusal
from youju.kit.wording import needed, worded
from youju.kit.zone import local_day
from youju.people.listed import Listed
from youju.people.units.models import Unit, UnitYear
from youju.people.units.queries import ledger_unit
from youju.people.units.values import MOST_CHILDREN, MOST_LEVELS, SEGMENT, UnitKind, ancestors

MAY_STAND_UNDER: dict[UnitKind, set[UnitKind | None]] = {
    UnitKind.COMMITTEE: {None, UnitKind.COMMITTEE},
    UnitKind.GENERAL_BRANCH: {None, UnitKind.COMMITTEE},
    UnitKind.BRANCH: {None, UnitKind.COMMITTEE, UnitKind.GENERAL_BRANCH},
    UnitKind.GROUP: {UnitKind.BRANCH},
}


def open_unit(
    *,
    parent: Unit | None,
    kind: UnitKind,
    name: str,
    short_name: str,
    code: str,
    on: date | None,
    by: Actor | None,
    at: datetime,
) -> Unit:
    """A new node of the tree. Raises Refusal on ``kind``, ``parent``, ``name``, ``short_name`` or ``code``."""
    above = UnitKind(parent.kind) if parent else None
    if above not in MAY_STAND_UNDER[kind]:
        raise Refusal("kind", f"{kind.zh}不能设在{above.zh if above else '最上层'}。")
    if parent and parent.closed_on and (on is None or on >= parent.closed_on):
        raise Refusal("parent", f"{parent.short_name}已于{chinese_date(parent.closed_on)}撤销，不能再设下级组织。")
    name = needed(name, field="name", name="组织全称", most=80)
    short_name = worded(short_name, field="short_name", name="简称", most=40) or name[:40]
    code = needed(code, field="code", name="代码", most=40)
    if Unit.objects.filter(code=code).exists():
        raise Refusal("code", f"代码 {code} 已经用了。")
    with transaction.atomic():
        path = _next_path(parent)
        try:
            with transaction.atomic():
                unit = Unit.objects.create(
                    parent=parent, kind=kind, name=name, short_name=short_name, code=code, path=path, opened_on=on
                )
        except IntegrityError as error:  # somebody else opened one in this very moment
            raise Refusal("code", f"代码 {code} 已经用了，或者刚刚有人也在设组织，请再试一次。") from error
        bump(unit_id=ledger_unit(unit).pk, years=years_from(on, at), onward=True)
        journal.write_line(
            by=by,
            at=at,
            verb="成立组织",
            room="people",
            noun="unit",
            object_id=unit.pk,
            unit_id=unit.pk,
            summary=unit.code,
        )
    return unit


def close_unit(*, unit: Unit, on: date, successor: Unit | None, by: Actor | None, at: datetime) -> None:
    """撤销: the unit stays with its past; from ``on`` its successor goes on.

    Raises Refusal on ``closed_on`` or ``successor``.
    """
    if unit.opened_on and on < unit.opened_on:
        raise Refusal("closed_on", "撤销日期早于成立日期。")
    if successor and unit.path in ancestors(successor.path):
        raise Refusal("successor", "接续组织不能是它自己或它的下级。")
    if successor and successor.closed_on and successor.closed_on <= on:
        raise Refusal("successor", f"{successor.short_name}那时也已撤销，不能接续。")
    with transaction.atomic():
        if Unit.objects.select_for_update().get(pk=unit.pk).closed_on:
            raise Refusal("closed_on", "这个组织已经撤销了。")
        unit.closed_on, unit.successor = on, successor
        unit.save(update_fields=["closed_on", "successor"])
        bump(unit_id=ledger_unit(unit).pk, years=years_from(on, at), onward=True)
        journal.write_line(
            by=by,
            at=at,
            verb="撤销组织",
            room="people",
            noun="unit",
            object_id=unit.pk,
            unit_id=unit.pk,
            summary=unit.code,
        )


def bump(*, unit_id: int, years: set[int], onward: bool = False) -> None:
    """Says that something of these unit-years changed. Called inside the transaction of the change itself.

    ``onward``: a dated state has changed, which is read in every later year that anything is kept of.
    """
    bump_all(unit_ids={unit_id}, years=years, onward=onward)


def bump_all(*, unit_ids: set[int], years: set[int], onward: bool = False) -> None:
    """As ``bump``, for several units at once: rows are locked in one order, so two writers cannot lock each other out."""
    wanted = [(unit_id, year) for unit_id in sorted(unit_ids) for year in sorted(years)]
    with transaction.atomic():
        UnitYear.objects.bulk_create(
            [UnitYear(unit_id=unit_id, year=year, version=0) for unit_id, year in wanted], ignore_conflicts=True
        )
        concerned = Q(year__in=years) | (Q(year__gt=max(years)) if onward and years else Q())
        rows = UnitYear.objects.filter(concerned, unit_id__in=Listed(unit_ids)).order_by("unit_id", "year")
        found = list(rows.select_for_update().values_list("pk", flat=True))
        UnitYear.objects.filter(pk__in=Listed(found)).update(version=F("version") + 1)


def followed(*, versions: Mapping[tuple[int, int], int]) -> None:
    """Says that what is stored has followed these (unit, year) up to a version. No change: no journal line.

    Rows that a change holds at this moment are passed over and not waited for: they will be ahead again anyway, and a
    follower that waits for nobody can lock nobody out.
    """
    with transaction.atomic():
        rows = UnitYear.objects.filter(
            unit_id__in=Listed(unit_id for unit_id, _ in versions), version__gt=F("followed")
        )
        rows = rows.filter(year__in={year for _, year in versions}).select_for_update(skip_locked=True)
        reached: defaultdict[int, list[int]] = defaultdict(list)
        for row in rows:
            seen = versions.get((row.unit_id, row.year), 0)
            if seen > row.followed:
                reached[seen].append(row.pk)
        for seen, pks in reached.items():
            UnitYear.objects.filter(pk__in=pks).update(followed=seen)


def move_unit(*, unit: Unit, parent: Unit, by: Actor | None, at: datetime) -> None:
    """划转: a unit with all under it goes to stand under another one. Raises Refusal on ``parent``.

    Paths of the whole subtree are rewritten in one transaction; its past goes with it (a past year's overview uses
    today's tree), so every year of every unit in it has changed.
    """
    with transaction.atomic():
        # Moves come one after the other, each tree at a time; then nobody opens a unit in what is moving.
        roots = {ancestors(unit.path)[0], ancestors(parent.path)[0]}
        list(Unit.objects.filter(path__in=roots).order_by("path").select_for_update())
        unit.refresh_from_db()
        parent.refresh_from_db()
        _may_move(unit, parent)
        list(Unit.objects.below(unit).order_by("path").select_for_update())
        old, new = unit.path, _next_path(parent)
        moving = list(Unit.objects.below(unit).order_by("path"))
        deepest = max(len(row.path) for row in moving) - len(old) + len(new)
        if deepest > MOST_LEVELS * SEGMENT:
            raise Refusal("parent", f"组织最多设 {MOST_LEVELS} 级。")
        for row in moving:
            row.path = new + row.path[len(old) :]
        moving[0].parent = parent
        Unit.objects.bulk_update(moving, ["path", "parent"], batch_size=500)
        keepers = {row.pk for row in moving if row.kind != UnitKind.GROUP}
        known = UnitYear.objects.filter(unit_id__in=Listed(keepers)).values_list("year", flat=True).distinct()
        # The years between as well: nothing was written of them, yet what is stored of them names the old path.
        years = {*known, local_day(at).year}
        bump_all(unit_ids=keepers, years={*years, *range(min(years), local_day(at).year)})
        journal.write_line(
            by=by, at=at, verb="划转组织", room="people", noun="unit", object_id=unit.pk, unit_id=unit.pk,
            summary=unit.code,
        )  # fmt: skip


def _may_move(unit: Unit, parent: Unit) -> None:
    kind, above = UnitKind(unit.kind), UnitKind(parent.kind)
    if above not in MAY_STAND_UNDER[kind]:
        raise Refusal("parent", f"{kind.zh}不能设在{above.zh}。")
    if unit.path in ancestors(parent.path):
        raise Refusal("parent", "不能划转到它自己或它的下级。")
    if parent.pk == unit.parent_id:
        raise Refusal("parent", f"{unit.short_name}已经在{parent.short_name}之下。")
    if parent.closed_on:
        raise Refusal("parent", f"{parent.short_name}已于{chinese_date(parent.closed_on)}撤销，不能再设下级组织。")


def years_from(day: date | None, at: datetime, until: date | None = None) -> set[int]:
    """The years in which a dated state is read: from its first day to its last, or to the day it was written down."""
    first = (day or local_day(at)).year
    last = max(first, (until or local_day(at)).year)
    return set(range(first, last + 1))


def _next_path(parent: Unit | None) -> str:
    if parent is None:
        last = Unit.objects.filter(parent=None).order_by("-path").values_list("path", flat=True).first()
        made = int(last or 0) + 1
    else:
        if len(parent.path) >= MOST_LEVELS * SEGMENT:
            raise Refusal("parent", f"组织最多设 {MOST_LEVELS} 级。")
        Unit.objects.filter(pk=parent.pk).update(children_made=F("children_made") + 1)
        parent.refresh_from_db(fields=["children_made", "path"])  # it may have been moved just now
        made = parent.children_made
    if made > MOST_CHILDREN:
        raise Refusal("parent", f"一个组织下最多设 {MOST_CHILDREN} 个下级组织。")
    return (parent.path if parent else "") + str(made).zfill(SEGMENT)
