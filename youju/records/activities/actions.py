"""Changes to sessions: plan, record, correct, file, cancel, remove, prove."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F

from youju.journal import actions as journal
from youju.journal.values import Actor, Owner
from youju.kit.refusal import Refusal
from youju.people.members.models import Member
from youju.people.units.actions import bump
from youju.people.units.models import Unit
from youju.people.units.queries import ledger_unit
from youju.prose.vocabulary import KINDS
from youju.records.activities.models import (
    AgendaItem,
    Evidence,
    NumberSeries,
    Resolution,
    RosterRow,
    Session,
    SessionKind,
)
from youju.records.activities.queries import expected_at
from youju.records.activities.rules import expects_everybody_listed, judge_vote
from youju.records.activities.values import (
    CAME,
    ActivityDraft,
    AgendaDraft,
    Attendance,
    Expected,
    PlanDraft,
    RosterEntry,
    Status,
)
from youju.records.activities.vote_rules import VOTE_RULES
from youju.store.models import StoredFile


def plan_session(
    *, unit: Unit, draft: PlanDraft, by: Actor | None, at: datetime, form_key: str | None = None
) -> Session:
    """排期. The same ``form_key`` again gives the session it made. Raises Refusal on ``kinds``, ``title`` or ``starts_at``."""
    made = _made_with(unit, form_key)
    if made:
        return made
    _check_head(draft.kinds, draft.title)
    if draft.starts_at <= at:
        raise Refusal("starts_at", "排期的时间须在将来；已经开过的请用“记一次”。")

    def write() -> Session:
        day = _day(draft.starts_at)
        session = _new_session(unit, draft, Status.PLANNED, for_year=day.year, at=at, form_key=form_key)
        _write_agenda(session, draft.agenda, ())
        _note(session, verb="排期", by=by, at=at)
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
    _check(draft, at)

    def write() -> Session:
        expected = _expected(unit, draft)
        if planned is None:
            session = _new_session(unit, draft, Status.HELD, for_year=_for_year(draft), at=at, form_key=form_key)
        else:
            session = Session.objects.select_for_update().get(pk=planned.pk)
            if session.status != Status.PLANNED:
                raise Refusal("", f"{session.number} 已经是“{Status(session.status).zh}”，不能再记一次。")
            _clear_parts(session)
            session.form_key = form_key or session.form_key
        _write_record(session, draft, expected, at=at)
        _note(session, verb="记录", by=by, at=at)
        return session

    return _once(unit, form_key, write)


def correct_activity(
    *, session: Session, draft: ActivityDraft, revision: int, reason: str, by: Actor | None, at: datetime
) -> Session:
    """更正: a new revision with its reason. ``revision`` is the one the editor saw; a newer one refuses the change.

    Raises Refusal on ``reason``, on the field at fault, or on the whole form when somebody else was quicker.
    """
    if not reason.strip():
        raise Refusal("reason", "请写明更正的原因。")
    _check(draft, at)
    with transaction.atomic():
        session = _still(session, revision)
        if session.status not in (Status.HELD, Status.FILED):
            raise Refusal("", f"“{Status(session.status).zh}”的场次不能更正。")
        before = session.for_year, session.held_on.year
        expected = _expected(session.unit, draft, kept=_kept_roster(session))
        _clear_parts(session)
        session.revision = F("revision") + 1  # type: ignore[assignment]
        _write_record(session, draft, expected, at=None)
        bump(unit_id=session.ledger_id, years=set(before))
        _note(session, verb="更正", by=by, at=at, reason=reason.strip())
    return session


def file_activity(*, session: Session, by: Actor | None, at: datetime) -> Session:
    """归档: the secretary's sign-off. Raises Refusal when it is not a held session."""
    with transaction.atomic():
        session = Session.objects.select_for_update().get(pk=session.pk)
        if session.status != Status.HELD:
            raise Refusal("", f"“{Status(session.status).zh}”的场次不能归档。")
        session.status, session.filed_at = Status.FILED, at
        session.save(update_fields=["status", "filed_at"])
        _note(session, verb="归档", by=by, at=at)
    return session


def cancel_session(*, session: Session, reason: str, by: Actor | None, at: datetime) -> None:
    """取消 a planned session; it is kept. Raises Refusal."""
    _end(session, {Status.PLANNED}, Status.CANCELLED, verb="取消", reason=reason, by=by, at=at)


