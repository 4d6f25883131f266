"""学习重点: stated above, taken over below, told back as numbers that come from what the branches recorded."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import make
from tests.cast import Cast, standing_cast
from tests.records.together import together
from youju.kit.refusal import Overtaken, Refusal
from youju.people.units.actions import close_unit, open_unit
from youju.people.units.values import UnitKind
from youju.records.sources.models import Source
from youju.records.sources.values import Said
from youju.study.curriculum.actions import add_topic
from youju.study.curriculum.queries import tree_of
from youju.study.curriculum.values import TopicDraft
from youju.study.models import StudyPoint, StudyUnit
from youju.study.points.actions import change_point, state_point, withdraw_point
from youju.study.points.queries import points_for, stated_by
from youju.study.points.values import PointDraft
from youju.study.units.actions import add_unit, change_unit, drop_unit, plan_year, take_point
from youju.study.units.queries import drafts_of, find, standings, untaken
from youju.study.units.rules import drafted
from youju.study.units.taking import reach_of
from youju.study.units.values import Pace, Stage, UnitDraft, Wanted
from youju.upkeep.mentions import Mention, mentions
from youju.upkeep.verify import faults

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
AT = make.moment(TODAY)
FROM, TO = date(2026, 3, 1), date(2026, 4, 30)


@pytest.fixture
def cast() -> Cast:
    return standing_cast()


def stated(cast: Cast, **more: object) -> StudyPoint:
    draft = replace(PointDraft("学新修订的条例", FROM, TO, topic="纪律教育", text="《青禾条例》"), **more)  # type: ignore[arg-type]
    return state_point(sender=cast.above, draft=draft, by=cast.superior, at=AT)


def take(cast: Cast, point: StudyPoint) -> StudyUnit:
    return take_point(unit=cast.branch, point=point, by=cast.clerk, at=AT)


def refused(call: object) -> str:
    with pytest.raises(Refusal) as caught:
        call()  # type: ignore[operator]
    return caught.value.field


def test_what_is_stated_above_is_asked_of_everything_below_and_of_nobody_else(cast: Cast) -> None:
    elsewhere = make.unit(name="别处党支部", parent=make.unit(name="别处工委", kind=UnitKind.COMMITTEE))
    point = stated(cast)
    assert point.text == "青禾条例"  # as registers name it
    assert points_for(cast.branch, 2026) == points_for(cast.other, 2026) == [point]
    assert points_for(elsewhere, 2026) == points_for(cast.above, 2026) == points_for(cast.branch, 2027) == []
    with pytest.raises(Refusal, match="不是对本组织提的"):
        take_point(unit=elsewhere, point=point, by=None, at=AT)
    withdraw_point(point=point, revision=1, reason="另行部署", by=None, at=AT)
    assert points_for(cast.branch, 2026) == [] and faults() == []


def test_it_is_taken_over_with_its_topic_and_its_material(cast: Cast) -> None:
    topic = add_topic(unit=cast.branch, draft=TopicDraft("廉政", ("纪律教育",)), parent_id=None, by=None, at=AT)
    point = stated(cast)
    assert untaken(cast.branch, 2026) == [point] and not Source.objects.exists()
    unit = take(cast, point)
    assert (unit.title, unit.starts_on, unit.ends_on, unit.topic, unit.above) == (point.title, FROM, TO, topic, point)
    assert [one.title for one in unit.sources.all()] == ["青禾条例"] and untaken(cast.branch, 2026) == []
    with pytest.raises(Refusal, match="已经列入"):
        take(cast, point)
    assert faults() == []
    kept = UnitDraft("学条例", FROM, FROM, topic_id=topic.pk, above_id=point.pk)
    withdraw_point(point=point, revision=1, reason="另行部署", by=None, at=AT)
    change_unit(unit=unit, draft=kept, revision=1, by=None, at=AT)  # what it was made for stays with it
    found = find(cast.branch, unit.pk)
    assert found and found.above == point and found.title == "学条例" and faults() == []


def test_a_full_year_takes_no_point_over_and_registers_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("youju.study.units.actions.MOST_IN_A_YEAR", 1)
    topic = add_topic(unit=cast.branch, draft=TopicDraft("廉政"), parent_id=None, by=None, at=AT)
    add_unit(unit=cast.branch, draft=UnitDraft("学廉政", FROM, TO, "group_study", topic.pk), by=None, at=AT)
    with pytest.raises(Refusal, match="最多排 1 个单元"):
        take(cast, stated(cast))
    assert StudyUnit.objects.count() == 1 and not Source.objects.exists()


def test_what_nothing_here_knows_is_not_taken_over_blindly(cast: Cast) -> None:
    point = stated(cast, text="")
    assert refused(lambda: take(cast, point)) == "topic" and not StudyUnit.objects.exists()
    other = add_topic(unit=cast.other, draft=TopicDraft("纪律教育"), parent_id=None, by=None, at=AT)
    assert refused(lambda: take(cast, point)) == "topic"  # the tree of another branch is no help
    assert take_point(unit=cast.other, point=point, by=None, at=AT).topic == other


def test_the_draft_of_a_year_takes_them_first(cast: Cast) -> None:
    add_topic(unit=cast.branch, draft=TopicDraft("廉政"), parent_id=None, by=None, at=AT)
    march, any_time = (
        stated(cast, ends_on=date(2026, 3, 31)),
        stated(cast, title="学报告", text="报告", ends_on=date(2026, 12, 31)),
    )
    lost = stated(cast, title="学别的", text="", topic="没有的专题")
    seen = drafts_of(cast.branch, tree_of(cast.branch), 2026, Pace.MONTHLY, on=TODAY)
    assert [one.above_id for one in seen] == [None, None, march.pk, any_time.pk, *[None] * 8]
    units = plan_year(unit=cast.branch, year=2026, by=None, at=AT)
    assert [(one.title, one.above_id) for one in units] == [(one.title, one.above_id) for one in seen]
    assert [one.title for one in units[2].sources.all()] == ["青禾条例"] and untaken(cast.branch, 2026) == [lost]
    weeks = Pace.WEEKLY.spans(2026)
    wanted = [Wanted(n, f"第{n}点", weeks[9], None, (1,)) for n in range(3)]
    placed = drafted(weeks, [(1, "题", ())], [], wanted=wanted)
    assert [one.above_id for one in placed if one.above_id is not None] == [
        0
    ]  # of one week the first, no other is pushed out
    short = Wanted(7, "半周", type(weeks[9])(weeks[9].start, weeks[9].start), None, (1,))
    (one,) = [one for one in drafted(weeks, [(1, "题", ())], [], wanted=[short]) if one.above_id]
    assert one.starts_on == one.ends_on == weeks[9].start
    assert [one.above_id for one in drafted(weeks, [], [], wanted=wanted)] == [
        0
    ]  # without a tree, what is asked at least


def test_above_is_told_how_many_and_it_is_what_the_branches_recorded(cast: Cast) -> None:
    point = stated(cast)
    unit = take(cast, point)
    (reach,) = reach_of([point], on=TODAY)
    assert (len(reach.takings), reach.taken, reach.learned) == (2, 1, 0)
    session = make.activity(cast.branch, "group_study", date(2026, 3, 9), studied=(Said("青禾条例"),))
    make.activity(
        cast.other, "group_study", date(2026, 3, 9), studied=(Said("青禾条例"),)
    )  # not taken over: not counted
    (reach,) = reach_of([point], on=TODAY)
    (own,) = [one for one in reach.takings if one.taken]
    (standing,) = standings(cast.branch, year=2026, on=TODAY)
    assert reach.learned == 1 and own.unit == cast.branch and own.sessions == len(standing.sessions) == 1
    assert standing.stage is Stage.DONE and standing.sessions == (session,)
    assert reach_of([point], on=date(2026, 3, 8))[0].learned == 0  # as of a day
    drop_unit(unit=unit, revision=1, reason="并入别的单元", by=None, at=AT)
    assert reach_of([point], on=TODAY)[0].taken == 0
    closed = make.unit(name="早撤的支部", parent=cast.above)
    close_unit(unit=closed, on=date(2026, 2, 1), successor=None, by=None, at=AT)
    open_unit(
        parent=cast.above, kind=UnitKind.BRANCH, name="后来的支部", short_name="后来", code="LATER", on=date(2026, 5, 1),
        by=None, at=AT,
    )  # fmt: skip
    assert len(reach_of([point], on=TODAY)[0].takings) == 2


def test_many_points_are_told_back_at_the_cost_of_one(cast: Cast) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            found = reach_of(stated_by(cast.above, 2026), on=TODAY)
        assert all((len(one.takings), one.taken) == (2, 1) for one in found)
        return len(queries)

    take(cast, stated(cast))
    once = cost()
    for number in "一二三":
        take(cast, stated(cast, title=f"学第{number}篇", text=f"《第{number}篇》"))
    assert cost() == once


def test_what_cannot_be_is_refused_beside_its_field(cast: Cast) -> None:
    def field(**more: object) -> str:
        return refused(lambda: stated(cast, **more))

    assert field(title=" ") == field(title="长" * 51) == "title" and field(topic="长" * 41) == "topic"
    assert field(ends_on=date(2026, 2, 1)) == field(ends_on=date(2027, 1, 1)) == "ends_on"
    draft = PointDraft("学条例", FROM, TO)
    assert refused(lambda: state_point(sender=cast.branch, draft=draft, by=None, at=AT)) == ""
    point = stated(cast)
    assert field() == "title" and StudyPoint.objects.count() == 1
    change_point(point=point, draft=replace(draft, title="学条例新修订处"), revision=1, by=None, at=AT)
    with pytest.raises(Overtaken):
        change_point(point=point, draft=draft, revision=1, by=None, at=AT)
    moved = replace(draft, starts_on=date(2027, 1, 1), ends_on=date(2027, 1, 31))
    assert refused(lambda: change_point(point=point, draft=moved, revision=2, by=None, at=AT)) == "starts_on"
    assert refused(lambda: withdraw_point(point=point, revision=2, reason="", by=None, at=AT)) == "reason"
    StudyPoint.objects.update(title="听钱学习讲条例")
    assert [fault.sentence for fault in faults()] == ["学习重点“听钱学习讲条例”与最后一次修订不一致。"]
    assert mentions("钱学习") == [Mention("学习重点", cast.above.pk, str(point.pk))]


def test_a_point_is_not_changed_into_one_that_is_there(cast: Cast) -> None:
    point, other = stated(cast), stated(cast, title="学报告")
    same = PointDraft(point.title, FROM, TO)
    assert refused(lambda: change_point(point=other, draft=same, revision=1, by=None, at=AT)) == "title"
    change_point(point=point, draft=replace(same, note="每人写一页体会"), revision=1, by=None, at=AT)


@pytest.mark.django_db(transaction=True)
def test_two_clerks_who_take_it_over_at_once_make_one_unit(cast: Cast) -> None:
    point = stated(cast)

    def click() -> str:
        try:
            return take(cast, point).title
        except Refusal:
            return "refused"

    assert sorted(together(click, click)) == ["refused", point.title] and StudyUnit.objects.count() == 1
    assert Source.objects.count() == 1


def test_what_only_the_committee_can_study_holds_up_no_plan_of_a_branch(cast: Cast) -> None:
    stated(cast, title="跟进学习中心组学习内容")
    add_topic(unit=cast.branch, draft=TopicDraft("廉政", ()), parent_id=None, by=None, at=AT)
    seen = drafts_of(cast.branch, tree_of(cast.branch), 2026, Pace.MONTHLY, on=TODAY)
    made = plan_year(unit=cast.branch, year=2026, by=None, at=AT)
    assert [one.title for one in made] == [one.title for one in seen] and len(made) == 12
    assert [one.above_id for one in made] == [None] * 12 and len(untaken(cast.branch, 2026)) == 1
    assert not Source.objects.filter(title="青禾条例").exists()  # of what stands in no unit nothing is entered


@pytest.mark.parametrize("year", [1926, 2021, 2028, 2062])
def test_a_mistyped_year_is_refused_where_no_page_would_show_it(cast: Cast, year: int) -> None:
    days = {"starts_on": date(year, 3, 1), "ends_on": date(year, 4, 30)}
    assert refused(lambda: stated(cast, **days)) == "starts_on"
    topic = add_topic(unit=cast.branch, draft=TopicDraft("廉政", ()), parent_id=None, by=None, at=AT)
    draft = UnitDraft("学廉政", FROM, TO, topic_id=topic.pk)
    assert refused(lambda: add_unit(unit=cast.branch, draft=replace(draft, **days), by=None, at=AT)) == "starts_on"
    kept = add_unit(unit=cast.branch, draft=draft, by=None, at=AT)
    assert (
        refused(lambda: change_unit(unit=kept, draft=replace(draft, **days), revision=1, by=None, at=AT)) == "starts_on"
    )


@pytest.mark.parametrize("year", [2022, 2027])
def test_the_years_that_pages_show_are_taken(cast: Cast, year: int) -> None:
    assert stated(cast, starts_on=date(year, 3, 1), ends_on=date(year, 4, 30)).year == year


@pytest.mark.parametrize("text", ["《青禾条例》、《青禾准则》", "《青禾条例》《青禾准则》", "《青禾条例》第一章"])
def test_of_several_materials_none_is_lost_without_a_word(cast: Cast, text: str) -> None:
    assert refused(lambda: stated(cast, text=text)) == "text"
    assert stated(cast, text="《关于学习〈青禾条例〉的通知》").text == "关于学习〈青禾条例〉的通知"
