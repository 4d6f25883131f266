"""What was saved a moment ago is found by the next search, and without an index everything still is."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.library.search.making import entry
from youju.library.entitlements.values import NOBODY, OWNER
from youju.library.search.engine.damage import Damaged
from youju.library.search.engine.index import Index
from youju.library.search.engine.snapshot import Snapshot
from youju.library.search.engine.together import Changes, search
from youju.library.search.rules import read
from youju.library.search.values import OPEN, WHOLE, Entry, Found, Initials

OLD = [entry(number, f"党课第{number}讲", "旧讲稿", genre="a") for number in range(1, 8)]


def indexed(folder: Path) -> Snapshot:
    index = Index(folder)
    with index.writing() as writer:
        writer.put(OLD)
        writer.commit(7)
    snapshot = index.snapshot()
    assert snapshot is not None
    return snapshot


def documents(found: Found) -> list[int]:
    return [hit.document for hit in found.hits]


def test_what_is_newer_than_the_index_is_found_first_and_counted(tmp_path: Path) -> None:
    newer = Changes([2, 3, 20], [entry(2, "改成心得", genre="b"), entry(20, "新的党课", genre="b")])  # 3 was taken out
    found = search(read("党课"), OWNER, indexed(tmp_path), lambda _: newer, limit=10, facets=("genre",))
    assert documents(found)[0] == 20
    assert sorted(documents(found)) == [1, 4, 5, 6, 7, 20]
    assert (found.total, dict(found.facets["genre"])) == (6, {"a": 5, "b": 1})
    assert documents(search(read("心得"), OWNER, indexed(tmp_path), lambda _: newer)) == [2]


def test_pages_go_on_from_the_newer_into_the_index(tmp_path: Path) -> None:
    snapshot = indexed(tmp_path)
    newer = Changes([20, 21, 22], [entry(number, "党课") for number in (20, 21, 22)])
    pages = [search(read("党课"), OWNER, snapshot, lambda _: newer, limit=2, offset=at) for at in range(0, 12, 2)]
    assert [len(page.hits) for page in pages] == [2, 2, 2, 2, 2, 0]
    assert sorted(document for page in pages for document in documents(page)) == [*range(1, 8), 20, 21, 22]
    assert [documents(page) for page in pages[:2]] == [[22, 21], [20, documents(pages[1])[1]]]


def test_without_an_index_all_is_looked_through() -> None:
    asked: list[int | None] = []

    def everything(serial: int | None) -> Changes:
        asked.append(serial)
        return Changes([], OLD)

    assert search(read("党课"), OWNER, None, everything).total == 7
    assert asked == [None]


def test_a_spoilt_index_is_stepped_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def spoilt(*_: object, **__: object) -> Found:
        raise Damaged("spoilt")

    snapshot = indexed(tmp_path)
    monkeypatch.setattr(snapshot, "search", spoilt)
    told: list[str] = []
    found = search(
        read("党课"), OWNER, snapshot, lambda serial: Changes([], OLD if serial is None else []),
        on_damage=lambda: told.append("spoilt"),
    )  # fmt: skip
    assert found.total == 7
    assert told == ["spoilt"]


def test_the_newer_too_are_read_with_the_readers_own_eyes() -> None:
    both: list[Entry] = [entry(9, "党课前后", reading=OPEN), entry(9, "党课前秘密后", reading=WHOLE)]
    assert search(read("秘密"), NOBODY, None, lambda _: Changes([9], both)).total == 0
    assert search(read("前后"), NOBODY, None, lambda _: Changes([9], both)).total == 1
    assert search(read("秘密"), OWNER, None, lambda _: Changes([9], both)).total == 1


def test_letters_that_nothing_holds_are_initials_of_titles(tmp_path: Path) -> None:
    snapshot = indexed(tmp_path)
    found = search(read("jjg"), OWNER, snapshot, lambda _: Changes())  # 旧讲稿
    assert found.total == 7
    assert found.query.tree == Initials("jjg")
    assert "拼音首字母" in found.query.said[-1]
    literal = search(read("jjg"), OWNER, snapshot, lambda _: Changes([8], [entry(8, "写着 JJG 三个字母")]))
    assert documents(literal) == [8]
    nothing = search(read("qqqq"), OWNER, snapshot, lambda _: Changes())
    assert nothing.total == 0
    assert nothing.query == read("qqqq")


def test_a_fault_of_ours_throws_no_index_away(tmp_path: Path) -> None:
    thrown: list[int] = []
    unknown = replace(read("党课"), tree=object())  # type: ignore[arg-type]  # as if a form of question had been forgotten
    with pytest.raises(TypeError):
        search(unknown, OWNER, indexed(tmp_path), lambda _: Changes(), on_damage=lambda: thrown.append(1))
    assert thrown == []


def test_why_an_index_is_thrown_away_is_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    class Spoilt:
        serial = 7

        def search(self, *_: object, **__: object) -> Found:
            raise Damaged("mid > len")

    found = search(read("党课"), OWNER, Spoilt(), lambda _: Changes((), OLD))  # type: ignore[arg-type]
    assert found.total == 7 and "mid > len" in caplog.text
