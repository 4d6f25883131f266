"""走访 covers subjects: 村村到、户户进 is a figure, and what was not reached has a name."""

from datetime import date

import pytest

from tests import make
from tests.cast import standing_cast
from tests.house.kept import kept
from youju.figures.queries import ask
from youju.kit.periods import Period
from youju.kit.refusal import NotYours, Refusal
from youju.records.activities.actions import file_activity, remove_activity
from youju.records.activities.values import Attendance, GuestDraft, RosterEntry
from youju.records.facets.values import Facets
from youju.records.models import Coverage, Session
from youju.records.registers.actions import change_subject, enter_subject
from youju.records.registers.values import SubjectDraft
from youju.records.sources.values import Said
from youju.records.visits import actions
from youju.records.visits.queries import covered_by, meant, revision_of
from youju.records.visits.values import VisitDraft
from youju.store.actions import keep
from youju.upkeep.verify import faults

pytestmark = pytest.mark.django_db
SINCE, DAY, AT = date(2025, 1, 1), date(2026, 5, 8), make.moment(date(2026, 5, 8), 20)
YEAR = Period.year(2026)


@kept
def countryside():
    """Two villages, three households in the first, one co-operative; one household is paired."""
    cast = standing_cast()

    def enter(kind, code, name, **more):
        draft = SubjectDraft(kind, code, name, SINCE, **more)
        return enter_subject(unit=cast.branch, draft=draft, by=None, at=make.moment(SINCE))

    river, hill = enter("village", "V01", "河湾村"), enter("village", "V02", "青峰村")
    houses = [
        enter("household", f"1-0{i}", "李户", place_id=river.pk, partner_id=cast.people[1].pk if i == 1 else None)
        for i in (1, 2, 3)
    ]
    return cast, river, hill, houses, enter("cooperative", "H01", "丰禾社", place_id=hill.pk)


@pytest.fixture
def place():
    return countryside()


def value(cast, figure, on=date(2026, 12, 31), period=YEAR):
    return ask(figure, cast.branch, period, as_of=on).value


def went(cast, *subjects, kind="visit", day=DAY):
    roster = (RosterEntry(cast.people[1].pk),)
    session = make.activity(cast.branch, kind, day, roster=roster, entered=make.moment(day, 20))
    actions.cover(session=session, subject_ids=[s.pk for s in subjects], by=None, at=AT)
    return session


def visit(cast, subject, said="盼着修渠", day=DAY, at=AT, **more):
    draft = VisitDraft(subject.pk, day, (cast.people[1].pk,), said)
    return actions.record_visit(unit=cast.branch, draft=draft, by=None, at=at, **more)


def test_coverage_is_counted_once_a_subject_and_only_of_who_stands_on_the_register(place):
    cast, river, hill, houses, coop = place
    first = went(cast, river, houses[0], coop)
    went(cast, houses[0], houses[1], kind="research", day=date(2026, 4, 1))
    went(cast, hill, houses[2], kind="outreach")
    assert value(cast, "走访村覆盖率") == 50 and value(cast, "走访户覆盖率") == 66.7
    assert (value(cast, "走访覆盖户数"), value(cast, "走访服务主体数"), value(cast, "宣讲覆盖村数")) == (2, 1, 1)
    assert (value(cast, "联系户数"), value(cast, "结对户数"), value(cast, "联系村数")) == (3, 1, 2)
    assert (
        value(cast, "走访户覆盖率", on=date(2026, 4, 30)) == 66.7
        and value(cast, "走访村覆盖率", on=date(2026, 4, 30)) == 0
    )
    left = SubjectDraft("", "1-03", "李户", SINCE, date(2026, 4, 1), river.pk)
    change_subject(subject=houses[2], draft=left, revision=1, by=None, at=AT)
    assert value(cast, "走访户覆盖率") == 100
    remove_activity(session=first, reason="记错了", by=None, at=AT)
    assert value(cast, "走访村覆盖率") == 0 and value(cast, "走访户覆盖率") == 100
    assert faults() == []


def test_a_village_counts_in_the_month_in_which_it_was_first_reached(place):
    cast, river, hill, _, _ = place
    went(cast, river, day=date(2026, 3, 6))
    went(cast, river, day=date(2026, 4, 6))
    number, share = (
        ask(figure, cast.branch, YEAR, as_of=date(2026, 12, 31)) for figure in ("走访覆盖村数", "走访村覆盖率")
    )
    assert [part.value for _, part in number.by_month()] == [0, 0, 1, *[0] * 9]
    assert [part.value for _, part in share.by_month()] == [0, 0, 50, *[0] * 9]  # of both villages, not of that month's
    assert [row.day for row in number.rows] == [date(2026, 3, 6)]
    went(cast, hill, day=date(2026, 11, 6))
    assert [part.value for _, part in ask("走访村覆盖率", cast.branch, YEAR, as_of=YEAR.end).by_quarter()] == [
        50,
        0,
        0,
        50,
    ]


