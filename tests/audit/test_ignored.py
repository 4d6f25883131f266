"""忽略: a finding a branch leaves as it is, with its reason; it is known again by its words, and stays the branch's own."""

from __future__ import annotations

from datetime import date

import pytest

from tests import make
from tests.cast import Cast, standing_cast
from youju.audit.ignored.actions import ignore, look_again
from youju.audit.ignored.queries import ignored_in
from youju.audit.ignored.values import Key
from youju.audit.models import IgnoredFinding
from youju.journal.models import Line
from youju.kit.refusal import Refusal

pytestmark = pytest.mark.django_db
AT = make.moment(date(2026, 11, 20))
KEY = Key("绝对说法", "全部党员都做到了")


@pytest.fixture
def cast() -> Cast:
    return standing_cast()


def test_it_is_known_again_by_check_and_words(cast: Cast) -> None:
    ignore(unit=cast.branch, year=2026, key=KEY, reason="有全员签到表", by=cast.clerk, at=AT)
    assert ignored_in(cast.branch, 2026)[Key("绝对说法", "全部党员都做到了").digest].reason == "有全员签到表"
    assert Key("绝对说法", "全部党员都来了").digest not in ignored_in(cast.branch, 2026)
    assert Line.objects.get(noun="ignored").summary == "2026年 绝对说法"


def test_it_holds_for_its_unit_and_year_only(cast: Cast) -> None:
    ignore(unit=cast.branch, year=2026, key=KEY, reason="有签到表", by=None, at=AT)
    assert not ignored_in(cast.branch, 2025)
    assert not ignored_in(cast.other, 2026)
    assert not ignored_in(cast.above, 2026)


def test_twice_is_once_with_the_newer_reason(cast: Cast) -> None:
    for reason in ("有签到表", "有签到表和照片"):
        ignore(unit=cast.branch, year=2026, key=KEY, reason=reason, by=None, at=AT)
    assert IgnoredFinding.objects.get().reason == "有签到表和照片"


@pytest.mark.parametrize(
    ("reason", "sentence"), [(" ", "请写忽略的原因。"), ("长" * 201, "忽略的原因最多 200 字，现在 201 字。")]
)
def test_without_a_reason_nothing_is_ignored(cast: Cast, reason: str, sentence: str) -> None:
    with pytest.raises(Refusal) as caught:
        ignore(unit=cast.branch, year=2026, key=KEY, reason=reason, by=None, at=AT)
    assert (caught.value.field, caught.value.sentence) == ("reason", sentence)
    assert not IgnoredFinding.objects.exists()


def test_it_can_be_looked_at_again(cast: Cast) -> None:
    row = ignore(unit=cast.branch, year=2026, key=KEY, reason="有签到表", by=None, at=AT)
    look_again(row=row, by=None, at=AT)
    look_again(row=row, by=None, at=AT)
    assert not ignored_in(cast.branch, 2026)
    assert Line.objects.filter(verb="取消忽略").count() == 1
