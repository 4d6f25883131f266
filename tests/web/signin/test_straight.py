"""A tap goes straight, and is no less looked at: the site's names, its form, its cookie. Both ways answer it alike."""

import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import RequestFactory
from django.urls import resolve, reverse

from tests.web.signin.rooms import TODAY, meeting, named
from youju.journal.actions import end_slips
from youju.journal.models import Slip
from youju.web.shared import clock
from youju.web.signin import straight
from youju.web.signin.straight import FORM, HERE, Straight

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setenv("YOUJU_TODAY", TODAY.isoformat())


@pytest.fixture(autouse=True)
def kept_open(monkeypatch):
    """The test's own transaction would be taken for one that an earlier page left behind."""
    monkeypatch.setattr(BaseDatabaseWrapper, "close_if_unusable_or_obsolete", lambda self: None)


CHANCE = re.compile(r"(?<=csrftoken=)\w+; expires=[^;]+")  # a new cookie of the check is by chance
MASK = re.compile(rb"(?<=csrfmiddlewaretoken\" value=\")\w+")  # and so is a token on a page


class Door:
    """The server's application, or the long way alone; it counts what went the long way."""

    def __init__(self, *, straight):
        self._pages, self.long = WSGIHandler(), 0
        self._way_in = Straight(self._count) if straight else self._count

    def _count(self, environ, start_response):
        self.long += 1
        return self._pages(environ, start_response)

    def __call__(self, path, phone, form, *, kind=FORM, method="POST", **heads):
        """Status, heads and body of the answer, as a server is given them."""
        cookies = "; ".join(f"{name}={one.value}" for name, one in phone.cookies.items())
        ask = RequestFactory().generic(method, path, urlencode(form), content_type=kind).environ
        ask |= {"HTTP_HOST": "testserver", "HTTP_COOKIE": cookies, **heads}
        told = []
        parts = self._way_in(ask, lambda status, answer_heads: told.append((status, sorted(answer_heads))))
        body = b"".join(parts)
        getattr(parts, "close", lambda: None)()
        status, answer_heads = told[0]
        return status, [(name, CHANCE.sub("", value)) for name, value in answer_heads], MASK.sub(b"", body)


def at_the_button():
    """The meeting, a phone with its name picked, and the form on its page."""
    room = meeting()
    phone = named(room.session, room.cast.people[3])
    form = re.search(r'<form[^>]*here/".*?</form>', phone.get(room.at()).content.decode(), re.DOTALL)[0]
    fields = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form))
    assert list(fields) == ["csrfmiddlewaretoken"] and form.count("name=") == 1
    return room, phone, fields


def test_it_is_the_button_s_own_address_and_no_other():
    for number in (1, 70, 10**17):
        tap = HERE.fullmatch(reverse("signin:here", args=[number]))
        assert tap and resolve(tap[0]).kwargs == {"session_id": int(tap[1])}
    for page in ("phone", "pick", "other"):
        assert not HERE.fullmatch(reverse(f"signin:{page}", args=[7]))
    for odd in ("/signin/at/７/here/", "/signin/at/-7/here/", "/signin/at/7/here/\n", f"/signin/at/{10**19}/here/"):
        assert not HERE.fullmatch(odd)


def late(room, phone, monkeypatch):
    """The scan is no longer fresh."""
    moment = clock.now() + timedelta(minutes=16)
    monkeypatch.setattr(clock, "now", lambda: moment)


def over(room, phone, monkeypatch):
    end_slips(session_id=room.session.pk, at=clock.now())


def nameless(room, phone, monkeypatch):
    del phone.cookies["signin_name"]


def signed_in(room, phone, monkeypatch):
    Door(straight=False)(room.at("here"), phone, {"csrfmiddlewaretoken": phone.cookies["csrftoken"].value})


def nothing(room, phone, monkeypatch):
    pass


