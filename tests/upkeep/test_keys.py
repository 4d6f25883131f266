"""Whoever holds a key that passed through another's hands finds nothing that was the member's alone."""

from __future__ import annotations

import pytest
from django.test import Client

from tests import make
from tests.cast import Cast, standing_cast
from tests.study.making import AT, DAY, answered, published, questions
from tests.web.forms import signed_in
from youju.journal.models import Line
from youju.people.invitations.actions import invite
from youju.people.models import Member
from youju.study.models import Picked, Recall, SelfTest, Sitting
from youju.study.selftests.queries import participation
from youju.upkeep.keys import open_invited, set_password_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setenv("YOUJU_TODAY", DAY.isoformat())
    return standing_cast()


def finished(cast: Cast, *people: Member) -> SelfTest:
    test = published(cast.branch, questions(cast.branch))
    for person in people:
        answered(person, test, [1, 2, 1])
    return test


def has_answers(person: Member) -> bool:
    return Picked.objects.filter(sitting__member=person).exists() or Recall.objects.filter(member=person).exists()


def test_a_password_set_for_him_opens_none_of_his_answers(cast: Cast) -> None:
    person, other = cast.people[-1], cast.people[0]
    test = finished(cast, person, other)
    set_password_for(user=cast.member, password="cang-qing-4471-yu", by=cast.admin, at=AT)
    assert not has_answers(person) and has_answers(other)
    assert participation(test, on=DAY).finished == 2 and Sitting.objects.filter(member=person).exists()
    assert "作答已经清除" in signed_in(cast.member).get(f"/study/mine/{test.pk}/").content.decode()


def test_a_further_invitation_signs_out_the_old_phone_and_closes_what_stood_there(cast: Cast) -> None:
    person = cast.people[3]
    _, code = invite(member=person, unit=cast.branch, by=cast.clerk, at=AT)
    old = Client()
    old.post(f"/login/invited/{code}/")
    assert old.get("/me/").status_code == 200
    finished(cast, person)
    _, code = invite(member=person, unit=cast.branch, by=cast.clerk, at=AT)
    assert has_answers(person)  # giving it out changes nothing yet
    new = Client()
    assert new.post(f"/login/invited/{code}/").status_code == 302
    assert not has_answers(person) and new.get("/me/").status_code == 200
    assert old.get("/me/")["Location"].startswith("/login/")
    assert Line.objects.filter(verb="退出别处的登录").count() == 1


def test_the_first_invitation_and_a_password_of_ones_own_take_nothing(cast: Cast) -> None:
    person = cast.people[3]
    finished(cast, person)
    _, code = invite(member=person, unit=cast.branch, by=cast.clerk, at=AT)
    open_invited(code=code, at=AT)
    assert has_answers(person) and not Line.objects.filter(verb="退出别处的登录").exists()
    stranger = make.user("另一个账号", unit=cast.branch)
    set_password_for(user=stranger, password="cang-qing-4471-yu", by=cast.admin, at=AT)
    assert has_answers(person)
