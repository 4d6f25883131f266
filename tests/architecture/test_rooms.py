"""Rooms say what they are, and MAP.md, the layer list and the addresses say the same."""

import ast
import re
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.architecture.house import HOUSE, ROOT, contract, layers

NOT_ROOMS = {"__pycache__", "migrations", "templates", "static", "templatetags", "management"}
NOT_JOBS = {"shared"} | NOT_ROOMS
# Addresses that belong to no job: the home page, and what the frame of every page serves.
OUTSIDE_JOBS = {"", "static", "shared"}


def rooms_and_nouns() -> list[Path]:
    """Every folder of Python down to the nouns."""
    rooms = [path for path in HOUSE.iterdir() if path.is_dir() and path.name not in NOT_ROOMS]
    nouns = [path for room in rooms for path in room.iterdir() if path.is_dir() and path.name not in NOT_ROOMS]
    return sorted(rooms) + sorted(path for path in nouns if any(path.glob("*.py")))


def says_what_it_is(text: str) -> bool:
    """Whether a folder's `__init__.py` opens with one to six lines that say what is here."""
    said = ast.get_docstring(ast.parse(text)) or ""
    return bool(said.strip()) and len(said.splitlines()) <= 6


def jobs() -> set[str]:
    """The jobs: the folders of web."""
    web = HOUSE / "web"
    return (
        {path.name for path in web.iterdir() if path.is_dir() and path.name not in NOT_JOBS} if web.is_dir() else set()
    )


def rooms_of_map(text: str) -> dict[int, set[str]]:
    """Floor → rooms, as the first table of MAP.md says."""
    floors: dict[int, set[str]] = {}
    for floor, room in re.findall(r"(?m)^\| (\d+) \| `(\w+)` \|", text):
        floors.setdefault(int(floor), set()).add(room)
    return floors


def jobs_of_map(text: str) -> set[str]:
    table = text.split("## Jobs in `web`")[1].split("\n## ")[0]
    return set(re.findall(r"(?m)^\| `(\w+)` \|", table))


def first_segments(patterns: list[URLPattern | URLResolver], before: str = "") -> set[str]:
    """The first segment of every address."""
    found: set[str] = set()
    for entry in patterns:
        route = before + str(entry.pattern).lstrip("^")
        if isinstance(entry, URLResolver) and "/" not in route:
            found |= first_segments(entry.url_patterns, route)
        else:
            found.add(route.split("/")[0].rstrip("$\\Z"))
    return found


@pytest.mark.parametrize("folder", rooms_and_nouns(), ids=lambda path: path.relative_to(HOUSE).as_posix())
def test_a_folder_says_what_is_in_it(folder: Path) -> None:
    file = folder / "__init__.py"
    assert file.is_file(), f"{folder}: no __init__.py"
    assert says_what_it_is(file.read_text(encoding="utf-8")), f"{file}: say in one to three sentences what is here"


def test_a_silent_folder_is_seen() -> None:
    assert not says_what_it_is("")
    assert not says_what_it_is("import os\n")
    assert says_what_it_is('"""场次: what was planned and held."""\n')


def test_the_map_and_the_layers_agree() -> None:
    floors = rooms_of_map((ROOT / "MAP.md").read_text(encoding="utf-8"))
    assert [floors[height] for height in sorted(floors, reverse=True)] == [set(rooms) for rooms in layers()]


def test_the_map_and_the_folders_agree() -> None:
    there = {path.name for path in HOUSE.iterdir() if path.is_dir() and path.name not in NOT_ROOMS}
    assert {room for rooms in layers() for room in rooms} == there


def test_a_map_that_forgets_a_room_is_seen() -> None:
    text = (ROOT / "MAP.md").read_text(encoding="utf-8")
    less = "\n".join(line for line in text.splitlines() if "`journal`" not in line)
    assert rooms_of_map(less) != rooms_of_map(text)


def test_every_place_the_map_names_is_there() -> None:
    places = re.findall(r"`((?:youju|docs)/[\w/.*-]+)`", (ROOT / "MAP.md").read_text(encoding="utf-8"))
    assert places
    assert [place for place in places if not list(ROOT.glob(place.rstrip("/")))] == []


def test_the_map_knows_every_job() -> None:
    assert jobs_of_map((ROOT / "MAP.md").read_text(encoding="utf-8")) == jobs()


def test_the_linter_knows_every_job() -> None:
    assert set(contract("jobs")["modules"]) == {f"youju.web.{job}" for job in jobs()}


def test_an_address_begins_with_its_job() -> None:
    assert first_segments(get_resolver().url_patterns) - OUTSIDE_JOBS <= jobs()
