"""A phone at the meeting: scan, name once, 我到了; nothing without a scan, nothing twice, nothing after the end."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests import make
from tests.cast import standing_cast
from tests.web.signin.rooms import TODAY, code_of, meeting, named, press, scanned
from youju.journal.models import Slip
from youju.people.units.values import UnitKind
from youju.records.activities.actions import cancel_session
from youju.records.signin.actions import close_list, sign_in
from youju.web.shared import clock
from youju.web.signin.carried import FRESH, NAME, SCAN

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setenv("YOUJU_TODAY", TODAY.isoformat())


def text(answer):
    return answer.content.decode()


def later(monkeypatch, seconds):
    real = clock.now
    monkeypatch.setattr(clock, "now", lambda: real() + timedelta(seconds=seconds))


def test_scan_name_and_one_button():
    room = meeting()
    person = room.cast.people[3]
    phone = scanned(room.session)
    shown = text(phone.get(room.at()))
    assert "您是哪一位？" in shown and all(p.name in shown for p in room.cast.people)
    assert press(phone, room.at(), room.at("pick"), member=person.pk).status_code == 302
    shown = text(phone.get(room.at()))
    assert "我到了" in shown and person.name in shown and room.cast.people[0].name not in shown
    assert press(phone, room.at(), room.at("here")).status_code == 302
    slip = Slip.objects.get()
    assert (slip.session_id, slip.member_id, slip.means) == (room.session.pk, person.pk, "scan")
    assert re.search(r"\d\d:\d\d 已签到", text(phone.get(room.at())))


def test_a_second_tap_is_harmless_and_keeps_the_first_time():
    room = meeting()
    phone = named(room.session, room.cast.people[3])
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', text(phone.get(room.at())))[1]
    for _ in range(3):
        assert phone.post(room.at("here"), {"csrfmiddlewaretoken": token}).status_code == 302
    assert Slip.objects.count() == 1
    assert "我到了" not in text(phone.get(room.at()))


def test_the_tap_is_one_statement(django_assert_num_queries):
    room = meeting()
    phone = named(room.session, room.cast.people[3])
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', text(phone.get(room.at())))[1]
    with django_assert_num_queries(1):
        phone.post(room.at("here"), {"csrfmiddlewaretoken": token})


def test_the_next_meeting_begins_with_the_name():
    cast = standing_cast(groups=2)
    first, second = meeting(cast), meeting(cast)
    phone = named(first.session, cast.people[3])
    assert "请扫屏幕上的码" in text(phone.get(second.at()))
    phone.get(reverse("signin:scan", args=[code_of(second.session)]))
    shown = text(phone.get(second.at()))
    assert "我到了" in shown and cast.people[3].name in shown


def test_a_name_of_another_branch_is_picked_anew():
    cast = standing_cast(groups=2)
    room = meeting(cast)
    other = meeting(standing_cast())
    phone = named(other.session, other.cast.people[0])
    phone.get(reverse("signin:scan", args=[code_of(room.session)]))
    assert "您是哪一位？" in text(phone.get(room.at()))


def test_not_me_leads_back_to_the_names():
    room = meeting()
    phone = named(room.session, room.cast.people[3])
    press(phone, room.at(), room.at("pick"))
    assert "您是哪一位？" in text(phone.get(room.at()))


def test_one_phone_one_owner():
    room = meeting()
    phone = named(room.session, room.cast.people[3])
    press(phone, room.at(), room.at("here"))
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', text(phone.get(room.at("other"))))[1]
    phone.post(room.at("pick"), {"csrfmiddlewaretoken": token, "member": room.cast.people[4].pk})
    phone.post(room.at("here"), {"csrfmiddlewaretoken": token})
    assert Slip.objects.count() == 1
    assert "已经给它的主人签过到" in text(phone.get(room.at()))


def test_for_another_is_marked_and_three_at_most():
    room = meeting()
    phone = named(room.session, room.cast.people[0])
    for person in room.cast.people[1:5]:
        press(phone, room.at("other"), room.at("other"), member=person.pk)
    assert [s.means for s in Slip.objects.order_by("pk")] == ["proxy"] * 3
    assert "最多代签 3 人" in text(phone.get(room.at()))
    press(phone, room.at("other"), room.at("other"), member=room.cast.people[1].pk)
    assert "已经签到" in text(phone.get(room.at()))
    signed_for = named(room.session, room.cast.people[1])
    assert "代签的" in text(signed_for.get(room.at()))


def test_whoever_is_not_expected_can_neither_be_picked_nor_signed():
    room = meeting()
    stranger = make.member(room.cast.other)
    phone = scanned(room.session)
    for given in (stranger.pk, "0", "-1", "x", "9" * 30):
        press(phone, room.at(), room.at("pick"), member=given)
        assert NAME not in phone.cookies
        press(phone, room.at("other"), room.at("other"), member=given)
    assert not Slip.objects.exists()


def test_without_a_scan_there_is_nothing():
    room = meeting()
    phone = Client()
    for page in ("phone", "other"):
        answer = phone.get(room.at(page))
        assert answer.status_code == 403 and room.session.title not in text(answer)
    for page in ("pick", "here", "other"):
        phone.post(room.at(page), {"member": room.cast.people[0].pk})
    assert not Slip.objects.exists() and NAME not in phone.cookies
    assert phone.get("/signin/at/999999/").status_code == 403


@pytest.mark.parametrize("cookie", [SCAN, NAME])
def test_a_cookie_that_we_did_not_sign_is_none(cookie):
    room = meeting()
    phone = named(room.session, room.cast.people[3])
    other = SCAN if cookie == NAME else NAME
    honest = phone.cookies[cookie].value
    forged = [honest[:-1] + "x", honest.replace(".", "7.", 1), "", "1.2.3.4", phone.cookies[other].value]
    for value in forged:
        thief = Client()
        thief.cookies[cookie] = value
        thief.post(room.at("here"))
        assert thief.get(room.at()).status_code == 403, value
    assert not Slip.objects.exists()


def test_an_old_code_and_a_wrong_one_admit_nobody(monkeypatch):
    room = meeting()
    old = code_of(room.session, clock.now() - timedelta(seconds=90))
    for code in (old, "x", code_of(room.session)[:-1] + "!", "1.1.1"):
        answer = Client().get(reverse("signin:scan", args=[code]))
        assert answer.status_code == 410 and "过期" in text(answer)
        assert SCAN not in answer.cookies
    still = code_of(room.session, clock.now() - timedelta(seconds=45))
    assert Client().get(reverse("signin:scan", args=[still])).status_code == 302


def test_a_scan_grows_old(monkeypatch):
    """Found in the evening: the phone knows its owner, and has to see the screen again."""
    room = meeting()
    phone = named(room.session, room.cast.people[3])
    later(monkeypatch, FRESH + 60)
    shown = text(phone.get(room.at()))
    assert "再扫一次" in shown and "我到了" not in shown
    phone.post(room.at("here"))
    assert not Slip.objects.exists()
    assert phone.get(room.at("other")).status_code == 403


def test_who_comes_late_is_told_before_and_after():
    room = meeting(hour=0, minute=1)
    phone = named(room.session, room.cast.people[3])
    assert "会记为迟到" in text(phone.get(room.at()))
    press(phone, room.at(), room.at("here"))
    assert "记为迟到" in text(phone.get(room.at()))


@pytest.mark.parametrize("ending", ["closed", "cancelled", "over"])
def test_after_the_end_nothing_is_signed(monkeypatch, ending):
    room = meeting()
    early, phone = named(room.session, room.cast.people[2]), named(room.session, room.cast.people[3])
    press(early, room.at(), room.at("here"))
    if ending == "closed":
        token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', text(phone.get(room.at())))[1]
        close_list(session=room.session, by=None, at=clock.now())
        phone.post(room.at("here"), {"csrfmiddlewaretoken": token})
    elif ending == "cancelled":
        cancel_session(session=room.session, reason="改期", by=None, at=clock.now())
    else:
        monkeypatch.setenv("YOUJU_TODAY", "2026-11-26")
    assert "已结束" in text(phone.get(room.at())) and Slip.objects.filter(member_id__gt=0).count() == 1
    assert "已签到" in text(early.get(room.at()))
    answer = Client().get(reverse("signin:scan", args=[code_of(room.session)]))
    assert answer.status_code == 200 and "已结束" in text(answer) and SCAN not in answer.cookies


def test_a_big_unit_is_asked_for_group_and_surname_first(monkeypatch):
    monkeypatch.setattr("youju.web.signin.pages.FEW", 5)
    branch = make.unit(name="青禾县供销社机关党支部")
    groups = [make.unit(name=f"第{n}党小组", kind=UnitKind.GROUP, parent=branch) for n in "一二"]
    for n in range(8):
        make.member(groups[0], f"{'程谢'[n % 2]}某{n}")
        make.member(groups[1], f"安某{n}")
    room = meeting(replace(standing_cast(), branch=branch))
    phone = scanned(room.session)
    shown = text(phone.get(room.at()))
    assert "您在哪个组？" in shown and "程某0" not in shown
    shown = text(phone.get(room.at() + f"?group={groups[0].pk}"))
    assert "您姓什么？" in shown and ">程<" in shown and ">安<" not in shown
    shown = text(phone.get(room.at() + f"?group={groups[0].pk}&family=程"))
    assert "程某0" in shown and "谢某1" not in shown and "安某0" not in shown
    for odd in ("?group=x", "?group=" + "9" * 40, "?family=程"):
        assert phone.get(room.at() + odd).status_code == 200


def test_forms_need_their_token():
    room = meeting()
    phone = named(room.session, room.cast.people[3])
    for page in ("here", "pick", "other"):
        assert phone.post(room.at(page), {"member": room.cast.people[3].pk}).status_code == 403
    assert not Slip.objects.exists()


def test_a_slip_of_an_account_is_no_sign_in_to_the_site():
    room = meeting()
    phone = named(room.session, room.cast.people[3])
    press(phone, room.at(), room.at("here"))
    assert "sessionid" not in phone.cookies
    assert phone.get("/").status_code == 302 and phone.get("/me/").status_code == 302
    assert sign_in(session_id=room.session.pk, member_id=room.cast.people[3].pk, device="x", at=clock.now()) is False
