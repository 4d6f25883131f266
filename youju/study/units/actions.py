"""Changes to the year's units: draft a whole year, add one, change one, drop one."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from youju.journal import actions as journal
from youju.journal.values import Actor, Owner
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
from youju.study.points.models import StudyPoint
from youju.study.points.rules import check_year
from youju.study.units.models import StudyUnit, StudyUnitSet
from youju.study.units.queries import body_of, drafts_of, untaken, wanted_of
from youju.study.units.rules import of_committees
from youju.study.units.values import UNIT_KINDS, Pace, UnitDraft

MOST_IN_A_YEAR = 100  # every week of the year, and every point of a committee beside them
LONGEST = 60


def plan_year(*, unit: Unit, year: int, pace: Pace = Pace.MONTHLY, by: Actor | None, at: datetime) -> list[StudyUnit]:
    """从学习体系排全年, by months or by weeks. Raises Refusal where a year is planned already."""
    keeper = ledger_unit(unit)
    with transaction.atomic():
        Unit.objects.select_for_update().get(pk=keeper.pk)  # of two clicks the second sees what the first has written
        placed = {one.above_id for one in drafts_of(keeper, year, pace, on=local_day(at))}
        for point in untaken(keeper, year):
            if point.pk in placed:
                _registered(keeper, point, by=by, at=at)
        made = drafts_of(keeper, year, pace, on=local_day(at))
        return [_write(keeper, _checked(one, keeper), verb="排学习单元", by=by, at=at) for one in made]


def add_unit(*, unit: Unit, draft: UnitDraft, by: Actor | None, at: datetime) -> StudyUnit:
    """加一个单元. Raises Refusal on the field at fault."""
    keeper = ledger_unit(unit)
    draft = _checked(draft, keeper)
    check_year(draft.starts_on, today=local_day(at))
    with transaction.atomic():
        Unit.objects.select_for_update().get(pk=keeper.pk)
        rows = _room_in(keeper, draft.starts_on.year)
        if rows.filter(title=draft.title, starts_on=draft.starts_on).exists():
            raise Refusal("title", "这个单元已经排了。")
        return _write(keeper, draft, verb="排学习单元", by=by, at=at)


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
        (wanted,) = wanted_of(keeper, tree_of(keeper), [point])
        draft = UnitDraft(
            wanted.title, wanted.days.start, wanted.days.end, topic_id=wanted.topic_id, source_ids=wanted.source_ids,
            above_id=point.pk,
        )  # fmt: skip
        return _write(keeper, _checked(draft, keeper), verb="排学习单元", by=by, at=at)


def change_unit(*, unit: StudyUnit, draft: UnitDraft, revision: int, by: Actor | None, at: datetime) -> None:
    """改单元: what, when, how, by whom. Raises Refusal on the field at fault, or when somebody else was quicker."""
    with transaction.atomic():
        unit = _standing(unit, revision)
        draft = _checked(draft, unit.ledger, kept=unit)
        before = unit.year
        if draft.starts_on.year != before:
            check_year(draft.starts_on, today=local_day(at))
        _fill(unit, draft)
        unit.save()
        unit.sources.set(draft.source_ids)
        _note(unit, verb="改学习单元", by=by, at=at, years={before})


def drop_unit(*, unit: StudyUnit, revision: int, reason: str, by: Actor | None, at: datetime) -> None:
    """取消单元, with its reason. Raises Refusal on ``reason``, or when somebody else was quicker."""
    reason = needed(reason, field="reason", name="取消的原因", most=200)
    with transaction.atomic():
        unit = _standing(unit, revision)
        unit.dropped_at, unit.reason = max(at, unit.entered_at), reason
        unit.save(update_fields=["dropped_at", "reason"])
        _note(unit, verb="取消学习单元", by=by, at=at)


def forget(*, member: Member, by: Actor | None, at: datetime) -> None:
    """The leader of a unit keeps an id; the name goes with the member."""


# -- parts ------------------------------------------------------------------------------------------------------------


def _room_in(keeper: Unit, year: int) -> StudyUnitSet:
    """The units of a year, to which one more may come. Raises Refusal where there are too many to be read."""
    rows = StudyUnit.objects.standing().filter(ledger=keeper, year=year)
    if rows.count() >= MOST_IN_A_YEAR:
        raise Refusal("", f"一年最多排 {MOST_IN_A_YEAR} 个单元。")
    return rows


def _checked(draft: UnitDraft, keeper: Unit, *, kept: StudyUnit | None = None) -> UnitDraft:
    """The draft as it is kept. Raises Refusal on the field at fault."""
    title = needed(draft.title, field="title", name="学什么", most=LONGEST)
    if keeper.kind == UnitKind.BRANCH and of_committees(title):
        raise Refusal("title", "中心组学习是党委（党组）的，支部随着参加的请写明，如“列席党委中心组学习”。")
    if draft.ends_on < draft.starts_on:
        raise Refusal("ends_on", "结束的日子不能早于开始的日子。")
    if draft.ends_on.year != draft.starts_on.year:
        raise Refusal("ends_on", "一个单元要在同一年里。")
    if draft.kind not in UNIT_KINDS:
        raise Refusal("kind", "类型请重新选择。")
    if draft.form and draft.form not in LISTS.forms and (kept is None or kept.form != draft.form):
        raise Refusal("form", "活动形式请重新选择。")
    if (
        draft.topic_id is not None
        and draft.topic_id not in tree_of(keeper)
        and (kept is None or kept.topic_id != draft.topic_id)
    ):
        raise Refusal("topic", "这个专题不在学习体系里，请重新选择。")
    sources = tuple(dict.fromkeys(draft.source_ids))
    if Source.objects.filter(ledger=keeper, pk__in=sources).count() != len(sources):
        raise Refusal("sources", "有的材料不在学习材料里，请重新选择。")
    if draft.topic_id is None and not sources:
        raise Refusal("topic", "请选专题，或者至少选一份材料：学没学要从记录里看出来。")
    _check_point(draft.above_id, keeper, kept=kept.above_id if kept else None)
    _check_leader(draft.leader_id, keeper, kept=kept.leader_id if kept else None)
    return replace(draft, title=title, source_ids=sources)


def _check_point(point_id: int | None, keeper: Unit, *, kept: int | None) -> None:
    """A point of somebody else's superior is not asked of us. One withdrawn since stays what the unit was made for."""
    if point_id is None or point_id == kept:
        return
    above = StudyPoint.objects.standing().filter(sender__path__in=ancestors(keeper.path)[:-1])
    if not above.filter(pk=point_id).exists():
        raise Refusal("", "这项学习重点已经撤回，或者不是对本组织提的。")


