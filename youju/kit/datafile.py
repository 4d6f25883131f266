"""YAML data files that know their lines, so that a fault can name file, line and key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

try:
    from yaml import CSafeLoader as Loader
except ImportError:  # PyYAML without libyaml: slower, the same result
    from yaml import SafeLoader as Loader  # type: ignore[assignment]

Key = tuple[str | int, ...]


class DataFault(Exception):
    """A data file that cannot be used. The message reads: 文件 第N行 键 k：句子."""

    def __init__(self, path: Path, line: int, key: str, sentence: str) -> None:
        where = f"{path.name} 第{line}行" + (f" 键 {key}" if key else "")
        super().__init__(f"{where}：{sentence}")
        self.path, self.line, self.key, self.sentence = path, line, key, sentence


@dataclass(frozen=True)
class Located:
    """``data`` as plain Python, with the line on which each key stands."""

    path: Path
    data: Any
    lines: dict[Key, int] = field(repr=False)

    def line_of(self, key: Sequence[str | int]) -> int:
        """Line of the key, or of the nearest key above it that stands in the file."""
        path = tuple(key)
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def fault(self, key: Sequence[str | int], sentence: str) -> DataFault:
        return DataFault(self.path, self.line_of(key), ".".join(map(str, key)), sentence)


def read_yaml(path: Path) -> Located:
    """The file's data with its lines. Raises DataFault when it is missing, not UTF-8, not YAML, or has a key twice."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise DataFault(path, 1, "", "文件读不到。") from error
    except UnicodeDecodeError as error:
        raise DataFault(path, 1, "", "文件不是 UTF-8 编码。") from error
    lines: dict[Key, int] = {}
    try:
        root = yaml.compose(text, Loader=Loader)
        if root is None:
            raise DataFault(path, 1, "", "文件是空的。")
        _walk(path, root, (), lines, ())
        return Located(path, yaml.load(text, Loader=Loader), lines)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise DataFault(path, line, "", f"YAML 写法有误（{error.problem}）。") from error
    except yaml.YAMLError as error:  # a control character: the reader knows no line
        raise DataFault(path, _strange_line(text), "", "有不能出现在 YAML 里的控制字符。") from error
    except ValueError as error:  # 2026-13-45 looks like a date and is none
        raise DataFault(path, 1, "", f"有一个值不成立（{error}）。") from error


def _strange_line(text: str) -> int:
    found = next((at for at, sign in enumerate(text) if ord(sign) < 32 and sign not in "\t\r\n"), 0)
    return text.count("\n", 0, found) + 1


def _walk(path: Path, node: yaml.Node, key: Key, lines: dict[Key, int], above: tuple[yaml.Node, ...]) -> None:
    if node in above:
        raise DataFault(path, node.start_mark.line + 1, ".".join(map(str, key)), "别名指回了它自己。")
    above = (*above, node)
    lines.setdefault(key, node.start_mark.line + 1)
    if isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            _walk(path, item, (*key, index), lines, above)
    elif isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for name, item in node.value:
            label, line = str(name.value), name.start_mark.line + 1
            if label in seen:
                raise DataFault(path, line, label, "同一个键写了两次。")
            seen.add(label)
            lines[(*key, label)] = line
            _walk(path, item, (*key, label), lines, above)
