"""A large Chinese library for measurements, made the same on every machine: the laws of ../shared/corpus where they are
(else the project's own texts), and as much again as is asked for from an order-2 chain over their characters.

Each character the chain writes followed the two before it somewhere in those texts, as often as it did there. So single
characters, pairs and triples are as frequent as in the originals, and many longer runs are shared with them, but no
document is a copy. Seeded: the same size gives the same library.

    from bench.chain import library
    for title, text in library(90_000_000): ...

    python3 run.py bench chain [--characters 90000000]      what it makes, and how long it takes
"""

from __future__ import annotations

import argparse
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parent.parent
LAWS = ROOT.parent / "shared" / "corpus" / "laws.zip"
LONGEST = 20_000  # characters of a document; longer ones are cut at the ends of their lines
SEED = 20_260_112
STREAMS = 2048  # documents written at the same time
BLOCK = 64  # characters each of them writes before they are laid down

Document = tuple[str, str]


def cut(text: str) -> Iterator[str]:
    """A text in pieces of at most LONGEST characters, cut behind a line where it has one."""
    while len(text) > LONGEST:
        end = text.rfind("\n", 1, LONGEST) + 1 or LONGEST
        yield text[:end]
        text = text[end:]
    if text:
        yield text


def laws() -> list[Document]:
    """The laws in the order of their names, or nothing where they are not."""
    if not LAWS.is_file():
        return []
    found = []
    with zipfile.ZipFile(LAWS) as archive:
        for name in sorted(name for name in archive.namelist() if name.endswith(".md")):
            text = archive.read(name).decode("utf-8", errors="replace")
            found += [(f"{name}#{number}", piece) for number, piece in enumerate(cut(text))]
    return found


def own_texts() -> list[Document]:
    """What the project itself has written in Chinese."""
    patterns = ("README.md", "CHANGELOG.md", "docs/**/*.md", "youju/**/*.yaml", "tests/texts/*.txt")
    files = sorted(file for pattern in patterns for file in ROOT.glob(pattern))
    texts = [(str(file.relative_to(ROOT)), file.read_text(encoding="utf-8")) for file in files]
    return [(f"{name}#{number}", piece) for name, text in texts for number, piece in enumerate(cut(text))]


def natural() -> tuple[list[Document], str]:
    """The texts all is made from, and the words that say which."""
    found = laws()
    if found:
        return found, f"法律法规 {len(found)} 篇"
    found = own_texts()
    return found, f"项目自己的文字 {len(found)} 篇（没有 {LAWS.name}）"


class Chain:
    """Writes documents whose every character followed the two before it somewhere in the texts it learned."""

    def __init__(self, texts: list[str], *, seed: int = SEED) -> None:
        self.random = np.random.default_rng(seed)
        self.lengths = np.array([len(text) for text in texts])
        self.source = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), "<u4")
        self.begins = np.minimum(np.cumsum(self.lengths) - self.lengths + 1, self.source.size - 1)
        self.learn()

    def learn(self) -> None:
        """For every place of the source: where the places with the same two last characters stand in one list."""
        rank = np.cumsum(np.bincount(self.source) > 0)
        ranks = rank[self.source].astype(np.uint64)
        pairs = np.roll(ranks, 1) * np.uint64(rank[-1] + 1) + ranks
        # One number of pair and place sorts in a third of the time of an order of the pairs.
        bits = np.uint64(self.source.size.bit_length())
        listed = np.sort(pairs << bits | np.arange(pairs.size, dtype=np.uint64))
        order = (listed & ((np.uint64(1) << bits) - np.uint64(1))).astype(np.int32)
        listed >>= bits
        fresh = np.concatenate(([True], listed[1:] != listed[:-1]))
        firsts = np.flatnonzero(fresh)
        group = np.cumsum(fresh) - 1
        self.alike = np.empty((order.size, 2), np.int32)  # where the list of its like begins, and how many they are
        self.alike[order, 0] = firsts[group]
        self.alike[order, 1] = np.diff(np.append(firsts, order.size))[group]
        self.followers = order + np.int32(1)
        self.followers[self.followers == order.size] = 1

    def write(self, characters: int) -> Iterator[str]:
        """Documents of together exactly that many characters, with lengths drawn from those of the originals."""
        while characters > 0:
            lengths = self.random.choice(self.lengths, STREAMS)
            lengths = lengths[: int(np.searchsorted(np.cumsum(lengths), characters)) + 1]
            lengths[-1] -= max(0, int(lengths.sum()) - characters)
            characters -= int(lengths.sum())
            yield from self.write_together(lengths)

    def write_together(self, lengths: NDArray[Any]) -> Iterator[str]:
        """Documents of these lengths, all a character further with each step; the longest are the last ones writing."""
        order = np.argsort(-lengths, kind="stable")
        longest = int(lengths.max())
        writing = np.searchsorted(-lengths[order], -np.arange(longest + BLOCK), side="left")
        trail = np.empty((lengths.size, longest + BLOCK), np.int32)
        block = np.empty((BLOCK, lengths.size), np.int32)  # a few steps at a time, since whole columns miss every cache
        places = self.random.choice(self.begins, lengths.size).astype(np.int32)
        for begin in range(0, longest, BLOCK):
            for step in range(BLOCK):
                places = places[: writing[begin + step]]
                alike = self.alike[places]
                chosen = (self.random.random(places.size) * alike[:, 1]).astype(np.int32)
                places = self.followers[alike[:, 0] + chosen]
                block[step, : places.size] = places
            trail[:, begin : begin + BLOCK] = block.T
        row = np.empty(lengths.size, np.int64)
        row[order] = np.arange(lengths.size)
        for document, length in enumerate(lengths):
            yield self.source[trail[row[document], :length]].tobytes().decode("utf-32-le", "surrogatepass")


def library(characters: int, *, seed: int = SEED) -> Iterator[Document]:
    """Documents of together that many characters: the natural ones first, then what the chain writes."""
    documents, _ = natural()
    left = characters
    for title, text in documents:
        if left <= 0:
            return
        yield title, text[:left]
        left -= len(text)
    if left > 0:
        chain = Chain([text for _, text in documents], seed=seed)
        for number, text in enumerate(chain.write(left)):
            yield f"chain/{number:06d}", text


def words(characters: int) -> str:
    """What stands in the library, said in one line of the output."""
    documents, name = natural()
    there = sum(len(text) for _, text in documents)
    more = f"，其余 {characters - there:,} 字由二阶字链生成（种子 {SEED}）" if characters > there else ""
    return f"{name}，{min(there, characters):,} 字{more}"


def main() -> int:
    parser = argparse.ArgumentParser(description="量一量造大库的速度")
    parser.add_argument("--characters", type=int, default=90_000_000)
    wanted = parser.parse_args().characters
    began = time.process_time()
    documents = made = 0
    for _, text in library(wanted):
        documents, made = documents + 1, made + len(text)
    print(words(wanted))
    print(f"{documents:,} 篇 {made:,} 字，{time.process_time() - began:.1f} CPU 秒")
    return 0


if __name__ == "__main__":
    sys.exit(main())
