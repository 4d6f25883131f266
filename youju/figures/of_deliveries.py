"""送学上门 as figures count it: how often, and to how many. In a row of it no name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from youju.figures.values import EntryFact
from youju.kit.periods import Period
from youju.kit.zone import local_day
from youju.people.listed import Listed
from youju.study.deliveries.queries import Delivered, delivered_in


def delivery_entries(unit_ids: Listed, period: Period) -> Mapping[str, Iterator[EntryFact]]:
    """``delivery``: each by its number. ``brought``: the same by whom it was brought to, for who is counted once."""
    found = delivered_in(unit_ids, period)
    return {"delivery": map(_delivery, found), "brought": map(_brought, found)}


def _delivery(one: Delivered) -> EntryFact:
    return EntryFact(
        one.delivery_id, one.number, "delivery", one.studied, one.day, one.day.year, one.ledger_id,
        local_day(one.entered_at),
    )  # fmt: skip


def _brought(one: Delivered) -> EntryFact:
    """His id tells him from others, and nothing else of him is told."""
    return EntryFact(
        one.member_id, "", "brought", "一名党员", one.day, one.day.year, one.ledger_id, local_day(one.entered_at)
    )
