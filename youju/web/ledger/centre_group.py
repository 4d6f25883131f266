"""中心组学习 in a branch's record: kept as it was written, and said at once as the check of a report would say it later."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest

from youju.people.units.values import UnitKind
from youju.records.activities.models import Session
from youju.study.units.rules import of_committees


def flag_centre_group(request: HttpRequest, session: Session) -> None:
    """It is a 党委's or 党组's own. The record stands: what happened is the branch's to say."""
    if session.ledger.kind == UnitKind.BRANCH and of_committees(session.title):
        sentence = "主题写的是中心组学习，那是党委（党组）的。支部随着参加的，请更正主题，写明列席或随谁参加。"
        messages.warning(request, sentence)
