"""A joint meeting from the host's form to the other unit's answer, and what each of them and a third one reads of it."""

from __future__ import annotations

from datetime import date
from urllib.parse import quote

import pytest
from django.test import Client

from tests import make
from tests.cast import Cast, standing_cast
from tests.web.forms import Fields, signed_in
from youju.figures.queries import ask as figure
from youju.kit.periods import Period
from youju.people.members.queries import memberships_on
from youju.people.models import Correction, Look, Member
from youju.people.roles.rules import Role
from youju.records.activities.actions import remove_activity
from youju.records.activities.models import Session
from youju.records.joining.actions import ask, confirm, decline
from youju.records.joining.models import Invitation
from youju.records.joining.values import State

pytestmark = pytest.mark.django_db
DAY, AT = date(2026, 11, 5), make.moment(date(2026, 11, 6))
NEW = "/ledger/new/?kinds=theme_day&on=2026-11-05"


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_TODAY", "2026-11-20")


@pytest.fixture
def cast() -> Cast:
    return standing_cast(groups=2)


@pytest.fixture
def session(cast: Cast) -> Session:
    return make.activity(cast.branch, "theme_day", DAY, title="看粮库", outcome="主办的成效")


@pytest.fixture
def invitation(cast: Cast, session: Session) -> Invitation:
    return ask(session=session, unit_id=cast.other.pk, by=cast.clerk, at=AT)


def theirs(cast: Cast) -> list[Member]:
    return [row.member for row in memberships_on(cast.other, DAY)]


def host_page(cast: Cast, session: Session, page: str = "") -> str:
    return f"/ledger/{cast.branch.pk}/{quote(session.number)}/{page}"


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, (url, answer.status_code)
    return answer.content.decode()


def count(cast: Cast, *units: object) -> list[int]:
    found = [figure("主题党日次数", unit, Period.year(2026), as_of=date(2026, 12, 31)).value for unit in units]  # type: ignore[arg-type]
    return [int(value or 0) for value in found]


def names_in(said: str, people: list[Member] | tuple[Member, ...]) -> list[str]:
    return [one.name for one in people if f"{one.name}<" in said or f"{one.name}　" in said or f"{one.name}（" in said]


def test_asked_with_a_new_record_and_answered(cast: Cast) -> None:
    """The whole way, without a script."""
    clerk, other = signed_in(cast.clerk), signed_in(cast.other_clerk)
    typed = Fields(text(clerk, NEW)).data | {"title": "看粮库", "start": "14:30", "end": "16:00", "place": "粮库"}
    found = clerk.post(NEW, typed | {"redo": "ask", "ask_words": "柳溪"}).content.decode()
    assert f'name="ask" value="{cast.other.pk}"' in found and "看粮库" in found
    kept = clerk.post(
        NEW, Fields(found).data | {"redo": "ask", "ask_words": "没有的", "ask": str(cast.other.pk)}
    ).content.decode()
    assert Fields(kept).data["ask"] == [str(cast.other.pk)] and "没有找到" in kept
    assert clerk.post(NEW, Fields(kept).data).status_code == 302
    session, invitation = Session.objects.get(), Invitation.objects.get()
    assert "已邀请参加，待对方确认" in text(clerk, host_page(cast, session))
    assert count(cast, cast.branch, cast.other, cast.above) == [1, 0, 1]

    url = f"/ledger/joint/{invitation.pk}/"
    home, listed = text(other, "/"), text(other, "/ledger/")
    assert "1 场待确认" in home and "待确认的联合活动 1 场" in listed
    assert url in text(other, "/ledger/joint/")
    page = text(other, url)
    for said in (session.number, "主题党日", "看粮库", "14:30—16:00", "粮库", cast.branch.name):
        assert said in page
    assert len(names_in(page, theirs(cast))) == 3 and not names_in(page, cast.people)
    first = theirs(cast)[0]
    answer = other.post(url, Fields(page).data | {f"r_{first.pk}": "leave:sick"})
    assert answer.status_code == 302 and answer["Location"] == url
    row = session.roster.get(member=first)
    assert (row.unit, row.attendance, row.leave_category, row.votes) == (cast.other, "leave", "sick", False)
    assert count(cast, cast.branch, cast.other, cast.above) == [1, 1, 1]
    said = text(clerk, host_page(cast, session))
    assert f"<dt>{cast.other.short_name}</dt><dd>到 2 / 3" in said
    assert "参加组织确认" in said and cast.other_clerk.name not in said and not names_in(said, theirs(cast))
    assert "待确认的联合活动" not in text(other, "/ledger/") and "联合活动" in text(other, "/ledger/")


