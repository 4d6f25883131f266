"""The account a person signs in with. It holds no personal data beyond the name shown on pages."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(username=username)


class User(AbstractBaseUser):
    """登录账号."""

    username = models.CharField(
        "登录名",
        max_length=64,
        unique=True,
        validators=[UnicodeUsernameValidator()],
        error_messages={"unique": "这个登录名已经有人用了。"},
    )
    name = models.CharField("显示姓名", max_length=40)
    is_active = models.BooleanField("可以登录", default=True)
    created_at = models.DateTimeField("建立时间")

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "username"

    class Meta:
        verbose_name = "登录账号"

    def __str__(self) -> str:
        return f"{self.name}（{self.username}）"
