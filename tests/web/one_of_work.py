"""One of each thing of 项目与走访 that has a page, and its addresses: made when first asked for."""

from __future__ import annotations

from django.urls import reverse

from tests import make
from tests.cast import Cast
from tests.web.days import DAY, TODAY
from youju.records.activities.values import HAPPENED, RosterEntry
from youju.records.campaigns import actions as campaigns
from youju.records.campaigns.models import Campaign
from youju.records.campaigns.values import CampaignDraft
from youju.records.campaigns.values import TaskDraft as CampaignTaskDraft
from youju.records.projects import actions as projects
from youju.records.projects.models import Project
from youju.records.projects.values import ProjectDraft
from youju.records.publicity import actions as publicity
from youju.records.publicity.models import Publication
from youju.records.publicity.values import PublicationDraft
from youju.records.registers.actions import enter_subject
from youju.records.registers.models import Subject
from youju.records.registers.values import SubjectDraft
from youju.records.requests.actions import raise_request
from youju.records.requests.models import Request
from youju.records.requests.values import RequestDraft
from youju.records.steps.values import StepDraft
from youju.store.actions import keep


def work_url(cast: Cast, name: str, page: str) -> str:
    """Pages of 项目与走访: of the branch, or of its one project, whose parts are made for the page that is about them."""
    if page in ("index", "projects", "projects_export", "project_new", "campaigns", "campaigns_export", "campaign_new"):
        return reverse(name) + f"?unit={cast.branch.pk}"
    if page.startswith(("campaign", "task")):
        campaign = one_campaign(cast)
        more = {"campaign_untag": campaign.tagged, "campaign_file": campaign.tasks}
        pk = {"campaign_untag": "session_id", "campaign_file": "file_id"}
        ids = (
            [getattr(more[page].get(), pk[page])]
            if page in more
            else [0]
            if page in ("task", "task_change", "task_drop")
            else []
        )
        return reverse(name, args=[cast.branch.pk, campaign.number, *ids])
    if page.startswith("public"):
        return publication_url(cast, name, page)
    if page in WALKS:
        return reverse(name) + f"?unit={cast.branch.pk}"
    if page == "subject_erase":
        return reverse(name, args=[cast.branch.pk, "household", one_household(cast).code])
    if page.startswith("subject"):
        return reverse(name, args=[cast.branch.pk, "village", one_village(cast).code])
    if page.startswith("request"):
        return reverse(name, args=[cast.branch.pk, one_request(cast).number])
    if page == "reached":
        visit = cast.branch.ledger_sessions.filter(kind_rows__kind="visit").first()
        visit = visit or make.activity(cast.branch, "visit", DAY, roster=(RosterEntry(cast.people[1].pk),))
        return reverse(name, args=[cast.branch.pk, visit.number])
    project = one_project(cast)
    parts = {"project_unlink": project.links, "project_material_remove": project.materials}
    more = [parts[page].get().pk] if page in parts else []
    more += [project.materials.get().file_id] if page == "project_file" else []
    more += [0] if page in ("milestone", "milestone_change", "milestone_drop") else []
    return reverse(name, args=[cast.branch.pk, project.number, *more])


#: Pages of 名册, 走访 and 诉求 as wholes.
WALKS = (
    "registers", "registers_export", "import", "import_template", "subject_new", "visits", "visits_print", "visits_export",
    "visit_new", "requests", "requests_export", "request_new",
)  # fmt: skip


def publication_url(cast: Cast, name: str, page: str) -> str:
    if page in ("publicity", "publicity_export", "publicity_clean", "publication_new"):
        return reverse(name) + f"?unit={cast.branch.pk}"
    row = one_publication(cast)
    parts = {"publication_unlink": row.told, "publication_file_remove": row.files}
    more = [parts[page].get().pk] if page in parts else []
    more += [row.files.get().file_id] if page == "publication_file" else []
    return reverse(name, args=[cast.branch.pk, row.number, *more])


def one_publication(cast: Cast) -> Publication:
    """With the record it tells of and a file."""
    if known := cast.branch.publications.first():
        return known
    when = {"by": None, "at": make.moment(TODAY)}
    row = publicity.enter_publication(unit=cast.branch, draft=PublicationDraft("report", "下田头", DAY), **when)
    held = cast.branch.ledger_sessions.filter(status__in=HAPPENED).first() or make.activity(cast.branch, "seminar", DAY)
    publicity.link_record(publication=row, number=held.number, **when)
    publicity.add_file(publication=row, file=keep(data=b"page", **when), caption="报样", **when)
    return row


def one_village(cast: Cast) -> Subject:
    when = {"by": None, "at": make.moment(TODAY)}
    known = cast.branch.subjects.filter(kind="village").first()
    return known or enter_subject(unit=cast.branch, draft=SubjectDraft("village", "V01", "河湾村", DAY), **when)


def one_household(cast: Cast) -> Subject:
    when = {"by": None, "at": make.moment(TODAY)}
    known = cast.branch.subjects.filter(kind="household").first()
    return known or enter_subject(unit=cast.branch, draft=SubjectDraft("household", "1-03", "李户", DAY), **when)


def one_request(cast: Cast) -> Request:
    when = {"by": None, "at": make.moment(TODAY)}
    known = cast.branch.requests.first()
    return known or raise_request(unit=cast.branch, draft=RequestDraft("修机耕道", DAY), **when)


def one_project(cast: Cast) -> Project:
    """With a milestone, a record it rests on, and a material."""
    if known := cast.branch.projects.first():
        return known
    when = {"by": None, "at": make.moment(TODAY)}
    draft = ProjectDraft("secretary", "先锋岗", "岗位有先锋", DAY)
    project = projects.start_project(unit=cast.branch, draft=draft, milestones=(StepDraft("摸底"),), **when)
    held = cast.branch.ledger_sessions.filter(status__in=HAPPENED).first() or make.activity(cast.branch, "seminar", DAY)
    projects.link_session(project=project, number=held.number, **when)
    file = keep(data=b"plan", **when)
    projects.add_material(project=project, file=file, caption="方案", **when)
    return project


def one_campaign(cast: Cast) -> Campaign:
    """With a task that is proved by a file, and a session."""
    if known := cast.branch.campaigns.first():
        return known
    when = {"by": None, "at": make.moment(TODAY)}
    draft = CampaignDraft("theme_education", "主题教育", DAY, TODAY)
    campaign = campaigns.start_campaign(unit=cast.branch, draft=draft, tasks=(CampaignTaskDraft("制定方案"),), **when)
    proof = {"proof": "印发", "on": DAY, "file": keep(data=b"proof", **when)}
    campaigns.finish_task(task=campaign.tasks.get(), **proof, **when)
    held = cast.branch.ledger_sessions.filter(status__in=HAPPENED).first() or make.activity(cast.branch, "seminar", DAY)
    campaigns.tag_session(campaign=campaign, session=held, **when)
    return campaign
