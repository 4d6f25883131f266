"""A store on the disk: one writer, readers that keep what they opened, and no change by halves."""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.library.passages.engine.cut_off import MORE, TEXT
from tests.library.passages.engine.oracle import every_run, told
from youju.library.passages.engine import Passages, Stale, disk, store
from youju.library.passages.engine.passages import to_merge
from youju.library.passages.engine.store import Part

ROOT = Path(__file__).resolve().parents[4]


def segments(place: Passages) -> list[int]:
    """How many living texts each segment has."""
    return [int((~segment.dead).sum()) for segment in place.snapshot().segments]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="这个系统没有 fork：写到一半断电的情形没有量")
def test_a_change_that_is_cut_off_leaves_the_old_state_or_the_new(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.library.passages.engine.cut_off", str(tmp_path)],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    killed = {name: int(times) for name, times in (line.split() for line in done.stdout.splitlines())}
    assert killed.keys() == {"build", "add", "remove", "compact"}
    assert min(killed["build"], killed["add"], killed["compact"]) > 12


def test_a_reader_keeps_what_it_opened_and_sees_the_next_state_at_once(tmp_path: Path) -> None:
    keeper, reader = Passages(tmp_path), Passages(tmp_path)
    keeper.build([(1, TEXT)])
    opened = reader.snapshot()
    keeper.build([(2, MORE)])
    assert opened.segments[0].text(0).tobytes().decode("utf-16-le") == TEXT
    assert told(reader, TEXT) == []
    assert [row[2] for row in told(reader, MORE)] == [2]


def test_writers_come_one_after_the_other(tmp_path: Path) -> None:
    stores = [Passages(tmp_path) for _ in range(4)]
    writers = [threading.Thread(target=place.add, args=([(key, TEXT)],)) for key, place in enumerate(stores)]
    with disk.only_writer(tmp_path):
        for writer in writers:
            writer.start()
        assert stores[0].keys() == []
    for writer in writers:
        writer.join()
    assert stores[0].keys() == [0, 1, 2, 3]


def test_a_text_added_again_takes_the_place_of_the_former(tmp_path: Path) -> None:
    place = Passages(tmp_path)
    place.build([(1, TEXT), (2, TEXT)])
    place.add([(1, MORE)])
    assert told(place, TEXT + MORE) == every_run(TEXT + MORE, {1: MORE, 2: TEXT})
    with pytest.raises(ValueError, match="twice"):
        place.add([(5, TEXT), (5, MORE)])
    assert place.keys() == [1, 2]


def test_the_mark_changes_with_the_texts(tmp_path: Path) -> None:
    place = Passages(tmp_path)
    assert place.mark == 0
    place.build([(1, TEXT)], mark=40)
    place.add([(2, TEXT)])
    assert place.mark == 40
    place.remove([2], mark=41)
    place.compact(whole=True)
    assert Passages(tmp_path).mark == 41


def test_many_small_additions_leave_few_segments(tmp_path: Path) -> None:
    place = Passages(tmp_path)
    place.build((1000 + key, TEXT * 40) for key in range(40))
    for key in range(35):
        place.add([(key, TEXT)])
    assert segments(place) == [40, 32, 2, 1]
    place.compact()
    assert segments(place) == [40, 32, 3]
    place.compact(whole=True)
    assert segments(place) == [75]
    assert place.find(TEXT).texts == 75


def test_what_was_removed_is_dropped_by_a_merge(tmp_path: Path) -> None:
    place = Passages(tmp_path)
    place.build((key, TEXT) for key in range(10))
    place.remove([3, 999])
    size = place.snapshot().segments[0].units.size
    place.compact()
    assert place.snapshot().segments[0].units.size == size  # one in ten is not worth it
    place.remove([4])
    place.compact()
    assert place.snapshot().segments[0].units.size < size
    place.remove(range(10))
    assert segments(place) == []
    assert place.keys() == []


def test_which_segments_are_worth_merging() -> None:
    def of(size: int, dead: int = 0) -> Part:
        return Part(str(size), size, 100, (4, 4), 8, False, tuple(range(dead)))

    assert to_merge((of(9000), of(600), of(50), of(10)), whole=False) == [of(10), of(50)]
    assert to_merge((of(9000), of(600), of(50)), whole=False) == []
    assert to_merge((of(9000), of(2000), of(50)), whole=False) == [of(50), of(2000), of(9000)]
    assert to_merge((of(9000, dead=13), of(50)), whole=False) == [of(50), of(9000, dead=13)]
    assert to_merge((of(9000),), whole=True) == []


def test_a_segment_has_its_largest_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "LARGEST", 100)
    place = Passages(tmp_path)
    texts = {key: f"{key:03}" + TEXT for key in range(20)}
    place.build(texts.items())
    assert len(segments(place)) > 5
    assert told(place, texts[3]) == every_run(texts[3], texts)


def test_a_store_of_another_form_is_built_anew(tmp_path: Path) -> None:
    place = Passages(tmp_path)
    place.build([(1, TEXT)])
    manifest = tmp_path / store.MANIFEST
    manifest.write_text(json.dumps({**json.loads(manifest.read_text()), "form": "0"}))
    for use in (place.keys, lambda: place.find(TEXT), lambda: place.add([(2, TEXT)])):
        with pytest.raises(Stale):
            use()
    place.build([(2, MORE)])
    assert place.keys() == [2]
    manifest.write_text("{")
    place.build([(3, MORE)])
    assert place.keys() == [3]
    assert len(list(tmp_path.glob("segment-*"))) == 1


def test_a_segment_that_is_lost_is_told(tmp_path: Path) -> None:
    place = Passages(tmp_path)
    place.build([(1, TEXT)])
    disk.clear(next(tmp_path.glob("segment-*")))
    with pytest.raises(FileNotFoundError):
        Passages(tmp_path).find(TEXT)


@pytest.mark.parametrize("name", sorted(store.KINDS))
@pytest.mark.parametrize("kept", [0, 8, -8])
def test_a_file_that_was_cut_off_is_told_before_it_is_asked(tmp_path: Path, name: str, kept: int) -> None:
    """The kernel would look past its end, and the process with all that it serves would be gone."""
    place = Passages(tmp_path)
    place.build((key, f"{TEXT}{key}" * 9) for key in range(200))
    (file,) = tmp_path.glob(f"segment-*/{name}")
    whole = file.read_bytes()
    assert len(whole) > 16
    file.write_bytes(whole[:kept])
    with pytest.raises(ValueError, match="not those that were written"):
        Passages(tmp_path).find(TEXT)
    place.build([(1, TEXT)])
    assert Passages(tmp_path).keys() == [1]


@pytest.mark.parametrize("said", ["[]", "null", "3", '"x"', '{"form": FORM, "parts": [], "written": "a", "mark": 0}'])
def test_a_manifest_of_something_else_is_told_and_built_over(tmp_path: Path, said: str) -> None:
    place = Passages(tmp_path)
    place.build([(1, TEXT)])
    (tmp_path / store.MANIFEST).write_text(said.replace("FORM", json.dumps(store.FORM)))
    (tmp_path / "segment-other").mkdir()
    (tmp_path / "segment-00000002").write_text("a file where a folder is to come")
    with pytest.raises(TypeError):
        place.find(TEXT)
    place.build([(2, MORE)])
    assert place.keys() == [2]
