"""The demonstration: what its years hold, how it reads, and that it leaves other folders alone."""

import json
import os
import re
import socket
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from django.db import transaction
from django.test import TestCase

from tests import make
from youju.cli.demonstration import builder, days, home, others
from youju.cli.demonstration.folder import MARKER, REPORT, Folder, State
from youju.cli.demonstration.texts import FIRST_YEAR
from youju.journal.models import Line
from youju.journal.queries import breaks
from youju.kit.periods import Period, chinese_date
from youju.kit.refusal import Refusal
from youju.paper.reading import read_bytes
from youju.people.models import Membership, Unit
from youju.prose.claims import read
from youju.records.activities.models import AgendaItem, Resolution, RosterRow, Session
from youju.records.activities.values import Status
from youju.records.problems.models import Measure, Problem
from youju.store.queries import path_of
from youju.study.models import SelfTest
from youju.study.selftests.actions import settle_over
from youju.study.selftests.queries import often_missed, participation

ON = date(2026, 11, 20)
DIGITS = re.compile(r"[0-9０-９]")


def youju(*args: str, **more: str) -> subprocess.CompletedProcess[str]:
    """A command in its own process: it starts Django on a folder of its own."""
    bare = {key: value for key, value in os.environ.items() if not key.startswith("YOUJU_")}
    return subprocess.run(
        [sys.executable, "-m", "youju.cli", *args],
        capture_output=True, encoding="utf-8", env=bare | more, check=False,
    )  # fmt: skip


# -- 2023, by which the house is checked -------------------------------------------------------------------------------


def held(unit: Unit, *kinds: str) -> list[Session]:
    rows = Session.objects.filter(ledger=unit).happened().held_in(Period.year(2023))
    return list((rows.of_kinds(kinds) if kinds else rows).order_by("held_on"))


