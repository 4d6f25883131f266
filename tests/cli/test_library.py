"""`youju library import` and `stats`: a folder is made, files come in once, and a killed import goes on."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.library.intake.making import packed, report, write

OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
SLOW = (
    "import sys, time\n"
    "from youju import cli\n"
    "from youju.library.intake import listing\n"
    "read = listing.read_file\n"
    "listing.read_file = lambda file: (time.sleep(0.02), read(file))[1]\n"
    "sys.exit(cli.main(sys.argv[1:]))\n"
)


def started(*words: object, slowly: bool = False) -> "subprocess.Popen[str]":
    environment = {name: value for name, value in os.environ.items() if not name.startswith("YOUJU_")}
    begin = ["-c", SLOW] if slowly else ["-m", "youju.cli"]
    return subprocess.Popen(
        [sys.executable, *begin, *map(str, words)], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        encoding="utf-8",
    )  # fmt: skip


def run(*words: object) -> tuple[int, str, str]:
    process = started(*words)
    out, err = process.communicate(timeout=300)
    return process.returncode, out, err


def test_a_missing_folder_is_made_and_each_file_has_its_outcome(tmp_path: Path) -> None:
    given = write(
        tmp_path / "资料", {"甲.txt": report(1), "旧.doc": OLD_WORD, ".x": "x", "包.zip": packed({"乙.txt": report(2)})}
    )
    data = tmp_path / "新" / "库"
    code, out, err = run("library", "import", given, "--data", data, "--origin", "superior", "--json")
    rows = {row["path"].rpartition("/")[2]: row for row in map(json.loads, out.splitlines())}
    assert code == 0, err
    assert {name: row["state"] for name, row in rows.items()} == {
        "甲.txt": "added",
        "旧.doc": "refused",
        "乙.txt": "added",
    }
    assert rows["乙.txt"]["path"] == f"{given}/包.zip/乙.txt" and rows["旧.doc"]["sentence"].endswith("。")
    assert "入库 2 篇，没有入库 1 份。" in err and "略过隐藏文件、系统文件和链接 1 个" in err
    code, out, _ = run("library", "import", given, "--data", data)
    assert code == 0 and "没有入库" in out and "已入过 2 份" in out
    code, out, _ = run("library", "stats", "--data", data, "--json")
    stock = json.loads(out)
    assert (code, stock["documents"], stock["copies"], stock["origins"]) == (0, 2, 2, {"superior": 2})
    code, out, _ = run("library", "stats", "--data", data)
    assert code == 0 and out.startswith("素材 2 篇，")
    assert run("verify", "--data", data)[0] == 0


def test_what_is_not_there_makes_no_folder(tmp_path: Path) -> None:
    code, _, err = run("library", "import", tmp_path / "没有", "--data", tmp_path / "库")
    assert code == 2 and "找不到" in err and not (tmp_path / "库").exists()
    assert run("library", "stats", "--data", tmp_path / "库")[0] == 2


def test_nothing_taken_at_all_is_not_done(tmp_path: Path) -> None:
    given = write(tmp_path / "资料", {"旧.doc": OLD_WORD})
    code, out, _ = run("library", "import", given, "--data", tmp_path / "库")
    assert code == 2 and "旧.doc：" in out


@pytest.mark.skipif(sys.platform == "win32", reason="Windows 没有 SIGKILL")
def test_an_import_that_is_killed_goes_on_and_nothing_is_there_twice(tmp_path: Path) -> None:
    count = 160
    given = write(tmp_path / "资料", {f"{number:03d}.txt": report(number) for number in range(count)})
    data = tmp_path / "库"
    killed = started("library", "import", given, "--data", data, slowly=True)
    deadline = time.monotonic() + 200
    while (
        killed.poll() is None and time.monotonic() < deadline and not any((data / "files").glob("[0-9a-f][0-9a-f]/*"))
    ):
        time.sleep(0.01)
    killed.send_signal(signal.SIGKILL)
    killed.communicate(timeout=60)
    assert killed.returncode == -signal.SIGKILL
    lying = list((data / "files").glob("[0-9a-f][0-9a-f]/*"))
    assert 0 < len(lying) < count
    code, out, err = run("library", "import", given, "--data", data)
    assert (code, out) == (0, f"入库 {count} 篇。\n"), err
    stock = json.loads(run("library", "stats", "--data", data, "--json")[1])
    assert stock["documents"] == stock["copies"] == count
    assert len(list((data / "files").glob("[0-9a-f][0-9a-f]/*"))) == count
    assert run("verify", "--data", data)[:2] == (0, "封存、修订、文件和台账一致。\n")