def test_a_visit_on_the_phone_is_a_record_with_its_coverage_and_names_no_household(place):
    cast, _, _, houses, coop = place
    session = visit(cast, houses[0])
    assert session.title == "入户走访（河湾村）" and session.place == "河湾村"
    assert [row.member_id for row in session.roster.all()] == [cast.people[1].pk]
    assert session.agenda.get().note == "盼着修渠" and covered_by(session) == [houses[0]]
    assert visit(cast, coop).title == "走访丰禾社" and value(cast, "走访覆盖户数") == 1


def test_of_a_household_in_no_village_the_name_stands_on_the_register_alone(place):
    cast, *_ = place
    draft = SubjectDraft("household", "2-01", "邵户", SINCE)
    alone = enter_subject(unit=cast.branch, draft=draft, by=None, at=make.moment(SINCE))
    session = visit(cast, alone)
    assert (session.title, session.place) == ("入户走访 2-01", "")


def test_a_merge_that_is_sent_twice_is_written_once_and_who_went_is_there(place):
    cast, _, _, houses, _ = place
    roster = (RosterEntry(cast.people[1].pk), RosterEntry(cast.people[2].pk, Attendance.ABSENT))
    one = make.activity(cast.branch, "visit", DAY, roster=roster, entered=make.moment(DAY, 20))
    actions.cover(session=one, subject_ids=[houses[0].pk], by=None, at=AT)
    draft = VisitDraft(houses[0].pk, DAY, (cast.people[2].pk,), "还想学电商")
    for _ in range(2):
        merged = actions.record_visit(unit=cast.branch, draft=draft, into=one, by=None, at=AT)
    assert merged.agenda.get().note == "还想学电商"
    assert merged.roster.get(member=cast.people[2]).attendance == Attendance.PRESENT
    assert Session.objects.get().revision == one.revision + 1 and faults() == []


def test_the_same_household_on_the_same_day_is_merged_or_another_and_never_silently_two(place):
    cast, _, _, houses, _ = place
    one = visit(cast, houses[0], form_key="a" * 32)
    assert visit(cast, houses[0], form_key="a" * 32).pk == one.pk  # a double click
    with pytest.raises(Refusal, match="已有一条"):
        visit(cast, houses[0])
    file_activity(session=one, by=None, at=AT)
    photo = keep(data=b"%PDF-1.7\n%%EOF", by=None, at=AT)
    draft = VisitDraft(houses[0].pk, DAY, (cast.people[2].pk, cast.people[1].pk), "还想学电商")
    merged = actions.record_visit(unit=cast.branch, draft=draft, into=one, photo=photo, by=None, at=AT)
    assert merged.pk == one.pk and Session.objects.count() == 1
    assert {r.member_id for r in merged.roster.all()} == {p.pk for p in cast.people[1:3]}
    assert merged.agenda.get().note == "盼着修渠\n还想学电商" and merged.evidence.count() == 1
    other = visit(cast, houses[0], again=True)
    assert other.pk != one.pk and value(cast, "走访次数") == 2 and value(cast, "走访覆盖户数") == 1
    with pytest.raises(NotYours):
        actions.record_visit(unit=cast.branch, draft=draft, into=other, by=None, at=AT)
    assert faults() == []


def test_what_cannot_be_covered_is_refused_and_nothing_is_written(place):
    cast, river, _, houses, _ = place
    meeting = make.activity(cast.branch, "committee_meeting", DAY)
    theirs = enter_subject(
        unit=cast.other, draft=SubjectDraft("village", "V01", "别村", SINCE), by=None, at=make.moment(SINCE)
    )
    seen = went(cast, river)
    for session, subject in ((meeting, river), (seen, theirs)):
        with pytest.raises(Refusal):
            actions.cover(session=session, subject_ids=[subject.pk], by=None, at=AT)
    early = make.activity(cast.branch, "visit", date(2024, 12, 1), roster=(RosterEntry(cast.people[1].pk),))
    with pytest.raises(Refusal):
        actions.cover(session=early, subject_ids=[river.pk], by=None, at=AT)
    assert Coverage.objects.count() == 1
    for more, field in (
        ({"day": date(2026, 5, 9)}, "day"), ({"day": date(2024, 5, 9)}, "who"), ({"said": "长" * 1001}, "said"),
    ):  # fmt: skip
        with pytest.raises(Refusal) as caught:
            visit(cast, houses[0], **more)
        assert caught.value.field == field
    with pytest.raises(Refusal):
        visit(cast, theirs)


