"""Every run of thirteen characters and nothing else, with numpy alone and with the compiled kernel."""

import random
import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.library.passages.engine.oracle import Oracle, every_run, told
from youju.library.passages.engine import Passages, kernel, normalised, question, runs, segment
from youju.library.passages.engine.grams import words

ROOT = Path(__file__).resolve().parents[4]
LAWS = ROOT.parent / "shared" / "corpus" / "laws.zip"
WAYS = [False, *([True] if kernel.INSTALLED else [])]


@pytest.fixture(params=WAYS, ids=lambda compiled: "kernel" if compiled else "numpy")
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Passages:
    return Passages(tmp_path / "passages", compiled=request.param)


def our_texts() -> list[str]:
    """The project's own documents in pieces of three thousand characters."""
    files = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("**/*.md"))]
    whole = "\n".join(file.read_text(encoding="utf-8") for file in files)
    return [whole[begin : begin + 3000] for begin in range(0, len(whole), 3000)]


def planted(chance: random.Random, texts: list[str], copies: int = 8) -> str:
    """A text of its own with pieces of others, of eight to eighty characters, put in anywhere."""
    words = [chr(chance.randrange(0x4E00, 0x4E00 + 900)) for _ in range(900)]
    for _ in range(copies):
        source = chance.choice(texts)
        begin, length = chance.randrange(max(1, len(source) - 80)), chance.randrange(8, 80)
        place = chance.randrange(len(words))
        words[place:place] = source[begin : begin + length]
    return "".join(words)


def check_of(store: Passages, texts: list[str], others: list[str]) -> int:
    """Natural and planted reports against texts; how many runs there were to be found."""
    store.build(enumerate(texts))
    oracle, chance = Oracle(dict(enumerate(texts))), random.Random(13)
    reports = [*others, *chance.sample(texts, 6), *(planted(chance, texts) for _ in range(24))]
    expected = [oracle.every_run(report) for report in reports]
    assert [told(store, report) for report in reports] == expected
    return sum(map(len, expected))


def test_of_our_own_texts_natural_and_planted(store: Passages) -> None:
    texts = our_texts()
    assert len(texts) >= 20
    assert check_of(store, texts, []) > 100


@pytest.mark.shared
@pytest.mark.skipif(not LAWS.is_file(), reason="没有法律法规文本（../shared/corpus/laws.zip）")
def test_of_laws_natural_and_planted(store: Passages) -> None:
    with zipfile.ZipFile(LAWS) as archive:
        names = [name for name in sorted(archive.namelist()) if name.endswith(".md")][::50]
        laws = [archive.read(name).decode("utf-8")[:3000] for name in names]
    assert check_of(store, laws[:60], laws[60:68]) > 1000


def test_where_formulas_crowd(store: Passages, monkeypatch: pytest.MonkeyPatch) -> None:
    """Grams that stand in more than a handful of places are kept in the table of whole runs."""
    monkeypatch.setattr(segment, "CROWDED", 4)
    monkeypatch.setattr(segment, "CROWDED_SHARE", 2)
    chance = random.Random(5)
    formula = "省人民代表大会常务委员会"
    letters = [chr(0x4E00 + number) for number in range(400)]
    texts = {
        key: "".join("".join(chance.choices(letters, k=chance.randrange(30))) + formula for _ in range(12))
        for key in range(30)
    }
    store.build(texts.items())
    assert store.snapshot().segments[0].long.entries.size > 100
    reports = [planted(chance, list(texts.values()), 20) for _ in range(6)] + [texts[3], formula * 3]
    expected = [every_run(report, texts) for report in reports]
    assert sum(map(len, expected)) > 300
    assert [told(store, report) for report in reports] == expected


small = st.text("ab", max_size=60)
wide = st.text("甲乙Ａa1，\U00020000\U00020001\U00020400\U0001d7d8", max_size=50)


@given(texts=st.lists(small, max_size=5), report=small)
@settings(max_examples=40)
def test_of_two_letters(tmp_path_factory: pytest.TempPathFactory, texts: list[str], report: str) -> None:
    check_both(tmp_path_factory.mktemp("small"), dict(enumerate(texts)), report)


@given(texts=st.lists(wide, max_size=5), report=wide, seam=wide)
@settings(max_examples=40)
def test_of_characters_of_all_planes(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], report: str, seam: str
) -> None:
    """Pairs that share one half, runs at both ends of texts, drawn so that they are often equal."""
    texts = [text + seam + text for text in texts] + [seam * 2]
    check_both(tmp_path_factory.mktemp("wide"), dict(enumerate(texts)), seam + report + seam)


def check_both(folder: Path, texts: dict[int, str], report: str) -> None:
    expected = every_run(report, texts)
    Passages(folder).build(texts.items())
    for compiled in WAYS:
        assert told(Passages(folder, compiled=compiled), report) == expected


steps = st.lists(st.one_of(st.tuples(st.just("add"), st.integers(0, 5), small), st.tuples(st.just("remove"), st.integers(0, 5), small),
                           st.tuples(st.just("compact"), st.integers(0, 1), small)), max_size=8)  # fmt: skip


