"""送学上门: what was brought is kept without a reason, counted by its rows, and lets who was away catch up."""

from __future__ import annotations

import json
from datetime import date

import pytest

from tests import make
from tests.cast import Cast, standing_cast
from tests.records.together import together
from youju.figures.queries import ask
from youju.figures.study_map import Depth, study_map
from youju.journal.models import Line
from youju.kit.periods import Period
from youju.kit.refusal import NotYours, Overtaken, Refusal
from youju.people.members.actions import change_membership
from youju.people.members.models import Member
from youju.people.members.values import Standing
from youju.people.models import Unit
from youju.people.units.queries import version
from youju.records.activities.models import Session
from youju.records.readings.actions import note_reading
from youju.records.sources.actions import enter_source
from youju.records.sources.models import Source
from youju.records.sources.values import Said, SourceDraft
from youju.study.curriculum.actions import add_topic, place_source
from youju.study.curriculum.models import Topic
from youju.study.curriculum.values import TopicDraft
from youju.study.deliveries.actions import bring, withdraw_delivery
from youju.study.deliveries.queries import deliveries_of, exempt_on, find, last_brought
from youju.study.deliveries.values import DeliveryDraft
from youju.study.models import Delivery
from youju.study.queries import about
from youju.study.units.actions import add_unit
from youju.study.units.queries import Standing as Stands
from youju.study.units.queries import standings
from youju.study.units.values import UnitDraft
from youju.upkeep.mentions import Mention, mentions
from youju.upkeep.verify import faults

pytestmark = pytest.mark.django_db
TODAY, DAY = date(2026, 11, 20), date(2026, 5, 6)
AT = make.moment(TODAY)
YEAR = Period.year(2026)
BOOK = "青禾读本"


@pytest.fixture
def cast() -> Cast:
    return standing_cast()


def book(cast: Cast, title: str = BOOK, issued: date | None = None) -> Source:
    return enter_source(unit=cast.branch, draft=SourceDraft(title, issued_on=issued), by=None, at=AT)


def words(cast: Cast, *to: Member, **more: object) -> DeliveryDraft:
    given: dict[str, object] = {
        "member_ids": tuple(person.pk for person in to or cast.people[7:]), "brought_on": DAY, "way": "read",
        "text": "二十届四中全会精神", "bringer_id": cast.people[0].pk,
    }  # fmt: skip
    return DeliveryDraft(**(given | more))  # type: ignore[arg-type]


def brought(cast: Cast, *to: Member, **more: object) -> list[Delivery]:
    return bring(unit=cast.branch, draft=words(cast, *to, **more), by=None, at=AT)


def count(unit: Unit, figure: str = "送学上门次数", period: Period = YEAR) -> int | float:
    return ask(figure, unit, period, as_of=TODAY).value


def refused(call: object) -> tuple[str, str]:
    before = Line.objects.count()
    with pytest.raises(Refusal) as caught:
        call()  # type: ignore[operator]
    assert before == Line.objects.count()
    return caught.value.field, caught.value.sentence


def met(cast: Cast, day: date, *, absent: int = 0, **more: object) -> Session:
    """The last two are 免于要求."""
    roster = make.everyone(cast.branch, ("group_study",), day, absent=cast.people[:absent], exempt=cast.people[7:])
    return make.activity(cast.branch, "group_study", day, roster=roster, **more)  # type: ignore[arg-type]


