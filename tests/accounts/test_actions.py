"""Who can sign in."""

from datetime import date

import pytest
from django.contrib.auth import authenticate

from tests import make
from youju.accounts.actions import change_password, close_account, create_account
from youju.accounts.models import User
from youju.journal.models import Line
from youju.kit.refusal import Refusal

pytestmark = pytest.mark.django_db
AT = make.moment(date(2026, 3, 5))
GOOD = "晴天去柳溪村走一走看一看"


def account(username="zhang", name="张一", password=GOOD):
    return create_account(username=username, name=name, password=password, by=None, at=AT)


def test_an_account_signs_in_with_its_password_and_no_other():
    account()
    assert authenticate(username="zhang", password=GOOD) and not authenticate(username="zhang", password="x")
    assert Line.objects.get(noun="user").verb == "建立账号"


def test_without_a_password_nobody_signs_in():
    assert not account(password=None).has_usable_password()


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"username": ""}, "username"),
        ({"username": "a b"}, "username"),
        ({"username": "x" * 65}, "username"),
        ({"username": "a\x00"}, "username"),
        ({"name": ""}, "name"),
        ({"name": "名" * 41}, "name"),
        ({"password": "12345"}, "password"),
        ({"password": "password123"}, "password"),
    ],
)
def test_a_wrong_input_is_refused_beside_its_field(words, field):
    with pytest.raises(Refusal) as caught:
        account(**words)
    assert caught.value.field == field and caught.value.sentence
    assert not User.objects.exists() and not Line.objects.exists()


@pytest.mark.parametrize("again", ["zhang", "ZHANG", " zhang "])
def test_a_login_name_is_given_once_whatever_its_letters(again):
    account()
    with pytest.raises(Refusal, match="已经有人用了"):
        account(username=again)


def test_a_new_password_replaces_the_old():
    user = account()
    change_password(user=user, password="另一个足够长的登录口令", by=user, at=AT)
    assert authenticate(username="zhang", password="另一个足够长的登录口令") and not authenticate(
        username="zhang", password=GOOD
    )
    with pytest.raises(Refusal):
        change_password(user=user, password="1", by=user, at=AT)


def test_a_closed_account_no_longer_signs_in_and_is_kept():
    user = account()
    close_account(user=user, by=user, at=AT)
    assert authenticate(username="zhang", password=GOOD) is None
    assert User.objects.get() == user and Line.objects.filter(verb="停用账号").exists()


def test_a_weak_password_is_refused_in_chinese():
    with pytest.raises(Refusal) as caught:
        account(password="zhang1")
    assert caught.value.sentence.isascii() is False and "at least" not in caught.value.sentence