@pytest.mark.django_db
class TestYear2023(TestCase):
    """The home branch with 2023 and the first days after it. A class, so that it is built once for all of these."""

    unit: Unit

    @classmethod
    def setUpTestData(cls) -> None:
        builder.build(on=date(2024, 1, 20), first_year=2023)
        cls.unit = Unit.objects.get(code="QH-GXS")

    def test_2023_holds_exactly_what_can_be_checked_by_hand(self) -> None:
        assert len(held(self.unit, "deployment_meeting")) == 2
        assert [s.held_on.month for s in held(self.unit, "committee_meeting")] == list(range(1, 13))
        assert len(held(self.unit, "fixed_study_day", "theme_day", "member_day")) == 24
        assert len(held(self.unit, "group_study")) == 6
        assert [(s.held_on.month + 2) // 3 for s in held(self.unit, "self_study_check")] == [1, 2, 3, 4]
        assert [s.held_on.month for s in held(self.unit, "theme_day")] == list(range(1, 13))

    def test_one_session_may_have_several_kinds_and_is_there_once(self) -> None:
        several = [s for s in held(self.unit) if s.kind_rows.count() > 1]
        assert {tuple(row.kind for row in s.kind_rows.all()) for s in several} >= {
            ("theme_day", "member_day"), ("party_meeting", "theme_day"), ("org_life_meeting", "member_review"),
        }  # fmt: skip
        alone = sum(len(held(self.unit, kind)) for kind in ("fixed_study_day", "theme_day", "member_day"))
        assert alone == 25  # one more than the sessions they are

    def test_2023_was_entered_on_time(self) -> None:
        days_until = {(s.entered_at.astimezone(days.SHANGHAI).date() - s.held_on).days for s in held(self.unit)}
        assert days_until <= {0, 1, 2}

    def test_every_record_is_whole(self) -> None:
        for session in Session.objects.happened().prefetch_related("roster", "agenda", "kind_rows"):
            assert session.roster.all(), session
            assert session.status == Status.FILED or session.held_on >= date(2024, 1, 10), session
            if session.kind_rows.all()[0].kind != "heart_talk":  # who with whom and when, and nothing else
                assert session.agenda.all(), session
                assert session.recorder_id, session
        talks = Session.objects.filter(kind_rows__kind="heart_talk")
        assert not AgendaItem.objects.filter(session__in=talks).exists()
        assert not talks.exclude(outcome="").exists()

    def test_people_come_go_and_vote(self) -> None:
        assert Membership.objects.in_unit(self.unit).on(date(2024, 1, 20)).count() == 22
        meeting = held(self.unit, "party_meeting")[2]
        vote = Resolution.objects.get(item__session=meeting, rule="admission")
        assert vote.text == "同意梁晓岚同志按期转为中共正式党员，报上级党组织审批。"
        assert vote.votes_expected == meeting.roster.filter(votes=True).count() == 21  # a probationary member has none
        assert not Resolution.objects.exclude(carried=True).exists()
        came = Counter(
            RosterRow.objects.filter(session__in=held(self.unit, "theme_day")).values_list("attendance", flat=True)
        )
        assert {"present", "late", "leave"} <= came.keys()
        assert came["present"] / came.total() > 0.8

    def test_a_members_meeting_keeps_its_notice(self) -> None:
        for meeting in held(self.unit, "party_meeting"):
            evidence = meeting.evidence.get()
            assert evidence.caption == "会议通知"
            notice = read_bytes(path_of(evidence.file.sha256).read_bytes(), "会议通知.docx").text
            assert chinese_date(meeting.held_on) in notice
            assert all(item.title in notice for item in meeting.agenda.all())

    def test_the_library_tested_itself_twice_and_no_line_says_who(self) -> None:
        """Seven answered in spring and four in autumn; the last question of the first was missed by five of seven."""
        tests = SelfTest.objects.order_by("opens_on")
        assert [participation(test, on=date(2024, 1, 20)).finished for test in tests] == [7, 4]
        settle_over(at=make.moment(date(2024, 1, 20)))
        (worst,) = often_missed(tests[0]) or []
        assert "赞成人数" in worst.question.stem
        assert often_missed(tests[1]) is None
        assert set(Line.objects.filter(noun="selftest").values_list("verb", flat=True)) == {"出自测", "发布自测"}

    def test_the_journal_is_whole(self) -> None:
        assert breaks() == []

    def test_no_text_says_a_number(self) -> None:
        """The report is made of these texts; a number in one would be a figure without records."""
        texts = [*Session.objects.values_list("title", flat=True), *Session.objects.values_list("outcome", flat=True)]
        texts += [text for row in AgendaItem.objects.values_list("title", "note") for text in row]
        texts += Resolution.objects.values_list("text", flat=True)
        texts += [text for row in Problem.objects.values_list("title", "cause") for text in row]
        texts += [text for row in Measure.objects.values_list("text", "proof") for text in row]
        said = {text for text in texts if DIGITS.search(text) or read(text)}
        assert said == set()


# -- every year --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", range(FIRST_YEAR, FIRST_YEAR + 8))
def test_a_year_repeats_no_title_and_keeps_to_workdays(year: int) -> None:
    for rhythm in (home.year_of, others.library_year):
        titles = Counter((o.kinds[0], o.title) for o in rhythm(year) if o.kinds[0] != "heart_talk")
        assert [title for title, number in titles.items() if number > 1] == []
    for rhythm in builder.RHYTHMS.values():
        for occasion in rhythm(year):
            assert days.is_workday(occasion.day), occasion
            assert occasion.day.year == year
            assert not DIGITS.search(occasion.title + occasion.outcome)


def build_and_look(on: date) -> list[tuple[str, str, str, str]]:
    builder.build(on=on, first_year=on.year)
    rows = Session.objects.order_by("ledger__code", "starts_at", "number")
    return [(s.ledger.code, s.number, s.title, s.status) for s in rows.select_related("ledger")]


@pytest.mark.django_db
def test_two_builds_tell_the_same() -> None:
    with transaction.atomic():
        first = build_and_look(date(2023, 4, 12))
        transaction.set_rollback(True)
    with transaction.atomic():
        second = build_and_look(date(2023, 4, 12))
        transaction.set_rollback(True)
    assert len(first) > 60
    assert first == second


@pytest.mark.django_db
def test_the_present_has_something_to_do() -> None:
    on = date(2023, 6, 2)
    builder.build(on=on, first_year=2023)
    unit = Unit.objects.get(code="QH-GXS")
    sessions = Session.objects.filter(ledger=unit)
    planned = sessions.filter(status=Status.PLANNED)
    assert [str(s.held_on) for s in planned.order_by("held_on")] == ["2023-06-23", "2023-06-26"]
    assert not any(s.outcome or s.roster.exists() for s in planned)
    assert not sessions.exclude(status=Status.PLANNED).filter(held_on__gte=on).exists()
    assert not sessions.of_kinds(("party_lecture",)).exists()  # the first quarter's was left out
    overdue = Measure.objects.filter(problem__unit=unit, due_on__lt=on, done_on=None)
    assert [measure.problem.source for measure in overdue] == ["appraisal"]
    station = Session.objects.filter(ledger__code="QH-NJZ").happened().of_kinds(("theme_day",))
    assert [s.held_on.month for s in station.order_by("held_on")] == [1, 2, 3, 4]


@pytest.mark.django_db
def test_a_day_before_the_first_spring_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        builder.build(on=date(2022, 3, 31))
    assert refused.value.field == "on"
    assert not Unit.objects.exists()


# -- the folder --------------------------------------------------------------------------------------------------------


def test_a_folder_is_used_again_only_for_the_same_day(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "demo", ON)
    assert folder.state() is State.EMPTY
    folder.begin()
    assert folder.state() is State.STALE  # half made
    folder.finish()
    assert folder.state() is State.READY
    assert Folder(folder.path, date(2026, 11, 21)).state() is State.STALE
    marker = folder.path / MARKER
    marker.write_text(marker.read_text(encoding="utf-8").replace("+", "+x"), encoding="utf-8")
    assert folder.state() is State.STALE  # another version


def test_starting_anew_removes_only_what_a_demonstration_makes(tmp_path: Path) -> None:
    folder = Folder(tmp_path, ON)
    folder.begin()
    for name in ("youju.sqlite3", "youju.sqlite3-wal", REPORT, "我的笔记.txt"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    (tmp_path / "files").mkdir()
    folder.begin()
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([MARKER, "我的笔记.txt"])


def test_a_broken_marker_means_half_made(tmp_path: Path) -> None:
    (tmp_path / MARKER).write_text("{", encoding="utf-8")
    assert Folder(tmp_path, ON).state() is State.STALE


def test_a_foreign_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "youju.sqlite3").write_bytes(b"somebody's ledger")
    done = youju("demo", "--data", str(tmp_path), "--no-serve")
    assert done.returncode == 2
    assert "不是示范台账" in done.stderr and "Traceback" not in done.stderr
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("youju.sqlite3", b"somebody's ledger")]


