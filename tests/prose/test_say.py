"""The writer, and its bond with the reader: what was said is read back."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from youju.prose.claims import read
from youju.prose.say import RELATIONS, RHYTHMS, Statement, say, say_number, say_quantity
from youju.prose.vocabulary import KINDS

VALUES = st.integers(min_value=1, max_value=99_999_999) | st.integers(min_value=1, max_value=999).map(
    lambda n: n * 10_000
)


@settings(max_examples=400, deadline=None)
@given(kind=st.sampled_from(sorted(KINDS)), relation=st.sampled_from(RELATIONS), value=VALUES, more=st.integers(1, 500))
def test_what_was_said_is_read_back(kind: str, relation: str, value: int, more: int) -> None:
    top = value + more if relation == "range" else None
    statement = Statement("figure", relation, value, top)
    said = say(statement, f"开展{KINDS[kind].zh}{{n}}")
    (claim,) = (c for c in read(f"一年来，支部{said}。") if c.class_ == "work")
    assert (claim.relation, claim.value, claim.value_max, claim.unit, claim.kinds) == (
        relation,
        value,
        top,
        "次",
        (kind,),
    )


@pytest.mark.parametrize("relation", RELATIONS)
def test_a_list_that_shares_its_number_is_read_back(relation: str) -> None:
    statement = Statement("figure", relation, 3, 5 if relation == "range" else None)
    said = say(statement, "开展固定学习日活动、主题党日和党员活动日{n}")
    (claim,) = (c for c in read(f"今年以来，{said}。") if c.class_ == "work")
    assert (claim.relation, claim.value, claim.kinds) == (relation, 3, ("fixed_study_day", "theme_day", "member_day"))


@pytest.mark.parametrize("unit", ["次", "场", "人次", "名", "户", "个", "篇", "件", "项", "元", "学时"])
@pytest.mark.parametrize("relation", [r for r in RELATIONS if r not in RHYTHMS])
def test_every_unit_is_read_back(unit: str, relation: str) -> None:
    statement = Statement("figure", relation, 37, 41 if relation == "range" else None, unit)
    (claim,) = (c for c in read(f"全年共完成{say_quantity(statement)}。") if c.class_ == "work")
    assert (claim.relation, claim.value, claim.value_max, claim.unit) == (relation, 37, statement.value_max, unit)


@settings(deadline=None)
@given(st.integers(1, 999), st.sampled_from(["eq", "ge", "gt", "le", "approx"]))
def test_shares_are_read_back(tenths: int, relation: str) -> None:
    statement = Statement("figure", relation, tenths / 10, unit="%")
    (claim,) = (c for c in read(f"到会率达到{say_quantity(statement)}。") if c.class_ == "work")
    assert (claim.relation, claim.value, claim.unit, claim.kind) == (relation, tenths / 10, "%", "rate")


@pytest.mark.parametrize(
    ("relation", "value", "top", "unit", "said"),
    [
        ("eq", 12, None, "次", "12次"),
        ("approx_over", 20, None, "次", "20余次"),
        ("ge", 12, None, "次", "12次以上"),
        ("approx", 20, None, "次", "近20次"),
        ("gt", 20, None, "次", "超过20次"),
        ("le", 20, None, "次", "不超过20次"),
        ("range", 10, 12, "次", "10至12次"),
        ("per_month", 1, None, "次", "每月1次"),
        ("per_quarter", 2, None, "次", "每季度2次"),
        ("eq", 92.6, None, "%", "92.6%"),
        ("eq", 37, None, "人次", "37人次"),
        ("eq", 7_800_000, None, "元", "780万元"),
        ("approx_over", 300_000, None, "元", "30余万元"),
    ],
)
def test_forms(relation: str, value: float, top: float | None, unit: str, said: str) -> None:
    assert say_quantity(Statement("figure", relation, value, top, unit)) == said


def test_a_rhythm_goes_before_its_verb_or_into_its_slot() -> None:
    monthly = Statement("figure", "per_month", 1)
    assert say(monthly, "召开支委会{n}") == "每月召开支委会1次"
    assert say(monthly, "支部坚持{p}召开支委会{n}") == "支部坚持每月召开支委会1次"
    assert say(Statement("figure", "eq", 12), "支部{p}召开支委会{n}") == "支部召开支委会12次"


def test_numbers_in_ten_thousands_only_when_that_is_shorter() -> None:
    assert [say_number(n) for n in (9999, 10_000, 12_345, 1_250_000, 100_000_000, 3.5)] == [
        "9999",
        "1万",
        "12345",
        "125万",
        "1亿",
        "3.5",
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"relation": "about", "value": 1},
        {"relation": "eq", "value": -1},
        {"relation": "range", "value": 3},
        {"relation": "eq", "value": 3, "value_max": 5},
        {"relation": "range", "value": 5, "value_max": 5},
        {"relation": "per_month", "value": 5, "unit": "%"},
    ],
)
def test_a_statement_that_cannot_be_said_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"."):
        Statement("figure", **wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize("pattern", ["召开支委会", "召开{n}支委会{n}"])
def test_a_pattern_has_one_slot(pattern: str) -> None:
    with pytest.raises(ValueError, match="once"):
        say(Statement("figure", "eq", 1), pattern)
