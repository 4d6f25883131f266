"""Whose eyes a command reads with (`--as LOGIN`), and which unit it speaks of (`--unit U`)."""

from __future__ import annotations

import argparse
from datetime import date

from youju.accounts.models import User
from youju.kit.refusal import Refusal
from youju.people.models import Unit
from youju.people.roles.queries import require
from youju.people.roles.rules import Right
from youju.people.units.queries import find_unit, home_unit


def chosen_unit(args: argparse.Namespace, right: Right, *, on: date) -> Unit:
    """The unit named by ``--unit``, or the folder's home unit, if the reader has the right in it.

    Without ``--as`` the owner of the folder reads. Raises Refusal, NotYours or NotAllowed.
    """
    unit = find_unit(args.unit) if args.unit else home_unit()
    if args.login is None:
        return unit
    user = User.objects.filter(username=args.login, is_active=True).first()
    if user is None:
        raise Refusal("as", f"没有“{args.login}”这个账号。")
    return require(user, unit.pk, right, on=on)
