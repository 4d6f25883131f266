"""Questions about self-tests. What is asked of one member is asked by himself; of everybody there are only numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from youju.journal import queries as journal
from youju.kit.periods import Period
from youju.people.listed import Listed
from youju.people.members.models import Member, Membership
from youju.people.members.queries import memberships_on
from youju.people.units.models import Unit
from youju.study.questions.models import Question
from youju.study.questions.rules import is_right, letters
from youju.study.selftests.models import AskedIn, Picked, Recall, SelfTest, Sitting
from youju.study.selftests.rules import missed
from youju.study.selftests.values import ENOUGH, Missed, Stage, Tested

# -- of the unit: numbers ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Participation:
    """How many of how many. ``unreachable`` of those who have not finished have no account to be reminded on."""

    expected: int
    finished: int
    outstanding: int
    unreachable: int


@dataclass(frozen=True)
class Often:
    """A question that many got wrong."""

    question: Question
    missed: Missed


def of_ledger(ledger: Unit) -> list[SelfTest]:
    """The tests of a ledger, latest first, each with ``finished`` and ``asked_count``."""
    rows = SelfTest.objects.filter(ledger=ledger, dropped_at__isnull=True)
    done = Count("sittings", filter=Q(sittings__finished_on__isnull=False), distinct=True)
    return list(rows.annotate(finished=done, asked_count=Count("asked", distinct=True)))


def find(ledger: Unit, test_id: int) -> SelfTest | None:
    return SelfTest.objects.filter(ledger=ledger, pk=test_id, dropped_at__isnull=True).select_related("ledger").first()


def questions_of(test: SelfTest) -> list[Question]:
    rows = AskedIn.objects.filter(test=test).select_related("question__source").order_by("position")
    return [row.question for row in rows]


def tests_asking(question: Question) -> list[SelfTest]:
    """The tests that ask a question, latest first."""
    return list(SelfTest.objects.filter(asked__question=question, dropped_at__isnull=True))


def outstanding(test: SelfTest, *, on: date) -> list[Member]:
    """Who belongs to the unit and has not finished. For counting and for nothing else: no page shows who."""
    done = set(Sitting.objects.filter(test=test, finished_on__isnull=False).values_list("member_id", flat=True))
    people = {row.member_id: row.member for row in memberships_on(test.ledger, on)}
    return [member for pk, member in people.items() if pk not in done]


def participation(test: SelfTest, *, on: date) -> Participation:
    day = min(max(on, test.opens_on), test.closes_on)
    finished = Sitting.objects.filter(test=test, finished_on__isnull=False).count()
    open_ = outstanding(test, on=day)
    expected = len({row.member_id for row in memberships_on(test.ledger, day)})
    return Participation(expected, finished, len(open_), sum(member.user_id is None for member in open_))


def often_missed(test: SelfTest, *, on: date) -> list[Often] | None:
    """Which questions many got wrong, worst first. None while the test is open, or when fewer than five have finished:
    looked at from day to day, or with so few, it would tell of persons."""
    if test.stage_on(on) is not Stage.CLOSED:
        return None
    rows = Picked.objects.filter(sitting__test=test, sitting__finished_on__isnull=False)
    given: dict[int, list[list[int]]] = defaultdict(list)
    for question_id, picks in rows.values_list("question_id", "picks"):
        given[question_id].append(picks)
    if max(map(len, given.values()), default=0) < ENOUGH:
        return None
    judged = {
        question: missed([is_right(question.correct, picks) for picks in given[question.pk]])
        for question in questions_of(test)
    }
    found = [Often(question, told) for question, told in judged.items() if told]
    return sorted(found, key=lambda one: one.missed is not Missed.MOST)


def tested_in(ledger_ids: Collection[int], period: Period) -> list[Tested]:
    """Which texts and topics were tested by tests that began in a period, with how many finished each; tests that nobody
    has finished are left out. Each text and each topic of a test once."""
    tests = SelfTest.objects.shown().filter(
        ledger_id__in=Listed(ledger_ids), opens_on__gte=period.start, opens_on__lte=period.end
    )
    done = tests.annotate(finished=Count("sittings", filter=Q(sittings__finished_on__isnull=False)))
    finished = dict(done.filter(finished__gt=0).values_list("pk", "finished"))
    by_id = {test.pk: test for test in tests if test.pk in finished}
    asked = AskedIn.objects.filter(test_id__in=Listed(by_id)).order_by("test_id", "position")
    pairs = dict.fromkeys(asked.values_list("test_id", "question__source_id", "question__topic"))
    return [
        Tested(by_id[test].ledger_id, source, topic, by_id[test].opens_on, finished[test], test, by_id[test].title)
        for test, source, topic in pairs
        if source or topic
    ]


def body_of(test: SelfTest) -> tuple[dict[str, Any], dict[str, str]]:
    """What a revision of a test holds. Nothing of who answered."""
    body = {
        "ledger": test.ledger_id, "opens_on": test.opens_on, "closes_on": test.closes_on,
        "published_at": test.published_at, "dropped_at": test.dropped_at,
        "questions": list(AskedIn.objects.filter(test=test).order_by("position").values_list("question_id", flat=True)),
    }  # fmt: skip
    return body, {"title": test.title}


def torn() -> Iterator[str]:
    """Sentences about tests that do not read like their newest revision."""
    kept = journal.newest(room="study", noun="selftest")
    for test in SelfTest.objects.order_by("pk").iterator(chunk_size=500):
        written = kept.pop(test.pk, None)
        if written is None:
            yield f"自测“{test.title}”没有修订记录。"
        elif written.number != test.revision or written.unlike(*body_of(test)):
            yield f"自测“{test.title}”与最后一次修订不一致。"
    yield from (f"一次自测（{number}）只剩下修订记录。" for number in kept)


# -- of one member, asked by himself -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Mine:
    """A test as it stands with the member who asks."""

    test: SelfTest
    stage: Stage
    asked: int
    answered: int
    finished_on: date | None
    reminded_on: date | None

    @property
    def waits(self) -> bool:
        """Whether it is for him to answer now."""
        return self.stage is Stage.OPEN and self.finished_on is None


@dataclass(frozen=True)
class Asked:
    """One question of a test, and what the member picked, if he has."""

    position: int
    question: Question
    picks: tuple[int, ...] | None

    @property
    def right(self) -> bool | None:
        return None if self.picks is None else is_right(self.question.correct, self.picks)


def of_member(member: Member, *, on: date) -> list[Mine]:
    """Every test that is his to see: those of his unit that have begun, and those he has answered; open ones first."""
    return sorted(_told(member, _his(member, on), on), key=_order)


def _his(member: Member, on: date) -> QuerySet[SelfTest]:
    units = (
        Membership.objects.filter(member=member).on(on).values_list("unit__path", "unit__parent__path", "unit__kind")
    )
    paths = {path for own, above, _ in units for path in (own, above) if path}
    begun = Q(ledger__path__in=paths, opens_on__lte=on) | Q(sittings__member=member)
    return SelfTest.objects.shown().filter(begun).select_related("ledger").distinct()


def _told(member: Member, tests: QuerySet[SelfTest], on: date) -> list[Mine]:
    counts = tests.annotate(asked_count=Count("asked", distinct=True), reminded_on=Max("reminders__on"))
    return [_mine(test, sitting, on) for test, sitting in _with_sittings(member, list(counts))]


def _with_sittings(member: Member, tests: list[SelfTest]) -> Iterator[tuple[SelfTest, Sitting | None]]:
    rows = Sitting.objects.filter(member=member, test__in=tests).annotate(answered=Count("picked"))
    sittings = {row.test_id: row for row in rows}
    for test in tests:
        yield test, sittings.get(test.pk)


def _mine(test: SelfTest, sitting: Any, on: date) -> Mine:
    return Mine(
        test, test.stage_on(on), test.asked_count, sitting.answered if sitting else 0,  # type: ignore[attr-defined]
        sitting.finished_on if sitting else None, test.reminded_on,  # type: ignore[attr-defined]
    )  # fmt: skip


def _order(mine: Mine) -> tuple[bool, int]:
    return not mine.waits, -mine.test.opens_on.toordinal()


def mine(member: Member, test_id: int, *, on: date) -> Mine | None:
    """One of them; None where there is none for him."""
    return next(iter(_told(member, _his(member, on).filter(pk=test_id), on)), None)


def waiting_for(user_id: int | None, *, on: date) -> tuple[Mine, ...]:
    """The tests that the member behind an account has still to answer, for his own first page."""
    member = Member.objects.filter(user=user_id, forgotten_at__isnull=True).first() if user_id else None
    if member is None:
        return ()
    open_ = _his(member, on).filter(opens_on__lte=on, closes_on__gte=on)
    return tuple(one for one in sorted(_told(member, open_, on), key=_order) if one.waits)


def sheet_of(member: Member, test: SelfTest) -> list[Asked]:
    """The questions of a test in their order, with what he picked."""
    picked = dict(Picked.objects.filter(sitting__test=test, sitting__member=member).values_list("question_id", "picks"))
    return [
        Asked(position, question, tuple(picked[question.pk]) if question.pk in picked else None)
        for position, question in enumerate(questions_of(test), start=1)
    ]


def due_on(member: Member, *, on: date) -> QuerySet[Recall]:
    """What is worth asking him again today, longest due first."""
    rows = Recall.objects.filter(member=member, due_on__lte=on, question__retired_at__isnull=True)
    return rows.order_by("due_on", "pk")


def next_due(member: Member) -> date | None:
    """The next day on which something is worth asking him again."""
    rows = Recall.objects.filter(member=member, question__retired_at__isnull=True)
    return rows.order_by("due_on").values_list("due_on", flat=True).first()


def recalled(member: Member, question_id: int, *, on: date) -> Recall | None:
    """A question he is asked again, or has just been."""
    rows = Recall.objects.filter(member=member, question_id=question_id)
    return rows.filter(Q(due_on__lte=on) | Q(last_on=on)).select_related("question__source").first()


def about(member: Member) -> dict[str, object]:
    """All that is kept of his self-tests, for his own eyes."""
    sittings = Sitting.objects.filter(member=member).select_related("test__ledger").order_by("pk")
    picked = Picked.objects.filter(sitting__member=member).order_by("pk")
    recalls = Recall.objects.filter(member=member).order_by("due_on", "pk")
    return {
        "自测": [
            {"自测": row.test.title, "组织": row.test.ledger.name, "答完": row.finished_on or "还没有答完"} for row in sittings
        ],
        "自测作答": [
            {
                "题目": stem, "自测": title, "日期": on, "我的回答": letters(kind, picks),
                "对错": "对" if is_right(correct, picks) else "错",
            }
            for stem, kind, correct, title, on, picks in picked.values_list(
                "question__stem", "question__kind", "question__correct", "sitting__test__title", "picked_on", "picks"
            )
        ],
        "温故": [
            {
                "题目": stem, "上次": last, "上次的回答": letters(kind, picks), "下次": due,
                "记得多牢": f"大约 {max(1, round(stability))} 天",
            }
            for stem, kind, picks, last, due, stability in recalls.values_list(
                "question__stem", "question__kind", "picks", "last_on", "due_on", "stability"
            )
        ],
    }  # fmt: skip
