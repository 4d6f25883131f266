"""Copied passages at 90 million characters: CPU of a report of 5,000, of boilerplate, of building and adding, the size of
the table, near-duplicates with their recall, growth, and peers beside on the same texts.

    python3 run.py bench passages [--sizes 10000000 30000000 90000000 300000000] [--at 90000000] [--no-peers]
    python3 run.py bench passages --quick          the same at three million, in about a minute

CPU of this process, the least of several rounds: what the work costs when nothing else is in the way; of a kind of
report the middle one of all. Nothing counted here includes making the texts; normalising is printed apart.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import combinations
from pathlib import Path

# This folder's coverage.py would stand for the package of that name, which numba looks for.
ROOT = Path(__file__).resolve().parent.parent
sys.path[0] = str(ROOT)

import numpy as np  # noqa: E402

from bench._passages_peers import peers  # noqa: E402
from bench.chain import SEED, library, own_texts, words  # noqa: E402
from youju.library.passages.engine import Normalised, Passages, kernel, normalised  # noqa: E402
from youju.library.passages.engine.form import folded  # noqa: E402

SIZES = [10_000_000, 30_000_000, 90_000_000, 300_000_000]
AT = 90_000_000
REPORT = 5_000  # characters
REPORTS, COPIES = 20, 12
ROUNDS = 15
MANY = 1_000_000  # runs of the heavy report
MORE = 1_000  # documents added
GOALS = {"numpy": 1.0, "numba": 0.4, "heavy": 100.0, "table": 5.0, "bytes": 2.0, "more": 0.5, "near": 10.0}

Documents = list[tuple[int, Normalised]]


class Clock:
    """CPU seconds since it was made."""

    def __init__(self) -> None:
        self.began = time.process_time()

    @property
    def seconds(self) -> float:
        return time.process_time() - self.began


def least(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """CPU milliseconds of the quickest of some rounds, after one that warms up."""
    work()
    found = []
    for _ in range(rounds):
        clock = Clock()
        work()
        found.append(clock.seconds * 1000)
    return min(found)


def least_of_all(works: list[Callable[[], object]]) -> list[float]:
    """The same for each of some works, in turns, so that each is tried at many moments."""
    found = [least(work, 1) for work in works]
    for _ in range(ROUNDS):
        found = [min(best, least(work, 1)) for best, work in zip(found, works, strict=True)]
    return found


def verdict(value: float, goal: float, unit: str) -> str:
    return f"{value:,.2f} {unit}（目标 ≤ {goal:g}，{'合' if value <= goal else '不合'}）"


def without_places(text: str) -> Normalised:
    found = normalised(text)
    return Normalised(found.units, np.empty(0, np.int64), found.paired)


def texts_of(size: int) -> Iterator[str]:
    for _, text in library(size):
        yield text


def reports_of(texts: list[str]) -> tuple[list[str], list[list[str]]]:
    """Reports in the project's own words, each with copies of 12 to 300 characters from anywhere in the library."""
    chance = random.Random(SEED)
    own = "".join(text for _, text in own_texts() if sum(map(len, text.split())) > 200)
    reports, planted = [], []
    for _ in range(REPORTS):
        copies = []
        for _ in range(COPIES):
            text = ""
            while len(text) < 400:
                text = chance.choice(texts)
            begin = chance.randrange(len(text) - 300)
            copies.append(text[begin : begin + chance.randrange(12, 301)])
        begin = chance.randrange(max(1, len(own) - REPORT))
        rest = own[begin : begin + REPORT - sum(map(len, copies))]
        cuts = sorted(chance.randrange(len(rest)) for _ in copies)
        pieces = [rest[a:b] for a, b in zip([0, *cuts], [*cuts, len(rest)], strict=True)]
        reports.append("".join(piece + copy for piece, copy in zip(pieces, [*copies, ""], strict=True)))
        planted.append(copies)
    return reports, planted


def heavy_report(store: Passages, texts: list[str]) -> str:
    """Formulas that stand in the most places, one after the other until a million runs are found."""
    chance = random.Random(SEED)
    formulas: dict[str, int] = {}
    for number in chance.sample(range(len(texts)), min(150, len(texts))):
        text = texts[number][:REPORT]
        others = partial(without, number)
        for passage in store.find(text, others).passages:
            if passage.length < 60:
                formulas[text[passage.start : passage.end]] = passage.runs
    best = sorted(formulas, key=lambda formula: -formulas[formula] / len(formula))[:40]
    report, runs = "", 0
    while best and runs < MANY * 1.02:
        for formula in best:
            report += formula + "。"
            runs += formulas[formula]
            if runs >= MANY * 1.02:
                break
    return report


