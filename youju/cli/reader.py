"""Whose eyes a command reads with (`--as LOGIN`), and which unit it speaks of (`--unit U`)."""

from __future__ import annotations

import argparse
from datetime import date

from youju.accounts.models import User
from youju.kit.refusal import NotAllowed, Refusal
from youju.library.entitlements.queries import reader_of
from youju.library.entitlements.values import OWNER, Reader
from youju.people.models import Unit
from youju.people.roles.queries import held_by, require, rights_in
from youju.people.roles.rules import Right, rights_of
from youju.people.units.queries import find_unit, home_unit


def chosen_unit(args: argparse.Namespace, right: Right, *, on: date) -> Unit:
    """The unit named by ``--unit``, or the folder's home unit, if the reader has the right in it.

    Without ``--as`` the owner of the folder reads. Raises Refusal, NotYours or NotAllowed.
    """
    unit = find_unit(args.unit) if args.unit else home_unit()
    return unit if args.login is None else require(_reader(args), unit.pk, right, on=on)


def has_right(args: argparse.Namespace, unit: Unit, right: Right, *, on: date) -> bool:
    """Whether he has it; the owner of the folder has every right to read."""
    return args.login is None or right in rights_in(_reader(args), unit, on=on)


def library_user(args: argparse.Namespace, *, on: date) -> User | None:
    """Who reads the library; None for the owner of the folder. Raises Refusal, and NotAllowed for who has no right in any."""
    if args.login is None:
        return None
    user = _reader(args)
    if Right.READ_LIBRARY not in rights_of(held_by(user, on=on).anywhere):
        raise NotAllowed(f"“{args.login}”还没有看素材库的权限。")
    return user


def library_reader(args: argparse.Namespace, *, on: date) -> Reader:
    """With whose eyes he does, as ``library_user``."""
    user = library_user(args, on=on)
    return OWNER if user is None else reader_of(user, on=on)


def _reader(args: argparse.Namespace) -> User:
    user = User.objects.filter(username=args.login, is_active=True).first()
    if user is None:
        raise Refusal("as", f"没有“{args.login}”这个账号。")
    return user
