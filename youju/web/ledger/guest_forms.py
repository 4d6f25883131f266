"""列席和来宾 as rows of 记一次: each somebody by name, or some by number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from youju.records.activities.admission import MOST_AT_ONCE, MOST_GUESTS
from youju.records.activities.models import Guest
from youju.records.activities.values import GuestDraft, GuestKind
from youju.web.ledger.forms import Typed
from youju.web.shared.fields import number_in

FEWEST_ROWS, MORE_ROWS = 2, 3
NOT_A_NUMBER = "来宾人数请填 1 以上的整数。"


class GuestForm(Typed):
    """One row. Empty but for its kind, it is no guest."""

    kind = forms.ChoiceField(
        label="身份",
        required=False,
        choices=[(kind.value, kind.zh) for kind in GuestKind],
        error_messages={"invalid_choice": "来宾身份请重新选择。"},
    )
    name = forms.CharField(
        label="姓名", required=False, max_length=40, error_messages={"max_length": "来宾姓名最多 40 字。"}
    )
    unit = forms.CharField(
        label="单位", required=False, max_length=60, error_messages={"max_length": "来宾单位最多 60 字。"}
    )
    count = forms.IntegerField(
        label="人数",
        required=False,
        min_value=1,
        max_value=MOST_AT_ONCE,
        error_messages={
            "invalid": NOT_A_NUMBER,
            "min_value": NOT_A_NUMBER,
            "max_value": f"来宾人数最多 {MOST_AT_ONCE}。",
        },
    )
    lectured = forms.BooleanField(label="请来授课", required=False)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("unit") and not data.get("name") and data.get("count") is None and not self.errors:
            self.add_error("count", "写了单位，请写姓名或人数。")
        if data.get("lectured") and not self.errors:
            if not data.get("name") and data.get("count") is None:
                self.add_error("name", "请来授课的，请写姓名。")
            elif (data.get("count") or 1) > 1:
                self.add_error("count", "请来授课的，一人写一行。")
        return data

    @property
    def filled(self) -> bool:
        return any(self[name].value() for name in ("name", "unit", "count", "lectured"))

    def draft(self) -> GuestDraft | None:
        data = self.cleaned_data
        if not (data.get("name") or data.get("count")):
            return None
        kind = GuestKind(data.get("kind") or GuestKind.SITTING_IN)
        many, lectured = data.get("count") or 1, data.get("lectured", False)
        return GuestDraft(kind, data.get("name", ""), data.get("unit", ""), many, lectured)


def guest_rows(
    typed: Mapping[str, Any] | None, *, kept: Sequence[Guest] = (), more: bool = False
) -> tuple[GuestForm, ...]:
    """The rows as typed, or as kept with a record; ``more`` adds some empty ones."""
    if typed is None:
        rows = [
            GuestForm(
                prefix=f"g{index}",
                initial={
                    "kind": row.kind, "name": row.name, "unit": row.unit_words,
                    "count": row.count if row.count > 1 or not row.name else None, "lectured": row.lectured,
                },
            )
            for index, row in enumerate(kept)
        ]  # fmt: skip
        last = max(len(rows) + 1, FEWEST_ROWS)
        return (*rows, *(GuestForm(prefix=f"g{index}") for index in range(len(rows), last)))
    count = number_in(typed.get("guests"), otherwise=0, most=MOST_GUESTS)
    return tuple(GuestForm(typed, prefix=f"g{index}") for index in range(min(count + more * MORE_ROWS, MOST_GUESTS)))