def test_a_round_is_a_row_for_each_and_counts_each_member_once(cast: Cast) -> None:
    source, before = book(cast), version(cast.branch, 2026)
    first = brought(cast, source_ids=(source.pk,), text="", way="print", bringer_words="和一名志愿者")
    assert [one.number for one in first] == ["2026-送学-01", "2026-送学-02"]
    assert (first[0].studied, first[0].way_zh) == (f"《{BOOK}》", "送书报") and first[0].brought_by.endswith(
        "、和一名志愿者"
    )
    brought(cast, cast.people[7], brought_on=date(2026, 9, 1))
    assert count(cast.branch) == 3 and count(cast.branch, "送学上门人数") == 2 and version(cast.branch, 2026) > before
    assert count(cast.branch, "送学上门人数", Period.half(2026, 2)) == 1 and count(cast.other) == 0
    assert count(cast.above) == 3 and faults() == []
    rows = [
        *ask("送学上门次数", cast.branch, YEAR, as_of=TODAY).rows,
        *ask("送学上门人数", cast.branch, YEAR, as_of=TODAY).rows,
    ]
    assert [row.title for row in rows] == [f"《{BOOK}》"] * 2 + ["二十届四中全会精神"] + ["一名党员"] * 2
    assert not any(person.name in f"{row.title}{row.note}{row.number}" for row in rows for person in cast.people)
    assert deliveries_of(cast.branch, year=2026)[0].number == "2026-送学-03"
    assert last_brought(cast.branch, YEAR) == {cast.people[7].pk: date(2026, 9, 1), cast.people[8].pk: DAY}
    by_quarter = ask("送学上门人数", cast.branch, YEAR, as_of=TODAY).by_quarter()
    assert [answer.value for _, answer in by_quarter] == [0, 2, 0, 0]  # each in the quarter in which he first was


def test_one_who_moved_is_one_person_to_who_looks_over_both(cast: Cast) -> None:
    person = cast.people[8]
    brought(cast, person)
    change_membership(member=person, unit=cast.other, standing=Standing.FORMAL, since=date(2026, 7, 1), by=None, at=AT)
    there = Member.objects.filter(memberships__unit=cast.other).exclude(pk=person.pk).first()
    assert there
    draft = words(cast, person, brought_on=date(2026, 8, 1), bringer_id=there.pk)
    bring(unit=cast.other, draft=draft, by=None, at=AT)
    assert count(cast.branch, "送学上门人数") == count(cast.other, "送学上门人数") == 1
    assert count(cast.above) == 2 and count(cast.above, "送学上门人数") == 1
    assert refused(lambda: brought(cast, person, brought_on=date(2026, 9, 1)))[0] == "members"


def test_words_that_name_a_text_of_the_register_mean_it(cast: Cast) -> None:
    source = book(cast)
    (one,) = brought(cast, cast.people[8], text=f"《{BOOK}》")
    assert list(one.sources.all()) == [source] and one.text == ""


def test_what_cannot_be_is_refused_beside_its_field(cast: Cast) -> None:
    stranger, new = make.member(cast.other), make.member(cast.branch, "新来的", since=date(2026, 6, 1))
    there = enter_source(unit=cast.other, draft=SourceDraft("别处的书"), by=None, at=AT)
    late = book(cast, "新印的", date(2026, 6, 1))

    def field(*to: Member, **more: object) -> str:
        return refused(lambda: brought(cast, *to, **more))[0]

    assert field(member_ids=()) == field(stranger) == "members"
    assert stranger.name not in refused(lambda: brought(cast, stranger))[1]
    assert refused(lambda: brought(cast, cast.people[8], new)) == ("members", "新来的那天不在本组织，请核对日期。")
    assert field(brought_on=date(2026, 11, 21)) == field(brought_on=date(2020, 5, 6)) == "brought_on"
    assert field(way="drone") == "way" and field(text="") == field(source_ids=(there.pk,)) == "sources"
    assert field(source_ids=(late.pk,)) == "brought_on" and field(text="长" * 121) == "text"
    assert field(bringer_id=None) == field(bringer_id=stranger.pk) == field(bringer_id=cast.people[8].pk) == "bringer"
    assert field(note="手机13800138000") == field(note="长" * 101) == "note"
    assert field(bringer_id=None, bringer_words="电话13800138000") == "bringer_words"
    assert not Delivery.objects.exists()


def test_the_same_to_the_same_member_on_one_day_stands_once(cast: Cast) -> None:
    source = book(cast)
    (first,) = brought(cast, cast.people[8], source_ids=(source.pk,), text="")
    field, sentence = refused(lambda: brought(cast, source_ids=(source.pk,), text="别的"))
    assert field == "members" and cast.people[8].name in sentence and first.number in sentence
    assert cast.people[7].name not in sentence
    brought(cast, cast.people[8])  # something else
    withdraw_delivery(delivery=first, revision=1, reason="记错了人", by=None, at=AT)
    brought(cast, cast.people[8], source_ids=(source.pk,), text="")
    assert count(cast.branch) == 2


