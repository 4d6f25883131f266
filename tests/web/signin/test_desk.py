"""The clerk's side: off until turned on, the screen without anyone missing, and the end that opens the form."""

import re

import pytest
from django.urls import reverse

from tests.cast import standing_cast
from tests.web.forms import Fields, signed_in
from tests.web.signin.rooms import TODAY, meeting
from youju.records.models import Session
from youju.records.signin.actions import sign_in, sign_in_other
from youju.records.signin.queries import choice_of, sheet_of
from youju.records.signin.rules import session_in
from youju.web.shared import clock
from youju.web.signin.desk import code_key

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setenv("YOUJU_TODAY", TODAY.isoformat())


def text(answer):
    return answer.content.decode()


def sign(room, person):
    sign_in(session_id=room.session.pk, member_id=person.pk, device=f"d{person.pk}", at=clock.now())


def test_the_switch():
    cast = standing_cast()
    clerk = signed_in(cast.clerk)
    assert "现在用纸签到" in text(clerk.get("/signin/"))
    page = text(clerk.get("/signin/settings/"))
    assert Fields(page).data["late_after"] == ["10"] and "on" not in Fields(page).data
    wrong = clerk.post("/signin/settings/", {"on": "on", "late_after": "999"})
    assert wrong.status_code == 422 and "0 到 120" in text(wrong) and not choice_of(cast.branch).on
    assert clerk.post("/signin/settings/", {"on": "on", "late_after": ""}).status_code == 422
    assert clerk.post("/signin/settings/", {"on": "on", "late_after": "5"}).status_code == 302
    assert choice_of(cast.branch).on and "手机签到已开通" in text(clerk.get("/signin/"))


def test_while_it_is_off_no_page_offers_it():
    room = meeting(opened=False, on=False)
    clerk = signed_in(room.cast.clerk)
    record = reverse("ledger:record", args=[room.session.ledger_id, room.session.number])
    assert room.url("desk") not in text(clerk.get(record))
    assert "没有开通" in text(clerk.get(room.url("desk")))
    clerk.post(room.url("open"))
    assert sheet_of(room.session) is None


def test_from_the_record_to_the_open_list():
    room = meeting(opened=False)
    clerk = signed_in(room.cast.clerk)
    record = reverse("ledger:record", args=[room.session.ledger_id, room.session.number])
    assert room.url("desk") in text(clerk.get(record))
    assert room.url("desk") not in text(signed_in(room.cast.committee).get(record))
    assert "开签到" in text(clerk.get(room.url("desk")))
    assert clerk.get(room.url("screen")).status_code == 302
    clerk.post(room.url("open"))
    assert sheet_of(room.session).open and "正在签到" in text(clerk.get(room.url("desk")))
    assert room.session.title in text(clerk.get("/signin/"))


def test_today_begins_with_sign_in():
    room = meeting(opened=False)
    home = text(signed_in(room.cast.clerk).get("/"))
    assert room.url("desk") in home and "去签到" in home
    assert room.url("desk") not in text(signed_in(room.cast.committee).get("/"))


def test_the_screen_shows_who_came_and_never_who_is_missing():
    room = meeting()
    clerk = signed_in(room.cast.clerk)
    sign(room, room.cast.people[2])
    shown = clerk.get(room.url("screen"))
    assert room.cast.people[2].name in text(shown)
    assert not [p.name for p in room.cast.people if p != room.cast.people[2] and f">{p.name}<" in text(shown)]
    assert re.search(r"<b>1</b><span>/ 9 人已签到", text(shown))
    assert "no-store" in shown["Cache-Control"]
    assert 'http-equiv="refresh"' in text(shown) and 'hx-trigger="every 4s"' in text(shown)
    assert "手机连不上" not in text(shown) and "手机连不上" in text(
        clerk.get(room.url("screen"), headers={"host": "127.0.0.1:8000"})
    )


