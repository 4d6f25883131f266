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
from youju.kit.telling import Telling
from youju.kit.zone import local_day
from youju.people.listed import Listed, ListedWords
from youju.people.members.models import Member, Membership
from youju.people.members.queries import member_of
from youju.people.units.models import Unit
from youju.people.written_once import Rows, growing_once, rows_once, written_once
from youju.study.questions.models import Question
from youju.study.questions.rules import is_right, letters
from youju.study.selftests.models import AskedIn, Picked, Recall, SelfTest, Sitting
from youju.study.selftests.rules import missed
from youju.study.selftests.values import Missed, Stage, Tested

# -- of the unit: numbers ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Participation:
    """How many of how many: three numbers that nobody's leaving changes. ``unreachable`` have no account, whether or not
    they have finished."""

    expected: int
    finished: int
    unreachable: int

    @property
    def outstanding(self) -> int:
        """By subtraction: the house never works out who they are, and so cannot tell."""
        return max(0, self.expected - self.finished)


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


def participation(test: SelfTest, *, on: date) -> Participation:
    """Of all who belonged to the unit on a day on which they could answer; who has left since still counts, as his answers
    do."""
    first = max(test.opens_on, local_day(test.published_at)) if test.published_at else test.opens_on
    last = max(first, min(on, test.closes_on))
    belonged = Membership.objects.in_unit(test.ledger).filter(since__lte=last).exclude(until__lte=first)
    accounts = dict(belonged.values_list("member_id", "member__user_id"))
    finished = Sitting.objects.filter(test=test, finished_on__isnull=False).count()
    return Participation(len(accounts), finished, sum(account is None for account in accounts.values()))


def misses(test: SelfTest) -> dict[int, Missed | None]:
    """How many got each question of a closed test wrong, by the answers that are there now. Asked once, to be kept: who
    compared two such answers, before and after one member erased his or the key was changed, would learn his."""
    rows = Picked.objects.filter(sitting__test=test, sitting__finished_on__isnull=False)
    given: dict[int, list[list[int]]] = defaultdict(list)
    for question_id, picks in rows.values_list("question_id", "picks"):
        given[question_id].append(picks)
    return {one.pk: missed([is_right(one.correct, picks) for picks in given[one.pk]]) for one in questions_of(test)}


def often_missed(test: SelfTest) -> list[Often] | None:
    """Which questions many got wrong, worst first, as it was counted after the end. None where that is not to be told: not
    yet, or too few answered."""
    asked = AskedIn.objects.filter(test=test).select_related("question").order_by("position")
    told = [Often(one.question, Missed(one.missed)) for one in asked if one.missed]
    if not told:
        return None
    return [one for grade in (Missed.MOST, Missed.MANY) for one in told if one.missed is grade]


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


def of_member(member: Member, *, on: date, latest: int | None = None) -> list[Mine]:
    """Every test that is his to see: those of his unit that have begun, and those he has answered; open ones first.

    With ``latest`` so many that began last, and whatever else is still open.
    """
    begun = list(_begun(_paths(member, on), member.pk, on))
    asked = [pk for at, (pk, _, ends) in enumerate(begun) if latest is None or at < latest or ends >= on]
    return sorted(_told(member, _of_these(Listed(asked)) if asked else [], on), key=_order)


def how_many(member: Member, *, on: date) -> int:
    """How many tests are his to see."""
    return sum(1 for _ in _begun(_paths(member, on), member.pk, on))


def has_answered(member: Member) -> bool:
    return Picked.objects.filter(sitting__member=member).exists()


def _paths(member: Member, on: date) -> ListedWords:
    """Of his units and of those right above them."""
    return ListedWords(sorted({path for paths in _paths_of(member.pk, on) for path in paths if path}))


@written_once
def _paths_of(member: int, on: date) -> Rows:
    return Membership.objects.filter(member_id=member).on(on).values_list("unit__path", "unit__parent__path")


def _his(tests: QuerySet[SelfTest], paths: ListedWords, member: int, on: date) -> QuerySet[SelfTest]:
    begun = Q(ledger__path__in=paths, opens_on__lte=on) | Q(sittings__member_id=member)
    return tests.filter(begun).select_related("ledger").distinct()


def _counted(tests: QuerySet[SelfTest]) -> QuerySet[Any]:
    return tests.annotate(asked_count=Count("asked", distinct=True), reminded_on=Max("reminders__on"))


@written_once
def _begun(paths: ListedWords, member: int, on: date) -> Rows:
    his = _his(SelfTest.objects.shown(), paths, member, on).order_by("-opens_on", "-pk")
    return his.values_list("pk", "opens_on", "closes_on")


