"""A joint meeting: the host reads of the other unit's people how many came, and no name, on any page or paper."""

from __future__ import annotations

import io
from datetime import date

import docx
import pytest

from tests import make
from tests.cast import Cast, standing_cast
from tests.web.forms import Fields, signed_in
from youju.kit.refusal import Refusal
from youju.people.members.queries import memberships_on
from youju.people.units.actions import close_unit
from youju.people.units.values import UnitKind
from youju.records.activities.models import Session

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 5)


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_TODAY", "2026-11-20")


@pytest.fixture
def cast() -> Cast:
    return standing_cast(groups=2)


@pytest.fixture
def session(cast: Cast) -> Session:
    theirs = make.everyone(
        cast.other, ("theme_day",), DAY, absent=[row.member for row in memberships_on(cast.other, DAY)[:1]]
    )
    roster = (*make.everyone(cast.branch, ("theme_day",), DAY), *theirs)
    return make.activity(cast.branch, "theme_day", DAY, roster=roster, joining_unit_ids=(cast.other.pk,))


def names_of(cast: Cast) -> list[str]:
    return [row.member.name for row in memberships_on(cast.other, DAY)]


@pytest.mark.parametrize("page", ["", "print/", "signsheet/", "correct/"])
def test_no_page_of_the_host_names_them(cast: Cast, session: Session, page: str) -> None:
    said = signed_in(cast.secretary).get(f"/ledger/{cast.branch.pk}/{session.number}/{page}").content.decode()
    assert cast.people[0].name in said
    assert not [name for name in names_of(cast) if f"{name}<" in said or f"{name}　" in said or f"{name}（" in said]


def test_the_record_says_how_many_came(cast: Cast, session: Session) -> None:
    said = signed_in(cast.clerk).get(f"/ledger/{cast.branch.pk}/{session.number}/").content.decode()
    assert f"<dt>{cast.other.short_name}</dt><dd>到 2 / 3" in said


def test_no_paper_of_the_host_names_them(cast: Cast, session: Session) -> None:
    client = signed_in(cast.clerk)
    for url in (f"/ledger/{cast.branch.pk}/{session.number}/record.docx", "/ledger/year.docx?year=2026"):
        document = docx.Document(io.BytesIO(b"".join(client.get(url))))
        text = {
            word
            for table in document.tables
            for row in table.rows
            for cell in row.cells
            for word in cell.text.replace("（", "、").split("、")
        }
        assert cast.people[0].name in text
        assert not text & set(names_of(cast))
        assert any(
            f"{cast.other.short_name}（到2人）" in cell.text
            for table in document.tables
            for row in table.rows
            for cell in row.cells
        )


def test_a_correction_of_the_host_leaves_their_list_as_it_is(cast: Cast, session: Session) -> None:
    theirs = list(session.roster.filter(unit=cast.other).values_list("member_id", "attendance", "expected", "votes"))
    client = signed_in(cast.clerk)
    url = f"/ledger/{cast.branch.pk}/{session.number}/correct/"
    for kinds in (["theme_day"], ["committee_meeting"], ["party_meeting"]):
        again = Fields(
            client.post(
                url, Fields(client.get(url).content.decode()).data | {"kinds": kinds, "redo": "roster"}
            ).content.decode()
        ).data
        answer = client.post(url, again | {"kinds": kinds, "reason": "写错了"})
        assert answer.status_code == 302, answer.content.decode()
        assert (
            list(session.roster.filter(unit=cast.other).values_list("member_id", "attendance", "expected", "votes"))
            == theirs
        )


def test_what_is_missing_of_theirs_is_counted_and_not_named(cast: Cast) -> None:
    own = make.everyone(cast.branch, ("theme_day",), DAY)
    with pytest.raises(Refusal) as caught:
        make.activity(cast.branch, "theme_day", DAY, roster=own, joining_unit_ids=(cast.other.pk,))
    assert "缺3人" in caught.value.sentence
    assert not [name for name in names_of(cast) if name in caught.value.sentence]


def test_only_a_unit_under_the_same_root_that_is_there_may_join(cast: Cast) -> None:
    far = make.unit(name="远处机关党支部", parent=make.unit(name="远处县直机关工委", kind=UnitKind.COMMITTEE))
    gone = make.unit(name="撤了的支部", parent=cast.above)
    close_unit(unit=gone, on=date(2026, 10, 1), successor=None, by=None, at=make.moment(date(2026, 10, 1)))
    said = set()
    for pk in (far.pk, gone.pk, 10**6):
        with pytest.raises(Refusal) as caught:
            make.activity(cast.branch, "theme_day", DAY, joining_unit_ids=(pk,))
        assert caught.value.field == "joining"
        said.add(caught.value.sentence)
    assert len(said) == 1  # nobody learns from the sentence which ids are units
    assert not Session.objects.exists()
