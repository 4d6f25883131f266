"""Forgetting who left: by rule, with a yes, whole, and without a number of the ledger changing."""

from __future__ import annotations

import importlib
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

import youju
from tests import make
from tests.cast import standing_cast
from youju.figures.catalogue import FIGURES
from youju.figures.queries import ask_many
from youju.journal.models import Line, RevisionText, Seal
from youju.kit.periods import Period
from youju.kit.refusal import Refusal
from youju.people.corrections.actions import ask as ask_correction
from youju.people.looks.actions import note_looks
from youju.people.looks.rules import months_before
from youju.people.looks.values import Place
from youju.people.members.actions import change_membership
from youju.people.members.values import Standing
from youju.people.models import Forgetting, Look, Member
from youju.people.posts.actions import relieve
from youju.people.posts.values import Title
from youju.people.roles.actions import withdraw
from youju.people.roles.rules import Role
from youju.records.activities.actions import correct_activity
from youju.records.activities.values import ActivityDraft, Attendance, RosterEntry
from youju.records.models import Session
from youju.records.problems.actions import raise_problem
from youju.records.problems.values import MeasureDraft, ProblemDraft, Source
from youju.upkeep.forgetting import ROOMS, due_to_be_forgotten, forget_leaver, report_of
from youju.upkeep.nightly import night
from youju.upkeep.retention import RETENTION
from youju.upkeep.verify import faults

pytestmark = pytest.mark.django_db
LEFT, DUE = date(2021, 3, 1), date(2026, 3, 1)
AT = make.moment(date(2026, 11, 20))
NAME = "欧阳若谷"


@pytest.fixture
def cast():
    return standing_cast(groups=2)


@pytest.fixture
def gone(cast):
    """He came to a meeting, chaired one, answered for a measure, had an account, and left in spring 2021."""
    person = make.member(cast.groups[0], NAME)
    make.link_account(member=person, user=make.user(NAME, unit=cast.branch, role=Role.MEMBER), by=None, at=make.START)
    roster = make.everyone(cast.branch, ["party_meeting"], date(2020, 5, 6), leave=[person])
    make.activity(cast.branch, "party_meeting", date(2020, 5, 6), roster=roster)
    make.activity(cast.branch, "theme_day", date(2020, 6, 6), chair_id=person.pk)
    raise_problem(
        unit=cast.branch, draft=ProblemDraft("自学没有抽查", Source.SELF, date(2020, 7, 1), 2020),
        measures=(MeasureDraft("每季度抽查", owner_id=person.pk),), by=None, at=make.moment(date(2020, 7, 1)),
    )  # fmt: skip
    ask_correction(
        member=person, unit=cast.branch, record="", text="我叫欧阳若谷", by=None, at=make.moment(date(2020, 8, 1))
    )
    note_looks(
        viewer=cast.clerk, member_ids=[person.pk], unit=cast.branch, role=Role.CLERK, place=Place.MEMBER,
        on=date(2020, 9, 1),
    )  # fmt: skip
    make.leave(person, on=LEFT)
    return person


def due(at=AT, units=None):
    return [leaver.member_id for leaver in due_to_be_forgotten(at=at, units=units)]


def forget(person, at=AT):
    return forget_leaver(member_id=person.pk, by=None, at=at)


def named_anywhere(name):
    """Every column of every table in which the name stands."""
    return sorted(
        f"{table.__name__}.{field.name}"
        for table in apps.get_models()
        for field in table._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and table._default_manager.filter(**{f"{field.name}__contains": name}).exists()
    )


def test_he_is_due_when_five_years_are_over_and_not_before(cast, gone):
    assert RETENTION.leavers.years == 5
    assert due(make.moment(DUE - timedelta(days=1))) == []
    assert due(make.moment(DUE)) == [gone.pk]
    assert due(units={cast.branch.pk}) == [gone.pk] and due(units={cast.other.pk}) == []


def test_who_came_back_or_is_here_is_no_leaver(cast, gone):
    make.members(cast.branch, 1)
    again = make.member(cast.branch, "回来的人")
    make.leave(again, on=date(2019, 1, 1))
    change_membership(member=again, unit=cast.other, standing=Standing.FORMAL, since=date(2020, 1, 1), by=None, at=AT)
    assert due() == [gone.pk]
    with pytest.raises(Refusal, match="已经转回"):
        forget(again)
    make.leave(again, on=date(2020, 2, 1))
    assert due() == [again.pk, gone.pk]


def test_a_leap_day_ends_on_the_first_of_march(cast):
    person = make.member(cast.branch)
    make.leave(person, on=date(2020, 2, 29))
    assert due(make.moment(date(2025, 2, 28))) == []
    assert due(make.moment(date(2025, 3, 1))) == [person.pk]


def test_the_trial_says_what_goes_and_what_stays_and_changes_nothing(cast, gone):
    lines = Line.objects.count()
    report = report_of(due_to_be_forgotten(at=AT)[0])
    assert {one.what: one.count for one in report.removed} == {"自测": None, "自测作答": None, "温故": None} | {
        "姓名": 1,
        "登录账号": 1,
        "更正请求": 1,
        "谁看过": 1,
    }
    stays = {one.what: one.count for one in report.stays}
    assert stays == {"组织关系": 1, "到会情况": 2, "主持": 1, "负责的整改措施": 1}
    assert all(one.why for one in report.stays)
    assert (report.leaver.name, report.leaver.left_on, report.leaver.due_on) == (NAME, LEFT, DUE)
    assert report.leaver.unit_id == cast.branch.pk  # his group's ledger
    assert Line.objects.count() == lines and Member.objects.get(pk=gone.pk).name == NAME


