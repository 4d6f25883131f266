"""A data file that cannot be used says so with file, line and key."""

import pytest

from youju.kit.datafile import DataFault, read_yaml
from youju.kit.schema import Strict, validated


class Rule(Strict):
    id: str
    most: int


class Book(Strict):
    rules: tuple[Rule, ...]


def fault_of(tmp_path, text):
    path = tmp_path / "书.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataFault) as caught:
        validated(path, Book)
    return caught.value


@pytest.mark.parametrize(
    ("text", "line", "key"),
    [
        ("rules:\n- id: a\n  most: viele\n", 3, "rules.0.most"),
        ("rules:\n- id: a\n", 2, "rules.0.most"),
        ("rules:\n- id: a\n  most: 1\n  mots: 2\n", 4, "rules.0.mots"),
        ("rules:\n- id: a\n  most: 1\n  most: 2\n", 4, "most"),
        ("rules: 3\n", 1, "rules"),
    ],
)
def test_a_fault_names_line_and_key(tmp_path, text, line, key):
    fault = fault_of(tmp_path, text)
    assert (fault.line, fault.key) == (line, key)
    assert str(fault).startswith(f"书.yaml 第{line}行 键 {key}：") and str(fault).endswith("。")


@pytest.mark.parametrize(
    "text",
    [
        "rules: [",
        "",
        "a: 1\n---\nb: 2",
        "? [a, b]\n: c",
        "a: !!python/object:os.system x",
        "a: \x01",
        "a: 2026-13-45",
        "a: &x [*x]",
        "a: *y",
    ],
)
def test_what_is_not_plain_yaml_is_a_fault_and_no_traceback(tmp_path, text):
    assert fault_of(tmp_path, text).sentence


def test_a_missing_file_and_a_foreign_encoding_are_faults(tmp_path):
    with pytest.raises(DataFault, match="读不到"):
        read_yaml(tmp_path / "none.yaml")
    (tmp_path / "gbk.yaml").write_bytes("名: 值".encode("gbk"))
    with pytest.raises(DataFault, match="UTF-8"):
        read_yaml(tmp_path / "gbk.yaml")


def test_a_key_that_is_missing_is_sought_at_the_nearest_key_above(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text("one:\n  two:\n    three: 3\n", encoding="utf-8")
    located = read_yaml(path)
    assert located.line_of(("one", "two", "three")) == 3
    assert located.line_of(("one", "two", "four", "five")) == 2
    assert located.line_of(("nine",)) == 1
