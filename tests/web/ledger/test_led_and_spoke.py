"""领学、发言 in the form without a script, on the record, on paper and in the table; and nothing of it to a superior."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from urllib.parse import quote

import docx
import pytest
from django.test import Client

from tests import make
from tests.cast import Cast, standing_cast
from tests.web.forms import Fields, signed_in
from tests.web.tables import cells
from youju.people.members.queries import memberships_on
from youju.records.activities.models import Session
from youju.records.activities.values import GuestDraft, GuestKind
from youju.records.joining.actions import ask, confirm
from youju.upkeep.verify import faults

pytestmark = pytest.mark.django_db
DAY, AT = date(2026, 11, 5), make.moment(date(2026, 11, 6))
NEW = "/ledger/new/"
STUDY = NEW + "?kinds=group_study&on=2026-11-05"


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_TODAY", "2026-11-20")


@pytest.fixture
def cast() -> Cast:
    return standing_cast(groups=2)


def filled(cast: Cast, url: str = STUDY, **typed: object) -> dict[str, object]:
    page = signed_in(cast.clerk).get(url).content.decode()
    return Fields(page).data | {"title": "学党章", "start": "14:30"} | typed


def studied(cast: Cast, **more: object) -> Session:
    """The first led, the next two spoke."""
    rows = make.everyone(cast.branch, ("group_study",), DAY)
    place = {person.pk: i for i, person in enumerate(cast.people)}
    roster = tuple(replace(row, led=place[row.member_id] == 0, spoke=place[row.member_id] in (1, 2)) for row in rows)
    return make.activity(cast.branch, "group_study", DAY, title="学党章", roster=roster, **more)  # type: ignore[arg-type]


def page_of(cast: Cast, session: Session, page: str = "") -> str:
    return f"/ledger/{cast.branch.pk}/{quote(session.number)}/{page}"


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, (url, answer.status_code)
    return answer.content.decode()


def names(session: Session, mark: str) -> list[str]:
    return [row.member.name for row in session.roster.filter(**{mark: True})]


def test_two_boxes_stand_beside_each_person(cast: Cast) -> None:
    led, spoke = cast.people[0], cast.people[3]
    page = text(signed_in(cast.clerk), STUDY)
    assert page.count('name="led_') == page.count('name="spoke_') == 9 and 'id="part-voices">' in page
    answer = signed_in(cast.clerk).post(NEW, filled(cast, **{f"led_{led.pk}": "on", f"spoke_{spoke.pk}": "on"}))
    assert answer.status_code == 302
    session = Session.objects.get()
    assert (names(session, "led"), names(session, "spoke")) == ([led.name], [spoke.name]) and faults() == []


def test_who_was_away_is_named_and_nothing_typed_is_lost(cast: Cast) -> None:
    away = cast.people[7]
    typed = filled(cast, **{f"r_{away.pk}": "absent", f"spoke_{away.pk}": "on"})
    answer = signed_in(cast.clerk).post(NEW, typed)
    page = answer.content.decode()
    assert answer.status_code == 422 and not Session.objects.exists()
    assert f"{away.name}没有到会，不能记发言；请改他的到会情况，或者去掉发言。" in page
    assert 'id="part-voices" open' in page and f"spoke_{away.pk}" in Fields(page).data


def test_who_led_where_nobody_need_be_listed_was_there(cast: Cast) -> None:
    person = cast.people[2]
    typed = filled(cast, NEW + "?kinds=online_study&on=2026-11-05", **{f"led_{person.pk}": "on"})
    signed_in(cast.clerk).post(NEW, typed)
    assert [(row.member, row.attendance, row.led) for row in Session.objects.get().roster.all()] == [
        (person, "present", True)
    ]


def test_a_member_who_sits_in_on_the_committee_may_speak(cast: Cast) -> None:
    person = cast.people[6]
    typed = filled(cast, NEW + "?kinds=committee_meeting&on=2026-11-05", **{f"spoke_{person.pk}": "on"})
    signed_in(cast.clerk).post(NEW, typed)
    row = Session.objects.get().roster.get(member=person)
    assert (row.spoke, row.expected, row.votes) == (True, False, False)


def test_the_form_begins_with_who_was_to_lead(cast: Cast) -> None:
    url = f"{STUDY}&led={cast.people[4].pk}"
    page = text(signed_in(cast.clerk), url)
    assert 'id="part-voices" open' in page and f"led_{cast.people[4].pk}" in Fields(page).data
    for stranger in ("", "x", str(memberships_on(cast.other, DAY)[0].member_id), "9" * 30):
        page = text(signed_in(cast.clerk), f"{STUDY}&led={stranger}")
        assert not [name for name in Fields(page).data if name.startswith("led_")]


def test_of_a_talk_nobody_is_asked(cast: Cast) -> None:
    url = NEW + "?kinds=heart_talk&on=2026-11-05"
    assert "part-voices" not in text(signed_in(cast.clerk), url)
    pair = {f"r_{person.pk}": "present" for person in cast.people[:2]}
    signed_in(cast.clerk).post(NEW, filled(cast, url, **pair, **{f"spoke_{cast.people[0].pk}": "on"}))
    assert not Session.objects.get().roster.filter(spoke=True).exists()


def test_a_correction_begins_with_them(cast: Cast) -> None:
    session, client = studied(cast), signed_in(cast.clerk)
    url = page_of(cast, session, "correct/")
    typed = Fields(text(client, url)).data
    first, second, third = (person.pk for person in cast.people[:3])
    assert sorted(name for name in typed if name.startswith(("led_", "spoke_"))) == sorted(
        [f"led_{first}", f"spoke_{second}", f"spoke_{third}"]
    )
    del typed[f"led_{first}"]
    client.post(url, typed | {f"r_{first}": "absent", f"led_{second}": "on", "reason": "记错了人"})
    assert names(session, "led") == [cast.people[1].name] and faults() == []


def test_it_stands_on_the_page_on_paper_and_in_the_table(cast: Cast) -> None:
    guests = (GuestDraft(GuestKind.INVITED, "柯来宾", "县委党校", lectured=True),)
    session, client = studied(cast, guests=guests), signed_in(cast.clerk)
    led, *spoke = (person.name for person in cast.people[:3])
    page = text(client, page_of(cast, session))
    assert f"<dt>领学</dt><dd>{led}</dd>" in page and f"<dt>发言</dt><dd>{'、'.join(spoke)}</dd>" in page
    assert "授课 柯来宾（县委党校）" in page
    printed = text(client, page_of(cast, session, "print/"))
    assert f'领学</th><td colspan="3">{led}</td>' in printed and "柯来宾（县委党校）</td>" in printed
    paper = docx.Document(io.BytesIO(client.get(page_of(cast, session, "record.docx")).content)).element.xml
    assert "领学" in paper and "、".join(spoke) in paper
    heads, row = cells(client.get("/ledger/export.xlsx").content)[-2:]
    assert [row[heads.index(name)] for name in ("授课人", "领学人", "发言人")] == ["柯来宾", led, "、".join(spoke)]


def test_a_superior_reads_no_name_and_another_branch_nothing(cast: Cast) -> None:
    session = studied(cast)
    above = signed_in(cast.superior)
    page = text(above, page_of(cast, session))
    table = cells(above.get(f"/ledger/export.xlsx?unit={cast.branch.pk}").content)
    for person in cast.people[:3]:
        assert person.name not in page and not any(person.name in map(str, line) for line in table)
    assert "领学" not in page and not any("领学人" in line for line in table)
    assert signed_in(cast.other_clerk).get(page_of(cast, session)).status_code == 404


def test_a_unit_that_joins_marks_its_own_and_the_host_reads_how_many(cast: Cast) -> None:
    session = studied(cast)
    invitation = ask(session=session, unit_id=cast.other.pk, by=cast.clerk, at=AT)
    theirs = [row.member for row in memberships_on(cast.other, DAY)]
    client, url = signed_in(cast.other_clerk), f"/ledger/joint/{invitation.pk}/"
    typed = Fields(text(client, url)).data
    assert not any(person.name in text(client, url) for person in cast.people)
    assert client.post(url, typed | {f"spoke_{theirs[0].pk}": "on"}).status_code == 302
    assert f"spoke_{theirs[0].pk}" in Fields(text(client, url)).data
    host = signed_in(cast.clerk)
    spoke = "、".join(person.name for person in cast.people[1:3])
    page = text(host, page_of(cast, session))
    assert f"<dt>发言</dt><dd>{spoke}、参加组织1人</dd>" in page and theirs[0].name not in page
    assert theirs[0].name not in str(cells(host.get("/ledger/export.xlsx").content))
    correct = page_of(cast, session, "correct/")
    host.post(correct, Fields(text(host, correct)).data | {"reason": "改主题", "title": "学新党章"})
    assert session.roster.get(member=theirs[0]).spoke and faults() == []


def test_the_host_reads_nothing_where_only_they_spoke(cast: Cast) -> None:
    session = make.activity(cast.branch, "group_study", DAY)
    invitation = ask(session=session, unit_id=cast.other.pk, by=cast.clerk, at=AT)
    rows = make.everyone(cast.other, ("group_study",), DAY)
    roster = (replace(rows[0], led=True), *rows[1:])
    confirm(invitation=invitation, revision=1, roster=roster, by=cast.other_clerk, at=AT)
    assert "<dt>领学</dt><dd>参加组织1人</dd>" in text(signed_in(cast.clerk), page_of(cast, session))


def test_a_guest_who_lectured_needs_a_name_of_his_own(cast: Cast) -> None:
    client = signed_in(cast.clerk)
    for typed, sentence in (
        ({"g0-lectured": "on"}, "请来授课的，请写姓名。"),
        ({"g0-lectured": "on", "g0-name": "柯来宾", "g0-count": "2"}, "请来授课的，一人写一行。"),
    ):
        answer = client.post(NEW, filled(cast, **typed))
        assert answer.status_code == 422 and sentence in answer.content.decode()
    client.post(NEW, filled(cast, **{"g0-lectured": "on", "g0-name": "柯来宾"}))
    session = Session.objects.get()
    assert session.guests.get().lectured
    assert "g0-lectured" in Fields(text(client, page_of(cast, session, "correct/"))).data


def test_he_reads_where_he_led_and_spoke(cast: Cast) -> None:
    rows = make.everyone(cast.branch, ("group_study",), DAY)
    roster = tuple(replace(row, led=row.member_id == cast.people[-1].pk) for row in rows)
    session = make.activity(cast.branch, "group_study", DAY, roster=roster)
    page = text(signed_in(cast.member), "/me/")
    assert ">领学<" in page and page.count(session.number) >= 2
