"""One of each thing that has a page, in the unit of 青禾, and the address under which each page of it stands."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from tests import make
from tests.cast import Cast, standing_cast
from tests.house.kept import kept
from tests.web.days import DAY, TODAY
from tests.web.forms import signed_in
from tests.web.one_of_study import one_source, study_url
from tests.web.one_of_work import work_url
from tests.web.rights_of_pages import LISTS, PEOPLE_LISTS
from youju.duties.choices.actions import make_rule
from youju.duties.choices.values import RuleDraft
from youju.duties.models import LocalRule
from youju.duties.plans.actions import adopt, begin
from youju.duties.plans.models import PlanLine
from youju.duties.plans.values import LineDraft
from youju.paper.reading.sheet import Sheet, SheetRow
from youju.people.corrections.actions import ask
from youju.people.corrections.models import Correction
from youju.people.imports.actions import start_batch
from youju.people.imports.models import Batch
from youju.people.imports.values import Parcel, Table
from youju.people.invitations.actions import invite
from youju.people.invitations.models import Invitation
from youju.people.models import Member, Term
from youju.people.terms.actions import state_term
from youju.records.activities.actions import plan_session
from youju.records.activities.models import Session
from youju.records.activities.values import AgendaDraft, GuestDraft, PlanDraft, ResolutionDraft
from youju.records.followups.values import TaskDraft
from youju.records.joining.actions import ask as ask_to_join
from youju.records.joining.models import Invitation as JoiningInvitation
from youju.records.lists import actions as lists
from youju.records.lists.values import ItemDraft, VersionDraft
from youju.records.models import Submission
from youju.records.problems.actions import finish_measure, raise_problem
from youju.records.problems.models import Problem
from youju.records.problems.values import MeasureDraft, ProblemDraft, Source
from youju.records.readings.actions import note_reading
from youju.records.signin.actions import choose, open_list
from youju.reports.drafts import actions as drafts
from youju.reports.drafts.models import Alternative, Draft
from youju.reports.drafts.values import TextDraft
from youju.reports.unit_templates.actions import keep_template
from youju.reports.unit_templates.queries import sample_template
from youju.store.actions import keep

DECIDED = AgendaDraft("灭火器", resolutions=(ResolutionDraft("装灭火器", tasks=(TaskDraft("买来装好"),)),))


@dataclass(frozen=True)
class Scene:
    cast: Cast
    held: Session
    planned: Session
    signing: Session
    invitation: Invitation
    problem: Problem
    line: PlanLine
    correction: Correction
    leaver: Member
    draft: Draft
    beside: Alternative
    handed: Submission

    def url(self, name: str) -> str:
        job, page = name.split(":")
        cast = self.cast
        if page == "import_run":
            return reverse(name, args=[waiting_import(cast, job).pk]) + f"?unit={cast.branch.pk}"
        if job == "ledger":
            return self.ledger_url(name, page)
        if job == "signin" and page not in ("index", "settings"):
            return reverse(name, args=[cast.branch.pk, self.signing.number])
        if job == "report":
            return self.report_url(name, page)
        if job == "lists":
            return lists_url(cast, name, page)
        if job == "work":
            return work_url(cast, name, page)
        if job == "study":
            return study_url(cast, name, page)
        if name == "plan:line":
            return reverse(name, args=[self.line.pk])
        if job == "problems" and page not in ("index", "export", "lists_docx", "new"):
            more = [0] if page in ("progress", "amend_measure", "file") else []
            return reverse(name, args=[cast.branch.pk, self.problem.number, *more])
        if page.startswith("fee"):
            return reverse(name, args=[2026, 11] if page == "fee_month" else []) + f"?unit={cast.branch.pk}"
        if page in ("term_extend", "term_withdraw"):
            return reverse(name, args=[stated_term(cast).pk])
        if page == "rule_switch":
            return reverse(name, args=["heart_talk"]) + f"?unit={cast.branch.pk}"
        if page in ("rule", "rule_change", "rule_end"):
            return reverse(name, args=[local_rule(cast).rule_id]) + f"?unit={cast.branch.pk}"
        if page in ("accounts", "account_new"):
            return reverse(name) + f"?unit={cast.branch.pk}"
        if page.startswith("account"):
            more = [cast.clerk.grants.get().pk] if page == "account_withdraw" else []
            return reverse(name, args=[cast.clerk.pk, *more])
        if page == "correction":
            return reverse(name, args=[self.correction.pk])
        if page == "forget":
            return reverse(name, args=[self.leaver.pk])
        if page == "revoke_invitation":
            return reverse(name, args=[self.invitation.pk])
        if job == "people" and page not in (*PEOPLE_LISTS, "add"):
            secretary = cast.people[0]
            more = [secretary.posts.get().pk] if page == "relieve" else []
            return reverse(name, args=[secretary.pk, *more])
        return reverse(name) + f"?unit={cast.branch.pk}"

    def ledger_url(self, name: str, page: str) -> str:
        cast = self.cast
        if page in LISTS:
            return reverse(name) + f"?unit={cast.branch.pk}"
        session = self.planned if page in ("hold", "cancel", "notice", "leave", "leave_withdraw") else self.held
        more = [self.held.evidence.get().pk] if page.startswith("evidence_") else []
        if page.startswith("source"):
            return reverse(name, args=[cast.branch.pk, one_source(cast)])
        if page == "reading_withdraw":
            return reverse(name, args=[cast.branch.pk, one_reading(cast)])
        if page.startswith("joint"):
            return reverse(name, args=[invited(cast).pk])
        if page == "joining_recall":
            asked = ask_to_join(session=self.held, unit_id=cast.other.pk, by=None, at=make.moment(TODAY))
            return reverse(name, args=[cast.branch.pk, self.held.number, asked.pk])
        if page == "task":
            return reverse(name, args=[cast.branch.pk, self.held.tasks.get().pk])
        more = [self.held.guests.get().pk] if page == "guest_erase" else more
        more += [cast.people[1].pk] if page == "leave_withdraw" else []
        return reverse(name, args=[cast.branch.pk, session.number, *more])

    def report_url(self, name: str, page: str) -> str:
        if page in ("drafts", "handed_list"):
            return reverse(name) + f"?unit={self.cast.branch.pk}"
        if page in ("workspace", "docx", "pdf", "sources", "box", "check", "start"):
            return reverse(name, args=[self.cast.branch.pk, 2026])
        if page in ("handed", "handed_docx"):
            return reverse(name, args=[self.handed.pk])
        passage = self.draft.passages.filter(level=0).order_by("position")[0]
        more = {
            "passage": passage.pk,
            "remove": passage.pk,
            "move": passage.pk,
            "alternative": self.beside.pk,
            "unignore": 1,
        }
        return reverse(name, args=[self.draft.pk, *([more[page]] if page in more else [])])


def one_reading(cast: Cast) -> int:
    """The reading noted for 青禾's secretary, noted when first asked for."""
    return note_reading(member=cast.people[0], read_on=DAY, title="支部工作", by=None, at=make.moment(TODAY)).pk