def remove_activity(*, session: Session, reason: str, by: Actor | None, at: datetime) -> None:
    """删除 a wrong record: it no longer counts, its number is not given again, its revisions stay. Raises Refusal."""
    _end(session, {Status.HELD, Status.FILED}, Status.REMOVED, verb="删除", reason=reason, by=by, at=at)


def add_evidence(*, session: Session, file: StoredFile, caption: str, by: Actor | None, at: datetime) -> Evidence:
    """佐证 for a session. Adding the same bytes twice keeps one."""
    with transaction.atomic():
        row, fresh = Evidence.objects.get_or_create(
            session=session, file=file, defaults={"caption": caption.strip(), "added_at": at}
        )
        if fresh:
            session = Session.objects.select_for_update().get(pk=session.pk)
            session.revision = F("revision") + 1  # type: ignore[assignment]
            session.save(update_fields=["revision"])
            _note(session, verb="加佐证", by=by, at=at)
    return row


def forget(*, member: Member, by: Actor | None, at: datetime) -> None:
    """Rows keep the id and lose the name with the member; texts that name a person are erased by hand, record by record."""


# -- parts ------------------------------------------------------------------------------------------------------------


def _day(moment: datetime) -> date:
    return moment.astimezone(ZoneInfo(settings.TIME_ZONE)).date()


def _for_year(draft: ActivityDraft) -> int:
    return draft.for_year or _day(draft.starts_at).year


def _check_head(kinds: Sequence[str], title: str) -> None:
    if not kinds:
        raise Refusal("kinds", "请至少选一种类型。")
    unknown = [kind for kind in kinds if kind not in KINDS]
    if unknown or len(set(kinds)) != len(kinds):
        raise Refusal("kinds", "类型选择有误，请重新选择。")
    if not title.strip():
        raise Refusal("title", "请写主题。")
    if len(title) > 120:
        raise Refusal("title", f"主题最多 120 字，现在 {len(title)} 字。")


def _check(draft: ActivityDraft, at: datetime) -> None:
    _check_head(draft.kinds, draft.title)
    if draft.starts_at > at:
        raise Refusal("starts_at", "还没有开的会不能记录；可以先排期。")
    if draft.ends_at and draft.ends_at <= draft.starts_at:
        raise Refusal("ends_at", "结束时间须晚于开始时间。")
    held = _day(draft.starts_at).year
    if draft.for_year and draft.for_year not in (held - 1, held):
        raise Refusal("for_year", f"所属年度只能是 {held} 年或 {held - 1} 年。")
    if len({entry.member_id for entry in draft.roster}) != len(draft.roster):
        raise Refusal("roster", "名单里有人出现了两次。")
    if any(entry.leave_category and entry.attendance is not Attendance.LEAVE for entry in draft.roster):
        raise Refusal("roster", "只有请假才填请假类别。")
    for item in draft.agenda:
        if not item.title.strip():
            raise Refusal("agenda", "议题不能为空。")
        if any(resolution.rule not in VOTE_RULES for resolution in item.resolutions):
            raise Refusal("agenda", "表决规则选择有误。")


def _expected(unit: Unit, draft: ActivityDraft, *, kept: dict[int, Expected] | None = None) -> dict[int, Expected]:
    """Who may stand on the roster. ``kept`` is the roster as first written: it is never computed again."""
    day = _day(draft.starts_at)
    hosts = [unit, *Unit.objects.filter(pk__in=draft.joining_unit_ids)]
    people = kept or {person.member_id: person for host in hosts for person in expected_at(host, draft.kinds, day)}
    listed = {entry.member_id for entry in draft.roster}
    missing = [person.name for person in people.values() if person.member_id not in listed]
    if missing and expects_everybody_listed(draft.kinds):
        raise Refusal(
            "roster",
            f"名单缺{len(missing)}人（{'、'.join(missing[:3])}{'等' if len(missing) > 3 else ''}），没来的请选请假或缺席。",
        )
    if listed - people.keys():
        people |= _sitting_in(hosts, day, listed - people.keys())
    return people


