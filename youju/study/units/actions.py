"""Changes to the year's units: draft a whole year, add one, change one, drop one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction
from django.db.models import prefetch_related_objects

from youju.journal import actions as journal
from youju.journal.values import Actor
from youju.kit.refusal import Overtaken, Refusal
from youju.kit.wording import needed
from youju.kit.zone import local_day
from youju.people.members.models import Member, Membership
from youju.people.units.actions import bump
from youju.people.units.models import Unit
from youju.people.units.queries import ledger_unit
from youju.people.units.values import UnitKind, ancestors
from youju.records.facets.values import LISTS
from youju.records.sources.actions import enter_source
from youju.records.sources.models import Source
from youju.records.sources.values import SourceDraft
from youju.study.curriculum.queries import tree_of
from youju.study.curriculum.values import Tree
from youju.study.points.models import StudyPoint
from youju.study.points.rules import check_year
from youju.study.units.models import StudyUnit, StudyUnitSet
from youju.study.units.queries import body_of, drafts_of, wanted_of
from youju.study.units.rules import of_committees
from youju.study.units.values import UNIT_KINDS, Pace, UnitDraft

MOST_IN_A_YEAR = 100  # every week of the year, and every point of a committee beside them
LONGEST = 60


def plan_year(*, unit: Unit, year: int, pace: Pace = Pace.MONTHLY, by: Actor | None, at: datetime) -> list[StudyUnit]:
    """从学习体系排全年, by months or by weeks. Raises Refusal where a year is planned already, or no page would show it."""
    keeper, today = ledger_unit(unit), local_day(at)
    check_year(date(year, 1, 1), today=today)
    with transaction.atomic():
        Unit.objects.select_for_update().get(pk=keeper.pk)  # of two clicks the second sees what the first has written
        tree = tree_of(keeper)
        drafts = _with_materials(keeper, drafts_of(keeper, tree, year, pace, on=today), by=by, at=at)
        return _write(keeper, _checked(drafts, keeper, tree), verb="排学习单元", by=by, at=at)


def add_unit(*, unit: Unit, draft: UnitDraft, by: Actor | None, at: datetime) -> StudyUnit:
    """加一个单元. Raises Refusal on the field at fault."""
    keeper = ledger_unit(unit)
    (draft,) = _checked((draft,), keeper, tree_of(keeper))
    check_year(draft.starts_on, today=local_day(at))
    with transaction.atomic():
        Unit.objects.select_for_update().get(pk=keeper.pk)
        _refuse_twice(draft, _room_in(keeper, draft.starts_on.year))
        (made,) = _write(keeper, (draft,), verb="排学习单元", by=by, at=at)
    return made


def take_point(*, unit: Unit, point: StudyPoint, by: Actor | None, at: datetime) -> StudyUnit:
    """列入安排: what a unit above asks, as a unit of one's own; its material is entered in the register.

    Raises Refusal where it is in the plan already, is not asked of this unit, or nothing here can be found by its words.
    """
    keeper = ledger_unit(unit)
    with transaction.atomic():
        Unit.objects.select_for_update().get(pk=keeper.pk)
        point = StudyPoint.objects.select_for_update(of=("self",)).select_related("sender").get(pk=point.pk)
        if StudyUnit.objects.standing().filter(ledger=keeper, above=point).exists():
            raise Refusal("", "这项已经列入安排了。")
        _room_in(keeper, point.year)
        _registered(keeper, point, by=by, at=at)
        tree = tree_of(keeper)
        (wanted,) = wanted_of(keeper, tree, [point])
        draft = UnitDraft(
            wanted.title, wanted.days.start, wanted.days.end, topic_id=wanted.topic_id, source_ids=wanted.source_ids,
            above_id=point.pk,
        )  # fmt: skip
        (made,) = _write(keeper, _checked((draft,), keeper, tree), verb="排学习单元", by=by, at=at)
    return made


def change_unit(*, unit: StudyUnit, draft: UnitDraft, revision: int, by: Actor | None, at: datetime) -> None:
    """改单元: what, when, how, by whom. Raises Refusal on the field at fault, or when somebody else was quicker."""
    with transaction.atomic():
        unit = _standing(unit, revision)
        (draft,) = _checked((draft,), unit.ledger, tree_of(unit.ledger), kept=unit)
        before = unit.year
        if (draft.title, draft.starts_on) != (unit.title, unit.starts_on):
            Unit.objects.select_for_update().get(pk=unit.ledger_id)  # as who adds one does
            _refuse_twice(draft, StudyUnit.objects.standing().filter(ledger=unit.ledger_id))
        if draft.starts_on.year != before:
            check_year(draft.starts_on, today=local_day(at))
            _room_in(unit.ledger, draft.starts_on.year)
        _fill(unit, draft)
        unit.save()
        unit.sources.set(draft.source_ids)
        _note((unit,), verb="改学习单元", by=by, at=at, years={before})


def drop_unit(*, unit: StudyUnit, revision: int, reason: str, by: Actor | None, at: datetime) -> None:
    """取消单元, with its reason. Raises Refusal on ``reason``, or when somebody else was quicker."""
    reason = needed(reason, field="reason", name="取消的原因", most=200)
    with transaction.atomic():
        unit = _standing(unit, revision)
        unit.dropped_at, unit.reason = max(at, unit.entered_at), reason
        unit.save(update_fields=["dropped_at", "reason"])
        _note((unit,), verb="取消学习单元", by=by, at=at)


def forget(*, member: Member, by: Actor | None, at: datetime) -> None:
    """The leader of a unit keeps an id; the name goes with the member."""


# -- parts ------------------------------------------------------------------------------------------------------------


def _room_in(keeper: Unit, year: int) -> StudyUnitSet:
    """The units of a year, to which one more may come. Raises Refusal where there are too many to be read."""
    rows = StudyUnit.objects.standing().filter(ledger=keeper, year=year)
    if rows.count() >= MOST_IN_A_YEAR:
        raise Refusal("", f"一年最多排 {MOST_IN_A_YEAR} 个单元。")
    return rows


def _refuse_twice(draft: UnitDraft, rows: StudyUnitSet) -> None:
    if rows.filter(title=draft.title, starts_on=draft.starts_on).exists():
        raise Refusal("title", "这个单元已经排了。")


def _checked(
    drafts: Sequence[UnitDraft], keeper: Unit, tree: Tree, *, kept: StudyUnit | None = None
) -> list[UnitDraft]:
    """The drafts as they are kept. Raises Refusal on the field at fault, of the first at fault."""
    known = _Known.of(drafts, keeper, tree, kept)
    return [_checked_one(draft, keeper, known) for draft in drafts]


@dataclass(frozen=True)
class _Known:
    """What drafts may name, read once for all of them: what is the ledger's own or asked of it, and what a unit has already.

    An id of anybody else would tell his name. Who has left stays leader, and a point withdrawn since stays what a unit
    was made for.
    """

    topics: Collection[int | None]
    sources: Collection[int]
    points: Collection[int | None]
    leaders: Collection[int | None]
    forms: Collection[str]

    @classmethod
    def of(cls, drafts: Sequence[UnitDraft], keeper: Unit, tree: Tree, kept: StudyUnit | None) -> _Known:
        named = {pk for draft in drafts for pk in draft.source_ids}
        asked = {draft.above_id for draft in drafts if draft.above_id is not None}
        led_by = {draft.leader_id for draft in drafts if draft.leader_id is not None}
        sources = Source.objects.filter(ledger=keeper, pk__in=named).values_list("pk", flat=True)
        points = StudyPoint.objects.standing().filter(sender__path__in=ancestors(keeper.path)[:-1], pk__in=asked)
        people = Membership.objects.in_unit(keeper).filter(member_id__in=led_by)
        return cls(
            topics={
                None,
                kept.topic_id if kept else None,
                *(draft.topic_id for draft in drafts if draft.topic_id in tree),
            },
            sources=set(sources),
            points={None, kept.above_id if kept else None, *points.values_list("pk", flat=True)},
            leaders={None, kept.leader_id if kept else None, *people.values_list("member_id", flat=True)},
            forms={"", kept.form if kept else "", *LISTS.forms},
        )


def _checked_one(draft: UnitDraft, keeper: Unit, known: _Known) -> UnitDraft:
    title = needed(draft.title, field="title", name="学什么", most=LONGEST)
    if keeper.kind == UnitKind.BRANCH and of_committees(title):
        raise Refusal("title", "中心组学习是党委（党组）的，支部随着参加的请写明，如“列席党委中心组学习”。")
    if draft.ends_on < draft.starts_on:
        raise Refusal("ends_on", "结束的日子不能早于开始的日子。")
    if draft.ends_on.year != draft.starts_on.year:
        raise Refusal("ends_on", "一个单元要在同一年里。")
    if draft.kind not in UNIT_KINDS:
        raise Refusal("kind", "类型请重新选择。")
    if draft.form not in known.forms:
        raise Refusal("form", "活动形式请重新选择。")
    if draft.topic_id not in known.topics:
        raise Refusal("topic", "这个专题不在学习体系里，请重新选择。")
    if not set(draft.source_ids).issubset(known.sources):
        raise Refusal("sources", "有的材料不在学习材料里，请重新选择。")
    if draft.topic_id is None and not draft.source_ids:
        raise Refusal("topic", "请选专题，或者至少选一份材料：学没学要从记录里看出来。")
    if draft.above_id not in known.points:
        raise Refusal("", "这项学习重点已经撤回，或者不是对本组织提的。")
    if draft.leader_id not in known.leaders:
        raise Refusal("leader", "领学人不在本组织，请重新选择。")
    return replace(draft, title=title, source_ids=tuple(dict.fromkeys(draft.source_ids)))


def _with_materials(keeper: Unit, drafts: Sequence[UnitDraft], *, by: Actor | None, at: datetime) -> list[UnitDraft]:
    """What a point asks for by the name of a material that the register lacks is entered there."""
    lacking = {draft.above_id for draft in drafts if draft.above_id and not draft.source_ids}
    points = StudyPoint.objects.in_bulk(lacking) if lacking else {}
    return [
        replace(draft, source_ids=_registered(keeper, point, by=by, at=at))
        if (point := points.get(draft.above_id or 0))
        else draft
        for draft in drafts
    ]


def _registered(keeper: Unit, point: StudyPoint, *, by: Actor | None, at: datetime) -> tuple[int, ...]:
    """The material that the point names, in the register of the ledger."""
    if not point.text:
        return ()
    there = Source.objects.filter(ledger=keeper, title=point.text).first()
    return ((there or enter_source(unit=keeper, draft=SourceDraft(point.text), by=by, at=at)).pk,)


def _fill(unit: StudyUnit, draft: UnitDraft) -> None:
    unit.year, unit.title, unit.kind, unit.form = draft.starts_on.year, draft.title, draft.kind, draft.form
    unit.starts_on, unit.ends_on = draft.starts_on, draft.ends_on
    unit.topic_id, unit.leader_id, unit.above_id = draft.topic_id, draft.leader_id, draft.above_id


def _write(keeper: Unit, drafts: Sequence[UnitDraft], *, verb: str, by: Actor | None, at: datetime) -> list[StudyUnit]:
    """As many queries for the weeks of a year as for one unit."""
    units = [StudyUnit(ledger=keeper, entered_at=at) for _ in drafts]
    for unit, draft in zip(units, drafts, strict=True):
        _fill(unit, draft)
    StudyUnit.objects.bulk_create(units)
    placed = StudyUnit.sources.through
    placed.objects.bulk_create(
        placed(studyunit_id=unit.pk, source_id=pk)
        for unit, draft in zip(units, drafts, strict=True)
        for pk in draft.source_ids
    )
    _note(units, verb=verb, by=by, at=at)
    return units


def _standing(unit: StudyUnit, revision: int) -> StudyUnit:
    """As it is now, locked; somebody who saw an older one is told."""
    now = StudyUnit.objects.select_for_update(of=("self",)).select_related("ledger").get(pk=unit.pk)
    if now.dropped_at:
        raise Refusal("", "这个单元已经取消。")
    if now.revision != revision:
        raise Overtaken("这个单元")
    return now


def _note(
    units: Sequence[StudyUnit], *, verb: str, by: Actor | None, at: datetime, years: Collection[int] = ()
) -> None:
    """Of units of one ledger: its version once, a revision and a line of each."""
    keeper_id = units[0].ledger_id
    bump(unit_id=keeper_id, years={unit.year for unit in units}.union(years))
    prefetch_related_objects(list(units), "sources")
    versions = {unit.pk: body_of(unit) for unit in units}
    revisions = journal.write_revisions(room="study", noun="study_unit", versions=versions, by=by, at=at)
    for unit, revision in zip(units, revisions, strict=True):
        if unit.revision != revision.number:
            StudyUnit.objects.filter(pk=unit.pk).update(revision=revision.number)
            unit.revision = revision.number
    journal.write_lines(
        by=by, at=at, verb=verb, room="study", noun="study_unit", unit_id=keeper_id,
        summaries={unit.pk: f"{unit.starts_on:%Y-%m}" for unit in units},
    )  # fmt: skip
