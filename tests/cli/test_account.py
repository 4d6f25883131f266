"""`youju account`: on the machine itself, from the first account to its end."""

import subprocess
import sys
from pathlib import Path

from youju.cli import main

PASSWORD = "a-green-field-0713\n"
FIRST = ("first", "chengyuan", "--name", "程远", "--branch", "青禾县供销社机关党支部", "--password-stdin")


def youju(folder: Path, *words: str, typed: str = "") -> tuple[int, str, str]:
    """(code, what was printed, what was said) of one `youju account …`; settings are read once a process."""
    command = [sys.executable, "-m", "youju.cli", "account", *words, "--data", str(folder)]
    done = subprocess.run(command, input=typed, capture_output=True, encoding="utf-8", check=False)
    return done.returncode, done.stdout, done.stderr


def test_from_the_first_account_to_the_end_of_one(tmp_path: Path) -> None:
    code, said, fault = youju(tmp_path, *FIRST, typed=PASSWORD)
    assert (code, fault) == (0, ""), fault
    assert "已启用：青禾县供销社机关党支部" in said
    assert youju(tmp_path, *FIRST, typed=PASSWORD)[0::2] == (
        2, "这里已经有人启用了，请用发给您的登录名登录；还没有账号就请站点管理员开一个。\n",
    )  # fmt: skip
    add = ("add", "shuji", "--name", "书记甲", "--unit", "供销社", "--role", "secretary", "--password-stdin")
    assert youju(tmp_path, *add, typed=PASSWORD)[:2] == (
        0, "已建立账号 shuji：书记甲，青禾县供销社机关党支部的书记。\n",
    )  # fmt: skip
    assert youju(tmp_path, *add, typed=PASSWORD)[0::2] == (2, "这个登录名已经有人用了。\n")
    weak = youju(tmp_path, "password", "shuji", "--password-stdin", typed="short\n")
    assert weak[0] == 2 and "至少要 10 个字符" in weak[2]
    assert youju(tmp_path, "password", "SHUJI", "--password-stdin", typed="a-blue-river-1024\n")[0] == 0
    asked = youju(tmp_path, "password", "shuji", typed="a-blue-river-1024\n")
    assert asked[0] == 2 and "--password-stdin" in asked[2]  # a pipe is no terminal
    assert youju(tmp_path, "close", "nobody")[0] == 2
    assert youju(tmp_path, "close", "shuji")[:2] == (0, "账号 shuji 已停用。\n")
    assert youju(tmp_path, "close", "shuji")[0] == 2
    code, said, _ = youju(tmp_path, "list")
    assert code == 0
    assert said.splitlines() == [
        "chengyuan\t程远\t可登录\t青禾县供销社机关党支部·党务工作者、青禾县供销社机关党支部·站点管理员",
        "shuji\t书记甲\t已停用\t青禾县供销社机关党支部·书记",
    ]


def test_wrong_use_is_said(tmp_path: Path, capsys: object) -> None:
    assert youju(tmp_path / "none", "list")[0] == 2
    assert not (tmp_path / "none").exists()
    assert main(["account"]) == 2
    assert main(["account", "add", "x", "--name", "x", "--unit", "x", "--role", "king"]) == 2
    assert "没有 'king'" in capsys.readouterr().err  # type: ignore[attr-defined]


def test_before_the_first_start_there_is_nobody_to_add_to(tmp_path: Path) -> None:
    assert youju(tmp_path, *FIRST, typed="short\n")[0] == 2  # made the folder, and nobody in it
    add = ("add", "shuji", "--name", "书记甲", "--unit", "供销社", "--role", "secretary", "--password-stdin")
    code, _, fault = youju(tmp_path, *add, typed=PASSWORD)
    assert code == 2 and "youju account first" in fault
