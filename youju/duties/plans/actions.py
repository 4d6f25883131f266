"""Changes to a plan: begin it, write its lines, adopt it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from youju.duties.plans.models import Plan, PlanLine
from youju.duties.plans.queries import body_of, in_force, may_adopt
from youju.duties.plans.rules import PLANNABLE
from youju.duties.plans.values import ADOPTING_KINDS, MOST_LINES, LineDraft, Rhythm, Source, Status
from youju.duties.rulebook import RULES
from youju.journal import actions as journal
from youju.journal.values import Actor, Owner
from youju.kit.periods import Period, chinese_date
from youju.kit.refusal import Refusal
from youju.kit.wording import needed, worded
from youju.kit.zone import local_day
from youju.people.models import Member, Membership, Unit
from youju.people.units.actions import bump
from youju.people.units.values import UnitKind, ancestors
from youju.prose.vocabulary import KINDS
from youju.records.models import Problem, Session

CHANGED = "这份计划刚刚被别人改过。您填的内容都还在，请核对新内容后再存。"
LONGEST_TITLE, LONGEST_HEADING, LONGEST_NOTE, LONGEST_SOURCE, LONGEST_REASON = 120, 40, 300, 160, 200
LONGEST_RULE_ID = 60
MOST_TIMES = 400


def begin(
    *, unit: Unit, year: int, lines: Sequence[LineDraft] = (), reason: str = "", by: Actor | None, at: datetime
) -> Plan:
    """起草, or more lines behind those that are there; what the plan has already from the same ground is left out.

    An adopted plan wants a ``reason``. Raises Refusal on ``year``, ``reason`` or the lines.
    """
    if unit.kind == UnitKind.GROUP:
        raise Refusal("", "党小组的安排写在所在党支部的计划里。")
    if not local_day(at).year - 10 <= year <= local_day(at).year + 1:
        raise Refusal("year", f"现在可以写到{local_day(at).year + 1}年的计划。")
    with transaction.atomic():
        plan, fresh = Plan.objects.get_or_create(unit=unit, year=year, defaults={"begun_at": at})
        plan = _locked(plan)
        kept = list(plan.lines.present())
        wanted = [draft for draft in lines if not _has(kept, draft)]
        if not fresh and not wanted:
            return plan
        said = _reason(plan, reason)
        _keep_short(len(kept) + len(wanted))
        for position, draft in enumerate(wanted, start=len(kept)):
            _write(plan, None, draft, position, where=f"第 {position + 1} 行")
        _note(plan, "起草年度计划" if fresh else "增加计划事项", reason=said, by=by, at=at)
    return plan


def write_lines(
    *,
    plan: Plan,
    lines: Sequence[LineDraft],
    revision: int | None = None,
    reason: str = "",
    by: Actor | None,
    at: datetime,
) -> Plan:
    """修改: the whole table as it shall be, in its order; a line that is not in it any more is taken out.

    ``revision`` is the one the editor saw; a newer one refuses. An adopted plan wants a ``reason``.
    Raises Refusal on ``reason`` or on a field of a line (``3:title`` is the title of the fourth); nothing is written then.
    """
    with transaction.atomic():
        plan = _locked(plan)
        if revision is not None and plan.revision != revision:
            raise Refusal("", CHANGED)
        said = _reason(plan, reason)
        _keep_short(len(lines))
        kept = {row.pk: row for row in plan.lines.present()}
        left = kept.keys() - {draft.id for draft in lines}
        for position, draft in enumerate(lines):
            row = kept.get(draft.id) if draft.id is not None else None
            if draft.id is not None and row is None:
                raise Refusal("", CHANGED)
            try:
                _write(plan, row, draft, position, where="")
            except Refusal as refusal:
                raise Refusal(f"{position}:{refusal.field}", refusal.sentence) from refusal
        PlanLine.objects.filter(pk__in=left).update(removed_at=at)
        _note(plan, "修改年度计划", reason=said, by=by, at=at)
    return plan


def adopt(*, plan: Plan, session: Session, revision: int | None = None, by: Actor | None, at: datetime) -> Plan:
    """通过: a recorded meeting of the unit adopted the plan; from then on its lines are owed.

    Raises Refusal on ``session``, or on the whole form when the plan is empty, adopted already or newly changed.
    """
    with transaction.atomic():
        # The record first, as its own changes do: it cannot be removed while it adopts.
        kept = Session.objects.select_for_update().filter(pk=session.pk).first()
        plan = _locked(plan)
        if revision is not None and plan.revision != revision:
            raise Refusal("", CHANGED)
        if in_force(plan):
            raise Refusal("", "这份计划已经通过了。")
        if not plan.lines.present().exists():
            raise Refusal("", "计划里还没有事项，先起草再通过。")
        if kept is None or not may_adopt(plan.unit, plan.year).filter(pk=kept.pk).exists():
            wanted = "、".join(KINDS[kind].zh for kind in ADOPTING_KINDS)
            own = f"本支部的{wanted}" if plan.unit.kind == UnitKind.BRANCH else "本组织的会议"
            raise Refusal("session", f"请选{plan.year - 1}年或{plan.year}年{own}，并且记录还在台账里。")
        if kept.held_on > local_day(at):
            raise Refusal("session", f"{kept.number} 还没有召开。")
        plan.status, plan.adopted_by, plan.adopted_on = Status.ADOPTED, kept, kept.held_on
        plan.save(update_fields=["status", "adopted_by", "adopted_on"])
        _note(plan, "通过年度计划", reason="", by=by, at=at)
    return plan


def forget(*, member: Member, by: Actor | None, at: datetime) -> None:
    """The owner of a line keeps an id; the name goes with the member."""


# -- parts ------------------------------------------------------------------------------------------------------------


def _locked(plan: Plan) -> Plan:
    """The plan as it stands now; of two that come at once, the second waits here and then sees the first."""
    return Plan.objects.select_for_update().get(pk=plan.pk)


def _reason(plan: Plan, reason: str) -> str:
    if not in_force(plan):
        return worded(reason, field="reason", name="修改原因", most=LONGEST_REASON)
    if not reason.strip():
        raise Refusal("reason", "计划已经通过，修改要写明原因，例如哪次会议议定、上级哪个文件要求。")
    return needed(reason, field="reason", name="修改原因", most=LONGEST_REASON)


def _keep_short(count: int) -> None:
    if count > MOST_LINES:
        raise Refusal("", f"一份计划最多 {MOST_LINES} 项，现在 {count} 项。请合并相近的事项。")


def _has(kept: list[PlanLine], draft: LineDraft) -> bool:
    """Whether the plan has a line from the same ground."""
    return any(
        (draft.rule_id and row.rule_id == draft.rule_id)
        or (draft.problem_id and row.problem_id == draft.problem_id)
        or (draft.above_id and row.above_id == draft.above_id)
        or (draft.source is Source.LAST and row.title == draft.title)
        for row in kept
    )


def _write(plan: Plan, row: PlanLine | None, draft: LineDraft, position: int, *, where: str) -> None:
    row = row or PlanLine(plan=plan, source=draft.source, source_note=_source_note(draft), **_ground(plan, draft))
    checked = _Checked(plan, draft, row.owner_id)
    row.position, row.for_below = position, draft.for_below
    row.title = needed(draft.title, field="title", name=f"{where}事项", most=LONGEST_TITLE)
    heading = worded(draft.heading, field="heading", name="类别", most=LONGEST_HEADING)
    row.heading = heading or Source(row.source).heading
    row.note = worded(draft.note, field="note", name="备注", most=LONGEST_NOTE)
    row.figure, row.target = checked.counted()
    row.rhythm, row.months, row.by_day = checked.time()
    row.owner_id = checked.owner()
    row.save()


def _source_note(draft: LineDraft) -> str:
    return worded(draft.source_note, field="source_note", name="来源说明", most=LONGEST_SOURCE)


def _ground(plan: Plan, draft: LineDraft) -> dict[str, object]:
    """What a new line points to; a problem of another ledger or a line from elsewhere would tell what is not ours."""
    if draft.problem_id and not Problem.objects.kept_by(plan.unit).filter(pk=draft.problem_id).exists():
        raise Refusal("source", "这个问题不在本组织的清单里。")
    if draft.above_id:
        plans = Plan.objects.in_force().filter(year=plan.year, unit__path__in=ancestors(plan.unit.path)[:-1])
        if not PlanLine.objects.present().filter(pk=draft.above_id, for_below=True, plan__in=plans).exists():
            raise Refusal("source", "这条上级要点已经撤回，或者不是下发给本组织的。")
    rule_id = worded(draft.rule_id, field="source", name="规则", most=LONGEST_RULE_ID)
    return {"rule_id": rule_id, "problem_id": draft.problem_id, "above_id": draft.above_id}


@dataclass(frozen=True)
class _Checked:
    """The parts of a draft that depend on each other."""

    plan: Plan
    draft: LineDraft
    owner_before: int | None

    def counted(self) -> tuple[str, int | None]:
        figure, target = self.draft.figure, self.draft.target
        if not figure:
            if target:
                raise Refusal("figure", "有次数，请选数什么；不数次数的事项把次数留空。")
            return "", None
        rule = RULES.get(self.draft.rule_id)
        if figure not in PLANNABLE and (rule is None or rule.figure != figure):
            raise Refusal("figure", f"“{figure}”不能定次数，请另选。")
        if not target or not 1 <= target <= MOST_TIMES:
            raise Refusal("target", f"请写每期至少几次，1 到 {MOST_TIMES}。")
        return figure, target

    def time(self) -> tuple[str, str, date | None]:
        draft, year = self.draft, self.plan.year
        if draft.rhythm is Rhythm.MONTHS:
            if not draft.months:
                raise Refusal("months", "请写哪几个月，例如 3、6、9。")
            if any(not 1 <= month <= 12 for month in draft.months):
                raise Refusal("months", "月份只能是 1 到 12。")
            return draft.rhythm, ",".join(map(str, sorted(set(draft.months)))), None
        if draft.rhythm is Rhythm.DAY:
            if draft.by_day is None:
                raise Refusal("by_day", "请填哪一天之前办完。")
            if draft.by_day not in Period.year(year):
                raise Refusal("by_day", f"日期要在{year}年之内。")
            return draft.rhythm, "", draft.by_day
        return draft.rhythm, "", None

    def owner(self) -> int | None:
        """A member of the unit in the plan's year; who was the owner before may stay until somebody else is named."""
        owner = self.draft.owner_id
        if owner is None or owner == self.owner_before:
            return owner
        year = Period.year(self.plan.year)
        here = Membership.objects.in_unit(self.plan.unit).filter(member_id=owner, since__lte=year.end)
        if not here.exclude(until__lte=year.start).exists():
            raise Refusal("owner", "责任人不在本组织，请重新选择。")
        return owner


def _note(plan: Plan, verb: str, *, reason: str, by: Actor | None, at: datetime) -> None:
    """Version, revision and journal line of one change, in its transaction."""
    bump(unit_id=plan.unit_id, years={plan.year})
    body, texts = body_of(plan)
    revision = journal.write_revision(
        owner=Owner("duties", "plan", plan.pk), body=body, texts=texts, by=by, at=at, reason=reason
    )
    Plan.objects.filter(pk=plan.pk).update(revision=revision.number)
    plan.revision = revision.number
    summary = f"{plan.year}年" + (f" {chinese_date(plan.adopted_on)}通过" if plan.adopted_on else "")
    journal.write_line(
        by=by, at=at, verb=verb, room="duties", noun="plan", object_id=plan.pk, unit_id=plan.unit_id, summary=summary
    )
