"""What numerals are worth."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from youju.prose.numerals import chinese_value, numbers, scaled
from youju.prose.rhythms import convert
from youju.prose.source import Source

UNITS = ["", "十", "百", "千"]
DIGITS = "零一二三四五六七八九"


def in_chinese(n: int) -> str:
    """A plain writer of Chinese numerals below one hundred million, for the property only."""
    if n >= 10_000:
        high, low = divmod(n, 10_000)
        gap = "零" if low and low < 1000 else ""
        return in_chinese(high) + "万" + gap + (in_chinese(low) if low else "")
    text, zero = "", False
    for power in (3, 2, 1, 0):
        digit = n // 10**power % 10
        if digit:
            text += ("零" if zero and text else "") + DIGITS[digit] + UNITS[power]
            zero = False
        else:
            zero = True
    return text


@given(st.integers(1, 99_999_999))
def test_every_chinese_numeral_below_a_hundred_million(n: int) -> None:
    assert chinese_value(in_chinese(n)) == n


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十二", 12),
        ("二十", 20),
        ("两百", 200),
        ("一千零五", 1005),
        ("壹拾贰", 12),
        ("二〇二六", 2026),
        ("三点五", 3.5),
        ("廿三", 23),
        ("一亿两千万", 120_000_000),
    ],
)
def test_forms(text: str, value: float) -> None:
    assert chinese_value(text) == value


@pytest.mark.parametrize("text", ["", "点五", "三点", "百百", "十二三四五六七八九十十二三四五六七", "甲"])
def test_what_is_no_numeral(text: str) -> None:
    assert chinese_value(text) is None


def test_a_serial_number_is_no_count() -> None:
    assert list(numbers("1" * 30 + "次")) == []


def test_scaled_stays_whole() -> None:
    assert scaled(1.5, 10_000) == 15_000
    assert isinstance(scaled(1.5, 10_000), int)


@pytest.mark.parametrize(
    ("period", "many", "said"),
    [
        ("month", None, ("per_month", 1)), ("month", "半", ("per_month", 2)), ("month", "两", ("per_year", 6)), ("month", "3", ("per_quarter", 1)),
        ("year", "半", ("per_year", 2)), ("year", "二", ("per_year", 0.5)), ("week", "两", ("per_month", 2)), ("day", "15", ("per_month", 2)),
        ("tenday", None, ("per_month", 3)), ("term", None, ("per_year", 2)), ("week", "5", None), ("week", "半", None),
    ],
)  # fmt: skip
def test_rhythms_convert(period: str, many: str | None, said: tuple[str, float] | None) -> None:
    assert convert(period, many) == said


@pytest.mark.parametrize(
    ("given", "clean"),
    [
        ("召开 支委会 12 次", "召开支委会12次"),
        ("ａＢ１２，３", "aB12，3"),
        ("95 .5 %", "95.5%"),
        ("1. 2022年", "1. 2022年"),
        ("学习##paidbegin##党章", "学习党章"),
        ("hello world 12", "hello world 12"),
        ("a\x00\u202eb", "ab"),
    ],
)
def test_clean_text(given: str, clean: str) -> None:
    source = Source(given)
    assert source.clean == clean
    assert source.quote(0, len(source.clean)) == given


def test_a_line_broken_by_the_page_is_joined_and_a_heading_is_not() -> None:
    wrapped = "支部一年来坚持把学习摆在首位认真组织全体党员参加各类集中学\n习12次。\n一、下步打算\n召开支委会。"
    assert "集中学习12次。\n一、下步打算\n" in Source(wrapped).clean