def test_what_was_withdrawn_counts_no_more_and_stays_to_be_seen(cast: Cast) -> None:
    one, _ = brought(cast)
    assert refused(lambda: withdraw_delivery(delivery=one, revision=1, reason=" ", by=None, at=AT))[0] == "reason"
    before = version(cast.branch, 2026)
    withdraw_delivery(delivery=one, revision=1, reason="那天没送成", by=None, at=AT)
    assert count(cast.branch) == count(cast.branch, "送学上门人数") == 1 and version(cast.branch, 2026) > before
    assert (found := find(cast.branch, one.number)) and found.reason == "那天没送成" and faults() == []
    with pytest.raises(Refusal, match="已经撤回"):
        withdraw_delivery(delivery=one, revision=2, reason="再撤", by=None, at=AT)
    other = Delivery.objects.standing().get()
    with pytest.raises(Overtaken):
        withdraw_delivery(delivery=other, revision=2, reason="看的是别的", by=None, at=AT)
    other.ledger = cast.other
    with pytest.raises(NotYours):
        withdraw_delivery(delivery=other, revision=1, reason="别人的", by=None, at=AT)
    Delivery.objects.filter(pk=one.pk).update(way="video")
    assert [fault.sentence for fault in faults()] == [f"{one.number} 与最后一次修订不一致。"]


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_write_one_round(cast: Cast) -> None:
    def click() -> str:
        try:
            return str(len(brought(cast)))
        except Refusal:
            return "refused"

    assert sorted(together(click, click)) == ["2", "refused"] and Delivery.objects.count() == 2


# -- units and the map -------------------------------------------------------------------------------------------------


def topic(cast: Cast) -> Topic:
    draft = TopicDraft("廉政", ("廉洁自律",))
    return add_topic(unit=cast.branch, draft=draft, parent_id=None, by=None, at=AT)


def planned(cast: Cast, **more: object) -> None:
    draft = UnitDraft("学廉政", date(2026, 3, 1), date(2026, 3, 31), **more)  # type: ignore[arg-type]
    add_unit(unit=cast.branch, draft=draft, by=None, at=AT)


def now(cast: Cast, on: date = TODAY) -> Stands:
    (found,) = standings(cast.branch, year=2026, on=on)
    return found


def test_who_was_away_catches_up_when_it_is_brought_to_him(cast: Cast) -> None:
    source, other = book(cast), book(cast, "别的书")
    planned(cast, source_ids=(source.pk,))
    met(cast, date(2026, 3, 5), absent=2, studied=(Said(BOOK),))
    assert now(cast).owing == 2 and now(cast).brought == frozenset()
    away, exempt = cast.people[1], cast.people[8]
    brought(cast, away, source_ids=(source.pk,), text="", brought_on=date(2026, 3, 4))  # before it was held
    brought(cast, away, source_ids=(other.pk,), text="", brought_on=date(2026, 4, 4))
    assert now(cast).owing == 2
    caught, _ = brought(cast, away, exempt, source_ids=(source.pk,), text="", brought_on=date(2026, 4, 8))
    assert {one.member_id: one.on for one in now(cast).make_up} == {cast.people[0].pk: None, away.pk: date(2026, 4, 8)}
    assert now(cast).brought == {away.pk, exempt.pk} and count(cast.branch, "补学人次") == 1
    assert now(cast, date(2026, 4, 7)).owing == 2 and now(cast, date(2026, 4, 7)).brought == {away.pk}
    withdraw_delivery(delivery=caught, revision=1, reason="送错了", by=None, at=AT)
    assert now(cast).owing == 2 and count(cast.branch, "补学人次") == 0