def test_the_code_on_the_screen_is_the_one_that_admits(monkeypatch):
    room = meeting()
    drawn = []
    monkeypatch.setattr("youju.web.signin.desk.picture_of", lambda address, **more: drawn.append(address) or "")
    signed_in(room.cast.clerk).get(room.url("screen"))
    assert drawn[0].startswith("http://testserver/signin/s/")
    assert session_in(code_key(), drawn[0].rstrip("/").rsplit("/", 1)[1], clock.now()) == room.session.pk


def test_the_end_opens_the_form_with_everyone_who_signed():
    room = meeting(hour=0, minute=1)
    clerk = signed_in(room.cast.clerk)
    hold = reverse("ledger:hold", args=[room.session.ledger_id, room.session.number])
    sign_in(session_id=room.session.pk, member_id=room.cast.people[0].pk, device="a", at=room.session.starts_at)
    sign(room, room.cast.people[1])
    answer = clerk.get(hold)
    assert answer.status_code == 302 and answer["Location"] == room.url("desk")
    assert clerk.post(room.url("end"), {"rest": "clerk"})["Location"] == hold
    assert Session.objects.get().status == "planned"
    page = text(clerk.get(hold))
    assert "没有签到的 7 人请逐一标明" in page
    data = Fields(page).data
    marks = {person.pk: data[f"r_{person.pk}"] for person in room.cast.people}
    assert marks.pop(room.cast.people[0].pk) == ["present"] and marks.pop(room.cast.people[1].pk) == ["late"]
    assert set(map(tuple, marks.values())) == {("",)}
    refused = clerk.post(hold, data)
    assert refused.status_code == 422 and "名单缺7人" in text(refused)
    assert Fields(text(refused)).data[f"r_{room.cast.people[1].pk}"] == ["late"]
    for pk in marks:
        data[f"r_{pk}"] = ["leave:duty"]
    assert clerk.post(hold, data).status_code == 302
    kept = {row.member_id: row.attendance for row in Session.objects.get().roster.all()}
    assert kept == dict.fromkeys(marks, "leave") | {room.cast.people[0].pk: "present", room.cast.people[1].pk: "late"}


def test_the_end_with_everyone_else_absent():
    room = meeting(hour=0, minute=1)
    clerk = signed_in(room.cast.clerk)
    sign_in_other(session_id=room.session.pk, member_id=room.cast.people[0].pk, device="a", at=room.session.starts_at)
    assert "其余 8 人都记缺席" in text(clerk.get(room.url("desk")))
    record = reverse("ledger:record", args=[room.session.ledger_id, room.session.number])
    assert clerk.post(room.url("end"), {"rest": "absent"})["Location"] == record
    kept = [row.attendance for row in Session.objects.get().roster.all()]
    assert sorted(kept) == ["absent"] * 8 + ["present"]
    assert clerk.get(room.url("desk"))["Location"] == record
    assert re.search(rf"{room.cast.people[0].name}<small>代签", text(clerk.get(record)))


def test_what_is_being_signed_is_not_called_off_unseen():
    room = meeting()
    clerk = signed_in(room.cast.clerk)
    cancel = reverse("ledger:cancel", args=[room.session.ledger_id, room.session.number])
    assert clerk.post(cancel, {"reason": "改期"})["Location"] == room.url("desk")
    assert Session.objects.get().status == "planned"
    clerk.post(room.url("end"))
    clerk.post(cancel, {"reason": "改期"})
    assert Session.objects.get().status == "cancelled"


def test_before_the_meeting_began_nothing_is_recorded():
    room = meeting()
    clerk = signed_in(room.cast.clerk)
    assert "都记缺席" not in text(clerk.get(room.url("desk")))
    assert clerk.post(room.url("end"), {"rest": "absent"})["Location"] == room.url("desk")
    assert "还没有开的会不能记录" in text(clerk.get(room.url("desk")))
    assert sheet_of(room.session).open and Session.objects.get().status == "planned"


def test_the_screen_after_the_end_shows_no_code():
    room = meeting()
    clerk = signed_in(room.cast.clerk)
    clerk.post(room.url("end"), {"rest": "clerk"})
    shown = text(clerk.get(room.url("screen")))
    assert "签到已结束" in shown and "<path" not in shown and "hx-get" not in shown
