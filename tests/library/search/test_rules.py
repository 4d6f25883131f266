"""What people type is read, whatever they type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from youju.library.search.rules import MOST_LETTERS, MOST_WORDS, read
from youju.library.search.values import And, Anything, Initials, Node, Not, OneOf, Or, Phrase, Years

NAMES = {"genre": {"总结": "summary", "计划": "plan"}, "origin": {"本单位": "own"}}
A, B, C = Phrase("党建"), Phrase("党务"), Phrase("总结")
TITLE = Phrase("党课", "title")


@pytest.mark.parametrize(
    ("typed", "tree"),
    [
        ("", Anything()),
        ("党建", A),
        ("黨建", A),
        ("党建 总结", And((A, C))),
        ("党建　总结", And((A, C))),
        ("党建 党建", A),
        ("党建 AND 总结", And((A, C))),
        ("党建 且 总结", And((A, C))),
        ("党建 OR 党务", Or((A, B))),
        ("党建 或 党务", Or((A, B))),
        ("党建 | 党务", Or((A, B))),
        ("党建 或 党务 总结", Or((A, And((B, C))))),
        ("(党建 或 党务) 总结", And((Or((A, B)), C))),
        ("（党建 或 党务）总结", And((Or((A, B)), C))),
        ("总结 -党建", And((C, Not(A)))),
        ("总结 −党建", And((C, Not(A)))),
        ("总结 NOT 党建", And((C, Not(A)))),
        ("总结 不含 党建", And((C, Not(A)))),
        ("总结 -(党建 或 党务)", And((C, Not(Or((A, B)))))),
        ("-党建", Not(A)),
        ("- -党建", Not(A)),
        ("NOT NOT 党建", A),
        ("“开展 主题党日”", Phrase("开展主题党日")),
        ('"开展 主题党日"总结', And((Phrase("开展主题党日"), C))),
        ("「开展主题党日」", Phrase("开展主题党日")),
        ("2022-2024", Phrase("2022-2024")),
        ("条例（试行）", Phrase("条例(试行)")),
        ("(条例（试行） 或 党建)", Or((Phrase("条例(试行)"), A))),
        ("《条例》", Phrase("《条例》")),
        ("学习，工作", Phrase("学习,工作")),
        ("不含税", Phrase("不含税")),
        ("或", Phrase("或")),
        ("党建 或", And((A, Phrase("或")))),
        ("5G", Phrase("5g")),
        ("标题:党课", TITLE),
        ("标题： 党课", TITLE),
        ("标题：“党课”", TITLE),
        ("-标题:党课", Not(TITLE)),
        ("标题:(党课 或 党建)", Or((TITLE, Phrase("党建", "title")))),
        ("小标题:学习", Phrase("学习", "headings")),
        ("时间:2023", Phrase("时间:2023")),
        ("年:2023", Years(2023, 2023)),
        ("年份：２０２３年", Years(2023, 2023)),
        ("年:2022..2024", Years(2022, 2024)),
        ("年:2024-2022", Years(2022, 2024)),
        ("年:2022年至2024年", Years(2022, 2024)),
        ("年:2022..", Years(2022, None)),
        ("年:..2024", Years(None, 2024)),
        ("年:2021,2023", Or((Years(2021, 2021), Years(2023, 2023)))),
        ("年:无", OneOf("year", frozenset({""}))),
        ("-年:2023", Not(Years(2023, 2023))),
        ("文种:总结", OneOf("genre", frozenset({"summary"}))),
        ("文种:summary", OneOf("genre", frozenset({"summary"}))),
        ("文种:总结、计划", Or((OneOf("genre", frozenset({"summary"})), OneOf("genre", frozenset({"plan"}))))),
        ("领域:agriculture", OneOf("sector", frozenset({"agriculture"}))),
        ("来源:本单位", OneOf("origin", frozenset({"own"}))),
        ("首字母:DKGZ", Initials("dkgz")),
        ("“第一句。\n第二句”", And((Phrase("第一句。"), Phrase("第二句")))),
    ],
)
def test_words_are_read(typed: str, tree: Node) -> None:
    assert read(typed, NAMES).tree == tree


@pytest.mark.parametrize(
    ("typed", "tree", "word"),
    [
        ("“党建", A, "引号没有收尾"),
        ("(党建", A, "括号没有收尾"),
        ("党建 )", A, "多出一个右括号"),
        ("党建 OR", A, "少了一边"),
        ("AND 党建", A, "少了一边"),
        ("党建 ——", A, "只有标点"),
        ("党建 -", A, "只有标点"),
        ("党建 文种:公函", A, "没有读懂文种“公函”"),
        ("党建 年:去年", A, "没有读懂年份“去年”"),
        ("党建 年:", A, "后面没有写"),
        ("(" * 60 + "党建", A, "括号套得太深"),
        ("党建 或 党务 总结", Or((A, And((B, C)))), "请加括号"),
        ("党建 " + "课" * MOST_LETTERS, And((A, Phrase("课" * (MOST_LETTERS - 3)))), "个字"),
    ],
)
def test_what_is_not_plain_is_read_as_best_as_can_be_and_said(typed: str, tree: Node, word: str) -> None:
    query = read(typed, NAMES)
    assert query.tree == tree
    assert word in "".join(query.said)


def test_what_is_plain_needs_no_words() -> None:
    for typed in ("党建 总结", "(党建 或 党务) -总结", "标题:党课 年:2023", "“党建"[1:]):
        assert read(typed, NAMES).said == ()


def test_too_many_words_are_cut() -> None:
    query = read(" ".join(f"词{number}" for number in range(3 * MOST_WORDS)), NAMES)
    assert isinstance(query.tree, And)
    assert len(query.tree.parts) <= MOST_WORDS + 1
    assert query.said


def test_latin_words_may_be_initials_of_titles() -> None:
    query = read("zzbzy 总结 -gdp", NAMES)
    assert query.tree == And((Phrase("zzbzy"), C, Not(Phrase("gdp"))))
    assert query.by_initials is not None
    assert query.by_initials.tree == And((Initials("zzbzy"), C, Not(Phrase("gdp"))))
    assert "拼音首字母" in query.by_initials.said[-1]
    assert read("“zzbzy” 5G a", NAMES).by_initials is None


def test_chips_narrow_both_ways_of_reading() -> None:
    query = read("zzbzy", NAMES).narrowed(Years(2023, 2023))
    assert query.tree == And((Phrase("zzbzy"), Years(2023, 2023)))
    assert query.by_initials is not None
    assert query.by_initials.tree == And((Initials("zzbzy"), Years(2023, 2023)))


def test_only_what_is_wanted_is_shown() -> None:
    assert read("党建 -党务 (总结 或 标题:党课)").phrases == (A, C, TITLE)


@given(
    st.text(
        st.sampled_from('党建或且不含ORANDT()（）“”"「」-−:：|&.， \n标题年文种首字母2023a') | st.characters(),
        max_size=80,
    )
)
def test_nothing_is_refused(typed: str) -> None:
    query = read(typed, NAMES)
    for phrase in query.phrases:
        assert phrase.text.strip() == phrase.text != ""
        assert "\n" not in phrase.text
