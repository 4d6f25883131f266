"""The tree as plain values: whatever is moved where it may go, nothing turns in a circle and nothing falls off."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from youju.kit.datafile import DataFault
from youju.kit.refusal import Refusal
from youju.records.facets.values import LISTS, Facet
from youju.study.curriculum.rules import check_place, checked_topic, read_words, say_words, sounds_like
from youju.study.curriculum.values import MOST_LEVELS, TEMPLATE, Node, Planted, TopicDraft, Tree, read_template

SIZE = 12


def tree(*parents: int | None) -> Tree:
    """Topics 1, 2, … under these."""
    return Tree(tuple(Node(n, parent, f"专题{n}", (f"叫法{n}",), n) for n, parent in enumerate(parents, start=1)))


def moved(before: Tree, topic: int, parent: int | None) -> Tree:
    return Tree(tuple(replace(node, parent_id=parent) if node.id == topic else node for node in before.nodes))


def whole(found: Tree) -> None:
    steps = list(found.walk())
    assert sorted(step.node.id for step in steps) == sorted(node.id for node in found.nodes)
    for step in steps:
        assert len(found.path(step.node.id)) == step.depth + 1 <= MOST_LEVELS
        assert step.parent == bool(found.children(step.node.id))


@given(st.lists(st.tuples(st.integers(1, SIZE), st.one_of(st.none(), st.integers(1, SIZE + 2))), max_size=60))
def test_no_order_of_moves_makes_a_circle(moves: list[tuple[int, int | None]]) -> None:
    found = tree(*[None] * SIZE)
    for topic, parent in moves:
        under = set(found.below(topic))
        try:
            check_place(found, parent, moving=topic, levels=found.height(topic))
        except Refusal as refusal:
            assert refusal.field == "parent"
            assert parent not in found or parent in under or len(found.path(parent)) + found.height(topic) > MOST_LEVELS
            continue
        found = moved(found, topic, parent)
        whole(found)
        assert set(found.below(topic)) == under  # what stood under it moved with it


@given(st.lists(st.sampled_from(["党章", "学习 强国", "党 史", "四史"]), unique=True))
def test_words_are_read_as_they_are_said(words: list[str]) -> None:
    assert read_words(say_words(words)) == tuple(words)


def test_words_of_a_field() -> None:
    assert read_words(" 四史，党史学习；四史\n 学习 强国、") == ("四史", "党史学习", "学习 强国")


@pytest.mark.parametrize(
    ("draft", "field", "sentence"),
    [
        (TopicDraft(" "), "title", "请写专题名称"),
        (TopicDraft("长" * 41), "title", "最多 40 字"),
        (TopicDraft("专题2"), "title", "已经归“专题2”"),
        (TopicDraft("叫法2"), "title", "已经归“专题2”"),
        (TopicDraft("新的", ("叫法2",)), "words", "一个叫法只归一个专题"),
        (TopicDraft("新的", tuple(f"词{n}" for n in range(21))), "words", "最多写 20 个"),
    ],
)
def test_what_a_topic_may_not_be_called(draft: TopicDraft, field: str, sentence: str) -> None:
    with pytest.raises(Refusal) as refused:
        checked_topic(draft, tree(None, 1))
    assert refused.value.field == field and sentence in refused.value.sentence


def test_a_topic_keeps_its_own_name_and_words() -> None:
    found = checked_topic(TopicDraft("专题1", ("叫法1", "专题1", "", "再一个")), tree(None, 1), itself=1)
    assert found == TopicDraft("专题1", ("叫法1", "再一个"))


def test_a_topic_whose_parent_is_out_of_use_stands_on_top() -> None:
    found = Tree((Node(2, 1, "下面的"),))
    assert [step.depth for step in found.walk()] == [0] and found.path(2) == found.nodes


def test_a_title_sounds_like_the_longest_word_in_it() -> None:
    found = Tree((Node(1, None, "党章党规", ("党章",)), Node(2, None, "中国共产党党章学习"), Node(3, None, "史")))
    assert sounds_like(found, "中国共产党党章学习读本") == 2
    assert sounds_like(found, "学党章用党章") == 1
    assert sounds_like(found, "供销合作社史") is None  # one character says too little


def words_of(topics: tuple[Planted, ...]) -> list[tuple[str, str]]:
    return [
        pair
        for one in topics
        for pair in [*((word, one.title) for word in (one.title, *one.words.split())), *words_of(one.children)]
    ]


def test_the_template_knows_the_words_of_records() -> None:
    """A record keeps the common word of a topic, so that is the one the template must name, and no other word for it."""
    said = dict(words_of(TEMPLATE))
    assert set(LISTS.topics) <= set(said)
    for word in said:
        assert LISTS.words[Facet.TOPIC].get(word, word) == word, f"{word} is kept as another word"
    checked: list[Node] = []
    for number, (word, title) in enumerate(words_of(TEMPLATE)):
        if word == title:
            draft = checked_topic(TopicDraft(title), Tree(tuple(checked)))
            checked.append(Node(number, None, draft.title))


def test_a_word_twice_in_the_template_is_told(tmp_path: Path) -> None:
    file = tmp_path / "curriculum.yaml"
    file.write_text("- title: 党史\n  children:\n    - {title: 四史, words: 党史}\n", encoding="utf-8")
    with pytest.raises(DataFault, match="“党史”写了两次"):
        read_template(file)
