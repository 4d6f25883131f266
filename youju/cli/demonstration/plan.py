"""The home branch's plans: this year's adopted by January's 支委会 and carried out, next year's drafted from November on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from youju.cli.demonstration import days
from youju.cli.demonstration.builder import World
from youju.duties.offers import offer_for
from youju.duties.plans import actions as plans
from youju.duties.plans.queries import lines_of, meetings, plan_of
from youju.duties.plans.values import LineDraft, Rhythm, Source
from youju.duties.replies.actions import answer_with
from youju.records.models import Session

#: Who has what in hand: the rule, and the person.
HANDS = {
    "committee_meeting": "周砚秋", "party_meeting": "周砚秋", "party_lecture_quarterly": "周砚秋", "heart_talk": "周砚秋",
    "theme_day": "林朝暮", "org_life_meeting": "林朝暮", "member_review": "林朝暮",
}  # fmt: skip
SYSTEM, SUMMARY = "修订支部组织生活制度", "总结全年工作，准备述职评议"
DRAFTING_BEGINS = 11


def schedule(world: World) -> None:
    """Begun in the first days of the year, adopted once January's meeting is recorded; what it set is answered in March."""
    year = world.on.year
    world.at(days.moment(days.near(year, 1, 4), 15), lambda at: _begin(world, year, at))
    world.at(days.moment(days.near(year, 1, 28), 15), lambda at: _adopt(world, year, at))
    world.at(days.moment(days.near(year, 4, 7), 10), lambda at: _answer(world, year, at))
    if world.on.month >= DRAFTING_BEGINS:
        world.at(days.moment(days.near(year, DRAFTING_BEGINS, 10), 16), lambda at: _draft(world, year + 1, at))


def _own(world: World, year: int) -> tuple[LineDraft, ...]:
    """What the branch sets itself beyond rules and problems."""
    return (
        LineDraft("开展警示教育", figure="警示教育次数", target=1, rhythm=Rhythm.HALF_YEARLY, owner_id=world.members["周砚秋"].pk),
        LineDraft(
            SYSTEM, rhythm=Rhythm.DAY, by_day=date(year, 3, 31), owner_id=world.members["林朝暮"].pk, note="支委会通过后印发各党小组。",
        ),
        LineDraft(SUMMARY, rhythm=Rhythm.DAY, by_day=date(year, 12, 20), owner_id=world.members["周砚秋"].pk),
        LineDraft(
            "建设服务型党支部", rhythm=Rhythm.DAY, by_day=date(year, 12, 25), owner_id=world.members["周砚秋"].pk,
            note="以托管党员联络岗为主，年底在党员大会上评一次做法。",
        ),
        LineDraft(
            "带着问题开展工作调研", figure="调研次数", target=2, rhythm=Rhythm.YEARLY, owner_id=world.members["何青松"].pk,
        ),
        LineDraft(
            "落实基层党建工作责任制和作风建设措施", rhythm=Rhythm.DAY, by_day=date(year, 12, 28),
            owner_id=world.members["林朝暮"].pk,
        ),
    )  # fmt: skip


def _begin(world: World, year: int, at: datetime) -> None:
    unit = world.units["home"]
    offered = offer_for(unit, year, None, on=at.date()).proposals
    taken = [p.draft for source in (Source.RULE, Source.PROBLEM) for p in offered.get(source, ())]
    held = [_in_hand(world, draft) for draft in taken]
    plans.begin(unit=unit, year=year, lines=(*held, *_own(world, year)), by=world.clerks["home"], at=at)


def _in_hand(world: World, draft: LineDraft) -> LineDraft:
    name = HANDS.get(draft.rule_id)
    return replace(draft, owner_id=world.members[name].pk) if name else draft


def _adopt(world: World, year: int, at: datetime) -> None:
    plan = plan_of(world.units["home"], year)
    found = meetings(world.units["home"], year, on=at.date())
    january = [session for session in found if session.held_on.year == year]
    if plan is not None and january:
        plans.adopt(plan=plan, session=january[-1], by=world.secretaries["home"], at=at)


def _answer(world: World, year: int, at: datetime) -> None:
    """The record of March's 支委会 settles what counts no times."""
    unit = world.units["home"]
    plan = plan_of(unit, year)
    lines = lines_of(plan) if plan else ()
    line = next((line for line in lines if line.title == SYSTEM), None)
    march = Session.objects.filter(ledger=unit, unit=unit).happened().of_kinds(("committee_meeting",))
    session = march.filter(held_on__year=year, held_on__month=3).order_by("held_on").first()
    if line is not None and session is not None:
        answer_with(
            unit=unit,
            key=f"plan/{line.id}",
            session=session,
            years=(year,),
            by=world.clerks["home"],
            at=at + timedelta(minutes=5),
        )


def _draft(world: World, year: int, at: datetime) -> None:
    unit = world.units["home"]
    offered = offer_for(unit, year, None, on=at.date())
    drafts = [_in_hand(world, p.draft) for found in offered.proposals.values() for p in found]
    plans.begin(unit=unit, year=year, lines=drafts, by=world.clerks["home"], at=at)
