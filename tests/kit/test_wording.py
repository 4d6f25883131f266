"""What may be typed is held alike on every database."""

import pytest

from youju.kit.refusal import Refusal
from youju.kit.wording import needed, worded


def test_spaces_around_a_text_are_dropped():
    assert worded("  支委会 ", field="title", name="主题", most=3) == "支委会"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("四个字啊", "主题最多 3 字，现在 4 字。"),
        *((f"a{sign}b", "不能保存") for sign in "\x00\x01\x0b\x1f\x7f\x85\ud800\uffff\u202e\u2066"),
    ],
)
def test_a_text_that_cannot_be_kept_is_refused(text, sentence):
    with pytest.raises(Refusal, match=sentence) as caught:
        worded(text, field="title", name="主题", most=3)
    assert caught.value.field == "title"


def test_nothing_is_not_enough_where_something_is_needed():
    with pytest.raises(Refusal, match="请写主题。"):
        needed("  ", field="title", name="主题")


@pytest.mark.parametrize("text", ["\u200b", "\u200d\ufeff", "\u3000\u2060"])
def test_what_nobody_can_see_is_nothing(text):
    with pytest.raises(Refusal, match="请写主题。"):
        needed(text, field="title", name="主题")


@pytest.mark.parametrize("text", ["𠮷野", "😀", "一行\n二行\t三", "👩\u200d🌾", "\ue000"])
def test_rare_characters_and_line_ends_are_kept(text):
    assert needed(text, field="title", name="主题") == text
