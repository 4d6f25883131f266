"""The table role × right, written out: whoever changes it must change it here too."""

import pytest

from youju.people.roles.rules import RIGHTS, Right, Role, rights_of

# clerk, secretary, committee, member, superior, site_admin, librarian
TABLE = """
see_unit          x x x x x - -
read_numbers      x x x - x - -
read_heads        x x x - x - -
read_records      x x x - - - -
write_records     x x - - - - -
sign_off          - x - - - - -
read_roster       x x x - - - -
write_roster      x x - - - - -
read_drafts       x x x - - - -
write_drafts      x x - - - - -
hand_in           - x - - - - -
read_handed_in    x x x - x - -
forget            - x - - - x -
send_notices      - - - - x - -
manage_accounts   - - - - - x -
manage_backups    - - - - - x -
read_library      x x x x x x x
write_library     x x - - - - x
read_restricted   - - - - - - x
manage_library    - - - - - x x
"""
ORDER = [Role.CLERK, Role.SECRETARY, Role.COMMITTEE, Role.MEMBER, Role.SUPERIOR, Role.SITE_ADMIN, Role.LIBRARIAN]
ROWS = [line.split() for line in TABLE.strip().splitlines()]
CELLS = [(role, Right(right), sign == "x") for right, *signs in ROWS for role, sign in zip(ORDER, signs, strict=True)]


@pytest.mark.parametrize(("role", "right", "given"), CELLS, ids=lambda value: str(value))
def test_a_role_gives_just_these_rights(role, right, given):
    assert (right in RIGHTS[role]) is given


def test_the_table_names_every_role_and_every_right():
    assert {Right(right) for right, *_ in ROWS} == set(Right)
    assert set(ORDER) == set(Role) == set(RIGHTS)


def test_rights_of_several_roles_add_up():
    assert rights_of(frozenset()) == frozenset()
    assert rights_of(frozenset({Role.MEMBER, Role.SITE_ADMIN})) == RIGHTS[Role.MEMBER] | RIGHTS[Role.SITE_ADMIN]


def test_no_role_both_keeps_accounts_and_reads_records():
    assert not any({Right.MANAGE_ACCOUNTS, Right.READ_RECORDS} <= rights for rights in RIGHTS.values())
