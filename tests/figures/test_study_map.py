"""学习地图: a topic is touched by the word of a record, by a material that was studied, by what somebody read; nothing twice."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import make
from tests.cast import Cast, standing_cast
from tests.study import making
from youju.figures.study_map import Depth, StudyMap, study_map
from youju.people.models import Unit
from youju.records.activities.actions import remove_activity
from youju.records.facets.values import Facets
from youju.records.models import Session, Source
from youju.records.projects.actions import start_project
from youju.records.projects.values import ProjectDraft
from youju.records.readings.actions import note_reading, withdraw_reading
from youju.records.sources.actions import enter_source
from youju.records.sources.values import Said, SourceDraft
from youju.study.curriculum.actions import add_topic, archive_topic, place_source
from youju.study.curriculum.models import Topic
from youju.study.curriculum.values import TopicDraft
from youju.study.uses.actions import put_to_use
from youju.study.uses.values import UseDraft

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
WHEN = {"by": None, "at": make.moment(date(2024, 1, 5))}


@pytest.fixture
def cast() -> Cast:
    return standing_cast(groups=2)


def topic(unit: Unit, title: str, parent: Topic | None = None, *words: str) -> Topic:
    return add_topic(unit=unit, draft=TopicDraft(title, words), parent_id=parent.pk if parent else None, **WHEN)


def text(cast: Cast, title: str, *topics: Topic) -> Source:
    source = enter_source(unit=cast.branch, draft=SourceDraft(title), **WHEN)
    place_source(source=source, topic_ids=[one.pk for one in topics], seen=[], **WHEN)
    return source


def studied(
    cast: Cast, day: date, *topics: str, kind: str = "group_study", said: str = "", forms: tuple[str, ...] = ()
) -> Session:
    facets = Facets(forms=forms, topics=topics)
    return make.activity(cast.branch, kind, day, facets=facets, studied=(Said(said),) if said else ())


def the_map(cast: Cast, *years: int) -> StudyMap:
    return study_map(cast.branch, years or (2026,), as_of=TODAY)


def numbers(found: StudyMap, one: Topic, year: int = 2026) -> list[str]:
    return [touch.row.number for touch in found.cell(one.pk, year).touches]


def test_a_word_of_a_record_finds_its_topic(cast: Cast) -> None:
    red = topic(cast.branch, "红色教育", None, "老区故事")
    one = studied(cast, date(2026, 3, 5), "红色教育")
    two = studied(cast, date(2026, 4, 5), "老区故事", "别的专题")
    studied(cast, date(2026, 5, 5), "别的专题")
    found = the_map(cast)
    assert numbers(found, red) == [one.number, two.number]
    assert found.cell(red.pk, 2026).depth is Depth.READ and found.cell(red.pk, 2026).told == "学过 2 次"
    assert found.homeless == (("别的专题", 2),)


def test_a_material_touches_the_topics_at_which_it_stands(cast: Cast) -> None:
    red, theory = topic(cast.branch, "红色教育"), topic(cast.branch, "理论")
    text(cast, "青禾读本", red, theory)
    held = studied(cast, date(2026, 3, 5), "红色教育", said="青禾读本")
    found = the_map(cast)
    assert numbers(found, red) == numbers(found, theory) == [held.number]  # by word and by material, and once


def test_who_spoke_went_deeper(cast: Cast) -> None:
    red = topic(cast.branch, "红色教育")
    studied(cast, date(2026, 3, 5), "红色教育")
    studied(cast, date(2026, 4, 5), "红色教育", forms=("round_table",))
    studied(cast, date(2026, 5, 5), "红色教育", kind="seminar")
    cell = the_map(cast).cell(red.pk, 2026)
    assert cell.depth is Depth.DISCUSSED and cell.told == "学过 1 次，研讨过 2 次"


def test_what_touched_a_topic_touched_all_above_it(cast: Cast) -> None:
    top = topic(cast.branch, "党史和革命传统")
    red = topic(cast.branch, "红色教育", top)
    house, unread = topic(cast.branch, "纪念馆", red), topic(cast.branch, "新中国史", top)
    held = studied(cast, date(2026, 3, 5), "红色教育", "纪念馆")
    found = the_map(cast)
    assert numbers(found, top) == numbers(found, red) == numbers(found, house) == [held.number]
    assert found.never == (unread.pk,)
    assert found.reached(2026) == {Depth.NEVER: 1, Depth.READ: 1, Depth.DISCUSSED: 0, Depth.TESTED: 0, Depth.APPLIED: 0}


def test_what_was_never_touched_is_told_in_the_order_of_the_tree(cast: Cast) -> None:
    first, second = topic(cast.branch, "党史"), topic(cast.branch, "法律")
    law, house = topic(cast.branch, "宪法", second), topic(cast.branch, "纪念馆", first)
    assert the_map(cast).never == (house.pk, law.pk)


def test_reading_by_oneself_counts_and_names_nobody(cast: Cast) -> None:
    red = topic(cast.branch, "红色教育")
    text(cast, "青禾读本", red)
    entered = {"by": None, "at": make.moment(date(2026, 5, 6))}
    rows = [
        note_reading(member=cast.people[n], read_on=date(2026, 5, 5), title=title, **entered)
        for n, title in ((0, "青禾读本"), (1, "红色教育"), (2, "随便看看"))
    ]
    cell = the_map(cast).cell(red.pk, 2026)
    assert sorted(touch.row.title for touch in cell.touches) == ["红色教育", "青禾读本"]
    assert cell.depth is Depth.READ and all(person.name not in repr(cell) for person in cast.people)
    withdraw_reading(reading=rows[0], **entered)
    assert len(the_map(cast).cell(red.pk, 2026).touches) == 1


def test_tested_and_put_to_use_go_deeper(cast: Cast) -> None:
    red, theory, unasked = topic(cast.branch, "红色教育"), topic(cast.branch, "理论"), topic(cast.branch, "法律")
    source = text(cast, "青禾读本", theory)
    asked = [
        making.question(cast.branch, "一？", topic="红色教育"),
        making.question(cast.branch, "二？", source_id=source.pk),
    ]
    test = making.published(cast.branch, asked)
    assert the_map(cast).touched == {}  # nobody has finished it
    making.answered(cast.people[0], test, [1, 2])
    found = the_map(cast)
    assert [found.cell(one.pk, 2026).depth for one in (red, theory, unasked)] == [
        Depth.TESTED,
        Depth.TESTED,
        Depth.NEVER,
    ]
    (touch,) = found.cell(red.pk, 2026).touches
    assert (touch.row.title, touch.row.note) == ("十一月自测", "1 人做完") and cast.people[0].name not in repr(found)
    draft = ProjectDraft("service", "托管到户", "让农户省心", date(2026, 3, 1))
    project = start_project(unit=cast.branch, draft=draft, by=None, at=make.moment(TODAY))
    use = UseDraft(source.pk, outcome="按书里的办法签了合同", used_on=date(2026, 5, 6))
    put_to_use(work=project, draft=use, by=None, at=make.moment(TODAY))
    cell = the_map(cast).cell(theory.pk, 2026)
    assert cell.depth is Depth.APPLIED and cell.told == "测过 1 次，用上了 1 次"


def test_years_lie_apart_and_an_unknown_year_is_not_told(cast: Cast) -> None:
    red = topic(cast.branch, "红色教育")
    first, second = studied(cast, date(2024, 12, 31), "红色教育"), studied(cast, date(2026, 1, 1), "红色教育")
    found = the_map(cast, 2023, 2024, 2025, 2026)
    assert [numbers(found, red, year) for year in found.years] == [[], [first.number], [], [second.number]]
    assert found.known == {2024, 2026}
    assert numbers(study_map(cast.branch, (2026,), as_of=date(2025, 12, 31)), red) == []


def test_what_did_not_happen_or_is_another_units_touches_nothing(cast: Cast) -> None:
    red = topic(cast.branch, "红色教育")
    topic(cast.other, "红色教育")
    make.activity(cast.other, "group_study", date(2026, 3, 5), facets=Facets(topics=("红色教育",)))
    gone = studied(cast, date(2026, 4, 5), "红色教育")
    assert numbers(the_map(cast), red) == [gone.number]
    remove_activity(session=gone, reason="记错了", by=None, at=make.moment(TODAY))
    assert numbers(the_map(cast), red) == [] and the_map(cast).known == frozenset()


def test_a_topic_out_of_use_is_not_on_the_map(cast: Cast) -> None:
    red = topic(cast.branch, "红色教育")
    text(cast, "青禾读本", red)
    studied(cast, date(2026, 3, 5), "红色教育", said="青禾读本")
    archive_topic(topic=red, revision=1, **WHEN)
    found = the_map(cast)
    assert not found.touched and found.homeless == (("红色教育", 1),)


def test_it_asks_as_often_for_ten_years_as_for_one(cast: Cast) -> None:
    red = topic(cast.branch, "红色教育")
    text(cast, "青禾读本", red)
    for year in range(2017, 2027):
        studied(cast, date(year, 3, 5), "红色教育", said="青禾读本")
    with CaptureQueriesContext(connection) as one:
        the_map(cast)
    with CaptureQueriesContext(connection) as ten:
        found = the_map(cast, *range(2017, 2027))
        assert all(found.cell(red.pk, year).touches for year in found.years)
    assert len(ten) == len(one) <= 15
