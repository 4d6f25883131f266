"""Plain values of the tree of topics, and the template of it, read and checked once at start-up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import RootModel

from youju.kit.datafile import Located
from youju.kit.schema import Strict, validated

#: Levels of the tree: more of them no phone shows, and no year's study needs.
MOST_LEVELS = 6


@dataclass(frozen=True)
class TopicDraft:
    """What the clerk hands in about one topic. ``words`` are what records call it beside its title."""

    title: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Node:
    """A topic in its place, as plain data."""

    id: int
    parent_id: int | None
    title: str
    words: tuple[str, ...] = ()
    position: int = 0


@dataclass(frozen=True)
class Step:
    """A topic as one meets it walking down the tree."""

    node: Node
    depth: int  # 0 at the top
    last: bool  # of its brothers
    parent: bool  # something stands under it


@dataclass(frozen=True)
class Tree:
    """The topics of a ledger that are in use. One whose parent is not among them stands on top."""

    nodes: tuple[Node, ...]

    def __contains__(self, topic_id: object) -> bool:
        return topic_id in self._by_id

    def __bool__(self) -> bool:
        return bool(self.nodes)

    def node(self, topic_id: int) -> Node:
        return self._by_id[topic_id]

    def children(self, topic_id: int | None) -> tuple[Node, ...]:
        """What stands directly under a topic, in its order; under None, what stands on top."""
        return self._children.get(topic_id, ())

    def path(self, topic_id: int) -> tuple[Node, ...]:
        """From the top down to the topic itself."""
        found: list[Node] = []
        at: int | None = topic_id
        while at is not None and at in self._by_id:
            found.append(self._by_id[at])
            at = self._by_id[at].parent_id
        return tuple(reversed(found))

    def below(self, topic_id: int) -> tuple[int, ...]:
        """The topic and everything under it."""
        found, waiting = [], [topic_id]
        while waiting:
            at = waiting.pop()
            found.append(at)
            waiting += [child.id for child in self.children(at)]
        return tuple(found)

    def height(self, topic_id: int) -> int:
        """Levels from the topic down: 1 where nothing stands under it."""
        return 1 + max((self.height(child.id) for child in self.children(topic_id)), default=0)

    def walk(self, topic_id: int | None = None, depth: int = 0) -> Iterator[Step]:
        """Everything under a topic from the top down, as a page lists it."""
        brothers = self.children(topic_id)
        for node in brothers:
            yield Step(node, depth, node is brothers[-1], bool(self.children(node.id)))
            yield from self.walk(node.id, depth + 1)

    @cached_property
    def named(self) -> dict[str, int]:
        """Every title and word → its topic."""
        return {word: node.id for node in self.nodes for word in (*node.words, node.title)}

    def called(self, words: Iterable[str]) -> frozenset[int]:
        """The topics that are called by one of these words; what no topic is called by is nobody's guess."""
        return frozenset(self.named[word] for word in words if word in self.named)

    @cached_property
    def _by_id(self) -> dict[int, Node]:
        return {node.id: node for node in self.nodes}

    @cached_property
    def _children(self) -> dict[int | None, tuple[Node, ...]]:
        found: dict[int | None, list[Node]] = {}
        for node in sorted(self.nodes, key=lambda one: (one.position, one.id)):
            found.setdefault(node.parent_id if node.parent_id in self._by_id else None, []).append(node)
        return {key: tuple(nodes) for key, nodes in found.items()}


class Planted(Strict):
    """One topic of the template."""

    title: str
    words: str = ""
    children: tuple[Planted, ...] = ()

    @property
    def draft(self) -> TopicDraft:
        return TopicDraft(self.title, tuple(self.words.split()))


class _File(RootModel[tuple[Planted, ...]]):
    pass


def read_template(path: Path) -> tuple[Planted, ...]:
    """The template of a file. Raises DataFault naming file, line and key where a word stands for two topics."""
    file, located = validated(path, _File)
    _check(file.root, located, (), {}, 1)
    return file.root


def _check(topics: Iterable[Planted], located: Located, at: tuple[Any, ...], seen: dict[str, str], level: int) -> None:
    for index, one in enumerate(topics):
        here = (*at, index)
        if level > MOST_LEVELS:
            raise located.fault(here, f"“{one.title}”在第 {level} 层，最多 {MOST_LEVELS} 层。")
        for word in (one.title, *one.words.split()):
            if word in seen:
                raise located.fault(here, f"“{word}”写了两次，另一次在“{seen[word]}”。")
            seen[word] = one.title
        _check(one.children, located, (*here, "children"), seen, level + 1)


TEMPLATE = read_template(Path(__file__).with_name("curriculum.yaml"))
