"""The linter's contracts hold, and each of them speaks when its fault is planted in a copy of the house."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.house import HOUSE, ROOT, contract, project

LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"

# Contract → the file that sins, and how.
PLANTED = {
    "rooms": ("people/units/queries.py", "import youju.records.queries"),
    "shapes": ("people/units/queries.py", "import youju.people.units.actions"),
    "pure": ("people/units/values.py", "import django.db"),
    "quick": ("prose/numerals.py", "import pydantic"),
    "jobs": ("web/login/views.py", "import youju.web.ledger.views"),
}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The house's Python files and its contracts, elsewhere."""
    only_python = shutil.ignore_patterns("__pycache__", "static", "templates", "*.yaml")
    shutil.copytree(HOUSE, tmp_path / "youju", ignore=only_python)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def lint(folder: Path) -> tuple[int, str]:
    """What import-linter says of the house in that folder."""
    surroundings = {**os.environ, "PYTHONPATH": str(folder)}
    done = subprocess.run(
        [sys.executable, "-c", LINT, "--no-cache"],
        cwd=folder,
        env=surroundings,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def broken(said: str) -> set[str]:
    """The ids of the contracts that were broken."""
    names = {one["name"]: one["id"] for one in project()["tool"]["importlinter"]["contracts"]}
    return {ident for name, ident in names.items() if f"{name} BROKEN" in said}


def test_every_contract_holds() -> None:
    code, said = lint(ROOT)
    assert code == 0, said


def test_every_contract_has_a_planted_fault() -> None:
    assert {one["id"] for one in project()["tool"]["importlinter"]["contracts"]} == set(PLANTED)


@pytest.mark.parametrize("ident", PLANTED)
def test_a_planted_import_is_seen(copy: Path, ident: str) -> None:
    place, line = PLANTED[ident]
    file = copy / "youju" / place
    file.write_text(f"{file.read_text(encoding='utf-8')}\n{line}\n", encoding="utf-8")
    code, said = lint(copy)
    assert code == 1
    assert ident in broken(said), said


def test_a_folder_without_a_place_is_seen(copy: Path) -> None:
    assert contract("rooms")["exhaustive"]
    (copy / "youju" / "misc").mkdir()
    (copy / "youju" / "misc" / "__init__.py").touch()
    code, said = lint(copy)
    assert code == 1
    assert "misc" in said
