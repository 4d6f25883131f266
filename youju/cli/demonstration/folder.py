"""The folder of a demonstration: what stands in it, whether it may be used again, and clearing one that was half made."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cache
from pathlib import Path

from youju import __version__
from youju.kit.refusal import Refusal

MARKER = "demonstration.json"
REPORT = "述职报告.docx"
# Only what a demonstration makes is ever removed: a person's own file in the folder stays.
MADE = (
    "youju.sqlite3", "youju.sqlite3-wal", "youju.sqlite3-shm", "youju.sqlite3-journal", "youju.sqlite3-turn",
    "secret.key", "files", "index", "inbox", "inbox-turn", "waiting", "waiting-turns", "work-turn", "static", REPORT, MARKER, f"{MARKER}.part",
)  # fmt: skip


class State(Enum):
    EMPTY = "empty"
    READY = "ready"  # complete, of this version and day
    STALE = "stale"  # half made, or of another version or day


@dataclass(frozen=True)
class Folder:
    path: Path
    on: date

    def state(self) -> State:
        """Raises Refusal on ``data`` when the folder holds something else than a demonstration."""
        if self.path.exists() and not self.path.is_dir():
            raise Refusal("data", f"{self.path} 不是目录。")
        if not self.path.exists() or not any(self.path.iterdir()):
            return State.EMPTY
        kept = self._marker()
        if kept is None:
            raise Refusal("data", f"{self.path} 里已有别的内容，不是示范台账，没有动它。请用 --data 指一个新目录。")
        same = kept.get("version") == version() and kept.get("on") == self.on.isoformat()
        return State.READY if same and kept.get("complete") is True else State.STALE

    def begin(self) -> None:
        """Clears what an earlier demonstration left and marks the folder as being made."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            for name in MADE:
                target = self.path / name
                if target.is_dir() and not target.is_symlink():
                    shutil.rmtree(target)
                else:
                    target.unlink(missing_ok=True)
            self._mark(complete=False)
        except OSError as trouble:
            raise Refusal("data", f"用不了目录 {self.path}：{trouble.strerror}。") from trouble

    def finish(self) -> None:
        self._mark(complete=True)

    def _mark(self, *, complete: bool) -> None:
        """The marker appears whole or not at all, so that a killed run never looks complete."""
        text = json.dumps({"version": version(), "on": self.on.isoformat(), "complete": complete}, ensure_ascii=False)
        part = self.path / f"{MARKER}.part"
        part.write_text(text + "\n", encoding="utf-8")
        part.replace(self.path / MARKER)

    def _marker(self) -> dict[str, object] | None:
        try:
            kept = json.loads((self.path / MARKER).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        except (OSError, ValueError):
            return {}
        return kept if isinstance(kept, dict) else {}


@cache
def version() -> str:
    """The version of the program and of what the demonstration is made from: other texts make another demonstration."""
    digest = hashlib.sha256()
    here = Path(__file__).parent
    for file in sorted([*here.glob("*.py"), *here.glob("*.yaml")]):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return f"{__version__}+{digest.hexdigest()[:12]}"
