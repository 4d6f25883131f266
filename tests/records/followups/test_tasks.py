"""落实事项: entered with the resolution, kept through every correction, done with a day and a word."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests import make
from tests.cast import Cast, standing_cast
from youju.journal.models import Line, Revision
from youju.kit.refusal import Refusal
from youju.people.units.queries import version
from youju.records.activities import actions as activities
from youju.records.activities.models import Session
from youju.records.activities.values import ActivityDraft, AgendaDraft, ResolutionDraft
from youju.records.followups import actions, queries
from youju.records.followups.models import Task
from youju.records.followups.rules import Standing, match, stage
from youju.records.followups.values import Place, Stage, TaskDraft
from youju.records.queries import about
from youju.upkeep.verify import faults

DAY = date(2026, 3, 20)
AT = make.moment(DAY, 20)
LATER = make.moment(date(2026, 5, 8))
DUE = date(2026, 4, 30)


@pytest.fixture
def cast() -> Cast:
    return standing_cast(groups=2)


def item(title: str, *tasks: TaskDraft, text: str = "同意") -> AgendaDraft:
    return AgendaDraft(title, resolutions=(ResolutionDraft(text, tasks=tasks),))


def draft(cast: Cast, *agenda: AgendaDraft) -> ActivityDraft:
    starts = make.moment(DAY)
    roster = make.everyone(cast.branch, ("party_meeting",), DAY)
    return ActivityDraft(("party_meeting",), "大会", starts, starts + timedelta(hours=1), roster=roster, agenda=agenda)


def record(cast: Cast, *agenda: AgendaDraft) -> Session:
    return activities.record_activity(unit=cast.branch, draft=draft(cast, *agenda), by=cast.clerk, at=AT)


def correct(cast: Cast, session: Session, *agenda: AgendaDraft) -> Session:
    session.refresh_from_db()
    return activities.correct_activity(
        session=session, draft=draft(cast, *agenda), revision=session.revision, reason="记错了", by=None, at=LATER
    )


def finish(task: Task, **words: object) -> None:
    given: dict[str, object] = {"word": "已装好", "on": date(2026, 4, 20), "revision": task.revision, **words}
    actions.finish_task(task=task, by=None, at=LATER, **given)  # type: ignore[arg-type]


def refused(call: object, field: str) -> str:
    lines, revisions = Line.objects.count(), Revision.objects.count()
    with pytest.raises(Refusal) as caught:
        call()  # type: ignore[operator]
    assert (Line.objects.count(), Revision.objects.count()) == (lines, revisions)
    assert caught.value.field == field
    return caught.value.sentence


@pytest.mark.django_db
class TestWriting:
    def test_it_stands_under_its_resolution_with_who_and_when(self, cast: Cast) -> None:
        session = record(cast, AgendaDraft("学习"), item("灭火器", TaskDraft(" 装灭火器 ", cast.people[1].pk, DUE)))
        task = Task.objects.get()
        assert (task.session, task.text, task.owner, task.due_on) == (session, "装灭火器", cast.people[1], DUE)
        assert queries.tasks_of(session) == {Place(1, 0): [task]}
        assert Line.objects.filter(noun="task", verb="定落实事项", summary=session.number).exists()
        assert faults() == []

    def test_the_soonest_comes_first_and_what_has_no_day_last(self, cast: Cast) -> None:
        record(cast, item("甲", TaskDraft("无"), TaskDraft("晚", due_on=date(2026, 6, 1)), TaskDraft("早", due_on=DUE)))
        assert [task.text for task in queries.tasks_in(cast.branch)] == ["早", "晚", "无"]

    def test_an_owner_from_elsewhere_is_refused(self, cast: Cast) -> None:
        stranger = make.member(cast.other)
        said = refused(lambda: record(cast, item("甲", TaskDraft("乙", stranger.pk))), "agenda")
        assert stranger.name not in said
        assert not Session.objects.exists()

    def test_a_day_before_the_meeting_is_refused(self, cast: Cast) -> None:
        assert "期限" in refused(lambda: record(cast, item("甲", TaskDraft("乙", due_on=date(2026, 3, 19)))), "agenda")

    def test_words_have_a_length(self, cast: Cast) -> None:
        assert "300" in refused(lambda: record(cast, item("甲", TaskDraft("长" * 301))), "agenda")


@pytest.mark.django_db
class TestCorrecting:
    def test_the_same_draft_again_changes_nothing(self, cast: Cast) -> None:
        session = record(cast, item("甲", TaskDraft("乙", cast.people[1].pk, DUE)))
        before = Task.objects.values().get()
        correct(cast, session, item("甲", TaskDraft("乙", cast.people[1].pk, DUE)))
        assert Task.objects.values().get() == before

    def test_what_is_done_stays_done(self, cast: Cast) -> None:
        session = record(cast, item("甲", TaskDraft("乙")))
        finish(Task.objects.get())
        task = Task.objects.get()
        correct(cast, session, item("甲（改字）", TaskDraft("乙（改字）", task_id=task.pk)))
        task = Task.objects.get()
        assert (task.text, task.done_on, task.word) == ("乙（改字）", date(2026, 4, 20), "已装好")

    def test_who_does_not_speak_of_it_does_not_lose_it(self, cast: Cast) -> None:
        session = record(cast, item("甲", TaskDraft("乙"), text="装灭火器"))
        correct(cast, session, AgendaDraft("学习"), item("甲", text="装灭火器"))
        assert queries.tasks_of(session) == {Place(1, 0): [Task.objects.get()]}

    def test_without_its_resolution_it_stands_alone_and_under_no_other(self, cast: Cast) -> None:
        session = record(cast, item("甲", TaskDraft("乙"), text="装灭火器"), item("丙", text="另一件"))
        correct(cast, session, item("丙", text="另一件"))
        assert queries.tasks_of(session) == {None: [Task.objects.get()]}
        assert faults() == []

    def test_without_words_it_is_dropped_and_kept(self, cast: Cast) -> None:
        session = record(cast, item("甲", TaskDraft("乙", due_on=DUE)))
        task = Task.objects.get()
        correct(cast, session, item("甲", TaskDraft("", task_id=task.pk)))
        assert not queries.tasks_in(cast.branch).exists()
        task.refresh_from_db()
        assert (task.text, task.dropped_on) == ("乙", date(2026, 5, 8))
        assert faults() == []

    def test_a_task_of_another_record_cannot_be_named(self, cast: Cast) -> None:
        record(cast, item("甲", TaskDraft("乙")))
        other = Task.objects.get()
        session = record(cast, item("丙"))
        refused(lambda: correct(cast, session, item("丙", TaskDraft("丁", task_id=other.pk))), "agenda")
        other.refresh_from_db()
        assert other.text == "乙"

    def test_of_a_removed_record_nothing_is_owed(self, cast: Cast) -> None:
        session = record(cast, item("甲", TaskDraft("乙", due_on=date(2027, 2, 1))))
        before = version(cast.branch, 2027)
        activities.remove_activity(session=session, reason="记重了", by=None, at=LATER)
        assert not queries.tasks_in(cast.branch).exists()
        assert version(cast.branch, 2027) > before
        task = Task.objects.get()
        refused(lambda: finish(task), "")


@pytest.mark.django_db
class TestFinishing:
    def test_done_with_a_day_a_word_and_a_record(self, cast: Cast) -> None:
        record(cast, item("甲", TaskDraft("乙", due_on=DUE)))
        shown = make.activity(cast.branch, "theme_day", date(2026, 4, 20))
        before = version(cast.branch, 2026)
        finish(Task.objects.get(), record_number=shown.number)
        task = Task.objects.get()
        assert (task.done_on, task.word, task.record) == (date(2026, 4, 20), "已装好", shown)
        assert version(cast.branch, 2026) > before
        assert task.revision == 2 and faults() == []

    @pytest.mark.parametrize(
        ("words", "field"),
        [
            ({"word": " "}, "word"), ({"on": date(2026, 3, 19)}, "done_on"), ({"on": date(2026, 5, 9)}, "done_on"),
            ({"record_number": "2026-大会-99"}, "record"), ({"revision": 7}, ""),
        ],
    )  # fmt: skip
    def test_a_wrong_input_is_refused(self, cast: Cast, words: dict[str, object], field: str) -> None:
        record(cast, item("甲", TaskDraft("乙")))
        task = Task.objects.get()
        refused(lambda: finish(task, **words), field)

    def test_a_record_of_another_unit_is_no_proof(self, cast: Cast) -> None:
        record(cast, item("甲", TaskDraft("乙")))
        far = make.activity(cast.other, "member_day", date(2026, 4, 20))
        task = Task.objects.get()
        assert "没有这个编号" in refused(lambda: finish(task, record_number=far.number), "record")

    def test_twice_is_refused_and_it_can_be_opened_again(self, cast: Cast) -> None:
        record(cast, item("甲", TaskDraft("乙")))
        task = Task.objects.get()
        finish(task)
        refused(lambda: finish(task), "")
        task = Task.objects.get()
        actions.reopen_task(task=task, reason="没有装好", revision=task.revision, by=None, at=LATER)
        task = Task.objects.get()
        assert (task.done_on, task.word) == (None, "")
        assert Revision.objects.filter(noun="task").count() == 3 and faults() == []

    def test_who_answers_for_it_can_read_so(self, cast: Cast) -> None:
        record(cast, item("甲", TaskDraft("乙", cast.people[1].pk)))
        assert "乙" in str(about(cast.people[1])["负责的落实事项"])
        assert about(cast.people[2])["负责的落实事项"] == []


@pytest.mark.parametrize(
    ("due", "done", "found"),
    [
        (None, None, Stage.OPEN), (date(2026, 4, 1), None, Stage.OPEN), (date(2026, 3, 31), None, Stage.LATE),
        (date(2026, 3, 31), date(2026, 4, 1), Stage.DONE), (None, date(2026, 4, 2), Stage.OPEN),
    ],
)  # fmt: skip
def test_how_it_stands_on_a_day(due: date | None, done: date | None, found: Stage) -> None:
    assert stage(due_on=due, done_on=done, on=date(2026, 4, 1)) is found


def test_every_task_is_meant_at_most_once() -> None:
    """Two with the same words are two; a draft that names one leaves the other to the draft that does not."""
    standing = [Standing(1, "乙", "甲"), Standing(2, "乙", "甲"), Standing(3, "丙", "丁")]
    here = Place(0, 0)
    drafts = [(here, TaskDraft("乙")), (here, TaskDraft("改", task_id=1)), (here, TaskDraft("乙"))]
    found = match(standing, drafts, {here: "甲", Place(1, 0): "丁"})
    assert {pk: draft.text for pk, (_, draft) in found.changed.items()} == {1: "改", 2: "乙"}
    assert [draft.text for _, draft in found.new] == ["乙"]
    assert found.moved == {3: Place(1, 0)}
