"""The index on disk: what was put is found, what was taken out is not, and what is spoilt is noticed."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.library.search.making import entry
from youju.library.entitlements.values import NOBODY, OWNER, Reader
from youju.library.search.engine.damage import Damaged
from youju.library.search.engine.index import HELD, Index
from youju.library.search.engine.snapshot import Snapshot
from youju.library.search.matching import matches, value_of
from youju.library.search.rules import read
from youju.library.search.values import ALL, FACETS, OPEN, WHOLE, AddedAfter, Entry, Node


@pytest.fixture
def index(tmp_path: Path) -> Index:
    return Index(tmp_path / "search")


def kept(index: Index, *entries: Entry, serial: int = 1) -> Snapshot:
    with index.writing() as writer:
        writer.put(entries)
        writer.commit(serial)
    return state(index)


def state(index: Index) -> Snapshot:
    snapshot = index.snapshot()
    assert snapshot is not None
    return snapshot


def found(snapshot: Snapshot, typed: str, reader: Reader = OWNER) -> set[int]:
    return set(snapshot.documents(read(typed).tree, reader))


def test_nothing_is_there_before_something_was_written(index: Index) -> None:
    assert index.serial() is None
    assert index.snapshot() is None
    assert index.check() == []
    assert not index.folder.exists(), "looking writes nothing"


def test_what_was_put_is_found_up_to_its_serial(index: Index) -> None:
    snapshot = kept(index, entry(1, "党课讲稿"), entry(2, "年度总结"), serial=7)
    assert found(snapshot, "党课") == {1}
    assert snapshot.serial == index.serial() == 7
    assert index.check() == []


def test_what_is_put_again_takes_the_place_of_what_stood(index: Index) -> None:
    kept(index, entry(1, "党课讲稿"), entry(2, "党课"))
    snapshot = kept(index, entry(1, "心得"), entry(1, "心得全文", reading=WHOLE), serial=2)
    assert found(snapshot, "党课") == {2}
    assert found(snapshot, "心得") == {1}


def test_what_is_removed_is_gone(index: Index) -> None:
    kept(index, entry(1, "党课"), entry(2, "党课"))
    with index.writing() as writer:
        assert writer.serial == 1
        writer.remove([1])
        writer.commit(2)
    assert found(state(index), "党课") == {2}


def test_what_was_not_committed_was_not_written(index: Index) -> None:
    kept(index, entry(1, "党课"))
    with pytest.raises(KeyboardInterrupt), index.writing() as writer:
        writer.put([entry(2, "党课")])
        raise KeyboardInterrupt
    assert found(state(index), "党课") == {1}
    assert found(kept(index, entry(3, "党课")), "党课") == {1, 3}


def test_a_fault_of_what_hands_the_texts_over_is_none_of_the_index(index: Index) -> None:
    def broken_off() -> Iterator[Entry]:
        yield entry(1, "党课")
        raise ConnectionError("the database went away")

    with pytest.raises(ConnectionError), index.writing() as writer:
        writer.put(broken_off())
    assert index.serial() is None


def test_a_snapshot_stays_as_it_was(index: Index) -> None:
    before = kept(index, entry(1, "党课"))
    kept(index, entry(2, "党课"), serial=2)
    assert found(before, "党课") == {1}
    assert before.serial == 1


def test_another_process_sees_what_was_written(index: Index) -> None:
    other = Index(index.folder)
    kept(index, entry(1, "党课"))
    assert found(state(other), "党课") == {1}
    kept(index, entry(2, "党课"), serial=2)
    assert found(state(other), "党课") == {1, 2}


def test_anew_takes_the_place_of_the_old_and_leaves_nothing_behind(index: Index) -> None:
    kept(index, entry(1, "党课"))
    with index.writing(anew=True) as writer:
        assert writer.serial is None
        writer.put([entry(2, "党课")])
        assert found(state(index), "党课") == {1}
        writer.commit(5)
    assert found(state(index), "党课") == {2}
    assert len([path for path in index.folder.iterdir() if path.is_dir()]) == 1


def test_an_index_of_another_edition_is_made_anew(index: Index) -> None:
    kept(index, entry(1, "党课"))
    held = index.folder / HELD
    held.write_text(json.dumps({**json.loads(held.read_text(encoding="utf-8")), "edition": "0-old"}), encoding="utf-8")
    assert index.serial() is None
    assert index.snapshot() is None
    assert found(kept(index, entry(2, "党课")), "党课") == {2}


@pytest.mark.parametrize("text", ["", "{", "[]", '{"edition": 1}'])
def test_a_note_that_cannot_be_read_is_no_index(index: Index, text: str) -> None:
    kept(index, entry(1, "党课"))
    (index.folder / HELD).write_text(text, encoding="utf-8")
    assert index.serial() is None
    assert index.snapshot() is None


def files(index: Index, ending: str) -> list[Path]:
    return sorted(index.folder.rglob(f"*{ending}"))


def spoil(file: Path, data: bytes) -> None:
    """Other bytes at the beginning, in place: the engine has the file in memory, and none of it may go while it reads."""
    with file.open("r+b") as handle:
        handle.write(data)


@pytest.mark.parametrize("ending", [".term", ".pos", ".idx"])
def test_a_spoilt_file_is_noticed(index: Index, ending: str) -> None:
    kept(index, entry(1, "党课"))
    for file in files(index, ending):
        spoil(file, bytes([file.read_bytes()[0] ^ 255]))
    assert any(ending in sentence for sentence in Index(index.folder).check())


def test_an_index_without_its_files_is_begun_anew(index: Index) -> None:
    kept(index, entry(1, "党课"))
    files(index, "meta.json")[0].unlink()
    fresh = Index(index.folder)
    assert fresh.snapshot() is None
    assert fresh.check()
    with fresh.writing() as writer:
        assert writer.serial is None
        writer.put([entry(2, "党课")])
        writer.commit(2)
    assert found(state(fresh), "党课") == {2}


def test_what_breaks_while_searching_is_damage(index: Index) -> None:
    kept(index, *(entry(number, "党课讲稿第一讲") for number in range(1, 300)))
    for file in files(index, ".term"):
        spoil(file, b"\xff" * (file.stat().st_size - 200))
    snapshot = Index(index.folder).snapshot()
    if snapshot is not None:
        with pytest.raises(Damaged):
            snapshot.search(read("党课讲稿").tree, OWNER)


def test_discarded_means_anew(index: Index) -> None:
    kept(index, entry(1, "党课"))
    index.discard()
    index.discard()
    assert index.serial() is None


# --- who reads what ---------------------------------------------------------------------------------------------------

GUARDED = (
    entry(1, "公开的党课"),
    entry(2, "甲单位的党课", scope=10),
    entry(3, "党课前后", reading=OPEN),
    entry(3, "党课前秘密后", reading=WHOLE),
    entry(4, "党课秘密", reading=WHOLE, scope=10),
    entry(4, "党课", reading=OPEN, scope=10),
)
READERS = [
    Reader(scopes, whole, opened)
    for scopes in (None, frozenset(), frozenset({10}), frozenset({11}))
    for whole in (False, True)
    for opened in (frozenset(), frozenset({3}), frozenset({4, 99}))
]


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return kept(Index(tmp_path_factory.mktemp("guarded") / "search"), *GUARDED)


@pytest.mark.parametrize("reader", READERS, ids=str)
@pytest.mark.parametrize("typed", ["党课", "秘密", "前后", "前秘", "-秘密", ""])
def test_a_reader_finds_his_reading_and_no_other(guarded: Snapshot, reader: Reader, typed: str) -> None:
    tree = read(typed).tree
    truth = [one.document for one in GUARDED if one.visible_to(reader) and matches(tree, one)]
    assert len(truth) == len(set(truth)), "one reading of a document, never two"
    result = guarded.search(tree, reader, facets=FACETS)
    assert sorted(hit.document for hit in result.hits) == sorted(truth)
    assert result.total == len(truth) == sum(result.facets["origin"].values())


def test_a_stranger_finds_nothing_of_what_is_restricted(guarded: Snapshot) -> None:
    assert found(guarded, "秘密", NOBODY) == found(guarded, "前秘", NOBODY) == set()
    assert found(guarded, "前后", NOBODY) == {3}
    assert found(guarded, "前后", Reader(opened=frozenset({3}))) == set()


# --- totals, pages, facets, order -------------------------------------------------------------------------------------


def test_totals_pages_and_facets_are_exact(index: Index) -> None:
    entries = [
        entry(number, "党课" * (number % 3 + 1), year=2020 + number % 4 or None, genre="ab"[number % 2])
        for number in range(1, 38)
    ]
    entries.append(entry(38, "党课"))
    snapshot = kept(index, *entries)
    whole = snapshot.search(read("党课").tree, OWNER, limit=100, facets=("genre", "year"))
    assert whole.total == len(whole.hits) == 38
    assert whole.facets["genre"] == {"a": 18, "b": 19, "": 1}
    assert whole.facets["year"] == {"2020": 9, "2021": 10, "2022": 9, "2023": 9, "": 1}
    pages = [snapshot.search(read("党课").tree, OWNER, limit=10, offset=offset) for offset in (0, 10, 20, 30, 40)]
    assert [hit for page in pages for hit in page.hits] == list(whole.hits)
    assert {page.total for page in pages} == {38}
    assert snapshot.search(read("党课").tree, OWNER, limit=0).hits == ()
    none = snapshot.search(read("没有的话").tree, OWNER, facets=("genre",))
    assert (none.total, none.facets) == (0, {"genre": {}})


def test_the_title_weighs_more_and_the_newest_come_first_where_asked(index: Index) -> None:
    snapshot = kept(
        index, entry(1, "党课" + "其他" * 5), entry(2, "讲了" * 30, title="党课讲稿"), entry(3, "党课" + "别的" * 50)
    )
    assert next(hit.document for hit in snapshot.search(read("党课").tree, OWNER).hits) == 2
    assert [hit.document for hit in snapshot.search(read("党课").tree, OWNER, newest=True).hits] == [3, 2, 1]


def test_the_order_tells_nothing_of_what_a_reader_may_not_see(index: Index) -> None:
    """Two texts that hold one asked word each, as often: how often it stands where he does not look makes no difference."""
    mine = (entry(1, "冷链" + "其他" * 9), entry(2, "渡口" + "其他" * 9))
    far = [entry(number, "冷链" + "别的" * 9, scope=7) for number in range(3, 40)]
    closed = [entry(50, "渡口", title="渡口", reading=WHOLE), entry(50, "别的" * 10, reading=OPEN)]
    snapshot = kept(index, *mine, *far, *closed)
    for typed in ("冷链 或 渡口", "冷链其 或 渡口其"):
        scores = [hit.score for hit in snapshot.search(read(typed).tree, NOBODY).hits]
        assert len(scores) == 2 and scores == pytest.approx([scores[0]] * 2, rel=1e-5)
    seen = snapshot.search(read("冷链 或 渡口").tree, Reader(scopes=frozenset({7}))).total
    assert seen == 39


def test_documents_that_changed_since_are_left_out(index: Index) -> None:
    snapshot = kept(index, entry(1, "党课"), entry(2, "党课"))
    assert snapshot.search(read("党课").tree, OWNER, without={2, 5}).total == 1
    assert snapshot.documents(AddedAfter(1), OWNER) == {2}


# --- the engine says what a direct look says --------------------------------------------------------------------------

FEW = "党建a1，。 \n"
ENTRIES = st.lists(
    st.builds(
        lambda body, title, headings, year, genre: (body, title, tuple(headings), year, genre),
        st.text(st.sampled_from(FEW), max_size=12), st.text(st.sampled_from("党重a，"), max_size=4),
        st.lists(st.text(st.sampled_from("党建"), max_size=3), max_size=2),
        st.sampled_from([None, 2022, 2023]), st.sampled_from(["", "a", "b"]),
    ),
    max_size=8,
)  # fmt: skip
TYPED = st.lists(
    st.sampled_from(["党", "建", "党建", "建党", "a", "1", "a1", "“党，建”", "“党 a”", "党，", "。建", "标题:党", "标题:党重", "小标题:建",
                     "首字母:dz", "首字母:dc", "首字母:d", "年:2022", "年:..2022", "年:无", "文种:a", "文种:无", "或", "-", "(", ")", "NOT", "OR"]),
    max_size=6,
)  # fmt: skip


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    yield Index(tmp_path_factory.mktemp("shelf") / "search")


@settings(max_examples=25, deadline=None)
@given(rows=ENTRIES, queries=st.lists(TYPED, min_size=1, max_size=12))
def test_the_engine_finds_what_a_direct_look_finds(
    shelf: Index, rows: list[tuple[str, str, tuple[str, ...], int | None, str]], queries: list[list[str]]
) -> None:
    entries = [
        entry(number, body, title, headings=headings, year=year, genre=genre, reading=ALL)
        for number, (body, title, headings, year, genre) in enumerate(rows, 1)
    ]
    with shelf.writing(anew=True) as writer:
        writer.put(entries)
        writer.commit(1)
    snapshot = state(shelf)
    for words in queries:
        tree: Node = read(" ".join(words)).tree
        truth = {one.document for one in entries if matches(tree, one)}
        assert snapshot.documents(tree, OWNER) == truth, tree
        counted = snapshot.search(tree, OWNER, facets=("year",))
        assert counted.total == len(truth)
        assert sum(counted.facets["year"].values()) == len(truth)
        assert all(value_of(one, "year") in counted.facets["year"] for one in entries if one.document in truth)
