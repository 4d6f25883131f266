"""Changes of joining: asked by the host, answered, corrected and withdrawn by the unit that joins.

Each locks the record first and then looks at the invitation, so that of two answers at once the second is told so.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from youju.journal import actions as journal
from youju.journal.values import Actor
from youju.kit.refusal import Refusal
from youju.kit.wording import needed, worded
from youju.people.units.models import Unit
from youju.records.activities.actions import note, record_activity, still, touched
from youju.records.activities.admission import check_came, check_roster
from youju.records.activities.models import RosterRow, Session
from youju.records.activities.rules import TALK_KINDS
from youju.records.activities.values import CAME, HAPPENED, ActivityDraft, RosterEntry, Status
from youju.records.joining.models import Invitation
from youju.records.joining.queries import invitable, joins, kinds_of, part_of, rows_of
from youju.records.joining.values import State

MOST_ASKED = 20
MOST_WORDS, MOST_REASON = 100, 150
#: How a record's revision and its journal line say whose hand it was.
CONFIRMED, CORRECTED, LEFT = "参加组织确认", "参加组织更正", "参加组织退出"
OF_OTHERS = frozenset({CONFIRMED, CORRECTED, LEFT})


def record_and_ask(
    *, unit: Unit, draft: ActivityDraft, asked: Sequence[int], by: Actor | None, at: datetime, planned: Session | None = None,
    form_key: str | None = None,
) -> Session:  # fmt: skip
    """记一次 that other units are asked to join, or none of it. Sent twice, nobody is asked twice. Raises Refusal."""
    with transaction.atomic():
        session = record_activity(unit=unit, draft=draft, by=by, at=at, planned=planned, form_key=form_key)
        known = set(Invitation.objects.filter(session=session).values_list("unit_id", flat=True))
        ask_all(session=session, asked=[unit_id for unit_id in asked if unit_id not in known], by=by, at=at)
    return session


def ask_all(*, session: Session, asked: Sequence[int], by: Actor | None, at: datetime) -> list[Invitation]:
    """邀请参加 of several, or of none where one of them may not be asked. Raises Refusal on ``joining``."""
    if len(set(asked)) > MOST_ASKED:
        raise Refusal("joining", f"一次最多邀请 {MOST_ASKED} 个组织。")
    with transaction.atomic():
        return [ask(session=session, unit_id=unit_id, by=by, at=at) for unit_id in dict.fromkeys(asked)]


def ask(*, session: Session, unit_id: int, by: Actor | None, at: datetime) -> Invitation:
    """邀请参加. Asking who is asked already changes nothing; who declined or left may be asked again.

    Raises Refusal on ``joining``, with one sentence for whatever may not be asked: ids tell nobody what exists.
    """
    with transaction.atomic():
        session = _happened(session)
        _no_talk(session, field="joining")
        unit = invitable(session.unit, session.held_on).filter(pk=unit_id).first()
        if unit is None:
            raise Refusal("joining", "参加组织选择有误，请重新选择。")
        if joins(session, unit):
            raise Refusal("joining", f"{unit.short_name}已经参加了。")
        row = Invitation.objects.filter(session=session, unit=unit).first()
        if row and row.state == State.ASKED:
            return row
        if session.invitations.filter(state=State.ASKED).count() >= MOST_ASKED:
            raise Refusal("joining", f"一条记录最多等 {MOST_ASKED} 个组织答复。")
        row = row or Invitation(session=session, unit=unit)
        row.state, row.asked_at, row.answered_at, row.word = State.ASKED, at, None, ""
        row.save()
        _line(row, "邀请参加", unit=session.ledger, by=by, at=at)
    return row


def recall(*, invitation: Invitation, by: Actor | None, at: datetime) -> None:
    """撤回邀请, as long as nobody has answered. Twice is once. Raises Refusal."""
    with transaction.atomic():
        session = Session.objects.select_for_update().get(pk=invitation.session_id)
        row = Invitation.objects.get(pk=invitation.pk)
        if row.state == State.RECALLED:
            return
        if row.state != State.ASKED:
            raise Refusal("", f"对方已经答复（{State(row.state).zh}），不能再撤回邀请。")
        _answer(row, State.RECALLED, at=at)
        _line(row, "撤回邀请", unit=session.ledger, by=by, at=at)


def decline(*, invitation: Invitation, word: str = "", by: Actor | None, at: datetime) -> None:
    """不参加, with a word for the host if one likes. Raises Refusal on ``word`` or the whole."""
    word = worded(word, field="word", name="给主办组织的话", most=MOST_WORDS)
    with transaction.atomic():
        _happened(invitation.session)
        row = _waiting(invitation)
        _answer(row, State.DECLINED, word=word, at=at)
        _line(row, "不参加", unit=row.unit, by=by, at=at)


def confirm(
    *, invitation: Invitation, revision: int, roster: Sequence[RosterEntry], by: Actor | None, at: datetime
) -> Session:
    """确认参加: the unit joins and its people stand in the record, written by its own hand and counted from now on.

    ``revision`` is the one whose head was read. Raises Refusal on ``roster`` or the whole.
    """
    check_roster(roster)
    with transaction.atomic():
        _happened(invitation.session)
        row = _waiting(invitation)
        session = still(invitation.session, revision)
        _no_talk(session, field="")  # a correction may have made it one since
        if not invitable(session.unit, session.held_on).filter(pk=row.unit_id).exists():
            raise Refusal("", "本组织不能参加这场活动，可以答复不参加。")
        before = touched(session)
        session.joining.add(row.unit)
        _write_rows(session, row.unit, roster)
        note(session, verb=CONFIRMED, by=by, at=at, reason=CONFIRMED, before=before)
        _answer(row, State.CONFIRMED, at=at)
        _line(row, "确认参加", unit=row.unit, by=by, at=at)
    return session


def correct_part(
    *, invitation: Invitation, revision: int, roster: Sequence[RosterEntry], reason: str, by: Actor | None, at: datetime
) -> Session:
    """更正 of the joining unit's own people; the host's stay as they are. Raises Refusal on ``reason``, ``roster`` or all."""
    reason = needed(reason, field="reason", name="更正的原因", most=MOST_REASON)
    check_roster(roster)
    with transaction.atomic():
        session, row = _joined(invitation)
        session = still(session, revision)
        before = touched(session)
        _write_rows(session, row.unit, roster)
        note(session, verb=CORRECTED, by=by, at=at, reason=f"{CORRECTED}：{reason}", before=before)
        _line(row, "更正参加名单", unit=row.unit, by=by, at=at)
    return session


def withdraw(*, invitation: Invitation, reason: str, by: Actor | None, at: datetime) -> Session:
    """退出: the unit and its people leave the record and are counted no more. Raises Refusal on ``reason`` or the whole."""
    reason = needed(reason, field="reason", name="退出的原因", most=MOST_WORDS)
    with transaction.atomic():
        session, row = _joined(invitation)
        before = touched(session)
        _clear_rows(session, row.unit)
        session.joining.remove(row.unit)
        note(session, verb=LEFT, by=by, at=at, reason=f"{LEFT}：{reason}", before=before)
        _answer(row, State.WITHDRAWN, word=reason, at=at)
        _line(row, "退出", unit=row.unit, by=by, at=at)
    return session


# -- parts ------------------------------------------------------------------------------------------------------------


def _happened(session: Session) -> Session:
    """The record as it stands now, locked."""
    now = Session.objects.select_for_update().get(pk=session.pk)
    if now.status not in HAPPENED:
        raise Refusal("", f"{now.number} 是“{Status(now.status).zh}”，不能再邀请或答复。")
    return now


def _no_talk(session: Session, *, field: str) -> None:
    if set(kinds_of(session)) <= TALK_KINDS:
        raise Refusal(field, "谈心谈话不请其他组织参加。")


def _waiting(invitation: Invitation) -> Invitation:
    """The invitation, if nobody has answered it. Only behind the lock of its record."""
    row = Invitation.objects.select_related("unit", "session").get(pk=invitation.pk)
    if row.state != State.ASKED:
        raise Refusal("", f"这份邀请已经有答复：{State(row.state).zh}。")
    return row


def _joined(invitation: Invitation) -> tuple[Session, Invitation]:
    session = _happened(invitation.session)
    row = Invitation.objects.select_related("unit", "session").get(pk=invitation.pk)
    if row.state != State.CONFIRMED or not joins(session, row.unit):
        raise Refusal("", f"本组织现在没有参加这场活动：{State(row.state).zh}。")
    return session, row


def _write_rows(session: Session, unit: Unit, roster: Sequence[RosterEntry]) -> None:
    """The unit's rows behind all others, in place of those that stood there."""
    people = part_of(session, unit, listed=[entry.member_id for entry in roster])
    _clear_rows(session, unit)
    last = session.roster.aggregate(last=Max("position"))["last"]
    first = 0 if last is None else last + 1
    entries = [entry for entry in roster if entry.member_id in people]
    if not any(entry.attendance in CAME for entry in entries):
        raise Refusal("roster", "本组织没有人到会，不能算参加；没有人去的，请答复不参加或退出。")
    check_came(entries, people)
    RosterRow.objects.bulk_create(
        RosterRow(
            session=session, member_id=entry.member_id, unit_id=people[entry.member_id].unit_id, position=first + index,
            attendance=entry.attendance, leave_category=entry.leave_category or "", votes=False,
            expected=people[entry.member_id].counts, led=entry.led, spoke=entry.spoke,
        )
        for index, entry in enumerate(entries)
    )  # fmt: skip


def _clear_rows(session: Session, unit: Unit) -> None:
    RosterRow.objects.filter(pk__in=[row.pk for row in rows_of(session, unit)]).delete()


def _answer(row: Invitation, state: State, *, at: datetime, word: str = "") -> None:
    row.state, row.answered_at, row.word = state, at, word
    row.save(update_fields=["state", "answered_at", "word"])


def _line(row: Invitation, verb: str, *, unit: Unit, by: Actor | None, at: datetime) -> None:
    """In the journal of whoever acted. An invitation counts nowhere, so it bumps no version."""
    journal.write_line(
        by=by, at=at, verb=verb, room="records", noun="invitation", object_id=row.pk, unit_id=unit.pk,
        summary=row.session.number,
    )  # fmt: skip
