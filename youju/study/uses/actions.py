"""Changes to 学以致用: write one down, correct it, withdraw it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from youju.journal import actions as journal
from youju.journal.values import Actor, Owner
from youju.kit.periods import chinese_date
from youju.kit.refusal import NotYours, Overtaken, Refusal
from youju.kit.wording import needed
from youju.kit.zone import local_day
from youju.people.units.actions import bump
from youju.people.units.models import Unit
from youju.people.units.queries import ledger_unit
from youju.records.activities.models import Session
from youju.records.numbering import next_number
from youju.records.problems.models import Problem
from youju.records.projects.models import Project
from youju.records.sources.models import Source
from youju.records.steps.actions import check_file
from youju.store.models import StoredFile
from youju.study.uses.models import Use
from youju.study.uses.queries import Work, body_of, of_work, takes_uses
from youju.study.uses.values import UseDraft

CODE = "学用"
LONGEST_OUTCOME = 200


def put_to_use(*, work: Work, draft: UseDraft, file: StoredFile | None = None, by: Actor | None, at: datetime) -> Use:
    """学以致用: a material of the ledger was used in a project, a problem or a record of it.

    Raises Refusal on the field at fault; nothing is written then.
    """
    keeper, today = _keeper(work), local_day(at)
    words = _checked(draft, work, keeper, today=today)
    check_file(file)
    with transaction.atomic():
        # The series is locked by counting on: of two clicks the second sees what the first has written.
        number = next_number(keeper, (words.used_on or _begun(work)).year, CODE)
        _refuse_twice(work, words)
        use = Use.objects.create(
            ledger=keeper, number=number, source_id=words.source_id, part_id=words.part_id, used_on=words.used_on,
            outcome=words.outcome, file=file, entered_at=at, **_place(work),
        )  # fmt: skip
        _note(use, verb="记学以致用", by=by, at=at)
    return use


def correct_use(
    *, use: Use, draft: UseDraft, revision: int, reason: str, file: StoredFile | None = None, by: Actor | None,
    at: datetime,
) -> None:  # fmt: skip
    """更正, with its reason; what it was put to use in stays. A file replaces the one that is there.

    Raises Refusal on the field at fault, or when somebody else was quicker.
    """
    reason = needed(reason, field="reason", name="更正的原因", most=200)
    check_file(file)
    with transaction.atomic():
        use = _standing(use, revision)
        words = _checked(draft, use.work, use.ledger, today=local_day(at))
        _refuse_twice(use.work, words, but=use)
        before = use.day.year
        use.source_id, use.part_id = words.source_id, words.part_id
        use.used_on, use.outcome = words.used_on, words.outcome
        use.file = file or use.file
        use.save(update_fields=["source", "part", "used_on", "outcome", "file"])
        _note(use, verb="更正学以致用", by=by, at=at, reason=reason, years={before})


def withdraw_use(*, use: Use, revision: int, reason: str, by: Actor | None, at: datetime) -> None:
    """撤回, with its reason. Raises Refusal on ``reason``, or when somebody else was quicker."""
    reason = needed(reason, field="reason", name="撤回的原因", most=200)
    with transaction.atomic():
        use = _standing(use, revision)
        use.withdrawn_at, use.reason = max(at, use.entered_at), reason
        use.save(update_fields=["withdrawn_at", "reason"])
        _note(use, verb="撤回学以致用", by=by, at=at, reason=reason)


# -- parts ------------------------------------------------------------------------------------------------------------


def _keeper(work: Work) -> Unit:
    return work.ledger if isinstance(work, Session) else ledger_unit(work.unit)


def _begun(work: Work) -> date:
    """The first day on which anything can have been put to use in it."""
    if isinstance(work, Session):
        return work.held_on
    return work.since if isinstance(work, Project) else work.found_on


def _place(work: Work) -> dict[str, Work]:
    if isinstance(work, Session):
        return {"session": work}
    return {"project": work} if isinstance(work, Project) else {"problem": work}


def _checked(draft: UseDraft, work: Work, keeper: Unit, *, today: date) -> UseDraft:
    outcome = needed(draft.outcome, field="outcome", name="成效", most=LONGEST_OUTCOME)
    source = Source.objects.filter(ledger=keeper, pk=draft.source_id).first()
    if source is None:
        raise Refusal("source", "请选用的是哪份材料。")
    if draft.part_id is not None and not source.parts.filter(pk=draft.part_id).exists():
        raise Refusal("source", "这份材料没有这一篇，请重新选择。")
    day = _day(draft, work, today=today)
    if source.issued_on and (day or _begun(work)) < source.issued_on:
        field = "used_on" if day else "source"
        raise Refusal(field, f"《{source.title}》{chinese_date(source.issued_on)}才发布，不能早于那天。")
    return UseDraft(source.pk, outcome, draft.part_id, day)


def _day(draft: UseDraft, work: Work, *, today: date) -> date | None:
    if isinstance(work, Session):
        if not takes_uses(work):
            raise Refusal("", "只有走访、调研、志愿服务、一线体悟和办实事的记录可以写学以致用。")
        return None
    if draft.used_on is None:
        raise Refusal("used_on", "请写哪天用上的。")
    if draft.used_on > today:
        raise Refusal("used_on", "日期不能在将来。")
    if draft.used_on < _begun(work):
        raise Refusal("used_on", f"日期不能早于{_named(work)}的那天（{chinese_date(_begun(work))}）。")
    return draft.used_on


def _named(work: Project | Problem) -> str:
    return "立项" if isinstance(work, Project) else "发现问题"


def _refuse_twice(work: Work, words: UseDraft, *, but: Use | None = None) -> None:
    rows = Use.objects.standing().filter(of_work(work), source_id=words.source_id, part_id=words.part_id)
    there = rows.exclude(pk=but.pk if but else 0).first()
    if there:
        raise Refusal("source", f"这里已经记过这份材料（{there.number}），要改请更正那一件。")


def _standing(use: Use, revision: int) -> Use:
    """As it is now, locked; somebody who saw an older one is told."""
    now = Use.objects.select_for_update(of=("self",)).select_related("file").get(pk=use.pk)
    if now.ledger_id != use.ledger_id:
        raise NotYours
    if now.withdrawn_at:
        raise Refusal("", "这一件已经撤回。")
    if now.revision != revision:
        raise Overtaken("这一件")
    return now


def _note(
    use: Use, *, verb: str, by: Actor | None, at: datetime, reason: str = "", years: set[int] | None = None
) -> None:
    bump(unit_id=use.ledger_id, years={use.day.year} | (years or set()))
    body, texts = body_of(use)
    owner = Owner("study", "use", use.pk)
    revision = journal.write_revision(owner=owner, body=body, texts=texts, by=by, at=at, reason=reason)
    Use.objects.filter(pk=use.pk).update(revision=revision.number)
    use.revision = revision.number
    journal.write_line(
        by=by, at=at, verb=verb, room="study", noun="use", object_id=use.pk, unit_id=use.ledger_id, summary=use.number,
    )  # fmt: skip
