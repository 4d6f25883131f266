"""`youju library search`: the rows other programs read, every match with its paths, and what a reader without right gets."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import pytest

from tests import make
from tests.cast import Cast, standing_cast
from tests.library.making import AT, DAY, document
from youju.cli.library import importing, search
from youju.kit.refusal import NotAllowed
from youju.library.documents.actions import add_copies
from youju.library.documents.queries import last_serial
from youju.library.documents.values import NewCopy, Span
from youju.library.search.queries import index
from youju.people.roles.rules import Role
from youju.upkeep import following

pytestmark = pytest.mark.django_db
SECRET = "全年走访农户二百户。受限的一句在这里。来年再走一遍。"
HIDDEN = Span(SECRET.index("受限"), SECRET.index("来年"))


@pytest.fixture(autouse=True)
def in_this_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_TODAY", DAY.isoformat())
    monkeypatch.setattr(search, "open_folder", lambda args: None)


@pytest.fixture
def cast() -> Cast:
    return standing_cast()


def said(capsys: pytest.CaptureFixture[str], *words: str) -> list[str]:
    parser = argparse.ArgumentParser()
    search.add_arguments(parser)
    assert search.run(parser.parse_args(words)) == 0
    return capsys.readouterr().out.splitlines()


def rows(capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in said(capsys, *words, "--json")]


def test_a_row_tells_what_was_found_where_it_was_given_and_its_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    one = document("青禾镇开展土地托管，\n走访七十四户。别的一句。", title="走访报告", path="资料/走访.txt")
    document("只说托管，也说土地。")
    (row,) = rows(capsys, "“土地托管”")
    assert list(row) == ["document", "path", "title", "source", "score", "snippet"]
    assert (row["document"], row["path"], row["title"], row["source"]) == (one.pk, "资料/走访.txt", "走访报告", "web")
    assert "土地托管" in row["snippet"] and "别的一句" not in row["snippet"] and row["score"] > 0
    (line,) = said(capsys, '"土地托管"')
    assert line.split("\t")[:4] == [str(one.pk), "资料/走访.txt", "走访报告", "web"] and line.count("\t") == 5


def test_the_best_stand_first_and_no_more_than_asked(capsys: pytest.CaptureFixture[str]) -> None:
    document("这里顺便提到冷链一次。" + "其他的事情很多。" * 30)
    best = document("冷链冷链冷链，只讲冷链。", title="冷链")
    found = rows(capsys, "冷链", "--limit", "1")
    assert [row["document"] for row in found] == [best.pk]
    scores = [row["score"] for row in rows(capsys, "冷链")]
    assert len(scores) == 2 and scores == sorted(scores, reverse=True)


def test_ids_are_all_matches_with_every_path_whatever_the_limit(capsys: pytest.CaptureFixture[str]) -> None:
    many = [document(f"第{n}篇讲冷链。", path=f"{n}.txt") for n in range(25)]
    add_copies(copies=[NewCopy(many[0].pk, "又一处/0.txt", many[0].digest)], by=None, at=AT)
    found = rows(capsys, "冷链", "--ids", "--limit", "3")
    assert {row["document"] for row in found} == {one.pk for one in many} and len(found) == 26
    assert [row["path"] for row in found if row["document"] == many[0].pk] == ["0.txt", "又一处/0.txt"]


@pytest.mark.parametrize("words", ["受限的一句", "“二百户。受限”", "“这里。来年”"])
def test_a_restricted_span_is_not_there_for_who_has_no_right(
    capsys: pytest.CaptureFixture[str], cast: Cast, words: str
) -> None:
    row = document(SECRET, restricted=(HIDDEN,))
    for more in ((), ("--ids",)):
        assert rows(capsys, words, *more, "--as", cast.clerk.username) == []
        assert [one["document"] for one in rows(capsys, words, *more)] == [row.pk]
    keeper = make.user("素材员", unit=cast.above, role=Role.LIBRARIAN)
    assert rows(capsys, words, "--as", keeper.username)
    (open_row,) = rows(capsys, "走访农户", "--as", cast.clerk.username)
    assert "受限" not in json.dumps(open_row, ensure_ascii=False)


def test_another_units_documents_are_not_found_and_who_has_no_library_is_refused(
    capsys: pytest.CaptureFixture[str], cast: Cast
) -> None:
    document("只给青禾支部看的一篇。", unit=cast.branch)
    assert rows(capsys, "青禾支部", "--as", cast.clerk.username)
    assert rows(capsys, "青禾支部", "--as", cast.other_clerk.username) == []
    with pytest.raises(NotAllowed):
        said(capsys, "青禾支部", "--as", cast.stranger.username)


def test_what_a_fault_keeps_the_indexes_from_is_in_all_the_same(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(**_: object) -> int:
        raise OSError("No space left on device")

    monkeypatch.setattr(following, "follow_library", full)
    importing.follow()
    assert "检索还没有跟上（No space left on device）" in capsys.readouterr().err


def test_a_fault_of_ours_is_no_fault_of_the_indexes(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_: object) -> int:
        raise TypeError("ours")

    monkeypatch.setattr(following, "follow_library", broken)
    with pytest.raises(TypeError):
        importing.follow()


def test_an_import_leaves_an_index_that_is_up_to_date(
    capsys: pytest.CaptureFixture[str], settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DATA = tmp_path / "库"
    monkeypatch.setattr(importing, "open_folder", lambda args, create: None)
    (tmp_path / "一.txt").write_text("青禾支部总结\n一、做法\n冷链配送降了空驶。\n", encoding="utf-8")
    parser = argparse.ArgumentParser()
    importing.add_arguments(parser)
    assert importing.run(parser.parse_args([str(tmp_path / "一.txt")])) == 0
    assert index().serial() == last_serial() > 0
    capsys.readouterr()
    assert [row["path"] for row in rows(capsys, "冷链配送", "--ids")] == [str(tmp_path / "一.txt")]
