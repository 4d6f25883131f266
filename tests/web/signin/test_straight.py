"""A tap goes straight to its view, and is no less looked at: the site's names, its form, its cookie."""

import re

import pytest
from django.test import Client
from django.urls import resolve, reverse

from tests.web.signin.rooms import TODAY, meeting, named
from youju.journal.models import Slip
from youju.web.signin.straight import HERE

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setenv("YOUJU_TODAY", TODAY.isoformat())


def at_the_button():
    """The meeting, a phone with its name picked, and the token on its page."""
    room = meeting()
    phone = named(room.session, room.cast.people[3])
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', phone.get(room.at()).content.decode())[1]
    return room, phone, {"csrfmiddlewaretoken": token}


def test_it_is_the_button_s_own_address_and_no_other():
    for number in (1, 70, 10**17):
        tap = HERE.fullmatch(reverse("signin:here", args=[number]))
        assert tap and resolve(tap[0]).kwargs == {"session_id": int(tap[1])}
    for page in ("phone", "pick", "other"):
        assert not HERE.fullmatch(reverse(f"signin:{page}", args=[7]))
    for odd in ("/signin/at/７/here/", "/signin/at/-7/here/", "/signin/at/7/here/\n", f"/signin/at/{10**19}/here/"):
        assert not HERE.fullmatch(odd)


def test_the_answer_leads_back_and_bears_the_heads_of_every_page():
    room, phone, form = at_the_button()
    answer = phone.post(room.at("here"), form)
    assert (answer.status_code, answer["Location"], answer.content) == (302, room.at(), b"")
    assert answer["Content-Length"] == "0"  # or a kept connection would wait for more
    page = phone.get(room.at())
    assert "已签到" in page.content.decode()
    for head in ("X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy"):
        assert answer[head] == page[head]
    assert not hasattr(answer.wsgi_request, "session") and not hasattr(answer.wsgi_request, "user")


def test_whoever_is_signed_in_signs_by_his_phone_s_name_all_the_same():
    room, phone, form = at_the_button()
    phone.force_login(room.cast.clerk)
    form["csrfmiddlewaretoken"] = phone.cookies["csrftoken"].value
    assert phone.post(room.at("here"), form).status_code == 302
    assert Slip.objects.get().member_id == room.cast.people[3].pk


@pytest.mark.parametrize("fault", ["no token", "wrong token", "from elsewhere", "no cookie"])
def test_a_form_that_is_not_ours_signs_nothing_and_gets_the_page_that_says_so(fault):
    room, phone, form = at_the_button()
    heads = {"HTTP_ORIGIN": "http://elsewhere.example"} if fault == "from elsewhere" else {}
    if fault == "no cookie":
        del phone.cookies["csrftoken"]
    if fault in {"no token", "wrong token"}:
        form = {"csrfmiddlewaretoken": "x" * 64} if fault == "wrong token" else {}
    answer = phone.post(room.at("here"), form, **heads)
    plain = Client(enforce_csrf_checks=True).post(room.at("pick"))
    assert answer.status_code == plain.status_code == 403
    assert re.findall("<h1.*?</h1>", answer.content.decode()) == re.findall("<h1.*?</h1>", plain.content.decode()) != []
    assert not Slip.objects.exists()


def test_a_name_of_the_site_that_is_not_its_own_is_refused(settings):
    room, phone, form = at_the_button()
    settings.ALLOWED_HOSTS = ["ledger.example"]
    assert phone.post(room.at("here"), form, HTTP_HOST="other.example").status_code == 400
    assert not Slip.objects.exists()
    assert phone.post(room.at("here"), form, HTTP_HOST="ledger.example").status_code == 302
    assert Slip.objects.count() == 1


def test_what_is_no_plain_tap_takes_the_long_way():
    room, phone, form = at_the_button()
    assert phone.get(room.at("here")).status_code == 405
    assert phone.post(f"/signin/at/{10**19}/here/", form).status_code == 302  # a meeting that there is not
    assert not Slip.objects.exists()
    answer = Client.post(phone, room.at("here"), form)  # as a form with a file
    assert answer.status_code == 302 and hasattr(answer.wsgi_request, "user")
    assert Slip.objects.count() == 1
