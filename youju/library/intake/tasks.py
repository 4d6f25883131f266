"""What the worker and the night do for the intake."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from itertools import groupby

from youju.kit.refusal import Refusal
from youju.kit.turns import turn
from youju.library.intake import inbox, waiting
from youju.library.intake.actions import begin, clear_rows, finish, take
from youju.library.intake.listing import Listing
from youju.library.intake.models import Intake, IntakeRow
from youju.library.intake.queries import rows_of, unfinished
from youju.library.intake.values import Counts, State, Way

logger = logging.getLogger(__name__)

#: Files that one turn of a page or of the worker takes.
A_TURN = 200
A_DAY = timedelta(days=1)
ROWS_STAY = timedelta(days=30)


def look_into_inbox(*, at: datetime) -> Counts:
    """Takes what lies whole in the inbox, for the whole site, and lays it aside. Two that look at once go one by one."""
    with turn(inbox.folder().with_name("inbox-turn")):
        counts = Counts()
        found = sorted(inbox.whole_files(at=at), key=lambda one: one.origin)
        for origin, group in groupby(found, key=lambda one: one.origin):
            files = list(group)
            with Listing() as listing:
                for one in files:
                    listing.add_file(one.file, one.path)
                intake = begin(
                    way=Way.INBOX, given=inbox.folder().name, offers=listing.offers, passed_over=listing.passed_over,
                    unit=None, origin=origin, by=None, at=at,
                )  # fmt: skip
                intake = take(intake=intake, offers=listing.offers, by=None, at=at)
            _lay_aside(intake, files, at=at)
            counts += intake.kept_counts
    return counts


def go_on(intake: Intake, *, at: datetime) -> Intake:
    """The next turn of what was sent through a page. The page that waits asks for it, and so does the worker: who comes
    while the other is at it leaves it to him."""
    if intake.finished_at or not intake.token:
        return intake
    with waiting.turn_if_free(intake.token) as mine:
        if not mine:
            return intake
        with waiting.listing(intake.token) as listing:
            done = take(intake=intake, offers=listing.offers, by=intake.by, at=at, most=A_TURN)
        if done.finished_at:
            waiting.clear(intake.token)
        return done


def work(*, at: datetime) -> Counts:
    """A round of the worker: a turn of each page's files that wait, and what lies in the inbox.

    A full disk stops the round and nothing else: the night has more to do, and the worker comes again.
    """
    counts = Counts()
    try:
        counts = look_into_inbox(at=at)
        for intake in unfinished(way=Way.UPLOAD):
            go_on(intake, at=at)
    except Refusal as refused:
        logger.error("the intake stopped: %s", refused.sentence)
    return counts


def tidy(*, at: datetime) -> None:
    """By night: files of pages that were never taken, rows that say nothing any more, runs that can never go on: what was
    pasted was kept nowhere but in the page."""
    waiting.clear_old(before=at - A_DAY)
    for intake in (*unfinished(way=Way.UPLOAD), *unfinished(way=Way.PASTE)):
        if intake.at < at - A_DAY:
            finish(intake=intake, by=None, at=at)
    clear_rows(before=at - ROWS_STAY, by=None, at=at)


def _lay_aside(intake: Intake, files: list[inbox.Found], *, at: datetime) -> None:
    """An archive of which anything was taken counts as taken; what was left of it is named among the reasons."""
    rows = list(rows_of(intake))
    kept = {row.path: _outcome(row) for row in rows if row.state != State.REFUSED}
    refused = {row.path: row.sentence for row in rows if row.state == State.REFUSED}
    inbox.note(kept, taken=True, at=at)
    inbox.note(refused, taken=False, at=at)
    for one in files:
        taken = one.path in kept or any(path.startswith(f"{one.path}/") for path in kept)
        inbox.lay_aside(one, taken=taken)


def _outcome(row: IntakeRow) -> str:
    title = f"《{row.document.title}》" if row.document else ""
    return f"{State(row.state).zh}{title}"
