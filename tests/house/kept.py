"""What many tests begin with is made once a process, by the real actions, and its rows and files are put back for the next.

The rows are exactly those the actions wrote, in every table, with their ids: nothing is made by another way than before.
The bytes of the files they name come with them: the next test has another folder for files than the one they were made in.
A builder runs for real wherever the database holds anything already, since its rows would then be others.
"""

from __future__ import annotations

import functools
import pickle
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models

Given = ParamSpec("Given")
Made = TypeVar("Made")

#: What migrating itself fills: the same in every test, and none of ours.
DJANGOS_OWN = {"contenttypes", "auth"}
#: How far apart the ids of two tables begin, so that no id of one is taken for an id of another without a test noticing.
APART = 1000


@dataclass(frozen=True)
class Kept:
    """Rows by table as the database itself writes them down, the files by digest, and what the builder gave back."""

    rows: dict[str, Any]
    files: dict[str, bytes]
    made: bytes


def kept(build: Callable[Given, Made]) -> Callable[Given, Made]:
    """The same as ``build``, whose arguments are plain words and numbers; each caller gets objects of its own."""
    store: dict[tuple[Any, ...], Kept] = {}

    @functools.wraps(build)
    def again(*args: Given.args, **kwargs: Given.kwargs) -> Made:
        if not _empty():
            return build(*args, **kwargs)
        key = (*args, *sorted(kwargs.items()))
        _spread()
        if key in store:
            _write(store[key].rows)
            _lay(store[key].files)
            return pickle.loads(store[key].made)  # type: ignore[no-any-return]
        made = build(*args, **kwargs)
        store[key] = Kept(_read(), _files(), pickle.dumps(made))
        return made

    return again


@functools.cache
def _tables() -> dict[str, type[models.Model]]:
    """Our tables by name."""
    every = apps.get_models(include_auto_created=True)
    ours = (model for model in every if model._meta.app_label not in DJANGOS_OWN and model._meta.managed)
    return {model._meta.db_table: model for model in ours if not model._meta.proxy}


def _empty() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {' OR '.join(f'EXISTS (SELECT 1 FROM {name})' for name in _tables())}")
        return not cursor.fetchone()[0]


def _spread() -> None:
    """Ids of each table begin somewhere else, as in a ledger that has lived."""
    begins = [(name, number * APART) for number, name in enumerate(sorted(_counted()), start=1)]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT " + ", ".join(f"setval('{_counted()[name]}', {at})" for name, at in begins))
        else:
            cursor.execute("DELETE FROM sqlite_sequence")
            cursor.executemany("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", begins)


@functools.cache
def _counted() -> dict[str, str]:
    """Tables whose ids the database counts, with the name of what counts them."""
    counters = (models.AutoField, models.BigAutoField)
    keys = {name: model._meta.pk for name, model in _tables().items()}
    return {name: f"{name}_{key.column}_seq" for name, key in keys.items() if isinstance(key, counters)}


def _columns(model: type[models.Model]) -> str:
    return ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)


def _read() -> dict[str, Any]:
    """Every row of every table, in the database's own writing, so that nothing is turned into Python and back."""
    found: dict[str, Any] = {}
    with connection.cursor() as cursor:
        for name, model in _tables().items():
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {name} ({_columns(model)}) TO STDOUT") as copy:
                    found[name] = b"".join(bytes(part) for part in copy)
            else:  # a plus before a column's name keeps the driver from converting what stands in it
                raw = ", ".join(f'+"{field.column}"' for field in model._meta.concrete_fields)
                found[name] = cursor.execute(f"SELECT {raw} FROM {name}").fetchall()
    return {name: rows for name, rows in found.items() if rows}


def _write(kept_rows: dict[str, Any]) -> None:
    """Keys between tables are looked at when the transaction ends, so the order of the tables does not matter."""
    with connection.cursor() as cursor:
        for name, rows in kept_rows.items():
            columns = _columns(_tables()[name])
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {name} ({columns}) FROM STDIN") as copy:
                    copy.write(rows)
            else:
                places = ", ".join(["%s"] * len(rows[0]))
                cursor.executemany(f"INSERT INTO {name} ({columns}) VALUES ({places})", rows)
        reset = connection.ops.sequence_reset_sql(no_style(), [_tables()[name] for name in kept_rows])
        if reset:
            cursor.execute("".join(reset))


def _files() -> dict[str, bytes]:
    """The bytes of every stored file. One that is missing would be missing in each test that follows, so it is told here."""
    from youju.store.models import StoredFile
    from youju.store.queries import read

    return {row.sha256: read(row) for row in StoredFile.objects.filter(erased_at__isnull=True)}


def _lay(files: dict[str, bytes]) -> None:
    """They need not survive a power cut, so nobody waits for the disk."""
    from youju.store.queries import path_of

    for digest, data in files.items():
        path_of(digest).parent.mkdir(parents=True, exist_ok=True)
        path_of(digest).write_bytes(data)