def test_asked_from_the_page_of_a_record(cast: Cast, session: Session) -> None:
    clerk = signed_in(cast.clerk)
    url = host_page(cast, session, "joining/")
    assert url in text(clerk, host_page(cast, session)) and url in text(clerk, host_page(cast, session, "correct/"))
    assert cast.other.name not in text(clerk, url)  # nothing is listed before a name is asked for
    assert cast.branch.name not in text(clerk, url + "?words=青禾").split("找组织", 1)[1].split("</form>", 1)[1]
    found = text(clerk, url + "?words=柳溪")
    assert f'value="{cast.other.pk}"' in found and not names_in(found, theirs(cast))
    assert clerk.post(url + "?words=柳溪", {}).status_code == 422
    assert clerk.post(url, {"ask": ["abc", "99999999999999999999"]}).status_code == 422
    assert clerk.post(url, {"ask": str(cast.other.pk)}).status_code == 302
    assert "撤回" in text(clerk, url) and f'value="{cast.other.pk}"' not in text(clerk, url + "?words=柳溪")
    invitation = Invitation.objects.get()
    for _ in range(2):
        assert clerk.post(f"{url}{invitation.pk}/recall/").status_code == 302
    assert Invitation.objects.get().state == State.RECALLED
    assert signed_in(cast.other_clerk).get(f"/ledger/joint/{invitation.pk}/").status_code == 404


def test_ids_that_may_not_be_asked_say_nothing(cast: Cast, session: Session) -> None:
    clerk, said = signed_in(cast.clerk), set()
    for pk in (cast.branch.pk, cast.above.pk, 10**6):
        answer = clerk.post(host_page(cast, session, "joining/"), {"ask": str(pk)})
        assert answer.status_code == 422
        said.add(answer.content.decode().split('role="alert"')[1].split("</p>")[0])
    assert len(said) == 1


def test_the_host_asks_in_the_search_with_words_that_no_database_keeps(cast: Cast, session: Session) -> None:
    assert signed_in(cast.clerk).get(host_page(cast, session, "joining/"), {"words": "柳\x00溪"}).status_code == 200


def test_declined_with_a_word_that_the_host_reads(cast: Cast, session: Session, invitation: Invitation) -> None:
    other, url = signed_in(cast.other_clerk), f"/ledger/joint/{invitation.pk}/decline/"
    assert other.post(url, {"word": "字" * 101}).status_code == 422
    assert other.post(url, {"word": "那天在外地"}).status_code == 302
    assert "不参加：那天在外地" in text(signed_in(cast.clerk), host_page(cast, session))
    assert "再邀请一次" in text(other, f"/ledger/joint/{invitation.pk}/")
    assert other.post(url, {"word": ""}).status_code == 422  # a second word hears of the first
    assert other.post(f"/ledger/joint/{invitation.pk}/", {}).status_code == 302
    assert count(cast, cast.other) == [0]


def joined(cast: Cast, invitation: Invitation) -> Client:
    other, url = signed_in(cast.other_clerk), f"/ledger/joint/{invitation.pk}/"
    assert other.post(url, Fields(text(other, url)).data).status_code == 302
    return other


