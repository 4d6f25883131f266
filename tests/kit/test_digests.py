"""The same values give the same bytes, on every machine and from every database."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from youju.kit.digests import canonical, salted_digest
from youju.kit.zone import SHANGHAI, local_day

plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=("Cs",))),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abc", min_size=1), inner, max_size=4),
    max_leaves=10,
)


@given(st.dictionaries(st.text("abcdef", min_size=1), plain))
def test_the_order_of_keys_does_not_matter(value):
    assert canonical(value) == canonical(dict(reversed(value.items())))


def test_one_moment_has_one_form_whichever_zone_it_carries():
    here = datetime(2026, 3, 5, 7, 30, tzinfo=SHANGHAI)
    assert canonical(here) == canonical(here.astimezone(UTC)) == b'"2026-03-04T23:30:00+00:00"'


def test_dates_and_decimals_stand_as_text():
    assert canonical([date(2026, 3, 5), Decimal("1.50")]) == b'["2026-03-05","1.50"]'


@pytest.mark.parametrize("value", [object(), {1, 2}, float("nan"), b"bytes"])
def test_what_has_no_canonical_form_is_refused(value):
    with pytest.raises((TypeError, ValueError)):
        canonical(value)


def test_another_salt_gives_another_digest():
    assert salted_digest("谈话", "a") != salted_digest("谈话", "b")


def test_the_day_is_the_day_in_china():
    assert local_day(datetime(2026, 3, 4, 16, 30, tzinfo=UTC)) == date(2026, 3, 5)
    with pytest.raises(ValueError, match="zone"):
        local_day(datetime(2026, 3, 4))
