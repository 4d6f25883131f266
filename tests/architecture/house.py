"""The house as text: its files, its layer list, and the small words the guards are written in.

A guard is a function from one file's source to the faults it holds, so that each can be tried on a planted fault.
"""

import ast
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / "youju"


@dataclass(frozen=True)
class Source:
    """One Python file: where it stands in the house, and what it says."""

    place: str  # such as records/activities/models.py
    text: str

    @property
    def parts(self) -> tuple[str, ...]:
        return tuple(self.place.split("/"))

    @property
    def room(self) -> str:
        return self.parts[0]

    @property
    def shape(self) -> str:
        """The shape of the file: `actions` for actions.py and for every file of a folder actions/."""
        folders = [part for part in self.parts[1:-1] if part in {"actions", "migrations", "tasks"}]
        return folders[0] if folders else self.parts[-1].removesuffix(".py")

    @property
    def tree(self) -> ast.Module:
        return parsed(self.text)

    def nodes(self) -> Iterator[ast.AST]:
        return ast.walk(self.tree)

    def at(self, node: ast.AST) -> str:
        return f"youju/{self.place}:{getattr(node, 'lineno', 1)}"


@cache
def parsed(text: str) -> ast.Module:
    """Each file is parsed once, however many guards read it."""
    return ast.parse(text)


@cache
def sources() -> list[Source]:
    """Every Python file of the house."""
    return [
        Source(path.relative_to(HOUSE).as_posix(), path.read_text(encoding="utf-8"))
        for path in sorted(HOUSE.rglob("*.py"))
        if path.parent != HOUSE
    ]


def faults(guard: Callable[[Source], list[str]]) -> list[str]:
    """What one guard finds in the whole house."""
    return [fault for source in sources() for fault in guard(source)]


def files(*suffixes: str) -> list[Path]:
    """The other files of the house: templates, styles, data."""
    return sorted(path for path in HOUSE.rglob("*") if path.suffix in suffixes and path.is_file())


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def contract(name: str) -> dict[str, Any]:
    """One import-linter contract of pyproject.toml."""
    contracts = project()["tool"]["importlinter"]["contracts"]
    return next(one for one in contracts if one["id"] == name)


def layers() -> list[list[str]]:
    """The rooms from roof to ground; rooms side by side share a floor."""
    lines = (line.replace(":", "|").split("|") for line in contract("rooms")["layers"])
    return [[name.strip(" ()") for name in line] for line in lines]


def floor_of(room: str) -> int:
    """How high a room lies; the ground is 0."""
    for height, rooms in enumerate(reversed(layers())):
        if room in rooms:
            return height
    raise LookupError(f"{room} has no place in the layers of pyproject.toml")


def dotted(node: ast.AST) -> str:
    """`a.b.c` of an attribute chain; calls and subscripts inside it are dropped."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}".lstrip(".")
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Call):
        return dotted(node.func)
    return ""