@rows_once
def _of_these(tests: Listed) -> QuerySet[Any]:
    return _counted(SelfTest.objects.filter(pk__in=tests).select_related("ledger"))


@rows_once
def _one_of_his(paths: ListedWords, member: int, on: date, test: int) -> QuerySet[Any]:
    return _counted(_his(SelfTest.objects.shown(), paths, member, on).filter(pk=test))


@rows_once
def _open_to_him(paths: ListedWords, member: int, on: date) -> QuerySet[Any]:
    return _counted(_his(SelfTest.objects.shown(), paths, member, on).filter(opens_on__lte=on, closes_on__gte=on))


def _told(member: Member, tests: list[SelfTest], on: date) -> list[Mine]:
    return [_mine(test, sitting, on) for test, sitting in _with_sittings(member, tests)]


def _with_sittings(member: Member, tests: list[SelfTest]) -> Iterator[tuple[SelfTest, Sitting | None]]:
    found = _sittings(member.pk, Listed(test.pk for test in tests)) if tests else []
    sittings = {row.test_id: row for row in found}
    for test in tests:
        yield test, sittings.get(test.pk)


@rows_once
def _sittings(member: int, tests: Listed) -> QuerySet[Any]:
    return Sitting.objects.filter(member_id=member, test_id__in=tests).annotate(answered=Count("picked"))


def _mine(test: SelfTest, sitting: Any, on: date) -> Mine:
    return Mine(
        test, test.stage_on(on), test.asked_count, sitting.answered if sitting else 0,  # type: ignore[attr-defined]
        sitting.finished_on if sitting else None, test.reminded_on,  # type: ignore[attr-defined]
    )  # fmt: skip


def _order(mine: Mine) -> tuple[bool, int]:
    return not mine.waits, -mine.test.opens_on.toordinal()


def taken_off(member: Member, test_id: int, *, on: date) -> bool:
    """Whether a test that was his to answer has been taken off since."""
    tests = SelfTest.objects.filter(pk=test_id, dropped_at__isnull=False, published_at__isnull=False)
    return _his(tests, _paths(member, on), member.pk, on).exists()


def mine(member: Member, test_id: int, *, on: date) -> Mine | None:
    """One of them; None where there is none for him."""
    return next(iter(_told(member, _one_of_his(_paths(member, on), member.pk, on, test_id), on)), None)


def waiting_for(user_id: int | None, *, on: date) -> tuple[Mine, ...]:
    """The tests that the member behind an account has still to answer, for his own first page."""
    member = member_of(user_id)
    if member is None or member.forgotten_at:
        return ()
    tests = _open_to_him(_paths(member, on), member.pk, on)
    return tuple(one for one in sorted(_told(member, tests, on), key=_order) if one.waits)


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
    return {
        "自测": Telling(_sat(member.pk), _say_sitting),
        "自测作答": Telling(_picked_by(member.pk), _say_picked),
        "温故": Telling(_recalled_by(member.pk), _say_recall),
    }


@growing_once
def _sat(member: int) -> Rows:
    rows = Sitting.objects.filter(member_id=member).order_by("pk")
    return rows.values_list("test__title", "test__ledger__name", "finished_on")


@growing_once
def _picked_by(member: int) -> Rows:
    said = ("question__stem", "question__kind", "question__correct", "sitting__test__title", "picked_on", "picks")
    return Picked.objects.filter(sitting__member_id=member).order_by("pk").values_list(*said)


@growing_once
def _recalled_by(member: int) -> Rows:
    said = ("question__stem", "question__kind", "picks", "last_on", "due_on", "stability")
    return Recall.objects.filter(member_id=member).order_by("due_on", "pk").values_list(*said)


def _say_sitting(title: str, unit: str, finished_on: date | None) -> dict[str, object]:
    return {"自测": title, "组织": unit, "答完": finished_on or "还没有答完"}


def _say_picked(stem: str, kind: str, correct: list[int], title: str, on: date, picks: list[int]) -> dict[str, object]:
    right = "对" if is_right(correct, picks) else "错"
    return {"题目": stem, "自测": title, "日期": on, "我的回答": letters(kind, picks), "对错": right}


def _say_recall(stem: str, kind: str, picks: list[int], last: date, due: date, stability: float) -> dict[str, object]:
    return {
        "题目": stem, "上次": last, "上次的回答": letters(kind, picks), "下次": due,
        "记得多牢": f"大约 {max(1, round(stability))} 天",
    }  # fmt: skip