def test_a_material_speaks_of_the_topic_at_which_it_stands_however_it_was_learned(cast: Cast) -> None:
    source, own = book(cast), topic(cast)
    place_source(source=source, topic_ids=(own.pk,), seen=(), by=None, at=AT)
    planned(cast, topic_id=own.pk)
    met(cast, date(2026, 3, 5), absent=3, studied=(Said(BOOK),))
    assert len(now(cast).sessions) == 1 and now(cast).owing == 3
    brought(cast, cast.people[0], source_ids=(source.pk,), text="", bringer_id=cast.people[5].pk)
    note_reading(member=cast.people[1], read_on=DAY, title=BOOK, by=None, at=AT)
    brought(cast, cast.people[2], text="廉洁自律")
    assert now(cast).owing == 0 and now(cast).brought == {cast.people[0].pk, cast.people[2].pk}


def test_another_material_of_its_topic_is_not_enough_for_a_unit_that_names_its_own(cast: Cast) -> None:
    source, own = book(cast), topic(cast)
    other = book(cast, "另一份材料")
    for one in (source, other):
        place_source(source=one, topic_ids=(own.pk,), seen=(), by=None, at=AT)
    planned(cast, topic_id=own.pk, source_ids=(source.pk,))
    met(cast, date(2026, 3, 5), absent=2, studied=(Said(other.title),))
    assert now(cast).sessions == ()
    met(cast, date(2026, 3, 6), absent=2, studied=(Said(BOOK),))
    brought(cast, cast.people[0], source_ids=(other.pk,), text="", bringer_id=cast.people[5].pk)
    assert now(cast).owing == 2
    brought(cast, cast.people[0], source_ids=(source.pk,), text="", bringer_id=cast.people[5].pk)
    assert now(cast).owing == 1


def test_it_is_on_the_map_as_read_and_names_nobody(cast: Cast) -> None:
    source, own = book(cast), topic(cast)
    place_source(source=source, topic_ids=(own.pk,), seen=(), by=None, at=AT)
    brought(cast, cast.people[8], source_ids=(source.pk,), text="")
    brought(cast, cast.people[8], text="廉洁自律")
    brought(cast, cast.people[8], text="说不到哪个专题")
    cell = study_map(cast.branch, (2026,), as_of=TODAY).cell(own.pk, 2026)
    assert [(touch.depth, touch.row.noun) for touch in cell.touches] == [(Depth.READ, "delivery")] * 2
    assert not any(person.name in f"{touch.row}" for touch in cell.touches for person in cast.people)


# -- persons -----------------------------------------------------------------------------------------------------------


def test_the_exempt_are_known_from_rosters_of_the_year_before(cast: Cast) -> None:
    met(cast, date(2025, 12, 10))
    assert exempt_on(cast.branch, date(2026, 1, 5)) == list(cast.people[7:])
    assert exempt_on(cast.branch, date(2025, 12, 9)) == exempt_on(cast.branch, date(2026, 12, 11)) == []
    make.leave(cast.people[7], on=date(2026, 2, 1))
    assert exempt_on(cast.branch, date(2026, 2, 1)) == [cast.people[8]]


def rows(member: Member, what: str) -> list[dict[str, object]]:
    found = about(member)[what]
    assert isinstance(found, list)
    return found


def test_a_member_reads_what_was_brought_to_him_and_what_he_brought(cast: Cast) -> None:
    one, _ = brought(cast, cast.people[8], cast.people[7], note="带了放大镜")
    withdraw_delivery(delivery=one, revision=1, reason="没送成", by=None, at=AT)
    his = rows(cast.people[8], "送学上门")[0]
    assert (his["编号"], his["谁送的"], his["说明"], his["情况"]) == (
        one.number,
        cast.people[0].name,
        "带了放大镜",
        "已撤回",
    )
    (carried,) = rows(cast.people[0], "我送的学")
    assert carried["编号"] != one.number
    assert not any(person.name in json.dumps(carried, default=str, ensure_ascii=False) for person in cast.people)
    assert about(cast.people[3])["送学上门"] == about(cast.people[3])["我送的学"] == []


def test_a_name_in_its_words_is_found_before_forgetting(cast: Cast) -> None:
    (one,) = brought(cast, cast.people[8], note="钱学习一同去")
    assert mentions("钱学习") == [Mention("送学上门", cast.branch.pk, one.number)]
