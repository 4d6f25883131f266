"""Who looked at a member: once a day and place, told to him, and let go when its time is over."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import make
from tests.cast import standing_cast
from youju.journal.models import Line
from youju.people import actions as people
from youju.people.looks.actions import note_looks, purge
from youju.people.looks.models import Look
from youju.people.looks.queries import about
from youju.people.looks.values import Place
from youju.people.roles.rules import Role

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 5)
AT = make.moment(DAY)


@pytest.fixture
def cast():
    return standing_cast()


def look(cast, people, place=Place.MEMBER, on=DAY, viewer=None):
    return note_looks(
        viewer=viewer or cast.clerk, member_ids=[person.pk for person in people], unit=cast.branch, role=Role.CLERK,
        place=place, on=on,
    )  # fmt: skip


def test_once_a_viewer_member_day_and_place(cast):
    person, other = cast.people[:2]
    assert look(cast, [person]) == 1
    assert look(cast, [person]) == 0
    assert look(cast, [person, other]) == 1
    assert look(cast, [person], place=Place.ROSTER) == 1
    assert look(cast, [person], on=DAY + timedelta(days=1)) == 1
    assert look(cast, [person], viewer=cast.secretary) == 1
    assert Look.objects.filter(member=person).count() == 4


def test_a_whole_list_is_one_statement_and_no_line_of_journal(cast):
    lines = Line.objects.count()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert look(cast, cast.people, place=Place.YEAR) == len(cast.people)
    assert len(asked) == 1
    assert Line.objects.count() == lines
    with CaptureQueriesContext(connection) as asked:
        assert look(cast, []) == 0
    assert len(asked) == 0


def test_who_looks_at_himself_is_not_noted(cast):
    assert look(cast, cast.people, viewer=cast.member) == len(cast.people) - 1
    assert about(cast.people[-1]) == {"谁看过": []}


def test_he_is_told_as_what_and_not_who(cast):
    look(cast, cast.people[:1])
    assert about(cast.people[0]) == {
        "谁看过": [{"日期": DAY, "账号": f"党务工作者 · {cast.branch.short_name}", "看了什么": "打开党员页"}]
    }
    assert cast.clerk.name not in str(about(cast.people[0]))


def test_what_is_old_is_let_go(cast):
    look(cast, cast.people[:2], on=DAY - timedelta(days=1))
    look(cast, cast.people[:1])
    assert purge(before=DAY, by=None, at=AT) == 2
    assert Look.objects.get().day == DAY
    line = Line.objects.latest("pk")
    assert (line.verb, line.summary) == ("清理查看记录", "2 条")
    assert purge(before=DAY, by=None, at=AT) == 0
    assert Line.objects.latest("pk") == line


def test_it_goes_with_the_member_who_is_then_looked_at_no_more(cast):
    look(cast, cast.people[:2])
    people.forget(member=cast.people[0], by=None, at=AT)
    assert Look.objects.get().member == cast.people[1]
    assert look(cast, cast.people[:1], place=Place.ROSTER) == 0
