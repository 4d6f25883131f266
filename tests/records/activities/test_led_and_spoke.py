"""领学人、发言人: marked on the roster of who came, and of a guest that he lectured; nothing said is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests import make
from tests.cast import Cast, standing_cast
from youju.journal.models import Revision
from youju.journal.queries import breaks
from youju.kit.refusal import Refusal
from youju.people.models import Member
from youju.records.activities import actions
from youju.records.activities.models import Guest, RosterRow, Session
from youju.records.activities.queries import about, body_of, with_parts
from youju.records.activities.values import ActivityDraft, Attendance, GuestDraft, GuestKind, RosterEntry
from youju.records.joining.actions import ask, confirm, correct_part
from youju.records.queries import about as all_about
from youju.upkeep.forgetting import forget_leaver
from youju.upkeep.verify import faults

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 20)
LATER = make.moment(date(2026, 4, 1))
STUDY = ("group_study",)


@pytest.fixture
def cast() -> Cast:
    return standing_cast()


def roster(
    cast: Cast, *, led: tuple[int, ...] = (), spoke: tuple[int, ...] = (), absent: tuple[int, ...] = ()
) -> tuple[RosterEntry, ...]:
    """Everybody came but the ``absent``; people by their place in the cast."""
    rows = make.everyone(cast.branch, STUDY, DAY, absent=[cast.people[i] for i in absent])
    place = {person.pk: i for i, person in enumerate(cast.people)}
    return tuple(replace(row, led=place[row.member_id] in led, spoke=place[row.member_id] in spoke) for row in rows)


def study(cast: Cast, rows: tuple[RosterEntry, ...], **more: object) -> Session:
    return make.activity(cast.branch, STUDY, DAY, roster=rows, **more)  # type: ignore[arg-type]


def draft(cast: Cast, rows: tuple[RosterEntry, ...], **more: object) -> ActivityDraft:
    starts = make.moment(DAY)
    return ActivityDraft(STUDY, "学党章", starts, starts + timedelta(hours=2), roster=rows, **more)  # type: ignore[arg-type]


def correct(session: Session, what: ActivityDraft) -> Session:
    now = Session.objects.get(pk=session.pk)
    return actions.correct_activity(session=now, draft=what, revision=now.revision, reason="记错了", by=None, at=LATER)


def marked(session: Session) -> tuple[list[int], list[int]]:
    """(who led, who spoke)."""
    rows = session.roster.all()
    return [row.member_id for row in rows if row.led], [row.member_id for row in rows if row.spoke]


def refused(call: object) -> Refusal:
    with pytest.raises(Refusal) as caught:
        call()  # type: ignore[operator]
    return caught.value


class TestOnTheRecord:
    def test_one_entry_says_who_led_and_who_spoke(self, cast: Cast) -> None:
        session = study(cast, roster(cast, led=(0,), spoke=(1, 2)))
        people = [person.pk for person in cast.people]
        assert marked(session) == ([people[0]], people[1:3])
        body, texts = body_of(with_parts(Session.objects.all()).get())
        assert (body["led"], body["spoke"]) == ([people[0]], people[1:3])
        assert not any(name in str([body, texts]) for name in (cast.people[0].name, cast.people[1].name))
        assert faults() == []

    def test_where_nobody_did_a_revision_reads_as_it_always_did(self, cast: Cast) -> None:
        guests = (GuestDraft(GuestKind.INVITED, "柯来宾"),)
        study(cast, roster(cast), guests=guests)
        body, _ = body_of(with_parts(Session.objects.all()).get())
        assert sorted(body) == sorted((
            "number", "status", "unit", "ledger", "kinds", "held_on", "starts_at", "ends_at", "for_year", "chair",
            "recorder", "lecturer", "joining", "roster", "agenda", "evidence", "guests",
        ))  # fmt: skip
        assert {len(row) for row in body["roster"]} == {6} and body["guests"] == [["invited", 1]]

    def test_who_was_away_neither_led_nor_spoke(self, cast: Cast) -> None:
        row = study(cast, roster(cast, absent=(3,))).roster.get(member=cast.people[3])
        for mark in ({"led": True}, {"spoke": True}):
            with pytest.raises(IntegrityError), transaction.atomic():
                RosterRow.objects.filter(pk=row.pk).update(**mark)

    @pytest.mark.parametrize(("marks", "did"), [({"led": (3,)}, "领学"), ({"spoke": (3,)}, "发言")])
    def test_such_a_form_is_refused_by_name_and_nothing_is_written(
        self, cast: Cast, marks: dict[str, tuple[int, ...]], did: str
    ) -> None:
        found = refused(lambda: study(cast, roster(cast, absent=(3,), **marks)))
        assert found.field == "roster"
        assert found.sentence.startswith(f"{cast.people[3].name}没有到会，不能记{did}；")
        assert not Session.objects.exists()

    def test_who_came_late_may_speak(self, cast: Cast) -> None:
        rows = [replace(row, attendance=Attendance.LATE) for row in roster(cast, spoke=(4,))]
        assert marked(study(cast, tuple(rows)))[1] == [cast.people[4].pk]

    def test_of_a_talk_nobody_asks_who_spoke(self, cast: Cast) -> None:
        pair = (RosterEntry(cast.people[0].pk, spoke=True), RosterEntry(cast.people[1].pk))
        found = refused(lambda: make.activity(cast.branch, "heart_talk", DAY, roster=pair))
        assert (found.field, found.sentence) == ("roster", "谈心谈话只记谁和谁谈，不记领学、发言。")


class TestGuests:
    def test_an_expert_lectured(self, cast: Cast) -> None:
        guests = (GuestDraft(GuestKind.MASSES, count=5), GuestDraft(GuestKind.INVITED, "柯来宾", lectured=True))
        session = study(cast, roster(cast), guests=guests)
        assert [guest.lectured for guest in session.guests.all()] == [False, True]
        body, _ = body_of(with_parts(Session.objects.all()).get())
        assert body["lecturing"] == [1] and faults() == []
        actions.erase_guest(guest=session.guests.get(name="柯来宾"), by=None, at=LATER)
        assert session.guests.get(lectured=True).name == "" and faults() == [] and breaks() == []

    def test_five_at_once_are_nobody_who_lectured(self, cast: Cast) -> None:
        found = refused(lambda: study(cast, roster(cast), guests=(GuestDraft(count=5, lectured=True),)))
        assert (found.field, found.sentence) == ("guests", "授课的来宾请一人写一行。")
        session = study(cast, roster(cast), guests=(GuestDraft(count=5),))
        with pytest.raises(IntegrityError), transaction.atomic():
            Guest.objects.filter(session=session).update(lectured=True)


class TestCorrecting:
    def test_it_is_a_new_revision(self, cast: Cast) -> None:
        session = study(cast, roster(cast, led=(0,)))
        now = correct(session, draft(cast, roster(cast, led=(1,), spoke=(0, 2))))
        people = [person.pk for person in cast.people]
        assert marked(now) == ([people[1]], [people[0], people[2]])
        assert Revision.objects.filter(noun="session").count() == 2 and faults() == []

    def test_who_turns_out_to_have_been_away_must_first_be_freed_of_it(self, cast: Cast) -> None:
        session = study(cast, roster(cast, led=(3,)))
        found = refused(lambda: correct(session, draft(cast, roster(cast, led=(3,), absent=(3,)))))
        assert found.field == "roster" and cast.people[3].name in found.sentence
        assert marked(session) == ([cast.people[3].pk], [])
        assert marked(correct(session, draft(cast, roster(cast, absent=(3,))))) == ([], [])


class TestJoining:
    def test_a_unit_that_joins_says_who_of_its_own_spoke(self, cast: Cast) -> None:
        session = study(cast, roster(cast, led=(0,)))
        row = ask(session=session, unit_id=cast.other.pk, by=cast.clerk, at=LATER)
        theirs = make.everyone(cast.other, STUDY, DAY)
        confirm(
            invitation=row, revision=1, roster=(replace(theirs[0], spoke=True), *theirs[1:]), by=cast.other_clerk, at=LATER
        )  # fmt: skip
        assert marked(session) == ([cast.people[0].pk], [theirs[0].member_id])
        away = replace(theirs[1], attendance=Attendance.ABSENT, led=True)
        row.refresh_from_db()
        found = refused(
            lambda: correct_part(
                invitation=row, revision=2, roster=(theirs[0], away, theirs[2]), reason="改", by=None, at=LATER
            )
        )
        assert found.field == "roster" and "没有到会，不能记领学" in found.sentence
        assert faults() == []


class TestOfAMember:
    def test_all_that_is_kept_of_him_says_it(self, cast: Cast) -> None:
        session = study(cast, roster(cast, led=(0,), spoke=(0, 1)))
        assert [all_about(cast.people[0])[name] for name in ("领学", "发言")] == [[session.number]] * 2
        assert [about(cast.people[1])[name] for name in ("领学", "发言")] == [[], [session.number]]
        actions.remove_activity(session=session, reason="记错了", by=None, at=LATER)
        assert about(cast.people[0])["领学"] == []

    def test_forgotten_he_led_without_a_name(self, cast: Cast) -> None:
        session = study(cast, roster(cast, led=(5,)))
        make.leave(cast.people[5], on=date(2026, 5, 1))
        forget_leaver(member_id=cast.people[5].pk, by=None, at=make.moment(date(2032, 1, 1)))
        (row,) = session.roster.filter(led=True)
        assert Member.objects.get(pk=row.member_id).name == "已遗忘" and faults() == []