def without(number: int, keys: list[int]) -> list[int]:
    return [key for key in keys if key != number]


def ways() -> dict[str, bool]:
    return {"numpy": False, **({"numba": True} if kernel.INSTALLED else {})}


def questions(folder: Path, reports: dict[str, list[str]], *, goals: bool = True) -> dict[str, float]:
    """The middle of the middles for each kind of report, each way."""
    found = {}
    for name, compiled in ways().items():
        store = Passages(folder, compiled=compiled)
        for kind, texts in reports.items():
            forms = [normalised(text) for text in texts]
            each = least_of_all([partial(store.find, form) for form in forms])
            runs = statistics.median(store.find(form).runs for form in forms)
            value = found[f"{name} {kind}"] = statistics.median(each)
            said = verdict(value, GOALS[name], "ms") if goals and kind == "报告" else f"{value:,.2f} ms"
            print(f"  {name}　{kind}：{said}，最慢 {max(each):,.2f} ms，相同段数中位 {runs:,.0f}")
    return found


def built(folder: Path, documents: Documents) -> tuple[Passages, float]:
    """A store of these documents, and the CPU of building it from normalised texts."""
    store, clock = Passages(folder), Clock()
    store.build(documents)
    return store, clock.seconds


def bytes_a_character(store: Passages) -> tuple[float, int]:
    """Bytes of the tables for each character of the text, and its characters."""
    view = store.snapshot()
    characters = sum(int(segment.bounds[-1]) for segment in view.segments)
    arrays = [
        array
        for segment in view.segments
        for array in (
            segment.common.starts, segment.common.entries, segment.common.sides, segment.long.starts, segment.long.entries
        )
    ]  # fmt: skip
    return sum(array.nbytes for array in arrays) / characters, characters


def main_figures(folder: Path, documents: Documents, texts: list[str], more: list[str], spent: float) -> None:
    store, seconds = built(folder, documents)
    size, characters = bytes_a_character(store)
    print(f"入库 {len(documents):,} 篇，规范化后 {characters:,} 字；规范化 {spent:.2f} CPU 秒")
    print(f"建表（不含规范化）：{verdict(seconds, GOALS['table'], 'CPU 秒')}")
    print(f"表的大小：{verdict(size, GOALS['bytes'], '字节/字')}，另有文字本身 2 字节/字")
    reports, planted = reports_of(texts)
    form = normalised(reports[0])
    print(
        f"一份 {len(reports[0]):,} 字的报告（规范化 {least(lambda: normalised(reports[0]), 50):.3f} ms，不在下列之内）："
    )
    laws = [text[:REPORT] for text in texts[:3000:150] if len(text) >= REPORT][:10]
    figures = questions(folder, {"报告": reports, "法律条文": laws})
    missed = sum(len(missing(store, report, copies)) for report, copies in zip(reports, planted, strict=True))
    print(f"  抄入的 {REPORTS * COPIES} 段中，13 字以上而没有找到来源的：{missed} 段")
    heavy = heavy_report(store, texts)
    form = normalised(heavy)
    for name, compiled in ways().items():
        way = Passages(folder, compiled=compiled)
        found, value = way.find(form), least(partial(way.find, form), 3)
        said = verdict(value, GOALS["heavy"], "ms") if compiled else f"{value:,.1f} ms"
        print(f"  {name}　套话：{len(heavy):,} 字，{found.runs:,} 处相同，{said}")
    scan(store, figures)
    clock = Clock()
    forms = [(len(documents) + number, normalised(text)) for number, text in enumerate(more)]
    spent = clock.seconds
    clock = Clock()
    store.add(forms)
    added = f"{verdict(clock.seconds, GOALS['more'], 'CPU 秒')}，规范化 {spent:.2f} 秒"
    print(f"再加 {len(more):,} 篇（{sum(map(len, more)):,} 字）：{added}")
    clock = Clock()
    store.compact(whole=True)
    print(f"并成一段：{clock.seconds:.2f} CPU 秒")


def missing(store: Passages, report: str, copies: list[str]) -> list[str]:
    """Copies of thirteen characters or more of which no run of theirs was found."""
    found = store.find(report).passages
    lost = []
    for copy in copies:
        at = report.index(copy)
        if len(normalised(copy).units) >= 13 and not any(p.start < at + len(copy) and p.end > at for p in found):
            lost.append(copy)
    return lost


def scan(store: Passages, figures: dict[str, float]) -> None:
    """One look at all the text in memory, as a floor."""
    units = np.array(store.snapshot().segments[0].units)
    read, compare = least(units.max), least(lambda: np.flatnonzero(units == 0x515A))
    print(f"在内存里扫一遍全文：只读 {read:.1f} ms，找一个字 {compare:.1f} ms（报告有五千个起点）")
    for name in ways():
        print(f"  {name} 找全一份报告是只读一遍的 {figures[f'{name} 报告'] / read:.1%}")


