"""Plain values of posts."""

from __future__ import annotations

from enum import StrEnum


class Title(StrEnum):
    """The offices of a branch (《支部工作条例》 20, 21)."""

    SECRETARY = "secretary"
    DEPUTY = "deputy"
    ORGANISATION = "organisation"
    PUBLICITY = "publicity"
    DISCIPLINE = "discipline"
    YOUTH = "youth"
    GROUP_LEADER = "group_leader"

    @property
    def zh(self) -> str:
        return TITLES_ZH[self]


TITLES_ZH = {
    Title.SECRETARY: "书记",
    Title.DEPUTY: "副书记",
    Title.ORGANISATION: "组织委员",
    Title.PUBLICITY: "宣传委员",
    Title.DISCIPLINE: "纪检委员",
    Title.YOUTH: "青年委员",
    Title.GROUP_LEADER: "党小组组长",
}

COMMITTEE_TITLES = tuple(title for title in Title if title is not Title.GROUP_LEADER)
