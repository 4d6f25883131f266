"""A unit says which items of the checklist it looks at."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from youju.journal import actions as journal
from youju.journal.values import Actor
from youju.kit.refusal import Refusal
from youju.people.units.models import Unit
from youju.people.units.queries import ledger_unit
from youju.records.checklist.models import ChecklistChoice
from youju.records.checklist.queries import choices_of, mark_of
from youju.records.checklist.values import ITEMS


def choose_items(
    *, unit: Unit, wanted: Mapping[str, bool | None], seen: str | None = None, by: Actor | None, at: datetime
) -> bool:
    """True 要看, False 不看, None as the unit above; items not named stay as they are. False when nothing changed.

    ``seen`` is ``mark_of`` what the editor saw. Raises Refusal when somebody else was quicker, or on an unknown item.
    """
    unknown = wanted.keys() - ITEMS.keys()
    if unknown:
        raise Refusal("", "没有这项检查，请刷新页面后重选。")
    with transaction.atomic():
        unit = Unit.objects.select_for_update().get(pk=ledger_unit(unit).pk)
        if seen is not None and seen != mark_of(unit):
            raise Refusal("", "材料检查刚刚被别人改过，请看过现在的设置再改。")
        before = {chosen.item.id: chosen.own for chosen in choices_of(unit)}
        changed = {item: on for item, on in wanted.items() if before[item] is not on}
        for item, on in changed.items():
            rows = ChecklistChoice.objects.filter(unit=unit, item=item)
            if on is None:
                rows.delete()
            else:
                ChecklistChoice.objects.update_or_create(unit=unit, item=item, defaults={"on": on})
        if changed:
            journal.write_line(
                by=by, at=at, verb="改材料检查", room="records", noun="checklist", object_id=unit.pk, unit_id=unit.pk,
                summary=_said(changed),
            )  # fmt: skip
    return bool(changed)


def _said(changed: Mapping[str, bool | None]) -> str:
    """要看 成效；不看 书记审签."""
    words = {True: "要看", False: "不看", None: "跟随上级"}
    parts = []
    for on, word in words.items():
        names = [ITEMS[item].zh for item, now in changed.items() if now is on]
        if names:
            parts.append(f"{word}{'、'.join(names)}")
    return "；".join(parts)