def near(folder: Path, texts: list[str], natural: int) -> None:
    """Near-duplicates of all, and what of those found by comparing sets of characters is among them."""
    store, clock = Passages(folder), Clock()
    groups = store.near_duplicates(0.6)
    print(f"全库近似重复：{verdict(clock.seconds, GOALS['near'], 'CPU 秒')}，{len(groups):,} 组")
    pairs = {(a, b): part for a, b, part in store.near_pairs(0.6)}
    leaders = {b: a for (a, b), part in pairs.items() if part == 1}
    chance = random.Random(SEED)
    sample = [(n, m) for n in range(natural) for m in (n + 1, n + 2) if m < natural]
    sample += list(combinations(sorted(chance.sample(range(len(texts)), min(150, len(texts)))), 2))
    grams: dict[int, frozenset[str]] = {}

    def of(number: int) -> frozenset[str]:
        if number not in grams:
            letters = "".join(map(FOLDS.__getitem__, texts[number]))
            grams[number] = frozenset(letters[at : at + 7] for at in range(len(letters) - 6))
        return grams[number]

    true = {pair for pair in set(sample) if near_truly(*map(of, pair))}
    grouped = {key: number for number, group in enumerate(groups) for key in group}
    told = [(a, b) for a, b in true if pair_of(a, b, leaders) in pairs or leaders.get(a, a) == leaders.get(b, b)]
    together = [(a, b) for a, b in true if grouped.get(a, -1) == grouped.get(b, -2)]
    print(
        f"  对 {len(set(sample)):,} 对逐一算精确的 Jaccard：{len(true):,} 对 ≥ 0.6，"
        f"找到 {len(told):,} 对，同组 {len(together):,} 对"
    )


class Folds(dict[str, str]):
    def __missing__(self, character: str) -> str:
        self[character] = folded(character)
        return self[character]


FOLDS = Folds()


def near_truly(first: frozenset[str], second: frozenset[str]) -> bool:
    if not first or not second or min(len(first), len(second)) < 0.6 * max(len(first), len(second)):
        return False
    both = len(first & second)
    return both >= 0.6 * (len(first) + len(second) - both)


def pair_of(first: int, second: int, leaders: dict[int, int]) -> tuple[int, int]:
    first, second = sorted((leaders.get(first, first), leaders.get(second, second)))
    return first, second


def growth(folder: Path, sizes: list[int], documents: Documents, texts: list[str]) -> None:
    """The same reports, asked of ever larger libraries."""
    ends = np.cumsum([len(text) for text in texts])
    reports, _ = reports_of(texts[: int(np.searchsorted(ends, sizes[0])) + 1])
    for size in sizes:
        many = int(np.searchsorted(ends, size)) + 1
        place = folder / str(size)
        store, seconds = built(place, documents[:many])
        each, _ = bytes_a_character(store)
        print(f"{size:,} 字：建表 {seconds:.2f} CPU 秒，{each:.2f} 字节/字")
        questions(place, {"报告": reports}, goals=False)


def main() -> int:
    parser = argparse.ArgumentParser(description="量抄写段落的查找")
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES)
    parser.add_argument("--at", type=int, default=AT)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--no-peers", action="store_true")
    asked = parser.parse_args()
    sizes, at = ([1_000_000, 3_000_000], 3_000_000) if asked.quick else (sorted(asked.sizes), asked.at)
    print(f"文字：{words(max([*sizes, at]))}")
    texts = list(texts_of(max([*sizes, at])))
    clock = Clock()
    documents = [(number, without_places(text)) for number, text in enumerate(texts)]
    spent = clock.seconds / sum(map(len, texts)) * at
    many = int(np.searchsorted(np.cumsum([len(text) for text in texts]), at)) + 1
    with tempfile.TemporaryDirectory(prefix="youju-bench-") as place:
        folder = Path(place)
        print(f"\n— {at:,} 字 —")
        more = texts[many : many + MORE] if len(texts) >= many + MORE else texts[:MORE]
        main_figures(folder / "main", documents[:many], texts[:many], more, spent)
        natural = sum(1 for title, _ in library(at) if not title.startswith("chain/"))
        built(folder / "near", documents[:many])
        near(folder / "near", texts[:many], natural)
        if not asked.no_peers:
            print("\n— 同样的文字，别的做法 —")
            peers(texts[:many], *reports_of(texts[:many]), folder)
        if sizes:
            print("\n— 长大 —")
            growth(folder, sizes, documents, texts)
    return 0


if __name__ == "__main__":
    sys.exit(main())
