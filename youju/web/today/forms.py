"""What is typed on a due: why it is waived, and on what ground; or which record answers it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from youju.duties.actions import LONGEST_BASIS, LONGEST_REASON
from youju.records.activities.models import Session


class WaiverForm(forms.Form):
    """豁免. The action refuses what is missing; the form only says how long a text may be."""

    reason = forms.CharField(
        label="原因",
        max_length=LONGEST_REASON,
        help_text="为什么这一期没有办、也不补办。",
        error_messages={"required": "请写明豁免的原因。", "max_length": f"原因最多 {LONGEST_REASON} 字。"},
    )
    basis = forms.CharField(
        label="依据",
        max_length=LONGEST_BASIS,
        help_text="例如上级批复，或支委会决议的编号。",
        error_messages={"required": "请写明豁免的依据。", "max_length": f"依据最多 {LONGEST_BASIS} 字。"},
    )


class ReplyForm(forms.Form):
    """选一条记录: one of those at hand."""

    session = forms.TypedChoiceField(
        label="选一条记录",
        coerce=int,
        error_messages={"required": "请选一条记录。", "invalid_choice": "这条记录不能选了，请另选一条。"},
    )

    def __init__(self, *args: Any, offered: Sequence[Session], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["session"]
        assert isinstance(choice, forms.TypedChoiceField)
        choice.choices = [
            ("", "（请选）"),
            *((row.pk, f"{row.held_on.month}月{row.held_on.day}日　{row.title}　{row.number}") for row in offered),
        ]
