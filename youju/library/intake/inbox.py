"""收件目录: a folder below the data folder. What is put there is taken in and laid aside, with the reason where it was not."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from youju.library.documents.values import ORIGINS_ZH, Origin
from youju.library.intake.rules import is_system, shown

TAKEN, NOT_TAKEN = "已入库", "没有入库"
TAKEN_LIST, REASONS = "入库清单.txt", "为什么没有入库.txt"
SEEN = ".seen.json"
#: A file is whole when it has been the same for so long, look after look; one untouched for an hour is whole at once.
QUIET_SECONDS = 20
LONG_SECONDS = 3600


@dataclass(frozen=True)
class Found:
    """A file in the inbox. ``path`` is how it is shown: below the inbox, as it was laid there."""

    file: Path
    path: str
    origin: Origin


def folder() -> Path:
    return Path(settings.DATA) / "inbox"


def whole_files(*, at: datetime) -> list[Found]:
    """The files nobody is writing any more. Remembers what it saw, for the next look."""
    here = folder()
    here.mkdir(parents=True, exist_ok=True)
    before, now, found = _seen(), at.timestamp(), []
    seen: dict[str, Any] = {}
    for file in _files(here):
        inside = str(file.relative_to(here))
        with suppress(OSError):
            status = file.lstat()
            size, changed, since = before.get(inside, (-1, -1, now))
            if (size, changed) != (status.st_size, status.st_mtime_ns):
                since = now
            seen[inside] = [status.st_size, status.st_mtime_ns, since]
            if since is None:  # taken before, but it could not be moved
                continue
            untouched = now - max(status.st_mtime, status.st_ctime)
            if now - since >= QUIET_SECONDS or untouched >= LONG_SECONDS:
                found.append(Found(file, shown(inside), _origin(file.relative_to(here))))
    if seen != before:  # the worker looks every few seconds, for years
        _remember(seen)
    return found


def lay_aside(found: Found, *, taken: bool) -> None:
    """Moves it away. One that cannot be moved is left alone until it changes."""
    here = folder()
    inside = found.file.relative_to(here)
    try:
        target = _free(here / (TAKEN if taken else NOT_TAKEN) / inside)
        target.parent.mkdir(parents=True, exist_ok=True)
        found.file.replace(target)
    except OSError:
        seen = _seen()
        with suppress(OSError):
            status = found.file.lstat()
            _remember({**seen, str(inside): [status.st_size, status.st_mtime_ns, None]})


def note(lines: Mapping[str, str], *, taken: bool, at: datetime) -> None:
    """Adds to the list that lies beside the files: path and outcome."""
    if not lines:
        return
    target = folder() / (TAKEN if taken else NOT_TAKEN) / (TAKEN_LIST if taken else REASONS)
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("a", encoding="utf-8") as out:
        out.writelines(f"{at:%Y-%m-%d %H:%M} {path}：{said}\n" for path, said in lines.items())


def _files(here: Path) -> Iterator[Path]:
    """Plain files below the inbox, without hidden ones, links, and what was laid aside."""
    left = [here]
    while left:
        at = left.pop()
        with suppress(OSError), os.scandir(at) as entries:
            for entry in sorted(entries, key=lambda one: one.name):
                if is_system(entry.name) or (at == here and entry.name in (TAKEN, NOT_TAKEN)):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    left.append(Path(entry.path))
                elif entry.is_file(follow_symlinks=False):
                    yield Path(entry.path)


def _origin(inside: Path) -> Origin:
    """A folder in the inbox may be called by an origin (上级下发); what lies elsewhere was collected."""
    named = {zh: origin for origin, zh in ORIGINS_ZH.items()}
    return named.get(inside.parts[0], Origin.WEB) if len(inside.parts) > 1 else Origin.WEB


def _free(target: Path) -> Path:
    """A name that nothing has yet."""
    number, free = 1, target
    while free.exists():
        number += 1
        free = target.with_name(f"{target.stem} ({number}){target.suffix}")
    return free


def _seen() -> dict[str, Any]:
    try:
        found = json.loads((folder() / SEEN).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    whole = isinstance(found, dict) and all(isinstance(one, list) and len(one) == 3 for one in found.values())
    return found if whole else {}


def _remember(seen: Mapping[str, Any]) -> None:
    target = folder() / SEEN
    half = target.with_name(f"{SEEN}.{os.getpid()}.tmp")
    half.write_text(json.dumps(seen), encoding="utf-8")  # ASCII: a name may be half a character
    half.replace(target)
