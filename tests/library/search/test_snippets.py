"""The sentence of a hit, in the text as it is displayed."""

from youju.library.documents.values import Section
from youju.library.search.rules import read
from youju.library.search.snippets import LONGEST, marks, section_at, snippet

TEXT = "一、抓学习\n（一）集中学\n支部组织党员学习。开展了黨 课和\n主题党日，党员都来了！\n二、抓队伍\n培养三名入党积极分子。\n"
TWO = TEXT.index("二、")
SECTIONS = (
    Section(0, TWO, 1, "一、抓学习"),
    Section(6, TWO, 2, "（一）集中学"),
    Section(TWO, len(TEXT), 1, "二、抓队伍"),
)


def shown(typed: str, text: str = TEXT) -> tuple[str, list[str]]:
    found = snippet(read(typed), text, SECTIONS)
    return text[found.start : found.end], [text[start:end] for start, end in found.marks]


def test_the_sentence_with_the_hit_is_shown_and_marked_as_it_is_written() -> None:
    assert shown("党课") == ("开展了黨 课和\n主题党日，党员都来了！", ["黨 课"])
    assert shown("积极分子") == ("培养三名入党积极分子。", ["积极分子"])


def test_the_sentence_that_holds_most_is_shown() -> None:
    assert shown("党员 党课")[1] == ["黨 课", "党员"]
    assert shown("党员 学习")[0] == "支部组织党员学习。"


def test_the_section_is_the_innermost() -> None:
    assert section_at(SECTIONS, 20) == SECTIONS[1]
    assert section_at(SECTIONS, 2) == SECTIONS[0]
    assert section_at((), 2) is None
    found = snippet(read("积极分子"), TEXT, SECTIONS)
    assert found.section == SECTIONS[2]


def test_what_stands_in_the_title_only_shows_the_beginning() -> None:
    assert shown("年度总结") == ("一、抓学习", [])
    assert snippet(read("年度总结"), "").end == 0


def test_a_sentence_without_end_is_cut_around_the_hit() -> None:
    text = "甲" * 5000 + "党课" + "乙" * 5000
    found = snippet(read("党课"), text)
    assert found.end - found.start <= LONGEST
    assert [text[start:end] for start, end in found.marks] == ["党课"]


def test_a_heading_stands_for_itself() -> None:
    assert shown("抓队伍") == ("二、抓队伍", ["抓队伍"])


def test_what_is_not_wanted_is_not_marked() -> None:
    assert shown("党员 -党课")[1] == ["党员"]


def test_marks_of_a_whole_text_are_in_order_and_join_where_they_overlap() -> None:
    text = "党课党课，上党课"
    assert marks(read("党课 课党"), text) == ((0, 4), (6, 8))
    assert marks(read("党课"), text, most=1) == ((0, 2),)


def test_a_title_shows_what_was_asked_of_titles() -> None:
    assert marks(read("标题:党课 年度"), "年度黨課", place="title") == ((0, 4),)
    assert marks(read("标题:党课 年度"), "年度黨課") == ((0, 2),)
    assert marks(read("小标题:党课"), "上党课") == ((1, 3),)