def _registered(keeper: Unit, point: StudyPoint, *, by: Actor | None, at: datetime) -> None:
    """The material that the point names, in the register of the ledger."""
    if point.text and not Source.objects.filter(ledger=keeper, title=point.text).exists():
        enter_source(unit=keeper, draft=SourceDraft(point.text), by=by, at=at)


def _check_leader(leader_id: int | None, keeper: Unit, *, kept: int | None) -> None:
    """An id of anybody else would tell his name. Who has left stays what he was."""
    if leader_id is None or leader_id == kept:
        return
    if not Membership.objects.in_unit(keeper).filter(member_id=leader_id).exists():
        raise Refusal("leader", "领学人不在本组织，请重新选择。")


def _fill(unit: StudyUnit, draft: UnitDraft) -> None:
    unit.year, unit.title, unit.kind, unit.form = draft.starts_on.year, draft.title, draft.kind, draft.form
    unit.starts_on, unit.ends_on = draft.starts_on, draft.ends_on
    unit.topic_id, unit.leader_id, unit.above_id = draft.topic_id, draft.leader_id, draft.above_id


def _write(keeper: Unit, draft: UnitDraft, *, verb: str, by: Actor | None, at: datetime) -> StudyUnit:
    unit = StudyUnit(ledger=keeper, entered_at=at)
    _fill(unit, draft)
    unit.save()
    unit.sources.set(draft.source_ids)
    _note(unit, verb=verb, by=by, at=at)
    return unit


def _standing(unit: StudyUnit, revision: int) -> StudyUnit:
    """As it is now, locked; somebody who saw an older one is told."""
    now = StudyUnit.objects.select_for_update(of=("self",)).select_related("ledger").get(pk=unit.pk)
    if now.dropped_at:
        raise Refusal("", "这个单元已经取消。")
    if now.revision != revision:
        raise Overtaken("这个单元")
    return now


def _note(unit: StudyUnit, *, verb: str, by: Actor | None, at: datetime, years: set[int] | None = None) -> None:
    bump(unit_id=unit.ledger_id, years={unit.year} | (years or set()))
    body, texts = body_of(StudyUnit.objects.prefetch_related("sources").get(pk=unit.pk))
    owner = Owner("study", "study_unit", unit.pk)
    revision = journal.write_revision(owner=owner, body=body, texts=texts, by=by, at=at)
    StudyUnit.objects.filter(pk=unit.pk).update(revision=revision.number)
    unit.revision = revision.number
    journal.write_line(
        by=by, at=at, verb=verb, room="study", noun="study_unit", object_id=unit.pk, unit_id=unit.ledger_id,
        summary=f"{unit.starts_on:%Y-%m}",
    )  # fmt: skip
