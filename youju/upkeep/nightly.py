"""The nightly order of work."""

from __future__ import annotations

from datetime import datetime, timedelta

from youju.journal.actions import seal
from youju.journal.models import Seal
from youju.kit.zone import local_day
from youju.library.intake.tasks import tidy, work
from youju.people.imports.actions import clear_batches
from youju.people.looks.actions import purge
from youju.people.looks.rules import months_before
from youju.store.actions import sweep
from youju.study.selftests.actions import settle_over
from youju.upkeep.following import follow_library, follow_up
from youju.upkeep.retention import RETENTION

A_DAY = timedelta(days=1)


def night(*, at: datetime) -> Seal | None:
    """What is done once a night: who looked long ago and tables left lying are let go; the inbox is emptied, and what killed
    processes left behind goes; what self-tests that are over often missed is counted; scores follow the ledger and indexes
    the library; everything since the last seal is sealed.

    None when nothing came. Nobody is forgotten by night: who is due is only listed (``due_to_be_forgotten``).
    """
    purge(before=months_before(local_day(at), RETENTION.looks.months), by=None, at=at)
    clear_batches(by=None, at=at)
    work(at=at)
    tidy(at=at)
    sweep(before=at - A_DAY)
    settle_over(at=at)
    follow_up(on=local_day(at))
    follow_library(at_once=True)
    return seal(at=at, occasion="每夜封存")
