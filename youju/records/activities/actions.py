"""Changes to sessions: plan, record, correct, file, cancel, remove, prove."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import IntegrityError, transaction

from youju.journal import actions as journal
from youju.journal.values import Actor, Owner
from youju.kit.periods import chinese_date
from youju.kit.refusal import NotYours, Overtaken, Refusal
from youju.kit.wording import needed, worded
from youju.kit.zone import local_day
from youju.people.members.models import Member
from youju.people.members.queries import ledgers_of
from youju.people.units.actions import bump_all
from youju.people.units.models import Unit, UnitYear
from youju.people.units.queries import ledger_unit
from youju.prose.vocabulary import KINDS
from youju.records.activities.admission import check, check_agenda, check_head, expected_of, year_of
from youju.records.activities.contents import Contents, body_from, contents_of
from youju.records.activities.models import (
    AgendaItem,
    Evidence,
    Guest,
    Resolution,
    RosterRow,
    Session,
    SessionKind,
)
from youju.records.activities.queries import with_parts
from youju.records.activities.rules import judge_vote
from youju.records.activities.values import (
    CAME,
    HAPPENED,
    ActivityDraft,
    AgendaDraft,
    Expected,
    GuestDraft,
    PlanDraft,
    ResolutionDraft,
    RosterEntry,
    Status,
)
from youju.records.facets.actions import write_facets
from youju.records.facets.rules import checked as checked_facets
from youju.records.followups import actions as tasks
from youju.records.followups.queries import years_of
from youju.records.followups.values import Place, TaskDraft
from youju.records.numbering import next_number
from youju.records.sources.actions import write_studied
from youju.records.sources.rules import checked as checked_said
from youju.store.models import StoredFile

LONGEST_KEY = 32
RESTING = range(-2, 5)  # years around a record in which something may be owed that it settles


def plan_session(
    *, unit: Unit, draft: PlanDraft, by: Actor | None, at: datetime, form_key: str | None = None
) -> Session:
    """排期. The same ``form_key`` again gives the session it made.

    Raises Refusal on ``kinds``, ``title``, ``place``, ``starts_at`` or ``agenda``.
    """
    made = _made_with(unit, form_key)
    if made:
        return made
    check_head(draft)
    check_agenda(draft.agenda)
    if any(item.resolutions for item in draft.agenda):
        raise Refusal("agenda", "还没有开的会不能有决议，开过之后再记。")
    if draft.starts_at <= at:
        raise Refusal("starts_at", "排期的时间须在将来；已经开过的请用“记一次”。")

    def write() -> Session:
        year = local_day(draft.starts_at).year
        session = _new_session(unit, draft.kinds, Status.PLANNED, for_year=year, at=at, form_key=form_key)
        note(session, verb="排期", by=by, at=at, written=_write_plan(session, draft))
        return session

    return _once(unit, form_key, write)


def record_activity(
    *,
    unit: Unit,
    draft: ActivityDraft,
    by: Actor | None,
    at: datetime,
    planned: Session | None = None,
    form_key: str | None = None,
) -> Session:
    """记一次: what happened, with its roster. ``planned`` is the planned session this one fulfils; it keeps its number.

    The same ``form_key`` again (a double click, a resent form) gives the record it made and writes nothing.
    Raises Refusal on the field at fault; nothing is written then.
    """
    made = _made_with(unit, form_key)
    if made:
        return made
    check(draft, at)
    if planned is not None and planned.unit_id != unit.pk:
        raise NotYours

    def write() -> Session:
        before, expected = None, expected_of(unit, draft)
        if planned is None:
            session = _new_session(unit, draft.kinds, Status.HELD, for_year=year_of(draft), at=at, form_key=form_key)
        else:
            session = Session.objects.select_for_update().get(pk=planned.pk)
            if session.status != Status.PLANNED:
                raise Refusal("", f"{session.number} 已经是“{Status(session.status).zh}”，不能再记一次。")
            before = touched(session)
            _clear_parts(session)
            session.form_key = form_key or session.form_key
        written = _write_record(session, draft, expected, entered=at, by=by, at=at)
        note(session, verb="记录", by=by, at=at, before=before, written=written)
        _follow(session, draft, written, before=None, by=by, at=at)
        return session

    return _once(unit, form_key, write)


def may_record(*, unit: Unit, draft: ActivityDraft, at: datetime) -> None:
    """Raises the Refusal that ``record_activity`` would raise on head, roster or agenda; writes nothing."""
    check(draft, at)
    expected_of(unit, draft)


def correct_activity(
    *, session: Session, draft: ActivityDraft, revision: int, reason: str, by: Actor | None, at: datetime
) -> Session:
    """更正: a new revision with its reason. ``revision`` is the one the editor saw; a newer one refuses the change.

    Raises Refusal on ``reason``, on the field at fault, or on the whole form when somebody else was quicker.
    """
    reason = needed(reason, field="reason", name="更正的原因", most=200)
    check(draft, at)
    with transaction.atomic():
        session = still(session, revision)
        if session.status not in (Status.HELD, Status.FILED):
            raise Refusal("", f"“{Status(session.status).zh}”的场次不能更正。")
        if draft.starts_at > session.entered_at:
            day = local_day(session.entered_at)
            raise Refusal(
                "starts_at", f"这条记录是{chinese_date(day)}录入的，开始时间不能晚于那时；日子记错了请删除后重记。"
            )
        before, expected = touched(session), expected_of(session.unit, draft, before=session)
        decided, day, joined = _decided(session), session.held_on, set(session.joining.values_list("pk", flat=True))
        _clear_parts(session)
        written = _write_record(session, draft, expected, entered=None, by=by, at=at)
        if session.held_on != day or joined != set(draft.joining_unit_ids):
            before = replace(before, years=before.years | _years_resting_on(session))
        note(session, verb="更正", by=by, at=at, reason=reason, before=before, written=written)
        _follow(session, draft, written, before=decided, by=by, at=at)
    return session


def file_activity(*, session: Session, revision: int | None = None, by: Actor | None, at: datetime) -> Session:
    """归档: the secretary's sign-off, and a seal over all that stands by then.

    ``revision`` is the one he read: he signs what he has seen. Raises Refusal when it is not a held session, or was changed.
    """
    with transaction.atomic():
        session = Session.objects.select_for_update().get(pk=session.pk)
        if revision is not None and session.revision != revision:
            raise Refusal("", f"{session.number} 刚刚被别人改过，请看过现在的内容再归档。")
        if session.status != Status.HELD:
            raise Refusal("", f"“{Status(session.status).zh}”的场次不能归档。")
        session.status, session.filed_at = Status.FILED, at
        session.save(update_fields=["status", "filed_at"])
        note(session, verb="归档", by=by, at=at)
    # After the change itself: a seal waits for every other writer, and none of them shall wait for a record meanwhile.
    journal.seal(at=at, occasion="归档")
    return session


def cancel_session(*, session: Session, reason: str, by: Actor | None, at: datetime) -> None:
    """取消 a planned session; it is kept. Raises Refusal."""
    _end(session, {Status.PLANNED}, Status.CANCELLED, verb="取消", reason=reason, by=by, at=at)


def remove_activity(*, session: Session, reason: str, by: Actor | None, at: datetime) -> None:
    """删除 a wrong record: it no longer counts, its number is not given again, its revisions stay. Raises Refusal."""
    _end(session, {Status.HELD, Status.FILED}, Status.REMOVED, verb="删除", reason=reason, by=by, at=at)


def add_evidence(*, session: Session, file: StoredFile, caption: str, by: Actor | None, at: datetime) -> Evidence:
    """佐证 for an activity. Adding the same bytes twice keeps one. Raises Refusal on ``caption`` or ``file``."""
    caption = worded(caption, field="caption", name="说明", most=80)
    with transaction.atomic():
        session = Session.objects.select_for_update().get(pk=session.pk)
        if session.status not in HAPPENED:
            raise Refusal("file", f"“{Status(session.status).zh}”的场次不能加佐证。")
        if StoredFile.objects.filter(pk=file.pk, erased_at__isnull=False).exists():
            raise Refusal("file", "这份文件已经清除，不能作佐证。")
        row, fresh = Evidence.objects.get_or_create(
            session=session, file=file, defaults={"caption": caption, "added_at": at}
        )
        if fresh:
            note(session, verb="加佐证", by=by, at=at)
    return row


def withdraw_evidence(*, evidence: Evidence, reason: str, by: Actor | None, at: datetime) -> None:
    """撤回佐证 that does not belong here: the record no longer shows it, the revision keeps the reason. Raises Refusal."""
    reason = needed(reason, field="reason", name="撤回的原因", most=200)
    with transaction.atomic():
        session = Session.objects.select_for_update().get(pk=evidence.session_id)
        row = Evidence.objects.filter(pk=evidence.pk).first()
        if row is None:
            raise Refusal("", "这份佐证已经撤回了。")
        row.delete()
        note(session, verb="撤回佐证", by=by, at=at, reason=reason)


def erase_guest(*, guest: Guest, by: Actor | None, at: datetime) -> None:
    """清除来宾姓名: name and unit go from the record and from every revision of it; that somebody was there stays.

    Raises Refusal when nothing is written there any more.
    """
    with transaction.atomic():
        session = Session.objects.select_for_update().get(pk=guest.session_id)
        row = Guest.objects.filter(pk=guest.pk).first()
        if row is None or not (row.name or row.unit_words):
            raise Refusal("", "这里已经没有姓名了。")
        words = {row.name, row.unit_words} - {""}
        row.name = row.unit_words = ""
        row.save(update_fields=["name", "unit_words"])
        note(session, verb="清除来宾姓名", by=by, at=at)
        journal.erase_words(owner=Owner("records", "session", session.pk), family="guest.", words=words)


def forget(*, member: Member, by: Actor | None, at: datetime) -> None:
    """Rows keep the id and lose the name with the member; texts that name a person are erased by hand, record by record."""


# -- parts ------------------------------------------------------------------------------------------------------------


def _made_with(unit: Unit, form_key: str | None) -> Session | None:
    """The session that this form has made already. A key of another ledger makes nothing known of it."""
    if not form_key:
        return None
    if len(worded(form_key, field="", name="表单号")) > LONGEST_KEY:
        raise Refusal("", "表单有误，请刷新页面后重填。")
    return Session.objects.filter(form_key=form_key, ledger=ledger_unit(unit)).first()


def _once(unit: Unit, form_key: str | None, write: Callable[[], Session]) -> Session:
    """Writes in one transaction; of two that come with the same key at once, the second gets what the first made."""
    try:
        with transaction.atomic():
            return write()
    except (IntegrityError, Refusal):
        made = _made_with(unit, form_key)
        if made is None:
            raise
        return made


def _new_session(
    unit: Unit, kinds: Sequence[str], status: Status, *, for_year: int, at: datetime, form_key: str | None
) -> Session:
    """A session with its number, not yet saved: it is filled first, so that one row is written once."""
    ledger = ledger_unit(unit)
    return Session(
        ledger=ledger, unit=unit, number=next_number(ledger, for_year, KINDS[kinds[0]].code), status=status,
        for_year=for_year, entered_at=at, form_key=form_key or None,
    )  # fmt: skip


def _clear_parts(session: Session) -> None:
    session.kind_rows.all().delete()
    session.roster.all().delete()
    session.agenda.all().delete()
    session.guests.all().delete()


def _write_plan(session: Session, draft: PlanDraft) -> Contents:
    _fill_head(session, draft)
    session.save()
    return Contents(
        kinds=_write_kinds(session, draft.kinds),
        joining=(),
        roster=(),
        agenda=_write_agenda(session, draft.agenda, ()),
        evidence=(),
    )


def _write_record(
    session: Session, draft: ActivityDraft, expected: dict[int, Expected], *, entered: datetime | None, by: Actor | None,
    at: datetime,
) -> Contents:  # fmt: skip
    """``entered`` None keeps the moment of first entry: a correction does not make a record look younger or older."""
    fresh = session.pk is None
    _fill_head(session, draft)
    session.status = Status.HELD if session.status == Status.PLANNED else session.status
    session.outcome, session.ends_at = draft.outcome.strip(), draft.ends_at
    session.for_year, session.transcribed_from = year_of(draft), draft.transcribed_from.strip()
    session.chair_id, session.recorder_id, session.lecturer_id = draft.chair_id, draft.recorder_id, draft.lecturer_id
    if entered is not None:
        session.entered_at = entered
    session.save()
    if draft.joining_unit_ids or not fresh:
        session.joining.set(draft.joining_unit_ids)
    kinds = _write_kinds(session, draft.kinds)
    roster = _write_roster(session, draft.roster, expected)
    return Contents(
        kinds=kinds,
        joining=draft.joining_unit_ids,
        roster=roster,
        agenda=_write_agenda(session, draft.agenda, _votes(roster)),
        evidence=() if fresh else list(session.evidence.select_related("file")),
        guests=_write_guests(session, draft.guests),
        facets=write_facets(session=session, facets=checked_facets(draft.facets), fresh=fresh),
        studied=write_studied(session=session, said=checked_said(draft.studied), fresh=fresh, by=by, at=at),
    )


def _fill_head(session: Session, draft: PlanDraft | ActivityDraft) -> None:
    session.title, session.place = draft.title.strip(), draft.place.strip()
    session.starts_at, session.held_on = draft.starts_at, local_day(draft.starts_at)


def _write_kinds(session: Session, kinds: Sequence[str]) -> tuple[str, ...]:
    SessionKind.objects.bulk_create(SessionKind(session=session, kind=kind, position=i) for i, kind in enumerate(kinds))
    return tuple(kinds)


def _write_roster(
    session: Session, entries: Sequence[RosterEntry], expected: dict[int, Expected]
) -> Sequence[RosterRow]:
    return RosterRow.objects.bulk_create(
        RosterRow(
            session=session, member_id=entry.member_id, unit_id=expected[entry.member_id].unit_id, position=index,
            attendance=entry.attendance, leave_category=entry.leave_category or "", votes=expected[entry.member_id].votes,
            expected=expected[entry.member_id].counts, led=entry.led, spoke=entry.spoke,
        )
        for index, entry in enumerate(entries)
    )  # fmt: skip


def _write_guests(session: Session, guests: Sequence[GuestDraft]) -> Sequence[Guest]:
    return Guest.objects.bulk_create(
        Guest(
            session=session, position=position, kind=guest.kind, name=guest.name.strip(), unit_words=guest.unit.strip(),
            count=guest.count, lectured=guest.lectured,
        )
        for position, guest in enumerate(guests)
    )  # fmt: skip


def _votes(roster: Sequence[RosterRow]) -> tuple[int, int]:
    """(votes expected, votes present)."""
    return sum(row.votes for row in roster), sum(row.votes and row.attendance in CAME for row in roster)


def _write_agenda(
    session: Session, items: Sequence[AgendaDraft], votes: tuple[int, int] | tuple[()]
) -> list[tuple[AgendaItem, list[Resolution]]]:
    rows = AgendaItem.objects.bulk_create(
        AgendaItem(session=session, position=position, kind=item.kind, title=item.title.strip(), note=item.note.strip())
        for position, item in enumerate(items)
    )
    decided = [
        (row, [_resolution(row, index, draft, votes) for index, draft in enumerate(item.resolutions)])
        for row, item in zip(rows, items, strict=True)
    ]
    Resolution.objects.bulk_create(resolution for _, resolutions in decided for resolution in resolutions)
    return decided


def _resolution(item: AgendaItem, index: int, draft: ResolutionDraft, votes: tuple[int, int] | tuple[()]) -> Resolution:
    """One decision with its tally judged, not yet saved. Raises Refusal on ``agenda``."""
    expected, present = votes or (0, 0)
    tally = judge_vote(
        rule=draft.rule, expected=expected, present=present, yes=draft.yes, no=draft.no, abstain=draft.abstain,
        written_yes=draft.written_yes,
    )  # fmt: skip
    if tally.fault:
        raise Refusal("agenda", f"“{draft.text[:20]}”：{tally.fault}")
    return Resolution(
        item=item, position=index, text=draft.text.strip(), rule=draft.rule, votes_expected=expected, votes_present=present,
        yes=draft.yes, no=draft.no, abstain=draft.abstain, written_yes=draft.written_yes, carried=tally.carried,
    )  # fmt: skip


def _follow(
    session: Session, draft: ActivityDraft, written: Contents, *, before: dict[Place, str] | None, by: Actor | None, at: datetime
) -> None:  # fmt: skip
    """落实事项 of the resolutions; those that stood before the correction stay."""
    drafts = [
        (Place(position, index), task)
        for position, item in enumerate(draft.agenda)
        for index, resolution in enumerate(item.resolutions)
        for task in resolution.tasks
    ]
    drafts += [(Place(0, 0), TaskDraft("", task_id=task_id)) for task_id in draft.dropped_task_ids]
    now = {Place(item.position, row.position): row.text for item, rows in written.agenda for row in rows}
    tasks.write_tasks(session=session, drafts=drafts, resolutions=now, before=before, by=by, at=at)


def _decided(session: Session) -> dict[Place, str]:
    rows = Resolution.objects.filter(item__session=session).values_list("item__position", "position", "text")
    return {Place(item, position): text for item, position, text in rows}


def still(session: Session, revision: int) -> Session:
    """The session, locked, if it reads as the editor saw it. Raises Refusal on the whole."""
    now = Session.objects.select_for_update().get(pk=session.pk)
    if now.revision != revision:
        raise Overtaken("这条记录")
    return now


def _end(
    session: Session, allowed: set[Status], status: Status, *, verb: str, reason: str, by: Actor | None, at: datetime
) -> None:
    reason = needed(reason, field="reason", name=f"{verb}的原因", most=200)
    with transaction.atomic():
        session = Session.objects.select_for_update().get(pk=session.pk)
        if session.status not in allowed:
            raise Refusal("", f"“{Status(session.status).zh}”的场次不能{verb}。")
        session.status = status
        session.save(update_fields=["status"])
        years = _years_resting_on(session) | years_of(session)
        note(session, verb=verb, by=by, at=at, reason=reason, before=Touched(set(), years))


def _years_resting_on(session: Session) -> set[int]:
    """What it adopted, left to be done or was the answer to may be owed some years before or after its own."""
    return {session.held_on.year + far for far in RESTING}


def note(
    session: Session, *, verb: str, by: Actor | None, at: datetime, reason: str = "", before: Touched | None = None,
    written: Contents | None = None,
) -> None:  # fmt: skip
    """Revision, versions and journal line of one change, in the transaction of the change.

    ``before`` is what the record touched until now: a unit that no longer joins must hear of it too. ``written`` are the
    parts where this change has just written all of them; without it they are read back.
    """
    contents = written or contents_of(with_parts(Session.objects.filter(pk=session.pk)).get())
    now = _touched(session, contents.joining, {row.member_id for row in contents.roster})
    bump_all(
        unit_ids=now.units | (before.units if before else set()), years=now.years | (before.years if before else set())
    )
    body, texts = body_from(session, contents)
    revision = journal.write_revision(
        owner=Owner("records", "session", session.pk), body=body, texts=texts, by=by, at=at, reason=reason
    )
    if revision.number != session.revision:
        Session.objects.filter(pk=session.pk).update(revision=revision.number)
        session.revision = revision.number
    journal.write_line(
        by=by, at=at, verb=verb, room="records", noun="session", object_id=session.pk, unit_id=session.ledger_id,
        summary=session.number,
    )  # fmt: skip


@dataclass(frozen=True)
class Touched:
    """The ledgers and years in which a session is read."""

    units: set[int]
    years: set[int]


def touched(session: Session) -> Touched:
    """Where the session is read as it stands."""
    people = set(session.roster.values_list("member_id", flat=True))
    return _touched(session, tuple(session.joining.values_list("pk", flat=True)), people)


def _touched(session: Session, joining: Sequence[int], people: Collection[int]) -> Touched:
    """A member's hours follow him: who has moved since is read in his new unit's ledger too."""
    found = Unit.objects.filter(pk__in=joining).select_related("parent") if joining else ()
    units = {ledger_unit(unit).pk for unit in found}
    units |= ledgers_of(people, since=session.held_on.replace(month=1, day=1))
    return Touched(units | {session.ledger_id}, {session.for_year, session.held_on.year, *_years_begun_by(session)})


def _years_begun_by(session: Session) -> set[int]:
    """Where a ledger begins is read in every later year: before its first month nothing can be said, after it is late."""
    month = session.held_on.replace(day=1)
    if Session.objects.happened().filter(ledger_id=session.ledger_id, held_on__lt=month).exists():
        return set()
    later = UnitYear.objects.filter(unit_id=session.ledger_id, year__gt=month.year).values_list("year", flat=True)
    return {*later, *range(month.year, session.entered_at.year + 1)}
