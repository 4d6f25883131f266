"""落实事项 from the form to done: typed under the resolution, followed in a list, named to no superior."""

from __future__ import annotations

from datetime import date

import pytest

from tests import make
from tests.cast import Cast, standing_cast
from tests.web.forms import Fields, signed_in
from tests.web.tables import cells
from youju.duties.queries import standings
from youju.records.activities.models import Session
from youju.records.activities.values import AgendaDraft, ResolutionDraft
from youju.records.followups.models import Task
from youju.records.followups.values import TaskDraft

pytestmark = pytest.mark.django_db
TODAY, DAY = date(2026, 11, 20), date(2026, 11, 5)
NEW = "/ledger/new/"
URL = NEW + "?kinds=party_meeting&on=2026-11-05"


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_TODAY", TODAY.isoformat())


@pytest.fixture
def cast() -> Cast:
    return standing_cast(groups=2)


def filled(cast: Cast, **typed: object) -> dict[str, object]:
    page = signed_in(cast.clerk).get(URL).content.decode()
    decided = {"a0-title": "灭火器", "a0r0-text": "装灭火器"}
    return Fields(page).data | {"title": "讨论计划", "start": "14:30"} | decided | typed


def record(cast: Cast, *tasks: TaskDraft) -> Session:
    agenda = (AgendaDraft("灭火器", resolutions=(ResolutionDraft("装灭火器", tasks=tasks),)),)
    return make.activity(cast.branch, "party_meeting", DAY, agenda=agenda)


def url_of(cast: Cast, task: Task) -> str:
    return f"/ledger/tasks/{cast.branch.pk}/{task.pk}/"


def test_it_is_kept_with_who_and_when(cast: Cast) -> None:
    who = cast.people[1]
    typed = {"a0r0t0-text": "买来装好", "a0r0t0-owner": str(who.pk), "a0r0t0-due": "2026-12-01"}
    signed_in(cast.clerk).post(NEW, filled(cast, **typed))
    task = Task.objects.get()
    assert (task.text, task.owner, task.due_on) == ("买来装好", who, date(2026, 12, 1))
    page = signed_in(cast.clerk).get(f"/ledger/{cast.branch.pk}/{task.session.number}/").content.decode()
    assert "买来装好" in page and f"责任人 {who.name}" in page


def test_without_a_script_another_row_comes_by_a_button(cast: Cast) -> None:
    page = signed_in(cast.clerk).post(NEW, filled(cast, **{"a0r0t0-text": "买来", "redo": "task"})).content.decode()
    again = Fields(page).data
    assert again["a0r0-tasks"] == ["2"] and again["a0r0t0-text"] == ["买来"]
    signed_in(cast.clerk).post(NEW, again | {"a0r0t1-text": "装好"})
    assert {task.text for task in Task.objects.all()} == {"买来", "装好"}


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"a0r0t0-due": "2026-12-01"}, "请写要落实的事项。"),
        ({"a0r0t0-text": "甲", "a0r0-text": ""}, "写了落实事项，请写是哪项决议。"),
        ({"a0r0t0-text": "甲", "a0r0t0-owner": "999999"}, "责任人请重新选择。"),
        ({"a0r0t0-text": "甲", "a0r0t0-due": "月底"}, "期限请写成"),
        ({"a0r0t0-text": "甲", "a0r0t0-due": "2026-11-04"}, "期限不能早于开会那天"),
    ],
)
def test_a_fault_comes_back_with_everything_typed(cast: Cast, typed: dict[str, str], sentence: str) -> None:
    answer = signed_in(cast.clerk).post(NEW, filled(cast, **typed))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Session.objects.exists()


def test_a_correction_of_the_record_neither_loses_nor_doubles_it(cast: Cast) -> None:
    session = record(cast, TaskDraft("买来装好", cast.people[1].pk, date(2026, 12, 1)))
    task = Task.objects.get()
    client = signed_in(cast.clerk)
    url = f"/ledger/{cast.branch.pk}/{session.number}/correct/"
    typed = Fields(client.get(url).content.decode()).data
    assert typed["a0r0t0-id"] == [str(task.pk)]
    client.post(url, typed | {"title": "改了题目", "reason": "写错了"})
    session.refresh_from_db()
    assert session.title == "改了题目"
    assert Task.objects.get() == task
    typed = Fields(client.get(url).content.decode()).data
    client.post(url, typed | {"a0r0t0-text": "", "reason": "不办了"})
    task.refresh_from_db()
    assert task.dropped_on == TODAY


