"""Pure judgement of self-tests: is one whole, how does it stand, what is often missed, when is a question asked again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time

from fsrs import Card, Rating, Scheduler, State

from youju.kit.refusal import Refusal
from youju.kit.wording import needed
from youju.kit.zone import SHANGHAI
from youju.study.selftests.values import ENOUGH, MOST_QUESTIONS, Memory, Missed, Stage, TestDraft

LONGEST_TITLE, LONGEST_DAYS, MOST_DAYS_BETWEEN = 60, 92, 365

#: Whole days only: no steps of minutes within a sitting, and no chance in it, so that a page says the same when opened twice.
SCHEDULER = Scheduler(learning_steps=(), relearning_steps=(), maximum_interval=MOST_DAYS_BETWEEN, enable_fuzzing=False)


def checked_draft(draft: TestDraft) -> TestDraft:
    """The test as it is kept. Raises Refusal on the field at fault."""
    title = needed(draft.title, field="title", name="名称", most=LONGEST_TITLE)
    if draft.closes_on < draft.opens_on:
        raise Refusal("closes_on", "截止日期不能早于开始日期。")
    if (draft.closes_on - draft.opens_on).days >= LONGEST_DAYS:
        raise Refusal("closes_on", f"一次自测最长 {LONGEST_DAYS} 天。")
    chosen = tuple(dict.fromkeys(draft.question_ids))
    if len(chosen) > MOST_QUESTIONS:
        raise Refusal("questions", f"一次自测最多 {MOST_QUESTIONS} 道题，现在选了 {len(chosen)} 道。")
    return replace(draft, title=title, question_ids=chosen)


def stage(*, published: bool, dropped: bool, opens_on: date, closes_on: date, on: date) -> Stage:
    if dropped:
        return Stage.DROPPED
    if not published:
        return Stage.DRAFT
    return Stage.COMING if on < opens_on else Stage.OPEN if on <= closes_on else Stage.CLOSED


def missed(answers: Sequence[bool]) -> Missed | None:
    """``answers``: right or wrong, of everybody who finished a closed test. None where too few did."""
    if len(answers) < ENOUGH:
        return None
    wrong = answers.count(False) / len(answers)
    return Missed.MOST if wrong >= 1 / 2 else Missed.MANY if wrong >= 3 / 10 else Missed.FEW


def remembered(before: Memory | None, *, right: bool, on: date) -> Memory:
    """The memory after one more answer. A second answer on the same day changes nothing."""
    if before is not None and before.last_on >= on:
        return before
    card = _card(before, on)
    after, _ = SCHEDULER.review_card(card, Rating.Good if right else Rating.Again, review_datetime=_noon(on))
    assert after.stability is not None and after.difficulty is not None
    return Memory(after.stability, after.difficulty, after.due.astimezone(SHANGHAI).date(), on)


def _card(before: Memory | None, on: date) -> Card:
    """With its number and day given: left to itself a card would ask the clock, and wait a moment to be unlike the next."""
    if before is None:
        return Card(card_id=0, due=_noon(on))
    return Card(
        card_id=0, state=State.Review, stability=before.stability, difficulty=before.difficulty, due=_noon(before.due_on),
        last_review=_noon(before.last_on),
    )  # fmt: skip


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), SHANGHAI).astimezone(UTC)