def test_words_find_whom_they_mean(place):
    cast, river, hill, houses, _ = place
    assert meant(cast.branch, "河湾村\n河湾村 1-02、青峰村", on=DAY, field="reached") == [river, houses[1], hill]
    for words, said in (("河湾村 李户", "可能是"), ("1-09", "没有"), ("青", "相近的有：青峰村")):
        with pytest.raises(Refusal, match=said):
            meant(cast.branch, words, on=DAY, field="reached")


def test_merging_keeps_what_the_record_says_beside_its_kind(place):
    cast, river, *_ = place
    session = make.activity(
        cast.branch, "visit", DAY, roster=(RosterEntry(cast.people[1].pk, spoke=True),),
        chair_id=cast.people[1].pk, guests=(GuestDraft(name="柯来宾", lectured=True),),
        facets=Facets(forms=("round_table",), topics=("安全生产",), groups=("farmers",), business=("土地托管",)),
        studied=(Said("托管服务指南"),), entered=make.moment(DAY, 18),
    )  # fmt: skip
    actions.cover(session=session, subject_ids=[river.pk], by=None, at=AT)
    before = sorted(session.facets.values_list("facet", "value", "position"))
    draft = VisitDraft(river.pk, DAY, (cast.people[2].pk,), "渠道要清淤")
    actions.record_visit(unit=cast.branch, draft=draft, into=session, by=None, at=AT)
    assert sorted(session.facets.values_list("facet", "value", "position")) == before and len(before) == 4
    assert session.studied.get().title == "托管服务指南" and session.roster.count() == 2
    assert session.roster.get(spoke=True).member == cast.people[1] and session.guests.get().lectured


def test_of_two_who_say_at_once_whom_it_reached_the_second_is_told(place):
    cast, river, hill, houses, _ = place
    session = went(cast, river)
    seen = revision_of(session)
    actions.cover(session=session, subject_ids=[river.pk, hill.pk], revision=seen, by=None, at=AT)
    with pytest.raises(Refusal, match="刚刚被别人改过") as caught:
        actions.cover(session=session, subject_ids=[river.pk, houses[0].pk], revision=seen, by=None, at=AT)
    assert caught.value.field == "reached" and set(covered_by(session)) == {river, hill}
    actions.cover(session=session, subject_ids=[river.pk], revision=revision_of(session), by=None, at=AT)
    assert covered_by(session) == [river] and faults() == []


def test_a_name_that_holds_a_mark_is_one_name(place):
    cast, *_ = place
    draft = SubjectDraft("cooperative", "H02", "粮、油，果蔬；合作社", SINCE)
    coop = enter_subject(unit=cast.branch, draft=draft, by=None, at=make.moment(SINCE))
    for words in ("粮、油，果蔬；合作社", "河湾村、粮、油，果蔬；合作社、青峰村", "粮、油，果蔬；合作社；河湾村"):
        assert coop in meant(cast.branch, words, on=DAY, field="reached")
    assert len(meant(cast.branch, "河湾村、粮、油，果蔬；合作社、青峰村", on=DAY, field="reached")) == 3
    with pytest.raises(Refusal, match="没有“粮”"):
        meant(cast.branch, "粮、油", on=DAY, field="reached")


def test_whom_a_record_reached_is_still_meant_when_he_has_left_or_another_has_the_name(place):
    cast, _, hill, _, coop = place
    session = went(cast, coop)
    draft = SubjectDraft("cooperative", "H02", "丰禾社", SINCE)
    enter_subject(unit=cast.branch, draft=draft, by=None, at=make.moment(SINCE))
    with pytest.raises(Refusal, match="丰禾社（H02）"):
        meant(cast.branch, "丰禾社", on=DAY, field="reached")
    left = SubjectDraft("", "H01", "丰禾社", SINCE, date(2026, 5, 1), hill.pk)
    kept = covered_by(session)
    assert meant(cast.branch, kept[0].said, on=DAY, field="reached", kept=kept) == [coop]
    change_subject(subject=coop, draft=left, revision=1, by=None, at=AT)
    assert meant(cast.branch, "H01", on=DAY, field="reached", kept=covered_by(session)) == [coop]
