"""Re-exports, so that outsiders write ``from youju.records.models import Session``."""

from youju.records.activities.models import (
    AgendaItem,
    Evidence,
    NumberSeries,
    Resolution,
    RosterRow,
    Session,
    SessionKind,
)
from youju.records.leave.models import LeaveRequest
from youju.records.problems.models import Measure, Problem
from youju.records.signin.models import SignInChoice, SignInSheet

__all__ = [
    "AgendaItem",
    "Evidence",
    "LeaveRequest",
    "Measure",
    "NumberSeries",
    "Problem",
    "Resolution",
    "RosterRow",
    "Session",
    "SessionKind",
    "SignInChoice",
    "SignInSheet",
]
