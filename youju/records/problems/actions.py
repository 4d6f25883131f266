"""Changes to problems: raise, amend, add a measure, report progress, ask to close, close or send back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from youju.journal import actions as journal
from youju.journal.values import Actor, Owner
from youju.kit.periods import chinese_date
from youju.kit.refusal import Overtaken, Refusal
from youju.kit.wording import needed, worded
from youju.kit.zone import local_day
from youju.people.members.models import Member, Membership
from youju.people.units.actions import bump
from youju.people.units.models import Unit
from youju.people.units.queries import ledger_unit
from youju.records.activities.models import Session
from youju.records.activities.rules import is_talk
from youju.records.activities.values import HAPPENED
from youju.records.numbering import next_number
from youju.records.problems.models import Measure, Problem
from youju.records.problems.queries import body_of, is_proved, with_parts
from youju.records.problems.values import MeasureDraft, ProblemDraft
from youju.store.models import StoredFile

CODE = "问题"


def raise_problem(
    *, unit: Unit, draft: ProblemDraft, measures: tuple[MeasureDraft, ...] = (), by: Actor | None, at: datetime
) -> Problem:
    """列入问题清单. Raises Refusal on the field at fault; nothing is written then."""
    title = needed(draft.title, field="title", name="问题", most=200)
    cause = worded(draft.cause, field="cause", name="原因")
    note = worded(draft.source_note, field="source_note", name="来源说明", most=120)
    if draft.found_on > local_day(at):
        raise Refusal("found_on", "发现日期不能在将来。")
    if not draft.found_on.year - 10 <= draft.for_year <= draft.found_on.year + 1:
        raise Refusal("for_year", "所属年度离发现日期太远，请检查。")
    keeper = ledger_unit(unit)
    with transaction.atomic():
        number = next_number(keeper, draft.for_year, CODE)  # locks: of two that come at once, the second sees the first
        _refuse_twice(keeper, draft)
        problem = Problem.objects.create(
            unit=keeper, number=number, title=title, source=draft.source, source_note=note, cause=cause,
            found_on=draft.found_on, for_year=draft.for_year, entered_at=at,
        )  # fmt: skip
        for position, measure in enumerate(measures):
            _write_measure(problem, measure, position)
        _note(problem, verb="列入问题", on=draft.found_on, by=by, at=at)
    return problem


def amend_problem(
    *, problem: Problem, title: str, source_note: str, cause: str, revision: int, by: Actor | None, at: datetime
) -> None:
    """改问题: its words. ``revision`` is the one the editor saw. Raises Refusal on the field at fault."""
    title = needed(title, field="title", name="问题", most=200)
    cause = worded(cause, field="cause", name="原因")
    note = worded(source_note, field="source_note", name="来源说明", most=120)
    with transaction.atomic():
        problem = _seen(problem, revision)
        problem.title, problem.cause, problem.source_note = title, cause, note
        problem.save(update_fields=["title", "cause", "source_note"])
        _note(problem, verb="改问题", on=local_day(at), by=by, at=at)


def amend_measure(*, measure: Measure, draft: MeasureDraft, revision: int, by: Actor | None, at: datetime) -> None:
    """改措施: words, owner, date. What it was before stays in the revisions. Raises Refusal on the field at fault."""
    text = needed(draft.text, field="text", name="整改措施", most=300)
    with transaction.atomic():
        problem = _seen(measure.problem, revision)
        if draft.owner_id != measure.owner_id:
            _refuse_stranger(problem, draft.owner_id)
        if problem.measures.filter(text=text).exclude(pk=measure.pk).exists():
            raise Refusal("text", "已经有这条措施。")
        years = {measure.due_on.year} if measure.due_on else set()  # from which it goes
        measure.text, measure.owner_id, measure.due_on = text, draft.owner_id, draft.due_on
        measure.save(update_fields=["text", "owner", "due_on"])
        _take_back(problem, problem.returned)
        _note(problem, verb="改整改措施", on=local_day(at), by=by, at=at, years=years)


def add_measure(*, problem: Problem, draft: MeasureDraft, by: Actor | None, at: datetime) -> Measure:
    """Raises Refusal on ``text`` or when the problem is closed."""
    with transaction.atomic():
        problem = _open(problem)
        if problem.measures.filter(text=draft.text.strip()).exists():
            raise Refusal("text", "已经有这条措施。")
        _take_back(problem)  # what was asked for was asked without this measure
        measure = _write_measure(problem, draft, problem.measures.count())
        _note(problem, verb="定整改措施", on=local_day(at), by=by, at=at)
    return measure


def finish_measure(
    *,
    measure: Measure,
    proof: str,
    on: date,
    file: StoredFile | None = None,
    record: str = "",
    revision: int | None = None,
    by: Actor | None,
    at: datetime,
) -> None:
    """填进展: the measure was carried out, shown by exactly this file and the record of this number.

    ``revision`` of the problem is the one the editor saw; a newer one refuses. Raises Refusal on ``proof``, ``done_on``,
    ``file`` or ``record``, or on the whole form when somebody else was quicker.
    """
    proof = worded(proof, field="proof", name="落实情况")
    if not proof:
        raise Refusal("proof", "请写落实情况，之后才能销号。")
    if on > local_day(at):
        raise Refusal("done_on", "完成日期不能在将来。")
    with transaction.atomic():
        problem = _open(measure.problem) if revision is None else _seen(measure.problem, revision)
        if on < problem.found_on:
            raise Refusal("done_on", f"完成日期不能早于发现问题的那天（{chinese_date(problem.found_on)}）。")
        if file and StoredFile.objects.filter(pk=file.pk, erased_at__isnull=False).exists():
            raise Refusal("file", "这份文件已经清除，不能作佐证。")
        measure.proof, measure.done_on, measure.file = proof, on, file
        measure.session = _linked(problem, record)
        measure.save(update_fields=["proof", "done_on", "file", "session"])
        _take_back(problem, problem.returned)  # who looks must see the newest words
        _note(problem, verb="填进展", on=on, by=by, at=at)


def ask_to_close(*, problem: Problem, on: date, by: Actor | None, at: datetime) -> None:
    """申请销号: one says that it is done. Raises Refusal while a measure is without words, or none was set, or nothing but
    words shows it."""
    with transaction.atomic():
        problem = _open(problem)
        if problem.asked_on:
            raise Refusal("", "已经申请销号，等另一位核实。")
        measures = list(problem.measures.all())
        if not measures:
            raise Refusal("", "还没有整改措施，不能销号。")
        if any(measure.done_on is None for measure in measures):
            raise Refusal("", "还有措施没有填写落实情况，不能销号。")
        _refuse_mere_words(problem)
        if on < problem.found_on or on > local_day(at):
            raise Refusal("closed_on", "销号日期不能早于发现日期，也不能在将来。")
        last = max(measure.done_on for measure in measures if measure.done_on)
        if on < last:
            raise Refusal("closed_on", f"最后一项措施{chinese_date(last)}才完成，销号日期不能早于那天。")
        problem.asked_on, problem.asked_by_id, problem.returned = on, by.pk if by else None, ""
        problem.save(update_fields=["asked_on", "asked_by", "returned"])
        _note(problem, verb="申请销号", on=on, by=by, at=at)


def close_problem(*, problem: Problem, revision: int | None = None, by: Actor | None, at: datetime) -> None:
    """销号, on the day for which it was asked. ``revision`` is the one he looked at: he vouches for what he has seen.

    Raises Refusal when nobody asked, who asked would settle it himself, it was changed since, or what proved it is gone.
    """
    with transaction.atomic():
        problem = _asked(problem, by, "销号")
        if revision is not None and problem.revision != revision:
            raise Refusal("", f"{problem.number} 刚刚被别人改过，请看过现在的内容再销号。")
        _refuse_mere_words(problem)  # what it was asked with may have been removed since
        problem.closed_on, problem.closed_by_id = problem.asked_on, by.pk if by else None
        problem.save(update_fields=["closed_on", "closed_by"])
        assert problem.closed_on is not None
        _note(problem, verb="销号", on=problem.closed_on, by=by, at=at)


def return_problem(*, problem: Problem, reason: str, by: Actor | None, at: datetime) -> None:
    """退回: who looked is not satisfied; it stays open, and who asks again sees why. Raises Refusal without a reason."""
    reason = needed(reason, field="reason", name="退回原因", most=200)
    with transaction.atomic():
        problem = _asked(problem, by, "退回")
        _take_back(problem, reason)
        _note(problem, verb="退回销号申请", on=local_day(at), by=by, at=at)


def _asked(problem: Problem, by: Actor | None, what: str) -> Problem:
    problem = _open(problem)
    if problem.asked_on is None:
        raise Refusal("", "还没有人申请销号。")
    if by is not None and by.pk == problem.asked_by_id:
        raise Refusal("", f"销号要两个人：申请是您提的，{what}要请另一位来。")
    return problem


def _refuse_mere_words(problem: Problem) -> None:
    if not is_proved(with_parts(Problem.objects.filter(pk=problem.pk)).get()):
        raise Refusal("", "销号要有佐证：请至少给一条措施附一份文件，或写上一条台账记录的编号。")


def _linked(problem: Problem, number: str) -> Session | None:
    """The record of the unit's own ledger. Raises Refusal on ``record``."""
    if not (number := number.strip()):
        return None
    session = Session.objects.filter(ledger=problem.unit_id, number=number, status__in=HAPPENED).first()
    if session is None:
        raise Refusal("record", "本组织台账里没有这个编号的记录。")
    if is_talk(session.kind_rows.values_list("kind", flat=True)):
        raise Refusal("record", "谈话只有谈的人和管台账的人知道是谁和谁，不能作整改的佐证。")
    if session.held_on < problem.found_on:
        raise Refusal("record", f"这条记录在发现问题（{chinese_date(problem.found_on)}）之前，不能作整改的佐证。")
    return session


