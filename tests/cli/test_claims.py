"""`youju claims` and `youju kinds` as other programs call them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from youju.prose.vocabulary import KINDS

TEXT = "今年以来，支部召开支委会12次。认真落实“三会一课”制度。"


def youju(*args: str, given: str | bytes = "") -> subprocess.CompletedProcess[bytes]:
    data = given.encode() if isinstance(given, str) else given
    return subprocess.run([sys.executable, "-m", "youju.cli", *args], input=data, capture_output=True, check=False)


def test_rows_on_standard_input() -> None:
    done = youju("claims", "-", "--json", given=TEXT)
    assert (done.returncode, done.stderr) == (0, b"")
    row = json.loads(done.stdout.splitlines()[0])
    assert (row["text"], row["kinds"], row["period"]) == ("12次", ["committee_meeting"], "今年以来")
    assert "rule" not in row


def test_explain_names_the_rule() -> None:
    done = youju("claims", "-", "--json", "--explain", given=TEXT)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(r["class"], r["rule"]) for r in rows] == [("work", "noun_before"), ("none", "name_or_title")]


def test_a_table_for_people(tmp_path: Path) -> None:
    path = tmp_path / "报告.txt"
    path.write_text(TEXT, encoding="utf-8")
    shown = youju("claims", str(path)).stdout.decode()
    assert "已做" in shown and "支委会" in shown and "三会一课" not in shown
    assert "name_or_title" in youju("claims", str(path), "--explain").stdout.decode()
    assert youju("claims", "-", given="没有数字。").stdout.decode() == "没有读到数字说法。\n"


@pytest.mark.parametrize(("data", "count"), [(TEXT.encode("gb18030"), 12), (b"\xef\xbb\xbf" + TEXT.encode(), 12)])
def test_other_encodings(data: bytes, count: int) -> None:
    row = json.loads(youju("claims", "-", "--json", given=data).stdout.splitlines()[0])
    assert row["value"] == count


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("没有.txt", None, "没有"),
        ("", None, "文件夹"),
        ("坏.txt", b"\xff\xff\xff\xfe\x81", "不是 UTF-8"),
        ("坏.docx", b"this is no docx", ""),
        ("大.txt", b"a" * (20 * 1024 * 1024 + 1), "20 MB"),
    ],
)
def test_what_cannot_be_read_is_answered_with_one_sentence(
    tmp_path: Path, name: str, data: bytes | None, sentence: str
) -> None:
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    done = youju("claims", str(path), "--json")
    assert (done.returncode, done.stdout) == (2, b"")
    message = done.stderr.decode()
    assert sentence in message
    assert message.count("\n") == 1
    assert "Traceback" not in message


def test_kinds() -> None:
    rows = [json.loads(line) for line in youju("kinds", "--json").stdout.splitlines()]
    assert [row["id"] for row in rows] == list(KINDS)
    assert list(rows[0]) == ["id", "zh", "family", "words"]
    assert "支委会（committee_meeting" in youju("kinds").stdout.decode()


def test_neither_loads_django() -> None:
    code = "import sys; from youju.cli import main; main(['kinds']); main(['claims', '/dev/null']); assert not {'django', 'pydantic'} & set(sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0