@given(steps=steps, report=small)
@settings(max_examples=30)
def test_after_additions_removals_and_merges(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int, str]], report: str
) -> None:
    folder = tmp_path_factory.mktemp("steps")
    keeper, texts = Passages(folder), dict[int, str]()
    readers = [Passages(folder, compiled=compiled) for compiled in WAYS]
    for verb, number, text in steps:
        if verb == "add":
            keeper.add([(number, text)])
            texts[number] = text
        elif verb == "remove":
            keeper.remove([number])
            texts.pop(number, None)
        else:
            keeper.compact(whole=bool(number))
        expected = every_run(report, texts)
        assert [told(reader, report) for reader in readers] == [expected] * len(readers)
    assert keeper.keys() == sorted(texts)


@pytest.mark.parametrize("ends", ["", "甲", "乙丙丁"])
def test_thirteen_wherever_they_lie_about_a_place_of_the_table(store: Passages, ends: str) -> None:
    """Of the units that a run has besides its gram all may stand before it, or all behind; and a text may end there."""
    thirteen = "把学习放在首位做到有计划吗"
    texts = {}
    for before in range(20):
        filling = "".join(chr(0x5000 + 40 * before + number) for number in range(before))
        texts[before] = filling + thirteen + ends
        texts[100 + before] = filling + thirteen[:12]
        texts[200 + before] = ends + thirteen[1:] + filling
    store.build(texts.items())
    store.remove([3, 4])
    store.add([(4, texts[4])])
    del texts[3]
    for report in (thirteen, "子" + thirteen + "丑寅卯", thirteen + ends, ends + thirteen[1:] + ends):
        assert told(store, report) == every_run(report, texts)
        store.compact(whole=True)


def test_marks_only_spare_a_look_at_the_text(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where all marks are the same, everything is looked at, and the answer is the same."""

    def none(found: NDArray[np.uint64], *_: object) -> NDArray[np.uint16]:
        return np.zeros(found.size, np.uint16)

    texts = our_texts()[:12]
    report = planted(random.Random(4), texts, 30)
    monkeypatch.setattr(segment, "sides", none)
    monkeypatch.setattr(question, "sides", none)
    store = Passages(tmp_path, compiled=False)
    store.build(enumerate(texts))
    assert not store.snapshot().segments[0].common.sides.any()
    expected = every_run(report, dict(enumerate(texts)))
    assert len(expected) > 10
    assert told(store, report) == expected


def test_marks_turn_strangers_away(tmp_path: Path) -> None:
    """Grams in common that lie in no run are passed over, but for a few; of places in runs none is."""
    chance = random.Random(8)
    word = "主题党日活动吧"
    filling = ["".join(chr(chance.randrange(0x4E00, 0x9000)) for _ in range(6)) for _ in range(5000)]
    store = Passages(tmp_path, compiled=False)
    store.build([(1, word.join(filling))])
    asked = question.question(normalised(filling[7][4:] + word + filling[8]).units)
    table = store.snapshot().segments[0].common
    lists, _ = runs.common_lists(table, asked.hashes)
    met = [places.size for _, places in runs.common_pairs(table, asked, lists)]
    assert lists[1].sum() > 300
    assert 1 <= sum(met) < 30


def test_two_characters_that_share_a_half_are_two(store: Passages) -> None:
    """U+20000 and U+20001 begin alike in UTF-16, U+20000 and U+20400 end alike."""
    twelve = "一二三四五六七八九十百千"
    store.build([(1, "\U00020000" + twelve + "\U00020000")])
    assert told(store, "\U00020400" + twelve + "\U00020001") == []
    assert told(store, "\U00020400" + twelve + "\U00020000") == [(1, 14, 1, 1, 13)]


def test_a_pair_is_one_character(store: Passages) -> None:
    rare = "".join(chr(0x20000 + number) for number in range(13))
    store.build([(1, "字" + rare)])
    assert told(store, rare[:12]) == []
    assert told(store, "、" + rare + "。") == [(1, 14, 1, 1, 13)]


def test_a_longer_least(store: Passages) -> None:
    text = "坚持把学习放在首位做到有计划有记录有检查有反馈"
    store.build([(1, text), (2, text[:15])])
    assert told(store, text, min_length=16) == [(0, len(text), 1, 0, len(text))]
    with pytest.raises(ValueError, match="below 13"):
        store.find(text, min_length=12)


@pytest.mark.skipif(not kernel.INSTALLED, reason="没有安装 numba：只量得到 numpy 的一种做法")
def test_the_kernel_goes_on_where_its_room_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(kernel, "LOT", 30)
    store, report = Passages(tmp_path), "把学习放在首位有计划有记录有检查"
    store.build((key, f"{key:04}" + report) for key in range(200))
    assert len(told(store, report)) == 200


def test_a_few_candidates_at_a_time(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(runs, "CHUNK", 3)
    texts = dict.fromkeys(range(5), "ab" * 20)
    store = Passages(tmp_path, compiled=False)
    store.build(texts.items())
    assert told(store, "ab" * 15) == every_run("ab" * 15, texts)


def test_a_table_addresses_more_lists_as_texts_grow() -> None:
    chance = np.random.default_rng(1)
    tables = []
    for size in (1_000, 10_000, 100_000):
        units = chance.integers(1, 60_000, size).astype("<u2")
        units[:8] = units[-8:] = 0
        tables.append(segment.tables(units, words(units))[0])
    assert all(0.7 < (1 << table.bits) / table.entries.size < 1.6 for table in tables)
    assert [table.bits for table in tables] == [7, 11, 14]
