"""The text a command is asked about: a file, or what comes on standard input, with every character where it stands."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

LARGEST = 20 * 1024 * 1024


class Unreadable(Exception):
    """The input cannot be read; the message is the sentence shown."""

    @property
    def sentence(self) -> str:
        return str(self)


def add_input(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="txt、docx 或 pdf 文件；- 为标准输入")


def read_input(name: str) -> str:
    """The text of the file. Raises Unreadable."""
    if name == "-":
        return _decoded(sys.stdin.buffer.read(LARGEST + 1), "标准输入")
    path = Path(name)
    if path.suffix.lower() not in ("", ".txt", ".md", ".text"):
        return _document(path)
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except IsADirectoryError:
        raise Unreadable(f"{name} 是文件夹，请给一个文件。") from None
    except FileNotFoundError:
        raise Unreadable(f"没有 {name} 这个文件。") from None
    except OSError as error:
        raise Unreadable(f"{name} 读不出来：{error.strerror}。") from None
    return _decoded(data, name)


def _document(path: Path) -> str:
    from youju.paper.reading import UnreadableFile, read_document

    try:
        return read_document(path).text
    except UnreadableFile as fault:
        raise Unreadable(str(fault)) from None


def _decoded(data: bytes, name: str) -> str:
    if len(data) > LARGEST:
        raise Unreadable(f"{name} 超过 20 MB，没有读。")
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(f"{name} 不是 UTF-8 或 GB18030 的文字，读不出来。")
