"""Pure judgement of the tree: what a topic may be called, where it may stand, which topic a title sounds like."""

from __future__ import annotations

import re
from collections.abc import Iterable

from youju.kit.refusal import Refusal
from youju.kit.wording import needed, worded
from youju.study.curriculum.values import MOST_LEVELS, TopicDraft, Tree

LONGEST, MOST_WORDS, MOST_TOPICS = 40, 20, 1000
#: As the words of a record are told apart; a space may stand within one.
BETWEEN = re.compile(r"[、，,；;\n]+")


def read_words(text: str) -> tuple[str, ...]:
    """The words of a field, each once."""
    return tuple(dict.fromkeys(filter(None, (piece.strip() for piece in BETWEEN.split(text)))))


def say_words(words: Iterable[str]) -> str:
    """As ``read_words`` reads it."""
    return "、".join(words)


def checked_topic(draft: TopicDraft, tree: Tree, *, itself: int | None = None) -> TopicDraft:
    """The draft as it is kept. Raises Refusal where it says nothing, too much, or what another topic is called."""
    title = needed(draft.title, field="title", name="专题名称", most=LONGEST)
    words = tuple(
        word
        for word in dict.fromkeys(worded(one, field="words", name="别的叫法", most=LONGEST) for one in draft.words)
        if word and word != title
    )
    if len(words) > MOST_WORDS:
        raise Refusal("words", f"别的叫法最多写 {MOST_WORDS} 个。")
    for field, word in (("title", title), *(("words", one) for one in words)):
        other = tree.named.get(word)
        if other is not None and other != itself:
            raise Refusal(field, f"“{word}”已经归“{tree.node(other).title}”，一个叫法只归一个专题。")
    return TopicDraft(title, words)


def check_place(tree: Tree, parent_id: int | None, *, moving: int | None = None, levels: int = 1) -> None:
    """Whether a topic may stand under another: ``levels`` are its own and those under it.

    Raises Refusal on ``parent``: under itself or what is under it, under what is not there, or too deep.
    """
    if parent_id is None:
        above = 0
    elif parent_id not in tree:
        raise Refusal("parent", "上级专题不在学习体系里，请重新选择。")
    elif moving is not None and parent_id in tree.below(moving):
        raise Refusal("parent", "不能放到自己或自己下面的专题里。")
    else:
        above = len(tree.path(parent_id))
    if above + levels > MOST_LEVELS:
        raise Refusal("parent", f"最多 {MOST_LEVELS} 层，放到这里就有 {above + levels} 层了。")


def sounds_like(tree: Tree, title: str) -> int | None:
    """The topic whose longest word stands in the title of a material; None where none does."""
    said = [(word, topic) for word, topic in tree.named.items() if len(word) > 1 and word in title]
    return max(said, key=lambda pair: len(pair[0]))[1] if said else None
