"""Guests in words: read from a cell (群众5人、李某（县妇联）), and said on paper."""

from __future__ import annotations

import re
from collections.abc import Iterable

from youju.kit.refusal import Refusal
from youju.records.activities.models import Guest
from youju.records.activities.values import GuestDraft, GuestKind

BETWEEN = re.compile(r"[、，,；;\n]+(?![^（(]*[）)])")
#: 特邀：李某（县妇联）· 李某等3人（县妇联）· 群众5人
ONE = re.compile(
    rf"(?:(?P<kind>{'|'.join(kind.zh for kind in GuestKind)})[：:]?\s*)?"
    r"(?P<name>[^\d（()）]*?)(?:(?P<more>等)?(?P<count>\d{1,4})[人名位])?(?:[（(](?P<unit>[^（()）]*)[）)])?"
)
KINDS = {kind.zh: kind for kind in GuestKind}


def read_guests(text: str) -> tuple[GuestDraft, ...]:
    """What a cell says. A kind holds until another one is named; without any they sit in. Raises Refusal on ``guests``."""
    found: list[GuestDraft] = []
    kind = GuestKind.SITTING_IN
    for said in filter(None, (piece.strip() for piece in BETWEEN.split(text))):
        match = ONE.fullmatch(said)
        if match is None or not (match["name"] or match["count"]):
            raise Refusal("guests", f"“{said[:20]}”请写成：列席 姓名（单位）、群众5人。")
        kind = KINDS[match["kind"]] if match["kind"] else kind
        unit = (match["unit"] or "").strip()
        name = match["name"].strip()
        if name and match["count"] and not match["more"]:
            name, unit = "", unit or name  # 县妇联2人 are two of 县妇联, and 李某等2人 are 李某 and another
        found.append(GuestDraft(kind, name, unit, int(match["count"] or 1)))
    return tuple(found)


def say_guest(guest: Guest) -> str:
    """One of them: 李某（县妇联）, or 5人."""
    more = guest.count > 1 or not guest.name
    number = f"{'等' if guest.name else ''}{guest.count}人" if more else ""
    unit = f"（{guest.unit_words}）" if guest.unit_words else ""
    return f"{guest.name}{number}{unit}"


def say_guests(guests: Iterable[Guest]) -> str:
    """All of them by kind: 列席：李某（县妇联）；群众：5人."""
    by_kind: dict[str, list[str]] = {}
    for guest in guests:
        by_kind.setdefault(guest.kind, []).append(say_guest(guest))
    return "；".join(f"{GuestKind(kind).zh}：{'、'.join(said)}" for kind, said in by_kind.items())