def test_its_own_part_is_corrected_with_a_reason(cast: Cast, session: Session, invitation: Invitation) -> None:
    other, url = joined(cast, invitation), f"/ledger/joint/{invitation.pk}/"
    page = text(other, url)
    assert "预备" not in page and not names_in(page, cast.people)
    last = theirs(cast)[-1]
    typed = Fields(page).data | {f"r_{last.pk}": "absent"}
    assert other.post(url, typed).status_code == 422  # why?
    assert other.post(url, typed | {"reason": "漏标一人"}).status_code == 302
    assert session.roster.get(member=last).attendance == "absent"
    said = text(signed_in(cast.clerk), host_page(cast, session))
    assert "到 2 / 3" in said and "参加组织更正：漏标一人" in said


def test_who_read_an_older_head_looks_again(cast: Cast, session: Session, invitation: Invitation) -> None:
    other, url = signed_in(cast.other_clerk), f"/ledger/joint/{invitation.pk}/"
    typed = Fields(text(other, url)).data
    clerk = signed_in(cast.clerk)
    correct = host_page(cast, session, "correct/")
    assert clerk.post(correct, Fields(text(clerk, correct)).data | {"reason": "错", "title": "新题"}).status_code == 302
    answer = other.post(url, typed)
    assert answer.status_code == 422 and "新题" in answer.content.decode()
    assert other.post(url, Fields(answer.content.decode()).data).status_code == 302
    assert session.roster.filter(unit=cast.other).count() == 3


def test_another_list_than_was_shown_is_not_taken(cast: Cast, session: Session, invitation: Invitation) -> None:
    other, url = signed_in(cast.other_clerk), f"/ledger/joint/{invitation.pk}/"
    typed = Fields(text(other, url)).data
    make.member(cast.other)
    answer = other.post(url, typed)
    assert answer.status_code == 422 and "名单换过了" in answer.content.decode()
    assert count(cast, cast.other) == [0]


def test_withdrawn_with_a_reason(cast: Cast, session: Session, invitation: Invitation) -> None:
    other = joined(cast, invitation)
    assert count(cast, cast.other) == [1]
    url = f"/ledger/joint/{invitation.pk}/withdraw/"
    assert url in text(other, f"/ledger/joint/{invitation.pk}/")
    assert other.post(url, {"reason": ""}).status_code == 422
    assert other.post(url, {"reason": "记错了场次"}).status_code == 302
    assert count(cast, cast.branch, cast.other, cast.above) == [1, 0, 1]
    assert "已退出" in text(other, "/ledger/joint/")
    assert "已退出：记错了场次" in text(signed_in(cast.clerk), host_page(cast, session))


def test_the_host_corrects_and_their_people_stay(cast: Cast, session: Session, invitation: Invitation) -> None:
    joined(cast, invitation)
    clerk, url = signed_in(cast.clerk), host_page(cast, session, "correct/")
    assert clerk.post(url, Fields(text(clerk, url)).data | {"reason": "错", "title": "新题"}).status_code == 302
    assert session.roster.filter(unit=cast.other).count() == 3 and count(cast, cast.other) == [1]


def test_a_removed_record_asks_nobody(cast: Cast, session: Session, invitation: Invitation) -> None:
    remove_activity(session=session, reason="错", by=None, at=AT)
    other = signed_in(cast.other_clerk)
    assert other.get(f"/ledger/joint/{invitation.pk}/").status_code == 404
    assert "待确认" not in text(other, "/ledger/") and "待确认" not in text(other, "/")


