"""Changes to contests: draw, drop, say which record held it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from youju.journal import actions as journal
from youju.journal.values import Actor, Owner
from youju.kit.drawing import SEED, digest_of, drawn
from youju.kit.refusal import Overtaken, Refusal
from youju.kit.wording import needed
from youju.kit.zone import local_day
from youju.people.units.actions import bump
from youju.people.units.models import Unit
from youju.people.units.queries import ledger_unit
from youju.records.sources.models import Source
from youju.study.contests.models import Contest, ContestQuestion
from youju.study.contests.queries import body_of, pool_of, record_of_number, standing_as
from youju.study.contests.rules import check_size, checked_draft
from youju.study.contests.values import ContestDraft, Stage
from youju.study.curriculum.queries import tree_of


def draw(*, unit: Unit, draft: ContestDraft, seed: str, by: Actor | None, at: datetime) -> Contest:
    """抽题 from the bank as it is now. ``seed`` is given by who calls, who may look for chance.

    A second click gives the contest that is there. Raises Refusal on ``title``, ``day``, ``size`` or ``source``.
    """
    assert SEED.fullmatch(seed)  # the door makes it
    keeper, today = ledger_unit(unit), local_day(at)
    draft = checked_draft(draft, today=today)
    source = Source.objects.filter(ledger=keeper, pk=draft.source_id).first() if draft.source_id else None
    if draft.source_id and source is None:
        raise Refusal("source", "没有这份学习材料，请重新选。")
    with transaction.atomic():
        Unit.objects.select_for_update().get(pk=keeper.pk)  # of two clicks the second sees the first
        topic = _named(keeper, draft.topic)
        if there := standing_as(keeper, title=draft.title, day=draft.day):
            if (there.size, there.topic, there.source_id) == (draft.size, topic, draft.source_id):
                return there
            raise Refusal("title", "这一天已经有一次叫这个名称的竞赛。要重抽，先写原因作废那一次。")
        pool = pool_of(keeper, topic=draft.topic, source=source)
        check_size(draft.size, pool=len(pool))
        contest = Contest.objects.create(
            ledger=keeper, title=draft.title, day=draft.day, topic=topic, source=source, seed=seed, size=draft.size,
            pool_size=len(pool), pool_digest=digest_of(pool), drawn_on=today, entered_at=at,
        )  # fmt: skip
        ContestQuestion.objects.bulk_create(
            ContestQuestion(contest=contest, question_id=pool[number - 1], position=position, number=number)
            for position, number in enumerate(drawn(seed, len(pool), draft.size), 1)
        )
        _note(contest, verb="抽竞赛题", by=by, at=at)
    return contest


def drop(*, contest: Contest, revision: int, reason: str, by: Actor | None, at: datetime) -> None:
    """作废 before it was held, so that another may be drawn; it stays to be seen. Raises Refusal on ``reason``."""
    reason = needed(reason, field="reason", name="作废的原因", most=200)
    with transaction.atomic():
        contest = _standing(contest, revision)
        if contest.stage is Stage.HELD:
            raise Refusal("", "这次竞赛已经办过，不能作废。记录有错的，请到记录里更正。")
        contest.dropped_at, contest.reason, contest.session = max(at, contest.entered_at), reason, None
        contest.save(update_fields=["dropped_at", "reason", "session"])
        _note(contest, verb="作废竞赛", by=by, at=at)


def link(*, contest: Contest, number: str, revision: int, by: Actor | None, at: datetime) -> None:
    """The record of the ledger that held it; a wrong one is put right by the right one. Raises Refusal on ``record``."""
    with transaction.atomic():
        # Of two contests for one record the second sees that the first has it.
        Unit.objects.select_for_update(no_key=True).get(pk=contest.ledger_id)
        contest = _standing(contest, revision)
        session = record_of_number(contest, number.strip())
        if session is None:
            raise Refusal("record", "台账里没有这个编号、形式是知识竞赛的记录，或者它在抽题之前，或者已经关联过。")
        contest.session = session
        contest.save(update_fields=["session"])
        _note(contest, verb="关联竞赛记录", by=by, at=at)


# -- parts ------------------------------------------------------------------------------------------------------------


def _named(ledger: Unit, topic: str) -> str:
    """The words of a topic: of one in the tree its title as it is now."""
    tree = tree_of(ledger)
    known = topic.isascii() and topic.isdigit() and int(topic) in tree
    return tree.node(int(topic)).title if known else topic


def _standing(contest: Contest, revision: int) -> Contest:
    """As it is now, locked, and not dropped; somebody who saw an older one is told."""
    now = Contest.objects.select_related("ledger", "session").select_for_update(of=("self",)).get(pk=contest.pk)
    if now.stage is Stage.DROPPED:
        raise Refusal("", "这次竞赛已经作废。")
    if now.revision != revision:
        raise Overtaken("这次竞赛")
    return now


def _note(contest: Contest, *, verb: str, by: Actor | None, at: datetime) -> None:
    contest = Contest.objects.prefetch_related("asked").get(pk=contest.pk)
    bump(unit_id=contest.ledger_id, years={contest.day.year})
    body, texts = body_of(contest)
    owner = Owner("study", "contest", contest.pk)
    revision = journal.write_revision(owner=owner, body=body, texts=texts, by=by, at=at)
    Contest.objects.filter(pk=contest.pk).update(revision=revision.number)
    journal.write_line(
        by=by, at=at, verb=verb, room="study", noun="contest", object_id=contest.pk, unit_id=contest.ledger_id,
        summary=f"种子{contest.seed} {contest.size}道",
    )  # fmt: skip