def test_afterwards_his_name_stands_nowhere_and_all_is_whole(cast, gone):
    night(at=make.moment(date(2021, 4, 1)))
    seals = list(Seal.objects.values_list("digest", flat=True))
    Look.objects.all().delete()
    kept = forget(gone)
    assert named_anywhere(NAME) == []
    assert faults() == []
    assert list(Seal.objects.values_list("digest", flat=True)[: len(seals)]) == seals
    member = Member.objects.get(pk=gone.pk)
    assert (member.name, member.user, member.forgotten_at) == ("已遗忘", None, AT)
    night(at=AT)
    assert faults() == []
    assert NAME not in str([kept.removed, kept.stays, kept.by_hand])
    assert Forgetting.objects.get().member_number == gone.pk
    assert due() == []
    with pytest.raises(Refusal, match="已经遗忘过"):
        forget(gone)


def test_no_figure_changes(cast, gone):
    def told():
        return [
            (key, year, answer.value, len(answer.rows))
            for year in (2020, 2021, 2026)
            for key, answer in ask_many(FIGURES, cast.branch, Period.year(year), as_of=AT.date()).items()
        ]

    before = told()
    assert any(value for _, _, value, _ in before)
    forget(gone)
    assert told() == before


def corrected(session, title, reason="写错了"):
    draft = ActivityDraft(
        kinds=("theme_day",), title=title, starts_at=session.starts_at, ends_at=session.ends_at, place=session.place,
        roster=tuple(RosterEntry(row.member_id, Attendance.PRESENT) for row in session.roster.all()),
    )  # fmt: skip
    return correct_activity(session=session, draft=draft, revision=1, reason=reason, by=None, at=AT)


def test_texts_that_may_name_him_are_listed_by_number(cast, gone):
    first = make.activity(cast.branch, "theme_day", date(2020, 9, 9), outcome=f"{NAME}讲得好")
    second = make.activity(cast.branch, "theme_day", date(2020, 10, 9), title=f"送{NAME}")
    said = [f"记录 {first.number}", f"记录 {second.number}"]
    assert [one.said for one in report_of(due_to_be_forgotten(at=AT)[0]).by_hand] == said
    assert forget(gone).by_hand == said
    assert faults() == []
    assert Session.objects.get(pk=second.pk).title == f"送{NAME}"  # for a person to judge, never changed by itself


def test_what_was_corrected_before_goes_with_him(cast, gone):
    session = make.activity(cast.branch, "theme_day", date(2020, 10, 9), title=f"送{NAME}", outcome="都来了")
    night(at=make.moment(date(2020, 12, 1)))
    corrected(session, "送一名党员")
    assert {one.what: one.count for one in report_of(due_to_be_forgotten(at=AT)[0]).removed}["旧修订文字"] == 1
    assert forget(gone).by_hand == []
    assert named_anywhere(NAME) == []
    assert RevisionText.objects.filter(text="都来了").exists()  # what does not name him stays
    assert faults() == []


def test_who_still_holds_something_is_held_back(cast, gone):
    row = make.grant(user=gone.user, unit=cast.above, role=Role.SUPERIOR, since=LEFT, by=None, at=AT)
    assert "还有别的权限" in due_to_be_forgotten(at=AT)[0].held_back
    with pytest.raises(Refusal, match="还有别的权限"):
        forget(gone)
    withdraw(row=row, on=LEFT, by=None, at=AT)
    post = make.appoint(member=gone, unit=cast.groups[0], title=Title.GROUP_LEADER, since=LEFT, by=None, at=AT)
    with pytest.raises(Refusal, match="还有职务"):
        forget(gone)
    relieve(post=post, on=DUE, by=None, at=AT)
    assert forget(gone)


def test_his_account_is_nobodys_and_opens_nothing(cast, gone):
    account = gone.user
    forget(gone)
    account.refresh_from_db()
    assert (account.name, account.is_active, account.has_usable_password()) == ("已遗忘", False, False)
    assert account.username == f"forgotten-{account.pk}"
    assert not account.grants.on(AT.date()).exists()


def test_all_or_nothing(cast, gone, monkeypatch):
    def broken(**_):
        raise RuntimeError

    monkeypatch.setattr("youju.upkeep.forgetting.keep_report", broken)
    with pytest.raises(RuntimeError):
        forget(gone)
    assert Member.objects.get(pk=gone.pk).name == NAME and Look.objects.exists()


def test_the_night_purges_looks_and_forgets_nobody(cast, gone):
    assert RETENTION.looks.months == 12
    person = cast.people[0]
    for day in (date(2025, 11, 19), date(2025, 11, 20)):
        note_looks(
            viewer=cast.clerk, member_ids=[person.pk], unit=cast.branch, role=Role.CLERK, place=Place.MEMBER, on=day
        )
    night(at=AT)
    assert [row.day for row in Look.objects.all()] == [date(2025, 11, 20)]
    assert Member.objects.get(pk=gone.pk).name == NAME
    assert [months_before(date(2026, 3, 31), n) for n in (1, 3, 12)] == [
        date(2026, 2, 28),
        date(2025, 12, 31),
        date(2025, 3, 31),
    ]


def test_every_room_that_keeps_something_of_a_member_is_asked_and_lets_go():
    house = Path(youju.__file__).parent
    rooms = [
        path.parent.name for path in house.glob("*/queries.py") if "def about(" in path.read_text(encoding="utf-8")
    ]
    wanted = {
        (
            importlib.import_module(f"youju.{room}.queries").about,
            importlib.import_module(f"youju.{room}.actions").forget,
        )
        for room in rooms
    }
    assert set(ROOMS) == wanted
    assert ROOMS[-1][0].__module__ == "youju.people.queries"  # it holds the name, so it is the last
