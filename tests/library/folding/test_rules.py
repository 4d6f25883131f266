"""折叠: two ways of writing one thing have one searched form, and every place finds its way back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from youju.library.folding.rules import fold, folded
from youju.library.folding.table import BLANK, table

SOUP = st.text(
    st.sampled_from("党建國学习工作。；，：、“”（一）第条1２Aaß \t\n\r\u3000\u200b\u2028𠮷\U00020000İ…-—")
    | st.characters(),
    max_size=60,
)


@pytest.mark.parametrize(
    ("written", "searched"),
    [
        ("國家發展與黨的建設", "国家发展与党的建设"),  # traditional, one to one
        ("ＡＢＣ１２３％", "abc123%"),
        ("ＧＤＰ Growth", "gdp growth"),
        ("党 建　工  作", "党建工作"),  # spaced characters
        ("在 2023 年 5 月", "在2023年5月"),
        ("Hello,  World", "hello,world"),
        ("five\xa0 gold medals", "five gold medals"),
        ("党的全面\n领导", "党的全面领导"),  # a line broken inside a sentence
        ("党的全面 \r\n 领导", "党的全面领导"),
        ("理论学习，\n推动工作", "理论学习,推动工作"),
        ("好的。\n坚持学习", "好的。\n坚持学习"),  # the sentence is whole
        ("他说“好！”\n坚持学习", '他说"好!"\n坚持学习'),
        ("主要做法\n一、抓学习", "主要做法\n一、抓学习"),  # a numbered line begins anew
        ("组织学习\n（二）抓队伍", "组织学习\n(二)抓队伍"),
        ("党支部\n第十二条 党员", "党支部\n第十二条党员"),
        ("增长\n3.5个百分点", "增长3.5个百分点"),  # a number that numbers nothing
        ("上一段\n\n下一段", "上一段\n下一段"),
        ("上一段\n　　下一段", "上一段\n下一段"),
        ("工作\n# 标题", "工作\n#标题"),
        ("党\u200b建\ufeff工作", "党建工作"),
        ("「三会一課」『好』", '"三会一课""好"'),
        ("⼯作⽅法", "工作方法"),  # radicals that a PDF's text layer puts for characters
        ("\n 党建 \n", "党建"),
        ("\ud800党", "\ufffd党"),
        ("", ""),
    ],
)
def test_what_is_written_has_its_searched_form(written: str, searched: str) -> None:
    assert fold(written) == searched


def test_a_span_finds_its_way_back() -> None:
    text = "坚持　黨 的\n領 導。"
    form = folded(text)
    at = form.text.index("党的领导")
    start, end = form.original(at, at + 4)
    assert text[start:end] == "黨 的\n領 導"
    assert folded("党建").original(0, 2) == (0, 2)


@given(SOUP)
def test_every_character_of_the_searched_form_comes_from_one_of_the_text(text: str) -> None:
    form, becomes = folded(text), table().becomes
    places = range(len(text)) if form.places is None else [int(place) for place in form.places]
    assert len(places) == len(form.text)
    assert list(places) == sorted(set(places))
    for sign, place in zip(form.text, places, strict=True):
        assert sign in " \n" or ord(sign) == becomes[ord(text[place])]


@given(SOUP)
def test_what_was_folded_stays_as_it_is_but_for_its_lines(text: str) -> None:
    lines = fold(text).split("\n")
    assert [fold(line) for line in lines] == lines


@given(st.text(st.sampled_from("党国a1 ，。\u3000\u200b國Ａ“"), max_size=30), st.data())
def test_a_piece_of_a_line_is_found_in_the_line(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert fold(text[start:end]) in fold(text)


def test_the_table_changes_one_character_into_one_for_good() -> None:
    known = table()
    assert (known.becomes[known.becomes] == known.becomes).all()
    changed = known.becomes != range(len(known.becomes))
    assert changed.sum() > 5000
    assert (known.kind[known.becomes[changed]] < BLANK).all()


def test_a_place_finds_its_way_there() -> None:
    form = folded("坚 持　黨的\n領導")
    assert form.searched((0, 1, 2, 4, 6, 7)) == [0, 1, 1, 2, 4, 4]
    assert folded("党建").searched([1]) == [1]
