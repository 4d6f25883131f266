"""专题覆盖 and 学习覆盖: what of the tree a year reached and whom, told by the map of study and by rosters, and by nothing else."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import make
from tests.cast import Cast, standing_cast
from youju.figures.catalogue import FIGURES
from youju.figures.conversion import HOURS
from youju.figures.queries import ask, ask_scopes
from youju.figures.study_map import Depth, study_map, study_maps
from youju.kit.periods import Period
from youju.people.listed import Listed
from youju.people.models import Unit
from youju.records.activities.values import Attendance, RosterEntry
from youju.records.facets.values import LISTS, Facets
from youju.records.readings.actions import note_reading
from youju.records.sources.actions import enter_source
from youju.records.sources.values import Said, SourceDraft
from youju.study.curriculum.actions import add_topic, place_source
from youju.study.curriculum.models import Topic
from youju.study.curriculum.values import TopicDraft
from youju.study.units.actions import add_unit
from youju.study.units.queries import standings_in
from youju.study.units.values import Stage, UnitDraft

pytestmark = pytest.mark.django_db
YEAR, END = Period.year(2026), date(2026, 12, 31)
WHEN = {"by": None, "at": make.moment(date(2024, 1, 5))}
REACH = ("专题覆盖数", "专题覆盖率")


def topic(unit: Unit, title: str, parent: Topic | None = None) -> Topic:
    return add_topic(unit=unit, draft=TopicDraft(title), parent_id=parent.pk if parent else None, **WHEN)


def planted(unit: Unit) -> list[Topic]:
    """党史 over 红色教育 and 廉政; 法律 beside it: three topics without topics under them."""
    top = topic(unit, "党史")
    return [topic(unit, "红色教育", top), topic(unit, "廉政", top), topic(unit, "法律")]


def studied(unit: Unit, day: date, *topics: str, **more: object) -> None:
    make.activity(unit, "group_study", day, facets=Facets(topics=topics), **more)


def test_topics_reached_are_those_of_the_map_on_every_day() -> None:
    branch = standing_cast().branch
    red, clean, law = planted(branch)
    source = enter_source(unit=branch, draft=SourceDraft("宪法读本"), **WHEN)
    place_source(source=source, topic_ids=[law.pk], seen=[], **WHEN)
    studied(branch, date(2026, 2, 5), "红色教育")
    studied(branch, date(2026, 3, 5), "红色教育", studied=(Said("宪法读本"),))
    studied(branch, date(2025, 3, 5), "廉政")
    studied(branch, date(2026, 5, 5), "党史")  # what lies above was named: no topic that is counted
    for day, many in ((date(2026, 1, 31), 0), (date(2026, 2, 5), 1), (date(2026, 4, 1), 2), (END, 2)):
        chart = study_map(branch, (2026,), as_of=day)
        count, rate = (ask(name, branch, YEAR, as_of=day) for name in REACH)
        reached = sum(chart.reached(2026).values()) - chart.reached(2026)[Depth.NEVER]
        assert count.value == reached == many and rate.value == round(100 * many / 3, 1)
        assert {row.id for row in rate.rows if not row.amount} == set(chart.never)
    assert [(row.noun, row.id, row.title, row.day) for row in count.rows] == [
        ("topic", red.pk, "红色教育", date(2026, 2, 5)),
        ("topic", law.pk, "法律", date(2026, 3, 5)),
    ]
    assert [(row.id, row.note) for row in rate.rows if row.note] == [(clean.pk, "没学过")]
    assert count.said() == "学习覆盖专题2个" and ask("专题覆盖数", branch, Period.year(2025), as_of=END).value == 1


def test_without_a_tree_nothing_is_said_of_topics() -> None:
    cast = standing_cast()
    studied(cast.branch, date(2026, 2, 5), "红色教育")
    assert not any(ask(name, cast.branch, YEAR, as_of=END).known for name in REACH)
    planted(cast.branch)
    assert all(ask(name, cast.branch, YEAR, as_of=END).known for name in REACH)
    for name in (*REACH, "学习覆盖党员数", "学习覆盖率"):
        never = ask(name, cast.branch, Period.year(2025), as_of=END)
        assert (never.value, never.known) == (0, False), name  # a year without a record is not known
    source = enter_source(unit=cast.branch, draft=SourceDraft("宪法读本"), **WHEN)
    topics = Topic.objects.filter(title="法律").values_list("pk", flat=True)
    place_source(source=source, topic_ids=topics, seen=(), **WHEN)
    note_reading(member=cast.people[0], read_on=date(2025, 5, 6), title="宪法读本", by=None, at=make.moment(END))
    assert ask("专题覆盖率", cast.branch, Period.year(2025), as_of=END).known  # of what was read something is


def test_many_ledgers_are_told_as_each_alone_and_cost_the_same() -> None:
    cast = standing_cast(groups=2)
    for unit in (cast.branch, cast.other):
        planted(unit)
    roster = make.everyone(cast.branch, ["group_study"], date(2026, 3, 5))
    roster += make.everyone(cast.other, ["group_study"], date(2026, 3, 5))
    studied(cast.other, date(2026, 3, 5), "法律", joining_unit_ids=(cast.branch.pk,), roster=roster)
    studied(cast.other, date(2026, 4, 5), "廉政")
    alone = {unit.pk: study_map(unit, (2026,), as_of=END) for unit in (cast.branch, cast.other)}
    assert study_maps((cast.branch, cast.other), (2026,), as_of=END) == alone
    titles = {pk: [chart.tree.node(at).title for at, _ in chart.touched] for pk, chart in alone.items()}
    assert titles == {cast.branch.pk: ["法律"], cast.other.pk: ["法律", "廉政"]}
    assert ask("专题覆盖数", cast.above, YEAR, as_of=END).value == 3

    def cost(*units: Unit) -> int:
        with CaptureQueriesContext(connection) as queries:
            ask_scopes(REACH, units, YEAR, as_of=END)
        return len(queries)

    assert cost(cast.branch, cast.above) == cost(cast.branch, cast.other, cast.above)


def test_what_branches_hold_together_is_of_their_ledgers_and_not_of_their_committees() -> None:
    cast, day = standing_cast(groups=2), date(2026, 3, 5)
    units = (cast.branch, cast.other, cast.above)
    for unit in units:
        draft = UnitDraft(
            "学廉政", Period.month(2026, 3).start, Period.month(2026, 3).end, topic_id=topic(unit, "廉政").pk
        )
        add_unit(unit=unit, draft=draft, by=None, at=make.moment(day))
    own, guests = make.everyone(cast.other, ["group_study"], day), make.everyone(cast.groups[0], ["group_study"], day)
    studied(cast.other, day, "廉政", joining_unit_ids=(cast.groups[0].pk,), roster=own + guests)
    maps = study_maps(units, (2026,), as_of=END)
    assert {pk: len(chart.touched) for pk, chart in maps.items()} == dict(
        zip((u.pk for u in units), (1, 1, 0), strict=True)
    )
    assert maps[cast.above.pk].known == frozenset()
    stood = {one.unit.ledger_id: one.stage for one in standings_in(Listed(unit.pk for unit in units), YEAR, on=END)}
    assert [stood[unit.pk] for unit in units] == [Stage.DONE, Stage.DONE, Stage.LATE]  # plans say the same


def came(unit: Unit, kind: str, day: date, *present: int) -> None:
    """A record to which these members came and all others did not."""
    roster = tuple(
        RosterEntry(one.member_id, Attendance.PRESENT if one.member_id in present else Attendance.ABSENT)
        for one in make.everyone(unit, [kind], day)
    )
    make.activity(unit, kind, day, roster=roster)


def test_members_reached_are_who_came_to_any_study_that_counts() -> None:
    cast: Cast = standing_cast(formal=4)
    first, second, never = (one.pk for one in cast.people[:3])
    came(cast.branch, "group_study", date(2026, 3, 5), first)
    came(cast.branch, "warning_education", date(2026, 4, 5), first, second)
    came(cast.branch, "party_meeting", date(2026, 5, 5), never)
    count = ask("学习覆盖党员数", cast.branch, YEAR, as_of=END)
    rate = ask("学习覆盖率", cast.branch, YEAR, as_of=END)
    assert {row.id for row in count.rows} == {first, second} and count.value == 2
    assert rate.value == round(200 / len(rate.rows), 1) and never in {row.id for row in rate.rows}
    assert [(part.label, share.value) for part, share in count.by_quarter() if share.rows] == [
        ("2026年第一季度", 1),
        ("2026年第二季度", 1),
    ]
    met = ask("学习参加率", cast.branch, YEAR, as_of=END)
    assert (met.value, len(met.rows)) == (round(300 / sum(row.base for row in met.rows), 1), 2)
    assert ask("学习覆盖党员数", cast.branch, YEAR, as_of=date(2026, 3, 31)).value == 1


def test_study_that_counts_is_what_counts_as_hours() -> None:
    for name in ("学习覆盖党员数", "学习覆盖率", "学习参加率"):
        assert set(FIGURES[name].kinds) == set(HOURS.kinds), name


def test_every_form_of_study_has_its_figure() -> None:
    asked = [figure.where.forms for figure in FIGURES.values() if figure.where.forms]
    assert sorted(asked) == sorted((form,) for form in LISTS.forms)
