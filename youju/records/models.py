"""Re-exports, so that outsiders write ``from youju.records.models import Session``."""

from youju.records.activities.models import (
    AgendaItem,
    Evidence,
    Guest,
    NumberSeries,
    Resolution,
    RosterRow,
    Session,
    SessionKind,
)
from youju.records.checklist.models import ChecklistChoice
from youju.records.followups.models import Task
from youju.records.joining.models import Invitation
from youju.records.leave.models import LeaveRequest
from youju.records.problems.models import Measure, Problem
from youju.records.signin.models import SignInChoice, SignInSheet
from youju.records.submissions.models import Submission

__all__ = [
    "AgendaItem",
    "ChecklistChoice",
    "Evidence",
    "Guest",
    "Invitation",
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
    "Submission",
    "Task",
]
