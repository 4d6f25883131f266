"""Typed reading of environment variables; a wrong value stops start-up with its name."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def env_flag(name: str, default: bool) -> bool:
    value = os.environ.get(name)
    if value is None or value == "":
        return default
    if value.lower() in {"1", "true", "yes", "on"}:
        return True
    if value.lower() in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"环境变量 {name} 只能是 true 或 false，现在是 {value!r}。")


def env_list(name: str, default: list[str]) -> list[str]:
    value = os.environ.get(name, "")
    return [part.strip() for part in value.split(",") if part.strip()] or default


def data_folder() -> Path:
    """The data folder named by YOUJU_DATA; ``var/data`` below the working directory when nothing is named."""
    return Path(os.environ.get("YOUJU_DATA") or "var/data").resolve()


def secret_key(folder: Path) -> str:
    """The folder's own signing key, made on first use and readable by its owner only."""
    given = os.environ.get("YOUJU_SECRET_KEY")
    if given:
        return given
    file = folder / "secret.key"
    try:
        return file.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        pass
    key = secrets.token_urlsafe(48)
    if not folder.is_dir():
        return key  # commands that need no data (help, migrations check) leave nothing behind
    try:
        with file.open("x", encoding="ascii") as handle:
            file.chmod(0o600)
            handle.write(key)
    except FileExistsError:  # another process was quicker; its key counts
        return file.read_text(encoding="ascii").strip()
    return key


SQLITE_START = (
    "PRAGMA journal_mode=WAL;"
    "PRAGMA synchronous=FULL;"
    "PRAGMA cache_size=-65536;"
    "PRAGMA temp_store=MEMORY;"
    "PRAGMA mmap_size=268435456;"
    "PRAGMA journal_size_limit=67108864;"
)


def database(folder: Path) -> dict[str, Any]:
    """SQLite in the data folder, or the PostgreSQL that YOUJU_DATABASE_URL names."""
    url = os.environ.get("YOUJU_DATABASE_URL")
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(folder / "youju.sqlite3"),
            "CONN_MAX_AGE": None,
            # IMMEDIATE: a writer waits its turn at BEGIN instead of failing half-way; FULL: a saved record survives a power cut.
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_START},
            # A file, not memory: threads of one test must see one database, and wait for each other as in service.
            "TEST": {"NAME": str(Path(os.environ.get("YOUJU_TEST_FOLDER", folder)) / "test.sqlite3")},
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("YOUJU_DATABASE_URL 只支持 postgresql://…；不设则用数据目录里的 SQLite。")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