def test_a_third_unit_and_the_host_read_nothing_of_the_others_page(
    cast: Cast, session: Session, invitation: Invitation
) -> None:
    third = make.unit(name="山口村党支部", parent=cast.above)
    outsider = make.user("山口党务员", unit=third, role=Role.CLERK)
    for user in (outsider, cast.clerk, cast.superior, cast.stranger):
        client = signed_in(user)
        for page in ("", "decline/", "withdraw/"):
            assert client.get(f"/ledger/joint/{invitation.pk}/{page}").status_code in (403, 404)
            assert client.post(f"/ledger/joint/{invitation.pk}/{page}", {"reason": "错"}).status_code in (403, 404)
    client = signed_in(outsider)
    assert "看粮库" not in text(client, "/ledger/joint/") and "联合活动" not in text(client, "/ledger/")
    for page in ("", "joining/"):
        assert client.get(host_page(cast, session, page)).status_code == 404
    invitation.refresh_from_db()
    assert invitation.state == State.ASKED
    # And the asked unit opens nothing of the host's but the head on its own page.
    other = joined(cast, invitation)
    for page in ("", "print/", "record.docx", "joining/", "correct/"):
        assert other.get(host_page(cast, session, page)).status_code == 404
    assert "主办的成效" not in text(other, f"/ledger/joint/{invitation.pk}/")


def test_of_a_talk_nobody_is_asked(cast: Cast) -> None:
    clerk = signed_in(cast.clerk)
    url = "/ledger/new/?kinds=heart_talk&on=2026-11-05"
    page = text(clerk, url)
    assert "联合活动" not in page
    pair = {f"r_{one.pk}": "present" for one in cast.people[:2]}
    typed = Fields(page).data | pair | {"title": "谈心", "start": "10:00", "ask": str(cast.other.pk)}
    assert clerk.post(url, typed).status_code == 302
    assert not Invitation.objects.exists()


def test_declining_does_not_stop_the_host_from_asking_again(
    cast: Cast, session: Session, invitation: Invitation
) -> None:
    decline(invitation=invitation, by=None, at=AT)
    clerk, url = signed_in(cast.clerk), host_page(cast, session, "joining/")
    assert f'value="{cast.other.pk}"' in text(clerk, url + "?words=柳溪")
    assert clerk.post(url, {"ask": str(cast.other.pk)}).status_code == 302
    assert Invitation.objects.get().state == State.ASKED


def test_who_is_told_that_somebody_looked_at_his_leave(cast: Cast, session: Session, invitation: Invitation) -> None:
    """The clerk of the unit that joins read it, and the host did not."""
    theirs_ = make.everyone(cast.other, ("theme_day",), DAY, leave=theirs(cast)[:1])
    confirm(invitation=invitation, revision=session.revision, roster=theirs_, by=cast.other_clerk, at=AT)
    host = signed_in(cast.clerk)
    for page in ("", "print/"):
        text(host, host_page(cast, session, page))
    assert not Look.objects.exists()
    text(signed_in(cast.other_clerk), f"/ledger/joint/{invitation.pk}/")
    row = Look.objects.get()
    assert (row.member, row.unit, row.viewer) == (theirs(cast)[0], cast.other, cast.other_clerk)


def test_a_correction_goes_to_who_keeps_his_name(cast: Cast, session: Session, invitation: Invitation) -> None:
    """The host has no right to the name of who asks, nor could it mend the list."""
    who, account = theirs(cast)[0], make.user(theirs(cast)[0].name)
    make.link_account(member=who, user=account, by=None, at=make.START)
    roster = make.everyone(cast.other, ("theme_day",), DAY)
    confirm(invitation=invitation, revision=session.revision, roster=roster, by=cast.other_clerk, at=AT)
    client = signed_in(account)
    about = f"{cast.other.pk}/{session.number}（{cast.branch.short_name}主办）"
    page = text(client, "/me/corrections/new/")
    assert about in page and f'"{cast.branch.pk}/{session.number}"' not in page
    assert client.post("/me/corrections/new/", {"about": about, "text": "那天我没去"}).status_code == 302
    row = Correction.objects.get()
    assert (row.unit, row.member) == (cast.other, who) and session.number in row.record
    assert signed_in(cast.clerk).get(f"/people/corrections/{row.pk}/").status_code == 404
    assert session.number in text(signed_in(cast.other_clerk), f"/people/corrections/{row.pk}/")
