"""Near-duplicates: groups of texts that have most of their grams in common."""

import random
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest

from tests.library.passages.engine.oracle import compared
from youju.library.passages.engine import Passages

LETTERS = [chr(0x4E00 + number) for number in range(3000)]


def written(chance: random.Random, length: int) -> str:
    return "".join(chance.choices(LETTERS, k=length))


def changed(chance: random.Random, text: str, every: int) -> str:
    """The text with about one character in so many changed."""
    return "".join(chance.choice(LETTERS) if not chance.randrange(every) else letter for letter in text)


@cache
def grams(text: str) -> set[str]:
    letters, _ = compared(text)
    return {letters[at : at + 7] for at in range(len(letters) - 6)}


def jaccard(first: str, second: str) -> float:
    one, other = grams(first), grams(second)
    return len(one & other) / len(one | other)


@pytest.fixture
def texts() -> dict[int, str]:
    chance = random.Random(3)
    found, formula = [], written(chance, 60)
    for length in (40, 300, 900, 2500, 6000):
        for _ in range(4):
            text = written(chance, length) + formula
            found += [text, changed(chance, text, 60), changed(chance, text, 25), changed(chance, text, 9)]
    return {key: f"{key}号" + text for key, text in enumerate(found)}  # none equals another


@pytest.mark.parametrize("threshold", [0.3, 0.6])
def test_all_pairs_of_texts_that_share_so_much(tmp_path: Path, texts: dict[int, str], threshold: float) -> None:
    store = Passages(tmp_path)
    store.build(list(texts.items())[:50])
    store.add(list(texts.items())[50:])
    true = {(a, b): jaccard(texts[a], texts[b]) for a, b in combinations(texts, 2)}
    pairs = {(a, b): part for a, b, part in store.near_pairs(threshold)}
    assert pairs == pytest.approx({pair: part for pair, part in true.items() if part >= threshold})
    assert len(pairs) > 20


def test_groups_hold_together_through_others(tmp_path: Path) -> None:
    chance = random.Random(4)
    first = written(chance, 2000)
    second = first[:1600] + written(chance, 400)
    third = second[:400] + written(chance, 400) + second[800:]
    assert jaccard(first, third) < 0.6 < min(jaccard(first, second), jaccard(second, third))
    store = Passages(tmp_path)
    store.build(
        [(30, third), (10, first), (20, second), (5, written(chance, 2000)), (6, ""), (7, ""), (8, "短"), (9, "短")]
    )
    assert store.near_duplicates() == [(10, 20, 30)]
    assert store.near_duplicates(allowed={10, 30, 5}) == []
    store.remove([20])
    assert store.near_duplicates() == []


def test_equal_texts_are_one_group(tmp_path: Path) -> None:
    chance = random.Random(5)
    text = written(chance, 500)
    store = Passages(tmp_path)
    store.build([*((key, text if key % 2 else "（" + text + "）") for key in range(40)), (99, written(chance, 500))])
    assert store.near_duplicates() == [tuple(range(40))]


def test_a_threshold_has_its_bounds(tmp_path: Path) -> None:
    for threshold in (0.2, 1.1):
        with pytest.raises(ValueError, match="threshold"):
            Passages(tmp_path).near_duplicates(threshold)