def lists_url(cast: Cast, name: str, page: str) -> str:
    """Pages of 清单与制度: of the branch, or of its one item, with a version and a check that is proved by a file."""
    if page == "list":
        return reverse(name, args=["system"]) + f"?unit={cast.branch.pk}"
    if page in ("index", "export", "print", "new", "import", "import_template"):
        return reverse(name) + f"?unit={cast.branch.pk}"
    item = cast.branch.list_items.first()
    if item is None:
        when = {"by": None, "at": make.moment(TODAY)}
        draft = ItemDraft("system", "议事制度", DAY, words={"level": "本支部制度"})
        item = lists.add_item(unit=cast.branch, draft=draft, **when)
        lists.add_version(item=item, draft=VersionDraft(DAY, text="第一条"), file=None, revision=1, **when)
        lists.check_item(item=item, text="执行了", on=DAY, file=keep(data=b"proof", **when), **when)
    parts = {"check_drop": "pk", "file": "file_id"}
    more = [getattr(item.checks.get(), parts[page])] if page in parts else []
    return reverse(name, args=[cast.branch.pk, item.number, *more])


def drafted(cast: Cast) -> tuple[Draft, Alternative, Submission]:
    """A draft with a passage that has two texts, and last year's report, handed in."""
    when = {"by": None, "at": make.moment(TODAY)}
    old = drafts.start(unit=cast.branch, year=2025, as_of=TODAY, **when)
    drafts.finalise(draft=old, base=old.version, **when)
    draft = drafts.start(unit=cast.branch, year=2026, as_of=TODAY, **when)
    passage = draft.passages.filter(level=0).order_by("position")[0]
    for text in ("甲写的。", "乙写的。"):
        beside = drafts.edit_passage(passage=passage, draft=TextDraft(text, 1), **when)
    assert beside
    return draft, beside, drafts.hand_in(draft=old, **when)


