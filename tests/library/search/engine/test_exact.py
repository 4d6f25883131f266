"""On real text the engine finds the documents that a plain look through every searched text finds: no miss, no false hit."""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.library.search.making import entry, real_texts
from youju.library.entitlements.values import OWNER
from youju.library.folding.rules import fold
from youju.library.search.engine.index import Index
from youju.library.search.engine.snapshot import Snapshot
from youju.library.search.rules import read
from youju.library.search.values import Entry

TRADITIONAL = {
    "国": "國",
    "学": "學",
    "会": "會",
    "业": "業",
    "发": "發",
    "务": "務",
    "实": "實",
    "报": "報",
    "机": "機",
    "规": "規",
}
WORD = re.compile(r"[\u4e00-\u9fff]{2,}")


def broken(text: str, dice: random.Random) -> str:
    """A text as bad files have it: lines broken inside sentences, characters spaced, traditional, wide."""
    way = dice.randrange(4)
    if way == 1:
        return "\n".join(
            "\n".join(line[at : at + 23] for at in range(0, len(line), 23)) if len(line) > 60 else line
            for line in text.split("\n")
        )
    if way == 2:
        return re.sub(r"([\u4e00-\u9fff]{4})(?=[\u4e00-\u9fff])", r"\1 ", text)
    if way == 3:
        return "".join(TRADITIONAL.get(sign, sign) for sign in text)
    return text


@dataclass(frozen=True)
class Shelf:
    snapshot: Snapshot
    entries: list[Entry]
    texts: dict[int, str]

    def scanned(self, holds: Callable[[str], bool]) -> set[int]:
        """The judge: nothing but `in` over the searched text of every title and body."""
        return {document for document, text in self.texts.items() if holds(text)}

    def found(self, typed: str) -> set[int]:
        tree = read(typed).tree
        counted = self.snapshot.search(tree, OWNER, limit=1)
        documents = set(self.snapshot.documents(tree, OWNER))
        assert counted.total == len(documents), typed
        return documents


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    dice = random.Random(9)
    entries = [
        entry(number, broken(text, dice), title, year=2000 + number % 20, genre="abc"[number % 3])
        for number, (title, text) in enumerate(real_texts(), 1)
    ]
    index = Index(Path(tmp_path_factory.mktemp("real")) / "search")
    with index.writing() as writer:
        writer.put(entries)
        writer.commit(1)
    snapshot = index.snapshot()
    assert snapshot is not None
    texts = {one.document: fold(one.title) + "\n" + fold(one.body) for one in entries}
    return Shelf(snapshot, entries, texts)


@pytest.fixture(scope="module")
def words(shelf: Shelf) -> Callable[[int], str]:
    """Pieces of so many characters out of the searched texts themselves, always the same ones."""
    dice = random.Random(57)
    runs = [run for text in shelf.texts.values() for run in WORD.findall(text)]

    def piece(length: int) -> str:
        run = dice.choice([run for run in runs if len(run) >= length])
        at = dice.randrange(len(run) - length + 1)
        return run[at : at + length]

    return piece


@pytest.mark.parametrize("length", [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15] * 3)
def test_phrases(shelf: Shelf, words: Callable[[int], str], length: int) -> None:
    phrase = words(min(length, 15))
    truth = shelf.scanned(lambda text: phrase in text)
    assert truth
    assert shelf.found(phrase) == shelf.found(f"“{phrase}”") == truth


@pytest.mark.parametrize("length", [1, 1, 1, 1, 2, 2, 2, 2])
def test_one_and_two_characters(shelf: Shelf, words: Callable[[int], str], length: int) -> None:
    phrase = words(2)[-length:]
    assert shelf.found(phrase) == shelf.scanned(lambda text: phrase in text)


@pytest.mark.parametrize("seed", range(12))
def test_and_or_not(shelf: Shelf, words: Callable[[int], str], seed: int) -> None:
    one, two, three = words(2 + seed % 2), words(2), words(3)
    assert shelf.found(f"{one} {two}") == shelf.scanned(lambda text: one in text and two in text)
    assert shelf.found(f"{one} 或 {three}") == shelf.scanned(lambda text: one in text or three in text)
    assert shelf.found(f"{two} -{one}") == shelf.scanned(lambda text: two in text and one not in text)
    assert shelf.found(f"-({one} OR {two})") == shelf.scanned(lambda text: not (one in text or two in text))
    assert shelf.found(f"({one} 或 {two}) {three}") == shelf.scanned(lambda t: (one in t or two in t) and three in t)


@pytest.mark.parametrize(
    "pattern", [r"[a-z0-9]+[\u4e00-\u9fff]{1,2}", r"[\u4e00-\u9fff][0-9a-z]+", r"[0-9a-z]{2,}", r"[0-9]"]
)
def test_latin_letters_and_digits(shelf: Shelf, pattern: str) -> None:
    pieces = sorted({piece for text in shelf.texts.values() for piece in re.findall(pattern, text)})
    for piece in random.Random(3).sample(pieces, min(6, len(pieces))):
        assert shelf.found(f"“{piece.upper()}”") == shelf.scanned(lambda text, piece=piece: piece in text), piece


@pytest.mark.parametrize(
    "pattern",
    [r".{2}[,。、;:(《\"].{3}", r"[,、)》]..", r"..[。;:]", r"..[,、].", r".[,。、:].", r"[a-z0-9]+ [a-z0-9]+"],
)
def test_phrases_with_punctuation_hold_it(shelf: Shelf, pattern: str) -> None:
    pieces = sorted({piece for text in shelf.texts.values() for piece in re.findall(pattern, text) if '"' not in piece})
    for piece in random.Random(5).sample(pieces, min(8, len(pieces))):
        wanted = fold(piece)
        if any(sign.isalnum() for sign in wanted):
            assert shelf.found(f"“{piece}”") == shelf.scanned(lambda text, wanted=wanted: wanted in text), piece


@pytest.mark.parametrize("simple", ["国家", "实施", "机关", "业务", "规定", "发展"])
def test_traditional_is_simplified(shelf: Shelf, simple: str) -> None:
    typed = "".join(TRADITIONAL.get(sign, sign) for sign in simple)
    assert shelf.found(typed) == shelf.found(simple) == shelf.scanned(lambda text: simple in text)


def test_fields(shelf: Shelf, words: Callable[[int], str]) -> None:
    title = WORD.findall(fold(shelf.entries[5].title) + "标题")[0][:4]
    assert shelf.found(f"标题:{title}") == {one.document for one in shelf.entries if title in fold(one.title)}
    word = words(2)
    held = shelf.scanned(lambda text: word in text)
    assert shelf.found(f"{word} 年:2005..2010") == {number for number in held if 2005 <= 2000 + number % 20 <= 2010}
    assert shelf.found(f"{word} -文种:b") == {number for number in held if number % 3 != 1}


def test_a_broken_line_and_a_space_hide_nothing(shelf: Shelf) -> None:
    """The same sentences are found in texts that were broken, spaced or written with traditional characters."""
    as_written = {number: text for number, (_, text) in enumerate(real_texts(), 1)}
    spoilt = [one for one in shelf.entries if one.body != as_written[one.document]]
    assert len(spoilt) > len(shelf.entries) / 2
    for one in spoilt[:40]:
        piece = max(WORD.findall(as_written[one.document]), key=len)[:12]
        assert one.document in shelf.found(piece), piece
