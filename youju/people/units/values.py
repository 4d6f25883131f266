"""Plain values of units."""

from __future__ import annotations

from enum import StrEnum

SEGMENT = 4
MOST_CHILDREN = 10**SEGMENT - 1
MOST_LEVELS = 16


class UnitKind(StrEnum):
    """What a node of the tree is."""

    COMMITTEE = "committee"
    GENERAL_BRANCH = "general_branch"
    BRANCH = "branch"
    GROUP = "group"

    @property
    def zh(self) -> str:
        return UNIT_KINDS_ZH[self]


#: Those under which branches stand.
ABOVE_BRANCHES = (UnitKind.COMMITTEE, UnitKind.GENERAL_BRANCH)

UNIT_KINDS_ZH = {
    UnitKind.COMMITTEE: "党委（工委）",
    UnitKind.GENERAL_BRANCH: "党总支",
    UnitKind.BRANCH: "党支部",
    UnitKind.GROUP: "党小组",
}


def after_subtree(path: str) -> str:
    """The first path behind the subtree of ``path``: the range ``[path, after_subtree(path))`` holds exactly the subtree.

    Paths are digits only, four a level, so every collation of every database sorts them alike. Behind the last child of
    a unit comes what is behind the unit; behind the very last root comes a letter, which sorts after every digit.
    """
    while path.endswith(str(MOST_CHILDREN)):
        path = path[:-SEGMENT]
    return str(int(path) + 1).zfill(len(path)) if path else "a"


def ancestors(path: str) -> list[str]:
    """Paths of the unit itself and all above it, from the root down."""
    return [path[:end] for end in range(SEGMENT, len(path) + 1, SEGMENT)]
