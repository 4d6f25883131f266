"""The form in which texts are compared."""

import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.library.passages.engine.oracle import compared
from youju.library.passages.engine.form import PLANES_END, folded, normalised


@pytest.mark.parametrize(
    ("given_", "kept"),
    [
        ("２０２６年ＧＤＰ增长５％。", "2026年gdp增长5"),
        ("《条例》（试行）—— “三会一课”", "条例试行三会一课"),
        ("〇壹①々ー", "〇壹①々ー"),
        ("ｱﾞ", "ア"),
        ("İ\u0301x\u3000y", "ixy"),
        ("\U00020000\U0001f600\U00010400", "\U00020000\U00010428"),
        ("\ud800字\udc00", "字"),
        ("\ue000\U000f0000", ""),
    ],
)
def test_letters_and_numbers_are_kept_and_folded(given_: str, kept: str) -> None:
    assert compared(given_)[0] == kept
    assert normalised(given_).units.tobytes().decode("utf-16-le") == kept


@given(text=st.text())
def test_the_code_tells_every_text_from_every_other(text: str) -> None:
    """UTF-16 read back gives the very characters compared, so two codes are equal only where the characters are."""
    kept, places = compared(text)
    form = normalised(text)
    assert form.units.tobytes().decode("utf-16-le") == kept
    assert [int(place) for place in dict.fromkeys(form.places.tolist())] == places
    for start in range(len(kept)):
        assert form.stretch(start, 1) == (places[start], places[start] + 1)


def test_nothing_that_is_kept_lies_above_the_table() -> None:
    above = (chr(code) for code in range(PLANES_END, 0x110000))
    assert not any(unicodedata.category(character)[0] in "LN" for character in above)


def test_no_character_is_coded_as_what_stands_between_texts() -> None:
    whole = "".join(chr(code) for code in range(0x110000))
    assert not np.isin(normalised(whole).units, (0, 0xFFFF)).any()


def test_folding_twice_changes_nothing() -> None:
    once = {folded(chr(code)) for code in range(PLANES_END)} - {""}
    assert all(folded(character) == character for character in once)
