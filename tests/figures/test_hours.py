"""学时: attendance × the stated conversion, and nothing guessed."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from tests import make
from tests.cast import standing_cast
from youju.figures import rules
from youju.figures.catalogue import FIGURES
from youju.figures.conversion import HOURS, HOURS_FILE, read_conversion
from youju.figures.queries import ask, whole
from youju.figures.values import Attended, Material, PersonFact
from youju.kit.datafile import DataFault
from youju.kit.periods import Period
from youju.people.members.actions import change_membership
from youju.people.members.values import Standing
from youju.people.posts.actions import relieve
from youju.people.posts.values import Title
from youju.records.activities.actions import record_activity
from youju.records.activities.values import ActivityDraft, RosterEntry

YEAR, END = Period.year(2026), date(2026, 12, 31)
DAY = date(2026, 3, 20)


@pytest.fixture
def cast(db):
    return standing_cast(formal=5)


def hours(unit, figure="学时合计", as_of=END):
    return ask(figure, unit, YEAR, as_of=as_of)


def shares(answer):
    found = {}
    for row in answer.rows:
        for who, amount in row.shares:
            found[who] = found.get(who, 0) + amount
    return found


def test_each_who_came_has_the_hours_of_the_session(cast):
    absent, late = cast.people[0], cast.people[1]
    roster = make.everyone(cast.branch, ["theme_day"], DAY, absent=[absent])
    make.activity(cast.branch, "theme_day", DAY, hours=1.5, roster=roster)
    make.activity(cast.branch, "committee_meeting", DAY)  # does not count
    answer = hours(cast.branch)
    assert answer.value == 6 and absent.pk not in shares(answer) and shares(answer)[late.pk] == 1.5
    assert [row.note for row in answer.rows] == ["4人，6学时"]


def test_a_session_of_two_kinds_that_count_is_counted_once(cast):
    make.activity(cast.branch, ("theme_day", "party_lecture"), DAY, hours=2)
    assert hours(cast.branch).value == 10


def test_a_session_without_an_end_is_named_and_never_guessed(cast):
    starts = make.moment(DAY)
    draft = ActivityDraft(("group_study",), "学习", starts, roster=make.everyone(cast.branch, ["group_study"], DAY))
    record_activity(unit=cast.branch, draft=draft, by=None, at=make.moment(DAY, 20))
    answer = hours(cast.branch)
    assert answer.value == 0 and [row.note for row in answer.rows] == ["不计（没有结束时间）"]


def test_a_day_has_no_more_than_its_most(cast):
    one = (RosterEntry(cast.people[0].pk),)
    for hour in (6, 11):
        starts = make.moment(DAY, hour)
        draft = ActivityDraft(("training",), f"{hour}时", starts, ends_at=starts + timedelta(hours=5), roster=one)
        record_activity(unit=cast.branch, draft=draft, by=None, at=make.moment(DAY, 20))
    assert hours(cast.branch).value == HOURS.most_a_day == 8


def test_hours_follow_a_member_and_stay_with_the_unit_he_left(cast):
    mover = cast.people[4]
    alone = (RosterEntry(mover.pk),)
    make.activity(cast.branch, "training", date(2026, 3, 1), roster=alone, hours=3)
    change_membership(
        member=mover, unit=cast.other, standing=Standing.FORMAL, since=date(2026, 7, 1), by=None, at=make.moment(DAY)
    )
    make.activity(cast.other, "training", date(2026, 8, 1), roster=alone, hours=4)
    assert (hours(cast.branch).value, hours(cast.other).value, hours(cast.above).value) == (3, 7, 7)
    assert {row.unit_id for row in hours(cast.other).rows} == {cast.branch.pk, cast.other.pk}


def test_the_committees_hours_are_those_of_its_members(cast):
    plain = make.member(cast.branch)
    make.activity(cast.branch, "training", DAY, hours=2)
    assert plain.pk in shares(hours(cast.branch)) and hours(cast.branch).value == 12
    assert hours(cast.branch, "委员学时合计").value == 10


def test_the_committees_hours_are_those_of_the_days_on_it(cast):
    left, come = cast.people[1], make.member(cast.branch)
    change = date(2026, 6, 1)
    relieve(post=left.posts.get(), on=change, by=None, at=make.moment(DAY))
    make.appoint(member=come, unit=cast.branch, title=Title.DEPUTY, since=change, by=None, at=make.moment(DAY))
    for day in (DAY, date(2026, 8, 20)):
        make.activity(cast.branch, "training", day, hours=2, roster=(RosterEntry(left.pk), RosterEntry(come.pk)))
    answer = hours(cast.branch, "委员学时合计")
    assert shares(answer) == {left.pk: 2, come.pk: 2} and [row.amount for row in answer.rows] == [2, 2]
    assert sum(part.value for _, part in answer.by_month()) == answer.value == 4
    march = [ask("委员学时合计", cast.branch, Period.month(2026, 3), as_of=day) for day in (date(2026, 3, 31), END)]
    assert march[0].rows == march[1].rows and shares(march[0]) == {left.pk: 2}  # whoever is on it by the year's end


def test_what_comes_after_the_day_of_asking_does_not_count(cast):
    make.activity(cast.branch, "training", DAY)
    assert [hours(cast.branch, as_of=day).value for day in (DAY - timedelta(days=1), DAY)] == [0, 10]


def test_hours_cost_a_fixed_number_of_queries(cast):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            whole(cast.branch, YEAR)
        return len(queries)

    make.activity(cast.branch, "training", DAY)
    few = cost()
    for month in range(1, 9):
        make.activity(cast.branch, ("theme_day", "party_lecture"), date(2026, month, 5))
    assert cost() == few


MOMENTS = st.datetimes(datetime(2026, 3, 1), datetime(2026, 3, 5)).map(lambda m: m.replace(tzinfo=make.SHANGHAI))


@given(MOMENTS, st.integers(1, 4 * 24 * 60))
def test_no_day_has_more_than_its_most_and_none_is_lost_within_it(starts, minutes):
    found = HOURS.of_session(starts, starts + timedelta(minutes=minutes))
    assert all(0 < amount <= HOURS.most_a_day for amount in found.values())
    total = sum(found.values())
    assert total <= Fraction(minutes, HOURS.minutes_an_hour)
    if minutes <= HOURS.most_a_day * HOURS.minutes_an_hour:
        assert Fraction(minutes, HOURS.minutes_an_hour) - total <= Fraction(1, 30)  # a minute cut by midnight


@given(st.integers(1, 366), st.integers(1, 200))
def test_a_share_is_never_more_than_the_whole(days, whole_hours):
    share = HOURS.share_of(whole_hours, days, 366)
    assert 0 <= share <= whole_hours and (share == whole_hours) == (days == 366)


@pytest.mark.parametrize(
    ("before", "after", "key"),
    [
        ("most_a_day: 8", "most_a_day: 0", "most_a_day"),
        ("minutes_an_hour: 60", "minutes_an_hour: 600", "minutes_an_hour"),
        ("party_lecture,", "tea_party,", "kinds.0"),
        ("share_rounding: down", "share_rounding: away", "share_rounding"),
        ("no_end:", "nothing:", "nothing"),
    ],
)
def test_a_wrong_conversion_names_file_line_and_key(tmp_path, before, after, key):
    text = HOURS_FILE.read_text(encoding="utf-8")
    assert text.count(before) == 1
    file = tmp_path / "hours.yaml"
    file.write_text(text.replace(before, after), encoding="utf-8")
    with pytest.raises(DataFault) as caught:
        read_conversion(file)
    assert key in caught.value.key or caught.value.key == "no_end"
    assert caught.value.line > 1 and "hours.yaml" in str(caught.value)


WHO = (1, 2, 3)
DAYS = st.dates(date(2026, 3, 1), date(2026, 3, 4))
attended = st.tuples(
    DAYS,
    st.none() | st.lists(st.fractions(0, 8, max_denominator=45), min_size=0, max_size=2),  # by day, from its own on
    st.sets(st.sampled_from(WHO), min_size=1),
)


@given(st.lists(attended, max_size=7), st.tuples(*[st.none() | DAYS] * len(WHO)), DAYS)
def test_days_of_one_session_are_counted_as_days_of_many(drawn, left, as_of):
    """A day that one session has for itself is not gone through member by member; nothing comes out otherwise."""
    ordered = sorted(drawn, key=lambda one: one[0])
    sessions = tuple(_attended(n, *one) for n, one in enumerate(ordered, start=1))
    people = tuple(
        PersonFact(who, who, "", 1, date(2020, 1, 1), until, "formal") for who, until in zip(WHO, left, strict=True)
    )
    answer = rules.answer(FIGURES["学时合计"], Material(1, YEAR, (), people, (), (), sessions), YEAR, as_of)
    assert [(row.id, row.amount, dict(row.shares)) for row in answer.rows] == list(_one_by_one(sessions, left, as_of))


def _attended(n, day, hours, members):
    by_day = None if hours is None else tuple((day + timedelta(days=i), each) for i, each in enumerate(hours))
    return Attended(n, "", "", day, 1, ("group_study",), day, by_day, tuple(sorted(members)))


def _one_by_one(sessions, left, as_of):
    """Of each member and day what is left of the day's most."""
    room = {}
    for session in sessions:
        got = {}
        for who in session.members:
            until = left[who - 1]
            if session.held_on > as_of or (until is not None and session.held_on >= until):
                continue
            got[who] = Fraction(0)
            for day, hours in session.by_day or ():
                taken = min(hours, room.get((who, day), Fraction(HOURS.most_a_day)))
                room[who, day] = room.get((who, day), Fraction(HOURS.most_a_day)) - taken
                got[who] += taken
        if got:
            yield session.id, float(sum(got.values())), {who: float(hours) for who, hours in got.items()}
