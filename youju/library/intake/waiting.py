"""Files that were sent through a page and wait to be taken, below the data folder under names of our own."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path

from django.conf import settings

from youju.kit.digests import sha256_hex
from youju.kit.turns import turn
from youju.kit.turns import turn_if_free as turn_if_free_at
from youju.library.intake.listing import Listing

NAMES = "names.json"


def turn_of(token: str) -> AbstractContextManager[None]:
    """One after the other with what was sent under one token."""
    return turn(_turn_file(token))


def turn_if_free(token: str) -> AbstractContextManager[bool]:
    """Whether nobody is at what was sent under this token."""
    return turn_if_free_at(_turn_file(token))


def put(token: str, files: Sequence[tuple[str, Iterable[bytes]]]) -> None:
    """Keeps what was sent until it is taken. The names are written down and nothing is written under them."""
    folder = _folder(token)
    folder.mkdir(parents=True, exist_ok=True)
    for number, (name, chunks) in enumerate(files):
        with _place(folder, number, name).open("wb") as out:
            out.writelines(chunks)
    names = json.dumps([name for name, _ in files], ensure_ascii=False)
    (folder / NAMES).write_text(names, encoding="utf-8", errors="replace")


def listing(token: str) -> Listing:
    """What was sent under this token, as it is offered; nothing when it is not there any more."""
    folder = _folder(token)
    found = Listing()
    if (folder / NAMES).is_file():
        for number, name in enumerate(json.loads((folder / NAMES).read_text(encoding="utf-8"))):
            found.add_file(_place(folder, number, name), name)
    return found


def clear(token: str) -> None:
    shutil.rmtree(_folder(token), ignore_errors=True)


def clear_old(*, before: datetime) -> int:
    """Removes what nobody has taken since that moment. Returns how many pages' files went."""
    old = [folder for folder in _root().glob("*") if folder.stat().st_mtime < before.timestamp()]
    for folder in old:
        shutil.rmtree(folder, ignore_errors=True)
    return len(old)


def _root() -> Path:
    return Path(settings.DATA) / "waiting"


def _folder(token: str) -> Path:
    return _root() / sha256_hex(token.encode())[:32]


def _turn_file(token: str) -> Path:
    """Beside what waits, which comes and goes; one of sixteen, for such files stay."""
    turns = Path(settings.DATA) / "waiting-turns"
    turns.mkdir(parents=True, exist_ok=True)
    return turns / sha256_hex(token.encode())[0]


def _place(folder: Path, number: int, name: str) -> Path:
    """Only whether it is an archive is taken from the name."""
    return folder / f"{number:05d}{'.zip' if name.lower().endswith('.zip') else ''}"
