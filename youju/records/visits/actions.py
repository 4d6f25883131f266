"""Changes to coverage: say whom a session reached, and write a visit from the phone."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time

from django.db import transaction

from youju.journal import actions as journal
from youju.journal.values import Actor, Owner
from youju.kit.refusal import NotYours, Refusal
from youju.kit.wording import worded
from youju.kit.zone import SHANGHAI, local_day
from youju.people.units.actions import bump
from youju.people.units.models import Unit
from youju.people.units.queries import ledger_unit
from youju.records.activities.actions import add_evidence, correct_activity, record_activity
from youju.records.activities.models import AgendaItem, Session
from youju.records.activities.queries import with_parts
from youju.records.activities.values import (
    CAME,
    HAPPENED,
    ActivityDraft,
    AgendaDraft,
    Attendance,
    GuestDraft,
    GuestKind,
    ItemKind,
    LeaveCategory,
    ResolutionDraft,
    RosterEntry,
)
from youju.records.facets.values import Facet, Facets
from youju.records.registers.kinds import REGISTERS
from youju.records.registers.models import Subject
from youju.records.sources.values import Said
from youju.records.visits.models import Coverage
from youju.records.visits.queries import body_of, may_cover, revision_of, visited_on
from youju.records.visits.values import HEARD, VisitDraft
from youju.store.models import StoredFile

MIDDAY = time(12)
CHANGED = "走到的对象刚刚被别人改过。您填的内容都还在，请核对新内容后再存。"
MERGED = "同一天走访同一户，合并"


def cover(
    *, session: Session, subject_ids: Collection[int], revision: int | None = None, by: Actor | None, at: datetime
) -> None:
    """写明走到了谁那里: exactly these from now on; nothing new writes nothing.

    ``revision`` is the one of the coverage that the editor saw, 0 where there was none; a newer one refuses the change.
    Raises Refusal on ``reached``.
    """
    with transaction.atomic():
        session = Session.objects.select_for_update().get(pk=session.pk)
        wanted, there = set(subject_ids), set(session.coverage.values_list("subject_id", flat=True))
        if wanted == there:
            return
        if revision is not None and revision != revision_of(session):
            raise Refusal("reached", CHANGED)
        kinds = session.kind_rows.values_list("kind", flat=True)
        if session.status not in HAPPENED or (wanted - there and not may_cover(kinds)):
            raise Refusal("reached", "只有走访、调研、宣讲、培训、志愿服务等走到外面的活动才写走到的对象。")
        fresh = Subject.objects.filter(unit_id=session.ledger_id, pk__in=wanted - there)
        if fresh.standing(session.held_on).count() != len(wanted - there):
            raise Refusal("reached", "有的对象当天不在名册上，请重新选择。")
        session.coverage.filter(subject_id__in=there - wanted).delete()
        Coverage.objects.bulk_create(Coverage(session=session, subject_id=pk) for pk in sorted(wanted - there))
        bump(unit_id=session.ledger_id, years={session.held_on.year, session.for_year})
        body, texts = body_of(session)
        journal.write_revision(
            owner=Owner("records", "coverage", session.pk), body=body, texts=texts, by=by, at=at
        )  # fmt: skip
        journal.write_line(
            by=by, at=at, verb="写走到的对象", room="records", noun="session", object_id=session.pk,
            unit_id=session.ledger_id, summary=f"{session.number} {len(wanted)}个",
        )  # fmt: skip


def record_visit(
    *, unit: Unit, draft: VisitDraft, photo: StoredFile | None = None, into: Session | None = None, again: bool = False,
    form_key: str | None = None, by: Actor | None, at: datetime,
) -> Session:  # fmt: skip
    """记一户: one record of kind 走访 that reached one entry of a register.

    ``into`` is a visit of the same day with which this one is merged; ``again`` says that it was another one. Without
    either, a second visit of the day is refused. Raises Refusal on ``who``, ``day``, ``went`` or ``said``.
    """
    keeper = ledger_unit(unit)
    said = worded(draft.said, field="said", name="听到的情况", most=1000)
    if not draft.member_ids:
        raise Refusal("went", "请选谁去的。")
    if draft.day > local_day(at):
        raise Refusal("day", "还没有去的走访不能记。")
    with transaction.atomic():
        subject = Subject.objects.select_for_update(of=("self",)).filter(pk=draft.subject_id, unit=keeper).first()
        if subject is None or not Subject.objects.filter(pk=subject.pk).standing(draft.day).exists():
            raise Refusal("who", "走访的对象当天不在名册上，请重新选择。")
        there = visited_on(subject, draft.day)
        if into is not None:
            if there is None or into.pk != there.pk:
                raise NotYours
            session = _merge(there, draft, said, by=by, at=at)
        elif there and there.form_key == form_key and form_key:
            return there
        elif there and not again:
            raise Refusal("who", f"这一天已有一条（{there.number}），请选合并，或另记一条。")
        else:
            session = _record(keeper, subject, draft, said, form_key=form_key, by=by, at=at)
            cover(session=session, subject_ids=[subject.pk], by=by, at=at)
        if photo:
            add_evidence(session=session, file=photo, caption="走访照片", by=by, at=at)
    return session


def _record(
    keeper: Unit,
    subject: Subject,
    draft: VisitDraft,
    said: str,
    *,
    form_key: str | None,
    by: Actor | None,
    at: datetime,
) -> Session:
    """Title and place name the village and never a household: they stand in lists and reports, and a family's name can be
    taken out of the register only."""
    where = subject.place.name or subject.place.code if subject.place else ""
    title = f"入户走访（{where}）" if subject.kind == "household" and where else f"入户走访 {subject.code}"
    if not REGISTERS[subject.kind].person:
        title, where = f"走访{subject.name or subject.code}", where or subject.name
    activity = ActivityDraft(
        kinds=("visit",), title=title, starts_at=_moment(draft.day, at), place=draft.place or where,
        chair_id=draft.member_ids[0], roster=tuple(RosterEntry(pk) for pk in dict.fromkeys(draft.member_ids)),
        agenda=(AgendaDraft(HEARD, said),) if said else (),
    )  # fmt: skip
    try:
        return record_activity(unit=keeper, draft=activity, by=by, at=at, form_key=form_key)
    except Refusal as refusal:
        field = {"starts_at": "day", "roster": "went", "chair": "went", "agenda": "said"}.get(refusal.field, "")
        raise Refusal(field, refusal.sentence) from refusal


def _moment(day: date, at: datetime) -> datetime:
    """Today it is now; of an earlier day nobody asked the hour, and midday stands for it."""
    return at.replace(second=0, microsecond=0) if day == local_day(at) else datetime.combine(day, MIDDAY, SHANGHAI)


def _merge(session: Session, draft: VisitDraft, said: str, *, by: Actor | None, at: datetime) -> Session:
    """One record of the day: who went is everybody, what was heard stands below what was heard before."""
    kept = with_parts(Session.objects.filter(pk=session.pk)).get()
    # Who went is there, whatever was marked for him before.
    rows = [row for row in kept.roster.all() if row.attendance in CAME or row.member_id not in draft.member_ids]
    listed = [row.member_id for row in rows]
    roster = tuple(
        RosterEntry(
            row.member_id, Attendance(row.attendance), LeaveCategory(row.leave_category) if row.leave_category else None,
            row.led, row.spoke,
        )
        for row in rows
    )  # fmt: skip
    said = "" if _is_heard(kept, said) else said  # sent twice it is written once
    fresh = tuple(RosterEntry(pk) for pk in dict.fromkeys(draft.member_ids) if pk not in listed)
    if not said and not fresh:
        return session
    activity = ActivityDraft(
        kinds=tuple(row.kind for row in kept.kind_rows.all()), title=kept.title, starts_at=kept.starts_at,
        ends_at=kept.ends_at, place=kept.place, chair_id=kept.chair_id, recorder_id=kept.recorder_id,
        lecturer_id=kept.lecturer_id, for_year=kept.for_year if kept.for_year != kept.held_on.year else None,
        roster=(*roster, *fresh), agenda=_agenda(list(kept.agenda.all()), said), outcome=kept.outcome,
        joining_unit_ids=tuple(other.pk for other in kept.joining.all()),
        guests=tuple(GuestDraft(GuestKind(g.kind), g.name, g.unit_words, g.count, g.lectured) for g in kept.guests.all()),
        facets=_facets(kept), studied=tuple(Said(row.title, row.part_title) for row in kept.studied.all()),
        transcribed_from=kept.transcribed_from,
    )  # fmt: skip
    return correct_activity(session=kept, draft=activity, revision=kept.revision, reason=MERGED, by=by, at=at)


def _is_heard(session: Session, said: str) -> bool:
    return any(item.title == HEARD and f"\n{said}\n" in f"\n{item.note}\n" for item in session.agenda.all())


def _facets(session: Session) -> Facets:
    rows = list(session.facets.all())
    return Facets(*(tuple(row.value for row in rows if row.facet == facet) for facet in Facet))


def _agenda(items: list[AgendaItem], said: str) -> tuple[AgendaDraft, ...]:
    drafts = [
        AgendaDraft(
            item.title,
            f"{item.note}\n{said}".strip() if item.title == HEARD and said else item.note,
            ItemKind(item.kind),
            tuple(
                ResolutionDraft(row.text, row.rule, row.yes, row.no, row.abstain, row.written_yes)
                for row in item.resolutions.all()
            ),
        )
        for item in items
    ]
    if said and not any(item.title == HEARD for item in items):
        drafts.append(AgendaDraft(HEARD, said))
    return tuple(drafts)