def _take_back(problem: Problem, reason: str = "") -> None:
    problem.asked_on, problem.asked_by, problem.returned = None, None, reason
    problem.save(update_fields=["asked_on", "asked_by", "returned"])


def forget(*, member: Member, by: Actor | None, at: datetime) -> None:
    """The owner of a measure keeps an id; the name goes with the member."""


def _refuse_twice(unit: Unit, draft: ProblemDraft) -> None:
    same = Problem.objects.filter(unit=unit, title=draft.title.strip(), found_on=draft.found_on, closed_on__isnull=True)
    there = same.first()
    if there:
        raise Refusal("title", f"这个问题已经列入，编号 {there.number}。")


def _open(problem: Problem) -> Problem:
    problem = Problem.objects.select_for_update().get(pk=problem.pk)
    if problem.closed_on:
        raise Refusal("", "这个问题已经销号。")
    return problem


def _seen(problem: Problem, revision: int) -> Problem:
    """The problem, open and as the editor saw it."""
    problem = _open(problem)
    if problem.revision != revision:
        raise Overtaken("这个问题")
    return problem


def _write_measure(problem: Problem, draft: MeasureDraft, position: int) -> Measure:
    text = needed(draft.text, field="text", name="整改措施", most=300)
    _refuse_stranger(problem, draft.owner_id)
    return Measure.objects.create(
        problem=problem, position=position, text=text, owner_id=draft.owner_id, due_on=draft.due_on
    )


