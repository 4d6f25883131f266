"""放进素材: what is sent becomes a run with its report, once; who may, for whom; what is said of what is not taken."""

from __future__ import annotations

import errno
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests import make
from tests.cast import Cast, standing_cast
from tests.library.intake.making import packed, report
from tests.library.making import AT, DAY
from tests.web.forms import Fields, signed_in
from youju.library.documents.values import Origin
from youju.library.intake import actions, tasks, waiting
from youju.library.intake.receiving import receive_files, token_for
from youju.library.intake.values import Offer, Way
from youju.library.models import Document, Intake
from youju.people.roles.rules import Role
from youju.people.units.values import UnitKind
from youju.web.library import adding

pytestmark = pytest.mark.django_db
POLLS = "every 5s"


@pytest.fixture(autouse=True)
def on_that_day(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> None:
    monkeypatch.setenv("YOUJU_TODAY", DAY.isoformat())
    settings.DATA = tmp_path


@pytest.fixture
def cast() -> Cast:
    return standing_cast()


@pytest.fixture
def keeper(cast: Cast) -> Client:
    return signed_in(make.user("素材员", unit=cast.above, role=Role.LIBRARIAN))


def text(name: str, content: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode())


def send(client: Client, files: list[SimpleUploadedFile], **more: str) -> HttpResponse:
    """As the page itself would send it, filled in by hand where the test says so."""
    page = Fields(client.get(reverse("library:add")).content.decode()).data
    return client.post(reverse("library:add"), {**page, **more, "papers": files})


def told(client: Client, answer: HttpResponse) -> str:
    assert answer.status_code == 302, answer.content.decode()
    shown = client.get(answer["Location"])
    assert shown.status_code == 200
    return shown.content.decode()


def test_a_few_files_are_in_when_the_report_opens_and_each_says_what_became_of_it(cast: Cast) -> None:
    client = signed_in(cast.clerk)
    files = [text("一.txt", report(1)), text("又一份.txt", report(1) + "\n"), text("坏.doc", "\0\0")]
    shown = told(client, send(client, files))
    row = Document.objects.get()
    assert row.unit == cast.branch and row.origin == Origin.WEB
    assert "入库 1 篇，同文 1 份，没有入库 1 份。" in shown
    assert reverse("library:document", args=[row.pk]) in shown and "坏.doc" in shown
    refused = client.get(reverse("library:intake", args=[Intake.objects.get().pk]), {"state": "refused"})
    assert "坏.doc" in refused.content.decode() and "又一份.txt" not in refused.content.decode()


def test_a_zip_of_many_files_goes_on_while_its_page_is_looked_at(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "A_TURN", 20)
    client = signed_in(cast.clerk)
    zipped = SimpleUploadedFile("一年.zip", packed({f"{n}.txt": report(n) for n in range(30)}))
    answer = send(client, [zipped])
    shown = told(client, answer)
    assert "已看过 <b>0</b> 份，共 30 份" in shown and POLLS in shown
    on = reverse("library:resume", args=[Intake.objects.get().pk])
    assert "已看过 <b>20</b> 份" in told(client, client.post(on))
    shown = told(client, client.post(on))
    assert "入库 30 篇。" in shown and POLLS not in shown and "一年.zip/7.txt" in shown
    assert "入库 30 篇。" in told(client, client.post(on))
    assert not list((tasks.waiting._root()).glob("*/names.json"))


def test_the_page_sent_twice_is_one_run(cast: Cast) -> None:
    client = signed_in(cast.clerk)
    page = Fields(client.get(reverse("library:add")).content.decode()).data
    answers = [client.post(reverse("library:add"), {**page, "papers": [text("一.txt", report(1))]}) for _ in range(2)]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert Intake.objects.count() == 1 and Document.objects.get().copies.count() == 1


def test_what_one_sent_nobody_else_goes_on_with_by_its_page(cast: Cast) -> None:
    assert token_for(cast.clerk, "一页") != token_for(cast.secretary, "一页")


def test_a_killed_run_goes_on_from_its_report(cast: Cast) -> None:
    files = [(f"{n}.txt", [report(n).encode()]) for n in range(3)]
    row = receive_files(files=files, unit=cast.branch, origin=Origin.OWN, token="一页", by=cast.clerk, at=AT)
    client = signed_in(cast.secretary)
    assert "没有写完" in client.get(reverse("library:intakes")).content.decode()
    assert "入库 3 篇。" in told(client, client.post(reverse("library:resume", args=[row.pk])))


def test_while_another_is_at_it_the_page_only_looks(cast: Cast) -> None:
    files = [("一.txt", [report(1).encode()])]
    row = receive_files(files=files, unit=cast.branch, origin=Origin.OWN, token="一页", by=cast.clerk, at=AT)
    with waiting.turn_of("一页"):
        assert tasks.go_on(row, at=AT).finished_at is None
    assert tasks.go_on(row, at=AT).finished_at is not None


def test_a_full_disk_stops_the_run_and_the_page_says_so_and_asks_no_more(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [("一.txt", [report(1).encode()])]
    row = receive_files(files=files, unit=cast.branch, origin=Origin.OWN, token="一页", by=cast.clerk, at=AT)

    def full(**_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(actions, "keep_many", full)
    answer = signed_in(cast.clerk).post(reverse("library:resume", args=[row.pk]))
    assert answer.status_code == 422 and "磁盘满了" in answer.content.decode()
    assert POLLS not in answer.content.decode()


def test_nothing_is_kept_of_what_the_disk_does_not_hold(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(waiting, "put", full)
    client = signed_in(cast.clerk)
    answer = send(client, [text("一.txt", report(1))])
    assert answer.status_code == 422 and "写不下这些文件" in answer.content.decode()
    assert not Intake.objects.exists()


def test_pasted_words_keep_the_title_they_were_given(cast: Cast) -> None:
    client = signed_in(cast.clerk)
    page = Fields(client.get(reverse("library:paste")).content.decode()).data
    answer = client.post(
        reverse("library:paste"), {**page, "title": "书记讲话.提纲", "text": report(5), "origin": "superior"}
    )
    assert "书记讲话.提纲" in told(client, answer)
    row = Document.objects.get()
    assert (row.title, row.origin, row.unit) == ("书记讲话.提纲", Origin.SUPERIOR, cast.branch)


def test_what_is_missing_is_said_beside_its_field_and_nothing_typed_is_lost(cast: Cast) -> None:
    client = signed_in(cast.clerk)
    page = Fields(client.get(reverse("library:paste")).content.decode()).data
    answer = client.post(reverse("library:paste"), {**page, "text": "还没有标题的一篇。", "origin": "没有"})
    shown = answer.content.decode()
    assert answer.status_code == 422 and "还没有标题的一篇。" in shown
    assert "请写标题。" in shown and "来源请在列出的里面选。" in shown
    assert "请选文件。" in send(client, []).content.decode()


def test_what_is_too_large_too_many_or_too_long_is_refused_with_its_sentence(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    client = signed_in(cast.clerk)
    monkeypatch.setattr(adding.Wide, "most", 100)
    monkeypatch.setattr(adding, "ALL_BYTES", 100)
    assert adding.TOO_LARGE in send(client, [text("大.txt", "字" * 100)]).content.decode()
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 1
    many = send(client, [text("一.txt", "一"), text("二.txt", "二")])
    assert many.status_code == 422 and adding.TOO_MANY in many.content.decode()
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    page = Fields(client.get(reverse("library:paste")).content.decode()).data
    long = client.post(reverse("library:paste"), {**page, "title": "长", "text": "字" * 2000})
    assert long.status_code == 422 and adding.TOO_LONG in long.content.decode()
    assert not Intake.objects.exists()


def test_for_the_whole_site_only_who_keeps_the_library(cast: Cast, keeper: Client) -> None:
    shown = told(keeper, send(keeper, [text("一.txt", report(1))], circle=""))
    assert "全站能看" in shown and Document.objects.get().unit is None
    clerk = signed_in(cast.clerk)
    answer = send(clerk, [text("二.txt", report(2))], circle="")
    assert answer.status_code == 422 and "请选谁能看。" in answer.content.decode()
    answer = send(clerk, [text("二.txt", report(2))], circle=str(cast.other.pk))
    assert answer.status_code == 422 and Document.objects.count() == 1


def test_a_run_of_the_command_or_of_the_inbox_says_how_it_goes_on(cast: Cast, keeper: Client) -> None:
    offers = [Offer("资料/一.txt", 3, lambda: b"abc")]
    for way, words in ((Way.PATHS, "youju library import"), (Way.INBOX, "下次看收件目录")):
        row = actions.begin(way=way, given="资料", offers=offers, unit=None, origin=Origin.WEB, by=None, at=AT)
        shown = keeper.get(reverse("library:intake", args=[row.pk])).content.decode()
        assert words in shown and POLLS not in shown
        keeper.post(reverse("library:resume", args=[row.pk]))
        row.refresh_from_db()
        assert row.finished_at is None


def test_whoever_may_choose_a_circle_finds_there_what_he_put_in(cast: Cast, keeper: Client) -> None:
    """The keeper of a committee's library writes for all below it and reads none of theirs; a clerk has party groups."""
    make.unit(name="第一党小组", parent=cast.branch, kind=UnitKind.GROUP)
    numbers = iter(range(9))
    for client, offered in ((keeper, ["", str(cast.above.pk)]), (signed_in(cast.clerk), [str(cast.branch.pk)])):
        page = client.get(reverse("library:add")).content.decode()
        choices = re.findall(r'<option value="([^"]*)"', page.partition('name="circle"')[2].partition("</select>")[0])
        assert sorted(choices) == sorted(offered)
        for circle in choices:
            told(client, send(client, [text("一.txt", report(next(numbers)))], circle=circle))
            assert client.get(reverse("library:document", args=[Document.objects.latest("pk").pk])).status_code == 200


def test_a_document_given_to_another_circle_since_is_not_named(cast: Cast) -> None:
    client = signed_in(cast.clerk)
    answer = send(client, [text("一.txt", report(1))])
    row = Document.objects.get()
    assert row.title in told(client, answer)
    Document.objects.filter(pk=row.pk).update(unit=cast.other)
    shown = client.get(answer["Location"]).content.decode()
    assert row.title not in shown.replace("一.txt", "") and reverse("library:document", args=[row.pk]) not in shown


def test_a_file_named_by_a_path_with_tricks_is_only_shown(cast: Cast, tmp_path: Path) -> None:
    zipped = SimpleUploadedFile("包.zip", packed({"../../跑出去.txt": report(1), "/etc/根.txt": report(2)}))
    client = signed_in(cast.clerk)
    shown = told(client, send(client, [zipped]))
    assert "入库 2 篇。" in shown
    assert not list(tmp_path.rglob("*.txt"))
