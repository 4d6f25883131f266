"""What is told of a text: its passages with their sources, cut lists and whole counts, for whom it is allowed."""

from pathlib import Path

import numpy as np
import pytest

from youju.library.passages.engine import Passages, Source, found, kernel, normalised

STUDY = "坚持把学习放在首位做到有计划有记录有检查有反馈"
RULES = "严格执行请示报告制度重大事项集体讨论会议决定"
BOTH = "今年，" + STUDY + "。此外，" + RULES + "！"


@pytest.fixture(params=[False, True], ids=["numpy", "kernel"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Passages:
    if request.param and not kernel.INSTALLED:
        pytest.skip("没有安装 numba：只量得到 numpy 的一种做法")
    return Passages(tmp_path / "passages", compiled=request.param)


def test_passages_with_their_sources(store: Passages) -> None:
    store.build([(1, STUDY), (2, "另外" + STUDY[:15] + "，" + RULES), (3, "没有相同的话")])
    found = store.find(BOTH)
    assert [BOTH[p.start : p.end] for p in found.passages] == [STUDY, RULES]
    assert found.length == len(STUDY) + len(RULES)
    assert (found.runs, found.texts) == (3, 2)
    first, second = found.passages
    assert first.sources == (Source(1, 3, 3 + len(STUDY), 0, len(STUDY), 1), Source(2, 3, 18, 2, 15, 1))
    assert [source.key for source in second.sources] == [2]


def test_a_list_is_cut_and_its_counts_are_whole(store: Passages) -> None:
    store.build((key, STUDY * 2 if key == 7 else STUDY) for key in range(50))
    (passage,) = store.find(STUDY, cap=3).passages
    assert (passage.texts, passage.runs, len(passage.sources)) == (50, 51, 3)
    assert [source.key for source in passage.sources] == [0, 1, 2]
    (passage,) = store.find(STUDY, cap=50).passages
    assert {source.key: source.runs for source in passage.sources}[7] == 2


def test_the_earliest_come_first_where_an_order_is_given(store: Passages) -> None:
    store.build([(1, STUDY), (2, STUDY[:14]), (3, STUDY[:16]), (4, STUDY[2:])])
    asked: list[list[int]] = []

    def days(keys: list[int]) -> dict[int, int]:
        asked.append(keys)
        return {1: 20240103, 2: 20230101, 3: 20230101}

    (passage,) = store.find(STUDY, order=days, cap=3).passages
    assert [source.key for source in passage.sources] == [3, 2, 1]
    assert asked == [[1, 2, 3, 4]]


def test_runs_that_only_touch_are_two_passages(store: Passages) -> None:
    store.build([(1, STUDY), (2, RULES)])
    assert len(store.find(STUDY + RULES).passages) == 2
    store.add([(3, STUDY[-7:] + RULES[:7])])
    assert len(store.find(STUDY + RULES).passages) == 1


@pytest.mark.parametrize(
    "allowed",
    [{2}, [2], {2: "x"}, np.array([2, 9]), lambda keys: [key for key in keys if key == 2]],
    ids=["set", "list", "mapping", "array", "function"],
)
def test_a_reader_is_answered_as_if_the_others_did_not_exist(store: Passages, allowed: object) -> None:
    store.build([(1, STUDY), (2, RULES), (3, BOTH)])
    found = store.find(BOTH, allowed)  # type: ignore[arg-type]
    alone = Passages(store.folder.with_name("alone"), compiled=store.compiled)
    alone.build([(2, RULES)])
    assert found == alone.find(BOTH)
    assert found.texts == 1


def test_nothing_in_common(store: Passages) -> None:
    assert store.find(BOTH).passages == ()
    store.build([(1, STUDY)])
    for text in ("", "短", RULES, STUDY[:12]):
        assert store.find(text) == store.find("")
    assert store.find(BOTH, set()).runs == 0


def test_a_source_tells_where_it_stands_in_its_text(store: Passages) -> None:
    text = "一、引言\n（略）\U00020000：" + STUDY[:9] + "，\n" + STUDY[9:] + "。"
    store.build([(1, text)])
    (passage,) = store.find(STUDY).passages
    (source,) = passage.sources
    start, end = normalised(text).stretch(source.text_start, source.length)
    assert text[start:end] == STUDY[:9] + "，\n" + STUDY[9:]


@pytest.mark.skipif(not kernel.INSTALLED, reason="没有安装 numba：只量得到 numpy 的一种做法")
@pytest.mark.parametrize("bits", [found.BITS, 4], ids=["in one number", "in several"])
def test_both_ways_list_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bits: int) -> None:
    monkeypatch.setattr(found, "BITS", bits)
    chance = np.random.default_rng(3)
    pieces = [STUDY, RULES, STUDY[4:] + RULES[:9], RULES[3:17], STUDY[:14]]
    texts = [(key, "。".join(chance.choice(pieces, 6)) + str(key)) for key in range(120)]
    plain, compiled = (Passages(tmp_path, compiled=way) for way in (False, True))
    plain.build(texts)
    plain.add((key + 500, text) for key, text in texts[:40])
    report = "！".join(pieces * 3)
    ranks = {key: int(chance.integers(4)) for key, _ in texts}
    for order in (None, lambda keys: ranks):
        for cap in (0, 1, 7, 1000):
            assert plain.find(report, cap=cap, order=order) == compiled.find(report, cap=cap, order=order)
