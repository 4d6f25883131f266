"""学习安排: the year's units are fulfilled by records, made up by records, and neither is ever typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import make
from tests.cast import Cast, standing_cast
from tests.records.together import together
from youju.figures.queries import ask
from youju.figures.study_map import study_map
from youju.journal.models import Line
from youju.kit.periods import Period
from youju.kit.refusal import Overtaken, Refusal
from youju.people.listed import Listed
from youju.people.models import Member
from youju.people.units.queries import version
from youju.records.activities.actions import remove_activity
from youju.records.activities.models import Session
from youju.records.facets.values import Facets
from youju.records.readings.actions import note_reading, withdraw_reading
from youju.records.sources.actions import enter_source
from youju.records.sources.models import Source
from youju.records.sources.values import Said, SourceDraft
from youju.study.curriculum.actions import add_topic, merge_topic, place_source
from youju.study.curriculum.models import Topic
from youju.study.curriculum.queries import tree_of
from youju.study.curriculum.values import TopicDraft
from youju.study.models import StudyUnit
from youju.study.queries import about
from youju.study.units.actions import add_unit, change_unit, drop_unit, plan_year
from youju.study.units.queries import Standing, drafts_of, find, leading, standings, standings_in
from youju.study.units.rules import drafted
from youju.study.units.values import IN_TURN, Pace, Stage, UnitDraft
from youju.upkeep.mentions import Mention, mentions
from youju.upkeep.verify import faults

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
AT = make.moment(TODAY)
FROM, TO = date(2026, 3, 1), date(2026, 3, 31)
BOOK = "青禾读本"


@pytest.fixture
def cast() -> Cast:
    return standing_cast()


def topic(cast: Cast, title: str = "廉政", words: tuple[str, ...] = ("廉洁自律",), under: Topic | None = None) -> Topic:
    return add_topic(
        unit=cast.branch, draft=TopicDraft(title, words), parent_id=under.pk if under else None, by=None, at=AT
    )


def book(cast: Cast) -> Source:
    return enter_source(unit=cast.branch, draft=SourceDraft(BOOK), by=None, at=make.START)


def planned(cast: Cast, **more: object) -> StudyUnit:
    draft = UnitDraft(**({"title": "学廉政", "starts_on": FROM, "ends_on": TO} | more))  # type: ignore[arg-type]
    return add_unit(unit=cast.branch, draft=draft, by=None, at=AT)


def studied(cast: Cast, day: date, *, absent: int = 0, **more: object) -> Session:
    roster = make.everyone(cast.branch, ("group_study",), day, absent=cast.people[:absent], exempt=cast.people[8:])
    return make.activity(cast.branch, "group_study", day, roster=roster, **more)


def now(cast: Cast, on: date = TODAY) -> Standing:
    (found,) = standings(cast.branch, year=2026, on=on)
    return found


def count(cast: Cast) -> int | float:
    return ask("补学人次", cast.branch, Period.year(2026), as_of=TODAY).value


def refused(call: object) -> str:
    with pytest.raises(Refusal) as caught:
        call()  # type: ignore[operator]
    return caught.value.field


def test_a_session_in_its_days_on_its_material_or_topic_fulfils_it(cast: Cast) -> None:
    source, above = book(cast), topic(cast, "党风", ())
    topic(cast, under=above)
    planned(cast, topic_id=above.pk, source_ids=(source.pk,))
    stages = [now(cast, day).stage for day in (date(2026, 2, 28), FROM, TO, date(2026, 4, 1))]
    assert stages == [Stage.AHEAD, Stage.NOW, Stage.NOW, Stage.LATE]
    studied(cast, date(2026, 3, 5), facets=Facets(topics=("安全生产",)))
    studied(cast, date(2026, 4, 2), studied=(Said(BOOK),))
    assert now(cast).stage is Stage.LATE
    by_word = studied(cast, date(2026, 3, 9), facets=Facets(topics=("廉洁自律",)))
    by_text = studied(cast, date(2026, 3, 12), studied=(Said(BOOK),))
    assert now(cast).stage is Stage.DONE and now(cast).sessions == (by_word, by_text)
    assert now(cast, date(2026, 3, 10)).sessions == (by_word,)  # as of a day
    for session in (by_word, by_text):
        remove_activity(session=session, reason="记错了", by=None, at=AT)
    assert now(cast).stage is Stage.LATE and faults() == []


def test_who_was_away_makes_it_up_by_a_later_session_or_his_own_reading(cast: Cast) -> None:
    source = book(cast)
    planned(cast, source_ids=(source.pk,))
    studied(cast, date(2026, 3, 5), absent=4, studied=(Said(BOOK),))
    assert {one.member_id for one in now(cast).make_up} == {person.pk for person in cast.people[:4]}
    assert now(cast).owing == 4 and count(cast) == 0  # 免于要求 owes nothing
    early, late, other = cast.people[0], cast.people[1], cast.people[2]
    note_reading(member=early, read_on=date(2026, 3, 4), title=BOOK, by=None, at=AT)
    note_reading(member=other, read_on=date(2026, 5, 1), title="别的书", by=None, at=AT)
    reading = note_reading(member=late, read_on=date(2026, 4, 8), title=f"《{BOOK}》", by=None, at=AT)
    assert {one.member_id: one.on for one in now(cast).make_up}[late.pk] == date(2026, 4, 8)
    assert now(cast).owing == 3 and count(cast) == 1
    studied(cast, date(2026, 6, 5), absent=2, studied=(Said(BOOK),))
    assert now(cast).owing == 1 and count(cast) == 3
    (row,) = [
        row for row in ask("补学人次", cast.branch, Period.year(2026), as_of=TODAY).rows if row.day == date(2026, 4, 8)
    ]
    assert late.name not in f"{row.title}{row.note}{row.number}" and row.title == "学廉政"
    withdraw_reading(reading=reading, by=None, at=AT)
    assert now(cast).owing == 2 and count(cast) == 2
    studied(cast, date(2026, 3, 30), absent=0, studied=(Said(BOOK),))
    assert now(cast).make_up == () and count(cast) == 0  # nobody was away from all of them


def test_a_reading_titled_like_a_topic_speaks_of_it_on_the_map_and_to_the_unit(cast: Cast) -> None:
    own, above = topic(cast), topic(cast, "纪律", ())
    planned(cast, topic_id=own.pk)
    planned(cast, title="读读本", topic_id=own.pk, source_ids=(book(cast).pk,))
    studied(cast, date(2026, 3, 5), absent=4, facets=Facets(topics=("廉洁自律",)))
    for who, title in ((0, "廉洁自律"), (1, "廉政"), (2, "纪律"), (3, "廉政建设")):
        note_reading(member=cast.people[who], read_on=date(2026, 4, 8), title=title, by=None, at=AT)
    # Of a unit with a text of its own the topic must be named; here it is.
    for one in standings(cast.branch, year=2026, on=TODAY):
        assert {made.member_id for made in one.make_up if made.on} == {person.pk for person in cast.people[:2]}
    found = study_map(cast.branch, (2026,), as_of=TODAY)
    read = {
        node.pk: sum(touch.row.noun == "reading" for touch in found.cell(node.pk, 2026).touches)
        for node in (own, above)
    }
    assert read == {own.pk: 2, above.pk: 1} and count(cast) == 4


def test_a_year_is_drafted_from_the_topics_in_turn(cast: Cast) -> None:
    months = Pace.MONTHLY.spans(2026)
    made = drafted(months, [(n, f"第{n}题", ()) for n in range(1, 6)], [7, 8, 9])
    assert [one.topic_id for one in made] == [1, 2, 3, 4, 5] * 2 + [1, 2] and made[11].ends_on == date(2026, 12, 31)
    assert [one.leader_id for one in made[:4]] == [7, 8, 9, 7] and len({one.kind for one in made}) == 3
    many = drafted(months, [(n, f"第{n}题", ()) for n in range(30)], [])
    assert [one.topic_id for one in many] == [0, 2, 5, 7, 10, 12, 15, 17, 20, 22, 25, 27]
    assert drafted(months, [], [1]) == []
    assert {one.title for one in drafted(months, [(1, "廉政", ()), (2, "学习贯彻全会精神", ())], [])} == {
        "学习廉政", "学习贯彻全会精神",
    }  # fmt: skip
    assert refused(lambda: plan_year(unit=cast.branch, year=2026, by=None, at=AT)) == ""  # no topics yet
    bare, full, source = topic(cast, "安全生产", ()), topic(cast), book(cast)
    place_source(source=source, topic_ids=(full.pk,), seen=(), by=None, at=AT)
    units = plan_year(unit=cast.branch, year=2026, by=cast.clerk, at=AT)
    assert [unit.topic_id for unit in units[:3]] == [full.pk, bare.pk, full.pk]  # what has materials comes first
    assert list(units[0].sources.all()) == [source] and units[0].leader == cast.people[0]
    with pytest.raises(Refusal, match="已经排了学习单元"):
        plan_year(unit=cast.branch, year=2026, by=None, at=AT)
    assert faults() == [] and len(about(cast.people[0])["领学的单元"]) == 2  # type: ignore[arg-type]


def test_a_year_of_weeks_has_no_gap_and_goes_over_the_whole_tree(cast: Cast) -> None:
    for year in range(2019, 2047):
        weeks = Pace.WEEKLY.spans(year)
        assert len(weeks) in (52, 53) and (weeks[0].start, weeks[-1].end) == (date(year, 1, 1), date(year, 12, 31))
        assert all(after.start == before.day_after for before, after in pairwise(weeks))
        assert all(week.start.weekday() == 0 for week in weeks[1:]) and all(4 <= week.days <= 10 for week in weeks)
    weeks = Pace.WEEKLY.spans(2026)
    turns = IN_TURN[Pace.WEEKLY]
    made = drafted(weeks, [(n, f"第{n}题", (10 * n, 10 * n + 1, 10 * n + 2)) for n in range(8)], [7, 8], turns)
    assert {one.topic_id for one in made} == set(range(8)) and len(made) == 53
    first = [one for one in made if one.topic_id == 0]
    assert [one.source_ids for one in first[:4]] == [(0,), (1,), (2,), (0,)]  # each round its share
    assert len({(one.kind, one.form) for one in first}) == 4 and {one.leader_id for one in first} == {7, 8}
    everywhere = drafted(weeks, [(n, f"第{n}题", ()) for n in range(120)], [], turns)
    assert len({one.topic_id for one in everywhere}) == 53 and {(one.topic_id or 0) // 12 for one in everywhere} == set(
        range(10)
    )
    topic(cast)
    units = plan_year(unit=cast.branch, year=2026, pace=Pace.WEEKLY, by=None, at=AT)
    assert len(units) == 53 and {unit.form for unit in units} == {form for _, form in turns} and faults() == []


def test_what_cannot_be_is_refused_beside_its_field(cast: Cast) -> None:
    own, foreign = topic(cast), add_topic(unit=cast.other, draft=TopicDraft("别处"), parent_id=None, by=None, at=AT)
    stranger = make.member(cast.other)
    there = enter_source(unit=cast.other, draft=SourceDraft("别处的书"), by=None, at=AT)

    def field(**more: object) -> str:
        return refused(lambda: planned(cast, **({"topic_id": own.pk} | more)))

    assert field(title=" ") == field(title="长" * 61) == "title"
    assert field(ends_on=date(2026, 2, 1)) == field(ends_on=date(2027, 1, 3)) == "ends_on"
    assert field(kind="committee_meeting") == "kind" and field(topic_id=None) == field(topic_id=foreign.pk) == "topic"
    assert field(source_ids=(there.pk,)) == "sources" and field(leader_id=stranger.pk) == "leader"
    assert field(form="by_magic") == "form"
    planned(cast, topic_id=own.pk, form="watching")
    assert field() == "title" and StudyUnit.objects.count() == 1


def test_the_centre_group_is_a_committees_own(cast: Cast) -> None:
    own = topic(cast)
    with pytest.raises(Refusal, match=r"党委（党组）的.*列席"):
        planned(cast, topic_id=own.pk, title="理论学习中心组学习")
    planned(cast, topic_id=own.pk, title="列席党委理论学习中心组学习")
    topic(cast, "中心组学习", ())
    assert {one.title for one in drafts_of(cast.branch, tree_of(cast.branch), 2027, Pace.MONTHLY, on=TODAY)} == {
        "学习廉政"
    }  # of a draft left out
    above = add_topic(unit=cast.above, draft=TopicDraft("中心组学习"), parent_id=None, by=None, at=AT)
    draft = UnitDraft("理论学习中心组学习", FROM, TO, topic_id=above.pk)
    assert add_unit(unit=cast.above, draft=draft, by=None, at=AT).title == "理论学习中心组学习"
    assert len(drafts_of(cast.above, tree_of(cast.above), 2027, Pace.MONTHLY, on=TODAY)) == 12


def test_no_day_is_told_by_what_came_after_it_and_the_figure_says_the_same(cast: Cast) -> None:
    source = book(cast)
    planned(cast, source_ids=(source.pk,), ends_on=date(2026, 5, 31))
    studied(cast, date(2026, 3, 5), absent=3, studied=(Said(BOOK),))
    read, came, neither = cast.people[:3]
    note_reading(member=read, read_on=date(2026, 3, 20), title=BOOK, by=None, at=AT)
    studied(cast, date(2026, 4, 10), studied=(Said(BOOK),))  # all come, a second time of the unit itself
    later = planned(
        cast, title="学第二遍", source_ids=(source.pk,), starts_on=date(2026, 6, 1), ends_on=date(2026, 6, 30)
    )
    studied(cast, date(2026, 6, 3), absent=2, studied=(Said(BOOK),))
    note_reading(member=came, read_on=date(2026, 7, 1), title=BOOK, by=None, at=AT)

    def made_up(on: date) -> dict[str, set[tuple[int, date | None]]]:
        return {
            one.unit.title: {(made.member_id, made.on) for made in one.make_up}
            for one in standings(cast.branch, year=2026, on=on)
        }

    third = (neither.pk, None)
    assert made_up(date(2026, 3, 4)) == {"学廉政": set(), later.title: set()}
    assert made_up(date(2026, 3, 19))["学廉政"] == {(read.pk, None), (came.pk, None), third}
    done = (read.pk, date(2026, 3, 20))
    assert made_up(date(2026, 3, 20))["学廉政"] == {done, (came.pk, None), third}
    assert made_up(date(2026, 4, 10))["学廉政"] == {done}  # the others came in time; he has caught up and stays so
    assert made_up(TODAY)[later.title] == {(read.pk, None), (came.pk, date(2026, 7, 1))}
    for on in (date(2026, 3, 4), date(2026, 3, 19), date(2026, 3, 20), date(2026, 4, 10), date(2026, 6, 30), TODAY):
        told = ask("补学人次", cast.branch, Period.year(2026), as_of=on)
        days = sorted(made.on for one in standings(cast.branch, year=2026, on=on) for made in one.make_up if made.on)
        assert told.value == len(days) and sorted(row.day for row in told.rows) == days
    months = Period.year(2026).months()
    parts = [ask("补学人次", cast.branch, month, as_of=TODAY).value for month in months]
    assert sum(parts) == count(cast) == 2 and parts[2] == parts[6] == 1


def test_it_is_moved_dropped_and_nobody_overwrites_another(cast: Cast) -> None:
    own = topic(cast)
    unit = planned(cast, topic_id=own.pk, leader_id=cast.people[1].pk)
    draft = UnitDraft("学廉政", date(2026, 4, 1), date(2026, 4, 30), "seminar", own.pk)
    change_unit(unit=unit, draft=draft, revision=1, by=None, at=AT)
    with pytest.raises(Overtaken):
        change_unit(unit=unit, draft=draft, revision=1, by=None, at=AT)
    found = find(cast.branch, unit.pk)
    assert found and (found.starts_on, found.kind_zh, found.leader) == (date(2026, 4, 1), "专题研讨", None)
    assert refused(lambda: drop_unit(unit=unit, revision=2, reason="", by=None, at=AT)) == "reason"
    drop_unit(unit=unit, revision=2, reason="上级另有安排", by=None, at=AT)
    assert standings(cast.branch, year=2026, on=TODAY) == [] and faults() == []
    StudyUnit.objects.update(title="背后改的")
    assert [fault.sentence for fault in faults()] == ["学习单元“背后改的”与最后一次修订不一致。"]


def test_what_is_moved_comes_where_there_is_room_and_none_like_it(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    own = topic(cast)
    first, second = planned(cast, topic_id=own.pk), planned(cast, topic_id=own.pk, title="又学廉政")
    draft = UnitDraft("又学廉政", FROM, TO, topic_id=own.pk)
    assert refused(lambda: change_unit(unit=first, draft=draft, revision=1, by=None, at=AT)) == "title"
    change_unit(unit=second, draft=replace(draft, kind="seminar"), revision=1, by=None, at=AT)  # it is itself no other
    monkeypatch.setattr("youju.study.units.actions.MOST_IN_A_YEAR", 1)
    planned(cast, topic_id=own.pk, starts_on=date(2027, 1, 1), ends_on=date(2027, 1, 31))
    moved = replace(draft, starts_on=date(2027, 2, 1), ends_on=date(2027, 2, 28))
    with pytest.raises(Refusal, match="最多排 1 个单元"):
        change_unit(unit=second, draft=moved, revision=2, by=None, at=AT)


def test_a_name_in_its_words_is_found_before_forgetting(cast: Cast) -> None:
    unit = planned(cast, title="听钱学习讲读本", source_ids=(book(cast).pk,))
    assert mentions("钱学习") == [Mention("学习单元", cast.branch.pk, str(unit.pk))]


def test_the_weeks_of_a_year_are_written_at_the_cost_of_a_month(cast: Cast) -> None:
    """It was sixteen queries a unit, 859 for the weeks of a year; it is 24 for either."""
    source = book(cast)
    for title in ("廉政", "安全生产", "乡村振兴"):
        place_source(source=source, topic_ids=(topic(cast, title, ()).pk,), seen=_places(source), by=None, at=AT)
    spent = {}
    for year, pace in ((2026, Pace.MONTHLY), (2027, Pace.WEEKLY)):
        before, lines = version(cast.branch, year), Line.objects.count()
        with CaptureQueriesContext(connection) as queries:
            units = plan_year(unit=cast.branch, year=year, pace=pace, by=cast.clerk, at=AT)
        spent[pace] = len(queries)
        assert version(cast.branch, year) == before + 1  # one change of the year
        assert Line.objects.count() == lines + len(units) == lines + len(pace.spans(year))  # and a line of each unit
    assert spent[Pace.WEEKLY] == spent[Pace.MONTHLY] <= 28
    assert faults() == []


def _places(source: Source) -> tuple[int, ...]:
    return tuple(source.placements.values_list("topic_id", flat=True))


def test_a_year_that_no_page_would_show_is_not_planned(cast: Cast) -> None:
    topic(cast)
    for year in (1926, 2021, 2028):
        assert refused(lambda year=year: plan_year(unit=cast.branch, year=year, by=None, at=AT)) == "starts_on"
    assert not StudyUnit.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_plan_at_once_plan_one_year(cast: Cast) -> None:
    topic(cast)

    def click() -> str:
        try:
            return str(len(plan_year(unit=cast.branch, year=2026, by=None, at=AT)))
        except Refusal:
            return "refused"

    assert sorted(together(click, click)) == ["12", "refused"] and StudyUnit.objects.count() == 12


def test_a_topic_merged_into_another_keeps_its_units(cast: Cast) -> None:
    own, into = topic(cast), topic(cast, "纪律", ())
    planned(cast, topic_id=own.pk)
    merge_topic(topic=own, into_id=into.pk, revision=own.revision, by=None, at=AT)
    studied(cast, date(2026, 3, 9), facets=Facets(topics=("纪律",)))
    assert now(cast).stage is Stage.DONE


def joint(cast: Cast, day: date = date(2026, 3, 5)) -> tuple[Standing, Standing, list[Member]]:
    """青禾 asks 柳溪 to study with it; of each the first was away. How a unit of the topic stands with both."""
    for unit, under in ((cast.branch, topic(cast)), (cast.other, _theirs(cast))):
        draft = UnitDraft("学廉政", FROM, TO, topic_id=under.pk)
        add_unit(unit=unit, draft=draft, by=None, at=AT)
    theirs = list(Member.objects.filter(memberships__unit=cast.other).order_by("rank"))
    own = make.everyone(cast.branch, ("group_study",), day, absent=cast.people[:1])
    asked = make.everyone(cast.other, ("group_study",), day, absent=theirs[:1])
    asked = (*(replace(one, led=one.member_id == theirs[1].pk) for one in asked),)
    make.activity(
        cast.branch, "group_study", day, title="联合学廉政", roster=own + asked, joining_unit_ids=(cast.other.pk,),
        facets=Facets(topics=("廉洁自律",)),
    )  # fmt: skip
    (host,) = standings(cast.branch, year=2026, on=TODAY)
    (guest,) = standings(cast.other, year=2026, on=TODAY)
    return host, guest, theirs


def _theirs(cast: Cast) -> Topic:
    draft = TopicDraft("党风", ("廉洁自律",))
    return add_topic(unit=cast.other, draft=draft, parent_id=None, by=None, at=AT)


def test_a_joint_meeting_fulfils_the_unit_of_each_and_tells_each_its_own_people(cast: Cast) -> None:
    host, guest, theirs = joint(cast)
    assert host.stage is Stage.DONE and [one.member_id for one in host.make_up] == [cast.people[0].pk]
    assert guest.stage is Stage.DONE and [one.member_id for one in guest.make_up] == [theirs[0].pk]
    asked = standings_in(Listed((cast.branch.pk, cast.other.pk)), Period.year(2026), on=TODAY)
    assert [one.make_up for one in asked] == [host.make_up, guest.make_up]
    assert not study_map(cast.other, (2026,), as_of=TODAY).never
    led = {one.name: len(one.led) for one in leading(cast.other, [guest], year=2026, on=TODAY) if one.led}
    assert led == {theirs[1].name: 1} and ask("领学人次", cast.other, Period.year(2026), as_of=TODAY).value == 1
    make.activity(cast.other, "group_study", date(2026, 5, 6), facets=Facets(topics=("党风",)))
    (later,) = standings(cast.other, year=2026, on=TODAY)
    assert [one.on for one in later.make_up] == [date(2026, 5, 6)] and len(later.sessions) == 1
    assert ask("补学人次", cast.other, Period.year(2026), as_of=TODAY).value == 1 and count(cast) == 0


def test_a_drafted_year_is_led_by_those_who_are_there_to_lead_it(cast: Cast) -> None:
    topic(cast)
    gone, come = cast.people[0], make.member(cast.branch, since=date(2026, 6, 1))
    make.leave(gone, on=date(2026, 6, 1))
    leaders = {one.leader_id for one in drafts_of(cast.branch, tree_of(cast.branch), 2026, Pace.MONTHLY, on=TODAY)}
    assert leaders == {*(person.pk for person in cast.people[1:]), come.pk}


def test_of_who_is_exempt_no_leading_is_asked(cast: Cast) -> None:
    topic(cast)
    studied(cast, date(2025, 12, 10))  # the last of them is 免于要求
    exempt = cast.people[8]

    def leaders(year: int, on: date) -> set[int | None]:
        return {one.leader_id for one in drafts_of(cast.branch, tree_of(cast.branch), year, Pace.MONTHLY, on=on)}

    assert exempt.pk not in leaders(2026, TODAY) and len(leaders(2026, TODAY)) == len(cast.people) - 1
    assert exempt.pk in leaders(2026, date(2025, 12, 9)) and exempt.pk in leaders(2026, date(2026, 12, 20))
    assert exempt.pk not in leaders(2025, date(2026, 12, 20))  # of a year that is over, as it was at its end
    assert exempt.pk not in {unit.leader_id for unit in plan_year(unit=cast.branch, year=2026, by=None, at=AT)}
