import pytest

from youju.audit.bounds import bounds


@pytest.mark.parametrize(
    ("relation", "value", "value_max", "low", "high"),
    [
        ("eq", 12, None, 12, 12),
        ("ge", 12, None, 12, None),
        ("gt", 12, None, 13, None),
        ("le", 3, None, None, 3),
        ("range", 10, 12, 10, 12),
        ("approx", 20, None, 18, 22),
        ("approx_over", 20, None, 20, 29),
        ("approx_over", 100, None, 100, 199),
        ("approx_over", 1300, None, 1300, 1399),
    ],
)
def test_each_relation_has_its_bounds(relation, value, value_max, low, high):
    assert bounds(relation, value, value_max) == (low, high)


@pytest.mark.parametrize(
    ("relation", "value", "low", "high"),
    [
        ("eq", 92, 91.5, 92.4),  # written without a decimal, it was rounded
        ("eq", 92.4, 92.4, 92.4),
        ("eq", 100, 100, 100),  # all of them is no rounding
        ("ge", 90, 90, None),
        ("gt", 92, 92.1, None),
        ("approx_over", 90, 90, 99.9),
    ],
)
def test_a_share_moves_by_tenths(relation, value, low, high):
    assert bounds(relation, value, share=True) == (low, high)
