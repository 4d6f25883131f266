"""Changes to accounts."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from youju.accounts.models import User
from youju.journal import actions as journal
from youju.journal.values import Actor
from youju.kit.refusal import Refusal
from youju.kit.wording import worded

FORGOTTEN_NAME = "已遗忘"
# Django's own Chinese lacks some of these sentences.
TOO_WEAK = {
    "password_too_short": "密码至少要 {min_length} 个字符。",
    "password_too_common": "这个密码太常见，容易被猜到。",
    "password_too_similar": "密码和登录名太像，容易被猜到。",
}


def create_account(*, username: str, name: str, password: str | None, by: User | None, at: datetime) -> User:
    """A new account; without a password nobody can sign in with it until one is set.

    Raises Refusal on ``username`` or ``password``.
    """
    username, name = worded(username, field="username", name="登录名"), worded(name, field="name", name="姓名")
    user = User(username=username, name=name, created_at=at)
    if User.objects.filter(username__iexact=username).exists():  # sign-in does not tell Zhang from zhang
        raise Refusal("username", "这个登录名已经有人用了。")
    _set_password(user, password)
    try:
        with transaction.atomic():
            user.full_clean(exclude=["password"])
            user.save()
            journal.write_line(by=by, at=at, verb="建立账号", room="accounts", noun="user", object_id=user.pk)
    except ValidationError as error:
        field, sentences = next(iter(error.message_dict.items()))
        raise Refusal(field, sentences[0]) from error
    except IntegrityError as error:
        raise Refusal("username", "这个登录名已经有人用了。") from error
    return user


def change_password(*, user: User, password: str, by: User | None, at: datetime) -> None:
    """Everybody signed in with the old one is signed out. Raises Refusal on ``password`` when it is too weak."""
    _set_password(user, password)
    with transaction.atomic():
        user.save(update_fields=["password"])
        journal.write_line(by=by, at=at, verb="更换密码", room="accounts", noun="user", object_id=user.pk)


def sign_out(*, user: User, by: Actor | None, at: datetime) -> None:
    """Everybody signed in with an account that has no password is signed out."""
    assert not user.has_usable_password()
    user.set_unusable_password()  # another one: sessions hang on it
    with transaction.atomic():
        user.save(update_fields=["password"])
        journal.write_line(by=by, at=at, verb="退出别处的登录", room="accounts", noun="user", object_id=user.pk)


def close_account(*, user: User, by: User | None, at: datetime) -> None:
    """The account can no longer sign in; what it did stays in the journal. Raises Refusal when it is closed already."""
    with transaction.atomic():
        if not User.objects.select_for_update().get(pk=user.pk).is_active:
            raise Refusal("", f"账号 {user.username} 已经停用了。")
        user.is_active = False
        user.save(update_fields=["is_active"])
        journal.write_line(by=by, at=at, verb="停用账号", room="accounts", noun="user", object_id=user.pk)


def forget_account(*, user: User, by: Actor | None, at: datetime) -> None:
    """Whose it was is no longer said: names and password go, nobody signs in; what it did keeps its number."""
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=user.pk)
        user.username, user.name, user.is_active = f"forgotten-{user.pk}", FORGOTTEN_NAME, False
        user.set_unusable_password()
        user.save(update_fields=["username", "name", "is_active", "password"])
        journal.write_line(by=by, at=at, verb="清除账号信息", room="accounts", noun="user", object_id=user.pk)


def _set_password(user: User, password: str | None) -> None:
    if password is None:
        user.set_unusable_password()
        return
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Refusal("password", "".join(map(_said, error.error_list))) from error
    user.set_password(password)


def _said(fault: ValidationError) -> str:
    sentence = TOO_WEAK.get(str(fault.code))
    return sentence.format(**(fault.params or {})) if sentence else fault.messages[0]
