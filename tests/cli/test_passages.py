"""`youju passages`: rows for programs, lines for people, and whose eyes read."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.cast import standing_cast
from tests.library.making import document
from youju.cli import main
from youju.cli import passages as command
from youju.library.passages.following import follow

pytestmark = pytest.mark.django_db
KEYS = ["start", "end", "document", "path", "document_start", "document_end", "length"]
COPIED = "春耕时节把农资送到村口，一户一户问缺什么、要多少，当天登记当天配送"
TEXT = f"述职报告\n一年来，{COPIED}。深入学习贯彻习近平新时代中国特色社会主义思想。"


@pytest.fixture(autouse=True)
def in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The ledger is the test's own; the command finds it open."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(command, "open_folder", lambda args: None)
    Path("稿.txt").write_text(TEXT, encoding="utf-8")


def run(*arguments: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["passages", *arguments]) == 0
    return capsys.readouterr().out


def rows(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def test_rows_have_their_keys_and_their_places(capsys: pytest.CaptureFixture[str]) -> None:
    stored = f"摘录。{COPIED}"
    row = document(stored, path="素材/一.txt")
    follow()
    (one,) = rows(run("稿.txt", "--json", capsys=capsys))
    assert list(one) == KEYS
    assert TEXT[one["start"] : one["end"]] == COPIED == stored[one["document_start"] : one["document_end"]]
    assert (one["document"], one["path"], one["length"]) == (row.pk, "素材/一.txt", 30)


def test_all_sets_nothing_aside_and_a_longer_least_leaves_the_shorter_out(capsys: pytest.CaptureFixture[str]) -> None:
    document(f"{COPIED}。学习习近平新时代中国特色社会主义思想。")
    lengths = lambda *more: [row["length"] for row in rows(run("稿.txt", "--json", *more, capsys=capsys))]  # noqa: E731
    assert lengths() == [30]
    assert lengths("--all") == [30, 16]
    assert lengths("--all", "--min", "20") == [30]


def test_a_text_on_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    document(COPIED)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode("gb18030"))))
    (one,) = rows(run("-", "--json", capsys=capsys))
    assert TEXT[one["start"] : one["end"]] == COPIED


def test_lines_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(7):
        document(f"第{number}篇，{COPIED}。习近平新时代中国特色社会主义思想", title=f"总结{number}")
    said = run("稿.txt", capsys=capsys)
    assert "相同 1 段 30 字。" in said and "总结0" in said and "共 7 篇。" in said
    assert "略去了 惯用语 1 处，加 --all 一并列出。" in said
    assert said.count("总结0") == 1 and "总结0　网络收集　30 字" in said
    assert "总结6" in run("稿.txt", "--all", capsys=capsys)


def test_what_no_row_tells_is_said_beside_the_rows(capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(23):
        document(f"第{number}篇，{COPIED}，{COPIED[:14]}。习近平新时代中国特色社会主义思想")
    assert main(["passages", "稿.txt", "--json"]) == 0
    heard = capsys.readouterr()
    assert len(rows(heard.out)) == 20
    assert heard.err == "还有 26 处相同的没有列出，略去了 惯用语 1 处，加 --all 全部列出。\n"
    assert main(["passages", "稿.txt", "--json", "--all"]) == 0
    heard = capsys.readouterr()
    assert len(rows(heard.out)) == 20 + 26 + 23 and heard.err == ""


def test_it_answers_as_who_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    cast = standing_cast()
    document(COPIED, unit=cast.other)
    assert rows(run("稿.txt", "--json", capsys=capsys))
    assert rows(run("稿.txt", "--json", "--as", cast.other_clerk.username, capsys=capsys))
    assert not rows(run("稿.txt", "--json", "--as", cast.clerk.username, capsys=capsys))


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["没有.txt"], "没有 没有.txt 这个文件"),
        (["稿.txt", "--min", "12"], "不小于 13"),
        (["稿.txt", "--as", "无此人"], "没有“无此人”这个账号"),
    ],
)
def test_what_cannot_be_done_is_said(
    arguments: Sequence[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["passages", *arguments]) == 2
    assert sentence in capsys.readouterr().err
