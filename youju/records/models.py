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
from youju.records.campaigns.models import Campaign, CampaignSession, CampaignTask
from youju.records.checklist.models import ChecklistChoice
from youju.records.facets.models import SessionFacet
from youju.records.fees.models import FeeMark, FeeMonth
from youju.records.followups.models import Task
from youju.records.joining.models import Invitation
from youju.records.leave.models import LeaveRequest
from youju.records.lists.models import ItemCheck, ItemVersion, ItemWord, ListItem
from youju.records.problems.models import Measure, Problem
from youju.records.projects.models import Aim, Milestone, Project, ProjectLink, ProjectMaterial
from youju.records.publicity.models import Publication, PublicationFile, PublicationSession
from youju.records.readings.models import Reading
from youju.records.registers.models import Subject
from youju.records.requests.models import Request
from youju.records.signin.models import SignInChoice, SignInSheet
from youju.records.sources.models import Source, SourcePart, Studied
from youju.records.submissions.models import Submission
from youju.records.visits.models import Coverage

__all__ = [
    "AgendaItem",
    "Aim",
    "Campaign",
    "CampaignSession",
    "CampaignTask",
    "ChecklistChoice",
    "Coverage",
    "Evidence",
    "FeeMark",
    "FeeMonth",
    "Guest",
    "Invitation",
    "ItemCheck",
    "ItemVersion",
    "ItemWord",
    "LeaveRequest",
    "ListItem",
    "Measure",
    "Milestone",
    "NumberSeries",
    "Problem",
    "Project",
    "ProjectLink",
    "ProjectMaterial",
    "Publication",
    "PublicationFile",
    "PublicationSession",
    "Reading",
    "Request",
    "Resolution",
    "RosterRow",
    "Session",
    "SessionFacet",
    "SessionKind",
    "SignInChoice",
    "SignInSheet",
    "Source",
    "SourcePart",
    "Studied",
    "Subject",
    "Submission",
    "Task",
]