@pytest.mark.parametrize("https", [{}, {"wsgi.url_scheme": "https", "HTTP_REFERER": "https://testserver/"}])
@pytest.mark.parametrize(
    ("before", "slips"), [(nothing, 1), (signed_in, 1), (late, 0), (nameless, 0), (over, 1)], ids=lambda one: getattr(one, "__name__", "")
)  # fmt: skip
def test_a_tap_that_passes_is_answered_as_the_long_way_answers_it(before, slips, https, monkeypatch):
    room, phone, form = at_the_button()
    before(room, phone, monkeypatch)
    short, long = Door(straight=True), Door(straight=False)
    answer = short(room.at("here"), phone, form, **https)
    assert Slip.objects.count() == slips and short.long == 0
    assert ("Location", room.at()) in answer[1] and ("Content-Length", "0") in answer[1]
    assert answer == long(room.at("here"), phone, form, **https)
    assert (answer[0], answer[2], long.long, Slip.objects.count()) == ("302 Found", b"", 1, slips)


def test_nobody_signs_after_the_line_or_by_another_meeting_s_cookie():
    room, phone, form = at_the_button()
    over(room, phone, None)
    door = Door(straight=True)
    door(room.at("here"), phone, form)
    door(reverse("signin:here", args=[room.session.pk + 1]), phone, form)
    assert door.long == 0 and not Slip.objects.filter(member_id=room.cast.people[3].pk).exists()


FAULTS = {
    "no token": ({}, {}),
    "wrong token": ({"csrfmiddlewaretoken": "x" * 64}, {}),
    "no cookie": (None, {}),
    "from elsewhere": (None, {"HTTP_ORIGIN": "http://elsewhere.example"}),
    "https from nowhere": (None, {"wsgi.url_scheme": "https"}),
    "another host": (None, {"HTTP_HOST": "other.example"}),
    "no host": (None, {"HTTP_HOST": "a b"}),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_does_not_pass_signs_nothing_and_is_answered_the_long_way(fault, settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    room, phone, form = at_the_button()
    wrong, heads = FAULTS[fault]
    if fault == "no cookie":
        del phone.cookies["csrftoken"]
    form = form if wrong is None else wrong
    short, long = Door(straight=True), Door(straight=False)
    answer = short(room.at("here"), phone, form, **heads)
    assert answer == long(room.at("here"), phone, form, **heads)
    assert answer[0] == ("400 Bad Request" if fault.endswith("host") else "403 Forbidden")
    assert short.long == 1 and not Slip.objects.exists()


def test_what_is_no_plain_tap_takes_the_long_way_with_its_form_whole():
    room, phone, form = at_the_button()
    door = Door(straight=True)
    assert door(room.at("here"), phone, {}, method="GET")[0].startswith("405")
    assert door(f"/signin/at/{10**19}/here/", phone, form)[0] == "302 Found"  # a meeting that there is not
    assert not Slip.objects.exists()
    assert door(room.at("here"), phone, form | {"more": "1"})[0] == "302 Found"
    assert Slip.objects.get().member_id == room.cast.people[3].pk
    assert door(room.at("here"), phone, form | {"more": "1" * 300})[0] == "302 Found"
    assert door(room.at("here"), phone, form, kind=f"{FORM}; charset=utf-8")[0] == "302 Found"
    assert door.long == 5


def test_a_slip_that_could_not_be_written_is_tried_again_the_long_way(monkeypatch):
    room, phone, form = at_the_button()

    def busy(request, session_id):
        raise OperationalError("database is locked")

    monkeypatch.setattr(straight, "arrive", busy)
    door = Door(straight=True)
    assert door(room.at("here"), phone, form)[0] == "302 Found"
    assert door.long == 1 and Slip.objects.get().member_id == room.cast.people[3].pk


def test_whoever_is_signed_in_signs_by_his_phone_s_name_all_the_same():
    room, phone, form = at_the_button()
    phone.force_login(room.cast.clerk)
    short = Door(straight=True)
    answer = short(room.at("here"), phone, form)
    assert answer == Door(straight=False)(room.at("here"), phone, form) and short.long == 0
    assert Slip.objects.get().member_id == room.cast.people[3].pk


def test_the_server_s_application_lets_taps_go_straight():
    from youju.config.wsgi import application

    assert isinstance(application, Straight)
