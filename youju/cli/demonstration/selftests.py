"""题库、自测和知识竞赛 of the demonstration: the library's branch tests itself twice a year on what it has studied."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path

from youju.cli.demonstration import days
from youju.cli.demonstration.builder import World
from youju.cli.demonstration.texts import branch, of_year
from youju.kit.schema import Strict, validated
from youju.people.members.queries import memberships_on
from youju.records.sources.actions import enter_source
from youju.records.sources.models import Source
from youju.records.sources.values import SourceDraft
from youju.study.contests.actions import draw, link
from youju.study.contests.queries import FORM, records_offered, standing_as
from youju.study.contests.values import ContestDraft
from youju.study.models import Question, SelfTest
from youju.study.questions.actions import write_question
from youju.study.questions.values import QuestionDraft, QuestionKind
from youju.study.selftests.actions import answer, draw_up_test, publish_test
from youju.study.selftests.queries import questions_of
from youju.study.selftests.values import TestDraft

KEY = "library"
#: The study of this month is a contest every second year.
CONTEST_MONTH, CONTEST = 7, "支部工作条例知识竞赛"


class Text(Strict):
    title: str
    kind: str
    origin: str
    issued_on: date


class Ask(Strict):
    """A question; ``right`` counts from 1. Without choices it is to be judged."""

    stem: str
    choices: tuple[str, ...] = ()
    right: tuple[int, ...]
    why: str

    @property
    def kind(self) -> QuestionKind:
        if not self.choices:
            return QuestionKind.JUDGE
        return QuestionKind.MULTIPLE if len(self.right) > 1 else QuestionKind.SINGLE


class Round(Strict):
    """A test of a year; ``first`` counts from 1. Of who answers, in the order of the roster, each gets so many ``wrong``."""

    title: str
    month: int
    day: int
    last: int
    first: int
    count: int
    wrong: tuple[int, ...]


class File(Strict):
    source: Text
    questions: tuple[Ask, ...]
    tests: tuple[Round, ...]


@cache
def texts() -> File:
    return validated(Path(__file__).with_name("questions.yaml"), File)[0]


def schedule(world: World) -> None:
    """From last year on: before that the branch did not know of it."""
    begins = max(world.first_year, world.on.year - 1)
    world.at(days.moment(date(begins, 3, 20), 10), lambda at: _write(world, at))
    for year in range(begins, world.on.year + 1):
        if FORM in of_year(branch(KEY).pools["group_study"], year, CONTEST_MONTH - 1, a_year=12).forms:
            day = days.nth(year, CONTEST_MONTH, days.WEDNESDAY, 4)
            world.at(days.moment(day - timedelta(days=7), 9), lambda at, day=day: _draw(world, day, at))  # type: ignore[misc]
            world.at(days.moment(day + timedelta(days=18), 16), lambda at, day=day: _link(world, day, at))  # type: ignore[misc]
        for one in texts().tests:
            first, last = date(year, one.month, one.day), date(year, one.month, one.last)
            world.at(
                days.moment(first, 8, 30), lambda at, one=one, last=last: _publish(world, one, last, at)  # type: ignore[misc]
            )  # fmt: skip
            for number in range(len(one.wrong)):
                at = days.moment(first, 12, number * 7)
                world.at(at, lambda at, one=one, number=number: _answer(world, one, number, at))  # type: ignore[misc]


def _write(world: World, at: datetime) -> None:
    unit, by, text = world.units[KEY], world.clerks[KEY], texts().source
    source = Source.objects.filter(ledger=unit, title=text.title).first()
    if source is None:
        draft = SourceDraft(text.title, text.kind, text.issued_on, text.origin)
        source = enter_source(unit=unit, draft=draft, by=by, at=at)
    for ask in texts().questions:
        right = tuple(place - 1 for place in ask.right)
        question = QuestionDraft(ask.kind, ask.stem, ask.choices, right, ask.why, source.pk, "党章党规")
        write_question(unit=unit, draft=question, by=by, at=at)


def _publish(world: World, one: Round, last: date, at: datetime) -> None:
    unit, by = world.units[KEY], world.clerks[KEY]
    bank = list(Question.objects.in_use().filter(ledger=unit).order_by("pk"))
    asked = tuple(question.pk for question in bank[one.first - 1 : one.first - 1 + one.count])
    draft = TestDraft(one.title, at.date(), last, asked)
    test = draw_up_test(unit=unit, draft=draft, by=by, at=at)
    publish_test(test=test, revision=test.revision, by=by, at=at)


def _draw(world: World, day: date, at: datetime) -> None:
    draft = ContestDraft(CONTEST, day, 6)
    seed = sha256(f"{day}".encode()).hexdigest()[:8]
    draw(unit=world.units[KEY], draft=draft, seed=seed, by=world.clerks[KEY], at=at)


def _link(world: World, day: date, at: datetime) -> None:
    unit = world.units[KEY]
    contest = standing_as(unit, title=CONTEST, day=day)
    session = next((row for row in records_offered(contest) if row.held_on == day), None) if contest else None
    if contest and session:
        link(contest=contest, number=session.number, revision=contest.revision, by=world.clerks[KEY], at=at)


def _answer(world: World, one: Round, number: int, at: datetime) -> None:
    """One member answers them all; wrong are the last ones, so that the hardest stands at the end."""
    unit = world.units[KEY]
    test = SelfTest.objects.filter(ledger=unit, title=one.title, opens_on=at.date()).get()
    member = memberships_on(unit, at.date())[number].member
    for place, question in enumerate(questions_of(test)):
        fails = place >= one.count - one.wrong[number]
        others = [[pick] for pick in range(len(question.choices)) if pick not in question.correct] or [[0]]
        picks = others[0] if fails else question.correct
        answer(member=member, test_id=test.pk, question_id=question.pk, picks=picks, at=at)