def stated_term(cast: Cast) -> Term:
    more = {"years": 3, "basis": "批复", "by": None, "at": make.moment(TODAY)}
    return cast.branch.terms.first() or state_term(unit=cast.branch, elected_on=date(2024, 3, 10), **more)


def local_rule(cast: Cast) -> LocalRule:
    """A rule that the branch made itself."""
    draft = RuleDraft("读书会", "集中学习次数", "quarterly", 1, "hard", "支部规则第4条")
    known = cast.branch.local_rules.first()
    return known or make_rule(unit=cast.branch, draft=draft, since=DAY, by=None, at=make.moment(TODAY))


def invited(cast: Cast) -> JoiningInvitation:
    """A record of the other branch that ours was asked to join: for ours, the other branch is the host."""
    held = cast.other.sessions.first() or make.activity(cast.other, "theme_day", DAY)
    return ask_to_join(session=held, unit_id=cast.branch.pk, by=None, at=make.moment(TODAY))


def waiting_import(cast: Cast, job: str) -> Batch:
    """A table that was confirmed and of which nothing is written yet."""
    kind = {"ledger": Table.SESSIONS, "work": Table.SUBJECTS, "lists": Table.LISTS, "study": Table.QUESTIONS}.get(
        job, Table.MEMBERS
    )
    sheet = Sheet((SheetRow(1, ("日期", "姓名")), SheetRow(2, ("2023-03-05", "林小满"))))
    parcel = Parcel("表.xlsx", sheet, 0, ("day", "name"))
    return start_batch(unit=cast.branch, table=kind, token=job, parcel=parcel, by=cast.clerk, at=make.moment(TODAY))


@kept
def one_of_each() -> Scene:
    cast = standing_cast(groups=2)
    held = make.activity(cast.branch, "party_meeting", DAY, guests=(GuestDraft(name="来宾甲"),), agenda=(DECIDED,))
    picture = io.BytesIO()
    Image.new("RGB", (4, 4)).save(picture, "PNG")
    file = SimpleUploadedFile("a.png", picture.getvalue())
    signed_in(cast.clerk).post(reverse("ledger:evidence", args=[cast.branch.pk, held.number]), {"file": file})
    keep_template(unit=cast.branch, data=sample_template(), name="版式.docx", by=None, at=make.moment(DAY))
    plan = PlanDraft(("theme_day",), "仓储安全", make.moment(date(2026, 11, 10)))
    planned = plan_session(unit=cast.branch, draft=plan, by=None, at=make.moment(DAY))
    problem = raise_problem(
        unit=cast.branch, draft=ProblemDraft("自学没有抽查", Source.SELF, DAY, 2026),
        measures=(MeasureDraft("每季度抽查"),), by=None, at=make.moment(DAY, 20),
    )  # fmt: skip
    finish_measure(
        measure=problem.measures.get(), proof="抽查了", on=DAY, file=keep(data=b"proof", by=None, at=make.moment(DAY)),
        by=None, at=make.moment(DAY, 20),
    )  # fmt: skip
    choose(unit=cast.branch, on=True, late_after=10, by=None, at=make.START)
    meeting = PlanDraft(("theme_day",), "随手查", make.moment(TODAY))
    signing = plan_session(unit=cast.branch, draft=meeting, by=None, at=make.moment(DAY))
    open_list(session=signing, by=None, at=make.moment(TODAY, 0))
    invitation, _ = invite(member=cast.people[1], unit=cast.branch, by=None, at=make.moment(TODAY))
    wrong = ask(
        member=cast.people[-1], unit=cast.branch, record="", text="转正日期不对", by=None, at=make.moment(TODAY)
    )
    gone = make.member(cast.branch)
    make.leave(gone, on=date(2020, 1, 1))
    line = LineDraft("志愿服务", figure="志愿服务次数", target=2)
    year = begin(unit=cast.branch, year=2026, lines=(line,), by=None, at=make.moment(DAY))
    adopt(plan=year, session=held, by=None, at=make.moment(DAY, 21))
    return Scene(cast, held, planned, signing, invitation, problem, year.lines.get(), wrong, gone, *drafted(cast))
