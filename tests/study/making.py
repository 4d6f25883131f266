"""A bank and a test that members can answer, by the real actions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tests import make
from youju.accounts.models import User
from youju.people.models import Member, Unit
from youju.people.roles.rules import Role
from youju.study.models import Question, SelfTest
from youju.study.questions.actions import write_question
from youju.study.questions.values import QuestionDraft
from youju.study.selftests.actions import answer, draw_up_test, publish_test
from youju.study.selftests.values import TestDraft

DAY, LAST = date(2026, 11, 2), date(2026, 11, 30)
AT = make.moment(DAY, 9)


def question(
    unit: Unit, stem: str = "党员大会多久召开一次？", *, correct: Sequence[int] = (1,), **more: object
) -> Question:
    draft = QuestionDraft(
        "multiple" if len(correct) > 1 else "single", stem, ("每月", "每季度", "每年"), tuple(correct), f"{stem}的解析。",
        **more,  # type: ignore[arg-type]
    )  # fmt: skip
    return write_question(unit=unit, draft=draft, by=None, at=AT)


def questions(unit: Unit, count: int = 3, *, of: str = "") -> list[Question]:
    return [question(unit, f"{of}第{number}题问什么？") for number in range(1, count + 1)]


def published(unit: Unit, asked: Sequence[Question], *, title: str = "十一月自测", last: date = LAST) -> SelfTest:
    draft = TestDraft(title, DAY, last, tuple(one.pk for one in asked))
    test = draw_up_test(unit=unit, draft=draft, by=None, at=AT)
    return publish_test(test=test, revision=test.revision, by=None, at=AT)


def answered(member: Member, test: SelfTest, picks: Sequence[int], *, day: date = DAY) -> None:
    """The member answers the questions in turn, as many as there are picks."""
    for one, pick in zip(test.asked.order_by("position"), picks, strict=False):
        answer(member=member, test_id=test.pk, question_id=one.question_id, picks=[pick], at=make.moment(day))


def account_of(member: Member, unit: Unit) -> User:
    user = make.user(f"账号{member.pk}", unit=unit, role=Role.MEMBER)
    make.link_account(member=member, user=user, by=None, at=make.START)
    return user
