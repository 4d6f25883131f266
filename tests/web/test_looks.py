"""Which pages tell a member that somebody looked, and that none of them fails for it."""

from datetime import date

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import make
from tests.cast import standing_cast
from tests.web.forms import signed_in
from youju.people.looks import actions
from youju.people.looks.values import Place
from youju.people.models import Look
from youju.records.activities.actions import plan_session
from youju.records.activities.values import PlanDraft
from youju.records.leave.actions import enter_leave

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 5)


@pytest.fixture
def cast(monkeypatch):
    monkeypatch.setenv("YOUJU_TODAY", "2026-11-20")
    return standing_cast(groups=2)


@pytest.fixture
def session(cast):
    roster = make.everyone(cast.branch, ["party_meeting"], DAY, leave=[cast.people[2]], absent=[cast.people[3]])
    return make.activity(cast.branch, "party_meeting", DAY, roster=roster)


def seen():
    return sorted((row.member.name, row.place) for row in Look.objects.select_related("member"))


def test_a_members_page(cast):
    signed_in(cast.committee).get(reverse("people:member", args=[cast.people[0].pk]))
    row = Look.objects.get()
    assert (row.member, row.viewer, row.place, row.role) == (cast.people[0], cast.committee, Place.MEMBER, "committee")
    assert (row.unit, row.day) == (cast.branch, date(2026, 11, 20))


def test_the_roster_as_a_file_and_not_as_a_page(cast):
    client = signed_in(cast.clerk)
    client.get(reverse("people:index"))
    assert not Look.objects.exists()
    client.get(reverse("people:export"))
    assert seen() == sorted((person.name, Place.ROSTER) for person in cast.people)


@pytest.mark.parametrize("page", ["record", "print", "signsheet", "record_docx", "correct"])
def test_a_record_counts_for_those_whose_leave_it_tells(cast, session, page):
    who = cast.clerk if page == "correct" else cast.secretary
    answer = signed_in(who).get(reverse(f"ledger:{page}", args=[cast.branch.pk, session.number]))
    assert answer.status_code == 200
    assert seen() == [(cast.people[2].name, Place.LEAVE)]


@pytest.mark.parametrize("page", ["record", "hold"])
def test_a_session_to_come_counts_for_those_who_asked_for_leave(cast, page):
    plan = PlanDraft(("theme_day",), "仓储安全", make.moment(date(2026, 11, 25)))
    session = plan_session(unit=cast.branch, draft=plan, by=None, at=make.moment(DAY))
    enter_leave(session=session, member=cast.people[2], category="sick", by=None, at=make.moment(DAY))
    address = [cast.branch.pk, session.number]
    signed_in(cast.superior).get(reverse("ledger:record", args=address))
    signed_in(cast.clerk).get(reverse("ledger:signsheet", args=address))  # blank: it tells nothing of leave
    assert not Look.objects.exists()
    assert signed_in(cast.clerk).get(reverse(f"ledger:{page}", args=address)).status_code == 200
    assert seen() == [(cast.people[2].name, Place.LEAVE)]


def test_a_file_or_a_leave_that_is_refused_shows_the_page_and_counts(cast, session):
    signed_in(cast.clerk).post(reverse("ledger:evidence", args=[cast.branch.pk, session.number]), {})
    assert seen() == [(cast.people[2].name, Place.LEAVE)]
    plan = PlanDraft(("theme_day",), "仓储安全", make.moment(date(2026, 11, 25)))
    later = plan_session(unit=cast.branch, draft=plan, by=None, at=make.moment(DAY))
    enter_leave(session=later, member=cast.people[4], category="sick", by=None, at=make.moment(DAY))
    signed_in(cast.clerk).post(reverse("ledger:leave", args=[cast.branch.pk, later.number]), {})
    assert seen() == sorted((cast.people[n].name, Place.LEAVE) for n in (2, 4))


def test_a_year_counts_for_everybody_in_it(cast, session):
    signed_in(cast.clerk).get(reverse("ledger:year_docx"), {"year": 2025})
    assert not Look.objects.exists()
    signed_in(cast.clerk).get(reverse("ledger:year_docx"), {"year": 2026})
    assert seen() == sorted((person.name, Place.YEAR) for person in cast.people)


def test_heads_and_lists_tell_nothing_and_count_for_nobody(cast, session):
    superior, clerk = signed_in(cast.superior), signed_in(cast.clerk)
    for client in (superior, clerk):
        client.get(reverse("ledger:index"), {"unit": cast.branch.pk})
        client.get(reverse("ledger:export"), {"unit": cast.branch.pk})
    superior.get(reverse("ledger:record", args=[cast.branch.pk, session.number]))
    assert not Look.objects.exists()


def test_who_may_not_look_leaves_nothing(cast, session):
    for who in (cast.other_clerk, cast.stranger, cast.admin, cast.member):
        signed_in(who).get(reverse("people:member", args=[cast.people[0].pk]))
        signed_in(who).get(reverse("ledger:record", args=[cast.branch.pk, session.number]))
    assert not Look.objects.exists()


def test_it_is_one_statement_a_page(cast):
    client = signed_in(cast.clerk)
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("people:export"))
    assert sum("people_look" in query["sql"] for query in asked) == 1


def test_the_page_comes_also_when_it_cannot_be_written(cast, monkeypatch, caplog):
    def locked(**_):
        raise DatabaseError("database is locked")

    monkeypatch.setattr("youju.web.shared.looked.note_looks", locked)
    assert signed_in(cast.clerk).get(reverse("people:member", args=[cast.people[0].pk])).status_code == 200
    assert "could not be written" in caplog.text
    assert actions.note_looks is not locked


def test_he_reads_it_and_takes_it_along(cast):
    mine = signed_in(cast.member)
    assert "现在没有。" in mine.get("/me/").content.decode()
    signed_in(cast.clerk).get(reverse("people:member", args=[cast.people[-1].pk]))
    page = mine.get("/me/").content.decode()
    assert "党务工作者 · 青禾县供销社机关党支部" in page and "打开党员页" in page and "保存 12 个月" in page
    assert "现在没有。" not in page and cast.clerk.name not in page
    assert "谁看过" in mine.get("/me/export.json").content.decode()
