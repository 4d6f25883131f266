"""Which role gives which right. This table is the whole answer; nothing else in the house decides it."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    CLERK = "clerk"
    SECRETARY = "secretary"
    COMMITTEE = "committee"
    MEMBER = "member"
    SUPERIOR = "superior"
    SITE_ADMIN = "site_admin"
    LIBRARIAN = "librarian"

    @property
    def zh(self) -> str:
        return ROLES_ZH[self]


ROLES_ZH = {
    Role.CLERK: "党务工作者",
    Role.SECRETARY: "书记",
    Role.COMMITTEE: "委员",
    Role.MEMBER: "党员",
    Role.SUPERIOR: "上级",
    Role.SITE_ADMIN: "站点管理员",
    Role.LIBRARIAN: "素材管理员",
}


class Right(StrEnum):
    """What may be done in a unit."""

    SEE_UNIT = "see_unit"  # its name and place in the tree
    READ_NUMBERS = "read_numbers"  # answers and standings
    READ_HEADS = "read_heads"  # of a record: number, day, kinds, title, how many came
    READ_RECORDS = "read_records"  # the whole record
    WRITE_RECORDS = "write_records"
    SIGN_OFF = "sign_off"  # 归档, 豁免
    READ_ROSTER = "read_roster"
    WRITE_ROSTER = "write_roster"
    READ_DRAFTS = "read_drafts"  # reports and audits before they are handed in
    WRITE_DRAFTS = "write_drafts"
    HAND_IN = "hand_in"
    READ_HANDED_IN = "read_handed_in"
    SEND_NOTICES = "send_notices"  # 向下级发通知
    FORGET = "forget"  # a leaver, once his time is over
    MANAGE_ACCOUNTS = "manage_accounts"
    MANAGE_BACKUPS = "manage_backups"
    READ_LIBRARY = "read_library"  # documents meant for the site, for the unit or for one above it
    WRITE_LIBRARY = "write_library"  # put documents in for the unit and what is under it
    READ_RESTRICTED = "read_restricted"  # restricted spans (受限段) of every document that reaches him
    MANAGE_LIBRARY = "manage_library"  # documents for the whole site; codes that open restricted spans


_READ = frozenset({
    Right.SEE_UNIT, Right.READ_NUMBERS, Right.READ_HEADS, Right.READ_RECORDS, Right.READ_ROSTER, Right.READ_DRAFTS, Right.READ_HANDED_IN, Right.READ_LIBRARY,
})  # fmt: skip
_WRITE = frozenset({Right.WRITE_RECORDS, Right.WRITE_ROSTER, Right.WRITE_DRAFTS, Right.WRITE_LIBRARY})

RIGHTS: dict[Role, frozenset[Right]] = {
    Role.CLERK: _READ | _WRITE,
    Role.SECRETARY: _READ | _WRITE | {Right.SIGN_OFF, Right.HAND_IN, Right.FORGET},
    Role.COMMITTEE: _READ,
    Role.MEMBER: frozenset({Right.SEE_UNIT, Right.READ_LIBRARY}),
    Role.SUPERIOR: frozenset(
        {
            Right.SEE_UNIT,
            Right.READ_NUMBERS,
            Right.READ_HEADS,
            Right.READ_HANDED_IN,
            Right.SEND_NOTICES,
            Right.READ_LIBRARY,
        }
    ),
    Role.SITE_ADMIN: frozenset(
        {
            Right.FORGET,
            Right.MANAGE_ACCOUNTS,
            Right.MANAGE_BACKUPS,
            Right.READ_LIBRARY,
            Right.MANAGE_LIBRARY,
        }
    ),
    Role.LIBRARIAN: frozenset(
        {
            Right.READ_LIBRARY,
            Right.WRITE_LIBRARY,
            Right.READ_RESTRICTED,
            Right.MANAGE_LIBRARY,
        }
    ),
}


# Whose reach is the whole subtree. The others act for one ledger: a draft belongs to its branch alone, so a clerk of the
# committee above writes the committee's ledger and none of its branches'.
SUBTREE_ROLES = frozenset({Role.SUPERIOR, Role.SITE_ADMIN, Role.LIBRARIAN})


def rights_of(roles: frozenset[Role]) -> frozenset[Right]:
    """All rights that these roles give together."""
    return frozenset().union(*(RIGHTS[role] for role in roles))
