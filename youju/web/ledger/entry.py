"""记一次 as one form: head, roster and agenda together, empty, prefilled, typed, or taken from a record."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils import timezone

from youju.kit.refusal import NotAllowed, NotYours, Refusal
from youju.people.members.models import Member
from youju.people.models import Unit
from youju.people.posts.queries import secretary_on
from youju.people.units.queries import groups_of
from youju.people.units.values import UnitKind
from youju.prose.vocabulary import KINDS
from youju.records.activities.models import Session
from youju.records.activities.queries import chairs_for, last_like, last_recorder_id
from youju.records.activities.rules import TALK_KINDS, Quorum, judge_vote
from youju.records.activities.values import ActivityDraft, AgendaDraft, Attendance, PlanDraft
from youju.records.facets.values import NO_FACETS
from youju.records.followups.models import Task
from youju.records.followups.queries import tasks_of
from youju.records.followups.values import Place
from youju.records.leave.queries import leave_of
from youju.records.signin.queries import attendance_of, sheet_of
from youju.records.visits.queries import revision_of
from youju.web.ledger.campaign_choice import CampaignForm, campaign_form
from youju.web.ledger.facet_forms import FacetForm, facet_form
from youju.web.ledger.forms import AgendaLine, CorrectForm, HeadForm, PlanForm, RecordForm, Typed, agenda_lines
from youju.web.ledger.guest_forms import GuestForm, guest_rows
from youju.web.ledger.reaching import reached_words
from youju.web.ledger.roster import Roster, roster_for, roster_kept
from youju.web.shared import clock
from youju.web.shared.refusals import put_in
from youju.web.shared.templatetags.youju import errors

#: Where a refusal of the ledger is shown in this form.
PLACES = {"starts_at": "on", "ends_at": "end"}


@dataclass(frozen=True)
class Entry:
    """One record being written. ``planned`` or ``kept`` is the session it comes from."""

    ledger: Unit
    day: date
    form: RecordForm
    roster: Roster
    lines: tuple[AgendaLine, ...]
    guests: tuple[GuestForm, ...]
    facets: FacetForm
    campaigns: CampaignForm

    @property
    def january_to_march(self) -> bool:
        """When a meeting of the year before may still be held."""
        return self.day.month <= 3

    @property
    def only_talk(self) -> bool:
        """Of a talk only who and when is kept: no agenda, no outcome."""
        kinds = set(self.form["kinds"].value() or ())
        return bool(kinds) and kinds <= TALK_KINDS

    @property
    def quorums(self) -> list[Quorum]:
        """到会 judged under the rules that the resolutions name; the ordinary one when there is none yet."""
        rules = [row.rule_chosen for line in self.lines for row in line.resolutions if row.filled]
        return self.roster.quorums(rules or ["ordinary"])

    def is_valid(self) -> bool:
        whole = all(
            [
                self.form.is_valid(),
                *(line.is_valid() for line in self.lines),
                *(row.is_valid() for row in self.guests),
                self.facets.is_valid(),
                self.campaigns.is_valid(),
            ]
        )
        if self.form.data.get("roster") != self.roster.signature:
            self.form.add_error("roster", "名单随类型、主办或日期换过了，请看一遍再保存。")
            return False
        if not whole:
            return False
        kinds, host = self.form.cleaned_data["kinds"], self.form.cleaned_data.get("host")
        of_branch = "host" in self.form.fields and self.form.host_unit.kind == UnitKind.BRANCH
        if kinds == ["group_meeting"] and of_branch and host is not None and len(self.form.fields["host"].choices) > 1:  # type: ignore[attr-defined]
            self.form.add_error("host", "请选是哪个党小组开的会。")
            return False
        return self._tallies_stand()

    def hush(self) -> Entry:
        """As typed, without a word about faults: somebody asked for another roster or one more line."""
        self.form.hush()
        for line in self.lines:
            line.hush()
        for row in self.guests:
            row.hush()
        self.facets.hush()
        self.campaigns.hush()
        return self

    @property
    def guests_open(self) -> bool:
        """Folded away until there is something to see: somebody is written there, a fault, or rows were asked for."""
        asked = self.form.data.get("redo") == "guests" or bool(self.form.errors.get("guests"))
        return asked or any(row.filled or row.errors for row in self.guests)

    def _tallies_stand(self) -> bool:
        count = self.roster.count
        whole = True
        for line in self.lines:
            for row in line.resolutions:
                draft = row.draft()
                if draft is None:
                    continue
                tally = judge_vote(
                    rule=draft.rule, expected=count.votes_expected, present=count.votes_present,
                    yes=draft.yes, no=draft.no, abstain=draft.abstain, written_yes=draft.written_yes,
                )  # fmt: skip
                if tally.fault:
                    row.add_error("yes", tally.fault)
                    whole = False
        return whole

    def draft(self, *, joining: tuple[int, ...] = ()) -> ActivityDraft:
        """What the form says, for the actions of the ledger. Only after ``is_valid``."""
        data = self.form.cleaned_data
        kinds = tuple(data["kinds"])
        talk = set(kinds) <= TALK_KINDS
        return ActivityDraft(
            kinds=kinds, title=data["title"], starts_at=moment(data["on"], data["start"]),
            ends_at=moment(data["on"], data["end"]) if data.get("end") else None, place=data["place"],
            chair_id=data["chair"], recorder_id=data["recorder"], lecturer_id=data["lecturer"],
            for_year=data.get("for_year"), roster=(*self.roster.entries(talk=talk), *self.roster.carried),
            agenda=() if talk else drafts_of(self.lines), outcome="" if talk else data["outcome"],
            guests=() if talk else tuple(draft for row in self.guests if (draft := row.draft())),
            facets=NO_FACETS if talk else self.facets.facets(), studied=() if talk else self.facets.studied(),
            joining_unit_ids=joining, dropped_task_ids=_emptied(self.lines), transcribed_from=data["transcribed_from"],
        )  # fmt: skip

    def refuse(self, refusal: Refusal) -> None:
        """Puts a refusal of the ledger where it can be mended."""
        refuse(self.form, refusal)

    @property
    def faults(self) -> list[dict[str, str]]:
        """Every sentence of every form, for the summary on top."""
        return faults_of(self.form, self.lines, (*self.guests, self.facets, self.campaigns))


def refuse(form: HeadForm, refusal: Refusal) -> None:
    if isinstance(refusal, NotYours | NotAllowed):
        raise refusal
    put_in(form, Refusal(PLACES.get(refusal.field, refusal.field), refusal.sentence))


def faults_of(form: HeadForm, lines: tuple[AgendaLine, ...], more: tuple[Typed, ...] = ()) -> list[dict[str, str]]:
    parts = (
        part
        for line in lines
        for part in (line.form, *line.resolutions, *(task for row in line.resolutions for task in row.tasks))
    )
    rows: list[dict[str, str]] = errors(form, *more, *parts)["rows"]
    return rows


def moment(day: date, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour))


def drafts_of(lines: tuple[AgendaLine, ...]) -> tuple[AgendaDraft, ...]:
    return tuple(draft for line in lines if (draft := line.draft()))


def _emptied(lines: tuple[AgendaLine, ...]) -> tuple[int, ...]:
    """Tasks that were emptied together with their resolution: who took both out means that nothing is left to do."""
    gone = (row for line in lines for row in line.resolutions if row.draft() is None)
    return tuple(draft.task_id for row in gone for task in row.tasks if (draft := task.draft()) and draft.task_id)


def hosts_of(ledger: Unit, day: date) -> list[Unit]:
    """Who may host what stands in this ledger: the unit itself and its groups."""
    return [ledger, *groups_of(ledger, on=day)]


def new_entry(request: HttpRequest, *, ledger: Unit, host: Unit, planned: Session | None = None) -> Entry:
    """An empty form, or what was typed into it: ``?kinds=…&on=…`` and the planned session say where it starts."""
    typed = request.POST if request.method == "POST" else None
    given = request.GET
    kinds = kinds_in(typed.getlist("kinds") if typed is not None else given_kinds(given, planned))
    today = clock.today()
    day = day_in((typed if typed is not None else given).get("on"), planned.held_on if planned else today)
    if typed is None:
        day = min(day, today)  # a due names its last day; what is recorded has happened
    hosts = [planned.unit] if planned else hosts_of(ledger, day)
    wanted = typed.get("host") if typed is not None else str(planned.unit_id if planned else host.pk)
    chosen = next((unit for unit in hosts if str(unit.pk) == wanted), hosts[0])
    initial = (
        {} if typed is not None else _likely(request, ledger=ledger, host=chosen, kinds=kinds, day=day, planned=planned)
    )
    people = chairs_for(ledger, day)
    form = RecordForm(typed, initial=initial, hosts=hosts, people=people, day=day)
    return Entry(
        ledger=ledger,
        day=day,
        form=form,
        roster=roster_for(
            host=chosen,
            kinds=kinds,
            day=day,
            typed=typed,
            signed=_signed(planned),
            leave=leave_of(planned) if planned else None,
            named=_ids(given, "people") if typed is None else (),
            led=_ids(given, "led"),
        ),
        lines=agenda_lines(
            typed,
            kept=list(planned.agenda.all()) if planned else (),
            people=people,
            more=_wants(typed, "line"),
            more_tasks=_wants(typed, "task"),
            first_topic=given.get("first_topic", "")[:120],
        ),
        guests=guest_rows(typed, more=_wants(typed, "guests")),
        facets=facet_form(typed, ledger=ledger, asked=given),
        campaigns=campaign_form(typed, ledger=ledger, day=day, kept=planned),
    )


def _ids(given: QueryDict, name: str) -> tuple[int, ...]:
    """``?people=1,2``: who took part, for a talk between two; the first of them has it in hand. ``?led=1``: who led."""
    return tuple(int(pk) for pk in given.get(name, "").split(",")[:20] if pk.isdecimal() and len(pk) <= 18)


def _signed(planned: Session | None) -> dict[int, Attendance] | None:
    """Who signed in to a planned session; None where there was no list."""
    return attendance_of(planned) if planned and sheet_of(planned) else None


def correct_entry(request: HttpRequest, *, session: Session, kinds: tuple[str, ...]) -> Entry:
    """The form of a record that stands: what it says, or what was typed over it."""
    typed = request.POST if request.method == "POST" else None
    people, tasks = _with_named(session, chairs_for(session.ledger, session.held_on)), tasks_of(session)
    form = CorrectForm(
        typed, initial=_as_kept(session, kinds), hosts=[session.unit], people=people, day=session.held_on
    )
    if session.for_year not in (session.held_on.year, session.held_on.year - 1):
        form.fields.pop("for_year")
    return Entry(
        ledger=session.ledger,
        day=session.held_on,
        form=form,
        roster=roster_kept(
            session, kinds=kinds_in(typed.getlist("kinds")) if typed is not None else kinds, typed=typed
        ),
        lines=agenda_lines(
            typed,
            kept=list(session.agenda.all()),
            tasks=tasks,
            people=_answering(people, tasks),
            more=_wants(typed, "line"),
            more_tasks=_wants(typed, "task"),
        ),
        guests=guest_rows(typed, kept=list(session.guests.all()), more=_wants(typed, "guests")),
        facets=facet_form(typed, ledger=session.ledger, kept=session),
        campaigns=campaign_form(
            typed,
            ledger=session.ledger,
            day=day_in(typed.get("on"), session.held_on) if typed is not None else session.held_on,
            kept=session,
        ),
    )


def plan_entry(request: HttpRequest, *, ledger: Unit) -> tuple[PlanForm, tuple[AgendaLine, ...]]:
    """排期, empty or typed."""
    typed = request.POST if request.method == "POST" else None
    initial = {
        "kinds": kinds_in(given_kinds(request.GET, None)),
        "on": day_in(request.GET.get("on"), None),
        "form_key": secrets.token_hex(16),
    }
    form = PlanForm(typed, initial=initial, hosts=hosts_of(ledger, clock.today()))
    return form, agenda_lines(typed, more=_wants(typed, "line"))


def plan_draft(form: PlanForm, lines: tuple[AgendaLine, ...]) -> PlanDraft:
    data = form.cleaned_data
    return PlanDraft(
        kinds=tuple(data["kinds"]), title=data["title"], starts_at=moment(data["on"], data["start"]),
        place=data["place"], agenda=drafts_of(lines),
    )  # fmt: skip


def given_kinds(given: QueryDict, planned: Session | None) -> list[str]:
    """``?kinds=a&kinds=b`` or ``?kinds=a,b``."""
    if planned is not None:
        return [row.kind for row in planned.kind_rows.all()]
    return [kind for text in given.getlist("kinds") for kind in text.split(",")]


def kinds_in(given: list[str]) -> tuple[str, ...]:
    """The kinds that exist, each once."""
    return tuple(dict.fromkeys(kind for kind in given if kind in KINDS))


def day_in(given: str | None, otherwise: date | None) -> Any:
    try:
        return date.fromisoformat(given or "")
    except ValueError:
        return otherwise


def _wants(typed: QueryDict | None, what: str) -> bool:
    """Whether a button asked for more rows of something."""
    return typed is not None and typed.get("redo") == what


def _likely(
    request: HttpRequest, *, ledger: Unit, host: Unit, kinds: tuple[str, ...], day: date, planned: Session | None
) -> dict[str, Any]:
    """What most often is: the hours and place of the last time, the secretary in the chair, the last one who wrote."""
    last = last_like(ledger, kinds[0], before=day) if kinds else None
    secretary = secretary_on(ledger, day)
    own = Member.objects.filter(user=request.user.pk or 0).values_list("pk", flat=True).first()
    likely: dict[str, Any] = {
        "kinds": kinds, "host": host.pk, "on": day, "form_key": secrets.token_hex(16),
        "chair": secretary.pk if secretary else None, "recorder": last_recorder_id(ledger, before=day) or own,
        "title": request.GET.get("title", "")[:120], "for_year": request.GET.get("for_year", ""),
    }  # fmt: skip
    named = _ids(request.GET, "people")
    if named and any(member.pk == named[0] for member in chairs_for(ledger, day)):
        likely["chair"] = named[0]
    if last:
        likely |= {"start": timezone.localtime(last.starts_at).time(), "place": last.place}
        likely["end"] = timezone.localtime(last.ends_at).time() if last.ends_at else None
    if planned:
        likely |= {"title": planned.title, "place": planned.place, "host": planned.unit_id, "end": None}
        likely["start"] = timezone.localtime(planned.starts_at).time()
    return likely


def _as_kept(session: Session, kinds: tuple[str, ...]) -> dict[str, Any]:
    return {
        "kinds": kinds, "host": session.unit_id, "on": session.held_on,
        "start": timezone.localtime(session.starts_at).time(),
        "end": timezone.localtime(session.ends_at).time() if session.ends_at else None,
        "place": session.place, "title": session.title, "chair": session.chair_id, "recorder": session.recorder_id,
        "lecturer": session.lecturer_id, "outcome": session.outcome, "transcribed_from": session.transcribed_from,
        "for_year": session.for_year if session.for_year != session.held_on.year else None,
        "revision": session.revision, "reached_revision": revision_of(session), "reached": reached_words(session),
    }  # fmt: skip


def _answering(people: list[Member], tasks: Mapping[Place | None, Sequence[Task]]) -> list[Member]:
    """Who may answer for a task: those who met, and who does already."""
    named = [task.owner for found in tasks.values() for task in found if task.owner is not None]
    return list(dict.fromkeys([*people, *named]))


def _with_named(session: Session, people: list[Member]) -> list[Member]:
    """Who has left since is still offered where the record names him."""
    known = {person.pk for person in people}
    named = [p for p in (session.chair, session.recorder, session.lecturer) if p is not None and p.pk not in known]
    return [*people, *dict.fromkeys(named)]
