"""Changes to self-tests: draw up, change, publish, take off, remind; and the member's own: answer, refresh, erase."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from youju.journal import actions as journal
from youju.journal.values import Actor, Owner
from youju.kit.refusal import NotYours, Overtaken, Refusal
from youju.kit.zone import local_day
from youju.people.members.models import Member
from youju.people.units.actions import bump
from youju.people.units.models import Unit
from youju.people.units.queries import ledger_unit
from youju.study.questions.models import Question
from youju.study.questions.rules import checked_picks, is_right
from youju.study.selftests.models import AskedIn, Picked, Recall, Reminder, SelfTest, Sitting
from youju.study.selftests.queries import body_of, mine, misses, participation
from youju.study.selftests.rules import checked_draft, remembered
from youju.study.selftests.values import Memory, Stage, TestDraft

# -- the unit's --------------------------------------------------------------------------------------------------------


def draw_up_test(*, unit: Unit, draft: TestDraft, by: Actor | None, at: datetime) -> SelfTest:
    """出一次自测; nobody sees it before it is published. Raises Refusal on the field at fault."""
    keeper, draft = ledger_unit(unit), checked_draft(draft)
    _check_days(draft, at)
    with transaction.atomic():
        test = SelfTest.objects.create(
            ledger=keeper, title=draft.title, opens_on=draft.opens_on, closes_on=draft.closes_on, entered_at=at
        )
        _ask(test, draft.question_ids)
        _note(test, verb="出自测", by=by, at=at)
    return test


def change_test(*, test: SelfTest, draft: TestDraft, revision: int, by: Actor | None, at: datetime) -> SelfTest:
    """改. Of a published one only the name and the last day, and once that is over the name. Raises Refusal, or when somebody
    was quicker.

    A test that is over stays over: opened again, what was often missed before and after one more answer would tell his.
    """
    with transaction.atomic():
        now = _locked(test)
        if now.revision != revision:
            raise Overtaken("这次自测")
        published = now.published_at is not None
        if published:
            draft = replace(draft, opens_on=now.opens_on)
        draft = checked_draft(draft)
        if not published or draft.closes_on != now.closes_on:
            if now.stage_on(local_day(at)) is Stage.CLOSED:
                raise Refusal("closes_on", "这次自测已经截止，截止日期不能再改。要再测，请另出一次。")
            _check_days(draft, at)
        now.title, now.opens_on, now.closes_on = draft.title, draft.opens_on, draft.closes_on
        now.save(update_fields=["title", "opens_on", "closes_on"])
        if not published:
            now.asked.all().delete()
            _ask(now, draft.question_ids)
        _note(now, verb="改自测", by=by, at=at)
    return now


def publish_test(*, test: SelfTest, revision: int, by: Actor | None, at: datetime) -> SelfTest:
    """发布 what was looked at. A second click changes nothing.

    Raises Refusal where it has no questions, its last day is over, or somebody changed it meanwhile: once members can
    answer, the questions stay.
    """
    with transaction.atomic():
        now = _locked(test)
        if now.published_at is not None:
            return now
        if now.revision != revision:
            raise Refusal("", "这次自测刚刚被别人改过，请看一遍再发布。")
        if not now.asked.exists():
            raise Refusal("", "还没有选题，请先选题再发布。")
        if now.closes_on < local_day(at):
            raise Refusal("", "截止日期已经过了，请先改日期再发布。")
        now.published_at = at
        now.save(update_fields=["published_at"])
        _note(now, verb="发布自测", by=by, at=at)
    return now


def drop_test(*, test: SelfTest, by: Actor | None, at: datetime) -> None:
    """撤下: nobody is asked any more. What members answered stays theirs. A second click changes nothing."""
    with transaction.atomic():
        now = SelfTest.objects.select_for_update(of=("self",)).get(pk=test.pk)
        if now.dropped_at is None:
            now.dropped_at = at
            now.save(update_fields=["dropped_at"])
            _note(now, verb="撤下自测", by=by, at=at)


def remind(*, test: SelfTest, by: Actor | None, at: datetime) -> int:
    """发提醒 to those who have not finished, whoever they are; how many there are. Once a day: a second click sends nothing
    more.

    Raises Refusal where nobody can answer now, or nobody is left.
    """
    today = local_day(at)
    with transaction.atomic():
        now = _locked(test)
        if now.stage_on(today) is not Stage.OPEN:
            raise Refusal("", "现在不是作答的时候，不用提醒。")
        sent = now.reminders.filter(on=today).first()
        if sent:
            return sent.count
        count = participation(now, on=today).outstanding
        if not count:
            raise Refusal("", "都答完了，不用提醒。")
        Reminder.objects.create(test=now, on=today, count=count)
        journal.write_line(
            by=by, at=at, verb="提醒自测", room="study", noun="selftest", object_id=now.pk, unit_id=now.ledger_id,
            summary=f"{count}人没答完",
        )  # fmt: skip
    return count


def settle_over(*, at: datetime, most: int | None = None) -> int:
    """数常错的题 of the tests that are over and were not counted yet; how many. ``most`` leaves the rest for the next time.

    Called by the worker and by night: nobody chooses the moment, and looking at a page counts nothing. Once and for good,
    whoever erases his answers or whatever is corrected later; no journal line, since nobody decided anything.
    """
    today = local_day(at)
    over = SelfTest.objects.shown().filter(closes_on__lt=today, settled_on__isnull=True)
    waiting = list(over.order_by("pk").values_list("pk", flat=True)[:most])
    for pk in waiting:
        with transaction.atomic():
            now = SelfTest.objects.select_for_update(of=("self",)).get(pk=pk)
            if now.settled_on is None and now.stage_on(today) is Stage.CLOSED:  # another worker, or taken off since
                for question_id, told in misses(now).items():
                    AskedIn.objects.filter(test=now, question_id=question_id).update(missed=told)
                SelfTest.objects.filter(pk=now.pk).update(settled_on=today)
    return len(waiting)


# -- the member's own: no journal line, since a line says who acted ------------------------------------------------------


def answer(*, member: Member, test_id: int, question_id: int, picks: Sequence[int], at: datetime) -> None:
    """Answers one question of a test. The first answer stays: sent again, or from two taps at once, nothing changes.

    Raises NotYours where there is no such test or question for him, Refusal on ``picks``, or when the test is closed.
    """
    today = local_day(at)
    standing = mine(member, test_id, on=today)
    question = Question.objects.filter(selftest=test_id, pk=question_id).first() if standing else None
    if standing is None or question is None:
        raise NotYours("没有这道题，或者这次自测不是给您的。")
    with transaction.atomic():
        Member.objects.select_for_update().get(pk=member.pk)  # of two taps the second waits here
        given = Picked.objects.filter(sitting__test=test_id, sitting__member=member)
        if given.filter(question=question).exists():
            return
        if standing.stage is not Stage.OPEN:
            raise Refusal("", "这次自测已经截止，不能再答。")
        chosen = checked_picks(question.kind, len(question.choices), picks, field="picks")
        sitting, _ = Sitting.objects.get_or_create(test_id=test_id, member=member)
        Picked.objects.create(sitting=sitting, question=question, picks=list(chosen), picked_on=today)
        if given.count() == standing.asked:
            Sitting.objects.filter(pk=sitting.pk, finished_on__isnull=True).update(finished_on=today)
        _remember(member, question, chosen, today)


def refresh(*, member: Member, question_id: int, picks: Sequence[int], at: datetime) -> None:
    """温故: answers a question that is due once more. Sent again on the same day, nothing changes.

    Raises NotYours where it is not one of his, Refusal on ``picks``.
    """
    today = local_day(at)
    with transaction.atomic():
        Member.objects.select_for_update().get(pk=member.pk)
        recall = Recall.objects.filter(member=member, question_id=question_id).select_related("question").first()
        if recall is None:
            raise NotYours("没有这道题。")
        if recall.due_on > today or recall.last_on >= today:
            return
        question = recall.question
        chosen = checked_picks(question.kind, len(question.choices), picks, field="picks")
        _remember(member, question, chosen, today)


def erase_own(*, member: Member) -> None:
    """清除: every answer and every memory goes for good. That he finished a test stays a tick; one begun is as if not."""
    with transaction.atomic():
        Member.objects.select_for_update().get(pk=member.pk)
        Picked.objects.filter(sitting__member=member).delete()
        Recall.objects.filter(member=member).delete()
        Sitting.objects.filter(member=member, finished_on__isnull=True).delete()


def forget(*, member: Member, by: Actor | None, at: datetime) -> None:
    """Everything goes; of a test he finished the tick stays without him, so that the number who took part stays."""
    erase_own(member=member)
    Sitting.objects.filter(member=member).update(member=None)


def _remember(member: Member, question: Question, picks: tuple[int, ...], on: date) -> None:
    recall = Recall.objects.filter(member=member, question=question).first()
    before = Memory(recall.stability, recall.difficulty, recall.due_on, recall.last_on) if recall else None
    after = remembered(before, right=is_right(question.correct, picks), on=on)
    if after != before:
        Recall.objects.update_or_create(
            member=member, question=question,
            defaults={
                "stability": after.stability, "difficulty": after.difficulty, "due_on": after.due_on,
                "last_on": after.last_on, "picks": list(picks),
            },
        )  # fmt: skip


# -- parts -------------------------------------------------------------------------------------------------------------


def _locked(test: SelfTest) -> SelfTest:
    now = SelfTest.objects.select_for_update(of=("self",)).select_related("ledger").get(pk=test.pk)
    if now.dropped_at is not None:
        raise Refusal("", "这次自测已经撤下。")
    return now


def _check_days(draft: TestDraft, at: datetime) -> None:
    if draft.closes_on < local_day(at):
        raise Refusal("closes_on", "截止日期不能在过去。")


def _ask(test: SelfTest, question_ids: Sequence[int]) -> None:
    """The questions in this order; each must be in use in the bank of the same ledger."""
    there = set(Question.objects.in_use().filter(ledger=test.ledger, pk__in=question_ids).values_list("pk", flat=True))
    if there != set(question_ids):
        raise Refusal("questions", "有的题目不在题库里，或者已经停用，请重新选。")
    AskedIn.objects.bulk_create(
        AskedIn(test=test, question_id=pk, position=position) for position, pk in enumerate(question_ids)
    )


def _note(test: SelfTest, *, verb: str, by: Actor | None, at: datetime) -> None:
    bump(unit_id=test.ledger_id, years={test.opens_on.year})
    body, texts = body_of(test)
    revision = journal.write_revision(owner=Owner("study", "selftest", test.pk), body=body, texts=texts, by=by, at=at)
    if revision.number != test.revision:
        SelfTest.objects.filter(pk=test.pk).update(revision=revision.number)
        test.revision = revision.number
    journal.write_line(
        by=by, at=at, verb=verb, room="study", noun="selftest", object_id=test.pk, unit_id=test.ledger_id
    )
