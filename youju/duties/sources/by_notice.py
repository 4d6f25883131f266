"""What units above have asked for by notice: owed by its day, settled by the record that is named as the reply."""

from __future__ import annotations

from datetime import date

from youju.duties.asking import Asked
from youju.duties.notices.models import Notice
from youju.duties.notices.queries import for_units
from youju.duties.notices.rules import status_of
from youju.duties.replies.queries import records_in
from youju.duties.replies.values import Reply
from youju.duties.values import Due, Standing, Status
from youju.kit.periods import Period
from youju.prose.vocabulary import KINDS


def standings(asked: Asked) -> dict[int, list[Standing]]:
    """Notices due in the years asked for; carried, also those of the year before and all that are due later.

    What was left unanswered longer ago is history: it stands in the sender's list, and presses nobody any more.
    """
    first, last = asked.years[0], asked.years[-1]
    since = date(first - 1 if asked.carried else first, 1, 1)
    owed = for_units(asked.units, since=since, until=None if asked.carried else date(last, 12, 31))
    owed = {pk: [notice for notice in notices if notice.sent_on <= asked.on] for pk, notices in owed.items()}
    keys = {notice.key for notices in owed.values() for notice in notices}
    replies = records_in(asked.ids, keys) if keys else {}
    return {
        pk: [_standing(notice, pk, replies.get((pk, notice.key), ()), asked.on) for notice in notices]
        for pk, notices in owed.items()
        if notices
    }


def _standing(notice: Notice, unit_id: int, replies: tuple[Reply, ...], on: date) -> Standing:
    known = [reply for reply in replies if reply.held_on <= on]
    status = status_of(due_on=notice.due_on, replied=bool(known), on=on)
    due = Due(
        source="notice",
        source_id=str(notice.pk),
        title=notice.title,
        label="上级部署",
        basis=f"{notice.sender.short_name}{notice.basis or '通知'}",
        period=Period(notice.sent_on, notice.due_on),
        opens_on=notice.sent_on,
        owed_by=notice.due_on,
        unit_id=unit_id,
        verb="answer_notice",
        kinds=notice.wanted,
    )
    done = status is Status.DONE
    return Standing(
        due=due,
        on=on,
        status=status,
        done=len(known),
        # A record older than the notice settles it from the day on which it was asked for.
        day=max(notice.sent_on, known[0].held_on) if done else None,
        sentence=_sentence(notice, len(known)),
        initial=_initial(due, on),
    )


def _sentence(notice: Notice, replied: int) -> str:
    if replied:
        return f"已有{replied}条记录回应"
    named = "、".join(KINDS[kind].zh for kind in notice.wanted if kind in KINDS)
    return f"要一条{named}的记录" if named else "要一条记录"


def _initial(due: Due, on: date) -> dict[str, str]:
    """Where the form of the record begins."""
    return {
        "kinds": ",".join(due.kinds),
        "host": str(due.unit_id),
        "unit": str(due.unit_id),
        "on": on.isoformat(),
        "title": due.title,
    }
