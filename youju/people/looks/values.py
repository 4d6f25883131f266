"""Plain values of looks."""

from __future__ import annotations

from enum import StrEnum


class Place(StrEnum):
    """Where somebody looked. A short closed list: what singles a member out, or leaves the house with his name.

    The roster page and a record's list of names are what every colleague sees anyway and would drown the rest. A leave
    category is what a member may mind most, so the pages that show it count, for those of whom they show it.
    """

    MEMBER = "member"
    ROSTER = "roster"
    YEAR = "year"
    LEAVE = "leave"
    HOURS = "hours"

    @property
    def zh(self) -> str:
        return PLACES_ZH[self]


PLACES_ZH = {
    Place.MEMBER: "打开党员页",
    Place.ROSTER: "导出党员名册",
    Place.YEAR: "导出年度台账",
    Place.LEAVE: "看到请假类别",
    Place.HOURS: "看学时明细、导出学时表",
}