def test_a_file_instead_of_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("x", encoding="utf-8")
    done = youju("demo", "--data", str(tmp_path / "a"), "--no-serve")
    assert (done.returncode, done.stderr) == (2, f"{tmp_path / 'a'} 不是目录。\n")


def test_a_port_in_use_is_said_before_the_long_work(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = youju("demo", "--data", str(tmp_path / "demo"), "--port", str(port))
    assert done.returncode == 2
    assert f"端口 {port} 已经有程序在用" in done.stderr and "youju demo --port" in done.stderr
    assert not (tmp_path / "demo").exists()


def test_wrong_days_and_ports_are_sentences() -> None:
    assert "不是日期" in youju("demo", "--on", "2026-02-30").stderr
    assert "不是端口" in youju("demo", "--port", "70000").stderr


def test_it_makes_the_ledger_and_the_report_and_uses_them_again(tmp_path: Path) -> None:
    made = youju("demo", "--data", str(tmp_path / "demo"), "--on", "2022-04-08", "--no-serve")
    assert made.returncode == 0, made.stderr
    assert "2022年：记了" in made.stdout and REPORT in made.stdout
    assert (tmp_path / "demo" / REPORT).read_bytes()[:2] == b"PK"
    kept = json.loads((tmp_path / "demo" / MARKER).read_text(encoding="utf-8"))
    assert (kept["on"], kept["complete"]) == ("2022-04-08", True)
    again = youju("demo", "--data", str(tmp_path / "demo"), "--on", "2022-04-08", "--no-serve")
    assert again.returncode == 0
    assert "已经做好" in again.stdout and "记了" not in again.stdout
