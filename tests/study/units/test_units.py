"""学习安排: the year's units are fulfilled by records, made up by records, and neither is ever typed."""

from __future__ import annotations

from datetime import date

import pytest

from tests import make
from tests.cast import Cast, standing_cast
from tests.records.together import together
from youju.figures.queries import ask
from youju.kit.periods import Period
from youju.kit.refusal import Overtaken, Refusal
from youju.records.activities.actions import remove_activity
from youju.records.activities.models import Session
from youju.records.facets.values import Facets
from youju.records.readings.actions import note_reading, withdraw_reading
from youju.records.sources.actions import enter_source
from youju.records.sources.models import Source
from youju.records.sources.values import Said, SourceDraft
from youju.study.curriculum.actions import add_topic, merge_topic, place_source
from youju.study.curriculum.models import Topic
from youju.study.curriculum.values import TopicDraft
from youju.study.models import StudyUnit
from youju.study.queries import about
from youju.study.units.actions import add_unit, change_unit, drop_unit, plan_year
from youju.study.units.queries import Standing, find, standings
from youju.study.units.rules import drafted
from youju.study.units.values import Stage, UnitDraft
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


def test_a_year_is_drafted_from_the_topics_in_turn(cast: Cast) -> None:
    made = drafted(2026, [(n, f"第{n}题", ()) for n in range(1, 6)], [7, 8, 9])
    assert [one.topic_id for one in made] == [1, 2, 3, 4, 5] * 2 + [1, 2] and made[11].ends_on == date(2026, 12, 31)
    assert [one.leader_id for one in made[:4]] == [7, 8, 9, 7] and len({one.kind for one in made}) == 3
    many = drafted(2026, [(n, f"第{n}题", ()) for n in range(30)], [])
    assert [one.topic_id for one in many] == [0, 2, 5, 7, 10, 12, 15, 17, 20, 22, 25, 27] and drafted(
        2026, [], [1]
    ) == []
    assert refused(lambda: plan_year(unit=cast.branch, year=2026, by=None, at=AT)) == ""  # no topics yet
    bare, full, source = topic(cast, "安全生产", ()), topic(cast), book(cast)
    place_source(source=source, topic_ids=(full.pk,), seen=(), by=None, at=AT)
    units = plan_year(unit=cast.branch, year=2026, by=cast.clerk, at=AT)
    assert [unit.topic_id for unit in units[:3]] == [full.pk, bare.pk, full.pk]  # what has materials comes first
    assert list(units[0].sources.all()) == [source] and units[0].leader == cast.people[0]
    with pytest.raises(Refusal, match="已经排了学习单元"):
        plan_year(unit=cast.branch, year=2026, by=None, at=AT)
    assert faults() == [] and len(about(cast.people[0])["领学的单元"]) == 2  # type: ignore[arg-type]


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
    planned(cast, topic_id=own.pk)
    assert field() == "title" and StudyUnit.objects.count() == 1


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


def test_a_name_in_its_words_is_found_before_forgetting(cast: Cast) -> None:
    unit = planned(cast, title="听钱学习讲读本", source_ids=(book(cast).pk,))
    assert mentions("钱学习") == [Mention("学习单元", cast.branch.pk, str(unit.pk))]


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
