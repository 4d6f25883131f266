"""What is offered: files, folders and archives, listed before anything is read."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from youju.kit.refusal import Refusal
from youju.library.intake.archives import LARGE, Archives, is_archive
from youju.library.intake.rules import is_system, shown
from youju.library.intake.values import NotTaken, Offer
from youju.paper.reading import limits

# Missing on Windows, which knows no such files.
UNFOLLOWED = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
UNREADABLE = "打不开，请检查文件的权限，或确认没有被别的程序占用。"
CHANGED = "列出之后被换成了别的东西，没有读。"


class Listing:
    """Offers in the order in which they are to be read. Close it, for an archive may be open."""

    def __init__(self, *, leave_out: Path | None = None) -> None:
        self.offers: list[Offer] = []
        self.passed_over = 0
        self._archives = Archives()
        self._leave_out = leave_out.resolve() if leave_out else None

    def __enter__(self) -> Listing:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, tb: TracebackType | None) -> None:
        self._archives.close()

    def add_path(self, given: str) -> None:
        """A folder with all below it, an archive, or a single file. Raises Refusal on ``path`` when it is not there."""
        real = Path(given).expanduser()
        with suppress(OSError, RuntimeError):
            real = real.resolve(strict=True)  # who names a link means what it points to
        if real.is_dir():
            self._add_folder(real, given)
        elif real.is_file():
            self.add_file(real, given)
        else:
            raise Refusal("path", f"找不到“{shown(given)}”，请检查路径。")

    def add_file(self, file: Path, path: str) -> None:
        """A file that is there. An archive is opened and its files are offered."""
        try:
            if not is_archive(file):
                self.offers.append(Offer(shown(path), file.lstat().st_size, lambda: read_file(file)))
                return
            inside, passed_over = self._archives.offers(file, path)
        except OSError:
            self._refuse(path, UNREADABLE)
        except NotTaken as refused:
            self._refuse(path, refused.sentence)
        else:
            self.offers += inside
            self.passed_over += passed_over

    def add_text(self, title: str, text: str) -> None:
        """Words that were pasted."""
        data = text.encode("utf-8", "replace")
        self.offers.append(Offer(shown(title), len(data), lambda: data, title=title))

    def _refuse(self, path: str, sentence: str) -> None:
        self.offers.append(Offer(shown(path), 0, refusing(sentence)))

    def _add_folder(self, folder: Path, path: str) -> None:
        """All below a folder in the order of names. Links are not followed: they may lead anywhere, or round."""
        left = [(folder, path)]
        while left:
            folder, path = left.pop()
            try:
                entries = _sorted(folder)
            except OSError:
                self._refuse(path, UNREADABLE)
                continue
            below = []
            for entry in entries:
                inside = os.path.join(path, entry.name)  # noqa: PTH118 - as it was given, "./" and all
                if self._is_passed_over(entry):
                    self.passed_over += 1
                elif entry.is_dir(follow_symlinks=False):
                    below.append((Path(entry.path), inside))
                else:
                    self.add_file(Path(entry.path), inside)
            left += reversed(below)

    def _is_passed_over(self, entry: os.DirEntry[str]) -> bool:
        """Hidden, a link, a pipe or a device, or the data folder itself."""
        plain = entry.is_file(follow_symlinks=False) or entry.is_dir(follow_symlinks=False)
        return is_system(entry.name) or not plain or Path(entry.path) == self._leave_out


def of_paths(given: Sequence[str], *, leave_out: Path | None = None) -> Listing:
    """What the paths hold. ``leave_out`` is the data folder, whose own files are nobody's documents."""
    listing = Listing(leave_out=leave_out)
    for path in given:
        listing.add_path(path)
    return listing


def refusing(sentence: str) -> Callable[[], bytes]:
    def read() -> bytes:
        raise NotTaken(sentence)

    return read


def read_file(file: Path) -> bytes:
    """The bytes, if it is still a plain file. Raises NotTaken."""
    try:
        handle = os.open(file, os.O_RDONLY | UNFOLLOWED)
        with os.fdopen(handle, "rb") as opened:
            status = os.fstat(handle)
            if not stat.S_ISREG(status.st_mode):
                raise NotTaken(CHANGED)
            if status.st_size > limits.FILE_BYTES:
                raise NotTaken(LARGE)
            return opened.read(limits.FILE_BYTES + 1)
    except OSError as fault:
        raise NotTaken(UNREADABLE) from fault


def _sorted(folder: Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return sorted(entries, key=lambda entry: entry.name)
