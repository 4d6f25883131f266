"""列席、特邀、团员、群众: written down in words or in number, counted nowhere, and taken out when somebody asks."""

from __future__ import annotations

import io
from datetime import date, timedelta

import docx
import pytest

from tests import make
from tests.cast import Cast, standing_cast
from youju.figures.queries import ask
from youju.journal.models import Line, RevisionText
from youju.journal.queries import breaks
from youju.kit.periods import Period
from youju.kit.refusal import Refusal
from youju.records.activities import actions
from youju.records.activities.guest_words import read_guests, say_guests
from youju.records.activities.models import Session
from youju.records.activities.onpaper import record_docx, year_docx
from youju.records.activities.queries import record_of, with_parts
from youju.records.activities.values import ActivityDraft, GuestDraft, GuestKind
from youju.upkeep.verify import faults

DAY = date(2026, 3, 20)
LATER = make.moment(date(2026, 4, 1))
GUESTS = (
    GuestDraft(GuestKind.INVITED, "柯来宾", "县妇联"),
    GuestDraft(GuestKind.MASSES, count=5),
    GuestDraft(GuestKind.LEAGUE, " 岳团员 "),
)


@pytest.fixture
def cast() -> Cast:
    return standing_cast(groups=2)


def record(cast: Cast, guests: tuple[GuestDraft, ...] = GUESTS) -> Session:
    return make.activity(cast.branch, "party_meeting", DAY, guests=guests)


def whole(session: Session) -> Session:
    return with_parts(Session.objects.filter(pk=session.pk)).get()


@pytest.mark.django_db
class TestOnTheRecord:
    def test_they_are_said_by_kind(self, cast: Cast) -> None:
        assert say_guests(record(cast).guests.all()) == "特邀：柯来宾（县妇联）；群众：5人；团员：岳团员"

    def test_no_count_and_no_rate_knows_them(self, cast: Cast) -> None:
        away = make.everyone(cast.branch, ("party_meeting",), DAY, absent=cast.people[6:])
        session = whole(make.activity(cast.branch, "party_meeting", DAY, roster=away, guests=GUESTS))
        count = record_of(session).count
        assert (count.expected, count.came, count.votes_expected, count.votes_present) == (9, 6, 9, 6)
        rate = ask("党员到会率", cast.branch, Period.year(2026), as_of=date(2026, 12, 31))
        assert rate.value is not None and round(float(rate.value), 1) == 66.7

    def test_a_name_that_is_a_members_is_still_a_word(self, cast: Cast) -> None:
        session = record(cast, (GuestDraft(name=cast.people[0].name),))
        assert session.roster.count() == 9

    def test_they_stand_on_paper(self, cast: Cast) -> None:
        session = whole(record(cast))
        for paper in (record_docx(session), year_docx(cast.branch, 2026)):
            said = docx.Document(io.BytesIO(paper)).element.xml
            assert "列席和来宾" in said and "柯来宾（县妇联）" in said

    def test_a_correction_writes_them_anew(self, cast: Cast) -> None:
        session = record(cast)
        starts = make.moment(DAY)
        draft = ActivityDraft(
            ("party_meeting",), "题", starts, starts + timedelta(hours=1), guests=GUESTS[1:],
            roster=make.everyone(cast.branch, ("party_meeting",), DAY),
        )  # fmt: skip
        actions.correct_activity(session=session, draft=draft, revision=1, reason="少记了", by=None, at=LATER)
        assert [guest.name for guest in session.guests.all()] == ["", "岳团员"]
        assert faults() == []

    @pytest.mark.parametrize(
        "guest",
        [
            GuestDraft(count=0),
            GuestDraft(count=10000),
            GuestDraft(name="长" * 41),
            GuestDraft(name="甲", unit="长" * 61),
        ],
    )
    def test_a_wrong_one_is_refused_and_nothing_is_written(self, cast: Cast, guest: GuestDraft) -> None:
        with pytest.raises(Refusal) as caught:
            record(cast, (guest,))
        assert caught.value.field == "guests"
        assert not Session.objects.exists()


@pytest.mark.django_db
class TestErasing:
    def test_the_name_goes_from_every_revision_and_the_seals_stay_whole(self, cast: Cast) -> None:
        session = record(cast)
        actions.file_activity(session=session, by=None, at=LATER)
        guest = session.guests.get(name="柯来宾")
        actions.erase_guest(guest=guest, by=cast.clerk, at=LATER)
        said = set(RevisionText.objects.values_list("text", flat=True))
        assert not said & {"柯来宾", "县妇联"}
        assert "岳团员" in said
        assert [(row.name, row.count) for row in session.guests.all()] == [("", 1), ("", 5), ("岳团员", 1)]
        assert faults() == [] and breaks() == []
        line = Line.objects.order_by("-pk")[0]
        assert (line.verb, line.summary) == ("清除来宾姓名", session.number)

    def test_another_record_keeps_its_own(self, cast: Cast) -> None:
        first, second = record(cast), record(cast)
        actions.erase_guest(guest=first.guests.get(name="柯来宾"), by=None, at=LATER)
        assert second.guests.filter(name="柯来宾").exists()
        assert RevisionText.objects.filter(revision__object_id=second.pk, text="柯来宾").exists()

    def test_where_no_name_stands_there_is_nothing_to_erase(self, cast: Cast) -> None:
        session = record(cast)
        with pytest.raises(Refusal):
            actions.erase_guest(guest=session.guests.get(count=5), by=None, at=LATER)


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("群众5人", [(GuestKind.MASSES, "", "", 5)]),
        ("特邀：柯来宾（县妇联）、岳来宾；团员3名", [
            (GuestKind.INVITED, "柯来宾", "县妇联", 1), (GuestKind.INVITED, "岳来宾", "", 1), (GuestKind.LEAGUE, "", "", 3),
        ]),
        ("柯来宾等3人（县妇联、县团委）", [(GuestKind.SITTING_IN, "柯来宾", "县妇联、县团委", 3)]),
        ("县妇联2人", [(GuestKind.SITTING_IN, "", "县妇联", 2)]),
        ("", []),
    ],
)  # fmt: skip
def test_a_cell_is_read(cell: str, found: list[tuple[GuestKind, str, str, int]]) -> None:
    assert [(guest.kind, guest.name, guest.unit, guest.count) for guest in read_guests(cell)] == found


@pytest.mark.parametrize("cell", ["（县妇联）", "5", "群众"])
def test_a_cell_that_says_nobody_is_refused(cell: str) -> None:
    with pytest.raises(Refusal):
        read_guests(cell)