def _refuse_stranger(problem: Problem, owner_id: int | None) -> None:
    """An id of anybody else would tell his name. Who belonged here once may still answer for what he began."""
    if owner_id is not None and not Membership.objects.in_unit(problem.unit).filter(member_id=owner_id).exists():
        raise Refusal("owner", "责任人不在本组织，请重新选择。")


def _note(
    problem: Problem, *, verb: str, on: date, by: Actor | None, at: datetime, years: Collection[int] = ()
) -> None:
    owed = problem.measures.filter(due_on__isnull=False).values_list("due_on__year", flat=True)
    # A plan of any later year, and that of the year to come, may carry it.
    carried = range(problem.for_year, local_day(at).year + 2)
    bump(unit_id=problem.unit_id, years={problem.for_year, problem.found_on.year, on.year, *owed, *carried, *years})
    body, texts = body_of(Problem.objects.prefetch_related("measures__file").get(pk=problem.pk))
    revision = journal.write_revision(
        owner=Owner("records", "problem", problem.pk), body=body, texts=texts, by=by, at=at
    )
    Problem.objects.filter(pk=problem.pk).update(revision=revision.number)
    problem.revision = revision.number
    journal.write_line(
        by=by, at=at, verb=verb, room="records", noun="problem", object_id=problem.pk, unit_id=problem.unit_id,
        summary=problem.number,
    )  # fmt: skip
