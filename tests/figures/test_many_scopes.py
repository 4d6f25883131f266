"""One loading for many scopes gives each what it would have been given alone."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests import make
from tests.cast import standing_cast
from youju.figures.catalogue import FIGURES
from youju.figures.material import load, load_many
from youju.figures.queries import ask, ask_scopes
from youju.kit.periods import Period
from youju.people.models import Unit
from youju.people.posts.values import Title
from youju.people.units.actions import close_unit
from youju.people.units.values import UnitKind
from youju.records.activities.actions import plan_session, remove_activity
from youju.records.activities.values import AgendaDraft, ItemKind, PlanDraft, ResolutionDraft
from youju.records.problems.actions import raise_problem
from youju.records.problems.values import MeasureDraft, ProblemDraft, Source

pytestmark = pytest.mark.django_db
YEAR, END = Period.year(2026), date(2026, 12, 31)
KINDS = ("theme_day", "committee_meeting", "party_lecture", "heart_talk", "group_meeting")


def two_committees():
    """工委 over two branches, one with groups, and a committee of its own with a third branch; somebody was moved."""
    cast = standing_cast(groups=2)
    office = make.unit(name="教育局党委", kind=UnitKind.COMMITTEE, parent=cast.above)
    school = make.unit(name="中心学校党支部", parent=office)
    make.members(school, 3)
    gone = make.unit(name="老支部", parent=office)
    make.member(gone, title=Title.SECRETARY)
    close_unit(unit=gone, on=date(2026, 5, 1), successor=school, by=None, at=make.moment(date(2026, 5, 1)))
    return cast, school, gone


sessions = st.lists(
    st.tuples(
        st.integers(0, 4),  # host
        st.sampled_from(KINDS),
        st.dates(date(2025, 11, 1), date(2027, 2, 28)),
        st.booleans(),  # of the year before
        st.sets(st.integers(0, 4), max_size=2),  # joining
        st.booleans(),  # removed again
    ),
    max_size=4,
)


def test_many_at_once_equal_each_alone():
    cast, school, _gone = two_committees()
    hosts = [cast.branch, *cast.groups, cast.other, school]
    draft = ProblemDraft("学得不深", Source.SELF, date(2026, 1, 5), 2025)
    raise_problem(
        unit=school, draft=draft, measures=(MeasureDraft("每季谈一次", date(2026, 3, 1)), MeasureDraft("补学", None)),
        by=None, at=make.moment(date(2026, 1, 6)),
    )  # fmt: skip
    plan = PlanDraft(kinds=("theme_day",), title="排", starts_at=make.moment(date(2026, 9, 1)))
    plan_session(unit=cast.other, draft=plan, by=None, at=make.moment(date(2026, 8, 1)))
    units = list(Unit.objects.all())

    @settings(max_examples=6, deadline=None, database=None, phases=[Phase.generate])
    @given(sessions)
    def compare(drawn):
        with transaction.atomic():
            for one in drawn:
                record(cast, hosts, *one)
            for period in (YEAR, Period(date(2026, 2, 1), date(2026, 4, 30))):
                alone = {unit.pk: load(unit, period) for unit in units}
                assert load_many(units, period) == alone
                bare = load_many(units, period, inside=False)
                assert {pk: [fact.id for fact in m.activities] for pk, m in bare.items()} == {
                    pk: [fact.id for fact in m.activities] for pk, m in alone.items()
                }
            transaction.set_rollback(True)

    compare()


def both(one, other):
    day = date(2026, 3, 6)
    return make.everyone(one, ("theme_day",), day) + make.everyone(other, ("theme_day",), day)


def record(cast, hosts, host, kind, day, last_year, joining, removed):
    here = hosts[host]
    others = [hosts[i] for i in sorted(joining) if hosts[i] not in (here, *cast.groups)]
    if here in cast.groups:
        others = [unit for unit in others if unit != cast.branch]
    roster = {entry.member_id: entry for unit in (here, *others) for entry in make.everyone(unit, (kind,), day)}
    items = (AgendaDraft("学习", "", ItemKind.FIRST_TOPIC), AgendaDraft("议事", resolutions=(ResolutionDraft("办"),)))
    secretary = cast.people[0].pk
    made = make.activity(
        here, kind, day, roster=tuple(roster.values()), joining_unit_ids=tuple(unit.pk for unit in others), agenda=items,
        lecturer_id=secretary if kind == "party_lecture" and secretary in roster else None, for_year=day.year - last_year,
    )  # fmt: skip
    if removed:
        remove_activity(session=made, reason="重复", by=None, at=make.moment(date(2027, 3, 1)))


def test_of_all_scopes_one_question_costs_the_same():
    cast, school, gone = two_committees()
    make.activity(
        cast.branch, "theme_day", date(2026, 3, 6), joining_unit_ids=(school.pk,), roster=both(cast.branch, school)
    )

    def cost(*units):
        with CaptureQueriesContext(connection) as queries:
            ask_scopes(("主题党日次数",), units, YEAR, as_of=END)
        return len(queries)

    assert cost(cast.branch, cast.other) == cost(cast.branch, cast.other, school, gone)
    many = ask_scopes(("主题党日次数", "支委会次数"), [cast.branch, school, cast.above], YEAR, as_of=END)
    assert {pk: answers["主题党日次数"].value for pk, answers in many.items()} == {
        cast.branch.pk: 1, school.pk: 1, cast.above.pk: 1,
    }  # fmt: skip
    assert many[school.pk]["支委会次数"] == ask("支委会次数", school, YEAR, as_of=END)


def test_every_figure_is_the_same_asked_of_many_or_of_one():
    cast, school, gone = two_committees()
    make.activity(
        cast.branch,
        ("theme_day", "party_lecture"),
        date(2026, 3, 6),
        joining_unit_ids=(cast.other.pk,),
        roster=both(cast.branch, cast.other),
    )
    units = [cast.above, cast.branch, cast.other, school, gone]
    many = ask_scopes(FIGURES, units, YEAR, as_of=END)
    for unit in units:
        for figure in FIGURES:
            assert many[unit.pk][figure] == ask(figure, unit, YEAR, as_of=END), (unit, figure)


def test_nobody_asked_is_nobody_answered():
    assert load_many((), YEAR) == {} == ask_scopes(("主题党日次数",), (), YEAR, as_of=END)
