"""Whose eyes a command reads with (`--as LOGIN`), and which unit it speaks of (`--unit U`)."""

from __future__ import annotations

import argparse
from datetime import date

from youju.accounts.models import User
from youju.kit.refusal import Refusal
from youju.people.models import Unit
from youju.people.roles.queries import require, rights_in
from youju.people.roles.rules import Right
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


def _reader(args: argparse.Namespace) -> User:
    user = User.objects.filter(username=args.login, is_active=True).first()
    if user is None:
        raise Refusal("as", f"没有“{args.login}”这个账号。")
    return user
