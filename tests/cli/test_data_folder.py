"""Opening a data folder from the command line: made, found, missing, or of another version."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

OPEN = """
import argparse, sys
from pathlib import Path
from types import SimpleNamespace
from youju import cli
from youju.cli.data_folder import add_folder_arguments, open_folder

def run(args):
    print(open_folder(args, create={create}))
    return 0

command = SimpleNamespace(HELP="", add_arguments=lambda p: add_folder_arguments(p, reader=True), run=run)
cli.command_names = lambda: ("try",)
cli.load_command = lambda name: command
sys.exit(cli.main(["try", *sys.argv[1:]]))
"""


def opened(folder: Path, *, create: bool) -> subprocess.CompletedProcess[str]:
    """A command that opens the folder, in a process of its own: settings are read once a process."""
    command = [sys.executable, "-c", OPEN.format(create=create), "--data", str(folder)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


def test_a_missing_folder_is_said_and_not_made(tmp_path: Path) -> None:
    done = opened(tmp_path / "none", create=False)
    assert done.returncode == 2
    assert "里没有台账" in done.stderr
    assert not (tmp_path / "none").exists()


def test_a_folder_is_made_and_then_found(tmp_path: Path) -> None:
    made = opened(tmp_path / "a" / "b", create=True)
    assert made.returncode == 0, made.stderr
    assert (tmp_path / "a" / "b" / "youju.sqlite3").is_file()
    found = opened(tmp_path / "a" / "b", create=False)
    assert (found.returncode, found.stderr) == (0, "")
    assert found.stdout.strip() == str(tmp_path / "a" / "b")


def test_a_folder_of_an_older_version_is_said_and_then_brought_up(tmp_path: Path) -> None:
    opened(tmp_path, create=True)
    with closing(sqlite3.connect(tmp_path / "youju.sqlite3")) as database, database:
        # As if this version had brought one migration more than the folder has seen.
        database.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
        database.execute("DROP TABLE django_session")
    old = opened(tmp_path, create=False)
    assert old.returncode == 2
    assert "别的版本" in old.stderr
    assert opened(tmp_path, create=True).returncode == 0
    assert opened(tmp_path, create=False).returncode == 0


def seen(folder: Path) -> set[tuple[str, str]]:
    """The migrations that the ledger has seen."""
    with closing(sqlite3.connect(folder / "youju.sqlite3")) as database:
        return set(database.execute("SELECT app, name FROM django_migrations"))


def test_a_ledger_of_before_the_first_release_goes_on(tmp_path: Path) -> None:
    opened(tmp_path, create=True)
    whole = seen(tmp_path)
    with closing(sqlite3.connect(tmp_path / "youju.sqlite3")) as database, database:
        # Before it there were the many that the first release put into one.
        database.execute("DELETE FROM django_migrations WHERE name = '0001_first_release'")
    assert seen(tmp_path) < whole
    found = opened(tmp_path, create=False)
    assert (found.returncode, found.stderr) == (0, "")
    assert opened(tmp_path, create=True).returncode == 0
    assert seen(tmp_path) == whole


def test_a_ledger_from_midway_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    opened(tmp_path, create=True)
    with closing(sqlite3.connect(tmp_path / "youju.sqlite3")) as database, database:
        database.execute("DELETE FROM django_migrations WHERE name = '0001_first_release'")
        database.execute("DELETE FROM django_migrations WHERE app = 'records' AND name > '0016'")
        database.execute("DROP TABLE records_reading")
    before = seen(tmp_path)
    for create in (False, True):
        refused = opened(tmp_path, create=create)
        assert refused.returncode == 2
        assert "表不全" in refused.stderr and "Traceback" not in refused.stderr
    assert seen(tmp_path) == before


def test_a_file_in_the_place_of_the_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    done = opened(tmp_path / "file", create=True)
    assert done.returncode == 2
    assert "建不了数据目录" in done.stderr
