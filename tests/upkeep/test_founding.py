"""首次启用: once, whole, or not at all."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
from django.db import connection

from tests import make
from youju.accounts.models import User
from youju.journal.models import Line
from youju.kit.refusal import Refusal
from youju.people.models import Grant, Member, Membership, Unit
from youju.people.roles.queries import rights_in
from youju.people.roles.rules import Right
from youju.upkeep.founding import FOUNDED, Founder, found, is_founded
from youju.upkeep.verify import faults

AT = make.moment(date(2026, 11, 20))
FOUNDER = Founder(
    branch="青禾县供销社机关党支部", short_name="供销社支部", above="青禾县直机关工委", name="程远", username="chengyuan",
    password="a-green-field-0713",
)  # fmt: skip


@pytest.mark.django_db
def test_a_branch_a_person_and_what_he_may_do() -> None:
    assert not is_founded()
    user = found(founder=FOUNDER, at=AT)
    assert is_founded()
    above, branch = Unit.objects.order_by("path")
    assert (above.kind, branch.kind, branch.parent, branch.short_name) == ("committee", "branch", above, "供销社支部")
    assert {(row.role, row.unit) for row in Grant.objects.all()} == {("clerk", branch), ("site_admin", above)}
    assert user.check_password(FOUNDER.password)
    row = Membership.objects.get()
    assert (row.unit, row.member.user, row.member.name, row.since) == (branch, user, "程远", AT.date())
    rights = rights_in(user, branch, on=AT.date())
    assert {Right.WRITE_RECORDS, Right.WRITE_ROSTER, Right.MANAGE_ACCOUNTS} <= rights
    assert set(Line.objects.values_list("verb", flat=True)) == {
        "建立账号", "成立组织", "党员转入", "关联账号", "授予权限",
    }  # fmt: skip
    assert Line.objects.filter(verb="建立账号").get().by_id is None
    assert not Line.objects.exclude(verb="建立账号").exclude(by_id=user.pk).exists()
    assert faults() == []


@pytest.mark.django_db
def test_without_a_committee_the_branch_stands_alone() -> None:
    found(founder=replace(FOUNDER, above="", short_name="", since=date(2019, 7, 1)), at=AT)
    branch = Unit.objects.get()
    assert (branch.parent, branch.short_name) == (None, FOUNDER.branch)
    assert {row.unit for row in Grant.objects.all()} == {branch}
    assert Membership.objects.get().since == date(2019, 7, 1)


@pytest.mark.django_db
def test_a_general_branch_is_told_by_its_name() -> None:
    found(founder=replace(FOUNDER, above="青禾县供销系统党总支"), at=AT)
    assert Unit.objects.filter(parent=None).get().kind == "general_branch"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("branch", {"branch": " "}),
        ("name", {"name": "\u200b"}),
        ("username", {"username": ""}),
        ("username", {"username": "程 远"}),
        ("password", {"password": "1234567890"}),
        ("password", {"password": "short"}),
        ("above", {"above": "委" * 81}),
        ("short_name", {"short_name": "社" * 41}),
        ("since", {"since": date(2026, 11, 21)}),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_left_behind(field: str, change: dict[str, object]) -> None:
    with pytest.raises(Refusal) as refused:
        found(founder=replace(FOUNDER, **change), at=AT)  # type: ignore[arg-type]
    assert refused.value.field == field
    assert [model.objects.count() for model in (User, Unit, Member, Grant, Line)] == [0] * 5  # type: ignore[attr-defined]


@pytest.mark.django_db
def test_once_founded_nobody_founds_again() -> None:
    make.user()
    with pytest.raises(Refusal, match="已经有人启用"):
        found(founder=FOUNDER, at=AT)
    assert not Unit.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_founds() -> None:
    def attempt(number: int) -> str:
        try:
            return found(founder=replace(FOUNDER, username=f"first{number}"), at=AT).username
        except Refusal as refusal:
            return refusal.sentence
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        said = list(pool.map(attempt, range(4)))
    assert said.count(FOUNDED) == 3
    assert (User.objects.count(), Unit.objects.count(), Member.objects.count(), Grant.objects.count()) == (1, 2, 1, 2)
