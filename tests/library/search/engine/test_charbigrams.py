"""Each place has one token, and tokens at their places are the phrase and nothing else."""

from hypothesis import example, given
from hypothesis import strategies as st

from youju.library.folding.rules import fold
from youju.library.search.engine.charbigrams import characters, cover, tokens

LINES = st.text(st.sampled_from("党建ab1，。 𠮷"), max_size=14)


def test_each_place_has_one_token() -> None:
    assert tokens("党建5，a b\n𠮷").split() == ["党建", "建5", "5，", "，a", "a␠", "␠b", "b␤", "␤𠮷", "𠮷"]
    assert tokens("") == ""
    assert tokens("党") == "党"


def test_a_phrase_takes_as_few_tokens_as_hold_it() -> None:
    assert cover("党课", lambda _: 1) == [(0, "党课")]
    assert cover("三会一", lambda _: 1) == [(0, "三会"), (1, "会一")]
    assert cover("主题党日", lambda _: 1) == [(0, "主题"), (2, "党日")]
    assert cover("学习，a b", lambda _: 1) == [(0, "学习"), (2, "，a"), (4, "␠b")]


def test_rare_pairs_are_taken_first() -> None:
    often = {"会议": 9, "议记": 1, "记录": 9, "录本": 1}
    assert cover("会议记录本", lambda pair: often[pair]) == [(0, "会议"), (1, "议记"), (3, "录本")]


def test_letters_and_characters_stand_once_for_those_who_look_for_one() -> None:
    assert set(characters("党建，党a a。").split(" ")) == {"党", "建", "a"}


@given(LINES, LINES, st.integers(0, 3))
@example("党党党建", "党党建", 0)
def test_tokens_decide_whether_a_phrase_stands_in_a_text(text: str, phrase: str, seed: int) -> None:
    text, phrase = fold(text), fold(phrase)
    if len(phrase) < 2:
        return
    written = tokens(text).split()
    asked = cover(phrase, lambda pair: hash((pair, seed)) % 5)
    found = any(
        all(at + place < len(written) and written[at + place] == token for place, token in asked)
        for at in range(len(written))
    )
    assert found == (phrase in text)