def test_emptied_together_with_its_resolution_it_is_dropped(cast: Cast) -> None:
    session = record(cast, TaskDraft("买来装好", cast.people[1].pk, date(2026, 12, 1)))
    client, url = signed_in(cast.clerk), f"/ledger/{cast.branch.pk}/{session.number}/correct/"
    typed = Fields(client.get(url).content.decode()).data
    client.post(url, typed | {"a0r0-text": "", "a0r0t0-text": "", "a0-title": "", "reason": "没有议过"})
    assert Task.objects.get().dropped_on == TODAY
    assert not session.agenda.exists()


def test_it_is_done_with_a_day_and_a_word_and_opened_again(cast: Cast) -> None:
    session = record(cast, TaskDraft("买来装好"))
    task, client = Task.objects.get(), signed_in(cast.clerk)
    url = url_of(cast, task)
    typed = Fields(client.get(url).content.decode()).data
    assert typed["done_on"] == [TODAY.isoformat()]
    empty = client.post(url, typed)
    assert empty.status_code == 422 and "请写落实情况。" in empty.content.decode()
    client.post(url, typed | {"word": "已装好", "record": session.number})
    task.refresh_from_db()
    assert (task.done_on, task.word, task.record) == (TODAY, "已装好", session)
    again = client.post(url, typed | {"word": "又装一次"})
    assert again.status_code == 422 and "刚刚被别人改过" in again.content.decode()
    client.post(url, {"reason": "没有装好"})
    task.refresh_from_db()
    assert task.done_on is None


def test_the_list_is_filtered_in_its_address_and_goes_to_excel(cast: Cast) -> None:
    record(
        cast,
        TaskDraft("逾期的", due_on=date(2026, 11, 10)),
        TaskDraft("要办的", due_on=date(2027, 1, 1)),
        TaskDraft("没期限"),
    )
    client = signed_in(cast.clerk)
    for query, found in {
        "": {"逾期的", "要办的", "没期限"}, "?stage=late": {"逾期的"}, "?stage=open": {"要办的", "没期限"}, "?stage=done": set(),
        "?year=2027": {"要办的"}, "?words=期限": {"没期限"}, "?stage=x&year=y": {"逾期的", "要办的", "没期限"},
    }.items():  # fmt: skip
        page = client.get(f"/ledger/tasks/{query}").content.decode()
        assert {text for text in ("逾期的", "要办的", "没期限") if f">{text}</a>" in page} == found, query
        lines = cells(client.get(f"/ledger/tasks/export.xlsx{query}").content)
        assert {line[2] for line in lines if line[2] in ("逾期的", "要办的", "没期限")} == found


def test_a_superior_reads_neither_what_nor_who(cast: Cast) -> None:
    who = cast.people[1]
    session = record(cast, TaskDraft("买来装好", who.pk, date(2026, 11, 10)))
    client = signed_in(cast.superior)
    assert client.get(url_of(cast, Task.objects.get())).status_code == 403
    assert client.get(f"/ledger/tasks/?unit={cast.branch.pk}").status_code == 403
    for url in (f"/ledger/{cast.branch.pk}/{session.number}/", f"/?unit={cast.branch.pk}"):
        answer = client.get(url, follow=True)
        page = answer.content.decode()
        assert answer.status_code == 200
        assert "买来装好" not in page and f"责任人 {who.name}" not in page


def test_who_writes_above_does_not_read_the_tasks_below(cast: Cast) -> None:
    record(cast, TaskDraft("买来装好"))
    clerk = make.user("工委党务员", unit=cast.above, role=make.Role.CLERK)
    assert "买来装好" not in signed_in(clerk).get("/ledger/tasks/").content.decode()


def test_it_is_owed_until_it_is_done(cast: Cast) -> None:
    session = record(cast, TaskDraft("买来装好", cast.people[1].pk, date(2026, 11, 10)))
    task = Task.objects.get()
    (owed,) = [s for s in standings(cast.branch, 2026, on=TODAY) if s.due.source == "task"]
    assert (owed.status, owed.due.owed_by, owed.due.verb) == ("late", date(2026, 11, 10), "finish_task")
    assert "买来" not in f"{owed.due.title}{owed.sentence}{owed.due.note}" and session.number in owed.due.title
    client = signed_in(cast.clerk)
    url = url_of(cast, task)
    assert url in client.get("/", follow=True).content.decode()
    client.post(url, Fields(client.get(url).content.decode()).data | {"word": "已装好"})
    (done,) = [s for s in standings(cast.branch, 2026, on=TODAY) if s.due.source == "task"]
    assert done.status == "done"
