"""From the member's page to his phone: shown once, opened by a button and once, listed and taken back."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import make
from tests.cast import standing_cast
from tests.web.forms import signed_in
from youju.people.invitations.models import Invitation

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return standing_cast(groups=2)


def text(answer):
    return answer.content.decode()


def invited(cast, monkeypatch, person):
    """The address that the QR code on the page holds."""
    drawn = []
    monkeypatch.setattr("youju.web.people.inviting.picture_of", lambda address, **more: drawn.append(address) or "")
    answer = signed_in(cast.clerk).post(reverse("people:invite", args=[person.pk]))
    assert answer.status_code == 200 and "no-store" in answer["Cache-Control"]
    return drawn[0].removeprefix("http://testserver")


def test_the_code_is_drawn_on_the_page(cast):
    shown = text(signed_in(cast.clerk).post(reverse("people:invite", args=[cast.people[0].pk])))
    assert '<svg role="img" aria-label="邀请二维码"' in shown and cast.people[0].name in shown


def test_from_the_code_to_his_own_page(cast, monkeypatch):
    person = cast.people[2]
    address = invited(cast, monkeypatch, person)
    phone = Client(enforce_csrf_checks=True)
    for _ in range(2):  # a messenger fetches it ahead
        assert "是我的手机" in text(phone.get(address))
    assert phone.post(address).status_code == 403
    token = phone.cookies["csrftoken"].value
    answer = phone.post(address, {"csrfmiddlewaretoken": token})
    assert answer["Location"] == "/me/"
    assert phone.cookies["sessionid"]["max-age"] > 100 * 24 * 3600
    mine = text(phone.get("/me/"))
    assert person.name in mine
    for path in ("/people/", "/ledger/", "/signin/", reverse("people:member", args=[person.pk])):
        assert phone.get(path).status_code in (403, 404), path
    other = Client()
    assert other.get(address).status_code == 410
    assert other.post(address).status_code == 410 and "sessionid" not in other.cookies


def test_the_list_and_taking_back(cast, monkeypatch):
    clerk = signed_in(cast.clerk)
    listing = reverse("people:invitations")
    assert "还没有发过邀请" in text(clerk.get(listing))
    address = invited(cast, monkeypatch, cast.people[2])
    assert cast.people[2].name in text(clerk.get(listing)) and "待打开" in text(clerk.get(listing))
    assert listing in text(clerk.get("/people/"))
    clerk.post(reverse("people:revoke_invitation", args=[Invitation.objects.get().pk]))
    assert "已收回" in text(clerk.get(listing))
    assert Client().get(address).status_code == 410


def test_who_has_an_account_is_not_invited(cast):
    make.link_account(member=cast.people[0], user=cast.secretary, by=None, at=make.START)
    clerk = signed_in(cast.clerk)
    answer = clerk.post(reverse("people:invite", args=[cast.people[0].pk]))
    assert answer.status_code == 302 and "自己的登录账号" in text(clerk.get(answer["Location"]))