def _sitting_in(hosts: list[Unit], day: date, wanted: set[int]) -> dict[int, Expected]:
    """Members of the branch who were not expected (at the committee, at another group) are kept without a vote there."""
    found = {
        person.member_id: replace(person, votes=False, counts=False)
        for host in hosts
        for person in expected_at(ledger_unit(host), (), day)
        if person.member_id in wanted
    }
    if wanted - found.keys():
        raise Refusal("roster", "名单里有人当天不在本组织，请刷新后重选。")
    return found


def _kept_roster(session: Session) -> dict[int, Expected]:
    """Who stood on the roster when it was written: a correction years later does not lose those who have left since."""
    return {
        row.member_id: Expected(row.member_id, row.member.name, row.unit_id, "", row.votes, not row.votes, row.expected)
        for row in session.roster.select_related("member")
    }


def _made_with(unit: Unit, form_key: str | None) -> Session | None:
    """The session that this form has made already. A key of another ledger makes nothing known of it."""
    if not form_key:
        return None
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
    unit: Unit,
    draft: PlanDraft | ActivityDraft,
    status: Status,
    *,
    for_year: int,
    at: datetime,
    form_key: str | None,
) -> Session:
    ledger = ledger_unit(unit)
    session = Session.objects.create(
        ledger=ledger, unit=unit, number=_next_number(ledger, for_year, draft.kinds[0]), status=status, title=draft.title.strip(),
        held_on=_day(draft.starts_at), starts_at=draft.starts_at, for_year=for_year, place=draft.place.strip(), entered_at=at,
        form_key=form_key or None,
    )  # fmt: skip
    _write_kinds(session, draft.kinds)
    return session


def _next_number(ledger: Unit, year: int, kind: str) -> str:
    """2026-大会-03: the row of the series is locked, so two clerks at once get two numbers."""
    code = KINDS[kind].code
    NumberSeries.objects.bulk_create([NumberSeries(ledger=ledger, year=year, code=code)], ignore_conflicts=True)
    series = NumberSeries.objects.select_for_update().get(ledger=ledger, year=year, code=code)
    series.last += 1
    series.save(update_fields=["last"])
    return f"{year}-{code}-{series.last:02d}"


def _write_kinds(session: Session, kinds: Sequence[str]) -> None:
    SessionKind.objects.bulk_create(SessionKind(session=session, kind=kind, position=i) for i, kind in enumerate(kinds))


def _clear_parts(session: Session) -> None:
    session.kind_rows.all().delete()
    session.roster.all().delete()
    session.agenda.all().delete()


def _write_record(
    session: Session, draft: ActivityDraft, expected: dict[int, Expected], *, at: datetime | None
) -> None:
    """``at`` None keeps the moment of first entry: a correction does not make a record look younger or older."""
    session.status = Status.HELD if session.status == Status.PLANNED else session.status
    session.title, session.place, session.outcome = draft.title.strip(), draft.place.strip(), draft.outcome.strip()
    session.starts_at, session.ends_at, session.held_on = draft.starts_at, draft.ends_at, _day(draft.starts_at)
    session.for_year, session.transcribed_from = _for_year(draft), draft.transcribed_from.strip()
    session.chair_id, session.recorder_id, session.lecturer_id = draft.chair_id, draft.recorder_id, draft.lecturer_id
    if at is not None:
        session.entered_at = at
    session.save()
    session.refresh_from_db(fields=["revision"])
    session.joining.set(draft.joining_unit_ids)
    if not session.kind_rows.exists():
        _write_kinds(session, draft.kinds)
    present = _write_roster(session, draft.roster, expected)
    _write_agenda(session, draft.agenda, present)


def _write_roster(session: Session, entries: Sequence[RosterEntry], expected: dict[int, Expected]) -> tuple[int, int]:
    """Writes the rows and returns (votes expected, votes present)."""
    rows = [
        RosterRow(
            session=session, member_id=entry.member_id, unit_id=expected[entry.member_id].unit_id, position=index,
            attendance=entry.attendance, leave_category=entry.leave_category or "", votes=expected[entry.member_id].votes,
            expected=expected[entry.member_id].counts,
        )
        for index, entry in enumerate(entries)
    ]  # fmt: skip
    RosterRow.objects.bulk_create(rows)
    return sum(row.votes for row in rows), sum(row.votes and row.attendance in CAME for row in rows)


def session_kinds(session: Session) -> tuple[str, ...]:
    return tuple(session.kind_rows.order_by("position").values_list("kind", flat=True))


def _write_agenda(session: Session, items: Sequence[AgendaDraft], votes: tuple[int, int] | tuple[()]) -> None:
    for position, item in enumerate(items):
        row = AgendaItem.objects.create(
            session=session, position=position, kind=item.kind, title=item.title.strip(), note=item.note.strip()
        )
        for index, draft in enumerate(item.resolutions):
            expected, present = votes or (0, 0)
            tally = judge_vote(
                rule=draft.rule,
                expected=expected,
                present=present,
                yes=draft.yes,
                no=draft.no,
                abstain=draft.abstain,
                written_yes=draft.written_yes,
            )
            if tally.fault:
                raise Refusal("agenda", f"“{draft.text[:20]}”：{tally.fault}")
            Resolution.objects.create(
                item=row, position=index, text=draft.text.strip(), rule=draft.rule, votes_expected=expected, votes_present=present,
                yes=draft.yes, no=draft.no, abstain=draft.abstain, written_yes=draft.written_yes, carried=tally.carried,
            )  # fmt: skip


def _still(session: Session, revision: int) -> Session:
    now = Session.objects.select_for_update().get(pk=session.pk)
    if now.revision != revision:
        raise Refusal("", "这条记录刚刚被别人改过。您填的内容都还在，请核对新内容后再存。")
    return now


def _end(
    session: Session, allowed: set[Status], status: Status, *, verb: str, reason: str, by: Actor | None, at: datetime
) -> None:
    if not reason.strip():
        raise Refusal("reason", f"请写明{verb}的原因。")
    with transaction.atomic():
        session = Session.objects.select_for_update().get(pk=session.pk)
        if session.status not in allowed:
            raise Refusal("", f"“{Status(session.status).zh}”的场次不能{verb}。")
        session.status = status
        session.revision = F("revision") + 1  # type: ignore[assignment]
        session.save(update_fields=["status", "revision"])
        _note(session, verb=verb, by=by, at=at, reason=reason.strip())


def _note(session: Session, *, verb: str, by: Actor | None, at: datetime, reason: str = "") -> None:
    """Revision, version and journal line of one change, in the transaction of the change."""
    bump(unit_id=session.ledger_id, years={session.for_year, session.held_on.year})
    for unit_id in session.joining.values_list("pk", flat=True):
        bump(unit_id=unit_id, years={session.for_year, session.held_on.year})
    body, texts = _body(session)
    journal.write_revision(
        owner=Owner("records", "session", session.pk), body=body, texts=texts, by=by, at=at, reason=reason
    )
    journal.write_line(
        by=by,
        at=at,
        verb=verb,
        room="records",
        noun="session",
        object_id=session.pk,
        unit_id=session.ledger_id,
        summary=session.number,
    )


def _body(session: Session) -> tuple[dict[str, Any], dict[str, str]]:
    """The whole record as plain data (persons as ids) and its free texts by key."""
    session = Session.objects.get(pk=session.pk)
    texts = {"title": session.title, "place": session.place, "outcome": session.outcome}
    agenda: list[dict[str, Any]] = []
    for item in session.agenda.prefetch_related("resolutions"):
        texts[f"agenda.{item.position}.title"] = item.title
        texts[f"agenda.{item.position}.note"] = item.note
        votes = []
        for row in item.resolutions.all():
            texts[f"agenda.{item.position}.resolution.{row.position}"] = row.text
            votes.append(
                [
                    row.rule,
                    row.votes_expected,
                    row.votes_present,
                    row.yes,
                    row.no,
                    row.abstain,
                    row.written_yes,
                    row.carried,
                ]
            )
        agenda.append({"kind": item.kind, "resolutions": votes})
    body = {
        "number": session.number, "status": session.status, "unit": session.unit_id, "ledger": session.ledger_id,
        "kinds": list(session_kinds(session)), "starts_at": session.starts_at, "ends_at": session.ends_at, "for_year": session.for_year,
        "chair": session.chair_id, "recorder": session.recorder_id, "lecturer": session.lecturer_id,
        "transcribed_from": session.transcribed_from, "joining": sorted(session.joining.values_list("pk", flat=True)),
        "roster": [[r.member_id, r.unit_id, r.attendance, r.leave_category, r.expected, r.votes] for r in session.roster.all()],
        "agenda": agenda,
        "evidence": sorted(session.evidence.values_list("file__sha256", flat=True)),
    }  # fmt: skip
    return body, texts
